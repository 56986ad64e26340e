"""Former names and merged-away names of communes, and what they say of units that ended with no known successor."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from ontology.compile.ledger import Ledger, Version
from ontology.compile.listed import Listed, Row
from ontology.compile.reading import read_csv
from ontology.names import loose, split_type

_ABBREVIATED = re.compile(r"(?:p|f|ward|phuong)0?\d+$")
SLIP = "typing"
"""Source of rows that only repeat a slip of the keyboard: not a name that a unit ever had."""


class Aliases:
    """The rows of ``alias_ward.csv`` on the communes of the ledger."""

    def __init__(self, ledger: Ledger, path: Path) -> None:
        self._ledger = ledger
        self._by_name = self._communes()
        self._districts = self._later_districts()
        self._given: dict[str, list[Version]] = defaultdict(list)
        for event, unit, role in ledger.event_units:
            if role == "gave":
                self._given[event].append(unit)
        self._named: dict[str, list[tuple[Version, str, str]]] = defaultdict(list)
        for row in read_csv(path):
            if row["source"] == SLIP:
                continue
            place = row["province_key"], row["district_key"], row["ward_key"]
            for version in self._by_name.get(place, ()):
                self._named[row["alias_keyword"]].append((version, row["source"], row["year"]))

    def add(self, listed: Listed) -> None:
        """Aliases of the last unit that bears the name; for each unit the list removes, edges ``possible`` to the
        units that the aliases name, or that took its own name in its district that day."""
        written = self._own_names()
        for row in listed.rows:
            if row.event == "removed":
                self._join(row, written)
        for keyword, named in self._named.items():
            for version, source, year in named:
                alias = written.get((version.line, keyword), keyword)
                if alias != keyword or not _ABBREVIATED.match(keyword):
                    self._ledger.aliases.add((version.id, alias, source, year))

    def _communes(self) -> dict[tuple[str, str, str], list[Version]]:
        """Province, district and commune without accents → the last version of each line of that name."""
        found: dict[tuple[str, str, str], dict[str, Version]] = defaultdict(dict)
        for version in self._ledger.versions():
            if version.level != "commune" or len(version.parent) != 3:
                continue
            district = self._ledger.at(version.parent, version.end)
            province = self._ledger.at(district.parent, version.end) if district else None
            if district and province:
                place = loose(province.name), loose(district.name), loose(version.name)
                found[place][version.line] = version
        return {place: list(lines.values()) for place, lines in found.items()}

    def _own_names(self) -> dict[tuple[str, str], str]:
        """Line and key of every name that the line itself bore → the name as it is written."""
        found: dict[tuple[str, str], str] = {}
        for version in self._ledger.versions():
            for form in (loose(version.name), loose(split_type(version.name)[1])):
                found[version.line, form] = version.name
        return found

    def _join(self, row: Row, written: dict[tuple[str, str], str]) -> None:
        gone = next((each for each in self._ledger.lines[row.code] if each.ended_by == row.event_id), None)
        if gone is None:
            return
        districts = self._districts[row.district_code]
        keyword, bare = loose(gone.name), loose(split_type(gone.name)[1])
        targets: dict[str, str] = {}
        for form in (keyword, bare):
            for version, source, _ in self._named.get(form, ()):
                if version.parent in districts and version.line != gone.line:
                    targets[version.line] = source
                    written[version.line, form] = gone.name
        for version in self._same_name(row, bare):
            targets.setdefault(version.line, "takes the name that day")
        event = self._ledger.events[row.event_id]
        for line in sorted(targets):
            if (target := self._ledger.at(line, row.date)) is not None:
                self._ledger.link(event.id, gone, target, "possible")
                event.note = "edges to units that keep the name, or have it as an alias (aliases.csv): possible only"

    def _same_name(self, row: Row, bare: str) -> list[Version]:
        """Units of the district that begin that day under the bare name of the one removed."""
        return [
            unit
            for unit in self._given.get(row.event_id, ())
            if unit.level == "commune" and loose(split_type(unit.name)[1]) == bare
        ]

    def _later_districts(self) -> dict[str, set[str]]:
        """Each district, with those that its communes later stood in."""
        found: dict[str, set[str]] = defaultdict(set)
        for versions in self._ledger.lines.values():
            stood = {each.parent for each in versions if each.level == "commune" and len(each.parent) == 3}
            for code in stood:
                found[code] |= stood
        return found
