"""Batches: JSON lines in, or a table (CSV, XLSX) whose heading names the keys; JSON lines out (DESIGN.md §5)."""

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

from kg.cli.batch_table import Line, is_table
from kg.cli.batch_table import lines as lines_of_table
from kg.cli.common import emit, fail
from kg.cli.fields import Fields, check
from kg.errors import HosoError, Unavailable
from kg.messages import say
from kg.questions.failures import translated


def run_batch(batch: str, fields: Fields, answer: Callable[[dict[str, Any], int], Any]) -> None:
    """Answer the lines of a batch in order, each by ``answer(request, number of the line)``: one line out for each line in, blank ones too. A line that cannot be
    answered gives an error object, and the rest goes on.

    ``batch``: a file of JSON lines, a table (``*.csv``, ``*.xlsx``) with the keys as its heading (blank lines at its
    end do not count), or ``-`` for JSON lines from standard input. ``fields``: what a line may hold. An error that nothing
    foresaw is no fault of the line: its code is ``unavailable``.
    """
    lines: Iterable[Line] = (
        _table(batch, fields) if is_table(batch) else (partial(_request, line) for line in _lines(batch))
    )
    for number, line in enumerate(lines, start=1):
        emit(_answered(line, number, fields, answer))
        sys.stdout.flush()


def _answered(line: Line, number: int, fields: Fields, answer: Callable[[dict[str, Any], int], Any]) -> Any:
    try:
        request = line(number)
        check(request, fields)
        return answer(request, number)
    except Exception as error:
        try:
            return translated(error).to_json()
        except Exception:
            if os.environ.get("HOSO_DEBUG"):
                traceback.print_exception(error)
            return Unavailable(say("unexpected_line", line=number, kind=type(error).__name__)).to_json()


def _table(batch: str, fields: Fields) -> Sequence[Line]:
    """The lines of a table; one that cannot be used is one error, not one a line."""
    try:
        return lines_of_table(Path(batch), fields)
    except HosoError as error:
        fail(error, as_json=True)


def _lines(batch: str) -> Iterator[bytes]:
    if batch == "-":
        yield from _without_mark(getattr(sys.stdin, "buffer", None) or (line.encode() for line in sys.stdin))
        return
    with _opened(batch) as stream:
        yield from _without_mark(stream)


def _opened(batch: str) -> BinaryIO:
    if Path(batch).is_dir():
        fail(HosoError(say("batch_folder", path=batch)), as_json=True)
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
