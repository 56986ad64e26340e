"""Days and the time in which a unit is in force. Days are ISO; ``1978-12`` stands for the whole month."""

from __future__ import annotations

from datetime import date, timedelta

from ontology.model import Unit

REFORM = "2025-07-01"
"""The day on which the district level ended and codes passed to other units (Resolution 203/2025/QH15)."""

FIRST_LIST = "2007-12-17"
"""The day of the earliest list of the whole country that can be rebuilt."""

NEAR_DAYS = 366
"""Up to twelve months beside a validity count as near: units began and ended their work later than the act says."""


def first_day(day: str) -> date:
    """The day, or the first day of a partial date."""
    parts = [int(part) for part in day.split("-")]
    return date(*parts, *(1 for _ in range(3 - len(parts))))


def day_before(day: str) -> str:
    """The day before (of a partial date: before its first day)."""
    return (first_day(day) - timedelta(days=1)).isoformat()


def day_after(day: str) -> str:
    """The day after (of a partial date: after its first day)."""
    return (first_day(day) + timedelta(days=1)).isoformat()


def within_time(unit: Unit, day: str) -> str:
    """The day itself where the unit is in force, else the unit's first or last day."""
    if day < unit.valid_from:
        return unit.valid_from
    return min(day, unit.valid_to) if unit.valid_to else day


def common(unit: Unit, start: str, end: str | None) -> tuple[str, str | None] | None:
    """The time that the unit's validity shares with ``start`` to ``end`` (None: without end), None for no day.

    A unit whose beginning is not known was there before the list that has it first.
    """
    first = max(unit.valid_from, start) if unit.valid_from_certain else start
    ends = [day for day in (unit.valid_to, end) if day]
    last = min(ends) if ends else None
    return (first, last) if last is None or first <= last else None


def near(unit: Unit, day: str) -> bool:
    """Whether the day is in the unit's time or at most twelve months beside it."""
    if unit.in_force(day):
        return True
    edge = unit.valid_from if day < unit.valid_from else unit.valid_to
    return edge is not None and abs((first_day(edge) - first_day(day)).days) <= NEAR_DAYS


def some_day(day: str) -> str:
    """A day for a date that may be partial: the middle of its year or month."""
    missing = {4: "-07-01", 7: "-15"}
    return day + missing.get(len(day), "")
