"""Whether the bodies that papers name are known, and were there on the day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from kg import wording
from kg.custody.facts import Fact
from kg.custody.receivers import Receivers
from kg.readers.tables.folded import words
from ontology.agencies import recognise
from ontology.agencies.dated import Agency, AgencyCandidate, after, before
from ontology.agencies.in_time import agencies
from ontology.agencies.meanings import meanings
from ontology.registry import load
from ontology.scoring import NO_MATCH

NEAR = timedelta(days=31)
"""A hand-over to a body that begins within a month is prepared before it begins."""
_OTHER_UNIT = frozenset({"type_differs"})
_NEAR_NAME = NO_MATCH | {"accents_differ"}
_ARCHIVE = "luu tru"
"""Archives are named by what they are, with or without their province."""


class Doubt(NamedTuple):
    """What to look at in a body's name: ``code`` of ``kg.custody.remarks.CODES``, ``value`` the day or the name that
    stands against it."""

    code: str
    value: str


def day_of(fact: Fact) -> str:
    """The day (ISO) on which the bodies of a fact must have been there. Minutes are of their own day, a store-room list
    counts from the day since when the body has it."""
    return (fact.paper.date or fact.since) if fact.kind == "handover" else fact.since


@lru_cache(maxsize=4096)
def doubt(name: str, day: str) -> Doubt | None:
    """What is doubtful about a body of that name on that day (ISO), None where nothing is: no body of the name is known
    (``body_unknown``; ``body_near`` where a name comes near), it names no unit (``body_no_unit``), it had ended or had not
    begun (``body_ended``, ``body_not_begun``)."""
    found = [one for one in meanings(name, agencies(), at=day) if _OTHER_UNIT.isdisjoint(one.reasons)]
    same = [one.agency for one in found if _NEAR_NAME.isdisjoint(one.reasons)]
    if same := same or list(_receivers().meant(name)):
        return _of_time(same, day)
    known = recognise(name)
    if known is not None and known.place_name and _is_unit(known.place_name, known.place_type):
        return None  # a body of a known unit whose days are not known
    if _ARCHIVE in words(name):
        return None
    if found:
        return Doubt("body_near", _first(found))
    if known is not None and not known.place_name:
        return Doubt("body_no_unit", "")
    return Doubt("body_unknown", "")


@cache
def _receivers() -> Receivers:
    """Reads bodies as offices write them: a unit alone is its committee."""
    return Receivers(load())


def _first(found: list[AgencyCandidate]) -> str:
    return found[0].agency.name


def _of_time(found: list[Agency], day: str) -> Doubt | None:
    """The doubt of the one that comes nearest to the day, None where one of them was there."""
    doubts = [told for agency in found if (told := _outside(agency, day)) is not None]
    return doubts[0] if len(doubts) == len(found) else None


def _outside(agency: Agency, day: str) -> Doubt | None:
    closed, opened = agency.closed.day if agency.closed else None, agency.opened.day
    if closed and after(day, closed):
        return Doubt("body_ended", wording.day(closed))
    if opened and agency.opened.exact and before(_later(day), opened):
        return Doubt("body_not_begun", wording.day(opened))
    return None


def _later(day: str) -> str:
    return (date.fromisoformat(day) + NEAR).isoformat()


def _is_unit(name: str, type_: str | None) -> bool:
    found = agencies().ontology.find(f"{type_} {name}" if type_ else name)
    return any(_NEAR_NAME.isdisjoint(one.reasons) and _OTHER_UNIT.isdisjoint(one.reasons) for one in found)
