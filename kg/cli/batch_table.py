"""A batch as a table: CSV or XLSX, a question a row, under a heading that names the keys or their Vietnamese words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from kg.cli.fields import Fields, WholeNumber
from kg.errors import HosoError
from kg.messages import knows, say
from ontology.folding import fold

Line = Callable[[int], dict[str, Any]]
"""What makes a request of a line, given its number."""

_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls"})
SUFFIXES: Final = frozenset({".csv", *_WORKBOOKS})


def is_table(name: str) -> bool:
    """Whether a batch of this name is a table."""
    return Path(name).suffix.lower() in SUFFIXES


def lines(path: Path, fields: Fields) -> list[Line]:
    """The rows under the heading as requests; a cell without text stands for a key left out, blank rows at the end do
    not count. Of a workbook the first sheet that holds something; of a formula what the workbook shows for it.

    Raises HosoError for a file that is not there or cannot be read, and for a heading that names what is not known.
    """
    rows = _read(path)
    keys = _heading(rows[0], fields)
    return [partial(_of_row, keys, row, fields) for row in rows[1:]]


def _read(path: Path) -> list[Sequence[str]]:
    """The rows from the heading on, blank ones between them too."""
    if path.is_dir():
        raise HosoError(say("batch_folder", path=path))
    try:
        rows = _of_workbook(path) if path.suffix.lower() in _WORKBOOKS else _of_csv(path)
    except FileNotFoundError:
        raise HosoError(say("no_such_file", path=path)) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise HosoError(say("batch_unreadable", path=path, why=why), code="unreadable") from error
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise HosoError(say("batch_empty", name=path.name))
    return rows


def _of_csv(path: Path) -> list[Sequence[str]]:
    from kg.convert.csv_table import CsvTable

    if not path.read_bytes().strip():
        return []
    rows: list[Sequence[str]] = list(CsvTable(path).rows)
    noted = len(rows[0]) > 0 and rows[0][0].lower().startswith("sep=")
    return rows[1:] if noted else rows  # the line by which Excel is told the delimiter


def _of_workbook(path: Path) -> list[Sequence[str]]:
    from kg.readers.tables.grid import read_sheets

    sheet = next((sheet for sheet in read_sheets(path) if sheet.rows), None)
    if sheet is None:
        return []
    filled = {row.number: row.cells for row in sheet.rows}
    return [filled.get(number, ()) for number in range(min(filled), max(filled) + 1)]


def _heading(cells: Sequence[str], fields: Fields) -> list[str]:
    words = _words(fields)
    keys = [words.get(fold(" ".join(cell.split())), cell.strip()) for cell in cells]
    named = [key for key in keys if key]
    unknown = [key for key in named if key not in fields]
    if unknown or not named:
        known = ", ".join(sorted(fields))
        raise HosoError(say("bad_batch_heading", key=unknown[0] if unknown else "", known=known))
    for key in named:
        if named.count(key) > 1:
            raise HosoError(say("bad_batch_twice", key=key))
    return keys


def _words(fields: Fields) -> dict[str, str]:
    """What the heading may say for each key: the key, and the titles that lists and pages have for it."""
    found: dict[str, str] = {}
    for key in fields:
        for known in (f"column_{key}", f"asked_{key}"):
            if knows(known):
                found |= {fold(say(known, lang=lang)): key for lang in ("vi", "en")}
    return found | {fold(key): key for key in fields}


def _of_row(keys: Sequence[str], row: Sequence[str], fields: Fields, number: int) -> dict[str, Any]:
    cells = {key: cell.strip() for key, cell in zip(keys, row, strict=False) if key and cell.strip()}
    if not cells:
        raise HosoError(say("bad_batch_blank_row", line=number))
    return {
        key: int(cell) if isinstance(fields[key], WholeNumber) and cell.isdecimal() and len(cell) < 19 else cell
        for key, cell in cells.items()
    }
