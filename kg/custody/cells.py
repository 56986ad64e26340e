"""The cells of a row by role, and what is wrong with them: a row tells all that it lacks at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from kg import wording
from kg.custody.headings import Heading, Role
from kg.custody.paper import Paper
from kg.localities.rows import BadRow
from kg.messages import say
from kg.readers.tables.folded import words
from kg.readers.tables.grid import Row
from ontology import dates
from ontology.errors import BadDate

T = TypeVar("T")

EARLIEST = "1945"
"""No paper of the state's bodies is older (the state was founded on 2 September 1945)."""


@dataclass(frozen=True, slots=True)
class Above:
    """What the lines over a table say of all of its rows, where it has no column for it: ``values`` by role, the
    ``paper`` that the list is or is an annex of, the ``kind`` that its title tells, the words of a title that
    ``announces`` what is not done yet, the one body named in its ``head``."""

    values: Mapping[Role, str] = field(default_factory=dict)
    paper: Paper | None = None
    kind: str | None = None
    announces: str | None = None
    head: str | None = None


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row by role. Where the table has no such column, what stands over it; where the cell is empty or
    nothing stands there, what was ``given`` with the command."""

    heading: Heading
    row: Row
    above: Above = field(default_factory=Above)
    given: Mapping[Role, str] = field(default_factory=dict)

    def __call__(self, role: Role) -> str:
        own = self.heading.cell(self.row, role)
        if own or role in self.heading.columns:
            return own or self.given.get(role, "")
        return self.above.values.get(role, "") or self.given.get(role, "")

    def has(self, role: Role) -> bool:
        """Whether the table has such a column, or it is said of all rows: an empty cell of it is not filled from
        another."""
        return role in self.heading.columns or role in self.above.values or role in self.given

    def empty(self, role: Role) -> bool:
        """Whether the table has a column for the role that the row leaves empty, or without a word ("-")."""
        return role in self.heading.columns and not words(self(role))


class Problems(list[str]):
    """What is wrong with a row, each thing in one line of the user's language."""

    def read(self, action: Callable[[], T]) -> T | None:
        """What the action gives, None where it found something wrong, which is kept."""
        try:
            return action()
        except BadRow as error:
            self.append(error.why)
            return None

    def refuse(self) -> None:
        """Raise BadRow with all that is wrong, if anything is."""
        if self:
            raise BadRow("; ".join(dict.fromkeys(self)))


def day(cell: str, *, past: bool) -> str | None:
    """The whole day of a cell as ISO, None for an empty one; ``past``: one that is not yet to come. Raises BadRow."""
    return whole_day(cell, past=past) if cell else None


def whole_day(text: str, *, past: bool) -> str:
    """A whole day as ISO; ``past``: one that is not yet to come. Raises BadRow."""
    try:
        found = dates.parse(text, partial=False)
    except BadDate:
        raise BadRow(say("facts_bad_day", text=text)) from None
    if found < EARLIEST:
        raise BadRow(say("facts_day_too_early", date=wording.day(found)))
    if past and found > dates.today():
        raise BadRow(say("local_date_future", date=wording.day(found)))
    return found
