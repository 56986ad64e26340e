"""Bodies one below the other in a letterhead: where one ends and the next begins."""

from __future__ import annotations

import pytest

from nlp import extract

PAGE = """{first:45}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{second:45}Độc lập - Tự do - Hạnh phúc
{number:45}Ba Vì, ngày 3 tháng 4 năm 1999

                {title}
          Kết quả công tác năm 1999

Nội dung như sau.
"""


def issuer(first: str, second: str, number: str = "Số: 12/BC") -> tuple[str | None, str | None]:
    read = extract(PAGE.format(first=first, second=second, number=number, title="BÁO CÁO"))
    return read.issuer, read.issuer_parent


@pytest.mark.parametrize("number", ["Số: 12/BC", ""])
@pytest.mark.parametrize("own", ["TỔ DÂN PHỐ SỐ 7", "THÔN LA THƯỢNG", "CỤM DÂN CƯ SỐ 4", "KHU PHỐ 3", "XÓM ĐÔNG"])
def test_a_unit_below_the_commune_issues_papers_of_its_own(own: str, number: str) -> None:
    assert issuer("UBND PHƯỜNG KIM LIÊN", own, number) == (own, "UBND PHƯỜNG KIM LIÊN")


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("ỦY BAN NHÂN DÂN", "XÃ TẢN HỒNG", "ỦY BAN NHÂN DÂN XÃ TẢN HỒNG"),
        ("CHI BỘ", "THÔN LA THƯỢNG", "CHI BỘ THÔN LA THƯỢNG"),
        ("BAN CÔNG TÁC MẶT TRẬN", "THÔN LA THƯỢNG", "BAN CÔNG TÁC MẶT TRẬN THÔN LA THƯỢNG"),
        ("BỘ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI", "BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"),
        ("BỘ LAO ĐỘNG-", "THƯƠNG BINH VÀ XÃ HỘI", "BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"),
    ],
)
def test_a_name_over_two_lines_is_one(first: str, second: str, whole: str) -> None:
    assert issuer(first, second) == (whole, None)


def test_an_office_named_after_its_head_is_no_part_of_the_committee() -> None:
    found = issuer("UBND THÀNH PHỐ HÀ NỘI", "KIẾN TRÚC SƯ TRƯỞNG THÀNH PHỐ")

    assert found == ("KIẾN TRÚC SƯ TRƯỞNG THÀNH PHỐ", "UBND THÀNH PHỐ HÀ NỘI")
