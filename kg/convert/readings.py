"""The old units that a written address can mean, and, where it names none, those it nearly names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ontology import dates
from ontology.errors import AmbiguousUnit, UnitNotFound
from ontology.folding import fold
from ontology.model import Candidate, Lineage, Unit
from ontology.name_index import bare_name, same_name
from ontology.names import folded_key, split_type
from ontology.registry import load
from ontology.scoring import NEAR_MISS, OTHER_NAME, OTHER_TYPE

_LONG = 9
"""Letters of a name in which two wrong ones are still a slip."""
_SHORTEST = 4
"""Letters of the shortest name in which a wrong one is a slip; of an abbreviation, such as TPHN, at most."""
_MOST_SEARCHES = 20_000
"""Distinct addresses of no known unit for which near misses are looked for (some milliseconds each): a column of other
things has more, and none that would help."""
_NUMERAL = re.compile(r"(?<= )[ivx]+$")
_SILENT = frozenset({"exact", "within"})
OWN_REASONS = frozenset({"new_name", "province_of_today"})
"""Reasons that are a conversion's own: they cast no doubt on the name."""
_NEW_NAME = OTHER_NAME | OTHER_TYPE | {"type_misread"}
"""Reasons for which a unit in force is no second reading of a name: it is not written as that unit's own."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A unit that an address can mean, and why it is read so where that is worth a word (codes of the catalogue)."""

    unit: Unit
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """What an address can mean: one reading, or several that cannot be told apart; ``near``: none, but names close to
    it; ``in_context``: those lie in the units that the address names, and no unit near by bears that very name;
    ``elsewhere``: units of that very name that lie in others; ``sought``: False where near misses were not looked for.
    """

    readings: tuple[Reading, ...] = ()
    near: tuple[Reading, ...] = ()
    in_context: bool = False
    elsewhere: tuple[Reading, ...] = ()
    sought: bool = True


Follow = Callable[[Unit], Lineage]


class Reader:
    """Reads chains of units as they were meant on a day (ISO), without one as former units."""

    def __init__(self, follow: Follow) -> None:
        self._follow = follow
        self.read = lru_cache(maxsize=None)(self._read)
        self._missed: set[tuple[str, ...]] = set()

    def _read(self, chain: tuple[str, ...], at: str | None, former: bool, dated: bool = True) -> Meant:
        """``former``: the writer says that a unit is a former one; ``dated``: False for a day that cannot be read."""
        spelt = tuple(map(fold, chain))
        if len(self._missed) >= _MOST_SEARCHES and spelt not in self._missed and not _is_some_name(chain[0]):
            return Meant(sought=False)
        try:
            found = self._argument(chain, at, dated)
        except UnitNotFound as error:
            self._missed.add(spelt)
            if (cased := tuple(map(_cased, chain))) != chain:
                return self._read(cased, at, former, dated)
            return self._in_todays_province(chain, at) or _nearly(error.candidates, chain, at)
        if at is None and not former:
            found += _in_force(chain, found)
        return Meant(tuple(found))

    def _argument(self, chain: Sequence[str], at: str | None, dated: bool = True) -> list[Reading]:
        try:
            meant = load().argument(", ".join(chain), at=at, prefer="ended")
        except AmbiguousUnit as error:
            return [
                Reading(unit, _worth_a_word(candidate.reasons))
                for candidate in error.candidates
                for unit in (candidate.unit, *(self._earlier(chain[0], candidate.unit) if at is None else ()))
            ]
        unit = meant.unit
        apart = [
            other
            for other in meant.also
            if (other.line != unit.line and (not dated or _stood_beside(unit, other)))
            or (unit.level == "commune" and self._leads_elsewhere(unit, other))
        ]
        if apart:
            return [Reading(one, _worth_a_word(meant.reasons)) for one in (unit, *apart)]
        if at is None and unit.level == "province" and (last := load().same(unit)[-1]).in_force(dates.today()):
            unit = last  # a province that goes on is meant as it is
        return [Reading(unit, _worth_a_word(meant.reasons))]

    def _earlier(self, name: str, unit: Unit) -> list[Unit]:
        """Earlier units of that name and place that have takers of their own."""
        if unit.level != "commune":
            return []
        matches = load().resolver.names.spelt(name, fold(name) != name.lower())
        earlier = [match.unit for match in matches if (match.unit.valid_to or unit.valid_from) < unit.valid_from]
        return [other for other in earlier if is_one(unit, other) and self._leads_elsewhere(unit, other)]

    def _leads_elsewhere(self, unit: Unit, other: Unit) -> bool:
        """Whether an earlier unit of that name and place has takers that are none of this one's."""
        own = {step.unit.id for step in self._follow(unit).steps}
        return any(step.unit.id not in own for step in self._follow(other).steps)

    def _in_todays_province(self, chain: tuple[str, ...], at: str | None) -> Meant | None:
        """The readings of an old name whose writer names the province of today: those whose land lies there now."""
        if len(chain) < 2:
            return None
        today = dates.today()
        provinces = {
            candidate.unit.id
            for candidate in load().find(chain[-1])
            if candidate.unit.level == "province"
            and candidate.unit.in_force(today)
            and not _NEW_NAME & set(candidate.reasons)
        }
        if not provinces:
            return None
        try:
            found = self._argument(chain[:-1], at)
        except UnitNotFound:
            return None
        kept = [
            Reading(reading.unit, (*reading.reasons, "province_of_today"))
            for reading in found
            if self._lies_in(reading.unit, provinces)
        ]
        return Meant(tuple(kept)) if kept else None

    def _lies_in(self, unit: Unit, provinces: set[str]) -> bool:
        steps = self._follow(unit).steps
        return bool(steps) and all(
            not provinces.isdisjoint(parent.id for parent in load().parents(step.unit)) for step in steps
        )


