"""Where a sheet's table begins, what its columns mean, and what the lines above it say for all of its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from kg.readers.tables.folded import compact, data, words
from kg.readers.tables.grid import Row, Sheet
from ontology.agencies import recognise_whole
from ontology.folding import fold
from ontology.names import normalise

_LOOK_AHEAD = 60
"""Rows among which the header is looked for: printed lists have a head, a title and a preface line or two above."""
_LEAST_COLUMNS = 2
_LONGEST_LABEL = 200
"""Characters beyond which a cell is no label, with whatever stands in brackets: a title, a history."""
_FONDS_OF = re.compile(r"phông\s+(?:lưu\s+trữ\s+)?(?!số\b)(.+)", re.IGNORECASE)
"""A line that names a fonds without a colon ("Phông UBND quận Nam Từ Liêm"); a body's name must follow."""
_BRACKETED = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its label as written and its meaning, a key of labels.yaml (None: not known)."""

    label: str
    key: str | None


@dataclass(frozen=True)
class Header:
    """A table's head. ``index`` is its position among the sheet's rows, ``kind`` of its rows (labels.yaml, kinds),
    ``official`` whether its labels alone show it to be a manifest or finding aid, ``above`` what stands over it."""

    index: int
    columns: tuple[Column, ...]
    kind: str
    official: bool
    above: Mapping[str, str] = field(default_factory=dict)

    def has(self, key: str) -> bool:
        """Whether a column has that meaning."""
        return key in self.keys

    @cached_property
    def keys(self) -> Mapping[str, int]:
        """How many columns have each meaning."""
        return Counter(column.key for column in self.columns if column.key)

    @cached_property
    def first(self) -> Mapping[str, Column]:
        """The first column of each meaning."""
        found: dict[str, Column] = {}
        for column in self.columns:
            if column.key:
                found.setdefault(column.key, column)
        return found


def find_header(sheet: Sheet, *, meant: bool = False) -> Header | None:
    """The row with the most known labels among the first, None where no row has two that place its rows. ``meant``: the
    file is named as a list, so that one column which a list needs is enough where no row has two."""
    best: Header | None = None
    known = 0
    for index, row in enumerate(sheet.rows[:_LOOK_AHEAD]):
        columns = tuple(Column(cell, meaning(cell)) for cell in row.cells)
        keys = [column.key for column in columns if column.key]
        kind = _kind(set(keys))
        if len(set(keys)) >= _LEAST_COLUMNS and len(keys) > known and kind:
            known = len(keys)
            best = Header(index, columns, kind, _is_official(columns), _above(sheet.rows[:index]))
    return best or (_one_needed(sheet) if meant else None)


def _one_needed(sheet: Sheet) -> Header | None:
    """The first row with one known label, of a column that says which file or document a row is. A number beside it is
    a value: "Hồ sơ số", "12" stand over a table."""
    needed = set(data("labels.yaml")["needed"])
    for index, row in enumerate(sheet.rows[:_LOOK_AHEAD]):
        columns = tuple(Column(cell, meaning(cell)) for cell in row.cells)
        keys = {column.key for column in columns if column.key}
        if not keys or not keys <= needed or any(map(str.isdigit, "".join(row.cells))):
            continue
        if kind := _kind(keys):
            return Header(index, columns, kind, False, _above(sheet.rows[:index]))
    return None


@lru_cache(maxsize=4096)
def meaning(label: str) -> str | None:
    """The key of a column's label, None when it is not known."""
    if not label or label.isdigit() or len(label) > _LONGEST_LABEL:
        return None
    table = _labels()
    found = table.get(compact(label)) or table.get(compact(_BRACKETED.sub(" ", label)))
    return found[0] if found else None


def is_between(row: Row) -> bool:
    """Whether a row is a closing or page line of a printed list, not an entry."""
    filled = [cell for cell in row.cells if cell]
    if not filled:
        return True
    if len(filled) > 2:
        return False
    first = words(filled[0])
    return any(
        f"{first} ".startswith(f"{folded} ") and _accents_agree(filled[0], mark) for folded, mark in _between()
    )


def _accents_agree(cell: str, mark: str) -> bool:
    """Whether the cell begins with the mark's own accents, or is written without any ("Công an" is no "Cộng")."""
    written = normalise(cell).lower().lstrip(" -+*.:")
    return fold(written) == written or written.startswith(mark.lower())


def _is_official(columns: tuple[Column, ...]) -> bool:
    official = {key for column in columns if (key := _official(column.label)) is not None}
    return len(official) >= _LEAST_COLUMNS and not official.isdisjoint(data("labels.yaml")["identifying"])


def _official(label: str) -> str | None:
    table = _labels()
    found = table.get(compact(label)) or table.get(compact(_BRACKETED.sub(" ", label)))
    return found[0] if found and found[1] else None


def _kind(keys: set[str]) -> str | None:
    for kind, marks in data("labels.yaml")["kinds"]:
        if not keys.isdisjoint(marks):
            return str(kind)
    # A title alone, under a plain label, names documents once something says which they are.
    return None


def _above(rows: tuple[Row, ...]) -> dict[str, str]:
    """Values that stand over the table: "Phông số: 12", "PHÔNG ỦY BAN NHÂN DÂN XÃ ...", a label and its neighbour."""
    found: dict[str, str] = {}
    allowed = set(data("labels.yaml")["above"])
    for row in rows:
        filled = [cell for cell in row.cells if cell]
        for cell, following in zip(filled, [*filled[1:], ""], strict=False):
            key, value = _labelled(cell, following)
            if key in allowed and value:
                found.setdefault(key, value)
    return found


def _labelled(cell: str, following: str) -> tuple[str, str]:
    label, colon, value = cell.partition(":")
    key = meaning(label)
    if key:
        return key, (value.strip(" .…") if value.strip() else following if colon or following else "")
    if cell.isupper() and (match := re.match(r"PHÔNG\s+(?!SỐ\b)(.+)", cell)):
        return "fonds_name", match.group(1)
    if (match := _FONDS_OF.match(cell)) and (body := recognise_whole(match.group(1))) and body.place_name:
        return "fonds_name", match.group(1).strip(" .…")
    if match := re.match(r"(\D+?)\s*(\d[\w./-]*)$", cell):
        return meaning(match.group(1)) or "", match.group(2)
    return "", ""


@cache
def _labels() -> dict[str, tuple[str, bool]]:
    """``{label compact: (key, official)}``."""
    table: dict[str, tuple[str, bool]] = {}
    for key, forms in data("labels.yaml")["columns"].items():
        for form in forms["other"]:
            table.setdefault(compact(form), (key, False))
        for form in forms["official"]:
            table[compact(form)] = (key, True)
    return table


@cache
def _between() -> tuple[tuple[str, str], ...]:
    """Folded and as written."""
    return tuple((words(mark), mark) for mark in data("labels.yaml")["between"])
