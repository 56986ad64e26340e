"""Which columns of a sheet are read, by headings, letters and values."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.convert.columns import Layout, find_layout, letters, role
from kg.errors import HosoError

_ADDRESS = "Số 5, phường Khâm Thiên, quận Đống Đa, Hà Nội"


class Table:
    """Rows of text as a grid."""

    name: str | None = None

    def __init__(self, *rows: Sequence[str]) -> None:
        self._rows = rows
        self.height = len(rows)
        self.width = max(map(len, rows), default=0)
        self.filled_rows = [row for row, cells in enumerate(rows, start=1) if any(cells)]
        self.filled_columns = [
            column
            for column in range(1, self.width + 1)
            if any(len(cells) >= column and cells[column - 1] for cells in rows)
        ]

    def text(self, row: int, column: int) -> str:
        cells = self._rows[row - 1]
        return cells[column - 1] if column <= len(cells) else ""


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Xã/Phường", "commune"),
        ("Phường (xã) cũ", "commune"),
        ("Tên xã, phường, thị trấn", "commune"),
        ("Quận/Huyện", "district"),
        ("TỈNH/TP", "province"),
        ("Tỉnh, thành phố trước 01/7/2025", "province"),
        ("Địa chỉ", "address"),
        ("Nơi cư trú", "address"),
        ("Hộ khẩu thường trú", "address"),
        ("Đơn vị hành chính", "address"),
        ("Số nhà, đường", "detail"),
        ("dia chi", "address"),
        ("Họ và tên", None),
        ("Đơn vị mới", None),
        ("", None),
    ],
)
def test_headings_say_what_a_column_holds(heading: str, meant: str | None) -> None:
    assert role(heading) == meant


def test_columns_come_from_the_smallest_unit() -> None:
    table = Table(["Tỉnh", "Huyện", "Xã", "Số nhà"], ["Hà Nội", "Đống Đa", "Khâm Thiên", "5"])
    assert find_layout(table, ()) == Layout(1, 2, (4, 3, 2, 1))
    assert find_layout(table, ("Tỉnh", "Xã", "Huyện")) == Layout(1, 2, (3, 2, 1))


def test_several_columns_may_hold_what_is_below_a_commune() -> None:
    table = Table(["Số nhà, đường", "Tổ", "Phường/Xã"], ["5 phố Huế", "3", "Khâm Thiên"])
    assert find_layout(table, ()) == Layout(1, 2, (1, 2, 3))


def test_headings_lie_below_a_title_and_above_a_line_of_numbers() -> None:
    table = Table(["DANH SÁCH HỘ DÂN"], [], ["STT", "Địa chỉ"], ["(1)", "(2)"], ["1", _ADDRESS])
    assert find_layout(table, ()) == Layout(3, 5, (2,))
    assert find_layout(table, ("địa chỉ",)) == Layout(3, 5, (2,))


def test_columns_of_unknown_headings_are_told_by_their_cells() -> None:
    rows = [["Họ tên", "Thông tin", "Số"], *(["Nguyễn Văn An", _ADDRESS, "5"] for _ in range(5))]
    assert find_layout(Table(*rows), ()) == Layout(1, 2, (2,))


def test_a_table_without_headings_begins_in_its_first_row() -> None:
    assert find_layout(Table(["1", _ADDRESS], ["2", _ADDRESS]), ()) == Layout(0, 1, (2,))


def test_columns_are_named_by_letter_too() -> None:
    table = Table(["a", "b", "c"], ["x", "y", _ADDRESS])
    assert find_layout(table, ("C",)) == Layout(1, 2, (3,))
    assert find_layout(table, ("D",)) is None


def test_columns_named_without_headings_are_ordered_by_their_cells() -> None:
    table = Table(["c1", "c2", "c3"], ["Hà Nội", "Quận Đống Đa", "Phường Khâm Thiên"])
    assert find_layout(table, ("A", "B", "C")) == Layout(1, 2, (3, 2, 1))


def test_several_columns_of_addresses_have_to_be_chosen() -> None:
    table = Table(["Quê quán", "Nơi ở"], [_ADDRESS, _ADDRESS])
    with pytest.raises(HosoError, match=r"Quê quán; Nơi ở"):
        find_layout(table, ())


def test_a_heading_of_places_that_holds_none_gives_way_to_a_column_that_does() -> None:
    rows = [["Đơn vị", "Chi tiết"], *(["Công ty A", _ADDRESS] for _ in range(4))]
    assert find_layout(Table(*rows), ()) == Layout(1, 2, (2,))


def test_a_sheet_without_places_has_no_layout() -> None:
    assert find_layout(Table(["Họ tên", "Số tiền"], ["Nguyễn Văn An", "5000"]), ()) is None
    assert find_layout(Table(), ()) is None


def test_a_column_of_days_is_found_beside() -> None:
    table = Table(["Ngày lập", "Địa chỉ"], ["01/02/2015", _ADDRESS])
    assert find_layout(table, (), "Ngày lập") == Layout(1, 2, (2,), 1)
    assert find_layout(table, ("Địa chỉ",), "Ngày lập") == Layout(1, 2, (2,), 1)


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_have_letters(number: int, name: str) -> None:
    assert letters(number) == name


@pytest.mark.parametrize("mark", ["x", "X", "III", "v", "Ia"])
def test_ticks_and_numerals_are_no_column_of_communes(mark: str) -> None:
    rows = [["Chọn", "Ở đâu"], *([mark, _ADDRESS] for _ in range(5))]
    layout = find_layout(Table(*rows), [])
    assert layout is not None
    assert layout.columns == (2,)
    assert find_layout(Table(*([mark] for _ in range(5))), []) is None
