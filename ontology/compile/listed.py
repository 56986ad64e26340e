"""2007-12-17 to 2025-06-30: the statistics office's list of changes, run backwards from the last list of communes.

Backwards because the list has twelve false "added" rows (codes that had ended come back in 2024): they are not in the
list of 30 June 2025, so going backwards never meets them. A row says what changed, not what came from where: a
"renamed" row is often a merger. So only a code that goes on is an edge, and where units of its district were added
or removed that day, or one of the new name in its province, the edge is no more than ``possible``; the act's text is not known (``basis="list"``).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from ontology.compile.corrections import Corrections
from ontology.compile.ledger import FIRST_LIST, Happening, Ledger, Version, day_before
from ontology.compile.reading import read_csv
from ontology.compile.spelling import same_spelt, written
from ontology.names import key, loose, split_type

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
    ``overruled``: day and code of a row → the name that it has, where a correction has another.
    ``renamed``: what a district is called on a day on which the list has another district's name for it.
    """

    rows: list[Row]
    gaps: frozenset[tuple[str, str]]
    renamed: dict[tuple[str, str], str]
    overruled: dict[tuple[str, str], str] = field(default_factory=dict)
    seen: dict[str, list[Seen]] = field(default_factory=lambda: defaultdict(list))


def read_list(path: Path, corrections: Corrections) -> Listed:
    """The rows in force order, corrected; false rows left out."""
    rows, overruled = [], {}
    raw_rows = _without_undone([Row(**raw) for raw in read_csv(path)], corrections)
    for row in _without_early(raw_rows, corrections):
        if day := corrections.get("list_day", row.date, row.district_code):
            row.date = day.value
        if day := corrections.get("list_row_day", row.date, row.code):
            row.date = day.value
        if name := corrections.get("list_name", row.date, row.code):
            overruled[row.date, row.code] = row.new_name
            row.new_name = name.value
        if was := corrections.get("list_was", row.date, row.code):
            row.event, row.new_name, row.new_district = "renamed", row.name, row.district
            row.name = was.value
        false = corrections.get("list_row", row.date, row.code)
        if false is None or false.value != row.event:
            rows.append(row)
    rows.sort(key=lambda row: row.date)
    gaps = frozenset((each.where, each.subject) for each in corrections.all("list_gap"))
    renamed = {(each.where, each.subject): each.value for each in corrections.all("list_district")}
    return Listed(rows, gaps, renamed, overruled)


def _without_undone(rows: list[Row], corrections: Corrections) -> list[Row]:
    """The rows without those of a day that a later day of the list takes back: a code that both days name is as it was
    before, or, where it is not, has one change, on the later day."""
    for known in corrections.all("list_undone"):
        early = {row.code: row for row in rows if row.group == (known.where, known.subject)}
        late = {row.code: row for row in rows if row.group == (known.value, known.subject)}
        both = early.keys() & late.keys()
        rows = [row for row in rows if row.code not in both or row not in (early[row.code], late[row.code])]
        for code in sorted(both):
            before, after = early[code], late[code]
            name = after.name if after.event == "added" else after.new_name
            if before.event != "added" and after.event != "removed" and loose(name) != loose(before.name):
                district = before.new_district or after.new_district or after.district
                rows.append(replace(before, date=after.date, event="renamed", new_name=name, new_district=district))
    return rows


def _without_early(rows: list[Row], corrections: Corrections) -> list[Row]:
    """The rows with those of a change that the list has too early, and then again, made one: as it was before the first,
    on the day of the second."""
    for known in corrections.all("list_early"):
        first = next(row for row in rows if (row.date, row.code) == (known.where, known.subject))
        second = next(row for row in rows if (row.date, row.code) == (known.value, known.subject))
        district = second.new_district or second.district if second.event != "removed" else ""
        rows[rows.index(second)] = replace(
            second,
            name=first.name,
            district_code=first.district_code,
            district=first.district,
            new_district=district,
        )
        rows.remove(first)
    return rows