def _cased(name: str) -> str:
    """A name in capitals with small letters ("PẢ VI" has no Roman numeral), a last small numeral in capitals."""
    if name.isupper() and len(name) > _SHORTEST:
        return " ".join(word.capitalize() for word in name.split(" "))
    return _NUMERAL.sub(lambda match: match.group().upper(), name) if name.islower() else name


def _stood_beside(unit: Unit, other: Unit) -> bool:
    """Whether another unit of that name stood to the end of this one, as a xã beside the thị trấn of its name."""
    return other.in_force(unit.valid_to or dates.today())


def _in_force(chain: Sequence[str], found: Sequence[Reading]) -> list[Reading]:
    """The units in force that fit as well: a name without its district may be that of a new unit."""
    today = dates.today()
    known = {same.id for reading in found for same in load().same(reading.unit)}
    try:
        meant = load().argument(", ".join(chain), prefer="in_force")
        candidates = [(meant.unit, meant.reasons)]
    except AmbiguousUnit as error:
        candidates = [(one.unit, one.reasons) for one in error.candidates]
    return [
        Reading(unit, _worth_a_word((*reasons, "new_name")))
        for unit, reasons in candidates
        if unit.in_force(today) and unit.id not in known and not _NEW_NAME & set(reasons)
    ]


def _nearly(candidates: Sequence[Candidate], chain: Sequence[str], at: str | None) -> Meant:
    """The names close to one that is not known; where the units named, or those nearly named so, have some that differ
    by a slip, those alone."""
    found_inside = load().find(", ".join(chain), at=at) if len(chain) > 1 else []
    inside = [one for one in found_inside if NEAR_MISS & set(one.reasons) and "not_within" not in one.reasons]
    in_context = bool(inside)
    slips = [one for one in inside if _is_slip(chain[0], one.unit)] if in_context else []
    found: list[Reading] = []
    shown = inside if in_context else [one for one in candidates if _is_worth_showing(chain[0], one)]
    for candidate in slips or shown:
        if "not_within" not in candidate.reasons and not any(is_one(candidate.unit, other.unit) for other in found):
            found.append(_reading(candidate))
    elsewhere, near_by = _elsewhere(chain, found)
    return Meant(near=tuple(found), in_context=bool(slips) and not near_by, elsewhere=tuple(elsewhere))


def _elsewhere(chain: Sequence[str], near: Sequence[Reading]) -> tuple[list[Reading], bool]:
    """The units of that very name that do not lie where the address says, those in the province named (or that of the
    district named) first, ended ones first, and whether there are such there: the name may be right and what contains
    it wrong."""
    matches = load().resolver.names.spelt(chain[0], fold(chain[0]) != chain[0].lower())
    units = [match.unit for match in matches if not _NEW_NAME & set(match.reasons)]
    if not units or len(chain) < 2:
        return [], False
    named = [one.unit for one in load().find(", ".join(chain[1:])) if not NEAR_MISS & set(one.reasons)]
    provinces = {line for unit in named for line in _provinces(unit)}
    today = dates.today()
    units.sort(key=lambda unit: (provinces.isdisjoint(_provinces(unit)), unit.in_force(today)))
    found: list[Unit] = []
    for unit in units:
        known = (*(reading.unit for reading in near), *found)
        if unit.level == "commune" and not any(is_one(unit, other) or unit.line == other.line for other in known):
            found.append(unit)
    near_by = any(not provinces.isdisjoint(_provinces(unit)) for unit in found[:1])
    return [Reading(unit, ("not_within",)) for unit in found], near_by


def _provinces(unit: Unit) -> set[str]:
    around = (unit, *load().parents(unit, unit.valid_to))
    return {one.line for one in around if one.level == "province"}


def _is_some_name(name: str) -> bool:
    return bool(load().resolver.names.spelt(name, fold(name) != name.lower()))


def _is_worth_showing(written: str, candidate: Candidate) -> bool:
    """Of names close to a word that may be none, those that differ by a slip; all units of that very name."""
    return "misspelt" not in candidate.reasons or _is_slip(written, candidate.unit)


def _is_slip(written: str, unit: Unit) -> bool:
    """Whether a name differs by two letters from a long one, by one from a short one: more is another name."""
    from rapidfuzz.distance import Levenshtein

    name = folded_key(split_type(written)[1])
    allowed = 2 if len(name) >= _LONG else 1
    return len(name) >= _SHORTEST and Levenshtein.distance(name, folded_key(bare_name(unit))) <= allowed


def is_one(one: Unit, other: Unit) -> bool:
    """Whether two units are one to a reader: of one name, in one place, whatever their time."""
    return one.level == other.level and one.parent == other.parent and same_name(one, other)


def _reading(candidate: Candidate) -> Reading:
    return Reading(candidate.unit, _worth_a_word(candidate.reasons))


def _worth_a_word(reasons: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for reason in reasons if reason not in _SILENT))
