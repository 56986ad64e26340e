"""What a query says beside its words."""

from __future__ import annotations

import pytest

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
