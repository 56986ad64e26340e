"""Workbooks: what stood there is still there, new columns follow, text is never a formula."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from kg.convert.report import Report, Request
from kg.convert.run import convert
from kg.convert.wording import COLUMNS, OPTION_COLUMNS, headings
from kg.convert.workbook import SheetGrid
from kg.errors import HosoError
from ontology.localities import Localities

_REQUEST = Request(on="2025-07-01", at="2025-06-30")
_WHOLE = "Số 5, P. Khâm Thiên, Q. Đống Đa, HN"
_DIVIDED = "Phường Cửa Nam, quận Hoàn Kiếm, Hà Nội"


@pytest.fixture(autouse=True)
def _vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")


def official(path: Path) -> None:
    """A list as offices have it: title, merged cells, borders, formulas, a filter, comments, a second sheet."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Danh sách"
    sheet["A1"] = "DANH SÁCH HỘ DÂN"
    sheet["A1"].font = Font(bold=True, size=16, color="FF0000")
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(["STT", "Họ tên", "Nơi cư trú", "Số tiền", "Mã", "Ngày lập"])
    side = Side(style="thin")
    for number, address in enumerate((_WHOLE, _DIVIDED, "=1+1", "", "@abc"), start=1):
        sheet.append([number, f"Nguyễn Văn {number}", None, 1000 * number, f"{number:05d}", date(2025, 1, number)])
        cell = sheet.cell(sheet.max_row, 3)
        cell.value = address or None
        if address:
            cell.data_type = "s"
    sheet["D9"] = "=SUM(D4:D8)"
    for row in sheet["A3:F9"]:
        for cell in row:
            cell.border = Border(side, side, side, side)
    for cell in sheet[3]:
        cell.fill = PatternFill("solid", fgColor="DDEEFF")
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, horizontal="center")
    for row in range(4, 9):
        sheet.cell(row, 4).number_format = "#,##0"
        sheet.cell(row, 6).number_format = "dd/mm/yyyy"
    sheet["B4"].hyperlink = "https://example.vn/"
    sheet["B5"].comment = Comment("xem lại", "cán bộ")
    sheet["B6"] = CellRichText("Nguyễn ", TextBlock(InlineFont(b=True), "Văn"), " 3")
    sheet["A4"].protection = Protection(locked=False)
    sheet.merge_cells("B7:B8")
    sheet.auto_filter.ref = "A3:F9"
    sheet.freeze_panes = "C4"
    sheet.column_dimensions["C"].width = 44
    sheet.row_dimensions[3].height = 33
    sheet.print_title_rows = "3:3"
    sheet.conditional_formatting.add("D4:D8", CellIsRule(operator="greaterThan", formula=["3000"]))
    rule = DataValidation(type="list", formula1='"a,b"')
    rule.add("B4:B8")
    sheet.add_data_validation(rule)
    other = book.create_sheet("Ghi chú")
    other["A1"] = "='Danh sách'!D9*2"
    other.sheet_properties.tabColor = "00FF00"
    hidden = book.create_sheet("Ẩn")
    hidden["A1"] = _WHOLE
    hidden.sheet_state = "hidden"
    book.defined_names["tong"] = DefinedName("tong", attr_text="'Danh sách'!$D$9")
    book.save(path)


def run(tmp_path: Path, source: Path, request: Request = _REQUEST) -> tuple[Report, Any]:
    report = convert(source, tmp_path / "out.xlsx", request, Localities())
    return report, load_workbook(tmp_path / "out.xlsx", rich_text=True)


def simple(path: Path, *rows: list[Any]) -> Path:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def cells_of(sheet: Any) -> Iterator[tuple[Any, ...]]:
    for row in sheet.iter_rows():
        for cell in row:
            style = (cell.font, cell.border, cell.fill, cell.number_format, cell.alignment, cell.protection)
            link = cell.hyperlink.target if cell.hyperlink else None
            note = cell.comment.text if cell.comment else None
            yield (cell.coordinate, str(cell.value), cell.data_type, *map(repr, style), link, note)


