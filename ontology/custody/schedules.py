"""Retention proposed from kind and subject, with the schedule that says so: never more than a proposal.

``data/retention_rules.csv`` holds the values that were found of the schedules in ``data/retention_schedules.csv``; the
first row that fits decides. An archivist decides what is kept how long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ontology import names
from ontology.custody.retention import longest
from ontology.folding import fold

Author = Literal["own", "superior"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A term that a schedule gives: ``schedule`` and the day it was issued (ISO, may be a year), ``superseded_by``
    what replaced it (None: nothing that is known), ``certainty`` how sure the value was read (likely, sure, check)."""

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
class _Row:
    id: str
    schedule: str
    types: frozenset[str]
    words: re.Pattern[str]
    without: re.Pattern[str] | None
    author: str
    term: str


_DATE = re.compile(
    r"\bngay \d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}| thang \d{1,2} nam \d{4})|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\bthang \d{1,2}[/.-]\d{4}(?=,|$)"
)
"""Dates within a title ("ngày 5 tháng 7 năm 2012") are no period: their "tháng" and "năm" tell nothing."""


def propose(type_: str | None, title: str | None, author: Author | None = None) -> Proposal | None:
    """What the schedules give a document of that type ("Báo cáo") and title, or a file of that title; None where no row
    fits. ``author``: whether the fonds' creator wrote it or a body above it; rows that want to know do not fit where
    it is not known."""
    if not title:
        return None
    text = _DATE.sub(" ", fold(title))
    kind = fold(type_ or "").strip() or _type_of(text)
    for row in _rows():
        if row.types and kind not in row.types:
            continue
        if row.author not in ("any", author or ""):
            continue
        if row.words.search(text) and not (row.without and row.without.search(text)):
            return _proposal(row)
    return None


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
    return Proposal(row.term, schedule["name"], schedule["date"], superseded, schedule["certainty"], row.id)


@cache
def _types() -> tuple[str, ...]:
    return tuple(sorted({kind for row in _rows() for kind in row.types if kind}))


@cache
def _schedules() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in names.rows("retention_schedules.csv")}


@cache
def _rows() -> tuple[_Row, ...]:
    found = []
    for row in names.rows("retention_rules.csv"):
        types = frozenset(fold(kind) for kind in row["types"].split("|")) if row["types"] else frozenset()
        without = _any_of(row["without"]) if row["without"] else None
        found.append(
            _Row(row["id"], row["schedule"], types, _any_of(row["words"]), without, row["author"], row["term"])
        )
    return tuple(found)


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(fold(word)) for word in words.split('|'))})\b")
