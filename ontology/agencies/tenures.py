"""When a kind of body stood in a unit: opening and closing by rule (``agencies_rules.csv``), exceptions as data
(``agencies_exceptions.csv``, and an archive's own).

The first rule that fits says how sure the day is and what it rests on; the day itself is the unit's, or that of the
kind of body where this began later or ended earlier. A day is never surer than that the unit had such a body at all. An exception cuts out the time in which some units had no such
body (``absent``), or sets the day of the bodies of one unit (``opens``, ``closes``); one that lies outside the body's time changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Literal, cast

from ontology import dates
from ontology.agencies.bodies import Body, Ground, Scope, cell, ground_of, scope_of
from ontology.agencies.dated import Bound, EndedBy, after, before
from ontology.agencies.exceptions import BodyException
from ontology.agencies.own import exceptions
from ontology.model import Unit
from ontology.names import rows
from ontology.validity import NEAR_DAYS, day_after, day_before, first_day

NEAR = "near"
"""In the column ``latest``: within the time that counts as near a unit's end (``validity.NEAR_DAYS``)."""

NOT_KNOWN = "not_known"
"""In the column ``day``: the body's day is not known, whatever its unit's is."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the rules. ``unit_days``: the day on which the unit begins or ends, ``not_certain`` where its beginning
    is not known, ``new_type`` where it went on under another type, ``any``. Not ``day_known``: the body's day does not
    follow from the unit's, and is not known."""

    id: str
    end: Literal["opens", "closes"]
    kinds: frozenset[str]
    scope: Scope
    unit_days: str
    day_known: bool
    latest: str | None
    ground: Ground


@dataclass(frozen=True, slots=True)
class Tenure:
    """The time of one body in one unit; ``heirs``: who took over by the exception that closed it."""

    opened: Bound
    closed: Bound | None
    ended_by: EndedBy | None
    heirs: tuple[str, ...] = ()


@cache
def rules() -> tuple[Rule, ...]:
    """The rules, the first that fits decides."""
    return tuple(
        Rule(
            row["id"],
            cast(Literal["opens", "closes"], row["end"]),
            frozenset(cell(row["kinds"])),
            scope_of(row),
            row["unit_days"],
            row["day"] != NOT_KNOWN,
            row["latest"] or None,
            ground_of(row),
        )
        for row in rows("agencies_rules.csv")
    )


def tenures(body: Body, span: Sequence[Unit], province: str, *, new_type: bool) -> list[Tenure]:
    """The times in which the unit, whose versions ``span`` are, had the body; the earliest first, none where it never
    had. ``new_type``: the unit went on under another type."""
    first, last = span[0], span[-1]
    if body.until and first.valid_from_certain and before(body.until, first.valid_from):
        return []
    if body.since and last.valid_to and after(body.since, last.valid_to):
        return []
    found = [Tenure(_opening(body, first, province), *_closing(body, last, province, new_type=new_type))]
    for exception in exceptions():
        if exception.holds(body, last, province):
            found = [piece for tenure in found for piece in _applied(exception, tenure)]
    return found


def _opening(body: Body, first: Unit, province: str) -> Bound:
    if body.since and after(body.since, first.valid_from):
        return Bound(body.since, "body", body.opening.at_most(body.sure))
    rule = _rule("opens", body, first, province, first.valid_from, uncertain=not first.valid_from_certain)
    ground = rule.ground.at_most(body.sure).at_most(body.opening.sure)
    if not rule.day_known:
        return Bound(None, rule.id, ground, exact=False)
    if first.valid_from_certain:
        return Bound(first.valid_from, rule.id, ground)
    if body.until and not after(body.until, first.valid_from):
        return Bound(None, rule.id, ground, exact=False)
    return Bound(first.valid_from, rule.id, ground, exact=False, not_before=body.since or None)


def _closing(body: Body, last: Unit, province: str, *, new_type: bool) -> tuple[Bound | None, EndedBy | None]:
    if body.until and (last.valid_to is None or before(body.until, last.valid_to)):
        return Bound(body.until, "body", body.closing.at_most(body.sure)), "body"
    if last.valid_to is None:
        return None, None
    rule = _rule("closes", body, last, province, last.valid_to, new_type=new_type)
    ground = rule.ground.at_most(body.sure)
    return Bound(last.valid_to, rule.id, ground, latest=_latest(rule, last.valid_to)), "unit"


def _latest(rule: Rule, day: str) -> str | None:
    """Until when old bodies may have gone on: new ones began up to a year after the day of the act."""
    if rule.latest != NEAR:
        return rule.latest
    return (first_day(day) + timedelta(days=NEAR_DAYS)).isoformat()


def _rule(
    end: str, body: Body, unit: Unit, province: str, day: str, *, uncertain: bool = False, new_type: bool = False
) -> Rule:
    told = {"any", day, *(["not_certain"] if uncertain else []), *(["new_type"] if new_type else [])}
    return next(
        rule
        for rule in rules()
        if rule.end == end
        and rule.unit_days in told
        and (not rule.kinds or body.kind in rule.kinds)
        and rule.scope.holds(unit, province)
    )


def _applied(exception: BodyException, tenure: Tenure) -> list[Tenure]:
    """What an exception leaves of a time."""
    start, end = tenure.opened.day, tenure.closed.day if tenure.closed else None
    if exception.effect == "opens":
        outside = end is not None and after(exception.since, end)
        if exception.source is None and start and tenure.opened.exact:
            outside |= before(exception.since, start)  # the unit's earlier life is meant
        if outside or (tenure.opened.rule == "body" and not exception.overrides):
            return [tenure]
        return [replace(tenure, opened=_bound(exception, exception.since))]
    if exception.effect == "closes":
        outside = start is not None and tenure.opened.exact and before(exception.until, start)
        if outside or (tenure.ended_by == "body" and not exception.overrides):
            return [tenure]
        ended_by: EndedBy = "absence" if tenure.closed is None else tenure.ended_by or "absence"
        if exception.heirs:
            ended_by = "body"
        closed = _bound(exception, exception.until)
        return [replace(tenure, closed=closed, ended_by=ended_by, heirs=exception.heirs)]
    if (end and before(end, exception.since)) or (start and exception.until and after(start, exception.until)):
        return [tenure]
    left = []
    if start is None or before(start, exception.since):
        left.append(Tenure(tenure.opened, _bound(exception, _beside(exception.since, day_before)), "absence"))
    if exception.until and (end is None or after(end, exception.until)):
        left.append(replace(tenure, opened=_bound(exception, _beside(exception.until, day_after))))
    return left


def _beside(day: str, other: Callable[[str], str]) -> str:
    """The day beside; of a partial one itself: some day of 2015 was the last, another the first."""
    return other(day) if dates.is_full(day) else day


def _bound(exception: BodyException, day: str) -> Bound:
    return Bound(day, exception.id, exception.ground, source=exception.source, note=exception.note)