def unwind(ledger: Ledger, listed: Listed, last: dict[str, Version]) -> list[str]:
    """Communes from the list of 30 June 2025 (``last``: code → version without a beginning) back to 2007-12-17.

    Adds versions, events and edges to the ledger, and to ``listed.seen`` the names of districts. Returns what did
    not fit: a row whose code was not there, or whose new name is not the one that followed.
    """
    return _Unwinding(ledger, listed, last).run()


class _Unwinding:
    """``_state``: code → the version in force after the row that is being undone, its beginning still open. ``_mixed``:
    days and districts with units added or removed; ``_names``: day, province and bare name of those removed."""

    def __init__(self, ledger: Ledger, listed: Listed, last: dict[str, Version]) -> None:
        self._ledger = ledger
        self._listed = listed
        self._state = dict(last)
        self._mixed = {row.group for row in listed.rows if row.event in ("added", "removed")}
        self._names = {
            (row.date, row.province_code, _bare(row.name)) for row in listed.rows if row.event == "removed"
        }
        self._problems: list[str] = []

    def run(self) -> list[str]:
        for row in reversed(self._listed.rows):
            if row.event == "removed":
                self._removed(row)
            elif row.code not in self._state:
                self._problems.append(f"{row.date} {row.code} {row.name}: {row.event}, but not there afterwards")
            elif row.event == "added":
                self._added(row)
            else:
                self._changed(row)
        for version in self._state.values():
            version.start, version.certain = FIRST_LIST, False
            self._ledger.add(version)
        return self._problems

    def _removed(self, row: Row) -> None:
        if row.code in self._state:
            self._problems.append(f"{row.date} {row.code} {row.name}: removed, but there afterwards")
            return
        event = self._event(row)
        self._state[row.code] = _before(row, event.id)
        self._ledger.took(event.id, self._state[row.code])
        _see(self._listed, row, row.district_code, after=False)

    def _added(self, row: Row) -> None:
        begun = self._state.pop(row.code)
        self._begin(row, begun)
        begun.certain = row.group not in self._listed.gaps
        _see(self._listed, row, row.district_code, after=True)

    def _changed(self, row: Row) -> None:
        after = self._state[row.code]
        _see(self._listed, row, row.district_code, after=False)
        _see(self._listed, row, after.parent, after=True)
        if loose(row.new_name) != loose(after.name):
            self._problems.append(f"{row.date} {row.code}: list says {row.new_name}, afterwards it is {after.name}")
        if same_spelt(row.name, row.new_name) and row.district_code == after.parent:
            return  # a change further up: no version of the commune
        before = _before(row, "")
        self._state[row.code] = before
        if after.end and row.date > after.end:  # two rows of one day: the step between them was never in force
            before.end, before.ended_by = after.end, after.ended_by
            return
        event = self._begin(row, after)
        before.ended_by = event.id
        same_name = key(split_type(before.name)[1]) == key(split_type(after.name)[1])
        alone = row.group not in self._mixed and (row.date, row.province_code, _bare(row.new_name)) not in self._names
        sure = alone or (same_name and row.event == "moved")
        self._ledger.link(event.id, before, after, "unchanged" if sure else "possible")

    def _begin(self, row: Row, version: Version) -> Happening:
        event = self._event(row)
        version.start, version.began_by = row.date, event.id
        self._ledger.add(version)
        self._ledger.gave(event.id, version)
        return event

    def _event(self, row: Row) -> Happening:
        mixed = "units were added or removed: a code that goes on may have been joined with another or divided"
        return self._ledger.event(
            Happening(
                id=row.event_id,
                date=row.date,
                act="",
                clause="",
                kind="listed",
                basis="list",
                certainty="likely",
                source=SOURCE,
                note=mixed if row.group in self._mixed else "",
            )
        )


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


def _bare(name: str) -> str:
    return key(split_type(name)[1])
