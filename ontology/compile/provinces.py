"""Provinces: the 64 of the end of 2007, Hà Tây's end in 2008, and the 34 of 1 July 2025."""

from __future__ import annotations

from collections.abc import Iterable

from ontology.compile.ledger import FIRST_LIST, Happening, Ledger, Version, day_before
from ontology.compile.listed import SOURCE, Listed
from ontology.compile.package import Package
from ontology.compile.reform import DAY
from ontology.compile.spelling import written
from ontology.names import key, split_type

MERGER_ACT = "202/2025/QH15"
"""Named by each of the 34 resolutions as its ground; its own text is not at hand, the joined provinces are the package's."""


def province_codes(listed: Listed, package: Package) -> dict[str, str]:
    """Key of a province's name (with type word) → code, for every name that the list or the package gives."""
    codes = {key(row.province): row.province_code for row in listed.rows}
    codes |= {key(commune.province_name): commune.province for commune in package.old}
    return codes


def add_provinces(ledger: Ledger, listed: Listed, package: Package) -> None:
    """One line for each code: versions from 2007-12-17 to 2025-06-30, each name from the day the list first has it."""
    names: dict[str, dict[str, str]] = {}
    for day, code, name in _sightings(listed, package):
        names.setdefault(code, {}).setdefault(written(name), day)
    for code, sightings in sorted(names.items()):
        previous: Version | None = None
        for name, day in sightings.items():
            kind, _ = split_type(name)
            version = Version(code, code, name, kind or "", "province", "", FIRST_LIST, False, source="list")
            if previous is not None:
                version.start, version.certain = day, True
                ledger.carry_on(previous, version, kind="type", certainty="likely", source=SOURCE)
            previous = ledger.add(version)
    _end_lost(ledger, {commune.province for commune in package.old})


def merge_provinces(ledger: Ledger, package: Package) -> None:
    """1 July 2025: 52 provinces become 23, 11 go on as they were."""
    new_names = {commune.province: commune.province_name for commune in package.new}
    for code, olds in sorted(package.merged.items()):
        if olds == (code,):
            continue
        name = written(new_names[code])
        event = ledger.event(
            Happening(
                id=f"{MERGER_ACT}:{code}",
                date=DAY,
                act=MERGER_ACT,
                clause="",
                kind="merge",
                basis="reviewed",
                certainty="sure",
                source="vietnamadminunits; cited by the resolutions of 16 June 2025",
                note="text of the act not at hand: clause not known",
            )
        )
        target = Version(code, code, name, split_type(name)[0] or "", "province", "", DAY, began_by=event.id)
        target.source = "package"
        for old in olds:
            source = ledger.at(old, day_before(DAY))
            assert source is not None
            source.end, source.ended_by = day_before(DAY), event.id
            ledger.link(event.id, source, target, "whole")
        ledger.add(target)


def _sightings(listed: Listed, package: Package) -> Iterable[tuple[str, str, str]]:
    codes = province_codes(listed, package)
    for row in listed.rows:
        yield row.date, row.province_code, row.province
        renamed = row.new_district.rpartition(" / ")[2] if " / " in row.new_district else ""
        if renamed and codes.get(key(renamed)) == row.province_code:  # else the communes went to another province
            yield row.date, row.province_code, renamed
    for commune in package.old:
        yield day_before(DAY), commune.province, commune.province_name


def _end_lost(ledger: Ledger, kept: set[str]) -> None:
    """A province without communes in 2025 ended when its last district left (Hà Tây, 2008-08-01)."""
    districts = [version for version in ledger.versions() if version.level == "district"]
    for version in ledger.versions():
        if version.level == "province" and version.code not in kept:
            version.end = max(each.end for each in districts if each.parent == version.code)
