"""A workbook that is converted: its sheets as text, and new columns beside what stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from kg.convert.columns import lines
from kg.errors import HosoError
from kg.messages import say
from kg.readers.tables.grid import cell_text, check_package
from kg.sheets import fill_sheet, put_text, sheet_title, write_atomically

_MOST_COLUMNS = 16_384
_MOST_ROWS = 1_048_575
"""Rows of one sheet of possibilities, its headings left out: what Excel takes."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"


class Workbook:
    """An XLSX or XLSM file, held whole."""

    def __init__(self, path: Path) -> None:
        """Raises HosoError for what is no sound workbook, with what to do, and OSError."""
        from openpyxl import load_workbook

        self.path = path
        try:
            check_package(path)
            self._book: Any = load_workbook(path, rich_text=True, keep_vba=path.suffix.lower() == ".xlsm")
        except (OSError, MemoryError):
            raise
        except Exception as error:  # openpyxl lets errors of every library under it through
            raise HosoError(say("convert_not_workbook", name=path.name), code="unreadable") from error
        self.sheets = [SheetGrid(self, sheet) for sheet in self._book.worksheets]

    def add_sheets(self, title: str, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
        """Add a sheet of rows at the end (several, where one does not hold them); the first one's title."""
        used = {sheet.title.lower() for sheet in self._book}
        titles = []
        for start in range(0, len(rows), _MOST_ROWS):
            titles.append(sheet_title(title, used))
            fill_sheet(self._book.create_sheet(titles[-1]), header, rows[start : start + _MOST_ROWS])
        return titles[0]

    def save(self, out: Path) -> None:
        """Write the workbook, whole or not at all. Raises HosoError where it cannot be written."""

        def fill(stream: IO[bytes]) -> None:
            self._book.save(stream)

        if out.suffix.lower() != ".xlsm":
            self._book.vba_archive = None
        write_atomically(out, fill)


class SheetGrid:
    """A sheet of a workbook. Satisfies ``columns.Grid``."""

    def __init__(self, book: Workbook, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self.name: str | None = sheet.title
        self.visible: bool = sheet.sheet_state == "visible"
        self._cells: dict[tuple[int, int], Any] = sheet._cells  # asking for a cell by its public name makes it
        filled = [place for place, cell in self._cells.items() if cell.value is not None]
        self.height = max((row for row, _ in filled), default=0)
        self.width = max((column for _, column in filled), default=0)

    def text(self, row: int, column: int) -> str:
        """See ``columns.Grid``; of a formula its last value."""
        row, column = self._merged.get((row, column), (row, column))
        cell = self._cells.get((row, column))
        if cell is None or cell.value is None:
            return ""
        if cell.data_type == "f":
            return self._computed.get((row, column)) or _text(cell.value)
        return _text(cell.value)

    @cached_property
    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Merged cells → the cell that has their text. A title over the whole table is the text of its first cell."""
        found = {}
        for merged in self._sheet.merged_cells.ranges:
            for row in range(merged.min_row, merged.max_row + 1):
                found[row, merged.min_col] = (merged.min_row, merged.min_col)
        return found

    @cached_property
    def _computed(self) -> dict[tuple[int, int], str]:
        """What the program that saved the workbook had computed for its formulas."""
        from openpyxl import load_workbook

        book = load_workbook(self._book.path, data_only=True)
        return {
            place: _text(value)
            for place, cell in book[self.name or ""]._cells.items()
            if (value := cell.value) is not None
            and (own := self._cells.get(place)) is not None
            and own.data_type == "f"
        }

    def add_columns(self, header: int, headings: Sequence[str], rows: Mapping[int, Sequence[str]]) -> None:
        """Write columns at the right of all that the sheet holds: headings in row ``header`` (0: none), texts by row.
        Raises HosoError where the sheet has no room."""
        last = max([self.width, *(merged.max_col for merged in self._sheet.merged_cells.ranges)])
        tables = list(self._sheet.tables.values())
        last = max([last, *(_range(table.ref).max_col for table in tables)])
        if last + len(headings) > _MOST_COLUMNS:
            raise HosoError(say("convert_too_wide", name=self.name))
        if header:
            self._write_headings(header, last, headings)
        self._write_rows(last, rows)
        self._widen(header, last, headings)

    def _write_headings(self, header: int, last: int, headings: Sequence[str]) -> None:
        beside = self._beside(header, last)
        for offset, heading in enumerate(headings, start=1):
            cell = self._sheet.cell(header, last + offset)
            if beside is not None:
                cell._style = copy(beside._style)
            put_text(cell, heading)

    def _write_rows(self, last: int, rows: Mapping[int, Sequence[str]]) -> None:
        styles: dict[bytes, Any] = {}
        for row, texts in rows.items():
            beside = self._beside(row, last)
            known = beside._style.tobytes() if beside is not None else b""
            for offset, text in enumerate(texts, start=1):
                if not text and beside is None:
                    continue
                cell = self._sheet.cell(row, last + offset)
                style = styles.get(known)
                if style is None:
                    style = styles[known] = _text_style(cell, beside)
                cell._style = style
                if text:
                    put_text(cell, text)

    def _beside(self, row: int, last: int) -> Any:
        """The cell at the right end of a row, where it has a style."""
        for column in range(last, 0, -1):
            cell = self._cells.get((row, column))
            if cell is not None and (cell.has_style or cell.value is not None):
                return cell
        return None

    def _widen(self, header: int, last: int, headings: Sequence[str]) -> None:
        """Widths for the new columns; the filter and the table that ended where they begin take them in."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.table import TableColumn

        for offset, heading in enumerate(headings, start=1):
            self._sheet.column_dimensions[get_column_letter(last + offset)].width = _width(heading, offset)
        if header and self._sheet.auto_filter.ref and (area := _range(self._sheet.auto_filter.ref)).min_row == header:
            area.expand(right=last + len(headings) - area.max_col)
            self._sheet.auto_filter.ref = area.coord
        for table in self._sheet.tables.values():
            area = _range(table.ref)
            if area.min_row != header or area.max_col != last:
                continue
            area.expand(right=len(headings))
            table.ref = area.coord
            if table.autoFilter is not None:
                table.autoFilter.ref = area.coord
            ids = max(column.id for column in table.tableColumns)
            names = {column.name for column in table.tableColumns}
            for offset, heading in enumerate(headings, start=1):
                name = heading if heading not in names else f"{heading} ({offset})"
                table.tableColumns.append(TableColumn(id=ids + offset, name=name))
                put_text(self._sheet.cell(header, last + offset), name)


def sniff(path: Path) -> str:
    """ "xlsx" or "csv" by content and name. Raises HosoError, with what to do, for a spreadsheet of the old kind, one
    with a password, and what is neither; OSError."""
    with path.open("rb") as stream:
        start = stream.read(len(_OLE))
        if start == _OLE:
            key = "convert_encrypted" if _ENCRYPTED in start + stream.read() else "convert_old_xls"
            raise HosoError(say(key, name=path.name), code="unreadable")
    suffix = path.suffix.lower()
    if start.startswith(_ZIP):
        if suffix in (".xlsx", ".xlsm"):
            return "xlsx"
        raise HosoError(say("convert_wrong_kind", name=path.name), code="unreadable")
    if suffix in (".csv", ".tsv", ".txt"):
        return "csv"
    key = "convert_not_workbook" if suffix in (".xlsx", ".xlsm") else "convert_wrong_kind"
    raise HosoError(say(key, name=path.name), code="unreadable")


def _text(value: Any) -> str:
    """A cell's value as text; of a number or a day as ``cell_text`` has it."""
    if isinstance(value, int | float | date | datetime):
        return cell_text(value)
    return lines(str(value))


def _range(reference: str) -> Any:
    from openpyxl.worksheet.cell_range import CellRange

    return CellRange(reference)


_WIDTHS = (30, 12, 24, 24, 30, 14, 22, 10, 70)


def _width(heading: str, offset: int) -> int:
    return max(_WIDTHS[offset - 1] if offset <= len(_WIDTHS) else 20, min(len(heading) + 2, 30))


def _text_style(cell: Any, beside: Any) -> Any:
    """The style of a new cell: font, border and fill of its neighbour; a text, so that codes keep their zeros."""
    from openpyxl.styles import Alignment

    if beside is not None:
        cell._style = copy(beside._style)
        cell.quotePrefix = False
        cell.alignment = Alignment(vertical=beside.alignment.vertical, wrap_text=False)
    cell.number_format = "@"
    return copy(cell._style)
