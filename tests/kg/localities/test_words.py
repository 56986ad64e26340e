"""House numbers, lists of places and headings as tables write them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.errors import HosoError
from kg.localities.headings import meaning, parse_columns
from kg.localities.house_numbers import BadNumbers, of_cells, of_text
from kg.localities.places import BadPlace, OnlyPart, heading_word, spread
from ontology.localities import HouseNumbers

CASES = list(csv.DictReader((Path(__file__).parent / "house_numbers.csv").open(encoding="utf-8")))


def shown(run: HouseNumbers) -> str:
    ends = ["" if end is None else str(end) for end in (run.first, run.last)]
    return f"{'-'.join(ends)} {run.parity}"


@pytest.mark.parametrize("case", CASES, ids=[case["written"] for case in CASES])
def test_house_numbers_in_one_text(case: dict[str, str]) -> None:
    if not case["runs"]:
        with pytest.raises(BadNumbers):
            of_text(case["written"])
    else:
        assert [shown(run) for run in of_text(case["written"])] == case["runs"].split(" | ")


@pytest.mark.parametrize(
    ("cells", "run"),
    [
        (("1", "99", "lẻ"), HouseNumbers(1, 99, "odd")),
        (("số 2", "hết", "Bên chẵn"), HouseNumbers(2, None, "even")),
        (("12A", "12/3", ""), HouseNumbers(12, 12)),
        (("", "57", ""), HouseNumbers(None, 57)),
        (("", "", "Chẵn"), HouseNumbers(None, None, "even")),
        (("", "", ""), None),
    ],
)
def test_house_numbers_in_columns(cells: tuple[str, str, str], run: HouseNumbers | None) -> None:
    assert of_cells(*cells) == run


@pytest.mark.parametrize("cells", [("x", "9", ""), ("9", "1", ""), ("1", "9", "xanh"), ("2", "8", "lẻ")])
def test_columns_that_tell_no_houses(cells: tuple[str, str, str]) -> None:
    with pytest.raises(BadNumbers):
        of_cells(*cells)


@pytest.mark.parametrize(
    ("cell", "heading", "places"),
    [
        ("5", "Tổ dân phố", ["Tổ dân phố 5"]),
        ("1, 2 và 3", "Tổ dân phố", ["Tổ dân phố 1", "Tổ dân phố 2", "Tổ dân phố 3"]),
        ("Các tổ dân phố số 1, 2", "", ["tổ dân phố số 1", "tổ dân phố 2"]),
        ("Tổ 1-3", "", ["Tổ 1", "Tổ 2", "Tổ 3"]),
        ("TDP số 1 đến TDP số 3", "", ["TDP 1", "TDP 2", "TDP 3"]),
        ("từ tổ 1 đến tổ 2", "", ["tổ 1", "tổ 2"]),
        ("Thôn Đông, Tây", "", ["Thôn Đông", "Thôn Tây"]),
        ("Thôn Đông; Thôn Tây", "Tổ dân phố", ["Thôn Đông", "Thôn Tây"]),
        ("Xóm 3, thôn Đông", "", ["Xóm 3, thôn Đông"]),
        ("Tổ 12, KP3", "", ["Tổ 12, KP3"]),
        ("Khâm Thiên", "Phố", ["Phố Khâm Thiên"]),
        ("Khâm Thiên", "", ["Khâm Thiên"]),
        ("Đường 3-2", "", ["Đường 3 - 2"]),
    ],
)
def test_a_cell_may_list_several_places(cell: str, heading: str, places: list[str]) -> None:
    assert list(spread(cell, heading)) == places


def test_a_cell_that_names_no_place_for_sure() -> None:
    with pytest.raises(OnlyPart):
        spread("Một phần tổ 5")
    with pytest.raises(BadPlace):
        spread("-")


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Tổ dân phố", "hamlet"), ("TỔ DÂN PHỐ SỐ", "hamlet"), ("Tên thôn, tổ dân phố", "hamlet"), ("Thôn/TDP", "hamlet"),
        ("Thôn", "hamlet"), ("Xóm", "hamlet"), ("Đường", "street"), ("Tên đường, phố", "street"), ("Phố", "street"),
        ("Ngõ/ngách", "alley"), ("Số nhà", "numbers"), ("Từ số", "first"), ("Đến số", "last"), ("Chẵn/lẻ", "parity"),
        ("Phường, xã cũ", "old"), ("Phường cũ", "old"), ("Xã (trước sắp xếp)", "old"), ("ĐVHC cấp xã cũ", "old"),
        ("Phường/Xã", "old"), ("Quận, huyện cũ", "old_district"), ("Quận/Huyện", "old_district"), ("Tỉnh", "old_province"),
        ("Tỉnh, thành phố", "old_province"), ("Tỉnh mới", "new_province"), ("Phường, xã mới", "new"),
        ("Đơn vị hành chính mới", "new"), ("Nay thuộc phường, xã", "new"), ("Phường sau sắp xếp", "new"),
        ("Nguồn", "source"), ("Căn cứ", "source"), ("Ngày", "date"), ("Old ward", "old"), ("New ward", "new"),
        ("District", "old_district"), ("Hamlet", "hamlet"), ("Street", "street"), ("From", "first"), ("Last", "last"),
        ("Thị xã", "old_district"), ("Phường mới từ 01/07/2025", "new"), ("Nay thuộc", "new"), ("Mã phường mới", None),
        ("Tổ dân phố cũ", "hamlet"), ("Tổ dân phố mới", None), ("Tổ/Thôn/Xóm", "hamlet"), ("Văn bản", "source"),
        ("Source", "source"), ("Date", "date"), ("STT", None), ("Ghi chú", None), ("Dân số", None), ("", None),
    ],
)  # fmt: skip
def test_headings_are_known_in_both_languages(label: str, role: str | None) -> None:
    assert meaning(label) == role


def test_a_heading_that_is_one_word_for_a_place_is_that_of_its_rows() -> None:
    assert heading_word("Tổ dân phố") == "Tổ dân phố"
    assert heading_word("Thôn, tổ dân phố") == ""


def test_roles_are_given_by_name() -> None:
    assert parse_columns(["new=Về đâu", " OLD = Ở đâu"]) == {"new": "Về đâu", "old": " Ở đâu"}
    for wrong in ("nơi=x", "new", "new="):
        with pytest.raises(HosoError, match="old_district"):
            parse_columns([wrong])
