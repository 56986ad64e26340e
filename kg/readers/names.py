"""A list of names of units as users keep it: one name a line, or a column of a table."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from kg.errors import HosoError, Unreadable
from kg.messages import say
from kg.readers.encodings import UndecidableEncoding, decode
from kg.readers.tables.grid import Sheet, read_sheets, refuse_old
from ontology.folding import fold

_TABLES = frozenset({".csv", ".xlsx", ".xlsm"})


def read_names(file: str, columns: Sequence[str] = ()) -> list[str]:
    """The names in a file (``-``: standard input), one a line; of a CSV or XLSX file those of the column with that
    heading, several columns joined with commas in the order given. Rows above the heading are left out.

    Raises HosoError(bad_input) where there is no such file or column, Unreadable for what cannot be read.
    """
    if file == "-":
        return _lines(sys.stdin.buffer.read(), file)
    path = Path(file)
    if not path.is_file():
        raise HosoError(say("no_such_file", path=file))
    try:
        refuse_old(path)
        if path.suffix.lower() not in _TABLES:
            return _lines(path.read_bytes(), path.name)
        return [name for sheet in read_sheets(path) for name in _column(sheet, columns)]
    except OSError as error:
        raise HosoError(say("batch_unreadable", path=file, why=error.strerror or error), code="unreadable") from error


def _lines(data: bytes, name: str) -> list[str]:
    try:
        return [line.strip() for line in decode(data).text.splitlines() if line.strip()]
    except UndecidableEncoding:
        raise Unreadable(say("unreadable_encoding", name=name), reason="encoding") from None


def _column(sheet: Sheet, columns: Sequence[str]) -> list[str]:
    width = max((sum(bool(cell) for cell in row.cells) for row in sheet.rows), default=0)
    if not columns and width <= 1:
        return [next(cell for cell in row.cells if cell) for row in sheet.rows]
    wanted = [_folded(column) for column in columns]
    for index, row in enumerate(sheet.rows):
        headings = [_folded(cell) for cell in row.cells]
        if wanted and all(column in headings for column in wanted):
            places = [headings.index(column) for column in wanted]
            below = sheet.rows[index + 1 :]
            names = (", ".join(cell for place in places if (cell := _cell(row.cells, place))) for row in below)
            return [name for name in names if name]
    fullest = next(row for row in sheet.rows if sum(bool(cell) for cell in row.cells) == width)
    shown = "; ".join(cell for cell in fullest.cells if cell)
    if not columns:
        raise HosoError(say("vintage_column_needed", headings=shown))
    raise HosoError(say("vintage_no_column", name=", ".join(columns), headings=shown))


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _folded(text: str) -> str:
    return " ".join(fold(text).split())
