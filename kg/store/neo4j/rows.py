"""Values of the graph as properties of Neo4j, and back.

Properties are named as the fields of ``kg.model``. What a person reads in Neo4j Browser stands as it is: texts, numbers,
lists of texts. What Neo4j cannot hold (mappings, nested lists, None in a mapping, odd names) goes into one text of JSON:
``extra``, ``signers``, ``confidence`` for the backbone, ``props`` for entities and edges.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from typing import Any, Final, TypeVar, get_args

from kg.model import Edge, EdgeType, File, Fonds, Inventory, Node, NodeKind, Quarantined, Record, Secret
from kg.store.names import key

Value = TypeVar("Value", Fonds, Inventory, File, Record, Quarantined, Secret)

LABELS: Final[dict[NodeKind, str]] = {
    "fonds": "Fonds",
    "inventory": "Inventory",
    "file": "File",
    "record": "Record",
    "agency": "Agency",
    "person": "Person",
    "legal_act": "LegalAct",
    "unit": "Unit",
    "event": "ChangeEvent",
    "project": "Project",
    "identifier": "Identifier",
}
BACKBONE: Final[tuple[NodeKind, ...]] = ("fonds", "inventory", "file", "record")
ENTITY_LABELS: Final = tuple(label for kind, label in LABELS.items() if kind not in BACKBONE)
EDGE_TYPES: Final = tuple(sorted(get_args(EdgeType)))

_FIELDS: Final[dict[type, tuple[str, ...]]] = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (Fonds, Inventory, File, Record, Quarantined, Secret)
}
_KINDS: Final[dict[str, NodeKind]] = {label: kind for kind, label in LABELS.items()}
_JSON: Final = {"extra": "{}", "confidence": "{}", "signers": "[]"}
_DEFAULTS: Final = {"listed": False, "pages_estimated": False, "readable": True}
_ABSENT: Final = {
    kind: {name: _JSON.get(name, _DEFAULTS.get(name)) for name in names} for kind, names in _FIELDS.items()
}
"""What stands for the fields of which a node says nothing."""
_PACKED: Final = {kind: tuple(name for name in names if name in _JSON) for kind, names in _FIELDS.items()}
_OF_NODE: Final = frozenset({"id", "name", "aliases", "keys", "props"})
_OF_EDGE: Final = frozenset({"record", "start", "end", "page", "text", "props"})
_PLAIN_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_LONGEST: Final = 1000
"""Characters of a text that may be indexed: Neo4j's limit is about 8,000 bytes; longer ones stand in the JSON."""
_INTEGERS: Final = range(-(2**63), 2**63)

Properties = dict[str, Any]


def to_properties(value: Fonds | Inventory | File | Record | Quarantined | Secret) -> Properties:
    """The fields of a value that say something."""
    found: Properties = {}
    for name in _FIELDS[type(value)]:
        content = getattr(value, name)
        if name in _JSON:
            content = dumps(content) if content else None
        elif name == "metres" and content is not None:
            content = float(content)
        if content is not None:
            found[name] = content
    return found


def from_properties(kind: type[Value], found: Mapping[str, Any]) -> Value:
    """The value of a node's properties."""
    values = {**_ABSENT[kind], **found}
    for name in _PACKED[kind]:
        loaded = json.loads(values[name])
        values[name] = tuple(loaded) if isinstance(loaded, list) else loaded
    return (
        kind(**values)
        if len(values) == len(_FIELDS[kind])
        else kind(**{name: values[name] for name in _FIELDS[kind]})
    )


def dumps(value: Mapping[str, Any] | Iterable[Any]) -> str:
    """JSON text of a mapping or sequence; the same value always gives the same text."""
    plain = dict(value) if isinstance(value, Mapping) else list(value)
    return json.dumps(plain, ensure_ascii=False, sort_keys=isinstance(value, Mapping))


# -- entities


def node_properties(node: Node) -> Properties:
    """The properties of an entity; ``keys`` are the folded names that it is found by."""
    found: Properties = {"id": node.id, "name": node.name}
    if node.aliases:
        found["aliases"] = list(node.aliases)
    if keys := sorted(names_of(node)):
        found["keys"] = keys
    return found | _flat(node.props, _OF_NODE)


