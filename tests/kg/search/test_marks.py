"""Which words of a passage are marked."""

from __future__ import annotations

import pytest

from kg.search.analysis import marks


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Trưởng Phòng giải phóng", "giải phóng", ["giải", "phóng"]),
        ("GIAI PHONG MAT BANG", "giải phóng", ["GIAI", "PHONG"]),
        ("Quyết định, Mỹ Đình", "my dinh", ["định", "Mỹ", "Đình"]),
        ("Hoà Bình", "hòa", ["Hoà"]),
        ("số 05/QĐ-UBND", "5/QĐ-UBND", ["QĐ", "UBND"]),
    ],
)
def test_accents_count_where_both_sides_have_them(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, query)] == marked


def test_what_a_slip_was_meant_for_is_marked_too() -> None:
    text = "Đơn khiếu nại, trả lại đất"
    marked = marks(text, "khiếu lại", ["khiếu nại"])
    assert [text[start:end] for start, end in marked] == ["khiếu", "nại", "lại"]
