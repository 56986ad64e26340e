"""What a query says beside its words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.search.query import understand, widened
from ontology.registry import load


def named(query: str) -> list[tuple[str, str]]:
    """(what was typed, name of the first unit meant)."""
    understood = understand(query)
    return [(understood.query[place.start : place.end], place.units[0].name) for place in understood.places]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("thu hồi đất phường Trúc Bạch năm 1994", [("phường Trúc Bạch", "Phường Trúc Bạch")]),
        ("thu hoi dat truc bach", [("truc bach", "Phường Trúc Bạch")]),
        (
            "sổ hộ tịch P. Trúc Bạch, quận Ba Đình",
            [("P. Trúc Bạch", "Phường Trúc Bạch"), ("quận Ba Đình", "Quận Ba Đình")],
        ),
        ("biên bản họp chi bộ", []),
        ("123/QĐ-UBND", []),
        ("", []),
    ],
)
def test_places_are_understood_old_or_new(query: str, places: list[tuple[str, str]]) -> None:
    assert named(query) == places


def test_a_containing_unit_narrows_the_place_before_it() -> None:
    alone = {unit.code for unit in understand("phường Cửa Nam").places[0].units}
    within = {unit.code for unit in understand("Cửa Nam, Hoàn Kiếm").places[0].units}
    assert {"00073", "13690"} <= alone  # in Hoàn Kiếm, and in Nam Định
    assert "00073" in within
    assert "13690" not in within


def test_a_place_is_widened_to_predecessors_and_successors() -> None:
    ontology = load()
    new = ontology.argument("Phường Hoàn Kiếm", prefer="in_force").unit
    old = ontology.argument("Phường Hàng Bạc, Quận Hoàn Kiếm", prefer="ended").unit
    assert old.id in widened(ontology, [new])
    assert new.id in widened(ontology, [old])
    assert new.id in understand("phường Hàng Bạc").places[0].widened


def test_numbers_are_understood() -> None:
    assert understand("quyết định 123/QĐ-UBND quận Ba Đình").numbers == ("123/QĐ-UBND",)


def test_the_words_of_a_place_are_folded_for_the_index() -> None:
    understood = understand("đất phường Trúc Bạch")
    assert understood.terms()[0].words == ("phuong", "truc", "bach")
    assert understood.places[0].units[0].id in understood.terms()[0].units


with (Path(__file__).parent / "data" / "named_places.csv").open(encoding="utf-8") as file:
    NAMED = [(row["query"], [name for name in row["places"].split("|") if name]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("query", "places"), NAMED)
def test_names_are_told_from_everyday_words_and_people(query: str, places: list[str]) -> None:
    assert [name for name, _ in named(query)] == places


def test_a_place_knows_to_what_it_was_widened() -> None:
    place = understand("phường Hàng Bạc").places[0]
    assert {unit.id for unit in place.units}.isdisjoint(place.added)
    assert {load().units[unit].name for unit in place.added} >= {"Phường Hoàn Kiếm"}


def test_a_district_knows_what_lay_in_it() -> None:
    names = {load().units[unit].name for unit in understand("huyện Từ Liêm").places[0].below}
    assert "Xã Mỹ Đình" in names


def test_a_place_that_says_where_another_lies_is_marked() -> None:
    commune, district = understand("xã Tứ Hiệp, huyện Thanh Trì").places
    assert district.contains
    assert not commune.contains
    assert not any(place.contains for place in understand("phường Láng và huyện Gia Lâm").places)


def test_restored_accents_decide_on_names_without_type_word() -> None:
    query = "cong van cua ong bo hang bac"
    assert [query[place.start : place.end] for place in understand(query).places] != ["hang bac"]
    restored = understand(query, reading="công văn của ông bố hàng bạc")
    assert [query[place.start : place.end] for place in restored.places] == ["hang bac"]


def test_a_province_behind_a_surname_is_a_person() -> None:
    query = "pho thu tuong nguyen hoa binh chu tri hop"
    assert not understand(query, reading="phó thủ tướng nguyễn hòa bình chủ trì họp").places
    dam = understand("thuy dien hoa binh", reading="thủy điện hòa bình")
    assert [dam.query[place.start : place.end] for place in dam.places] == ["hoa binh"]


def test_names_that_are_misspelt_are_found_by_what_was_meant() -> None:
    understood = understand("thu hồi đất xã Mể Trì", reading="thu hồi đất xã Mễ Trì")
    assert [(understood.query[p.start : p.end], p.units[0].name) for p in understood.places] == [
        ("xã Mể Trì", "Xã Mễ Trì")
    ]


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_understood(query: str, reading: str) -> None:
    understood = understand(query, reading=reading)
    for place in understood.places:
        assert 0 <= place.start < place.end <= len(understood.query)
        assert place.units
    understood.terms()
