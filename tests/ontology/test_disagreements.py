"""Where public sources disagree: the compiled table, and what is asked of it."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from ontology import tables
from ontology.disagreements import CLAIMS, KINDS, REASONS, all_of, line_of, of_units, taken_apart
from ontology.model import Disagreement

GOLD_WITHOUT_CODE = {"x-bai-boi-kim-son": "X376-baiboi"}


def of_id(identifier: str) -> Disagreement:
    return next(each for each in all_of() if each.id == identifier)


def test_kinds_claims_and_reasons_are_of_the_closed_lists() -> None:
    for each in all_of():
        assert each.kind in KINDS
        for text in (each.says, each.against_says, each.held):
            assert taken_apart(text)[0] in CLAIMS, each
        if not each.id.startswith("reviewed:"):
            assert taken_apart(each.reason)[0] in REASONS, each
        assert each.reason
    assert {each.kind for each in all_of()} == set(KINDS)
    used = {taken_apart(text)[0] for each in all_of() for text in (each.says, each.against_says, each.held)}
    assert used == set(CLAIMS)


def test_ids_are_one_of_a_kind_and_both_ends_exist() -> None:
    assert len({each.id for each in all_of()}) == len(all_of())
    lines = {unit.line for unit in tables.units().values()}
    for each in all_of():
        for end in (each.unit, each.other):
            assert end is None or end in tables.units() or end in lines, each


def test_what_is_held_is_what_the_tables_hold() -> None:
    pairs: dict[tuple[str, str], set[str]] = {}
    for edge in tables.edges():
        pairs.setdefault((edge.source, edge.target), set()).add(edge.extent)
    for each in all_of():
        phrase, value = taken_apart(each.held)
        unit = tables.units().get(each.unit)
        if phrase == "goes there":
            assert each.other is not None
            assert value in pairs[each.unit, each.other], each
        elif phrase == "does not go there":
            assert each.other is not None
            assert (each.unit, each.other) not in pairs, each
        elif phrase == "exists until":
            assert unit is not None
            assert unit.valid_to == value, each
        elif phrase == "called" and not each.id.startswith("reviewed:alias"):
            assert unit is not None
            assert value in (unit.name, *(other.name for other in tables.units().values() if other.line == unit.line))


@pytest.mark.parametrize(
    ("identifier", "kind", "unit", "held"),
    [
        ("list:parent:2006-01-04:09886", "parent", "09886@2006-01-04", "lies in: Thị xã Hà Đông"),
        ("list:parent:2006-01-04:10117", "parent", "10117@2006-01-04", "lies in: Thị xã Hà Đông"),
        ("list:parent:2006-01-04:10123", "parent", "10123@2006-01-04", "lies in: Thị xã Hà Đông"),
        ("list:existence:2005-03-02:10036", "existence", "10036@1979-02-17", "exists until: 2005-03-01"),
        ("reviewed:list_row_day:2008-08-01:09559", "date", "09559@2007-12-17", "on: 2008-03-16"),
        ("reviewed:list_day:2013-12-28:019", "date", "019@2013-12-27", "on: 2013-12-27"),
        ("reviewed:list_row:2024-12-01:25102", "existence", "25102@2007-12-17", "does not exist"),
        ("counts:existence:2007-12-18:519", "existence", "519@2008-04-23", "exists from: 2008-04-23"),
        ("counts:existence:2024-12-01:683", "existence", "683@2007-12-17", "exists until: 2024-11-30"),
        ("list:renamed:2025-01-01:00223>00235", "edge", "00223@1981-01-03", "goes there: possible"),
        ("reviewed:early_date:1996-11-22:160", "date", "009@1996-11-22", "on: 1996-11-22"),
        ("package:name:24100@2007-12-17", "name", "24100@2007-12-17", "called: Xã Ia Dreh"),
        ("package:edge:09013>09817", "edge", "09013@2007-12-17", "goes there: part_area_only"),
        ("alias:existence:28039>28072", "existence", "28039@2007-12-17", "exists until: 2025-06-30"),
        ("unconfirmed:36/2026/QH16:22", "unconfirmed", "22@2026-09-01", "called: Thành phố Quảng Ninh"),
    ],
)
def test_known_disagreements(identifier: str, kind: str, unit: str, held: str) -> None:
    each = of_id(identifier)
    assert (each.kind, each.unit, each.held) == (kind, unit, held)


def test_the_twelve_false_rows_of_the_list_are_all_told() -> None:
    assert sum(each.says == "comes back as added" for each in all_of()) == 12


def test_every_correction_is_told() -> None:
    with (Path(tables.__file__).parent / "data" / "corrections.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = Counter(each.id.split(":")[1] for each in all_of() if each.id.startswith("reviewed:"))
    assert told == Counter(row["kind"] for row in rows)


def test_of_a_unit_at_either_end_by_version_or_line() -> None:
    both = of_units({"00235@2025-01-01"})
    assert [each.id for each in both] == ["list:renamed:2025-01-01:00223>00235"]
    assert of_units({"00223@1981-01-03"}) == both
    assert set(of_units({"00235"})) >= set(both)
    assert of_units({"00223@1981-01-03"}, kind="name") == ()
    assert line_of("x-a") == "x-a"


@pytest.mark.shared
def test_the_package_differs_from_the_acts_in_the_edges_of_the_patch(shared: Path) -> None:
    with (shared / "admin" / "vietnamadminunits_patch.csv").open(encoding="utf-8-sig", newline="") as file:
        patch = {(row["action"], row["old_code"], row["new_code"]) for row in csv.DictReader(file)}
    actions = {"does not go there": "delete", "goes there": "add"}
    found = set()
    for each in all_of("edge"):
        if each.id.startswith("package:"):
            assert each.other is not None
            old, new = line_of(each.unit), line_of(each.other)
            action = actions[taken_apart(each.against_says)[0]]
            found.add((action, GOLD_WITHOUT_CODE.get(old, old), new))
    assert found == patch


@pytest.mark.shared
def test_takers_of_the_people_are_those_of_the_reference(shared: Path) -> None:
    with (shared / "admin" / "gold_mapping.csv").open(encoding="utf-8-sig", newline="") as file:
        people = {row["old_code"]: row["population_successor"] for row in csv.DictReader(file)}
    told = [each for each in all_of("extent") if each.id.startswith("package:people")]
    assert len(told) == 11
    for each in told:
        assert each.other is not None
        assert people[line_of(each.unit)] == line_of(each.other)
