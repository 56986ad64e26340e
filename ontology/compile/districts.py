"""Districts: how long each had communes, and from which day it had which name and province.

The list names a district only beside a commune's change, so the day of a new name is known only when such a row
shows it (a district's new type mostly comes with its communes'). Else the day lies between two rows: the version then
begins at the first day on which the new name is seen, marked as not certain.
"""

from __future__ import annotations

from ontology.compile.corrections import Corrections
from ontology.compile.ledger import FIRST_LIST, Happening, Ledger, Version, day_before
from ontology.compile.listed import SOURCE, Listed, Seen
from ontology.names import key, split_type

LAST_DAY = "2025-06-30"


def add_districts(
    ledger: Ledger, listed: Listed, last: dict[str, Seen], provinces: dict[str, str], corrections: Corrections
) -> None:
    """Versions of all districts from the communes in the ledger and the names seen in the list.

    ``last``: district code → name and province on 30 June 2025. ``provinces``: key of a province's name → code.
    """
    spans = _spans(ledger)
    for code in last:
        spans.setdefault(code, (FIRST_LIST, LAST_DAY))
    for code, (start, end) in sorted(spans.items()):
        seen = sorted(listed.seen.get(code, []), key=lambda each: each.day)
        if code in last:
            end = LAST_DAY
            seen.append(last[code])
        _add_district(ledger, code, start, end, seen, provinces, corrections)


def _spans(ledger: Ledger) -> dict[str, tuple[str, str]]:
    """First and last day on which communes stood in each district."""
    spans: dict[str, tuple[str, str]] = {}
    for version in ledger.versions():
        if version.level == "commune" and len(version.parent) == 3:
            start, end = spans.get(version.parent, (version.start, version.end))
            spans[version.parent] = (min(start, version.start), max(end, version.end))
    return spans


def _add_district(
    ledger: Ledger,
    code: str,
    start: str,
    end: str,
    seen: list[Seen],
    provinces: dict[str, str],
    corrections: Corrections,
) -> None:
    previous: Version | None = None
    before = start
    for each in seen:
        province = provinces[key(each.province)]
        if previous is not None and key(previous.name) == key(each.name) and previous.parent == province:
            previous.name, before = each.name, each.day
            continue
        kind, _ = split_type(each.name)
        version = Version(code, code, each.name, kind or "", "district", province, start, source=SOURCE)
        if previous is None:
            version.certain = start != FIRST_LIST
            version.began_by = f"list:{start}:{code}" if version.certain else ""
        else:
            version.start, version.certain = each.day, _is_row_day(ledger, each.day, code)
            if known := corrections.get("district_day", each.name, code):
                version.start, version.certain = known.value, True
            _link(ledger, previous, version)
        ledger.add(version)
        previous, before = version, each.day
    if previous is not None:
        previous.end = end


def _is_row_day(ledger: Ledger, day: str, code: str) -> bool:
    return f"list:{day}:{code}" in ledger.events


def _link(ledger: Ledger, previous: Version, version: Version) -> None:
    event = ledger.event(
        Happening(
            id=f"list:{version.start}:{version.code}",
            date=version.start,
            act="",
            clause="",
            kind="listed",
            basis="list",
            certainty="likely" if version.certain else "check",
            source=SOURCE,
        )
    )
    previous.end, previous.ended_by = day_before(version.start), event.id
    version.began_by = event.id
    ledger.link(event.id, previous, version, "unchanged" if previous.parent == version.parent else "unchanged")
