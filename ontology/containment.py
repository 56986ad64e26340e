"""What lies in what: the containing units that a name was given with, and the units that ever lay in all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from ontology.model import Unit
from ontology.validity import REFORM, day_after

if TYPE_CHECKING:
    from ontology.registry import Ontology


_MOST_KNOWN = 4096
"""Answers that an area keeps."""


class Area:
    """Containing units: for each place named, the ids of the versions that it can mean.

    ``parents``: the lines that a unit in all of them can have as its direct parent.
    """

    __slots__ = ("_containment", "_known", "parents", "places")

    def __init__(self, containment: Containment, places: tuple[frozenset[str], ...]) -> None:
        self._containment = containment
        self._known: dict[tuple[str | None, str, str | None, str | None], str] = {}
        self.places = places
        self.parents = containment.parents_in(places)

    def holds(self, unit: Unit, at: str | None) -> str:
        """How the unit lies in the area: ``within`` (on the day, if one is given), ``within_once`` (at some time of
        its validity), else ""."""
        if unit.parent not in self.parents:
            return ""
        asked = (unit.parent, unit.valid_from, unit.valid_to, at)
        known = self._known.get(asked)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:  # as many days may be asked
                self._known.clear()
            known = self._known[asked] = self._containment.stands(unit, self.places, at)
        return known

    def units(self, at: str | None) -> Iterator[tuple[Unit, str]]:
        """All units that lie in it or once lay, and how."""
        for line in self.parents:
            for unit in self._containment.below.get(line, ()):
                if how := self.holds(unit, at):
                    yield unit, how


class Containment:
    """The containing units of one ontology's units. Built when first needed."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology

    @cached_property
    def below(self) -> dict[str, list[Unit]]:
        """Line → the unit versions that ever had it as their direct parent."""
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self._ontology.units.values():
            if unit.parent:
                found[unit.parent].append(unit)
        return found

    def parents_in(self, places: Iterable[frozenset[str]]) -> frozenset[str]:
        """The lines of the places, and of what ever lay directly below each of them, that all places have."""
        found: set[str] | None = None
        for place in places:
            lines = {self._ontology.units[identifier].line for identifier in place}
            lines |= {line for identifier in place for line in self._heirs(identifier)}
            lines |= {unit.line for line in lines for unit in self.below.get(line, ()) if unit.level != "commune"}
            found = lines if found is None else found & lines
        return frozenset(found or ())

    def _heirs(self, identifier: str) -> set[str]:
        """The lines of the units of its level that began, until the eve of the reform, by the event that ended the
        place, or the day after it in the same unit, and so on: it may have become one of them in part. What the first list has in
        these, with a beginning that is not known, can have lain in the place; ``lay_once`` knows."""
        unit = self._ontology.units[identifier]
        found: set[Unit] = set()
        waiting = [unit] if unit.level != "commune" else []
        while waiting:
            former = waiting.pop()
            keys = [former.ended_by, (day_after(former.valid_to), former.parent) if former.valid_to else None]
            for other in (other for key in keys if key for other in self._begun.get(key, ())):
                if other.level == unit.level and other.valid_from < REFORM and other not in found:
                    found.add(other)
                    waiting.append(other)
        return {other.line for other in found} - {unit.line}

    @cached_property
    def _begun(self) -> dict[str | tuple[str, str | None], list[Unit]]:
        """Event, and day with containing line → the districts and provinces that began by it, or then and there."""
        found: defaultdict[str | tuple[str, str | None], list[Unit]] = defaultdict(list)
        for unit in self._ontology.units.values():
            if unit.level != "commune":
                found[unit.valid_from, unit.parent].append(unit)
                if unit.began_by:
                    found[unit.began_by].append(unit)
        return found

    def stands(self, unit: Unit, places: tuple[frozenset[str], ...], at: str | None) -> str:
        """See ``Area.holds``."""
        above = self._ontology.ancestors(unit)
        before = [place for place in places if place.isdisjoint(above)]
        if not all(self._lay_once(unit, place) for place in before):
            return ""
        if at is None:
            return "within_once" if before else "within"
        that_day = {parent.id for parent in self._ontology.parents(unit, at)}
        return "within_once" if any(place.isdisjoint(that_day) for place in places) else "within"

    def _lay_once(self, unit: Unit, place: frozenset[str]) -> bool:
        return not unit.valid_from_certain and any(
            self._ontology.lay_once(unit, self._ontology.units[identifier]) for identifier in place
        )
