"""Communes that a list removed between 2019 and 30 June 2025 and whose takers changed again on 1 July 2025.

Read beside the product by a small reader of its own: the removed rows of history_events_2008_2025.csv, the newspapers'
names of takers in alias_ward.csv, and gold_mapping.csv for what became of a taker on 1 July 2025.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from ontology.model import Lineage, Unit
from ontology.registry import Ontology, load

DAY = "2025-07-01"
pytestmark = pytest.mark.shared


@dataclass(frozen=True)
class Removed:
    """A row of the list, and what the product says of the unit: None where it holds the row for false."""

    date: str
    code: str
    place: tuple[str, str, str]
    unit: Unit | None
    lineage: Lineage | None


@pytest.fixture(scope="module")
def vietnam() -> Ontology:
    return load()


@pytest.fixture(scope="module")
def removed(vietnam: Ontology, shared: Path) -> list[Removed]:
    rows = [row for row in read(shared, "history_events_2008_2025") if row["event"] == "removed"]
    found = []
    for row in rows:
        if row["date"] < "2019-01-01":
            continue
        eve = (date.fromisoformat(row["date"]) - timedelta(days=1)).isoformat()
        unit = next((one for one in vietnam.versions(row["code"]) if one.valid_to == eve), None)
        place = (plain(row["province"]), plain(row["district"]), plain(row["name"]))
        lineage = vietnam.successors(unit, DAY) if unit else None
        found.append(Removed(row["date"], row["code"], place, unit, lineage))
    return found


def read(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "admin" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def plain(text: str) -> str:
    """Small letters without accents and spaces, as the keys of alias_ward.csv are."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]", "", letters)


def lineages(removed: Iterable[Removed]) -> list[tuple[Removed, Lineage]]:
    return [(one, one.lineage) for one in removed if one.lineage is not None]


def test_nearly_all_have_a_lineage_to_today(removed: list[Removed]) -> None:
    """1,156 rows; eleven of them are held false (codes given and taken back within a year); two of the rest lead nowhere
    (xã Suối Trầu, which made way for an airport, and xã Chư Jôr, whose taker no source names)."""
    answered = lineages(removed)
    known = [lineage for _, lineage in answered if lineage.steps]
    unknown = {one.unit.name for one, lineage in answered if one.unit and not lineage.steps}
    assert len(removed) == 1156
    assert len(answered) == 1145
    assert len(known) >= 1143
    assert unknown <= {"Xã Suối Trầu", "Xã Chư Jôr"}


def test_a_list_alone_is_never_certain(removed: list[Removed]) -> None:
    for one, lineage in lineages(removed):
        assert lineage.certainty == ("candidates" if lineage.steps else "unknown"), one.unit
        assert lineage.weakest == "list", one.unit


def test_each_lineage_shows_both_rounds_with_their_basis(removed: list[Removed]) -> None:
    for one, lineage in lineages(removed):
        if not lineage.steps:
            continue
        rounds = {summary.event.date: summary.event for summary in lineage.events}
        assert rounds[one.date].basis == "list", one.unit
        assert rounds[DAY].basis == "act", one.unit
        assert all(step.act and step.unit.in_force(DAY) for step in lineage.steps), one.unit


def test_where_a_newspaper_names_the_taker_its_successors_are_among_the_answers(
    removed: list[Removed], shared: Path
) -> None:
    """All of the 904 that can be checked."""
    takers: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in read(shared, "alias_ward"):
        takers[row["province_key"], row["district_key"], row["alias_keyword"]].add(row["ward_key"])
    became: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in read(shared, "gold_mapping"):
        place = (plain(row["old_province"]), plain(row["old_district"]), plain(row["old_name"]))
        became[place].add(row["new_code"])
    wrong, checked = [], 0
    for one, lineage in lineages(removed):
        named = takers.get(one.place, set())
        due = {code for taker in named for code in became.get((*one.place[:2], taker), ())}
        checked += bool(due)
        missing = due - {step.unit.code for step in lineage.steps}
        if missing:
            wrong.append((one.unit, sorted(named), sorted(missing)))
    assert checked >= 900
    assert wrong == []


def test_nobody_is_left_with_a_whole_district_of_answers(removed: list[Removed]) -> None:
    """What is possible stays few enough to be looked through: half have one answer, hardly any more than ten."""
    counts = sorted(len(lineage.steps) for _, lineage in lineages(removed))
    assert counts[len(counts) // 2] == 1
    assert sum(count > 10 for count in counts) <= len(counts) // 100
