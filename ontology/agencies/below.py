"""Bodies below those of the tables: a Party cell, a branch of the women's union, a residential group, a tax team, a
school. They have no days of their own here; what is known is under which body they stand (``agencies_below.csv``).

"Chi bộ 9 phường Cửa Nam" is no other writing of "Chi bộ phường Cửa Nam": the 9 tells one cell of the ward from the
others. So what stands between the words of such a body and the unit is part of its name, never left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from ontology.agencies.bodies import cell
from ontology.agencies.words import agrees
from ontology.folding import fold
from ontology.names import normalise, rows, split_type

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?:(?:so|no|thu)\.? ?)?(?:\d{1,3}[a-z]?|[ivx]{1,5})")
"""Folded: what numbers a body ("9", "số 7", "3A", "IV")."""
_JOINING = re.compile(r"(?:^|[\s,;-]+)(?:truc thuoc|thuoc|cua)$")
_BETWEEN = " ,;.:-"


@dataclass(frozen=True, slots=True)
class Kind:
    """A row: the words that begin the name; the kinds of bodies under which it stands (``of``), at which levels where
    that is not the unit named but one around it (a school in a ward: the district's); whether a number must follow or
    any words; whether the body above must be named itself (``owner``)."""

    form: str
    of: tuple[str, ...]
    levels: frozenset[str]
    own: Literal["number", "any"]
    owner: bool


@dataclass(frozen=True, slots=True)
class Below:
    """A name cut in two: the body's own (``name``: "Chi bộ 9"), and what names the body above it or its unit
    (``rest``: "phường Cửa Nam", "Đảng bộ phường Cửa Nam"); ``may_be_unit``: the rest can be a unit's name, since a
    type word begins it, or a number ends the body's own."""

    kind: Kind
    name: str
    rest: str
    may_be_unit: bool


def below_at(text: str) -> Iterator[Below]:
    """The ways to cut the name of a body below another, those that leave most to the body above first; none where the
    text (well written, as of ``names.normalise``) does not begin like one."""
    folded = fold(text)
    if len(folded) != len(text):
        return
    plain = folded == text.lower()
    for kind in _kinds_at(text, folded, plain=plain):
        after = len(kind.form)
        for word in _WORD.finditer(text, after):
            own, rest = _own(text[after : word.start()]), text[word.start() :]
            numbered = _NUMBER.fullmatch(fold(own)) is not None
            if own and (numbered or kind.own == "any"):
                ends = numbered or split_type(rest)[0] is not None
                yield Below(kind, f"{text[:after]} {own}", rest, ends and not kind.owner)


def _own(between: str) -> str:
    """What stands between the body's words and the rest, without what joins it to that."""
    text = between.strip(_BETWEEN)
    joining = _JOINING.search(fold(text))
    return text[: joining.start()].strip(_BETWEEN) if joining else text


def _kinds_at(text: str, folded: str, *, plain: bool) -> list[Kind]:
    """The rows whose words begin the text, the longest first; accents count, but in a text without any."""
    first = _WORD.match(folded)
    return [
        kind
        for kind in (_kinds().get(first.group(), ()) if first else ())
        if folded.startswith(fold(kind.form))
        and not folded[len(kind.form) : len(kind.form) + 1].isalnum()
        and (plain or agrees(text[: len(kind.form)], kind.form))
    ]


@cache
def _kinds() -> dict[str, tuple[Kind, ...]]:
    found: dict[str, list[Kind]] = {}
    for row in rows("agencies_below.csv"):
        form = normalise(row["form"])
        own = cast(Literal["number", "any"], row["own"])
        kind = Kind(form, tuple(cell(row["of"])), frozenset(cell(row["levels"])), own, row["owner"] == "required")
        found.setdefault(fold(form).split()[0], []).append(kind)
    return {word: tuple(sorted(group, key=lambda kind: -len(kind.form))) for word, group in found.items()}


def kinds() -> list[Kind]:
    """Every row of the table."""
    return [kind for group in _kinds().values() for kind in group]
