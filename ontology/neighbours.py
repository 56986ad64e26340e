"""Units named close by: how near to them a unit lies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ontology.model import Unit
from ontology.scoring import Match

if TYPE_CHECKING:
    from ontology.registry import Ontology

_SAME_PROVINCE = 0.4
"""What a neighbour of the same province counts beside one of the same district."""
_LEAST = 0.6
"""What is left of the score of a unit that lies near none of those named."""


class Place:
    """A place named close by: the units that its name can mean, in terms of what is near to them."""

    def __init__(self, ontology: Ontology, units: Iterable[Unit]) -> None:
        self._ontology = ontology
        meant = list(units)
        self.ids = frozenset(unit.id for unit in meant)
        self._inside = frozenset(above for unit in meant for above in ontology.ancestors(unit))
        self._districts = frozenset(
            unit.parent for unit in meant if unit.parent and not self._is_province(unit.parent)
        )
        self._provinces = frozenset(
            identifier
            for unit in meant
            for identifier in (unit.id, *ontology.ancestors(unit))
            if ontology.units[identifier].level == "province"
        )

    def _is_province(self, line: str) -> bool:
        return any(unit.level == "province" for unit in self._ontology.versions(line)[:1])

    def nearness(self, unit: Unit) -> float:
        """1 where one of the units contains the unit, lies in it or shares its district, less in the same province,
        0 elsewhere. A name says nothing about the unit that bears it."""
        if unit.id in self.ids:
            return 0.0
        above = self._ontology.ancestors(unit)
        districts_or_below = not self.ids.isdisjoint(above) or unit.id in self._inside
        if (districts_or_below and (unit.level != "province")) or unit.parent in self._districts:
            return 1.0
        return _SAME_PROVINCE if not self._provinces.isdisjoint(above) else 0.0


def ranked(matches: Sequence[Match], places: Sequence[Place]) -> list[Match]:
    """The matches with how near they lie to the places: the more of them and the nearer, the better."""
    return [_with_nearness(match, [place.nearness(match.unit) for place in places]) for match in matches]


def _with_nearness(match: Match, found: Sequence[float]) -> Match:
    if not found:
        return match
    best = max(found)
    reason = "nearby" if best == 1.0 else "nearby_province" if best else "not_nearby"
    return match.also(reason, closeness=_LEAST + (1 - _LEAST) * sum(found) / len(found))
