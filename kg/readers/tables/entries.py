"""The rows of a table, each as what it says of a document, a file, a bundle, a register or a fonds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kg.messages import say
from kg.readers.model import RowProblem
from kg.readers.tables import values
from kg.readers.tables.folded import words
from kg.readers.tables.grid import Row, Sheet
from kg.readers.tables.header import Column, Header, is_between, meaning
from kg.readers.tables.values import BadValue

T = TypeVar("T")

_SHARED = frozenset(
    {"retention", "access", "secrecy", "note", "sheets", "pages", "condition", "since", "until", "kept"}
)
"""Columns that both file and document have: in a flat sheet that has both, the first is the file's."""
_OF_FONDS = frozenset(
    {"fonds_total", "fonds_scheme", "fonds_language", "fonds_backup", "fonds_archive", "fonds_paper_total",
     "fonds_paper_digitised", "fonds_other_types", "fonds_lookup_tools", "fonds_insured_pages"}
)  # fmt: skip
_CODED = {"file": ("file_code", "file_archive_code"), "bundle": ("bundle_code",)}
"""Columns of codes, by kind: where there is one, the running number of a row is no code."""
_CODES = frozenset(code for codes in _CODED.values() for code in codes)
_TITLES = ("file_title", "bundle_title", "title_any")
_ORDINAL = re.compile(r"(?:[IVXLC]+|[A-Z]|\d+)[.)]?$")
_STRICTEST = ("open", "conditional", "secret")


@dataclass(slots=True)
class Entry:
    """One row. ``cells`` is ``{key of labels.yaml: text}``, ``file_cells`` the same for the file in a flat sheet of
    documents; ``values`` is ``{label: text}`` of every column, ``unknown`` of those without a meaning here."""

    row: str
    kind: str
    cells: dict[str, str]
    file_cells: dict[str, str]
    values: dict[str, Any]
    unknown: dict[str, Any]
    group: str | None = None
    secrecy: str | None = None
    problems: list[RowProblem] = field(default_factory=list)
    _access: dict[bool, str | None] = field(default_factory=dict)

    def get(self, key: str) -> str | None:
        """The cell of that meaning, None where it is empty."""
        return self.cells.get(key) or None

    def read(self, key: str, parse: Callable[[str], T], *, of_file: bool = False) -> T | None:
        """The cell as a value; a cell that cannot be read is a problem of the row, and no value."""
        text = (self.file_cells if of_file else self.cells).get(key)
        if not text:
            return None
        try:
            return parse(text)
        except BadValue as error:
            message = say(f"row_{error.kind}", row=self.row, text=error.text[:60])
            self.problems.append(RowProblem(self.row, error.kind, message))
            return None

    def access(self, *, of_file: bool = False) -> str | None:
        """open, conditional, secret, or None where nothing is said; an unknown word counts as conditional, and the
        strictest of column, secrecy and note holds."""
        if of_file not in self._access:
            self._access[of_file] = self._told_access(of_file)
        return self._access[of_file]

    def _told_access(self, of_file: bool) -> str | None:
        cells = self.file_cells if of_file else self.cells
        told: list[str] = []
        if cells.get("access"):
            told.append(self.read("access", values.access, of_file=of_file) or "conditional")
        if mark := cells.get("secrecy"):
            told.extend(self._told_secrecy(mark))
        if note := values.note_access(cells.get("note", "")):
            told.append(note)
        return max(told, key=_STRICTEST.index) if told else None

    def _told_secrecy(self, mark: str) -> list[str]:
        """A column of secrecy holds a level, or a word for none; anything else counts as secret and is a problem."""
        if values.secrecy(mark):
            return ["secret"]
        if values.is_no_secrecy(mark):
            return []
        message = say("row_bad_secrecy", row=self.row, text=mark[:20])
        self.problems.append(RowProblem(self.row, "bad_secrecy", message))
        return ["secret"]


def strictest(*levels: str | None) -> str | None:
    """The strictest of access levels, None where none is told."""
    told = [level for level in levels if level]
    return max(told, key=_STRICTEST.index) if told else None


def read_entries(sheet: Sheet, header: Header, place: str) -> Iterator[Entry]:
    """The entries under a header; ``place`` is the table's name for messages. Group rows of printed lists are kept
    with the entries under them; repeated headings, numbers of columns and closing lines are passed over."""
    group: str | None = None
    for row in sheet.rows[header.index + 1 :]:
        if is_between(row) or _is_furniture(row) or _is_heading_again(row, header):
            continue
        told = [(column, cell) for column, cell in zip(header.columns, row.cells, strict=False) if cell]
        if not told:
            continue
        if title := _group_title(told, header):
            group = title
            continue
        yield _entry(told, header, f"{place}:{row.number}", group)


