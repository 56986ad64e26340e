"""Which column of a list of facts holds what (``columns.yaml``), and where the list begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml

from kg.readers.tables.folded import compact, words
from kg.readers.tables.given import given_columns
from kg.readers.tables.grid import Row, Sheet

Role = Literal[
    "kind", "file", "inventory", "fonds", "creator", "level", "bloc", "unit", "retention", "carrier", "giver", "body",
    "date", "due", "paper_name", "paper_number", "paper_date", "issuer", "note", "row_number",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
TARGETS: tuple[Role, ...] = ("file", "inventory", "fonds", "creator", "level")
"""Columns that say what a row is about; one of them there must be."""

_LOOK_AHEAD = 60
"""Rows among which the heading is looked for, as for lists of records."""
_BRACKETED = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A list's head: its position among the sheet's rows, the column of each role, its labels."""

    index: int
    columns: Mapping[Role, int]
    labels: tuple[str, ...]

    def cell(self, row: Row, role: Role) -> str:
        """The row's cell for a role, '' where there is none."""
        column = self.columns.get(role)
        return row.cells[column] if column is not None and column < len(row.cells) else ""


def kind_of_list(heading: Heading) -> str | None:
    """The kind of fact that the heading as a whole tells: who gives, and minutes as the paper, are hand-overs."""
    labels = [
        f" {words(heading.labels[at])} "
        for role in ("paper_number", "paper_date")
        if (at := heading.columns.get(role)) is not None
    ]
    minutes = any(f" {form} " in label for label in labels for form in forms("minutes"))
    return "handover" if minutes and "giver" in heading.columns else None


def find(sheet: Sheet, given: Mapping[Role, str]) -> Heading | None:
    """The row that names the most roles, of those that say what a row is about and one thing more. ``given``: the labels
    of roles as the user names them. None where no row does."""
    best: Heading | None = None
    for index, row in enumerate(sheet.rows[:_LOOK_AHEAD]):
        columns = _columns(row.cells, given)
        told = len([role for role in columns if role != "row_number"])
        full = told > 1 and any(role in columns for role in TARGETS)
        if full and (best is None or len(columns) > len(best.columns)):
            best = Heading(index, columns, row.cells)
    return best


def parse_columns(pairs: Iterable[str]) -> dict[Role, str]:
    """``ROLE=HEADING`` pairs of the command line. Raises HosoError(bad_input), which names the roles."""
    return given_columns(pairs, ROLES)


def kind_of(text: str) -> str | None:
    """The kind of fact that a cell names, None for other words."""
    return _kinds().get(words(text))


def kind_in(text: str) -> str | None:
    """The kind of fact that a paper's name tells ("Biên bản giao nhận số 12"): the longest words decide."""
    said = f" {words(text)} "
    return next((kind for form, kind in _kinds_by_length() if f" {form} " in said), None)


@cache
def forms(section: str, key: str | None = None) -> frozenset[str]:
    """A list of the file, folded."""
    found = table()[section]
    return frozenset(words(form) for form in (found[key] if key else found))


@cache
def table() -> dict[str, Any]:
    """The file as it stands."""
    loaded: dict[str, Any] = yaml.safe_load(files("kg.custody").joinpath("columns.yaml").read_text(encoding="utf-8"))
    return loaded


def _columns(labels: Sequence[str], given: Mapping[Role, str]) -> dict[Role, int]:
    found: dict[Role, int] = {}
    for role, label in given.items():
        position = next((at for at, one in enumerate(labels) if compact(one) == compact(label)), None)
        if position is not None:
            found[role] = position
    taken = set(found.values())
    for position, label in enumerate(labels):
        role_of = _meaning(label) if position not in taken else None
        if role_of is not None and role_of not in found:
            found[role_of] = position
    return found


def _meaning(label: str) -> Role | None:
    for text in (label, _BRACKETED.sub(" ", label)):
        if found := _labels().get(compact(text)):
            return found
    return None


@cache
def _labels() -> dict[str, Role]:
    found: dict[str, Role] = {}
    for role in ROLES:
        for form in table()["roles"][role]:
            found.setdefault(compact(form), role)
    return found


@cache
def _kinds() -> dict[str, str]:
    return {words(form): kind for kind, names in table()["kinds"].items() for form in names}


@cache
def _kinds_by_length() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(_kinds().items(), key=lambda pair: -len(pair[0])))
