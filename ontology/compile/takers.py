"""Units that the list removes, or renames where it joins them with others: what can have taken them.

The list never says so. In this order, and never more than ``possible`` (but for the first):

1. it ended that day under one code and began under another, with the same name in the same district: a change of code;
2. a unit that has its name as an alias (``alias_ward.csv``), or began that day under its bare name in its district;
3. one of its bare name that stays in its district, or begins that day elsewhere in its province;
4. one that began that day in its district under a name put together from its own and another's ("Phúc Thắng" of Nghĩa
   Phúc and Nghĩa Thắng);
5. a unit that has nearly its name as an alias.
"""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher

from ontology.compile.ledger import Dispute, Ledger, Version, day_before
from ontology.compile.listed import SOURCE, Listed, Row
from ontology.compile.named import Named, joined
from ontology.names import folded_key, key, split_type

NAMES = "names of merged communes"
_THAT_DAY = "takes the name that day"
_ALIKE = 0.9
"""From here on an alias is taken for a misspelt name (measured: "tagiangphin", "phucthanh"; no other pair lies above)."""
_NOTES = {
    "recoded": "a change of code: the same name in the same district on the same day",
    "alias": "edges to units that keep the name, or have it as an alias (aliases.csv): possible only",
    "name": "edges to units whose name is that of the unit or made of it: possible only",
}


