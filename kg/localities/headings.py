"""Which column of a local table holds what (``columns.yaml``), and where the table begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from kg.localities.words import table
from kg.readers.tables.folded import compact, words
from kg.readers.tables.given import given_columns
from kg.readers.tables.grid import Row, Sheet

Role = Literal[
    "hamlet", "street", "alley", "numbers", "first", "last", "parity",
    "old", "old_district", "old_province", "new", "new_province", "source", "date",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)

PLACES: tuple[Role, ...] = ("hamlet", "street", "alley")

_LOOK_AHEAD = 60
"""Rows among which the heading is looked for, as for lists of records."""
_BRACKETED = re.compile(r"\([^()]*\)")
_LEVELS = ("commune", "district", "province")


@dataclass(frozen=True, slots=True)
class Heading:
    """A table's head: the position of its last row among the sheet's rows, the column of each role, its labels."""

    index: int
    columns: Mapping[Role, int]
    labels: tuple[str, ...]

    def cell(self, row: Row, role: Role) -> str:
        """The row's cell for a role, '' where there is none."""
        column = self.columns.get(role)
        return row.cells[column] if column is not None and column < len(row.cells) else ""

    def label(self, role: Role) -> str:
        """The heading of a role's column, '' where there is none."""
        column = self.columns.get(role)
        return self.labels[column] if column is not None and column < len(self.labels) else ""


def find(sheet: Sheet, given: Mapping[Role, str], *, old_given: bool) -> Heading | None:
    """The heading of a sheet: the row, or two rows one above the other, whose labels name the most roles, of those that
    name a place, the new unit and the old one. ``given``: the labels of roles as the user names them; ``old_given``:
    the old unit is told for all rows. None where no row does."""
    best: Heading | None = None
    for index, row in enumerate(sheet.rows[:_LOOK_AHEAD]):
        above = sheet.rows[index - 1].cells if index else ()
        for labels in (row.cells, _joined(above, row.cells)):
            columns = _columns(labels, given)
            full = "new" in columns and any(role in columns for role in PLACES) and (old_given or "old" in columns)
            if full and (best is None or len(columns) > len(best.columns)):
                best = Heading(index, columns, labels)
    return best


def parse_columns(pairs: Iterable[str]) -> dict[Role, str]:
    """``ROLE=HEADING`` pairs of the command line. Raises HosoError(bad_input), which names the roles."""
    return given_columns(pairs, ROLES)


def _joined(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Two heading rows as one: a label that stretches over several columns holds for each of them."""
    found: list[str] = []
    last = ""
    for position, label in enumerate(below):
        over = above[position] if position < len(above) else ""
        last = over or last
        found.append(label if compact(last) == compact(label) else f"{last} {label}".strip())
    return tuple(found)


def _columns(labels: Sequence[str], given: Mapping[Role, str]) -> dict[Role, int]:
    found: dict[Role, int] = {}
    for role, label in given.items():
        position = next((at for at, one in enumerate(labels) if compact(one) == compact(label)), None)
        if position is not None:
            found[role] = position
    taken = set(found.values())
    for position, label in enumerate(labels):
        kind = meaning(label) if position not in taken else None
        if label.strip().lower() == "to" and "first" in found:
            kind = "last"  # English, behind "from"; alone it is "tổ" without its accent
        if kind is not None and kind not in found:
            found[kind] = position
    return found


def meaning(label: str) -> Role | None:
    """What a column of that heading holds, None where it is not known."""
    for text in (label, _BRACKETED.sub(" ", label)):
        key = compact(text)
        if not key:
            continue
        if found := _labels().get(key) or _labels().get(compact(_without(text, "left_out"))):
            return found
        said = [word for word in words(text).split() if not word.isdigit()]  # "mới từ 01/7/2025"
        if unit := _unit_role(said):
            return unit
        allowed = _set("units.hamlet") | (_set("times.old") if _has(said, "deciding_times.old") else frozenset())
        if all(word in allowed for word in said) and _has(said, "deciding.hamlet"):
            return "hamlet"
    return None


def _unit_role(said: Sequence[str]) -> Role | None:
    """The role of a column of units, from the words of its heading: their level and their time."""
    time = next((name for name in ("new", "old") if _has(said, f"deciding_times.{name}")), None)
    for level in _LEVELS:
        allowed = _set(f"units.{level}") | (_set("times.new") | _set("times.old") if time else frozenset())
        if all(word in allowed for word in said) and _has(said, f"deciding.{level}"):
            if level == "commune":
                return "new" if time == "new" else "old"
            if level == "district":
                return "old_district" if time != "new" else None
            return "new_province" if time == "new" else "old_province"
    return None


def _has(said: Sequence[str], name: str) -> bool:
    return any(word in _set(name) for word in said)


@cache
def _set(name: str) -> frozenset[str]:
    section, key = name.split(".")
    return frozenset(word for form in table()[section][key] for word in words(form).split())


def _without(text: str, name: str) -> str:
    left_out = {words(form) for form in table()[name]}
    return " ".join(word for word in words(text).split() if word not in left_out)


@cache
def _labels() -> dict[str, Role]:
    found: dict[str, Role] = {}
    for section in ("places", "other"):
        for role, forms in table()[section].items():
            for form in forms:
                found.setdefault(compact(form), role)
    return found
