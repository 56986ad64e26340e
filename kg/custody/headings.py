"""Which column of a list of facts holds what (``columns.yaml``), and where the list begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from itertools import chain
from typing import Any, Literal, TypeAlias, get_args

import yaml

from kg.errors import HosoError
from kg.messages import say
from kg.readers.tables import heading
from kg.readers.tables.folded import compact, words
from kg.readers.tables.given import given_columns
from kg.readers.tables.grid import Sheet
from kg.readers.tables.heading import Label, Taken, find_heading, take_columns

Role = Literal[
    "kind", "file", "inventory", "fonds", "fonds_name", "creator", "level", "bloc", "unit", "retention", "sort", "years",
    "years_from", "years_to", "box", "box_unclear", "files", "shelf", "carrier", "giver", "body", "holder", "room", "date",
    "due", "paper", "paper_name", "paper_number", "paper_date", "issuer", "note", "row_number",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
Heading: TypeAlias = heading.Heading[Role]
TARGETS: tuple[Role, ...] = ("file", "inventory", "fonds", "fonds_name", "creator", "level")
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


def given_there(found: Heading, given: Mapping[Role, str]) -> set[Role]:
    """The roles of which the heading has the label that the user names."""
    own = found.rows[-1].cells
    return {
        role
        for role, position in found.columns.items()
        if role in given and compact(given[role]) in map(compact, (found.label(role), *own[position : position + 1]))
    }


def parse_columns(pairs: Iterable[str]) -> dict[Role, str]:
    """``ROLE=HEADING`` pairs of the command line; a role may be named in words ("nơi giữ"). Raises HosoError(bad_input),
    which names the roles."""
    return given_columns(map(_in_code, pairs), ROLES)


def _in_code(pair: str) -> str:
    """The pair with the code of a role that is named in words: as answers call it, or as a heading of it reads."""
    name, sign, label = pair.partition("=")
    if name.strip().lower() in ROLES:
        return pair
    spoken = {words(say(f"facts_role_{role}", lang=lang)): role for role in reversed(ROLES) for lang in ("vi", "en")}
    told = meaning(Label(name.strip()))
    known = spoken.get(words(name)) or (told[0] if told else None)
    if known is None or not sign or not label.strip():
        roles = ", ".join(say(f"facts_role_{role}") for role in ROLES)
        raise HosoError(say("local_bad_column", given=pair, known=roles))
    return f"{known}={label}"


def meaning(label: Label) -> tuple[Role, int] | None:
    """The role of a column, with the rank of its label among those of the role (0: the best)."""
    if words(label.over) in forms("quantities"):
        return ("files", 0) if _bare(label.own) in forms("either") else None
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


def describes(text: str) -> bool:
    """Whether a column of that heading says more of what a row names and never narrows it."""
    return any(words(form) in forms("descriptive") for form in (text, _BRACKETED.sub(" ", text)))


def is_bare_day(label: str) -> bool:
    """Whether a column is headed as one of days and no more ("Ngày")."""
    return words(label) in forms("bare_days")


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
    """Where each row is a file, which its title shows, numbers are numbers of files and boxes. Else a number of files
    beside quantities is how many there are, and so is one of boxes beside others."""
    texts = [_bare(text) for label in labels for text in (label.own, label.over) if text]
    one_by_one = not forms("titles").isdisjoint(texts)
    counts = [text for text in texts if text in forms("quantities")]
    counted = bool(counts) and not one_by_one
    several = counted and (len(counts) > 1 or not forms("either").isdisjoint(texts))

    def told(label: Label) -> tuple[Role, int] | None:
        if counted and _bare(label.text) in forms("either"):
            return "files", _BY_WORDS
        found = meaning(label)
        if found and found[0] == "box_unclear":
            if several:
                return None
            return ("box", _BY_WORDS) if one_by_one else found
        return found

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
