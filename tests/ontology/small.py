"""A small country for tests: units and changes in a few lines, without the compiled tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ontology.model import Alias, Basis, Edge, Event, EventUnit, Extent, Level, Unit
from ontology.names import split_type
from ontology.registry import Ontology

LEVELS: dict[str, Level] = {
    "tỉnh": "province", "thành phố": "province", "quận": "district", "huyện": "district", "thị xã": "district",
}  # fmt: skip


def unit(
    line: str,
    name: str,
    parent: str | None = None,
    start: str = "2000-01-01",
    end: str | None = None,
    *,
    certain: bool = True,
) -> Unit:
    """A unit version, its type and level from its name."""
    kind = split_type(name)[0] or "xã"
    return Unit(f"{line}@{start}", line, line, name, kind, LEVELS.get(kind, "commune"), parent, start, end, certain)


def event(name: str, day: str, basis: Basis = "act") -> Event:
    """An event; its name is its act and clause: "1/NQ#2"."""
    act, _, clause = name.partition("#")
    return Event(name, day, act if basis == "act" else None, clause or None, "merge", basis)


def country(
    units: Iterable[Unit],
    events: Iterable[Event] = (),
    edges: Iterable[tuple[str, str, str, Extent]] = (),
    aliases: Sequence[Alias] = (),
    listed: Iterable[tuple[str, str, str]] = (),
) -> Ontology:
    """An ontology; an edge is (event, source id, target id, extent), ``listed`` (event, unit id, role)."""
    drawn = [Edge(*row) for row in edges]
    parts = [EventUnit(edge.event, edge.source, "took", edge.extent) for edge in drawn]
    parts += [EventUnit(edge.event, edge.target, "gave") for edge in drawn]
    parts += [EventUnit(*row) for row in listed]
    return Ontology({one.id: one for one in units}, {one.id: one for one in events}, drawn, parts, aliases)
