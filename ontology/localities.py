"""What an office knows of its own ground: hamlets, residential groups, streets and house ranges of an old unit, each
with the new commune it lies in. Pure: tables are read and kept by ``kg.localities``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ontology.folding import fold
from ontology.locality_names import Part, Reading, read
from ontology.model import Unit

LocalityKind = Literal["hamlet", "group", "street", "house_range"]
Parity = Literal["odd", "even", "all"]

DOUBTS = ("locality_accentless", "locality_type_differs", "locality_incomplete", "locality_alley_number")
"""Why a row may not be meant: the name is written without accents, under another word ("đường" for "phố"), without what
the row counts by (the house number, the group), or the house stands in an alley and is placed by the alley's number."""


@dataclass(frozen=True, slots=True)
class HouseNumbers:
    """A run of house numbers of one street, ends included; None: open at that end. Of "12A" and "12/3" the first
    number counts."""

    first: int | None = None
    last: int | None = None
    parity: Parity = "all"

    def __contains__(self, number: int) -> bool:
        if (self.first is not None and number < self.first) or (self.last is not None and number > self.last):
            return False
        return self.parity == "all" or (number % 2 == 1) == (self.parity == "odd")

    def overlaps(self, other: HouseNumbers) -> bool:
        """Whether some house is in both."""
        start = max(self.first or 0, other.first or 0)
        return any(number in self and number in other for number in (start, start + 1))


@dataclass(frozen=True, slots=True)
class Locality:
    """One row of an office's table.

    ``name`` as written ("Tổ dân phố số 5", "Phố Khâm Thiên"); ``numbers`` the houses of a street, None for all;
    ``old`` the id of the old unit's version, ``new`` that of the new commune; ``row`` counts from 1 as users see it.
    """

    kind: LocalityKind
    name: str
    numbers: HouseNumbers | None
    old: str
    new: str
    source: str
    date: str | None
    table: str
    row: int


