"""Headings that name a superior unit and the lower one below it, and the unit that then issued the paper."""

from __future__ import annotations

import pytest

from nlp import extract
from nlp.header.lower_unit import lower_unit
from ontology.registry import load


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["UBND QUẬN HAI BÀ TRƯNG", "PHƯỜNG TRƯƠNG ĐỊNH"], (1, "UBND")),
        (["ỦY BAN NHÂN DÂN", "HUYỆN TỪ LIÊM", "XÃ MỸ ĐÌNH"], (2, "ỦY BAN NHÂN DÂN")),
        (["UBND THÀNH PHỐ HÀ NỘI", "QUẬN BA ĐÌNH"], (1, "UBND")),
        (["UBND Q. HAI BÀ TRƯNG", "P. TRƯƠNG ĐỊNH"], (1, "UBND")),
        (["ỦY BAN NHÂN DÂN", "TỈNH HÀ TÂY"], None),
        (["UBND XÃ MỸ ĐÌNH", "HUYỆN TỪ LIÊM"], None),
        (["UBND HUYỆN TỪ LIÊM", "THÀNH PHỐ HÀ NỘI"], None),
        (["UBND HUYỆN", "TỪ LIÊM"], None),
    ],
)
def test_a_lower_unit_below_its_superior_is_found(lines: list[str], expected: tuple[int, str] | None) -> None:
    assert lower_unit(lines) == expected


def _notice(*head: str, place: str, signed: str) -> str:
    lines = [
        *head,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 18/TB-UB",
        f"{place}, ngày 7 tháng 8 năm 1991",
        "THÔNG BÁO",
        "Về việc thu quỹ vệ sinh quý III",
        "Kính gửi: các tổ dân phố",
        "Nay thông báo để các tổ biết.",
        signed,
        "CHỦ TỊCH",
        "Mai Văn Khuê",
    ]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "head",
    [
        ("UBND QUẬN HAI BÀ TRƯNG", "PHƯỜNG TRƯƠNG ĐỊNH"),
        ("ỦY BAN NHÂN DÂN", "QUẬN HAI BÀ TRƯNG", "PHƯỜNG TRƯƠNG ĐỊNH"),
        ("UBND THÀNH PHỐ HÀ NỘI", "QUẬN HAI BÀ TRƯNG", "PHƯỜNG TRƯƠNG ĐỊNH"),
    ],
)
def test_the_lower_unit_issues_and_the_upper_is_its_parent(head: tuple[str, ...]) -> None:
    record = extract(_notice(*head, place="Trương Định", signed="TM. UBND PHƯỜNG"))

    word = "ỦY BAN NHÂN DÂN" if head[0] == "ỦY BAN NHÂN DÂN" else "UBND"
    assert record.issuer == f"{word} PHƯỜNG TRƯƠNG ĐỊNH"
    assert record.issuer_parent == f"{word} QUẬN HAI BÀ TRƯNG"
    assert load().unit(record.issuer_unit or "").name == "Phường Trương Định"
