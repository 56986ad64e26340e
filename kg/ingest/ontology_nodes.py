"""The ontology as part of the graph: every dated unit and every change, so that questions can walk through them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.resources import files

from kg.model import Edge, Node
from kg.store.protocol import Store
from ontology.tables import edges, events, units

_META = "ontology"
_TABLES = ("units.csv", "events.csv", "edges.csv", "event_units.csv")


def ontology_version() -> str:
    """A digest of the compiled tables."""
    digest = hashlib.sha256()
    for name in _TABLES:
        digest.update(files("ontology").joinpath("data", name).read_bytes())
    return digest.hexdigest()[:16]


def put_ontology(store: Store) -> bool:
    """Put units, events and their edges where the store has another version of them; whether it did."""
    version = ontology_version()
    if store.meta(_META) == version:
        return False
    with store.writing() as writer:
        writer.put_nodes(_nodes(), _edges())
        writer.set_meta(_META, version)
    return True


def _nodes() -> Iterator[Node]:
    for unit in units().values():
        props = _told(
            code=unit.code, type=unit.type, level=unit.level, valid_from=unit.valid_from, valid_to=unit.valid_to
        )
        yield Node(unit.id, "unit", unit.name, props=props)
    for event in events().values():
        props = _told(date=event.date, act=event.act, clause=event.clause, basis=event.basis, kind=event.kind)
        yield Node(event.id, "event", event.act or event.id, props=props)


def _edges() -> Iterator[Edge]:
    known = events()
    seen: set[tuple[str, str, str]] = set()
    for edge in edges():
        event = known[edge.event]
        props = _told(extent=edge.extent, act=event.act, clause=event.clause, event=event.id)
        yield Edge(edge.source, "SUCCEEDED_BY", edge.target, props=props)
        for link in (
            Edge(event.id, "TOOK", edge.source, props={"extent": edge.extent}),
            Edge(event.id, "GAVE", edge.target),
        ):
            key = (link.source, link.type, link.target)
            if key not in seen:
                seen.add(key)
                yield link


def _told(**props: object) -> dict[str, object]:
    """The properties that are known."""
    return {key: value for key, value in props.items() if value is not None}