@dataclass(frozen=True, slots=True)
class Placed:
    """The rows that an address can mean, and why they may not be meant (see ``DOUBTS``)."""

    rows: tuple[Locality, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fit:
    """A row that an address can mean: what of it the address names (``named``), and the doubts."""

    row: Locality
    named: frozenset[object]
    doubts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its name read."""

    row: Locality
    reading: Reading


class Localities:
    """The rows of all tables that an office loaded. Names are read when first asked for."""

    def __init__(self, rows: Iterable[Locality] = ()) -> None:
        self._rows = tuple(rows)
        self._named: dict[tuple[str, str], dict[str, list[_Row]]] = {}

    def __bool__(self) -> bool:
        return bool(self._rows)

    def knows(self, unit: Unit) -> bool:
        """Whether some row speaks of that old unit version."""
        return unit.id in self._by_old

    def knows_new(self, unit: Unit) -> bool:
        """Whether some row speaks of that new commune."""
        return unit.id in self._by_new

    def decide(self, details: Sequence[str], unit: Unit) -> tuple[Locality, ...]:
        """The rows that place these parts of an address of that old unit: the most specific ones where some are.

        Several different ``new`` among them: the tables do not decide.
        """
        return self.place(details, unit).rows

    def place(self, details: Sequence[str], unit: Unit, *, accented: bool | None = None) -> Placed:
        """``decide``, with the doubts. ``accented``: whether the writer used accents at all (default: in the details):
        then they decide among names, else a name recalls all that fold alike."""
        return self._place(details, ("old", unit.id), self._by_old.get(unit.id), accented)

    def origins(self, details: Sequence[str], unit: Unit, *, accented: bool | None = None) -> Placed:
        """The rows under which these parts of an address came to that new commune: whence they came is their ``old``."""
        return self._place(details, ("new", unit.id), self._by_new.get(unit.id), accented)

    def anywhere(self, details: Sequence[str], *, accented: bool | None = None) -> Placed:
        """The rows of any unit that these parts of an address can mean."""
        return self._place(details, ("all", ""), self._rows, accented)

    def _place(
        self,
        details: Sequence[str],
        side: tuple[str, str],
        rows: Sequence[Locality] | None,
        accented: bool | None,
    ) -> Placed:
        asked = read(tuple(details)) if rows else Reading()
        if not rows or not asked:
            return Placed()
        if accented is None:
            accented = any(fold(detail) != detail.lower() for detail in details)
        named = self._named.get(side)
        if named is None:
            named = self._named[side] = _by_name(rows)
        sharing = {id(row): row for part in _parts(asked) for row in named.get(fold(part.name), ())}
        fits = [fit for row in sharing.values() if (fit := _fit(row.row, row.reading, asked)) is not None]
        fits = _spelt(fits, accented=accented)
        for doubt in ("locality_type_differs", "locality_incomplete"):
            fits = [fit for fit in fits if doubt not in fit.doubts] or fits
        kept = [fit for fit in fits if not any(fit.named < other.named for other in fits)]
        doubts = {doubt for fit in kept for doubt in fit.doubts}
        return Placed(tuple(fit.row for fit in kept), tuple(doubt for doubt in DOUBTS if doubt in doubts))

    @cached_property
    def _by_old(self) -> dict[str, list[Locality]]:
        return _grouped(self._rows, lambda row: row.old)

    @cached_property
    def _by_new(self) -> dict[str, list[Locality]]:
        return _grouped(self._rows, lambda row: row.new)


def _by_name(rows: Iterable[Locality]) -> dict[str, list[_Row]]:
    """Rows by the names in them, accents and words apart: an address that shares none of these is in no row."""
    found: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        named = _Row(row, read((row.name,)))
        for name in {fold(part.name) for part in _parts(named.reading)}:
            found[name].append(named)
    return dict(found)


def _parts(reading: Reading) -> list[Part]:
    return [*reading.places, *reading.bare, *([reading.street] if reading.street else [])]


def _grouped(rows: Iterable[Locality], of: Callable[[Locality], str]) -> dict[str, list[Locality]]:
    found: defaultdict[str, list[Locality]] = defaultdict(list)
    for row in rows:
        found[of(row)].append(row)
    return dict(found)


def _spelt(fits: list[_Fit], *, accented: bool) -> list[_Fit]:
    """Accents decide where the writer used them; without, a name that folds like others is none of them for sure."""
    exact = [fit for fit in fits if "locality_accentless" not in fit.doubts]
    if not exact or len(exact) == len(fits):
        return fits
    if accented:
        return exact
    return [_Fit(fit.row, fit.named, fit.doubts | {"locality_accentless"}) for fit in fits]


def _fit(row: Locality, own: Reading, asked: Reading) -> _Fit | None:
    """How an address fits a row: each part that the row names must be named, or be left out (a doubt); None where they
    contradict each other, or share nothing."""
    named: set[object] = set()
    doubts: set[str] = set()
    for part in _parts(own):
        others = _comparable(part, asked)
        alike = [(doubt, other) for other in others if (doubt := _same(part, other)) is not None]
        if alike:
            doubt, other = min(alike, key=lambda one: len(one[0]))
            named.add(other)
            doubts |= doubt
        elif any(_excludes(part, other) for other in others):
            return None
        else:
            doubts.add("locality_incomplete")
    if not named:
        return None
    for counted in _counted(row, own, asked):
        if counted == "other":
            return None
        if counted == "missing":
            doubts.add("locality_incomplete")
        elif counted == "inferred":
            doubts.add("locality_alley_number")
        else:
            named.add(counted)
    return _Fit(row, frozenset(named), frozenset(doubts))


def _counted(row: Locality, own: Reading, asked: Reading) -> list[str]:
    """What the row counts houses by, as the address meets it: "alley <depth>" or "numbers" where it fits, "inferred"
    beside "numbers" where the number is that of an alley, "other" where it does not fit, "missing" where the address
    has no number. An alley's row is more specific than a run of houses, an inner alley's than that of the outer one."""
    found: list[str] = []
    if own.alleys:
        way = asked.alleys or asked.houses[:-1]
        shared = min(len(own.alleys), len(way))
        if own.alleys[:shared] != way[:shared] or (not shared and asked.number is not None):
            return ["other"]
        found += [f"alley {depth}" for depth in range(shared)]
        found.append("numbers" if shared == len(own.alleys) else "missing")
        if way and not asked.alleys:
            found.append("inferred")
    numbers = row.numbers
    if numbers is None and not own.alleys and own.house is not None:
        numbers = HouseNumbers(own.house, own.house)
    if numbers is not None:
        number = asked.number if not own.alleys else asked.house if asked.alleys else asked.last_house
        found.append("missing" if number is None else "numbers" if number in numbers else "other")
        is_itself = asked.houses == own.houses and not asked.alleys
        if not own.alleys and asked.is_off_the_street and not is_itself:
            found.append("inferred")
    return found


def _comparable(part: Part, asked: Reading) -> list[Part]:
    """The parts of an address that can be the row's part, by their kinds."""
    street = [asked.street] if asked.street else []
    if part.kind == "street":
        return [*street, *asked.bare]
    if part.kind:
        return [*asked.places, *asked.bare]
    return [*asked.places, *street, *asked.bare]


def _same(part: Part, other: Part) -> frozenset[str] | None:
    """The doubts with which both are one place; None where they are not. Numbered places of different words are
    different places ("Xóm 5" is no "Thôn 5"); a name may be that of a hamlet which became a residential group."""
    doubts: set[str] = set()
    if part.name != other.name:
        if fold(part.name) != fold(other.name) or not _one_is_plain(part.name, other.name):
            return None
        doubts.add("locality_accentless")
    if part.head and other.head and part.head != other.head:
        if part.is_numbered:
            return None
        doubts.add("locality_type_differs")
    return frozenset(doubts)


def _one_is_plain(one: str, other: str) -> bool:
    """Whether one of two names is written without accents: two that have different ones are two names."""
    return fold(one) == one or fold(other) == other


def _excludes(part: Part, other: Part) -> bool:
    """Whether an address that names the other place cannot lie in the row's: another street, another group of the same
    word."""
    return part.kind == other.kind == "street" or (bool(part.head) and part.head == other.head)
