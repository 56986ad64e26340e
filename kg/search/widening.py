"""A place through all its time: the units that it was made of, step by step back, and those that it became."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from kg.search.model import PlaceTerms
from kg.search.query import Place, Understood
from ontology import dates
from ontology.model import Unit
from ontology.registry import Ontology, load

MOST: Final = 500
"""Units of one line, at which the search for more ends."""


def terms(understood: Understood) -> tuple[PlaceTerms, ...]:
    """The places of a query as the index takes them. A record of 1994 names the commune of that year, whose ward of
    1997 went into the ward of 2025: all of them are meant by the last one's name, and by the first one's."""
    found = []
    for place in understood.places:
        asked = place.terms(understood.query)
        units = {*asked.units, *place.below, *_through_time(place)}
        found.append(replace(asked, units=tuple(sorted(units))))
    return tuple(found)


def _through_time(place: Place) -> set[str]:
    return set().union(*(line(unit.id) for unit in place.units)) if place.units else set()


@lru_cache(maxsize=4096)
def line(unit_id: str) -> frozenset[str]:
    """The ids of a commune, of all that it was made of, back to the first, and of all that it became, to the last. None
    for a district or province: pieces that it once gave away would bring its neighbours whole."""
    ontology = load()
    unit = ontology.units[unit_id]
    if unit.level != "commune":
        return frozenset()
    return frozenset(_reached(ontology, unit, _former) | _reached(ontology, unit, _later))


def _reached(ontology: Ontology, unit: Unit, onward: Callable[[Ontology, Unit], Iterable[Unit]]) -> set[str]:
    """What is reached by going one way only: back and forth again would reach the neighbours of every neighbour."""
    seen: set[str] = set()
    todo = [unit]
    while todo and len(seen) < MOST:
        for version in ontology.same(todo.pop()):
            if version.id not in seen:
                seen.add(version.id)
                todo += onward(ontology, version)
    return seen


def _former(ontology: Ontology, unit: Unit) -> list[Unit]:
    return [step.unit for step in ontology.predecessors(unit).steps if step.unit.level == unit.level]


def _later(ontology: Ontology, unit: Unit) -> list[Unit]:
    if unit.valid_to is None or not dates.is_full(unit.valid_to):
        return []
    after = (date.fromisoformat(unit.valid_to) + timedelta(days=1)).isoformat()
    return [step.unit for step in ontology.successors(unit, on=after).steps if step.unit.level == unit.level]
