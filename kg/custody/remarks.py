"""What to look at in rows that are taken over: said at load and at ``--check``, with the rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.custody.headings import Heading, describes
from kg.readers.tables.grid import Row

Line = tuple[str | None, int]
"""Sheet (None for CSV) and row."""

CODES = (
    "several_files", "open_condition", "unread_column", "issuer_of_head", "files_differ", "files_silent", "body_unknown", "body_near",
    "body_no_unit", "body_ended", "body_not_begun", "giver_not_holder", "several_givers",
    "conditions_open", "to_come",
)  # fmt: skip
"""Every remark there is, each a message ``facts_check_<code>``."""

OF_FACTS = ("open_condition",)
"""Those that stay with a fact (``Fact.remarks``), because its list alone tells them: it leaves a condition empty that its
table has a column for. Answers that rest on it say them, each a message ``to_check_<code>``."""


@dataclass(frozen=True, slots=True)
class Remark:
    """``code`` of ``CODES``; ``about`` what it is about (a heading, a body, a fonds), ``value`` what stands against it;
    the rows."""

    code: str
    about: str
    value: str
    lines: tuple[Line, ...]

    def to_json(self) -> dict[str, Any]:
        """As it stands in answers."""
        return {
            "code": self.code,
            "about": self.about,
            "value": self.value,
            "rows": [{"sheet": sheet, "row": row} for sheet, row in self.lines],
        }


def unread_cells(heading: Heading, row: Row) -> Iterator[str]:
    """The headings of columns that are not known and that the row fills: of more than a single file they may narrow what
    it means."""
    used = {*heading.columns.values(), *heading.left}
    for position, label in enumerate(heading.labels):
        filled = position < len(row.cells) and bool(row.cells[position])
        if label and filled and position not in used and not describes(label):
            yield label
