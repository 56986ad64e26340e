"""A CSV table that is converted: every record stays as it is written, new fields follow."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from kg.convert.columns import lines
from kg.errors import HosoError, Unreadable
from kg.messages import say
from kg.readers.encodings import UndecidableEncoding, decode
from kg.readers.tables.grid import delimiter
from kg.sheets import safe_text, write_atomically

_LARGEST_CELL = 1 << 20
_NOTED = "sep="
"""The line by which Excel is told the delimiter."""


class CsvTable:
    """A CSV text as records: cells, and the text that they stand in. Satisfies ``columns.Grid``."""

    name: str | None = None

    def __init__(self, path: Path) -> None:
        """Raises Unreadable for no text, and OSError."""
        data = path.read_bytes()
        if not data.strip():
            raise HosoError(say("convert_empty", name=path.name))
        try:
            text = decode(data).text
        except UndecidableEncoding:
            raise Unreadable(say("unreadable_encoding", name=path.name), reason="encoding") from None
        noted = text[: len(_NOTED)].lower() == _NOTED
        self.delimiter = text[len(_NOTED)] if noted and len(text) > len(_NOTED) else delimiter(text)
        self._raw: list[str] = []
        self.rows: list[list[str]] = []
        csv.field_size_limit(_LARGEST_CELL)
        lines = list(io.StringIO(text, newline=""))
        reader = csv.reader(iter(lines), delimiter=self.delimiter)
        first = 0
        try:
            for cells in reader:
                self.rows.append(cells)
                self._raw.append("".join(lines[first : reader.line_num]))
                first = reader.line_num
        except csv.Error as error:
            raise Unreadable(say("unreadable_bad_table", name=path.name), reason="bad_table") from error
        self.height = len(self.rows)
        self.width = max(map(len, self.rows), default=0)
        self.filled_rows = [row for row, cells in enumerate(self.rows, start=1) if any(map(str.strip, cells))]
        self.filled_columns = sorted(
            {column for cells in self.rows for column, cell in enumerate(cells, start=1) if cell and cell.strip()}
        )
        self._newline = next((_ending(raw) for raw in self._raw if _ending(raw)), "\r\n")

    def text(self, row: int, column: int) -> str:
        """See ``columns.Grid``."""
        cells = self.rows[row - 1]
        return lines(cells[column - 1]) if column <= len(cells) else ""

    def write(self, path: Path, added: Mapping[int, Sequence[str]]) -> None:
        """Write the table with fields behind the records named (by row), in UTF-8 with the mark that Excel needs.
        Raises HosoError where ``path`` cannot be written."""

        def fill(stream: IO[bytes]) -> None:
            text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=False)
            text.writelines(self._records(added))
            text.flush()
            text.detach()

        write_atomically(path, fill)

    def write_beside(self, path: Path, rows: Iterable[Sequence[object]]) -> None:
        """Write another table in this one's dialect."""

        def fill(stream: IO[bytes]) -> None:
            text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
            writer = csv.writer(text, delimiter=self.delimiter, lineterminator=self._newline)
            writer.writerows([safe_text(cell) for cell in row] for row in rows)
            text.flush()
            text.detach()

        write_atomically(path, fill)

    def _records(self, added: Mapping[int, Sequence[str]]) -> Iterator[str]:
        all_quoted = self._all_quoted(next(iter(added), 1))
        quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
        for row, raw in enumerate(self._raw, start=1):
            fields = added.get(row)
            if fields is None:
                yield raw
                continue
            ending = _ending(raw)
            own = raw[: len(raw) - len(ending)] if ending else raw
            cells = self.rows[row - 1]
            missing = [""] * (self.width - len(cells))
            more = [*missing, *(str(safe_text(field)) for field in fields)]
            if own.count('"') % 2:  # a quote that is never closed would take the new fields in
                yield _record([*cells, *more], self.delimiter, quoting) + (ending or self._newline)
            else:
                yield own + self.delimiter + _record(more, self.delimiter, quoting) + (ending or self._newline)

    def _all_quoted(self, row: int) -> bool:
        raw, cells = self._raw[row - 1], self.rows[row - 1]
        return bool(cells) and raw.count('"') >= 2 * len(cells) and raw.startswith('"')


def _ending(raw: str) -> str:
    return raw[len(raw.rstrip("\r\n")) :]


def _record(fields: Sequence[str], mark: str, quoting: int) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=mark, quoting=quoting, lineterminator="").writerow(fields)  # type: ignore[arg-type]
    return stream.getvalue()
