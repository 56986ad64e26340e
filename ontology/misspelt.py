"""Near misses: the units that a misread name can mean, by weighted edit distance from the closed list of names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from heapq import heappop, heappush
from itertools import combinations, islice
from math import prod
from typing import TYPE_CHECKING

from ontology.containment import Area, Containment
from ontology.edits import distance
from ontology.folding import fold
from ontology.model import Unit
from ontology.name_index import NameIndex, bare_name
from ontology.names import folded_keys, is_lone_numeral, key, split_misread_type, split_type
from ontology.scoring import OTHER_NAME, Match

if TYPE_CHECKING:
    from ontology.registry import Ontology

_Meaning = tuple[frozenset[str], float]
"""The ids of the units that a containing unit's name can mean, and how near the name comes to theirs (0..1)."""

Spelling = tuple[str, str]
"""Type of unit and bare name, as the tables have them."""

_COMPARED = 12
"""Names, the nearest by plain edits, whose weighted distance is taken."""
_WORSE = 2.0
"""Cost above the least at which a name is no longer worth showing."""
_READINGS = 10
"""Names that a misread containing unit is tried as."""

_CONTAINING = 3
"""Containing units that are looked at where a name is not known: the greatest, which stand last."""
_MISREAD = 2
"""Containing units of one name that can be misread at once."""
_AREAS = 30
"""Readings of the containing units together that are tried, the nearest first."""

_LOST = 0.5
"""Closeness that is left where one of several containing units cannot be read at all."""
_SHARE = {"district": 0.5, "province": 0.4, "country": 0.2}
"""Cost of edits that a name can bear, as a share of its letters: in one district names are few and far apart, in the
country every short name has another one letter away."""
_MOST = {"district": 6.0, "province": 4.0, "country": 2.0}
_MANY = 120
"""Names in an area from which it counts as a province."""


class Pool:
    """Names to compare with, and who bears them."""

    def __init__(self, units: Iterable[tuple[Unit, str]], scope: str | None = None) -> None:
        self.bearers: defaultdict[Spelling, list[tuple[Unit, str]]] = defaultdict(list)
        for unit, how in units:
            self.bearers[unit.type, bare_name(unit)].append((unit, how))
        self._spellings = list(self.bearers)
        self._scope = scope or ("district" if len(self._spellings) < _MANY else "province")

    @cached_property
    def _bare(self) -> list[str]:
        return [folded.replace(" ", "") for folded in folded_keys([bare for _, bare in self._spellings])]

    @cached_property
    def _whole(self) -> list[str]:
        types = {kind: fold(kind).replace(" ", "") for kind, _ in self._spellings}
        return [types[kind] + bare for (kind, _), bare in zip(self._spellings, self._bare, strict=True)]

    def near(self, name: str) -> list[tuple[Spelling, float, str | None]]:
        """The spellings near to a name, with their cost as a share of its letters, and the type word that was read
        for sure."""
        if is_lone_numeral(name):
            return []
        found: dict[Spelling, tuple[float, str | None]] = {}
        kind, rest = split_type(name)
        readings: list[tuple[str | None, str, bool]] = [(kind, rest, False)]
        if kind is None or not name.lower().startswith(kind):  # "P hường": no type word for sure
            readings += [(None, name, True), (None, name, False), (*split_misread_type(name), False)]
        for written, text, with_type in dict.fromkeys(readings):
            for spelling, share in self._compared(text, with_type=with_type):
                held = found.get(spelling)
                if held is None or share < held[0]:
                    found[spelling] = (share, written)
        return [(spelling, share, written) for spelling, (share, written) in found.items()]

    def _compared(self, text: str, *, with_type: bool) -> Iterator[tuple[Spelling, float]]:
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        written = key(text)
        accented = fold(written) != written
        tight = fold(written).replace(" ", "")
        if not tight:
            return
        names = self._whole if with_type else self._bare
        most = self._limit(len(tight) + 2)
        nearest = process.extract(
            tight, names, scorer=Levenshtein.distance, score_cutoff=int(2 * most + 1), limit=_COMPARED
        )
        for name, _, index in nearest:
            kind, bare = self._spellings[index]
            known = key(f"{kind} {bare}" if with_type else bare)
            letters = max(len(tight), len(name))
            limit = min(self._limit(letters), most)
            cost = distance(written, known if accented else fold(known), limit)
            if cost <= limit:
                most = min(most, cost + _WORSE)
                yield self._spellings[index], cost / letters

    def _limit(self, letters: int) -> float:
        return min(_SHARE[self._scope] * letters, _MOST[self._scope])


def _pool(area: Area, at: str | None) -> Pool:
    return Pool(sorted(area.units(at), key=lambda one: one[0].id))  # of names equally near always the same ones