def test_all_that_stood_there_is_still_there(tmp_path: Path) -> None:
    official(tmp_path / "in.xlsx")
    _, after = run(tmp_path, tmp_path / "in.xlsx")
    before = load_workbook(tmp_path / "in.xlsx", rich_text=True)
    assert after.sheetnames == [*before.sheetnames, "Chưa xác định"]
    for sheet in before:
        other = after[sheet.title]
        kept = {cell[0]: cell for cell in cells_of(other)}
        assert [kept[cell[0]] for cell in cells_of(sheet)] == list(cells_of(sheet))
        assert other.merged_cells.ranges == sheet.merged_cells.ranges
        assert other.freeze_panes == sheet.freeze_panes
        assert other.sheet_state == sheet.sheet_state
        assert other.print_title_rows == sheet.print_title_rows
        assert repr(other.sheet_properties.tabColor) == repr(sheet.sheet_properties.tabColor)
        assert {key: one.width for key, one in sheet.column_dimensions.items()}.items() <= {
            key: one.width for key, one in other.column_dimensions.items()
        }.items()
        assert {key: one.height for key, one in sheet.row_dimensions.items() if one.height} == {
            key: one.height for key, one in other.row_dimensions.items() if one.height
        }
        assert list(map(repr, other.conditional_formatting)) == list(map(repr, sheet.conditional_formatting))
        assert [repr(one) for one in other.data_validations.dataValidation] == [
            repr(one) for one in sheet.data_validations.dataValidation
        ]
    assert after.defined_names["tong"].attr_text == before.defined_names["tong"].attr_text
    assert isinstance(after["Danh sách"]["B6"].value, CellRichText)


def test_new_columns_stand_at_the_right_and_look_like_their_neighbours(tmp_path: Path) -> None:
    official(tmp_path / "in.xlsx")
    report, book = run(tmp_path, tmp_path / "in.xlsx")
    sheet = book["Danh sách"]
    assert [cell.value for cell in sheet[3]][6:] == headings(COLUMNS)
    assert sheet["G3"].fill.fgColor.rgb == sheet["F3"].fill.fgColor.rgb
    assert sheet["G3"].font.bold
    assert sheet["G4"].border.left.style == "thin"
    assert sheet["G4"].value == "Phường Văn Miếu - Quốc Tử Giám"
    assert (sheet["H4"].value, sheet["H4"].data_type, sheet["H4"].number_format) == ("00226", "s", "@")
    assert [sheet.cell(4, column).value for column in (12, 13, 14)] == ["certain", "1656/NQ-UBTVQH15", "11"] or [
        sheet.cell(4, column).value for column in (12, 13, 14)
    ]
    assert sheet["G5"].value == "Chưa xác định: 4 khả năng"
    assert sheet["H5"].value is None
    assert sheet.auto_filter.ref == f"A3:{sheet.cell(9, 6 + len(COLUMNS)).coordinate}"
    assert report.sheets == ["Danh sách"]
    assert report.columns == ["Nơi cư trú"]
    assert report.counts == {"certain": 1, "by_population": 0, "candidates": 1, "unknown": 2, "blank": 2}


