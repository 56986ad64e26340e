"""Which column of a local table holds what (``columns.yaml``), and where the table begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Literal, TypeAlias, get_args

from kg.localities.words import table
from kg.readers.tables import heading
from kg.readers.tables.folded import compact, words
from kg.readers.tables.given import given_columns
from kg.readers.tables.grid import Sheet
from kg.readers.tables.heading import Label, Taken, find_heading

Role = Literal[
    "hamlet", "street", "alley", "numbers", "first", "last", "parity",
    "old", "old_district", "old_province", "new", "new_province", "source", "date",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
Heading: TypeAlias = heading.Heading[Role]

PLACES: tuple[Role, ...] = ("hamlet", "street", "alley")

_BRACKETED = re.compile(r"\([^()]*\)")
_LEVELS = ("commune", "district", "province")


def find(sheet: Sheet, given: Mapping[Role, str], *, old_given: bool) -> Heading | None:
    """The heading of a sheet, which names a place, the new unit and the old one. ``given``: the labels of roles as the
    user names them; ``old_given``: the old unit is told for all rows. None where there is none."""

    def full(columns: Mapping[Role, int]) -> bool:
        named = "new" in columns and any(role in columns for role in PLACES)
        return named and (old_given or "old" in columns)

    return find_heading(sheet, partial(_take, given=given), full)


def parse_columns(pairs: Iterable[str]) -> dict[Role, str]:
    """``ROLE=HEADING`` pairs of the command line. Raises HosoError(bad_input), which names the roles."""
    return given_columns(pairs, ROLES)


def _take(labels: Sequence[Label], *, given: Mapping[Role, str]) -> Taken[Role]:
    """English "to" behind "from" is the last number; alone it is "tổ" without its accent."""
    spelt: list[Label] = []
    begun = False
    for label in labels:
        spelt.append(Label("to number") if begun and label.own.strip().lower() == "to" else label)
        begun = begun or meaning(label.text) == "first"
    return heading.take_columns(spelt, given, _meaning)


def _meaning(label: Label) -> tuple[Role, int] | None:
    """The role of a column; every label of a role is as good as the others: the first column counts."""
    found = meaning(label.text)
    return (found, 0) if found else None


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