class NearMisses:
    """The near misses among one ontology's names. Built when first needed."""

    def __init__(
        self,
        ontology: Ontology,
        names: NameIndex,
        containment: Containment,
        area: Callable[[tuple[str, ...], bool], Area],
    ) -> None:
        self._ontology = ontology
        self._names = names
        self._containment = containment
        self._area = area
        self._pool = lru_cache(maxsize=128)(_pool)
        self._meant = lru_cache(maxsize=4096)(self._meant_anew)

    def of(self, name: str, containing: tuple[str, ...], at: str | None, *, accented: bool) -> list[Match]:
        """The units that the name, misread, can mean. Containing units may be misread too; of many the greatest count."""
        containing = containing[-_CONTAINING:]
        if not containing:
            return list(self._near(name, self._country))
        area = self._area(containing, accented)
        found = list(self._near(name, self._pool(area, at)))
        if self._sure(containing, accented):
            return found
        exact = self._names.spelt(name, accented)
        for area, closeness in self._misread_areas(containing, accented) or self._fewer(containing, accented):
            inside = [match.also(how) for match in exact if (how := area.holds(match.unit, at))]
            inside = inside or list(self._near(name, self._pool(area, at)))
            found += [match.also("within_misread", closeness=closeness) for match in inside]
        best: dict[str, Match] = {}
        for match in found:
            held = best.get(match.unit.id)
            if held is None or held.score < match.score:
                best[match.unit.id] = match
        return list(best.values())

    def _sure(self, containing: tuple[str, ...], accented: bool) -> bool:
        """Whether each of the containing units is one that is called so, and they lie in each other."""
        named = [self._names.spelt(place, accented) for place in containing]
        return bool(self._area(containing, accented).parents) and all(
            any(OTHER_NAME.isdisjoint(match.reasons) for match in matches) for matches in named
        )

    def _near(self, name: str, pool: Pool) -> Iterator[Match]:
        for spelling, share, written in pool.near(name):
            for unit, how in pool.bearers[spelling]:
                found = Match(unit, ("misspelt",), max(1 - share, 0.1))
                found = found.also(how) if how else found
                yield found.also("type_differs") if written and written != unit.type else found

    @cached_property
    def _country(self) -> Pool:
        return Pool(((unit, "") for unit in self._ontology.units.values()), "country")

    @cached_property
    def _greater(self) -> Pool:
        """The names of districts and provinces."""
        return Pool(((unit, "") for unit in self._ontology.units.values() if unit.level != "commune"), "province")

    def _misread_areas(self, containing: tuple[str, ...], accented: bool) -> list[tuple[Area, float]]:
        """What the containing units, one or two of them misread, can mean, and how near that is: nearest first, those
        more than half as near as the nearest."""
        found: list[tuple[Area, float]] = []
        readings = [self._meant(place, accented) for place in containing]
        for chosen in islice(_nearest_first(readings), _AREAS):
            closeness = prod(near for _, near in chosen)
            if found and closeness <= found[0][1] / 2:
                break
            if 0 < sum(near < 1 for _, near in chosen) <= _MISREAD:
                area = Area(self._containment, tuple(ids for ids, _ in chosen))
                if area.parents:
                    found.append((area, closeness))
        return found

    def _fewer(self, containing: tuple[str, ...], accented: bool) -> list[tuple[Area, float]]:
        """What they can mean without the one that cannot be read at all."""
        found = []
        for left in combinations(containing, len(containing) - 1):
            area = self._area(left, accented)
            readings = [(area, 1.0)] if left and area.parents else self._misread_areas(left, accented)
            found += [(area, closeness * _LOST) for area, closeness in readings]
        return found

    def _meant_anew(self, place: str, accented: bool) -> list[_Meaning]:
        exact = self._area((place,), accented).places[0]
        near = sorted(self._greater.near(place), key=lambda one: one[1])[:_READINGS]
        misread = [
            (frozenset(unit.id for unit, _ in self._greater.bearers[spelling]), 1 - share)
            for spelling, share, _ in near
        ]
        return [(exact, 1.0), *misread] if exact else misread


def _nearest_first(readings: Sequence[Sequence[_Meaning]]) -> Iterator[tuple[_Meaning, ...]]:
    """One meaning of each name (the nearest stands first in each), all choices by how near they come together."""
    if not readings or not all(readings):
        return
    start = (0,) * len(readings)
    waiting = [(-prod(names[0][1] for names in readings), start)]
    seen = {start}
    while waiting:
        _, at = heappop(waiting)
        chosen = tuple(names[i] for names, i in zip(readings, at, strict=True))
        yield chosen
        for place, names in enumerate(readings):
            after = (*at[:place], at[place] + 1, *at[place + 1 :])
            if after[place] < len(names) and after not in seen:
                seen.add(after)
                near = prod(other[i][1] for other, i in zip(readings, after, strict=True))
                heappush(waiting, (-near, after))
