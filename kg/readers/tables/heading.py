"""Where the heading of an office's table stands: one row, or two of which the upper stretches over columns.

What a label means is the caller's matter; here rows are tried, and of several columns that mean one thing the one of the
better rank is taken and the others are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.readers.tables.folded import compact
from kg.readers.tables.grid import Row, Sheet

R = TypeVar("R", bound=str)

LOOK_AHEAD = 60
"""Rows among which the heading is looked for: printed lists have a head, a title and a preface line or two above."""


@dataclass(frozen=True, slots=True)
class Label:
    """A column's heading: its own text, and the one above that stretches over it ('' in headings of one row)."""

    own: str
    over: str = ""

    @property
    def text(self) -> str:
        """Both as one: "Văn bản phân công Số"."""
        if not self.own or not self.over or compact(self.own) == compact(self.over):
            return self.own or self.over
        return f"{self.over} {self.own}"

    @property
    def readings(self) -> tuple[str, ...]:
        """How the heading may be read, the fullest first: what stands above may say what the own words are of ("Số"
        below "Văn bản"), or be a mere group."""
        if self.text in (self.own, self.over):
            return (self.text,)
        return self.text, f"{self.own} {self.over}", self.own


@dataclass(frozen=True, slots=True)
class Taken(Generic[R]):
    """The column of each role, and the columns that mean a role which another, better ranked, has."""

    columns: Mapping[R, int]
    left: Mapping[int, R]


@dataclass(frozen=True, slots=True)
class Heading(Generic[R]):
    """A table's head: the position of its last row among the sheet's rows, the rows it is made of, the column of each
    role, the columns ``left`` for a better one, the labels."""

    index: int
    rows: tuple[Row, ...]
    columns: Mapping[R, int]
    left: Mapping[int, R]
    labels: tuple[str, ...]

    def cell(self, row: Row, role: R) -> str:
        """The row's cell for a role, '' where there is none."""
        column = self.columns.get(role)
        return row.cells[column] if column is not None and column < len(row.cells) else ""

    def label(self, role: R) -> str:
        """The heading of a role's column, '' where there is none."""
        column = self.columns.get(role)
        return self.labels[column] if column is not None and column < len(self.labels) else ""

    def repeats(self, row: Row) -> bool:
        """Whether the row says the heading again, as printed lists do on each page."""
        return any(row.cells[: len(own.cells)] == own.cells for own in self.rows)


def find_heading(
    sheet: Sheet, take: Callable[[Sequence[Label]], Taken[R]], full: Callable[[Mapping[R, int]], bool]
) -> Heading[R] | None:
    """The row, or two rows one above the other, whose labels name the most roles, of those that are ``full`` (name what
    the table must have); of equals the first, with the row below it where that goes on with the heading. None where none
    is."""
    best: Heading[R] | None = None
    for index, row in enumerate(sheet.rows[:LOOK_AHEAD]):
        for above, labels in _candidates(sheet.rows, index, row):
            taken = take(labels)
            if full(taken.columns) and (best is None or _is_better(taken, best, above, row)):
                texts = tuple(label.text for label in labels)
                best = Heading(index, (*above, row), taken.columns, taken.left, texts)
    return best


def take_columns(
    labels: Sequence[Label], given: Mapping[R, str], meaning: Callable[[Label], tuple[R, int] | None]
) -> Taken[R]:
    """Columns by role. ``given``: the labels of roles as the user names them; ``meaning``: the role of a label and its
    rank among the labels of that role (0: the best). Of equal ranks the column further left is taken."""
    columns: dict[R, int] = {}
    for role, label in given.items():
        said = compact(label)
        position = next((at for at, one in enumerate(labels) if said in (compact(one.text), compact(one.own))), None)
        if position is not None:
            columns[role] = position
    held = set(columns.values())
    known = ((meaning(label), at) for at, label in enumerate(labels) if at not in held)
    left: dict[int, R] = {}
    for (role, _), at in sorted((told, at) for told, at in known if told is not None):
        if role in columns:
            left[at] = role
        else:
            columns[role] = at
    return Taken(columns, left)


def _candidates(rows: Sequence[Row], index: int, row: Row) -> Iterator[tuple[tuple[Row, ...], tuple[Label, ...]]]:
    yield (), tuple(map(Label, row.cells))
    if index:
        above = rows[index - 1]
        yield (above,), _joined(above.cells, row.cells)


def _is_better(taken: Taken[R], best: Heading[R], above: tuple[Row, ...], row: Row) -> bool:
    told, known = len(taken.columns), len(best.columns)
    return told > known or (told == known and bool(above) and best.rows == above and _goes_on(above[0], row))


def _goes_on(above: Row, row: Row) -> bool:
    """Whether a row parts columns over which a heading above stretches: labels under its blanks, no values."""
    under_blanks = any(
        own and not (position < len(above.cells) and above.cells[position]) for position, own in enumerate(row.cells)
    )
    return under_blanks and not any(char.isdigit() for cell in row.cells for char in cell)


def _joined(above: Sequence[str], below: Sequence[str]) -> tuple[Label, ...]:
    """Two heading rows as one: a label that stretches over several columns holds for each that has one of its own."""
    found: list[Label] = []
    last = ""
    for position in range(max(len(above), len(below))):
        over = above[position] if position < len(above) else ""
        own = below[position] if position < len(below) else ""
        last = over or last
        found.append(Label(own, last if own else over))
    return tuple(found)
