"""The compiled tables, each read once: dated units, events, the edges between units, former names.

They are made by ``python -m ontology.compile`` and described in ``ontology/data/README.md``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from sys import intern
from typing import cast

from ontology.collector import collector_off
from ontology.model import Alias, Basis, Disagreement, Edge, Event, EventUnit, Extent, Level, Unit


@cache
@collector_off()
def units() -> dict[str, Unit]:
    """Every unit version by id (``code@valid_from``), ordered by line and beginning."""
    found = {}
    for id_, line, code, name, kind, level, parent, start, end, certain, began_by, ended_by, _ in _rows("units.csv"):
        found[id_] = Unit(
            id_,
            intern(line),
            intern(code) or None,
            name,
            intern(kind),
            cast(Level, intern(level)),
            intern(parent) or None,
            intern(start),
            intern(end) or None,
            certain == "true",
            began_by or None,
            ended_by or None,
        )
    return found


@cache
@collector_off()
def events() -> dict[str, Event]:
    """Every event by id (``1656/NQ-UBTVQH15#3``, ``list:2025-01-01:006``)."""
    return {
        id_: Event(id_, day, act or None, clause or None, kind, cast(Basis, basis), source, certainty, note)
        for id_, day, act, clause, kind, basis, certainty, source, note in _rows("events.csv")
    }


@cache
@collector_off()
def edges() -> tuple[Edge, ...]:
    """Every edge, by event, source and target."""
    return tuple(
        Edge(event, source, target, cast(Extent, intern(extent)))
        for event, source, target, extent in _rows("edges.csv")
    )


@cache
@collector_off()
def event_units() -> tuple[EventUnit, ...]:
    """What each event took in and gave out, also where no edge is known."""
    return tuple(
        EventUnit(event, unit, intern(role), cast(Extent, intern(extent)) if extent else None)
        for event, unit, role, extent in _rows("event_units.csv")
    )


@cache
@collector_off()
def aliases() -> tuple[Alias, ...]:
    """Names by which a unit was or is also known."""
    return tuple(Alias(unit, alias, source, year or None) for unit, alias, source, year in _rows("aliases.csv"))


@cache
@collector_off()
def disagreements() -> tuple[Disagreement, ...]:
    """Where public sources disagree, by id."""
    return tuple(
        Disagreement(id_, kind, unit, other or None, day or None, source, says, against, against_says, held, reason)
        for id_, kind, unit, other, day, source, says, against, against_says, held, reason in _rows(
            "disagreements.csv"
        )
    )


def _rows(name: str) -> Iterator[list[str]]:
    rows = csv.reader(io.StringIO(files("ontology").joinpath("data", name).read_text(encoding="utf-8")))
    next(rows)
    return rows
