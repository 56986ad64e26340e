"""Former names and merged-away names of communes, and what they say of units that ended with no known successor."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from ontology.compile.ledger import Dispute, Ledger, Version
from ontology.compile.listed import SOURCE, Listed
from ontology.compile.named import Named, joined
from ontology.compile.reading import read_csv
from ontology.compile.takers import NAMES, Takers
from ontology.names import split_type

_ABBREVIATED = re.compile(r"(?:p|f|ward|phuong)0?\d+$")
_TYPE_WORD = re.compile(r"^(?:xa|phuong|thitran)(?=.)")
SLIP = "typing"
"""Source of rows that only repeat a slip of the keyboard: not a name that a unit ever had."""

_Place = tuple[str, str, str]


class Aliases:
    """The rows of ``alias_ward.csv`` on the communes of the ledger."""

    def __init__(self, ledger: Ledger, path: Path) -> None:
        self._ledger = ledger
        self._by_name, self._by_bare_name = self._communes()
        self._named: dict[str, list[Named]] = defaultdict(list)
        for row in read_csv(path):
            if row["source"] != SLIP:
                self._read(row)
        self._by_keyword: dict[str, list[Named]] = defaultdict(list)
        for keyword, named in self._named.items():
            self._by_keyword[joined(keyword)] += named

    def add(self, listed: Listed) -> None:
        """Aliases of the last unit that bears the name; for each unit the list removes or joins, the edges that the
        names make possible."""
        written = self._own_names() | Takers(self._ledger, self._by_keyword).run(listed)
        for keyword, named in self._named.items():
            for version, source, year in named:
                alias = written.get((version.line, joined(keyword)), keyword)
                if alias != keyword or not _ABBREVIATED.match(keyword):
                    self._ledger.aliases.add((version.id, alias, source, year))
        self._named_in_force()

    def _read(self, row: dict[str, str]) -> None:
        province, district, ward = (joined(row[f"{level}_key"]) for level in ("province", "district", "ward"))
        found = self._by_name.get((province, district, ward), [])
        if not found:
            found = self._by_bare_name.get((province, district, _TYPE_WORD.sub("", ward)), [])
            self._unlike(row, found)
        for version in found:
            self._named[row["alias_keyword"]].append((version, row["source"], row["year"]))

    def _communes(self) -> tuple[dict[_Place, list[Version]], dict[_Place, list[Version]]]:
        """Province, district and commune as keys → the last version of each line of that name; the same by the bare
        name of the commune."""
        full: dict[_Place, dict[str, Version]] = defaultdict(dict)
        bare: dict[_Place, dict[str, Version]] = defaultdict(dict)
        for version in self._ledger.versions():
            if version.level != "commune" or len(version.parent) != 3:
                continue
            district = self._ledger.at(version.parent, version.end)
            province = self._ledger.at(district.parent, version.end) if district else None
            if district and province:
                around = joined(province.name), joined(district.name)
                full[*around, joined(version.name)][version.line] = version
                bare[*around, joined(split_type(version.name)[1])][version.line] = version
        return (
            {place: list(lines.values()) for place, lines in full.items()},
            {place: list(lines.values()) for place, lines in bare.items() if len(lines) == 1},
        )

    def _own_names(self) -> dict[tuple[str, str], str]:
        """Line and key of every name that the line itself bore → the name as it is written."""
        found: dict[tuple[str, str], str] = {}
        for version in self._ledger.versions():
            for form in (joined(version.name), joined(split_type(version.name)[1])):
                found[version.line, form] = version.name
        return found

    def _unlike(self, row: dict[str, str], found: list[Version]) -> None:
        """The unit that an alias is given to is not in the list under that name."""
        place = f"{row['ward_key']}, {row['district_key']}, {row['province_key']}"
        for version in found:
            name = f"alias:name:{version.line}"
            if name not in self._ledger.disputes:
                self._ledger.dispute(
                    Dispute(
                        id=name,
                        kind="name",
                        unit=version,
                        date=row["year"],
                        source=f"{NAMES}: {row['source']}",
                        says=f"called: {place}",
                        against=SOURCE,
                        against_says=f"called: {version.name}",
                        held=f"called: {version.name}",
                        reason="the same bare name in the same district",
                    )
                )

    def _named_in_force(self) -> None:
        """A name that an alias gives away although its bearer was there to the end."""
        bearers = {
            (version.parent, joined(version.name)): version
            for version in self._ledger.versions()
            if version.level == "commune" and version.end == "2025-06-30"
        }
        for keyword, named in self._by_keyword.items():
            for version, source, year in named:
                bearer = bearers.get((version.parent, keyword))
                if bearer is None or bearer.line == version.line:
                    continue
                self._ledger.dispute(
                    Dispute(
                        id=f"alias:existence:{bearer.line}>{version.line}",
                        kind="existence",
                        unit=bearer,
                        other=version,
                        date=year,
                        source=f"{NAMES}: {source}",
                        says="goes there",
                        against=SOURCE,
                        against_says=f"exists until: {bearer.end}",
                        held=f"exists until: {bearer.end}",
                        reason="the list has the unit to the end, an older one of that name may be meant",
                    )
                )
