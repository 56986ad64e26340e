"""The map of one day: which units there were, what lay in what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ontology.model import Candidate, Level, Unit

if TYPE_CHECKING:
    from ontology.registry import Ontology


class Snapshot:
    """The units in force on a day (ISO). Before 2007-12-17, the first list of the country, it holds provinces and of
    today's Ha Noi the rest; below a unit also what that list has first and whose beginning is not known
    (``valid_from_certain`` False)."""

    def __init__(self, ontology: Ontology, day: str) -> None:
        self.day = day
        self._ontology = ontology

    def units(self, level: Level | None = None, *, within: Unit | None = None) -> tuple[Unit, ...]:
        """The units of that level (default: all) in force on the day, below ``within``, by code and id."""
        if within is None:
            found = [unit for unit in self._ontology.units.values() if unit.in_force(self.day)]
        else:
            found = self._below(within)
        wanted = [unit for unit in found if level is None or unit.level == level]
        return tuple(sorted(wanted, key=lambda unit: (unit.code is None, unit.code or "", unit.id)))

    def unit(self, line: str) -> Unit | None:
        """The version of a line (code) in force on the day, None where there is none."""
        return next((unit for unit in self._ontology.versions(line) if unit.in_force(self.day)), None)

    def parents(self, unit: Unit) -> tuple[Unit, ...]:
        """What the unit lies in on the day, nearest first."""
        return self._ontology.parents(unit, self.day)

    def find(self, name: str, *, within: str | None = None, nearby: Sequence[str] = ()) -> list[Candidate]:
        """The units in force on the day that a name can mean, best first (``Ontology.find`` gives the others too)."""
        found = self._ontology.find(name, at=self.day, within=within, nearby=nearby)
        return [candidate for candidate in found if candidate.unit.in_force(self.day)]

    def _below(self, unit: Unit) -> list[Unit]:
        children = self._ontology.children(unit, self.day)
        found = [child for child in children if self._ontology.stood(child, self.day)]
        return [*found, *(below for child in found for below in self._below(child))]
