"""Questions to the compiled tables, worked by hand or known from the acts."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from ontology.errors import AmbiguousUnit, UnitNotFound
from ontology.model import Unit
from ontology.registry import Ontology, load

EVE, DAY = "2025-06-30", "2025-07-01"


@pytest.fixture(scope="module")
def vietnam() -> Ontology:
    return load()


def became(vietnam: Ontology, name: str, on: str = DAY) -> dict[str, tuple[str, str | None, str | None]]:
    """Name of each successor → extent, act, clause."""
    lineage = vietnam.successors(vietnam.argument(name, prefer="ended").unit, on)
    return {step.unit.name: (step.extent, step.act, step.clause) for step in lineage.steps}


def test_cua_nam_was_divided_among_four(vietnam: Ontology) -> None:
    act = "1656/NQ-UBTVQH15"
    assert became(vietnam, "Phường Cửa Nam, Quận Hoàn Kiếm") == {
        "Phường Ba Đình": ("part", act, "3"),
        "Phường Hoàn Kiếm": ("part", act, "1"),
        "Phường Cửa Nam": ("part", act, "2"),
        "Phường Văn Miếu - Quốc Tử Giám": ("part", act, "11"),
    }


def test_hang_bac_went_whole_to_hoan_kiem(vietnam: Ontology) -> None:
    unit = vietnam.argument("Phường Hàng Bạc, Quận Hoàn Kiếm").unit
    lineage = vietnam.successors(unit, DAY)
    assert (lineage.certainty, [step.unit.name for step in lineage.steps]) == ("certain", ["Phường Hoàn Kiếm"])


def test_ky_loi_land_and_people_part_ways(vietnam: Ontology) -> None:
    unit = vietnam.argument("Xã Kỳ Lợi, Thị xã Kỳ Anh, Hà Tĩnh").unit
    assert vietnam.successors(unit, DAY, "land").certainty == "certain"
    assert len(vietnam.successors(unit, DAY, "civil").steps) == 2
    assert vietnam.successors(unit, DAY).certainty == "candidates"


def test_dong_da_lies_in_communes_of_which_some_reach_beyond_it(vietnam: Ontology) -> None:
    lineage = vietnam.successors(vietnam.argument("Quận Đống Đa").unit, DAY)
    extents = {step.unit.name: step.extent for step in lineage.steps}
    assert lineage.level_ended
    assert extents["Phường Đống Đa"] == "contains"
    assert extents["Phường Văn Miếu - Quốc Tử Giám"] == "contains_part"


def test_an_island_district_became_a_special_zone(vietnam: Ontology) -> None:
    lineage = vietnam.successors(vietnam.argument("Huyện Côn Đảo").unit, DAY)
    assert [(step.unit.name, lineage.certainty) for step in lineage.steps] == [("Đặc khu Côn Đảo", "certain")]


def test_a_new_ward_of_an_old_name_was_made_of_nine(vietnam: Ontology) -> None:
    lineage = vietnam.predecessors(vietnam.argument("Phường Cửa Nam", prefer="in_force").unit)
    assert lineage.on == EVE
    assert len(lineage.steps) == 9
    assert {step.unit.name for step in lineage.steps if step.extent == "whole"} == {
        "Phường Hàng Bài",
        "Phường Phan Chu Trinh",
        "Phường Trần Hưng Đạo",
    }


def test_a_list_alone_is_never_certain(vietnam: Ontology) -> None:
    unit = vietnam.argument("Xã Hà Phong, Huyện Hà Trung, Tỉnh Thanh Hóa", at="2018-06-30").unit
    lineage = vietnam.successors(unit, DAY)
    assert (lineage.certainty, lineage.weakest) == ("candidates", "list")
    assert "Xã Hà Trung" in {step.unit.name for step in lineage.steps}


def test_accents_tell_son_dong_from_son_dong(vietnam: Ontology) -> None:
    assert vietnam.argument("Xã Sơn Đồng, Hoài Đức, Hà Nội", at=EVE).unit.name == "Xã Sơn Đồng"
    assert vietnam.argument("Xã Sơn Đông, Sơn Tây, Hà Nội", at=EVE).unit.name == "Xã Sơn Đông"
    assert {"Xã Sơn Đồng", "Xã Sơn Đông"} <= {one.unit.name for one in vietnam.find("xa son dong, ha noi")}


@pytest.mark.parametrize("name", ["00004", "Phường Quang Trung", "Phường 1"])
def test_what_means_several_units_is_ambiguous(vietnam: Ontology, name: str) -> None:
    with pytest.raises(AmbiguousUnit) as raised:
        vietnam.argument(name, prefer="ended")
    assert len(raised.value.candidates) > 1


def test_two_units_of_one_name_in_one_district_are_two(vietnam: Ontology) -> None:
    with pytest.raises(AmbiguousUnit) as raised:
        vietnam.argument("Mường Tè, Mường Tè, Lai Châu", prefer="ended")
    assert {one.unit.name for one in raised.value.candidates} == {"Xã Mường Tè", "Thị trấn Mường Tè"}


def test_what_a_province_was_made_of_holds_its_wards_only_once(vietnam: Ontology) -> None:
    """Mỹ Tho was a city of its own until 1976, then the greater part of Tiền Giang: its wards come first."""
    first, *others = vietnam.find("Phường 5, Thành phố Mỹ Tho, Tỉnh Tiền Giang")
    assert first.unit.parent == "815"
    assert all(other.score < first.score for other in others)


def test_a_word_that_lists_spell_in_several_ways_is_one(vietnam: Ontology) -> None:
    for name in ("Xã Đăk Wil", "Xã Đắk Wil", "Xã Đak Wil"):
        assert vietnam.argument(f"{name}, Huyện Cư Jút", prefer="ended").reasons == ("exact", "within")


def test_what_no_unit_is_called_is_not_found(vietnam: Ontology) -> None:
    with pytest.raises(UnitNotFound):
        vietnam.argument("Phường Không Có Tên Này")


def dated(vietnam: Ontology) -> Iterator[tuple[Unit, str, tuple[Unit, ...]]]:
    """Every unit version, its last day and what contained it then."""
    for unit in vietnam.units.values():
        day = unit.valid_to or "2026-12-31"
        yield unit, day, vietnam.parents(unit, day)


def test_every_name_resolves_to_itself_given_its_day_and_parents(vietnam: Ontology) -> None:
    """Where a list has two units of one name in one district on one day, each is among the answers."""
    wrong = []
    for unit, day, parents in dated(vietnam):
        found = vietnam.find(unit.name, at=day, within=", ".join(parent.name for parent in parents) or None)
        best = [one.unit for one in found if one.score == found[0].score]
        rivals = [one for one in best if one.parent == unit.parent and one.in_force(day)]
        if unit not in best or len(rivals) < len(best):
            wrong.append((unit.id, unit.name, [one.id for one in best]))
    assert wrong == []


@pytest.mark.parametrize("day", ["2010-01-01", "1995-01-01", "1985-01-01"])
def test_a_unit_of_unknown_beginning_is_found_in_what_it_is_shown_to_lie_in(vietnam: Ontology, day: str) -> None:
    asked, wrong = 0, []
    for unit in vietnam.units.values():
        around = vietnam.parents(unit, day) if unit.valid_from > day and vietnam.stood(unit, day) else ()
        if around:
            asked += 1
            found = vietnam.find(unit.name, at=day, within=", ".join(parent.name for parent in around))
            if not any(one.unit is unit and "within" in one.reasons for one in found):
                wrong.append((unit.id, unit.name))
    assert wrong == []
    assert asked > 50


def test_every_name_is_first_or_tied_given_its_day_and_province(vietnam: Ontology) -> None:
    wrong = []
    for unit, day, parents in dated(vietnam):
        found = vietnam.find(unit.name, at=day, within=parents[-1].name if parents else None)
        if unit.id not in [one.unit.id for one in found if one.score == found[0].score]:
            wrong.append((unit.id, unit.name))
    assert wrong == []


@pytest.mark.shared
def test_certainty_agrees_with_the_checked_mapping(vietnam: Ontology, shared: Path) -> None:
    """One taker, a taker of all people, or several: for every commune that ended on 30 June 2025."""
    rows: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    with (shared / "admin" / "gold_mapping.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            rows[row["old_code"]].append(row)
    wrong, hanoi = [], Counter[str]()
    for unit in vietnam.units.values():
        if unit.valid_to != EVE or unit.code not in rows:
            continue
        told = rows[unit.code]
        people = {row["population_successor"] for row in told} - {""}
        due = "certain" if len(told) == 1 else "by_population" if people else "candidates"
        lineage = vietnam.successors(unit, DAY)
        first = lineage.steps[0].unit.code
        if lineage.certainty != due or (due == "by_population" and first not in people):
            wrong.append((unit.id, unit.name, due, lineage.certainty))
        if told[0]["old_province_code"] == "01":
            hanoi[lineage.certainty] += 1
    assert wrong == []
    assert hanoi == {"certain": 327, "by_population": 41, "candidates": 158}
