"""A table file as sheets of rows of plain text: CSV in the encodings and dialects in use, XLSX with several sheets."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kg.errors import Unreadable
from kg.messages import say
from kg.readers.encodings import UndecidableEncoding, decode

_DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_LINES = 50
_LARGEST_CELL = 1 << 20
_LARGEST_BOOK = 1 << 30
"""Bytes of a workbook unpacked: more is a decompression bomb."""
_LARGEST_WHOLE = 1 << 25
"""Bytes unpacked up to which a workbook is taken in whole, with its merged cells; a larger one is streamed without."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_BOOK = "Book".encode("utf-16-le"), "Workbook".encode("utf-16-le")
"""Streams of the old kind ([MS-XLS] 2.1.2, "Book" before 1997), as the container's directory names them."""
_XLSX_SUFFIXES = frozenset({".xlsx", ".xlsm"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its number from 1 as users see it, its cells as text without blanks around."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; ``name`` is None for CSV."""

    name: str | None
    rows: tuple[Row, ...]


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a CSV or XLSX file, rows without content left out. Raises Unreadable with reason ``bad_table``,
    ``empty`` or ``encoding``; OSError."""
    refuse_old(path)
    if path.suffix.lower() in _XLSX_SUFFIXES:
        return tuple(_xlsx(path))
    return (_csv(path),)


def refuse_old(path: Path) -> None:
    """Raise Unreadable, with what to do, for a spreadsheet of the old kind (.xls) and one with a password: both are OLE
    containers, not packages. Raises OSError."""
    with path.open("rb") as stream:
        start = stream.read(len(_OLE))
        if start == _OLE:
            data = stream.read()
            renamed = path.suffix.lower() in _XLSX_SUFFIXES and not any(name in data for name in _OLD_BOOK)
            key = "unreadable_password" if renamed or _ENCRYPTED in data else "unreadable_old_xls"
            raise Unreadable(say(key, name=path.name), reason="bad_table")


def _csv(path: Path) -> Sheet:
    data = path.read_bytes()
    if not data:
        raise Unreadable(say("unreadable_empty", name=path.name), reason="empty")
    try:
        text = decode(data).text
    except UndecidableEncoding:
        raise Unreadable(say("unreadable_encoding", name=path.name), reason="encoding") from None
    csv.field_size_limit(_LARGEST_CELL)
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter(text))
    rows = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(reader.line_num, tuple(_clean(cell) for cell in cells)))
    except csv.Error as error:
        raise Unreadable(say("unreadable_bad_table", name=path.name), reason="bad_table") from error
    return Sheet(None, tuple(rows))


def delimiter(text: str) -> str:
    """The one under which most of the first rows have the same number of cells, more than one; a comma otherwise."""
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    best, best_score = ",", 0
    for mark in _DELIMITERS:
        try:
            widths = [len(cells) for cells in csv.reader(io.StringIO(sample), delimiter=mark) if cells]
        except csv.Error:
            continue
        wide = [width for width in widths if width > 1]
        usual = max(set(wide), key=lambda width: (wide.count(width), width), default=1)
        score = wide.count(usual) * min(usual, 3)
        if score > best_score:
            best, best_score = mark, score
    return best


def _xlsx(path: Path) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    try:
        streamed = check_package(path) > _LARGEST_WHOLE
        book = load_workbook(path, read_only=streamed, data_only=True)
        try:
            for sheet in book.worksheets:
                if streamed:
                    # Some programs write a wrong size of the sheet, which would cut rows off.
                    sheet.reset_dimensions()
                cells = [[cell_text(value) for value in values] for values in sheet.iter_rows(values_only=True)]
                if not streamed:
                    _fill_merged(cells, sheet.merged_cells.ranges)
                rows = (Row(number, tuple(row)) for number, row in enumerate(cells, start=1))
                yield Sheet(sheet.title, tuple(row for row in rows if any(row.cells)))
        finally:
            book.close()
    except Unreadable:
        raise
    except OSError:
        raise
    except Exception as error:  # openpyxl lets errors of every library under it through
        raise Unreadable(say("unreadable_bad_table", name=path.name), reason="bad_table") from error


def _fill_merged(cells: list[list[str]], ranges: Iterable[Any]) -> None:
    """A cell that printed lists stretch over several rows (the box of its files) holds for each of them."""
    for merged in ranges:
        value = cells[merged.min_row - 1][merged.min_col - 1]
        for row in cells[merged.min_row : merged.max_row]:
            row[merged.min_col - 1] = value


def check_package(path: Path) -> int:
    """The bytes that a workbook unpacks to. Refuses those that unpack to too much, or whose parts define entities."""
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
        size = sum(part.file_size for part in parts)
        bad = size > _LARGEST_BOOK
        for part in parts:
            if not bad and part.filename.endswith((".xml", ".rels")):
                with package.open(part) as stream:
                    bad = b"<!DOCTYPE" in stream.read(1024)
    if bad:
        raise Unreadable(say("unreadable_bad_table", name=path.name), reason="bad_table")
    return size


def cell_text(value: Any) -> str:
    """A cell as a person would write it: dates ISO, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _clean(str(value))


def _clean(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())
