"""Tables written for spreadsheet programs: CSV and XLSX that never carry a formula of a record's text, written whole
or not at all."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from kg.errors import HosoError
from kg.messages import say

Cell = Any
"""A cell's value: text, number, date, None; anything else is written as its text."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What spreadsheet programs take for the beginning of a formula (OWASP, CSV injection), full-width forms too."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BAD_IN_TITLE = re.compile(r"[\\/*?:\[\]]")
_LONGEST_CELL = 32_767
_LONGEST_TITLE = 31
_WIDEST = 60
_NARROWEST = 8


def safe_text(value: Cell) -> Cell:
    """Text that a spreadsheet program shows as it is: an apostrophe before what would be a formula, control characters
    as blanks. Numbers, dates and None are given back unchanged."""
    if not isinstance(value, str):
        return value
    clean = _CONTROLS.sub(" ", value)
    return f"'{clean}" if clean.lstrip(" ").startswith(_FORMULA_STARTS) else clean


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table in UTF-8 with the mark that Excel needs. Raises HosoError(bad_input) when ``path`` cannot be
    written; what stood there before stays until the new file is whole."""

    def fill(stream: IO[bytes]) -> None:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow([safe_text(cell) for cell in header])
        writer.writerows([safe_text(cell) for cell in row] for row in rows)
        text.flush()
        text.detach()

    write_atomically(path, fill)


def write_xlsx(path: Path, sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]]) -> None:
    """Write a workbook: ``{title: (header, rows)}``, in order. All text is text, also when it looks like a formula.
    Raises HosoError(bad_input) when ``path`` cannot be written, which leaves what stood there."""
    from openpyxl import Workbook

    def fill(stream: IO[bytes]) -> None:
        book = Workbook(write_only=True)
        used: set[str] = set()
        for title, (header, rows) in sheets.items():
            fill_sheet(book.create_sheet(sheet_title(title, used)), header, rows)
        if not sheets:
            book.create_sheet("1")
        book.save(stream)

    write_atomically(path, fill)


def write_atomically(path: Path, fill: Callable[[IO[bytes]], None]) -> None:
    """Have ``fill`` write to a file beside ``path`` and put it in its place when that ended well. Raises
    HosoError(bad_input) where the folder does not exist, ``path`` is one, or the system refuses."""
    check_place(path)
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise HosoError(say("sheet_cannot_write", path=path, why=error.strerror or type(error).__name__)) from error
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            fill(stream)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, path)
    except OSError as error:
        raise HosoError(say("sheet_cannot_write", path=path, why=error.strerror or type(error).__name__)) from error
    finally:
        Path(temporary).unlink(missing_ok=True)


def check_place(path: Path) -> None:
    """Raise HosoError(bad_input), which says why, where no file can be written to ``path``: it is a folder, or its
    folder is not there."""
    if path.is_dir():
        raise HosoError(say("sheet_is_folder", path=path))
    if not path.parent.is_dir():
        raise HosoError(say("sheet_no_folder", path=path, folder=path.parent))


def put_text(cell: Any, text: str) -> None:
    """Give a cell of openpyxl a text that is shown as it is: never a formula or an error, control characters as
    blanks."""
    cell.value = _CONTROLS.sub(" ", text)[:_LONGEST_CELL]
    # openpyxl takes text that begins with "=" for a formula, and error words for errors.
    cell.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True


def fill_sheet(sheet: Any, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write headings, frozen and bold, and rows to an empty sheet of openpyxl. All text is text."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for index, label in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = min(max(len(label) + 2, _NARROWEST), _WIDEST)

    def cell(value: Cell) -> Any:
        made: Any = WriteOnlyCell(sheet, value=None)
        if isinstance(value, str):
            put_text(made, value)
        elif value is None or isinstance(value, bool | int | float | date | datetime):
            made.value = value
        else:
            made.value = str(value)[:_LONGEST_CELL]
            made.data_type = "s"
        return made

    heads = [cell(label) for label in header]
    for head in heads:
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="top")
    try:
        sheet.append(heads)
        for row in rows:
            sheet.append([cell(value) for value in row])
    except BaseException:
        # A sheet left open makes openpyxl complain when it is collected.
        if hasattr(sheet, "close"):
            sheet.close()
        raise


def sheet_title(title: str, used: set[str]) -> str:
    """A title that Excel takes: 31 characters at most, without its signs, unlike the ``used`` ones (in small letters),
    to which it is added."""
    clean = _BAD_IN_TITLE.sub("-", title).strip("' ")[:_LONGEST_TITLE] or "1"
    number = 2
    unique = clean
    while unique.lower() in used:
        ending = f" ({number})"
        unique = clean[: _LONGEST_TITLE - len(ending)] + ending
        number += 1
    used.add(unique.lower())
    return unique
