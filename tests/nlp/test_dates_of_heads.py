"""Dates of heads: two-digit years, numbers in words, parts of dates, days that cannot be, stamps of receipt."""

from __future__ import annotations

import pytest

from nlp import extract
from nlp.header.spoken import spoken_number
from nlp.header.when import find_date
from ontology.folding import fold

HEAD = """{above}ỦY BAN NHÂN DÂN                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ TÂN AN                            Độc lập - Tự do - Hạnh phúc
Số: 47/BC-UBND                       Tân An, {date}

                              BÁO CÁO
                    Tình hình sản xuất vụ mùa

Ủy ban nhân dân xã báo cáo như sau.
"""


@pytest.mark.parametrize(
    ("printed", "date", "partial"),
    [
        ("ngày 14-8-83", "1983-08-14", None),
        ("ngày 3/4/03", "2003-04-03", None),
        ("ngày 14 tháng 8 năm 83", "1983-08-14", None),
        ("ngày 14 tháng tám năm 1983", "1983-08-14", None),
        ("ngày mồng năm tháng giêng năm hai nghìn không trăm linh ba", "2003-01-05", None),
        ("ngày hai mươi mốt tháng mười hai năm một nghìn chín trăm tám mươi ba", "1983-12-21", None),
        ("tháng 8 năm 2003", None, "2003-08"),
        ("ngày   /8/2003", None, "2003-08"),
        ("ngày …… tháng 8 năm 2003", None, "2003-08"),
        ("ngày 31 tháng 2 năm 2003", None, "2003-02"),
    ],
)
def test_a_date_keeps_what_it_says_and_its_place(printed: str, date: str | None, partial: str | None) -> None:
    read = extract(HEAD.format(above="", date=printed))

    assert (read.date, read.date_partial, read.place) == (date, partial, "Tân An")
    assert ("date" in read.confidence, "date_partial" in read.confidence) == (date is not None, partial is not None)


@pytest.mark.parametrize("printed", ["ngày 14-8-83", "ngày 31 tháng 2 năm 2003"])
def test_what_had_to_be_made_whole_is_doubtful(printed: str) -> None:
    read = extract(HEAD.format(above="", date=printed))

    assert max(read.confidence.get("date", 0), read.confidence.get("date_partial", 0)) < 0.8


@pytest.mark.parametrize("text", ["báo cáo tháng 8 năm 2003", "ngày 14 tháng 8 năm 20 13", "ngày 12.5.1.2"])
def test_other_numbers_are_no_date(text: str) -> None:
    assert find_date(text, fold(text)) is None


@pytest.mark.parametrize("day", ["Ngày 20/8/2013", "Ngày 20 tháng 8 năm 2013", "Ngày: 20.8"])
def test_the_day_of_receipt_is_not_the_papers_date(day: str) -> None:
    read = extract(HEAD.format(above=f"CÔNG VĂN ĐẾN\nSố 1234\n{day}\n", date="ngày 14 tháng 8 năm 2013"))

    assert (read.date, read.number) == ("2013-08-14", "47/BC-UBND")
    assert [zone.kind for zone in read.zones].count("incoming_stamp") == 3


@pytest.mark.parametrize(
    ("words", "number"),
    [("muoi bon", 14), ("hai muoi mot", 21), ("hai chin", 29), ("ba mot", 31), ("hai nghin le nam", 2005),
     ("mot nghin chin tram chin muoi", 1990), ("ngay", None)],
)  # fmt: skip
def test_numbers_in_words(words: str, number: int | None) -> None:
    assert spoken_number(words) == number
