"""When two values are the same."""

from __future__ import annotations

import unicodedata

import pytest

from nlp.evaluation.compare import holds, match, plain, plain_number, similarity, symbol


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Uỷ ban nhân dân", "ỦY BAN NHÂN DÂN"),
        ("HOÀ BÌNH", "Hòa Bình"),
        ("khoẻ", "khỏe"),
        ("Ðắk Lắk", "Đắk Lắk"),
        (unicodedata.normalize("NFD", "Tỉnh ủy"), "Tỉnh ủy"),
        ("Kinh tế - Kỹ thuật.", "Kinh tế-Kỹ  thuật"),
    ],
)
def test_what_differs_in_typing_only_is_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), [("Sơn Đông", "Sơn Đồng"), ("xã Tân Lập", "Tân Lập"), ("Quý", "Qúy Hợp")])
def test_accents_and_words_count(one: str, other: str) -> None:
    assert plain(one) != plain(other)


def test_numbers_are_the_same_without_spaces_and_leading_zeros() -> None:
    assert plain_number("09 / 2025/QĐ-UBND") == plain_number("9/2025/qđ-ubnd")
    assert plain_number("0") == "0"
    assert symbol("05/2019/TT-BYT") == "/2019/TT-BYT"
    assert symbol("60-NQ/TW") == "-NQ/TW"


def test_similarity_is_one_less_the_edits_a_character_of_the_longer() -> None:
    assert similarity("Sở Nội vụ", "Sở Nội v") == pytest.approx(1 - 1 / 9)
    assert similarity("", "") == 1.0
    assert similarity("Sở", "") == 0.0


def test_strict_match_counts_distinct_strings() -> None:
    found = match(
        ["Sở Y tế", "SỞ Y TẾ", "Sở Nội vụ"], ["sở y tế", "Sở Nội vu", "Sở Nội vu", "Thành ủy"], ["Thành uỷ"]
    )

    assert found.pairs == (("sở y tế", "sở y tế"),)
    assert found.missing == ("sở nội vụ",)
    assert found.spurious == ("sở nội vu",)


def test_fuzzy_match_takes_a_similar_string_once() -> None:
    found = match(["Sở Nội vụ", "Sở Nội vự"], ["Sở Nội vu"], fuzzy=True)

    assert len(found.pairs) == 1
    assert len(found.missing) == 1
    assert not found.spurious


def test_fuzzy_match_does_not_punish_what_is_like_something_optional() -> None:
    assert not match([], ["Hội đồng nhân dan tỉnh"], ["Hội đồng nhân dân tỉnh"], fuzzy=True).spurious
    assert match([], ["Hội đồng nhân dan tỉnh"], ["Hội đồng nhân dân tỉnh"]).spurious


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ủy ban nhân\ndân xã Tân Lập", "UỶ BAN NHÂN DÂN XÃ TÂN LẬP"),
        ("Số: 12 /QĐ-UBND", "12/QĐ-UBND"),
        ("Huế, ngày 04 tháng 3 năm 2021", "2021-03-04"),
        ("04/03/2021", "2021-03-04"),
    ],
)
def test_a_text_holds_a_value_over_lines(text: str, value: str) -> None:
    assert holds(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("Uy ban nhân dân", "Ủy ban nhân dân"), ("ngày 14 tháng 3 năm 2021", "2021-03-04"), ("4/13/2021", "2021-03-04")],
)
def test_a_text_that_lost_a_letter_or_digit_does_not_hold_the_value(text: str, value: str) -> None:
    assert not holds(text, value)
