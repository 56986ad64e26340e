"""Headings that name a superior unit and the lower one below it, and the unit that then issued the paper."""

from __future__ import annotations

import pytest

from nlp import Context, extract
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


@pytest.mark.parametrize(
    ("place", "signed", "unit"),
    [
        ("Trương Định", "TM. ỦY BAN NHÂN DÂN", "Phường Trương Định"),
        ("Hà Nội", "TM. UBND PHƯỜNG", "Phường Trương Định"),
        ("Hà Nội", "TM. UBND PHƯỜNG TRƯƠNG ĐỊNH", "Phường Trương Định"),
        ("Hà Nội", "TM. UBND QUẬN", "Quận Hai Bà Trưng"),
    ],
)
def test_the_creator_of_the_fonds_issues_under_its_superior_where_the_page_names_it(
    place: str, signed: str, unit: str
) -> None:
    ward = next(u for u in load().units.values() if u.name == "Phường Trương Định" and u.in_force("1991-08-07"))
    text = _notice("UBND QUẬN HAI BÀ TRƯNG", place=place, signed=signed)

    record = extract(text, context=Context(unit=ward.id))

    assert load().unit(record.issuer_unit or "").name == unit


def test_without_the_fonds_the_heading_decides() -> None:
    record = extract(_notice("UBND QUẬN HAI BÀ TRƯNG", place="Hà Nội", signed="TM. UBND PHƯỜNG"))

    assert load().unit(record.issuer_unit or "").name == "Quận Hai Bà Trưng"
