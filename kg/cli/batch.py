"""Batches: JSON lines in, or a CSV table whose heading names the keys; JSON lines out (DESIGN.md §5)."""

from __future__ import annotations

import codecs
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from kg.cli.common import emit, fail
from kg.cli.fields import Fields, WholeNumber, check
from kg.errors import HosoError, Unavailable
from kg.messages import say
from kg.questions.failures import translated

_Line = Callable[[int], dict[str, Any]]
"""What makes a request of a line, given its number."""


def run_batch(batch: str, fields: Fields, answer: Callable[[dict[str, Any]], Any]) -> None:
    """Answer the lines of a batch in order: one line out for each line in, blank ones too. A line that cannot be
    answered gives an error object, and the rest goes on.

    ``batch``: a file of JSON lines, one called ``*.csv`` with the keys as its heading (blank lines at its end do not
    count), or ``-`` for JSON lines from standard input. ``fields``: what a line may hold. An error that nothing
    foresaw is no fault of the line: its code is ``unavailable``.
    """
    lines: Iterator[_Line] = (partial(_request, line) for line in _lines(batch))
    if batch.lower().endswith(".csv"):
        lines = _table(batch, fields)
    for number, line in enumerate(lines, start=1):
        emit(_answered(line, number, fields, answer))
        sys.stdout.flush()


def _answered(line: _Line, number: int, fields: Fields, answer: Callable[[dict[str, Any]], Any]) -> Any:
    try:
        request = line(number)
        check(request, fields)
        return answer(request)
    except Exception as error:
        try:
            return translated(error).to_json()
        except Exception:
            if os.environ.get("HOSO_DEBUG"):
                traceback.print_exception(error)
            return Unavailable(say("unexpected_line", line=number, kind=type(error).__name__)).to_json()


def _table(batch: str, fields: Fields) -> Iterator[_Line]:
    """The lines of a CSV table as requests; a cell without text stands for a key left out."""
    from kg.convert.csv_table import CsvTable

    try:
        rows = CsvTable(Path(batch)).rows
    except FileNotFoundError:
        fail(HosoError(say("no_such_file", path=batch)), as_json=True)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        fail(HosoError(say("batch_unreadable", path=batch, why=why), code="unreadable"), as_json=True)
    except HosoError as error:
        fail(error, as_json=True)
    filled = [any(cell.strip() for cell in row) for row in rows]
    while filled and not filled[-1]:
        filled.pop()
        rows.pop()
    if filled and len(rows[0]) == 1 and rows[0][0].lower().startswith("sep="):  # by which Excel is told the delimiter
        rows = rows[1:]
    keys = [cell.strip() for cell in rows[0]]
    unknown = [key for key in keys if key and key not in fields]
    if unknown:
        fail(HosoError(say("bad_batch_key", key=unknown[0], known=", ".join(sorted(fields)))), as_json=True)
    for row in rows[1:]:
        yield partial(_of_row, keys, row, fields)


def _of_row(keys: Sequence[str], row: Sequence[str], fields: Fields, number: int) -> dict[str, Any]:
    cells = {key: cell.strip() for key, cell in zip(keys, row, strict=False) if key and cell.strip()}
    if not cells:
        raise HosoError(say("bad_batch_blank", line=number))
    return {
        key: int(cell) if isinstance(fields[key], WholeNumber) and cell.isdecimal() and len(cell) < 19 else cell
        for key, cell in cells.items()
    }


def _lines(batch: str) -> Iterator[bytes]:
    if batch == "-":
        yield from _without_mark(getattr(sys.stdin, "buffer", None) or (line.encode() for line in sys.stdin))
        return
    with _opened(batch) as stream:
        yield from _without_mark(stream)


def _opened(batch: str) -> BinaryIO:
    try:
        return Path(batch).open("rb")
    except FileNotFoundError:
        fail(HosoError(say("no_such_file", path=batch)), as_json=True)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        fail(HosoError(say("batch_unreadable", path=batch, why=why), code="unreadable"), as_json=True)


def _without_mark(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines; Windows programs put a mark before the first."""
    for number, line in enumerate(lines):
        yield line.removeprefix(codecs.BOM_UTF8) if number == 0 else line


def _request(line: bytes, number: int) -> dict[str, Any]:
    if not line.strip():
        raise HosoError(say("bad_batch_blank", line=number))
    try:
        request = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        request = None
    if not isinstance(request, dict):
        raise HosoError(say("bad_batch_line", line=number))
    return request
