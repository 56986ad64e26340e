"""What the columns of a list were taken for, so that who loads it can see it: roles, columns left for better ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg.custody.cells import Above
from kg.custody.headings import Heading, Role, describes
from kg.readers.tables.grid import Sheet


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its heading, its position from 1, the role it has or would have (None: not known)."""

    heading: str
    position: int
    role: Role | None

    def to_json(self) -> dict[str, Any]:
        """As it stands in answers, with the letter that spreadsheet programs show."""
        from openpyxl.utils import get_column_letter

        return {"heading": self.heading, "column": get_column_letter(self.position), "role": self.role}


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns: ``used`` for their roles, ``left`` because another has the role, ``unknown``; ``row`` is that of
    the heading; ``above`` what the lines over the table say of all rows."""

    sheet: str | None
    row: int
    used: tuple[Column, ...]
    left: tuple[Column, ...]
    unknown: tuple[Column, ...]
    above: Above

    def to_json(self) -> dict[str, Any]:
        """``{"sheet", "row", "used": [{"heading", "column", "role"}], "left": [the same + "instead"], "unknown",
        "above": {"values", "paper", "kind"}}``."""
        taken = {column.role: column.heading for column in self.used}
        paper = self.above.paper
        return {
            "sheet": self.sheet,
            "row": self.row,
            "used": [column.to_json() for column in self.used],
            "left": [column.to_json() | {"instead": taken.get(column.role)} for column in self.left],
            "unknown": [column.to_json() for column in self.unknown],
            "above": {
                "values": dict(self.above.values),
                "paper": paper.to_json() if paper else None,
                "kind": self.above.kind,
                "announces": self.above.announces,
                "head": self.above.head,
            },
        }


def columns_of(sheet: Sheet, heading: Heading, above: Above) -> Columns:
    """The columns of a list with that heading; a value over the table for which it has a column says nothing."""
    roles: Mapping[int, Role] = {position: role for role, position in heading.columns.items()}
    used, left, unknown = [], [], []
    for position, label in enumerate(heading.labels):
        if position in roles:
            used.append(Column(label, position + 1, roles[position]))
        elif position in heading.left:
            left.append(Column(label, position + 1, heading.left[position]))
        elif label and not describes(label):
            unknown.append(Column(label, position + 1, None))
    shown = {role: value for role, value in above.values.items() if role not in heading.columns}
    row = sheet.rows[heading.index].number
    return Columns(sheet.name, row, tuple(used), tuple(left), tuple(unknown), replace(above, values=shown))
