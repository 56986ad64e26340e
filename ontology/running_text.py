"""From a place named in a running text to the dated unit that is meant, by the record's day and what it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ontology.folding import fold
from ontology.misspelt import Pool
from ontology.model import Candidate, Unit
from ontology.name_index import NameIndex, same_name
from ontology.names import LONGEST_NAME
from ontology.scoring import WEIGHTS, Match, best_first, time_reason
from ontology.validity import common

if TYPE_CHECKING:
    from ontology.registry import Ontology

_IN_TEXT: Final = {
    "accents_differ": 0.5,
    "type_differs": 0.3,
    "level_differs": 0.05,
    "before_first_list": 1.0,
    "near_validity": 0.8,
    "not_within": 0.2,
    "not_nearby": 0.7,
}
"""Weights that differ from those of names that a user writes: a text says "xã" of no thị trấn where a xã bears the
name, and all but a few units stood before the list that has them first. The order is what counts."""


_NEAR_ENOUGH: Final = 0.25
"""Cost of the edits, as a share of a name's letters, up to which a misread name is taken for one of the neighbourhood."""
_APART: Final = 0.08
"""By how much the next name must be further away."""


class RunningText:
    """Names in texts to units of one ontology."""

    def __init__(self, ontology: Ontology, names: NameIndex) -> None:
        self._ontology = ontology
        self._names = names
        self._standing = lru_cache(maxsize=65536)(self._standing_anew)
        self._pool = lru_cache(maxsize=128)(self._pool_anew)

    def meanings(
        self,
        name: str,
        type_word: str | None,
        *,
        on: str | None,
        home: Sequence[str],
        inside: Sequence[str],
        nearby: Collection[str],
        levels: Collection[str] = (),
        former: bool = False,
    ) -> list[Candidate]:
        """What the name can mean, those that cannot be told apart; see ``Ontology.resolve``."""
        if len(name) > LONGEST_NAME:
            return []
        written = f"{type_word} {name}" if type_word else name
        matches: Iterable[Match] = self._names.spelt(written, fold(name) != name.lower())
        if levels:
            matches = [match for match in matches if match.unit.level in levels]
        if former and on:
            matches = [match for match in matches if (match.unit.valid_to or "9999") < on] or matches
        return self.best(matches, on, home, inside, nearby)

    def best(
        self,
        matches: Iterable[Match],
        on: str | None,
        home: Sequence[str] = (),
        inside: Sequence[str] = (),
        nearby: Collection[str] = (),
    ) -> list[Candidate]:
        """Those of the matches that fit best and equally well, versions of one unit as the latest of them."""
        places = frozenset(nearby)
        around = [place for place in inside if place in self._ontology.units]
        own = [place for place in home if place in self._ontology.units]
        best, tied = 0.0, list[Match]()
        for match in sorted(matches, key=_by_name, reverse=True):
            weight = _weight(match.reasons) * match.closeness
            if weight < best:
                break  # what is to come weighs no more
            said: tuple[str, ...] = ()
            for reason in self._reasons(match.unit, on, own, around, places):
                said += (reason,)
                weight = round(weight * _ONE[reason], 6)
                if weight < best:
                    break
            if weight > best:
                best, tied = weight, []
            if weight == best:
                tied.append(match.also(*said))
        return self._told_apart([match.candidate() for match in sorted(tied, key=best_first)])

    def _reasons(
        self, unit: Unit, on: str | None, home: Sequence[str], inside: Sequence[str], nearby: frozenset[str]
    ) -> Iterator[str]:
        """How a unit stands to the day and to the places, one reason each, the cheapest to find first."""
        if on:
            when = time_reason(unit, on)
            yield when if when != "before_first_list" or self._ontology.stood(unit, on) else "not_in_force_at"
        if inside:
            yield "within" if any(self._lies_in(unit, place, on) for place in inside) else "not_within"
        if home:
            yield max((self.standing(unit, place, on) for place in home), key=_ONE.__getitem__)
        if nearby:
            yield "nearby" if self._neighbours(unit, nearby) else "not_nearby"

    def near_home(self, name: str, type_word: str | None, on: str | None, home: Sequence[str]) -> list[Candidate]:
        """The units at, above, below and beside a record's own (ids) whose name a misread one comes nearest to; one
        unit, or none where two come as near or none comes near enough."""
        found: dict[str, tuple[float, Unit]] = {}
        for place in home:
            for unit, share in self._near(name, place, on):
                if type_word is None or unit.type == type_word:
                    found[unit.id] = (min(share, found.get(unit.id, (1.0, unit))[0]), unit)
        ranked = sorted(found.values(), key=lambda one: (one[0], one[1].id))
        if not ranked or ranked[0][0] > _NEAR_ENOUGH:
            return []
        if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < _APART:
            return []
        share, unit = ranked[0]
        return [Match(unit, ("misspelt",), 1 - share).candidate()]

    def _near(self, name: str, home: str, on: str | None) -> Iterator[tuple[Unit, float]]:
        pool = self._pool(home, on)
        for spelling, share, _ in pool.near(name):
            for unit, _ in pool.bearers[spelling]:
                yield unit, share

    def _pool_anew(self, home: str, on: str | None) -> Pool:
        ontology = self._ontology
        own = ontology.units[home]
        around = ontology.parents(own, on)
        local = {unit.id: unit for unit in (own, *around)}
        for place in (own, *around):
            local |= {unit.id: unit for unit in ontology.children(place, on)}
        return Pool(((unit, "") for unit in local.values()), "province")

    def standing(self, unit: Unit, home: str, on: str | None) -> str:
        """How a unit stands on a day to a record's own unit (an id): a reason ``context...``."""
        return self._standing(unit.id, home, on)

    def _standing_anew(self, identifier: str, home: str, on: str | None) -> str:
        ontology = self._ontology
        unit, own = ontology.units[identifier], ontology.units[home]
        if unit.id == own.id or (unit.line == own.line and same_name(unit, own)):
            return "context"
        above = [parent.id for parent in ontology.parents(unit, on)]
        around = [parent.id for parent in ontology.parents(own, on)]
        if unit.id in around:
            return "context_above"
        if own.id in above:
            return "context_below"
        if above and around and above[0] == around[0]:
            return "context_near"
        if above and around and above[-1] == around[-1]:
            return "context_province"
        return self._once(unit, own)

    def _once(self, unit: Unit, own: Unit) -> str:
        """The same at any time of both."""
        above, around = self._ontology.ancestors(unit), self._ontology.ancestors(own)
        if unit.id in around or own.id in above:
            return "context_near"
        shared = {self._ontology.units[identifier].level for identifier in above & around}
        if shared:
            return "context_near" if "district" in shared else "context_once"
        return "context_other"

    def _lies_in(self, unit: Unit, place: str, on: str | None) -> bool:
        if place == unit.id or place in self._ontology.ancestors(unit):
            return True
        return not unit.valid_from_certain and any(place == parent.id for parent in self._ontology.parents(unit, on))

    def _neighbours(self, unit: Unit, places: Collection[str]) -> bool:
        """Whether a unit named nearby contains the unit, lies in it, or shares its direct parent."""
        above = self._ontology.ancestors(unit)
        for identifier in places:
            place = self._ontology.units.get(identifier)
            if place is None or place.id == unit.id:
                continue
            if place.id in above or unit.id in self._ontology.ancestors(place):
                return True
            if unit.parent and unit.parent == place.parent:
                return True
        return False

    def _told_apart(self, tied: list[Candidate]) -> list[Candidate]:
        """Versions of one unit that tie (no date is known) as the latest of them."""
        kept: list[Candidate] = []
        for candidate in tied:
            if not any(counts_as_one(one.unit, candidate.unit) for one in kept):
                kept.append(candidate)
        return kept


def counts_as_one(one: Unit, other: Unit) -> bool:
    """Whether two units are versions of one name under the same parents, or of one line under one name."""
    if one.level != other.level or not same_name(one, other):
        return False
    if one.line == other.line:
        return True
    return one.parent == other.parent and common(one, other.valid_from, other.valid_to) is None  # not two of one day


_ONE: Final = {**WEIGHTS, **_IN_TEXT}


def _by_name(match: Match) -> float:
    return _weight(match.reasons) * match.closeness


@lru_cache(maxsize=4096)
def _weight(reasons: tuple[str, ...]) -> float:
    weight = 1.0
    for reason in reasons:
        weight *= _ONE[reason]
    return round(weight, 4)
