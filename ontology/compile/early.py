"""1975-2007: the events before the first list, run backwards from it (provinces; districts and communes of today's Ha Noi).

A unit keeps its line (its code) through a change of type, name or parent, and as the part that goes on under its own
name after a division. A unit that ended, or was divided under other names, has no code: it gets an ``x-`` line. Where
the acts and the later list differ (a commune that the list drops or moves years late), the acts win.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from ontology.compile.early_pairs import mark_shared, sorted_out
from ontology.compile.early_rows import EarlyRow, Named
from ontology.compile.ledger import FIRST_LIST, Dispute, Happening, Ledger, Version, day_before
from ontology.compile.listed import SOURCE
from ontology.compile.spelling import written
from ontology.folding import fold
from ontology.model import Extent, Level
from ontology.names import key, split_type

_NUMBERED = re.compile(r"(?:Quyết định|Nghị định|Nghị quyết) (?P<number>\d[\d/]*[-/]\S+)$")
HANOI_LISTS = "1978-12"
"""The lists of communes of Ha Noi from which the rows lead to that of 2007: beginnings before are not known."""
OLDEST = "1975"
"""Units that ended before the lists of 1978 were there in this year."""


class Replay:
    """Runs the rows backwards over the ledger. ``problems`` collects what found no place."""

    def __init__(self, ledger: Ledger, region: set[str]) -> None:
        self.problems: list[str] = []
        self._ledger = ledger
        self._region = region
        self._villages: dict[tuple[str, str], Version] = {}
        self._first: dict[Level, list[Version]] = {"province": [], "district": [], "commune": []}
        for versions in list(ledger.lines.values()):
            first = versions[0]
            if self._concerns(first) and (first.start == FIRST_LIST or first.line in region):
                self._first[first.level].append(first)

    def run(self, rows: list[EarlyRow]) -> None:
        """All rows, last day first; on one day provinces come first, so that districts find their parents."""
        order: dict[str, int] = {"commune": 0, "district": 1, "province": 2}

        def together(row: EarlyRow) -> tuple[str, int]:
            return row.date, order[row.level]

        for _, group in groupby(sorted(rows, key=together, reverse=True), key=together):
            done = [(row, *self._row(row)) for row in group]
            for row, event, receivers, afters in done:
                for named in receivers:
                    self._receive(row, event, named, afters)
                for named in (each for each in row.before if each.part):
                    self._take_part(row, event, named, afters)
        self._begin_open_versions()
        self._begin_districts_with_communes()
        mark_shared(self._ledger)

    def _concerns(self, version: Version) -> bool:
        if version.level == "province":
            return True
        return (version.line if version.level == "district" else version.parent) in self._region

    def _row(self, row: EarlyRow) -> tuple[Happening, list[Named], list[Version]]:
        """What goes on, begins and ends by a row. Parts wait until all rows of the day have come so far: returns the
        units that took a part of others in, and those that a part can have gone to."""
        event = self._event(row)
        pairs, gone, receivers, begun = sorted_out(row)
        afters: list[Version] = []
        divided: list[Version] = []
        for pair in pairs:
            same = (pair.before.name, pair.before.within) == (pair.after.name, pair.after.within)
            if same and len(row.before) == 1 and not begun:
                continue
            after = self._find(row, pair.after, pair.before)
            if after is None:
                continue
            before = self._open_before(after, event, pair.before)
            self._ledger.link(event.id, before, after, pair.extent)
            divided.append(before)
            afters.append(after)
        for named in begun:
            if (after := self._find(row, named)) is not None:
                self._open(after, event)
                self._drop(after)
                if row.kind == "split":
                    self._divide(event, divided, after)
                afters.append(after)
        for named in gone:
            self._end(row, event, named, afters, "whole" if len(afters) == 1 and not named.less else "part")
        for named in row.communes:
            self._move_along(row, event, named)
        return event, receivers, afters

    def _divide(self, event: Happening, divided: list[Version], begun: Version) -> None:
        """A new unit cut out of one that goes on under its name."""
        for giver in divided:
            self._ledger.link(event.id, giver, begun, "part" if len(divided) == 1 else "possible")

    def _move_along(self, row: EarlyRow, event: Happening, named: Named) -> None:
        """A commune that a row on districts moves, where no row on communes does."""
        after = self._known("commune", Named(named.name, row.after[0].name_only()))
        if after is None:
            self._end(row, event, named, [], "part")
            return
        before = self._open_before(after, event, named)
        self._ledger.link(event.id, before, after, "unchanged")

    def _receive(self, row: EarlyRow, event: Happening, named: Named, afters: list[Version]) -> None:
        """A unit that goes on with a part of another."""
        after = self._same_day(row, named) or self._find(row, named)
        if after is None:
            return
        begun_today = after.start == row.date and self._ledger.lines[after.line][0] is after
        if not begun_today:
            before = self._open_before(after, event, named, same=True)
            if not any(
                edge[1:] == (before, after) for edge in self._ledger.edges
            ):  # another row of the day may have it
                self._ledger.link(event.id, before, after, "whole")
        if named.village:
            self._villages[event.id, named.village] = after
        if after not in afters:
            afters.append(after)

    def _take_part(self, row: EarlyRow, event: Happening, named: Named, afters: list[Version]) -> None:
        giver = self._known(row.level, named) or self._same_day(row, named)
        village = self._villages.get((event.id, named.village))
        takers = [village] if village else afters
        if giver is None:
            if row.level == "commune":
                self.problems.append(f"{row.event}: part of {named.name} {named.within} not found")
            elif not self._elsewhere(row.level, named):
                self._end(row, event, named, afters, "part")
            return
        if giver.end == day_before(row.date):
            own = [after for after in takers if after.line == giver.line]
            for after in takers:
                known = len(takers) - len(own) == 1 or after in own
                self._ledger.link(event.id, giver, after, "part" if known else "possible")
            return
        before = self._open_before(giver, event, named, same=True)
        others = [after for after in takers if after is not giver]
        for after in others:
            self._ledger.link(event.id, before, after, "part" if len(others) == 1 else "possible")
        self._ledger.link(event.id, before, giver, "part")

    def _end(self, row: EarlyRow, event: Happening, named: Named, afters: list[Version], extent: Extent) -> None:
        """A unit that ended that day: one that a later list still has, else one without a code."""
        before = self._known(row.level, named)
        if before is not None and before.line.startswith("x-"):
            before = None
        if before is None:
            name = written(named.name)
            parent = self._parent_line("commune" if named in row.communes else row.level, named)
            if not parent and afters:
                parent = afters[0].parent
            line = f"x-{slug(' '.join([name, *(split_type(each)[1] for each in named.within)]))}"
            level: Level = "commune" if named in row.communes else row.level
            before = Version(line, "", name, named.type, level, parent, "", False, source="history")
            self._ledger.add(before)
            self._first[level].append(before)
        elif before.code:
            self._outlived(row, before)
            for late in [each for each in self._ledger.lines[before.line] if each.start >= row.date]:
                self._forget(late)
        before.end, before.ended_by = day_before(row.date), event.id
        for each in [each for each in self._ledger.event_units if each[1] is before and each[0] != event.id]:
            del self._ledger.event_units[each]
        for after in afters:
            self._ledger.link(event.id, before, after, extent)
        self._ledger.took(event.id, before, extent)

    def _outlived(self, row: EarlyRow, unit: Version) -> None:
        """The list drops the unit only years after the act that ended it."""
        last = self._ledger.lines[unit.line][-1].end
        if last and last >= row.date:
            self._dispute(row, unit, "existence", f"exists until: {last}", f"exists until: {day_before(row.date)}")

    def _dispute(self, row: EarlyRow, unit: Version, kind: str, listed: str, held: str) -> None:
        self._ledger.dispute(
            Dispute(
                id=f"list:{kind}:{row.date}:{unit.line}",
                kind=kind,
                unit=unit,
                date=row.date,
                source=SOURCE,
                says=listed,
                against=row.act or row.source,
                against_says=held,
                held=held,
                reason=f"the act wins over a list that is late: {row.source}",
            )
        )

    def _open_before(self, after: Version, event: Happening, named: Named, *, same: bool = False) -> Version:
        """``after`` begins with the event; the version of its line before that day, called as the row calls it."""
        versions = self._ledger.lines[after.line]
        earlier = [each for each in versions if each.end == day_before(event.date)]
        if after.start == event.date and earlier:
            self._take_over(earlier[0], after, event)
            return earlier[0]
        name = after.name if same else written(named.name)
        parent = after.parent if same else self._parent_line(after.level, named) or after.parent
        before = replace(after, name=name, type=split_type(name)[0] or "", parent=parent, start="", certain=False)
        before.source, before.began_by, before.end, before.ended_by = "history", "", day_before(event.date), event.id
        self._ledger.add(before)
        self._open(after, event)
        self._drop(after)
        self._first[after.level].append(before)
        return before

    def _take_over(self, before: Version, after: Version, event: Happening) -> None:
        """The list knows the change: the act takes the place of the list's event."""
        for old in [each for each in self._ledger.edges if each[1] is before and each[2] is after]:
            if old[0].startswith("list:"):
                del self._ledger.edges[old]
                self._ledger.event_units.pop((old[0], before, "took"), None)
                self._ledger.event_units.pop((old[0], after, "gave"), None)
        if not before.ended_by.startswith("history:"):
            before.ended_by = after.began_by = event.id

    def _open(self, version: Version, event: Happening) -> None:
        if version.certain and version.start not in ("", event.date):
            self.problems.append(f"{event.id}: {version.id} {version.name} began otherwise")
            return
        version.start, version.certain = event.date, event.certainty != "check"
        version.began_by = version.began_by if version.began_by.startswith("history:") else event.id
        self._ledger.add(version)
        self._ledger.gave(event.id, version)

    def _find(self, row: EarlyRow, named: Named, before: Named | None = None) -> Version | None:
        """The unit of a row as it is after; a list that is late still has it where it was ``before``."""
        found = self._known(row.level, named) or self._same_day(row, named)
        if found is None and before is not None and before.bare == named.bare:
            found = self._known(row.level, before)
        if found is None and row.level == "district":
            found = self._through_province(named)
        if found is None:
            self.problems.append(f"{row.event} {row.kind}: {named.name} {named.within} not found")
            return None
        self._move_parent(row, named, found)
        return found

    def _through_province(self, named: Named) -> Version | None:
        """A district whose province was divided later: it changed its parent that day, though no row repeats it."""
        line = self._parent_line("district", named)
        for version in self._first["district"]:
            if key(split_type(version.name)[1]) != named.bare:
                continue
            for event, source, target in list(self._ledger.edges):
                if source.line == line and target.line == version.parent and event.startswith("history:"):
                    moved = Named(version.name, (source.name,))
                    before = self._open_before(version, self._ledger.events[event], moved)
                    before.parent = line
                    self._ledger.link(event, before, version, "unchanged")
                    return before
        return None

    def _elsewhere(self, level: Level, named: Named) -> bool:
        """Whether it is a unit outside the region, whose history is not known here."""
        return any(
            version.level == level and key(split_type(version.name)[1]) == named.bare
            for version in self._ledger.versions()
        )

    def _same_day(self, row: EarlyRow, named: Named) -> Version | None:
        """A unit that an event of the same day has already begun."""
        return next(
            (
                version
                for version in self._ledger.versions()
                if version.level == row.level and version.start == row.date and self._fits(version, named)
            ),
            None,
        )

    def _known(self, level: Level, named: Named) -> Version | None:
        fitting = [version for version in self._first[level] if key(split_type(version.name)[1]) == named.bare]
        for exact in (
            [v for v in fitting if v.type == named.type and self._fits(v, named)],
            [v for v in fitting if self._fits(v, named)],
            [v for v in fitting if v.type == named.type and not named.within],
        ):
            if len(exact) == 1:
                return exact[0]
        return None

    def _fits(self, version: Version, named: Named) -> bool:
        if key(split_type(version.name)[1]) != named.bare:
            return False
        if not named.within or version.level == "province":
            return True
        return named.parent in {key(split_type(each.name)[1]) for each in self._ledger.lines.get(version.parent, ())}

    def _parent_line(self, level: Level, named: Named) -> str:
        """The line of the unit around a named one; empty when none is named."""
        if not named.within or level == "province":
            return ""
        upper: Level = "district" if level == "commune" else "province"
        wanted = Named(named.within[0], named.within[1:])
        found = self._known(upper, wanted)
        if found is not None:
            return found.line
        lines = {
            version.line
            for version in self._ledger.versions()
            if version.level == upper and key(split_type(version.name)[1]) == wanted.bare and self._concerns(version)
        }
        return min(lines, default="")

    def _move_parent(self, row: EarlyRow, named: Named, version: Version) -> None:
        """The row puts a commune where the later list has it only years after: the row is right from its day on."""
        line = self._parent_line(row.level, named)
        if row.level == "commune" and line and version.parent != line:
            was, now = self._district_name(version.parent), self._district_name(line)
            self._dispute(row, version, "parent", f"lies in: {was}", f"lies in: {now}")
            for late in self._ledger.lines[version.line]:
                if late is not version and late.parent == line and late.type == version.type:
                    version.end, version.ended_by = late.end, late.ended_by
                    self._replace(late, version)
                    break
            version.parent = line

    def _district_name(self, line: str) -> str:
        return self._ledger.lines[line][0].name

    def _replace(self, late: Version, version: Version) -> None:
        for event, source, target in list(self._ledger.edges):
            if source is late and target is not version:
                self._ledger.edges[event, version, target] = self._ledger.edges[event, source, target]
        for event, unit, role in list(self._ledger.event_units):
            if unit is late and role == "took":
                self._ledger.event_units[event, version, role] = self._ledger.event_units[event, unit, role]
        self._forget(late)

    def _forget(self, version: Version) -> None:
        self._ledger.lines[version.line].remove(version)
        for edge in [each for each in self._ledger.edges if version in each[1:]]:
            del self._ledger.edges[edge]
        for unit in [each for each in self._ledger.event_units if each[1] is version]:
            del self._ledger.event_units[unit]

    def _drop(self, version: Version) -> None:
        self._first[version.level] = [each for each in self._first[version.level] if each is not version]

    def _event(self, row: EarlyRow) -> Happening:
        numbered = _NUMBERED.match(row.act)
        read = bool(row.act) and row.certainty == "sure"
        return self._ledger.event(
            Happening(
                id=row.event,
                date=row.date,
                act=numbered.group("number") if numbered else row.act,
                clause="",
                kind=row.kind,
                basis="act" if read else "list",
                certainty=row.certainty,
                source=row.source,
            )
        )

    def _begin_open_versions(self) -> None:
        for version in self._ledger.versions():
            if version.level == "province" and version.start == FIRST_LIST:
                version.start = OLDEST  # every change of provinces since 1975 is among the rows: it was there
            elif version.start == "":
                version.start = HANOI_LISTS if version.level != "province" and version.end >= HANOI_LISTS else OLDEST
                self._ledger.add(version)

    def _begin_districts_with_communes(self) -> None:
        """A row that names a district around a commune says that it was there, though nothing says since when."""
        for version in self._ledger.versions():
            if version.level == "commune" and version.parent in self._region:
                district = self._ledger.lines[version.parent][0]
                if not district.certain and version.start < district.start:
                    district.start = version.start


def slug(name: str) -> str:
    """A name as part of an id: "Xã Văn Yên Hà Đông" → "xa-van-yen-ha-dong"."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))
