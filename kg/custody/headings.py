"""Which column of a list of facts holds what (``columns.yaml``), and where the list begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from itertools import chain
from typing import Any, Literal, TypeAlias, get_args

import yaml

from kg.readers.tables import heading
from kg.readers.tables.folded import compact, words
from kg.readers.tables.given import given_columns
from kg.readers.tables.grid import Sheet
from kg.readers.tables.heading import Label, Taken, find_heading, take_columns

Role = Literal[
    "kind", "file", "inventory", "fonds", "creator", "level", "bloc", "unit", "retention", "carrier", "giver", "body",
    "holder", "room", "date", "due", "paper", "paper_name", "paper_number", "paper_date", "issuer", "note", "row_number",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
Heading: TypeAlias = heading.Heading[Role]
TARGETS: tuple[Role, ...] = ("file", "inventory", "fonds", "creator", "level")
"""Columns that say what a row is about; one of them there must be."""

_BRACKETED = re.compile(r"\([^()]*\)")
_BY_WORDS = 1000
"""The rank of a label that is known by its words, behind all that are listed."""


def kind_of_list(found: Heading) -> str | None:
    """The kind of fact that the heading as a whole tells: who gives, and minutes as the paper, are hand-overs."""
    said = [f" {words(found.label(role))} " for role in ("paper", "paper_number", "paper_date")]
    minutes = any(f" {form} " in label for label in said for form in forms("minutes"))
    return "handover" if minutes and "giver" in found.columns else None


def find(sheet: Sheet, given: Mapping[Role, str]) -> Heading | None:
    """The heading of a sheet, which says what a row is about and one thing more. ``given``: the labels of roles as the
    user names them. None where there is none."""
    return find_heading(sheet, partial(_take, given=given), _is_full)


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


def kinds_in(text: str) -> set[str]:
    """All kinds of fact whose words a text has."""
    said = f" {words(text)} "
    return {kind for form, kind in _kinds_by_length() if f" {form} " in said}


def meaning(label: Label) -> tuple[Role, int] | None:
    """The role of a column, with the rank of its label among those of the role (0: the best)."""
    if words(label.over) in forms("quantities"):
        return None
    for text in label.readings:
        plain = _BRACKETED.sub(" ", text)
        for form in (text, plain, *(plain.split("/") if "/" in plain else ())):
            said = words(form)
            bare = " ".join(word for word in said.split() if word not in forms("left_out"))
            found = _labels().get(said.replace(" ", "")) or _labels().get(bare.replace(" ", ""))
            if found is None and (role := _body(said) or _paper(said)):
                found = role, _BY_WORDS
            if found is not None:
                return found
    return None


@cache
def forms(section: str, *keys: str) -> frozenset[str]:
    """A list of the file, folded."""
    found: Any = table()[section]
    for key in keys:
        found = found[key]
    return frozenset(words(form) for form in found)


@cache
def table() -> dict[str, Any]:
    """The file as it stands."""
    loaded: dict[str, Any] = yaml.safe_load(files("kg.custody").joinpath("columns.yaml").read_text(encoding="utf-8"))
    return loaded


def _take(labels: Sequence[Label], *, given: Mapping[Role, str]) -> Taken[Role]:
    """Beside columns of quantities a count of files is no file."""
    counted = any(_bare(text) in forms("quantities") for label in labels for text in (label.own, label.over) if text)

    def told(label: Label) -> tuple[Role, int] | None:
        return None if counted and _bare(label.text) in forms("either") else meaning(label)

    return take_columns(labels, given, told)


def _bare(text: str) -> str:
    return words(_BRACKETED.sub(" ", text))


def _is_full(columns: Mapping[Role, int]) -> bool:
    told = len([role for role in columns if role != "row_number"])
    return told > 1 and any(role in columns for role in TARGETS)


def _body(said: str) -> Role | None:
    """Who gives, receives or holds: "cơ quan, đơn vị tiếp nhận" is who and what it does."""
    who = _who().match(said)
    return _does().get(said[who.end() :]) if who else None


def _paper(said: str) -> Role | None:
    """What of which paper: "số quyết định phân công", "biên bản ngày", "căn cứ"."""
    return next((role for pattern, role in _paper_labels() if pattern.fullmatch(said)), None)


@cache
def _who() -> re.Pattern[str]:
    alternatives = "|".join(sorted(filter(None, forms("bodies", "who")), key=len, reverse=True))
    return re.compile(rf"(?:(?:{alternatives}) )+")


@cache
def _does() -> dict[str, Role]:
    roles: tuple[Role, ...] = ("giver", "body", "holder")
    return {form: role for role in roles for form in forms("bodies", "does", role)}


@cache
def _paper_labels() -> tuple[tuple[re.Pattern[str], Role], ...]:
    kinds, ends = (_either(forms("papers", key)) for key in ("kinds", "ends"))
    kind = rf"(?:{kinds})(?: (?:{ends}))?"
    roles: tuple[Role, ...] = ("paper_number", "paper_date", "issuer", "paper")
    parts = ((role, _either(forms("papers", "of", role))) for role in roles)
    return tuple((re.compile(rf"(?:{part}) ?{kind}|{kind} (?:{part})"), role) for role, part in parts)


def _either(words_: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words_, key=len, reverse=True)))


@cache
def _labels() -> dict[str, tuple[Role, int]]:
    listed = chain.from_iterable(
        ((compact(form), (role, rank)) for rank, form in enumerate(table()["roles"].get(role, ()))) for role in ROLES
    )
    found: dict[str, tuple[Role, int]] = {}
    for key, told in listed:
        found.setdefault(key, told)
    return found


@cache
def _kinds() -> dict[str, str]:
    return {words(form): kind for kind, names in table()["kinds"].items() for form in names}


@cache
def _kinds_by_length() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(_kinds().items(), key=lambda pair: -len(pair[0])))
