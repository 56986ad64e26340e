"""The order in which the sources are read into one ledger."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from ontology.compile.acts import Act, read_acts
from ontology.compile.aliases import Aliases
from ontology.compile.changes import add_changes
from ontology.compile.corrections import Corrections
from ontology.compile.disputes import dispute_changes, dispute_reform
from ontology.compile.disputes_counts import dispute_counts
from ontology.compile.disputes_list import dispute_last_names, dispute_renamings
from ontology.compile.disputes_reviewed import dispute_corrections
from ontology.compile.district_links import divide, link_districts
from ontology.compile.districts import LAST_DAY, add_districts
from ontology.compile.early import Replay
from ontology.compile.early_levels import lower
from ontology.compile.early_rows import read_early
from ontology.compile.ledger import FIRST_LIST, Happening, Ledger, Version, day_before
from ontology.compile.listed import Seen, read_list, unwind
from ontology.compile.listed_acts import note_acts
from ontology.compile.package import Package, read_package
from ontology.compile.provinces import add_provinces, merge_provinces, province_codes
from ontology.compile.reform import DAY, Reform, code_of, compile_reform
from ontology.compile.spelling import written
from ontology.model import Extent
from ontology.names import split_type

HANOI = ("01", "28")
"""Codes of Ha Noi and of Hà Tây, which became part of it."""
PHUC_YEN = "244"
MUDFLAT = "x-bai-boi-kim-son"
TWO_LEVELS = "203/2025/QH15"
"""Ended the district level (LAW: amendment of the Constitution of 16 June 2025)."""


def build(acts_folder: Path, admin: Path, corrections: Corrections) -> Ledger:
    """All tables from the acts' texts, the package and the lists of ``admin``.

    Raises ValueError naming every row or clause that no rule and no correction settles.
    """
    acts, package, ledger = read_acts(acts_folder), read_package(), Ledger()
    reform = compile_reform(acts, package, corrections)
    last = _last_communes(package, reform, corrections)
    listed = read_list(admin / "history_events_2008_2025.csv", corrections)
    if problems := unwind(ledger, listed, last):
        raise ValueError("the list does not fit the last one:\n" + "\n".join(problems))
    names = {
        commune.district: Seen(
            LAST_DAY, written(commune.district_name), commune.province_name, alone=commune.code is None
        )
        for commune in package.old
    }
    add_districts(ledger, listed, names, province_codes(listed, package), corrections)
    link_districts(ledger)
    add_provinces(ledger, listed, package)
    _add_early(ledger, admin, corrections)
    Aliases(ledger, admin / "alias_ward.csv").add(listed)
    _add_reviewed(ledger, corrections)
    note_acts(ledger, admin / "history_snapshots.csv", corrections)
    _add_mudflat(ledger)
    _end_districts(ledger)
    merge_provinces(ledger, package)
    _add_reform(ledger, acts, package, reform)
    add_changes(ledger, admin / "changes_2026.csv")
    dispute_reform(ledger, package, reform)
    dispute_renamings(ledger, listed)
    dispute_last_names(ledger, listed)
    dispute_counts(ledger, admin / "history_snapshots.csv")
    dispute_corrections(ledger, listed, corrections, admin / "history_1975_2007.csv")
    dispute_changes(ledger)
    if unused := corrections.unused():
        raise ValueError(f"corrections that correct nothing: {unused}")
    return ledger


def _add_early(ledger: Ledger, admin: Path, corrections: Corrections) -> None:
    """The events before the first list, for provinces and for what is Ha Noi today (and Phúc Yên, cut out of it)."""
    hanoi = {
        version.line
        for version in ledger.versions()
        if version.level == "district" and version.parent in HANOI and version.start <= "2008-08-01"
    }
    replay = Replay(ledger, hanoi | {PHUC_YEN})
    rows = read_early(admin / "history_1975_2007.csv", corrections)
    replay.run(rows)
    lower(ledger, rows)
    if replay.problems:
        raise ValueError("rows of history_1975_2007 found no place:\n" + "\n".join(replay.problems))


def _add_reviewed(ledger: Ledger, corrections: Corrections) -> None:
    """Edges and former names that were settled by hand."""
    for known in corrections.all("edge"):
        event = ledger.events[known.where]
        source_code, target_code = known.subject.split(">")
        source, target = ledger.at(source_code, day_before(event.date)), ledger.at(target_code, event.date)
        assert source is not None, known
        assert target is not None, known
        if source.level == "district":
            divide(ledger, source, target, event.id)
        else:
            ledger.link(event.id, source, target, cast(Extent, known.value))
        event.note = "edges reviewed by hand: see corrections.csv"
    for known in corrections.all("alias"):
        versions = [each for each in ledger.lines[known.subject] if each.start <= known.where]
        for version in versions[-2:]:  # a former name is that of the version before the day, and known after it
            ledger.aliases.add((version.id, known.value, "corrections.csv", known.where[:4]))


def _last_communes(package: Package, reform: Reform, corrections: Corrections) -> dict[str, Version]:
    """The communes of 30 June 2025 by code, named as the acts spell them."""
    last = {}
    for commune in package.old:
        if commune.code is None:
            continue
        fixed = corrections.get("name", "", commune.code)
        name = fixed.value if fixed else reform.old_names.get(commune.code, written(commune.name))
        last[commune.code] = Version(
            line=commune.code,
            code=commune.code,
            name=name,
            type=split_type(name)[0] or "",
            level="commune",
            parent=commune.district,
            start="",
            end=LAST_DAY,
            source="package",
        )
    return last


def _add_mudflat(ledger: Ledger) -> None:
    name = "Khu vực bãi bồi ven biển do huyện Kim Sơn quản lý"
    ledger.add(Version(MUDFLAT, "", name, "", "commune", "376", FIRST_LIST, False, LAST_DAY, source="act"))


def _end_districts(ledger: Ledger) -> None:
    event = ledger.event(
        Happening(
            id=TWO_LEVELS,
            date=DAY,
            act=TWO_LEVELS,
            clause="",
            kind="abolish",
            basis="reviewed",
            certainty="sure",
            source="Constitution as amended; Law 72/2025/QH15",
            note="the district level ended; what became of a district is what became of its communes",
        )
    )
    for version in ledger.versions():
        if version.level == "district" and version.end == LAST_DAY:
            version.ended_by = event.id
            ledger.took(event.id, version)


def _add_reform(ledger: Ledger, acts: list[Act], package: Package, reform: Reform) -> None:
    targets: dict[str, Version] = {}
    for commune in package.new:
        name = reform.new_names.get(commune.code, written(commune.name))
        targets[commune.code] = Version(
            line=commune.code,
            code=commune.code,
            name=name,
            type=split_type(name)[0] or "",
            level="commune",
            parent=commune.province,
            start=DAY,
            source="package",
        )
    islands = {code_of(commune) for commune in package.old if commune.code is None}
    for edge in reform.edges:
        renamed = (edge.act, edge.clause or "") in reform.renamings
        event = ledger.event(_clause_event(edge.act, edge.clause, edge.new, renamed=renamed))
        target = targets[edge.new]
        target.began_by, target.source = event.id, "act"
        source = ledger.at(edge.old, day_before(DAY))
        assert source is not None, edge
        if edge.old not in islands:
            source.ended_by, source.end = event.id, LAST_DAY
        ledger.link(event.id, source, target, edge.extent)
    for target in targets.values():
        ledger.add(target)


def _clause_event(act: str, clause: str | None, new: str, *, renamed: bool) -> Happening:
    return Happening(
        id=f"{act}#{clause or new}",
        date=DAY,
        act=act,
        clause=clause or "",
        kind="rename" if renamed else "merge" if clause else "unchanged",
        basis="act",
        certainty="sure",
        source=f"text of {act}, article 1",
    )