def test_every_possibility_stands_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    official(tmp_path / "in.xlsx")
    report, book = run(tmp_path, tmp_path / "in.xlsx")
    sheet = book["Chưa xác định"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == headings(OPTION_COLUMNS)
    assert len(rows) - 1 == report.ambiguous == 6
    divided = [row for row in rows if row[1] == 5]
    assert {row[4] for row in divided} == {
        "Phường Ba Đình",
        "Phường Hoàn Kiếm",
        "Phường Cửa Nam",
        "Phường Văn Miếu - Quốc Tử Giám",
    }
    assert {row[8] for row in divided} == {"1656/NQ-UBTVQH15"}


def test_text_of_the_sheet_never_becomes_a_formula(tmp_path: Path) -> None:
    official(tmp_path / "in.xlsx")
    _, book = run(tmp_path, tmp_path / "in.xlsx")
    own = book["Danh sách"]
    formulas = {cell.coordinate for row in own.iter_rows() for cell in row if cell.data_type == "f"}
    assert formulas == {"D9"}
    listed = [cell for row in book["Chưa xác định"].iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in listed)
    hostile = [cell for cell in listed if cell.value in ("=1+1", "@abc")]
    assert len(hostile) == 2
    assert all(cell.quotePrefix for cell in hostile)


def test_every_sheet_that_has_the_columns_is_converted(tmp_path: Path) -> None:
    book = Workbook()
    for name in ("Tổ 1", "Tổ 2"):
        sheet = book.create_sheet(name)
        sheet.append(["Địa chỉ"])
        sheet.append([_WHOLE])
    book.create_sheet("Khác").append(["Số"])
    del book["Sheet"]
    book.save(tmp_path / "in.xlsx")
    report, _ = run(tmp_path, tmp_path / "in.xlsx")
    assert report.sheets == ["Tổ 1", "Tổ 2"]
    (tmp_path / "out.xlsx").unlink()
    report, after = run(tmp_path, tmp_path / "in.xlsx", Request(sheet="Tổ 2"))
    assert report.sheets == ["Tổ 2"]
    assert after["Tổ 1"].max_column == 1


def test_a_converted_workbook_can_be_converted_again(tmp_path: Path) -> None:
    simple(tmp_path / "in.xlsx", ["Địa chỉ"], [_DIVIDED])
    run(tmp_path, tmp_path / "in.xlsx")
    report = convert(tmp_path / "out.xlsx", tmp_path / "again.xlsx", _REQUEST, Localities())
    assert report.sheets == ["Sheet"]
    assert load_workbook(tmp_path / "again.xlsx").sheetnames == ["Sheet", "Chưa xác định", "Chưa xác định (2)"]


def test_columns_of_three_levels_make_one_unit_and_merged_cells_hold_for_their_rows(tmp_path: Path) -> None:
    path = simple(
        tmp_path / "in.xlsx",
        ["Tỉnh/TP", "Quận/Huyện", "Xã/Phường"],
        ["Hà Nội", "Đống Đa", "Khâm Thiên"],
        [None, None, "Thổ Quan"],
        ["Hồ Chí Minh", 3, 1],
    )
    book = load_workbook(path)
    book.worksheets[0].merge_cells("A2:A3")
    book.worksheets[0].merge_cells("B2:B3")
    book.save(path)
    _, after = run(tmp_path, path)
    assert [after.worksheets[0].cell(row, 4).value for row in (2, 3, 4)] == [
        "Phường Văn Miếu - Quốc Tử Giám",
        "Phường Văn Miếu - Quốc Tử Giám",
        "Phường Bàn Cờ",
    ]


def test_a_rows_own_day_decides_what_its_name_means(tmp_path: Path) -> None:
    path = simple(
        tmp_path / "in.xlsx",
        ["Địa chỉ", "Ngày"],
        ["Phường Cửa Nam, Hà Nội", date(2020, 5, 1)],
        ["Phường Cửa Nam, Hà Nội", "01/09/2025"],
        ["Phường Cửa Nam, Hà Nội", "?"],
    )
    report, after = run(tmp_path, path, Request(on="2025-09-02", date="Ngày"))
    assert report.counts["candidates"] == 2
    assert after.worksheets[0]["C3"].value == "Phường Cửa Nam"


def test_a_table_of_excel_takes_the_new_columns_in(tmp_path: Path) -> None:
    path = simple(tmp_path / "in.xlsx", ["Mã", "Địa chỉ"], ["1", _WHOLE])
    book = load_workbook(path)
    book.worksheets[0].add_table(Table(displayName="bang", ref="A1:B2"))
    book.save(path)
    _, after = run(tmp_path, path)
    table = after.worksheets[0].tables["bang"]
    assert table.ref == "A1:K2"
    assert [column.name for column in table.tableColumns] == ["Mã", "Địa chỉ", *headings(COLUMNS)]


def test_what_the_workbook_will_lack_is_told_before_it_is_written(tmp_path: Path) -> None:
    path = simple(tmp_path / "in.xlsx", ["Địa chỉ", "n"], [_WHOLE, 1])
    book = load_workbook(path)
    chart = BarChart()
    chart.add_data(Reference(book.worksheets[0], min_col=2, min_row=1, max_row=2))
    book.worksheets[0].add_chart(chart, "H1")
    book.save(path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/ctrlProps/ctrlProp1.xml", "<x/>")
    told: list[list[str]] = []

    def before_writing(keys: list[str]) -> None:
        assert not (tmp_path / "out.xlsx").exists()
        told.append(keys)

    convert(path, tmp_path / "out.xlsx", _REQUEST, Localities(), before_writing=before_writing)
    assert told == [["charts", "controls"]]


@pytest.mark.parametrize("name", ["in.xls", "in.xlsx"])
def test_old_and_protected_workbooks_say_what_to_do(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    source.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    with pytest.raises(HosoError, match=r"\.xls"):
        convert(source, tmp_path / "out.xlsx", _REQUEST, Localities())
    source.write_bytes(source.read_bytes() + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(HosoError, match="mật khẩu"):
        convert(source, tmp_path / "out.xlsx", _REQUEST, Localities())


def test_broken_and_foreign_files_say_what_to_do(tmp_path: Path) -> None:
    for name, data in (
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("b.xlsx", b"no zip"),
        ("c.pdf", b"%PDF"),
        ("d.csv", b""),
        ("e.csv", b"\x00\x01\x02"),
    ):
        source = tmp_path / name
        source.write_bytes(data)
        out = tmp_path / ("out.csv" if name.endswith("csv") else "out.xlsx")
        with pytest.raises(HosoError):
            convert(source, out, _REQUEST, Localities())
        assert not out.exists()
    with pytest.raises(HosoError, match="không có dòng"):
        convert(simple(tmp_path / "f.xlsx"), tmp_path / "out.xlsx", _REQUEST, Localities())


def test_the_original_is_never_replaced_nor_an_earlier_result_without_force(tmp_path: Path) -> None:
    path = simple(tmp_path / "in.xlsx", ["Địa chỉ"], [_WHOLE])
    before = path.read_bytes()
    with pytest.raises(HosoError, match="giữ nguyên"):
        convert(path, path, Request(force=True), Localities())
    link = tmp_path / "link.xlsx"
    link.symlink_to(path)
    with pytest.raises(HosoError, match="giữ nguyên"):
        convert(path, link, Request(force=True), Localities())
    run(tmp_path, path)
    with pytest.raises(HosoError, match="--force"):
        run(tmp_path, path)
    run(tmp_path, path, Request(force=True))
    assert path.read_bytes() == before
    with pytest.raises(HosoError, match=r"\.xlsx"):
        convert(path, tmp_path / "out.csv", _REQUEST, Localities())


def test_columns_that_are_not_there_are_told_with_those_that_are(tmp_path: Path) -> None:
    path = simple(tmp_path / "in.xlsx", ["Họ tên", "Địa chỉ"], ["An", _WHOLE])
    with pytest.raises(HosoError, match=r"'Nơi ở'.*Họ tên; Địa chỉ"):
        run(tmp_path, path, Request(columns=("Nơi ở",)))
    with pytest.raises(HosoError, match="Sheet"):
        run(tmp_path, path, Request(sheet="Không có"))


@pytest.mark.parametrize("name", ["in.xlsx", "in.xlsm"])
def test_an_xlsm_without_a_program_has_its_type_and_refers_to_none(tmp_path: Path, name: str) -> None:
    source, out = tmp_path / name, tmp_path / "out.xlsm"
    book = Workbook()
    for cells in (["Địa chỉ"], [_WHOLE]):
        book.active.append(cells)  # type: ignore[union-attr]
    book.save(source)
    convert(source, out, _REQUEST, Localities())
    with zipfile.ZipFile(out) as package:
        assert b"sheet.macroEnabled.main+xml" in package.read("[Content_Types].xml")
        assert b"vbaProject" not in package.read("xl/_rels/workbook.xml.rels")
    assert load_workbook(out).worksheets[0]["B2"].value == "Phường Văn Miếu - Quốc Tử Giám"


def test_a_stray_cell_far_away_costs_no_more_than_a_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Mã", "Địa chỉ"])
    sheet.append([1, _WHOLE])
    sheet.cell(1_000_000, 16_000).value = "x"
    book.save(tmp_path / "in.xlsx")
    asked: list[tuple[int, int]] = []
    text = SheetGrid.text

    def counted(self: SheetGrid, row: int, column: int) -> str:
        asked.append((row, column))
        return text(self, row, column)

    monkeypatch.setattr(SheetGrid, "text", counted)
    report = convert(tmp_path / "in.xlsx", tmp_path / "out.xlsx", _REQUEST, Localities())
    assert (report.counts["certain"], report.counts["blank"]) == (1, 1)
    assert len(asked) < 1_000
    assert len(load_workbook(tmp_path / "out.xlsx").active._cells) == 4 + 1 + 2 * len(COLUMNS)
