"""Rows of the ledger as CSV tables: UTF-8, LF, sorted, the same bytes from the same facts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from ontology.compile.ledger import Ledger, Version

UNITS = [
    "id",
    "line",
    "code",
    "name",
    "type",
    "level",
    "parent",
    "valid_from",
    "valid_to",
    "valid_from_certain",
    "began_by",
    "ended_by",
    "source",
]
EVENTS = ["id", "date", "act", "clause", "kind", "basis", "certainty", "source", "note"]
EDGES = ["event", "source", "target", "extent"]
EVENT_UNITS = ["event", "unit", "role", "extent"]
ALIASES = ["unit", "alias", "source", "year"]

DISAGREEMENTS = [
    *("id", "kind", "unit", "other", "date"),
    *("source", "says", "against", "against_says", "held", "reason"),
]


def write_tables(ledger: Ledger, folder: Path) -> None:
    """The six tables of a ledger into a folder, over what is there."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "units.csv", UNITS, _units(ledger))
    _write(folder / "events.csv", EVENTS, _events(ledger))
    edges = [(event, source.id, target.id, extent) for (event, source, target), extent in ledger.edges.items()]
    _write(folder / "edges.csv", EDGES, edges)
    units = [(event, unit.id, role, extent or "") for (event, unit, role), extent in ledger.event_units.items()]
    _write(folder / "event_units.csv", EVENT_UNITS, units)
    _write(folder / "aliases.csv", ALIASES, ledger.aliases)
    _write(folder / "disagreements.csv", DISAGREEMENTS, _disagreements(ledger))


def _units(ledger: Ledger) -> Iterable[tuple[str, ...]]:
    for v in ledger.versions():
        certain = "true" if v.certain else "false"
        yield (
            *(v.id, v.line, v.code, v.name, v.type, v.level, v.parent),
            *(v.start, v.end, certain, v.began_by, v.ended_by, v.source),
        )


def _events(ledger: Ledger) -> Iterable[tuple[str, ...]]:
    for e in ledger.events.values():
        yield e.id, e.date, e.act, e.clause, e.kind, e.basis, e.certainty, e.source, e.note


def _disagreements(ledger: Ledger) -> Iterable[tuple[str, ...]]:
    for d in ledger.disputes.values():
        yield (
            *(d.id, d.kind, _named(ledger, d.unit), _named(ledger, d.other or ""), d.date),
            *(d.source, d.says, d.against, d.against_says, d.held, d.reason),
        )


def _named(ledger: Ledger, unit: Version | str) -> str:
    """A version's id; its line where a later source took the version's place."""
    if isinstance(unit, str):
        return unit
    return unit.id if unit in ledger.lines.get(unit.line, ()) else unit.line


def _write(path: Path, header: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(rows))
