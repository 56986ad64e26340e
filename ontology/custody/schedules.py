"""Retention proposed from kind and subject, with the schedule that says so: never more than a proposal.

``data/retention_rules.csv`` holds the values that were found of the acts in ``data/retention_schedules.csv``, each with
its article or group; the first row that fits decides. An archivist decides what is kept how long. A row tells by the
kind of specialised record (``special``) or by words of the title (one of ``words``, one of ``also`` beside it, none of
``without``): accents count where the title has any, ``#`` stands for a number. ``types``: what the title begins with;
an empty one among them stands for none of the table's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ontology import names
from ontology.custody.retention import longest
from ontology.custody.special import NONE, special_kind
from ontology.folding import fold

Author = Literal["own", "superior"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A term that a schedule gives: ``schedule`` the act and the place in it, ``date`` the day it was issued (ISO, may be
    a year), ``superseded_by`` what replaced it (None: nothing that is known), ``certainty`` how sure the value was
    read (likely, sure, check)."""

    term: str
    schedule: str
    date: str
    superseded_by: str | None
    certainty: str
    rule: str

    def to_json(self) -> dict[str, object]:
        """As it stands in answers."""
        return {
            "term": self.term,
            "schedule": self.schedule,
            "schedule_date": self.date,
            "superseded": self.superseded_by is not None,
            "superseded_by": self.superseded_by,
            "certainty": self.certainty,
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class _Title:
    """A title in lower case, without accents, and its words without accents, a number as "#"."""

    text: str
    folded: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Words:
    """Words in a title, with accents and without; ``first`` are those that the forms begin with."""

    plain: re.Pattern[str]
    folded: re.Pattern[str]
    first: frozenset[str]

    def within(self, title: _Title) -> bool:
        """Whether one of them stands in the title; accents count, except where the title has none."""
        if self.first.isdisjoint(title.words):
            return False
        return bool(self.folded.search(title.folded) if title.text == title.folded else self.plain.search(title.text))


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    schedule: str
    article: str
    special: str
    types: frozenset[str]
    words: _Words | None
    also: _Words | None
    without: _Words | None
    author: str
    term: str


_WORD = re.compile(r"\w+")
_DATE = re.compile(
    r"\bng(?:à|a)y \d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}| th(?:á|a)ng \d{1,2} n(?:ă|a)m \d{4})"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|, ?th(?:á|a)ng \d{1,2}[/.-]\d{4}(?=,|$)"
)
"""Dates within a title ("ngày 5 tháng 7 năm 2012") are no period: their "tháng" and "năm" tell nothing."""


def propose(type_: str | None, title: str | None, author: Author | None = None) -> Proposal | None:
    """What the schedules give a document of that type ("Báo cáo") and title, or a file of that title; None where no row
    fits. ``author``: whether the fonds' creator wrote it or a body above it; rows that want to know do not fit where
    it is not known."""
    if not title:
        return None
    read = _read(title)
    kind = fold(type_ or "").strip() or _type_of(read.folded)
    special = NONE if _first_of_special().isdisjoint(read.words) else special_kind([title])
    for row in _rows():
        if row.special and row.special != special:
            continue
        if row.types and kind not in row.types:
            continue
        if row.author not in ("any", author or ""):
            continue
        if any(words and not words.within(read) for words in (row.words, row.also)):
            continue
        if not (row.without and row.without.within(read)):
            return _proposal(row)
    return None


def _read(title: str) -> _Title:
    text = _DATE.sub(" ", names.normalise(title).lower())
    folded = fold(text)
    words = frozenset("#" if word.isdigit() else word for word in _WORD.findall(folded))
    return _Title(text, folded, words)


def propose_longest(proposals: Iterable[Proposal | None]) -> Proposal | None:
    """The one with the longest term: what a file would get from its documents."""
    known = [one for one in proposals if one is not None]
    term = longest(one.term for one in known)
    return next((one for one in known if one.term == term), None)


def _type_of(text: str) -> str:
    """The type that a title begins with ("báo cáo tổng kết ..."); '' where it begins with none of the table's."""
    bare = re.sub(r"^(?:tap|ho so|cac)\s+", "", text.strip())
    return next((kind for kind in _types() if bare.startswith(kind)), "")


def _proposal(row: _Row) -> Proposal:
    schedule = _schedules()[row.schedule]
    superseded = schedule["superseded_by"] or None
    cited = f"{schedule['name']}, {row.article}"
    return Proposal(row.term, cited, schedule["date"], superseded, schedule["certainty"], row.id)


@cache
def _first_of_special() -> frozenset[str]:
    """The words with which a title that tells a specialised record can speak of it: most titles have none."""
    rows = [row for row in names.rows("custody_kinds.csv") if row["where"] == "title"]
    return frozenset(fold(form).split()[0].strip(",") for row in rows for form in row["words"].split("|"))


@cache
def _types() -> tuple[str, ...]:
    return tuple(sorted({kind for row in _rows() for kind in row.types if kind}))


@cache
def _schedules() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in names.rows("retention_schedules.csv")}


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            row["id"],
            row["schedule"],
            row["article"],
            row["special"],
            frozenset(fold(kind) for kind in row["types"].split("|")) if row["types"] else frozenset(),
            _words(row["words"]),
            _words(row["also"]),
            _words(row["without"]),
            row["author"],
            row["term"],
        )
        for row in names.rows("retention_rules.csv")
    )


def _words(cell: str) -> _Words | None:
    if not cell:
        return None
    words = cell.lower().split("|")
    folded = [fold(word) for word in words]
    first = frozenset("#" if form[0].isdigit() else form.split()[0].strip(",") for form in folded)
    return _Words(_any_of(words), _any_of(folded), first)


def _any_of(words: list[str]) -> re.Pattern[str]:
    patterns = (r"\d+".join(map(re.escape, word.split("#"))) for word in words)
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")