def names_of(node: Node) -> frozenset[str]:
    """The folded names and aliases of a node, those that have a word at all."""
    return frozenset(text for text in map(key, (node.name, *node.aliases)) if text)


def kind_of(labels: Iterable[str]) -> NodeKind | None:
    """The kind that the labels of a node say; None for one that is only named so far."""
    return next((_KINDS[label] for label in sorted(labels) if label in _KINDS), None)


def node(labels: Iterable[str], found: Mapping[str, Any]) -> Node | None:
    """The node of (labels, properties), of any kind; None for one that is only named so far."""
    kind = kind_of(labels)
    if kind is None:
        return None
    if kind not in BACKBONE:
        return Node(found["id"], kind, found["name"], tuple(found.get("aliases", ())), _props(found, _OF_NODE))
    name, told = _BACKBONE_NODES[kind]
    title = next((found[field] for field in name if found.get(field) is not None), found["id"])
    return Node(found["id"], kind, title, (), {field: found[field] for field in told if found.get(field) is not None})


_BACKBONE_NODES: Final[dict[NodeKind, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "fonds": (("creator",), ("level", "bloc", "unit")),
    "inventory": (("title", "code"), ("fonds",)),
    "file": (("title", "code"), ("code", "fonds")),
    "record": (("title", "number"), ("number", "type", "date", "issuer")),
}
"""What names a row of the backbone as a node, first that is there, and what it tells."""


def brought(value: Node) -> tuple[str, str]:
    """(key, body) of what a record brings to an entity: two records that bring the same share one row."""
    body = dumps({"kind": value.kind, "name": value.name, "aliases": list(value.aliases), "props": dict(value.props)})
    return hashlib.sha256(f"{value.id}\x1f{body}".encode()).hexdigest()[:32], body


def brought_node(ident: str, body: str) -> Node:
    """The entity as one record brought it."""
    told = json.loads(body)
    return Node(ident, told["kind"], told["name"], tuple(told["aliases"]), told["props"])


# -- edges


def edge_row(edge: Edge) -> Properties:
    """{source, type, target, props} as the statements take an edge."""
    evidence = {"record": edge.record, "start": edge.start, "end": edge.end, "page": edge.page, "text": edge.text}
    told = {name: value for name, value in evidence.items() if value is not None}
    return {
        "source": edge.source,
        "type": edge.type,
        "target": edge.target,
        "record": edge.record or "",
        "start": -1 if edge.start is None else edge.start,
        "props": told | _flat(edge.props, _OF_EDGE),
    }


def edge(source: str, kind: EdgeType, target: str, found: Mapping[str, Any]) -> Edge:
    """The edge of (source, type, target, properties)."""
    evidence = {name: found.get(name) for name in ("record", "start", "end", "page", "text")}
    return Edge(source, kind, target, **evidence, props=_props(found, _OF_EDGE))


def edge_order(edge: Edge) -> tuple[str, str, str, str, int]:
    """The order of edges in every listing: (type, source, target, record, start), none before any."""
    return edge.type, edge.source, edge.target, edge.record or "", -1 if edge.start is None else edge.start


# -- properties of people's making


def _flat(props: Mapping[str, Any], taken: Collection[str]) -> Properties:
    plain = {name: value for name, value in props.items() if name not in taken and _is_plain(name, value)}
    rest = {name: value for name, value in props.items() if name not in plain}
    return plain | ({"props": dumps(rest)} if rest else {})


def packed(found: Properties) -> Properties:
    """The same entity or edge with the properties of people's making in the JSON (where there are too many kinds)."""
    own = _OF_NODE if "name" in found else _OF_EDGE
    given = _props(found, own)
    kept = {name: value for name, value in found.items() if name in own and name != "props"}
    return kept | ({"props": dumps(given)} if given else {})


def _is_plain(name: str, value: Any) -> bool:
    if not _PLAIN_NAME.fullmatch(name):
        return False
    if isinstance(value, str):
        return len(value) <= _LONGEST
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return value in _INTEGERS
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) and item for item in value)


def _props(found: Mapping[str, Any], taken: Collection[str]) -> Properties:
    plain = {name: value for name, value in found.items() if name not in taken}
    return dict(sorted((plain | json.loads(found.get("props") or "{}")).items()))
