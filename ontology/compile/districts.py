"""Districts: how long each had communes, and from which day it had which name and province.

The list names a district only beside a commune's change, so the day of a new name is known only when such a row
shows it (a district's new type mostly comes with its communes'). Else the day lies between two rows: the version then
begins on the first day on which the new name is seen, or on the day that a correction gives.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ontology.compile.corrections import Corrections
from ontology.compile.ledger import FIRST_LIST, Ledger, Version, day_before
from ontology.compile.listed import SOURCE, Listed, Seen
from ontology.names import key, loose, split_type

LAST_DAY = "2025-06-30"


@dataclass(frozen=True, slots=True)
class _Span:
    code: str
    start: str
    end: str


def add_districts(
    ledger: Ledger,
    listed: Listed,
    last: dict[str, Seen],
    provinces: dict[str, str],
    corrections: Corrections,
) -> None:
    """Versions of all districts from the communes in the ledger and the names seen in the list.

    ``last``: district code → name and province on 30 June 2025. ``provinces``: key of a province's name → code.
    """
    for span in _spans(ledger, last, corrections):
        seen = _without_same_day(sorted(listed.seen.get(span.code, []), key=lambda each: each.day))
        steps: list[tuple[Seen, str]] = []
        for each in [*seen, *([last[span.code]] if span.code in last else [])]:
            province = provinces[key(each.province)]
            if steps and loose(steps[-1][0].name) == loose(each.name) and steps[-1][1] == province:
                steps[-1] = (replace(steps[-1][0], name=each.name), province)
            else:
                steps.append((each, province))
        _add_district(ledger, span, steps, corrections)


def _without_same_day(seen: list[Seen]) -> list[Seen]:
    """Without the name that a second act of one day found already changed by the first."""
    brought_in = {(day_before(each.day), each.name) for each in seen if each.exact}
    return [each for each in seen if each.exact or (each.day, each.name) not in brought_in]


def _spans(ledger: Ledger, last: dict[str, Seen], corrections: Corrections) -> list[_Span]:
    """First and last day of each district: those of its communes, or the list's for the five without communes."""
    spans = {code: (FIRST_LIST, LAST_DAY) for code, seen in last.items() if seen.alone}
    for version in ledger.versions():
        if version.level == "commune" and len(version.parent) == 3:
            start, end = spans.get(version.parent, (version.start, version.end))
            spans[version.parent] = (min(start, version.start), max(end, version.end))
    for known in corrections.all("district_from"):
        spans[known.subject] = (known.value, spans[known.subject][1])
    return [_Span(code, start, end) for code, (start, end) in sorted(spans.items())]


def _add_district(ledger: Ledger, span: _Span, steps: list[tuple[Seen, str]], corrections: Corrections) -> None:
    previous: Version | None = None
    for seen, province in steps:
        kind, _ = split_type(seen.name)
        version = Version(
            span.code, span.code, seen.name, kind or "", "district", province, span.start, source="list"
        )
        if previous is None:
            version.certain = span.start != FIRST_LIST
            version.began_by = _event_of(ledger, version, span.start)
        else:
            known = corrections.get("district_day", seen.name, span.code)
            version.start = known.value.removesuffix("?") if known else seen.day
            version.certain = not known.value.endswith("?") if known else seen.exact
            ledger.carry_on(
                previous, version, kind="listed", certainty="likely" if version.certain else "check", source=SOURCE
            )
        previous = ledger.add(version)
    if previous is not None:
        previous.end = span.end


def _event_of(ledger: Ledger, version: Version, day: str) -> str:
    """The event of the list that first shows a new district: one of its own, or that of a district it came from."""
    if not version.certain:
        return ""
    for event, unit, role in ledger.event_units:
        if role == "gave" and unit.parent == version.code and unit.start == day:
            ledger.gave(event, version)
            return event
    return ""
