"""The causes of errors."""

from __future__ import annotations

from typing import Any

from nlp.evaluation.errors import errors
from nlp.evaluation.fields import judge
from nlp.evaluation.mentions import lists
from nlp.evaluation.reading import Read
from tests.nlp.evaluation.conftest import gold


def _causes(expected: dict[str, Any], found: dict[str, Any], text: str) -> set[tuple[str, str, str | None]]:
    one = gold(**expected)
    read = Read(one, "light", tuple(judge(one, found)), tuple(lists(one, found)), (), text, 0.0)
    return {(error.field, error.cause, error.expected or error.found) for error in errors([read])}


def test_one_more_spelling_of_a_name_is_a_variant() -> None:
    found = _causes({"agencies": ["Chính phủ"]}, {"agencies": ["Chính phủ", "Chính phú", "Bộ Y tế"]}, "")

    assert found == {("agencies", "variant", "Chính phú"), ("agencies", "spurious", "Bộ Y tế")}


def test_a_name_that_is_only_damaged_is_one_error() -> None:
    assert _causes({"agencies": ["Chính phủ"]}, {"agencies": ["Chính phú"]}, "") == {
        ("agencies", "damaged", "Chính phủ")
    }


def test_what_is_found_as_another_type_is_no_missing_one() -> None:
    found = _causes(
        {"places": [{"surface": "Hà Nội", "type": "province"}, {"surface": "Huế", "type": "province"}]},
        {"places": [{"surface": "Hà Nội", "type": "city"}]},
        "Huế",
    )

    assert found == {("places: province", "type", "Hà Nội"), ("places", "missing", "Huế")}


def test_what_the_text_lost_is_told_from_what_was_missed() -> None:
    effect = {"number": "12/QĐ-UB", "relation": "repeals", "scope": "whole"}
    signer = {"name": "Lê Văn An", "position": "CHỦ TỊCH", "power": ["TM.", "KT."]}
    expected = {"signer": signer, "affects": [effect], "place": "Huế"}

    found = _causes(expected, {}, "Bãi bỏ 12/QĐ-UB\nTM. UBND XÃ\nKT. CHỦ TỊCH\nLê V An")

    assert found == {
        ("signer", "lost", "Lê Văn An"),
        ("position", "missing", "CHỦ TỊCH"),
        ("power", "missing", "TM. KT."),
        ("affects", "missing", "repeals whole 12/QĐ-UB"),
        ("place", "lost", "Huế"),
    }


def test_a_value_where_there_is_none_is_spurious() -> None:
    assert _causes({"date": None}, {"date": "2020-01-01"}, "") == {("date", "spurious", "2020-01-01")}
    assert _causes({"date": None}, {"date": None}, "") == set()
