"""Words, numbers and marks."""

from __future__ import annotations

import pytest

from kg.search.analysis import accented, marks, number_key, typed_numbers


@pytest.mark.parametrize(
    "number", ["123/QĐ-UBND", "123 QD UBND", "123-QĐ/UBND", "0123/qđ-ubnd", "Số 123/QĐ-UBND"[3:]]
)
def test_one_number_has_one_key(number: str) -> None:
    assert number_key(number) == "123 qd ubnd"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("quyết định 123/QĐ-UBND về đất", ["123/QĐ-UBND"]),
        ("60-NQ/TW và 05/2009/NQ-HĐND", ["60-NQ/TW", "05/2009/NQ-HĐND"]),
        ("ngày 12/3/2009, thửa 12", []),
        ("1656/NQ-UBTVQH15", ["1656/NQ-UBTVQH15"]),
    ],
)
def test_numbers_typed_in_a_query(query: str, found: list[str]) -> None:
    assert [query[start:end] for start, end in typed_numbers(query)] == found


def test_tone_marks_have_one_place() -> None:
    assert accented("Hoà BÌNH") == accented("hòa bình")


def test_marks_are_the_words_asked_for_accents_aside() -> None:
    text = "Thu hồi ĐẤT của hộ ông Đạt; đất ở."
    assert [text[start:end] for start, end in marks(text, "dat o")] == ["ĐẤT", "Đạt", "đất", "ở"]
    assert marks(text, "") == marks("", "đất") == []
