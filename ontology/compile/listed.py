"""2007-12-17 to 2025-06-30: the statistics office's list of changes, run backwards from the last list of communes.

Backwards because the list has twelve false "added" rows (codes that had ended come back in 2024): they are not in the
list of 30 June 2025, so going backwards never meets them. A row says what changed, not what came from where: a
"renamed" row is often a merger. So only a code that goes on is an edge, and where units of its district were added
or removed that day the edge is no more than ``possible``; the act's text is not known (``basis="list"``).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from ontology.compile.corrections import Corrections
from ontology.compile.ledger import FIRST_LIST, Happening, Ledger, Version, day_before
from ontology.compile.spelling import loose, written
from ontology.model import Extent
from ontology.names import key, split_type

SOURCE = "statistics office, list of changes 2008-2025"


@dataclass(slots=True)
class Row:
    """One row of ``history_events_2008_2025.csv``; ``new_district`` may have its province after a slash."""

    date: str
    event: str
    code: str
    name: str
    district_code: str
    district: str
    province_code: str
    province: str
    new_name: str
    new_district: str

    @property
    def event_id(self) -> str:
        """The id of the event that the rows of one day and district make together."""
        return f"list:{self.date}:{self.district_code}"

    @property
    def group(self) -> tuple[str, str]:
        """The day and district whose rows are one event."""
        return self.date, self.district_code


@dataclass(frozen=True, slots=True)
class Seen:
    """A name under which the list knew a district: ``day`` is one on which it held.

    ``exact``: the row itself brings the name in. ``alone``: the district has no communes.
    """

    day: str
    name: str
    province: str
    exact: bool = False
    alone: bool = False


@dataclass(slots=True)
class Listed:
    """The rows with corrections, and under which names each district (code) was seen.

    ``gaps``: days and districts whose "added" communes had been there before, though the list lacked them.
    ``renamed``: what a district is called on a day on which the list has another district's name for it.
    """

    rows: list[Row]
    gaps: frozenset[tuple[str, str]]
    renamed: dict[tuple[str, str], str]
    seen: dict[str, list[Seen]] = field(default_factory=lambda: defaultdict(list))


def read_list(path: Path, corrections: Corrections) -> Listed:
    """The rows in force order, corrected; false rows left out."""
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for raw in csv.DictReader(file):
            row = Row(**raw)
            if day := corrections.get("list_day", row.date, row.district_code):
                row.date = day.value
            if day := corrections.get("list_row_day", row.date, row.code):
                row.date = day.value
            if name := corrections.get("list_name", row.date, row.code):
                row.new_name = name.value
            false = corrections.get("list_row", row.date, row.code)
            if false is None or false.value != row.event:
                rows.append(row)
    rows.sort(key=lambda row: row.date)
    gaps = frozenset((each.where, each.subject) for each in corrections.all("list_gap"))
    renamed = {(each.where, each.subject): each.value for each in corrections.all("list_district")}
    return Listed(rows, gaps, renamed)


def unwind(ledger: Ledger, listed: Listed, last: dict[str, Version]) -> list[str]:
    """Communes from the list of 30 June 2025 (``last``: code → version without a beginning) back to 2007-12-17.

    Adds versions, events and edges to the ledger, and to ``listed.seen`` the names of districts. Returns what did
    not fit: a row whose code was not there, or whose new name is not the one that followed.
    """
    state, problems = dict(last), list[str]()
    mixed = {row.group for row in listed.rows if row.event in ("added", "removed")}
    for row in reversed(listed.rows):
        if row.event == "removed":
            if row.code in state:
                problems.append(f"{row.date} {row.code} {row.name}: removed, but there afterwards")
                continue
            event = _event(ledger, row)
            state[row.code] = _before(row, event.id)
            ledger.took(event.id, state[row.code])
            _see(listed, row, row.district_code, after=False)
        elif row.code not in state:
            problems.append(f"{row.date} {row.code} {row.name}: {row.event}, but not there afterwards")
        elif row.event == "added":
            begun = state.pop(row.code)
            _begin(ledger, row, begun)
            begun.certain = row.group not in listed.gaps
            _see(listed, row, row.district_code, after=True)
        else:
            _change(ledger, listed, row, state, mixed, problems)
    for day, district in mixed:
        if (mixed_event := ledger.events.get(f"list:{day}:{district}")) is not None:
            mixed_event.note = "units were added or removed: a code that goes on may have been joined with another or divided"
    for version in state.values():
        version.start, version.certain = FIRST_LIST, False
        ledger.add(version)
    return problems


def _change(
    ledger: Ledger,
    listed: Listed,
    row: Row,
    state: dict[str, Version],
    mixed: set[tuple[str, str]],
    problems: list[str],
) -> None:
    after = state[row.code]
    _see(listed, row, row.district_code, after=False)
    _see(listed, row, after.parent, after=True)
    if loose(row.new_name) != loose(after.name):
        problems.append(f"{row.date} {row.code}: list says {row.new_name}, afterwards it is {after.name}")
    if loose(row.name) == loose(after.name) and row.district_code == after.parent:
        return  # spelling, or a change further up: no version of the commune
    before = _before(row, "")
    if after.end and row.date > after.end:
        before.end, before.ended_by = after.end, after.ended_by
        state[row.code] = before
        return  # two rows of one day: the step between them was never in force
    event = _begin(ledger, row, after)
    before.ended_by = event.id
    state[row.code] = before
    same_name = key(split_type(before.name)[1]) == key(split_type(after.name)[1])
    sure = same_name and (row.event == "moved" or row.group not in mixed)
    extent: Extent = "unchanged" if sure else "possible"
    ledger.link(event.id, before, after, extent)


def _see(listed: Listed, row: Row, district: str, *, after: bool) -> None:
    """Under which name the row knows a district, before its day or from it on."""
    if row.event == "added" or not after:
        name, province = listed.renamed.get(row.group, row.district), row.province
    else:
        name, _, moved_to = row.new_district.partition(" / ")
        province = moved_to or row.province
        name = listed.renamed.get((row.date, district), name)
    day = row.date if after else day_before(row.date)
    listed.seen[district].append(Seen(day, written(name), province, exact=after))


def _begin(ledger: Ledger, row: Row, version: Version) -> Happening:
    event = _event(ledger, row)
    version.start, version.began_by = row.date, event.id
    ledger.add(version)
    ledger.gave(event.id, version)
    return event


def _before(row: Row, ended_by: str) -> Version:
    kind, _ = split_type(row.name)
    return Version(
        line=row.code,
        code=row.code,
        name=written(row.name),
        type=kind or "",
        level="commune",
        parent=row.district_code,
        start="",
        end=day_before(row.date),
        ended_by=ended_by,
        source="list",
    )


def _event(ledger: Ledger, row: Row) -> Happening:
    return ledger.event(
        Happening(
            id=row.event_id,
            date=row.date,
            act="",
            clause="",
            kind="listed",
            basis="list",
            certainty="likely",
            source=SOURCE,
        )
    )
