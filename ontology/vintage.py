"""The vintage of a list of names: to which days does it belong?

A list of units without a date is dated by its names: each stood for a time, in the containing units that the list
names, and the days on which most of them stood together are those of the list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ontology.model import Certainty, Level, Unit
from ontology.validity import day_after, day_before

if TYPE_CHECKING:
    from ontology.registry import Ontology

_OPEN = ""
"""Before every day: the beginning of what the first list already has."""
_NEVER = "9999"
"""After every day."""
_FITTING = frozenset({"exact", "accentless", "within", "nearby", "nearby_province"})
"""Reasons under which a name stands for a unit on a day; any other is a doubt, which dates nothing."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in which a unit bore the name of the list in the containing units of the list. ``since`` is None where
    the beginning lies before the first list; ``until`` is the last day, None for today's units."""

    unit: Unit
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Period:
    """Days (first and last; None: open) on which ``fitting`` names of the list stood together, and ``missing`` units
    of the whole that the list was said to be were not in it."""

    since: str | None
    until: str | None
    fitting: int
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Vintage:
    """When a list was made. ``periods``: the days that fit best, in order of time; ``misfits``: names that did not
    stand on the first of these days, each with the times in which they did; ``unknown``: names of no unit;
    ``missing``: units of the whole that stood then and are not in the list."""

    names: int
    periods: tuple[Period, ...]
    misfits: Mapping[str, tuple[Stay, ...]]
    unknown: tuple[str, ...]
    missing: tuple[Unit, ...] = ()

    @property
    def certainty(self) -> Certainty:
        """``certain`` where all names stood together in one period and at no other time, ``candidates`` where several
        periods fit alike or some names do not fit, ``unknown`` where none is known."""
        if not self.periods:
            return "unknown"
        alone = len(self.periods) == 1 and not self.misfits and not self.unknown and not self.missing
        return "certain" if alone else "candidates"


def vintage(
    ontology: Ontology, names: Iterable[str], *, within: str | None = None, whole: Unit | None = None
) -> Vintage:
    """The days to which a list of names belongs.

    ``names``: as written, with containing units after commas; ``within``: containing units of all of them. ``whole``:
    a unit of which the list claims to hold every unit of its level: of the days on which as many names fit, those on
    which it lacks the fewest units count.
    """
    listed = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    stays = {name: _stays(ontology, name, within) for name in listed}
    known = {name: found for name, found in stays.items() if found}
    unknown = tuple(name for name in listed if name not in known)
    if not known:
        return Vintage(len(listed), (), {}, unknown)
    expected = _expected(ontology, whole, known.values()) if whole else ()
    periods = _best(list(known.values()), expected)
    day = periods[0].since or _OPEN
    misfits = {name: found for name, found in known.items() if not any(_covers(stay, day) for stay in found)}
    missing = tuple(stay.unit for stay in expected if _covers(stay, day))
    return Vintage(len(listed), periods, misfits, unknown, missing)


def _stays(ontology: Ontology, name: str, within: str | None) -> tuple[Stay, ...]:
    found: list[Stay] = []
    for candidate in ontology.find(name, within=within):
        if not _FITTING.issuperset(candidate.reasons):
            continue
        for since, until in _times(ontology, candidate.unit):
            on_day = ontology.find(name, at=since or candidate.unit.valid_from, within=within)
            if not any(one.unit == candidate.unit and _FITTING.issuperset(one.reasons) for one in on_day):
                continue
            before = found[-1] if found else None
            if before and before.unit == candidate.unit and before.until and day_after(before.until) == since:
                found[-1] = Stay(candidate.unit, before.since, until)
            else:
                found.append(Stay(candidate.unit, since, until))
    return tuple(found)


def _times(ontology: Ontology, unit: Unit) -> Iterator[tuple[str | None, str | None]]:
    """The unit's time, cut where a unit above it begins: what it lay in is one thing in each part."""
    above = {ontology.units[identifier].valid_from for identifier in ontology.ancestors(unit)}
    cuts = sorted(day for day in above if unit.valid_from < day and (unit.valid_to is None or day <= unit.valid_to))
    first = unit.valid_from if unit.valid_from_certain else None
    days: list[str | None] = [first, *cuts]
    for since, following in pairwise([*days, None]):
        yield since, day_before(following) if following else unit.valid_to


def _expected(ontology: Ontology, whole: Unit, found: Iterable[Sequence[Stay]]) -> tuple[Stay, ...]:
    """The times of units of the whole, of the levels listed, that the list does not name."""
    stays = [stay for of_name in found for stay in of_name]
    named: defaultdict[str, list[Stay]] = defaultdict(list)
    for stay in stays:
        named[stay.unit.id].append(stay)
    levels: set[Level] = {stay.unit.level for stay in stays}
    versions = {version.id for version in ontology.same(whole)}
    missing = []
    for identifier in sorted(ontology.under(whole) - versions):
        unit = ontology.units[identifier]
        for since, until in _times(ontology, unit):
            inside = versions.intersection(parent.id for parent in ontology.parents(unit, since or unit.valid_from))
            listed = any(_covers(stay, since or _OPEN) for stay in named[identifier])
            if unit.level in levels and inside and not listed:
                missing.append(Stay(unit, since, until))
    return tuple(missing)


def _best(found: Sequence[Sequence[Stay]], expected: Sequence[Stay]) -> tuple[Period, ...]:
    """The periods in which most names fit, of these those with the fewest units missing, in order of time; one ends where the set of
    fitting names changes."""
    change: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for spans, which in [*((_merged(of_name), 0) for of_name in found), *((_merged([one]), 1) for one in expected)]:
        for start, end in spans:
            change[start][which] += 1
            change[end][which] -= 1
    fitting = missing = 0
    segments: list[tuple[str, str, int, int]] = []
    days = sorted(change)
    for start, end in pairwise([*days, _NEVER]):
        fitting += change[start][0]
        missing += change[start][1]
        if start != end:
            segments.append((start, end, fitting, missing))
    best = max((fit, -miss) for _, _, fit, miss in segments)
    return tuple(
        Period(since or None, None if until == _NEVER else day_before(until), fit, miss)
        for since, until, fit, miss in segments
        if (fit, -miss) == best
    )


def _merged(stays: Iterable[Stay]) -> list[tuple[str, str]]:
    """The times of one name as spans that do not overlap: first day, day after the last."""
    spans = sorted((stay.since or _OPEN, day_after(stay.until) if stay.until else _NEVER) for stay in stays)
    merged: list[tuple[str, str]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _covers(stay: Stay, day: str) -> bool:
    return (stay.since or _OPEN) <= day and (stay.until is None or day <= stay.until)
