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
