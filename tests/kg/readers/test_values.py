"""Cells of manifests and finding aids as values."""

from __future__ import annotations

import pytest

from kg.readers.tables import values
from kg.readers.tables.values import BadValue


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1994 - 1996", ("1994", "1996")),
        ("1994-1996", ("1994", "1996")),
        ("1994", ("1994", "1994")),
        ("05/1994 - 12/1996", ("1994-05", "1996-12")),
        ("05/7/1994-30/12/1996", ("1994-07-05", "1996-12-30")),
        ("5-7-1994 - 3-8-1994", ("1994-07-05", "1994-08-03")),
        ("2001-05-03", ("2001-05-03", "2001-05-03")),
        ("từ năm 1994 đến năm 1996", ("1994", "1996")),
        ("Từ 01/01/1994 đến 31/12/1994", ("1994-01-01", "1994-12-31")),
        ("ngày 5 tháng 7 năm 1984 – tháng 8/1984", ("1984-07-05", "1984-08")),
    ],
)
def test_ranges_of_dates(text: str, expected: tuple[str, str]) -> None:
    assert values.iso_range(text) == expected


@pytest.mark.parametrize("text", ["31/02/1994 - 1996", "1996 - 1994", "nhiều năm", "1994 - "])
def test_ranges_that_cannot_be(text: str) -> None:
    with pytest.raises(BadValue):
        values.iso_range(text)


@pytest.mark.parametrize(
    ("text", "coded", "expected"),
    [
        ("VV", False, "vĩnh viễn"),
        ("Vĩnh viễn", False, "vĩnh viễn"),
        ("70 năm", False, "70 năm"),
        ("70", False, "70 năm"),
        ("05", False, "5 năm"),
        ("01", False, "01"),
        ("Hai mươi năm", False, "20 năm"),
        ("01", True, "vĩnh viễn"),
        ("02", True, "70 năm"),
        ("05", True, "20 năm"),
        ("20 năm", True, "20 năm"),
        ("Lâu dài", False, "lâu dài"),
        ("đến khi văn bản hết hiệu lực", False, "đến khi văn bản hết hiệu lực"),
    ],
)
def test_retention(text: str, coded: bool, expected: str) -> None:
    assert values.retention(text, coded=coded) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công khai", "open"),
        ("01", "open"),
        ("Tiếp cận có điều kiện", "conditional"),
        ("02", "conditional"),
        ("Hạn chế", "conditional"),
        ("Mật", "secret"),
        ("03", "secret"),
    ],
)
def test_access(text: str, expected: str) -> None:
    assert values.access(text) == expected


def test_unknown_words_never_mean_open() -> None:
    with pytest.raises(BadValue):
        values.access("xem sau")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tuyệt mật", "secret"),
        ("Mật", "secret"),
        ("có văn bản đóng dấu TỐI MẬT", "secret"),
        ("tiếp cận có điều kiện", "conditional"),
        ("LƯU HÀNH NỘI BỘ", "conditional"),
        ("mặt sau có chữ", None),
        ("Bí thư ký", None),
    ],
)
def test_notes_restrict_access(text: str, expected: str | None) -> None:
    assert values.note_access(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45", (45, None)),
        ("45/87", (45, 87)),
        ("87 trang", (None, 87)),
        ("45 tờ", (45, None)),
        ("1.250", (1250, None)),
    ],
)
def test_sheets_are_not_pages(text: str, expected: tuple[int | None, int | None]) -> None:
    assert values.sheets_and_pages(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0,25", (0.25, "finding_aid")),
        ("0,25 m", (0.25, "finding_aid")),
        ("0,3 (rách)", (0.3, "finding_aid")),
        ("0.25 (đo)", (0.25, "measured")),
        ("đo thực tế: 1,5 mét giá", (1.5, "measured")),
        ("0,3 (ước tính)", (0.3, "estimated")),
        ("khoảng 30 cm", (0.3, "estimated")),
        ("~0,3", (0.3, "estimated")),
        ("900,5", (900.5, "finding_aid")),
    ],
)
def test_metres_say_how_they_were_had(text: str, expected: tuple[float, str]) -> None:
    assert values.metres(text) == expected


@pytest.mark.parametrize(
    "text", ["-3", "5 cặp", "2 hộp", "1 hộp 0,12 m", "1e308", "3/4", "2001", "1.2.3", "m", "H01"]
)
def test_what_is_no_length_is_none(text: str) -> None:
    with pytest.raises(BadValue, match=text):
        values.metres(text)


@pytest.mark.parametrize("text", ["9" * 20, "9" * 5000, "100001", "-3", "3,5"])
def test_more_sheets_than_a_file_can_have(text: str) -> None:
    with pytest.raises(BadValue):
        values.count(text)


def test_a_whole_fonds_has_more() -> None:
    assert values.total("20.962.500") == 20962500
    with pytest.raises(BadValue):
        values.total("9" * 20)


@pytest.mark.parametrize(
    ("number", "notation", "expected"),
    [
        ("59", "QĐ-UBND", "59/QĐ-UBND"),
        ("44/2005", "QĐ-UBND", "44/2005/QĐ-UBND"),
        ("60", "NQ/TW", "60-NQ/TW"),
        ("2009", "QĐ/UB", "2009-QĐ/UB"),
        ("572", "1998/QĐ-UB", "572/1998/QĐ-UB"),
        ("59", "/QĐ-UBND", "59/QĐ-UBND"),
        ("59", "59/QĐ-UBND", "59/QĐ-UBND"),
        ("59", "", "59"),
        ("", "", None),
    ],
)
def test_full_numbers(number: str, notation: str, expected: str | None) -> None:
    assert values.full_number(number, notation) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", ["1"]),
        ("01", ["1"]),
        ("Hộp 1", ["1"]),
        ("Hộp số 01", ["1"]),
        ("12a", ["12a"]),
        ("1-3", ["1", "2", "3"]),
        ("từ 01 đến 03", ["1", "2", "3"]),
        ("1, 2 và 5", ["1", "2", "5"]),
        ("H-05", ["h-5"]),
        ("12-2001", ["12-2001"]),
        ("1/2001", ["1/2001"]),
    ],
)
def test_boxes_are_known_by_their_numbers(text: str, expected: list[str]) -> None:
    assert list(values.boxes(text)) == expected
