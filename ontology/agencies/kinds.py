"""Kinds of bodies that are known by name and of whose days nothing is: archives, land registration offices, treasuries,
regional courts. No agency answers to their names; that much can be said."""

from __future__ import annotations

import re
from functools import cache

from ontology.agencies.bodies import forms
from ontology.agencies.recognise import read_name
from ontology.agencies.words import agrees
from ontology.folding import fold
from ontology.names import normalise, rows

_WORD = re.compile(r"\w+")


def kind_without_days(name: str) -> str | None:
    """The full name of the kind of body whose name it is ("Kho bạc Nhà nước quận Đống Đa": Kho bạc Nhà nước), where no
    table has days of that kind; None for every other name.

    The kinds are those of the grammar's table of heads, and ``agencies_kinds.csv``, whose words no running text is
    searched for.
    """
    text = normalise(" ".join(name.split()))
    return _listed(text) or _of_grammar(text)


def _listed(text: str) -> str | None:
    folded = fold(text)
    if len(folded) != len(text) or not folded:
        return None
    plain = folded == text.lower()
    for form, kind in _kinds():
        written = text[: len(form)]
        whole = folded.startswith(fold(form)) and not folded[len(form) : len(form) + 1].isalnum()
        if whole and (plain or agrees(written, form)):
            return kind
    return None


def _of_grammar(text: str) -> str | None:
    read = read_name(text)
    if read is None or not read.known or read.agency.parent:
        return None
    known = read.agency
    kind = known.canonical.removesuffix(known.place or "").strip()
    return None if kind in _heads() or _WORD.match(text, read.end + 1) else kind


def _heads() -> set[str]:
    """What stands before the unit's name in the names of the bodies that have days."""
    return {form.head for group in forms().values() for form in group}


@cache
def _kinds() -> list[tuple[str, str]]:
    """Forms and the full name of their kind, the longest form first."""
    found = [(row["form"], row["kind"] or row["form"]) for row in rows("agencies_kinds.csv")]
    return sorted(found, key=lambda pair: -len(pair[0]))
