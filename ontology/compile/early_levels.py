"""1975-2007: a unit that goes on on another level: a thị xã that becomes a thị trấn of a huyện (97-CP of 1976)."""

from __future__ import annotations

from dataclasses import replace

from ontology.compile.early_rows import EarlyRow
from ontology.compile.ledger import Ledger, Version, day_before
from ontology.names import key, split_type


def lower(ledger: Ledger, rows: list[EarlyRow]) -> None:
    """For a row on districts whose unit is a commune afterwards: the edge to that commune, which begins with it."""
    for row in rows:
        for named in row.after:
            if row.level != "district" or row.kind != "type_change" or not named.below:
                continue
            giver = next(
                (
                    unit
                    for unit in ledger.versions()
                    if unit.ended_by == row.event
                    if any((_bare(unit.name), unit.type) == (each.bare, each.type) for each in row.before)
                ),
                None,
            )
            kind, bare = split_type(named.below)
            district = next(
                (
                    unit
                    for unit in ledger.versions()
                    if unit.level == "district" and unit.in_force(row.date) and _bare(unit.name) == named.bare
                ),
                None,
            )
            commune = next(
                (
                    versions[0]
                    for versions in ledger.lines.values()
                    if versions[0].level == "commune" and versions[0].type == kind and not versions[0].certain
                    if _bare(versions[0].name) == key(bare) and versions[0].end >= row.date
                    if district is not None and _leads_to(ledger, district, versions[0].parent)
                ),
                None,
            )
            if giver is not None and district is not None and commune is not None:
                ledger.link(row.event, giver, _begun(ledger, row, commune, district), "whole")


def _begun(ledger: Ledger, row: EarlyRow, commune: Version, district: Version) -> Version:
    """The commune from the row's day on: under the district of that day until it became the one that it is known in."""
    if commune.parent == district.line:
        commune.start, commune.certain, commune.began_by = row.date, True, row.event
        return commune
    first = replace(commune, parent=district.line, start=row.date, certain=True, began_by=row.event, end=district.end)
    first.ended_by = district.ended_by
    commune.start, commune.certain, commune.began_by = ledger.events[district.ended_by].date, True, district.ended_by
    assert first.end == day_before(commune.start)
    ledger.add(first)
    ledger.link(district.ended_by, first, commune, "unchanged")
    return first


def _leads_to(ledger: Ledger, district: Version, line: str) -> bool:
    return district.line == line or any(
        source is district and target.line == line for _, source, target in ledger.edges
    )


def _bare(name: str) -> str:
    return key(split_type(name)[1])