def _entry(told: list[tuple[Column, str]], header: Header, row: str, group: str | None) -> Entry:
    flat = header.kind == "document" and (header.has("file_title") or header.has("file_archive_code"))
    cells: dict[str, str] = {}
    file_cells: dict[str, str] = {}
    everything: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    for column, cell in told:
        label = column.label or "?"
        label = f"{label} (2)" if label in everything else label
        everything[label] = cell
        if column.key is None or column.key == "kept" or _is_elsewhere(column.key, header.kind):
            unknown[label] = cell
            continue
        if flat and column.key in _SHARED and header.keys[column.key] > 1 and column is header.first[column.key]:
            file_cells[column.key] = cell
        else:
            cells[column.key] = cell if column.key not in cells or column.key in _SHARED else cells[column.key]
    if header.kind in _CODED and any(header.has(key) for key in _CODED[header.kind]):
        cells.pop("row_number", None)
    for key, value in header.above.items():
        cells.setdefault(key, value)
    if " " in cells.get("fonds_code", ""):
        # "Phông: Ủy ban nhân dân xã ..." names the fonds, a code is one word.
        cells.setdefault("fonds_name", cells.pop("fonds_code"))
    entry = Entry(row, header.kind, cells, file_cells, everything, unknown, group)
    entry.secrecy = _secrecy(entry)
    return entry


def _is_elsewhere(key: str, kind: str) -> bool:
    """Whether a column has its meaning in a table of fonds alone ("Ngôn ngữ", "Tổng số tài liệu")."""
    return key in _OF_FONDS and kind != "fonds"


def _secrecy(entry: Entry) -> str | None:
    if entry.access() != "secret":
        return None
    told = (values.secrecy(entry.cells.get(key, "")) for key in ("secrecy", "access", "note"))
    return next((level for level in told if level), "mat")


def _is_furniture(row: Row) -> bool:
    """A heading said again on the next page, or the row of column numbers under it."""
    filled = [cell for cell in row.cells if cell]
    numbers = [cell.strip("()") for cell in filled]
    if len(numbers) > 2 and numbers[0] == "1" and numbers == [str(number) for number in range(1, len(numbers) + 1)]:
        return True
    if len(filled) <= 2:
        return False
    others = 0
    for cell in filled:
        # Most rows are told to be no heading by their first cells.
        others += meaning(cell) is None
        if others * 2 >= len(filled):
            return False
    return True


def _is_heading_again(row: Row, header: Header) -> bool:
    """Whether a row of a narrow list is its heading, said again on the next page."""
    labels = tuple(column.label for column in header.columns)
    return row.cells[: len(labels)] == labels and not any(row.cells[len(labels) :])


def _group_title(told: list[tuple[Column, str]], header: Header) -> str | None:
    """The heading of a group ("II. Tài chính") in a list of files: a title, with at most its number beside it."""
    if header.kind not in ("file", "bundle") or len(told) > 2:
        return None
    texts = [cell for column, cell in told if not _ORDINAL.match(cell)]
    if len(texts) != 1:
        return None
    column = next(column for column, cell in told if cell == texts[0])
    if len(told) == 1:
        # A file's code alone, or a title where titles stand without a number, is an entry of a meagre list.
        meagre = len([known for known in header.columns if known.key]) <= 2
        return None if meagre or column.key in _CODES else texts[0]
    other, number = next((column, cell) for column, cell in told if cell != texts[0])
    if column.key in _CODES and _is_code(texts[0], number, header):
        return None
    return texts[0] if other.key in ("row_number", None) or not words(texts[0]) else None


def _is_code(text: str, number: str, header: Header) -> bool:
    """Whether what stands in a column of codes is one, with a number beside it and nothing else: where the list has
    titles, one word with a digit in it; where it has none, all but the name of a group ("I", "TÀI CHÍNH")."""
    has_digit = any(map(str.isdigit, text))
    if any(header.has(key) for key in _TITLES):
        return has_digit and len(text.split()) == 1
    return has_digit or number.strip(".)").isdigit()


def bare(entry: Entry) -> Mapping[str, Any]:
    """What is kept of a secret row's columns: its level."""
    return {"secrecy": entry.secrecy or "mat"}