class Takers:
    """``named``: key of a name → the units that have it as an alias, with source and year."""

    def __init__(self, ledger: Ledger, named: dict[str, list[Named]]) -> None:
        self._ledger, self._named = ledger, named
        self._districts = self._later_districts()
        self._given: dict[str, list[Version]] = defaultdict(list)
        self._begun: dict[tuple[str, str], list[Version]] = defaultdict(list)
        for event, unit, role in ledger.event_units:
            if role == "gave":
                self._given[event].append(unit)
        for unit in ledger.versions():
            if unit.level == "commune":
                self._begun[unit.start, _accented(unit)].append(unit)
        self._sources = {source for _, source, _ in ledger.edges}

    def run(self, listed: Listed) -> dict[tuple[str, str], str]:
        """Adds the edges; gives back line and key of each alias that turned out to be a unit's name → that name."""
        written: dict[tuple[str, str], str] = {}
        for row in listed.rows:
            gone = next((each for each in self._ledger.lines[row.code] if each.ended_by == row.event_id), None)
            if gone is None or row.event == "added":
                continue
            if row.event == "removed":
                self._ended(row, gone, written)
            elif joined(split_type(row.name)[1]) != joined(split_type(row.new_name)[1]):
                self._renamed(row, gone, written)
        return written

    def _ended(self, row: Row, gone: Version, written: dict[tuple[str, str], str]) -> None:
        if (same := self._recoded(row, gone)) is not None:
            self._ledger.link(row.event_id, gone, same, "unchanged")
            self._ledger.events[row.event_id].note = _NOTES["recoded"]
            return
        sources = self._aliased(row, gone, written)
        for version in self._same_name(row, gone):
            sources.setdefault(version.line, _THAT_DAY)
        found = self._join(row, gone, sources, "alias")
        if not found and gone not in self._sources:
            for version in self._by_name(row, gone) or self._composed(row, gone) or self._nearly(row, gone):
                self._join(row, gone, {version.line: SOURCE}, "name")
        self._differing(row, gone, found, sources)

    def _renamed(self, row: Row, gone: Version, written: dict[tuple[str, str], str]) -> None:
        """A code that goes on under another name while an alias, or a new unit of the old name, says otherwise."""
        sources = self._aliased(row, gone, written)
        for version in self._same_name(row, gone):
            sources.setdefault(version.line, _THAT_DAY)
        if self._join(row, gone, sources, "alias"):
            for edge in [each for each in self._ledger.edges if each[0] == row.event_id and each[1] is gone]:
                self._ledger.link(*edge, "possible")

    def _join(self, row: Row, gone: Version, sources: dict[str, str], note: str) -> dict[str, Version]:
        event = self._ledger.events[row.event_id]
        found: dict[str, Version] = {}
        for line in sorted(sources):
            if (target := self._ledger.at(line, row.date)) is not None:
                self._ledger.link(event.id, gone, target, "possible")
                event.note = _NOTES[note]
                found[line] = target
        return found

    def _aliased(self, row: Row, gone: Version, written: dict[tuple[str, str], str]) -> dict[str, str]:
        districts = self._districts[row.district_code]
        sources: dict[str, str] = {}
        for form in (joined(gone.name), _bare(gone)):
            named = self._named.get(form, ())
            goes_on = row.event != "removed"
            own = {key(version.name) for version, _, _ in named if goes_on and version.line == gone.line}
            for version, source, _ in named:
                if version.parent in districts and version.line != gone.line and key(version.name) not in own:
                    sources[version.line] = source
                    written[version.line, form] = gone.name
        return sources

    def _recoded(self, row: Row, gone: Version) -> Version | None:
        same = [each for each in self._given.get(row.event_id, ()) if key(each.name) == key(gone.name)]
        begun = [each for each in same if self._ledger.lines[each.line][0] is each or self._returns(each)]
        return begun[0] if len(begun) == 1 and begun[0].parent == gone.parent else None

    def _returns(self, version: Version) -> bool:
        """Whether the code was out of use before."""
        versions = self._ledger.lines[version.line]
        return versions[versions.index(version) - 1].end < day_before(version.start)

    def _same_name(self, row: Row, gone: Version) -> list[Version]:
        """Units of the district that begin that day under the bare name of the one that ended."""
        return [
            unit
            for unit in self._given.get(row.event_id, ())
            if unit.level == "commune" and _accented(unit) == _accented(gone) and unit.line != gone.line
        ]

    def _by_name(self, row: Row, gone: Version) -> list[Version]:
        here = [
            unit
            for unit in self._ledger.versions()
            if unit.parent == gone.parent and unit.in_force(row.date) and _accented(unit) == _accented(gone)
        ]
        elsewhere = [
            unit
            for unit in self._begun[row.date, _accented(gone)]
            if self._province(unit.parent) == row.province_code
        ]
        found = {unit.line: unit for unit in here or elsewhere if unit.line != gone.line}
        return list(found.values()) if len(found) == 1 else []

    def _composed(self, row: Row, gone: Version) -> list[Version]:
        """New names of the district made of the words of this one's and the one that the code had before."""
        words = _words(gone)
        found = []
        for unit in self._given.get(row.event_id, ()):
            before = next((s for e, s, t in self._ledger.edges if t is unit and e == row.event_id), None)
            if unit.level != "commune" or before is None or before.line != unit.line:
                continue
            new, old = _words(unit), _words(before)
            if new <= words | old and new & words and (new <= words or (new & words) - old):
                found.append(unit)
        return found if len(found) == 1 else []

    def _nearly(self, row: Row, gone: Version) -> list[Version]:
        districts, name = self._districts[row.district_code], joined(gone.name)
        found = {
            version.line: version
            for keyword, named in self._named.items()
            for version, _, _ in named
            if version.parent in districts and version.line != gone.line and not keyword[-1].isdigit()
            if SequenceMatcher(None, keyword, name).ratio() >= _ALIKE
        }
        return list(found.values()) if len(found) == 1 else []

    def _province(self, district: str) -> str:
        versions = self._ledger.lines.get(district, ())
        return versions[-1].parent if versions else ""

    def _later_districts(self) -> dict[str, set[str]]:
        """Each district, with those that its communes later stood in."""
        found: dict[str, set[str]] = defaultdict(set)
        for versions in self._ledger.lines.values():
            stood = {each.parent for each in versions if each.level == "commune" and len(each.parent) == 3}
            for code in stood:
                found[code] |= stood
        return found

    def _differing(self, row: Row, gone: Version, found: dict[str, Version], sources: dict[str, str]) -> None:
        """Two takers of a unit that ended: it was divided, or one of the sources is wrong."""
        if len(found) < 2:
            return
        first, *others = sorted(found, key=lambda line: (sources[line] != _THAT_DAY, line))
        for line in others:
            self._ledger.dispute(
                Dispute(
                    id=f"alias:edge:{row.date}:{gone.line}>{line}",
                    kind="edge",
                    unit=gone,
                    other=found[line],
                    date=row.date,
                    source=_source(sources[line]),
                    says="goes there",
                    against=_source(sources[first]),
                    against_says=f"gives all or most of it to: {found[first].name}",
                    held="goes there: possible",
                    reason="divided between them, or one source is wrong",
                )
            )


def _accented(version: Version) -> str:
    return key(split_type(version.name)[1])


def _bare(version: Version) -> str:
    return joined(split_type(version.name)[1])


def _words(version: Version) -> set[str]:
    return set(folded_key(split_type(version.name)[1]).split())


def _source(source: str) -> str:
    return SOURCE if source == _THAT_DAY else f"{NAMES}: {source}"
