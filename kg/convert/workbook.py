"""A workbook that is converted: its sheets as text, and new columns beside what stands there."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import IO, Any

from kg.convert.columns import lines
from kg.errors import HosoError
from kg.messages import say
from kg.readers.tables.grid import cell_text, check_package, refuse_old
from kg.sheets import fill_sheet, put_text, sheet_title, write_atomically

_MOST_COLUMNS = 16_384
_MOST_ROWS = 1_048_575
"""Rows of one sheet of possibilities, its headings left out: what Excel takes."""
_ZIP = b"PK\x03\x04"


class Workbook:
    """An XLSX or XLSM file, held whole."""

    def __init__(self, path: Path, *, keep_macros: bool = False) -> None:
        """``keep_macros``: its program, if it has one, is kept. Raises HosoError for what is no sound workbook, with
        what to do, and OSError."""
        from openpyxl import load_workbook

        self.path = path
        try:
            check_package(path)
            # openpyxl, told to keep a program, refers to it whether there is one or not: Excel refuses such a file.
            keep_macros = keep_macros and has_macros(path)
            self._book: Any = load_workbook(path, rich_text=True, keep_vba=keep_macros)
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

        if out.suffix.lower() == ".xlsm" and not self._book.vba_archive:
            self._book.__class__ = _macro_enabled()
        write_atomically(out, fill)

    def close(self) -> None:
        """Let go of what is held for the program in it: openpyxl does not, and complains when it is collected."""
        if self._book.vba_archive:
            self._book.vba_archive.close()


class SheetGrid:
    """A sheet of a workbook. Satisfies ``columns.Grid``."""

    def __init__(self, book: Workbook, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self.name: str | None = sheet.title
        self.visible: bool = sheet.sheet_state == "visible"
        self._cells: dict[tuple[int, int], Any] = sheet._cells  # asking for a cell by its public name makes it
        filled = [place for place, cell in self._cells.items() if _is_filled(cell.value)]
        self.height = max((row for row, _ in filled), default=0)
        self.width = max((column for _, column in filled), default=0)
        self.filled_columns = sorted({column for _, column in filled})
        merged = (row for (row, _), place in self._merged.items() if row <= self.height and self.text(*place))
        self.filled_rows = sorted({row for row, _ in filled}.union(merged))

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
        beside = self._beside(last).get(header)
        for offset, heading in enumerate(headings, start=1):
            cell = self._sheet.cell(header, last + offset)
            if beside is not None:
                cell._style = copy(beside._style)
            put_text(cell, heading)

    def _write_rows(self, last: int, rows: Mapping[int, Sequence[str]]) -> None:
        styles: dict[bytes, Any] = {}
        neighbours = self._beside(last)
        for row, texts in rows.items():
            beside = neighbours.get(row)
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

    def _beside(self, last: int) -> dict[int, Any]:
        """By row, the cell at its right end up to a column, where it has a style."""
        found: dict[int, Any] = {}
        for (row, column), cell in self._cells.items():
            if column <= last and (cell.has_style or cell.value is not None):
                known = found.get(row)
                if known is None or known.column < column:
                    found[row] = cell
        return found

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
    refuse_old(path)
    with path.open("rb") as stream:
        start = stream.read(len(_ZIP))
    suffix = path.suffix.lower()
    if start.startswith(_ZIP):
        if suffix in (".xlsx", ".xlsm"):
            return "xlsx"
        raise HosoError(say("convert_wrong_kind", name=path.name), code="unreadable")
    if suffix in (".csv", ".tsv", ".txt"):
        return "csv"
    key = "convert_not_workbook" if suffix in (".xlsx", ".xlsm") else "convert_wrong_kind"
    raise HosoError(say(key, name=path.name), code="unreadable")


def has_macros(path: Path) -> bool:
    """Whether a workbook has a program in it, whatever its name. Raises OSError and BadZipFile."""
    with zipfile.ZipFile(path) as package:
        return any(name.endswith("vbaProject.bin") for name in package.namelist())


@cache
def _macro_enabled() -> type[Any]:
    """The class of a workbook without a program that is written under a name for such with one: Excel opens an .xlsm
    only where its type says so too."""
    from openpyxl import Workbook as Plain
    from openpyxl.xml.constants import XLSM

    return type("MacroEnabled", (Plain,), {"mime_type": XLSM})


def _text(value: Any) -> str:
    """A cell's value as text; of a number or a day as ``cell_text`` has it."""
    if isinstance(value, int | float | date | datetime):
        return cell_text(value)
    return lines(str(value))


def _is_filled(value: Any) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


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
