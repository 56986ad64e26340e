"""Values of the graph as rows of SQLite, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from kg.model import Edge, File, Fonds, Inventory, Node, Quarantined, Record, Secret

Value = TypeVar("Value", Fonds, Inventory, File, Record, Quarantined, Secret)

_JSON = {"extra", "signers", "confidence"}
_BOOLEAN = {"arranged", "listed", "pages_estimated", "readable"}


_COLUMNS: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (Fonds, Inventory, File, Record, Quarantined, Secret)
}


def columns(kind: type[Value]) -> tuple[str, ...]:
    """The columns of a value's table: its fields, under the same names."""
    return _COLUMNS[kind]


def to_row(value: Value) -> tuple[Any, ...]:
    """The value's fields in the order of its columns."""
    return tuple(_packed(name, getattr(value, name)) for name in columns(type(value)))


def from_row(kind: type[Value], row: Iterable[Any]) -> Value:
    """The value of a row that has the columns of ``kind`` in their order."""
    values = list(row)
    for position, unpack in _UNPACK[kind]:
        values[position] = unpack(values[position])
    return kind(*values)


def _packed(name: str, value: Any) -> Any:
    if name in _JSON:
        return dumps(value)
    return int(value) if isinstance(value, bool) else value


def _loaded(value: str) -> Any:
    if value == "{}":
        return {}
    loaded = json.loads(value)
    return tuple(loaded) if isinstance(loaded, list) else loaded


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


_UNPACK: dict[type, tuple[tuple[int, Callable[[Any], Any]], ...]] = {
    kind: tuple(
        (position, _loaded if name in _JSON else _flag)
        for position, name in enumerate(names)
        if name in _JSON or name in _BOOLEAN
    )
    for kind, names in _COLUMNS.items()
}
"""The columns of each kind that are not taken as they stand, by their place in the row."""


def dumps(value: Mapping[str, Any] | Iterable[Any]) -> str:
    """JSON text of a mapping or sequence; the same value always gives the same text."""
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    plain = dict(value) if isinstance(value, Mapping) else list(value)
    return json.dumps(plain, ensure_ascii=False, sort_keys=isinstance(value, Mapping))


def node_row(node: Node) -> tuple[Any, ...]:
    """(kind, name, aliases, props, id), as the statements of queries.py take it."""
    return node.kind, node.name, dumps(node.aliases), dumps(node.props), node.id


def node(row: sqlite3.Row | tuple[Any, ...]) -> Node:
    """The node of (id, kind, name, aliases, props)."""
    ident, kind, name, aliases, props = row
    return Node(ident, kind, name, tuple(json.loads(aliases)), json.loads(props))


def brought_row(record: str, value: Node) -> tuple[str, str, str]:
    """(record, node, body): what a record brought to an entity."""
    body = {"kind": value.kind, "name": value.name, "aliases": list(value.aliases), "props": dict(value.props)}
    return record, value.id, dumps(body)


def brought_node(ident: str, body: str) -> Node:
    """The entity as one record brought it."""
    told = json.loads(body)
    return Node(ident, told["kind"], told["name"], tuple(told["aliases"]), told["props"])


def edge_row(edge: Edge) -> tuple[Any, ...]:
    """(source, type, target, record, start, end, page, text, props); '' and -1 stand for None in the key."""
    start = -1 if edge.start is None else edge.start
    return (
        edge.source,
        edge.type,
        edge.target,
        edge.record or "",
        start,
        edge.end,
        edge.page,
        edge.text,
        dumps(edge.props),
    )


def edge(row: sqlite3.Row | tuple[Any, ...]) -> Edge:
    """The edge of (source, type, target, record, start, end, page, text, props)."""
    source, kind, target, record, start, end, page, text, props = row
    return Edge(
        source, kind, target, record or None, None if start < 0 else start, end, page, text, json.loads(props)
    )


def edge_order(edge: Edge) -> tuple[str, str, str, str, int]:
    """The order of edges in every listing: (type, source, target, record, start), none before any."""
    return edge.type, edge.source, edge.target, edge.record or "", -1 if edge.start is None else edge.start
