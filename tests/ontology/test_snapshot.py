"""The map of one day."""

from __future__ import annotations

from ontology.registry import load


def test_a_day_has_the_units_in_force_and_what_they_lay_in() -> None:
    map_ = load().as_of("1985-06-01")
    tu_liem = map_.unit("019")
    assert tu_liem is not None
    names = {unit.name for unit in map_.units("commune", within=tu_liem)}
    assert {"Xã Dịch Vọng", "Thị trấn Cầu Giấy", "Xã Mai Dịch"} <= names
    assert [unit.name for unit in map_.parents(tu_liem)] == ["Thành phố Hà Nội"]


def test_a_code_means_the_unit_of_the_day_or_none() -> None:
    vietnam = load()
    assert [getattr(vietnam.as_of(day).unit("00004"), "name", None) for day in ("1985-01-01", "2026-01-01")] == [
        "Phường Trúc Bạch",
        "Phường Ba Đình",
    ]
    assert vietnam.as_of("2026-01-01").unit("001") is None


def test_only_units_of_the_day_answer_to_a_name() -> None:
    found = load().as_of("2026-01-01").find("Phường Cửa Nam")
    assert [candidate.unit.id for candidate in found] == ["00082@2025-07-01"]


def test_units_come_by_code_and_only_of_the_level_asked() -> None:
    map_ = load().as_of("2025-07-01")
    provinces = map_.units("province")
    assert len(provinces) == 34
    assert [unit.code for unit in provinces] == sorted(unit.code or "" for unit in provinces)
    assert map_.units("district") == ()
    assert len(map_.units()) == 34 + 3_321


def test_a_day_before_a_unit_began_has_none_of_its_parts() -> None:
    """The tiểu khu of Ba Đình were made in December 1978 of 34 others, which are not known."""
    map_ = load().as_of("1976-01-01")
    hanoi = map_.unit("01")
    assert hanoi is not None
    assert not [unit for unit in map_.units(within=hanoi) if unit.valid_from_certain and unit.valid_from > map_.day]
