"""What lies in what: the containing units that a name was given with, and the units that ever lay in all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from ontology.model import Unit
from ontology.validity import FIRST_LIST

if TYPE_CHECKING:
    from ontology.registry import Ontology


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
        """The lines of what a unit that ended before the first list of the country became by then: units that this
        list has first can have lain in it."""
        unit = self._ontology.units[identifier]
        if unit.valid_to is None or unit.valid_to >= FIRST_LIST:
            return set()
        return {step.unit.line for step in self._ontology.successors(unit, FIRST_LIST).steps}

    def stands(self, unit: Unit, places: tuple[frozenset[str], ...], at: str | None) -> str:
        """See ``Area.holds``."""
        above = self._ontology.ancestors(unit)
        if any(place.isdisjoint(above) and not self._lay_once(unit, place) for place in places):
            return ""
        if at is None:
            return "within"
        that_day = {parent.id for parent in self._ontology.parents(unit, at)}
        return "within_once" if any(place.isdisjoint(that_day) for place in places) else "within"

    def _lay_once(self, unit: Unit, place: frozenset[str]) -> bool:
        return not unit.valid_from_certain and any(
            self._ontology.lay_once(unit, self._ontology.units[identifier]) for identifier in place
        )
