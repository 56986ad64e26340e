"""The places that a page names, as witnesses: of several units of one name, the one that most of them stand near to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from ontology.folding import fold
from ontology.model import Unit
from ontology.registry import load

_MOST: Final = 60
"""Places of a page that are heard."""
_ABOVE: Final = 3.0
_NEAR: Final = 2.0
_PROVINCE: Final = 1.0
"""What a place says for a unit that it contains, that lies in it or beside it, that lies in its province."""
_CLEAR: Final = 2.0
"""Votes between the first and the second that leave no doubt."""


class Named(NamedTuple):
    """A place as a text names it: bare name, and the type word where there is one."""

    name: str
    type: str | None


class Page:
    """The places named on a page on a day (ISO); what they say is looked up when it is first asked for."""

    def __init__(self, named: Iterable[Named] = (), day: str | None = None) -> None:
        self.named = tuple(dict.fromkeys(named))
        self.day = day
        self._known: tuple[dict[str, set[int]], ...] | None = None

    def voted(self, candidates: Sequence[str], name: str) -> tuple[str | None, bool]:
        """The one of the candidates (ids of units of that name) that the places stand nearest to, and whether they say
        so clearly; None where two are even. A place of the very name says nothing."""
        own = fold(name)
        silent = {index for index, named in enumerate(self.named[:_MOST]) if fold(named.name) == own}
        ranked = sorted(((self._votes(candidate, silent), candidate) for candidate in candidates), reverse=True)
        (best, winner), *rest = ranked
        second = rest[0][0] if rest else 0.0
        return (winner, best - second >= _CLEAR) if best > second else (None, False)

    def _votes(self, candidate: str, silent: set[int]) -> float:
        units, districts, provinces = self._indexes()
        ontology = load()
        around = [parent.id for parent in ontology.parents(ontology.units[candidate], self.day)]
        above = set().union(*(units.get(parent, ()) for parent in around)) - silent
        near = set(districts.get(candidate, ())) | set(districts.get(around[0], ()) if around else ())
        near -= above | silent
        province = set(provinces.get(around[-1], ()) if around else ()) - above - near - silent
        return _ABOVE * len(above) + _NEAR * len(near) + _PROVINCE * len(province)

    def _indexes(self) -> tuple[dict[str, set[int]], ...]:
        """Ids of units, of what lies directly around them, and of their provinces → the places that can be these."""
        if self._known is None:
            units: defaultdict[str, set[int]] = defaultdict(set)
            districts: defaultdict[str, set[int]] = defaultdict(set)
            provinces: defaultdict[str, set[int]] = defaultdict(set)
            for index, named in enumerate(self.named[:_MOST]):
                for unit, around in _bearers(named, self.day):
                    units[unit.id].add(index)
                    if around:
                        districts[around[0]].add(index)
                        provinces[around[-1]].add(index)
            self._known = (units, districts, provinces)
        return self._known


@lru_cache(maxsize=16384)
def _bearers(named: Named, day: str | None) -> tuple[tuple[Unit, tuple[str, ...]], ...]:
    """The units that the place can be, and the ids of what contains them; without a type word only greater ones."""
    ontology = load()
    found = [one.unit for one in ontology.resolve(named.name, named.type, on=day)]
    return tuple(
        (unit, tuple(parent.id for parent in ontology.parents(unit, day)))
        for unit in found
        if named.type is not None or unit.level != "commune"
    )
