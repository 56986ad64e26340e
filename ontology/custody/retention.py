"""Retention terms as they are compared (``data/retention_terms.csv``): permanent, so many years, the terms of 1975, or
as long as an act is in force. Both names mean one: thời hạn lưu trữ (since 01/07/2025), thời hạn bảo quản (before)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache

from ontology import names
from ontology.folding import fold

_YEARS = re.compile(r"\b(\d{1,3})\b")
_PERMANENT = "permanent"
_UNTIL_LAPSE = "until_lapse"


def years(term: str | None) -> float | None:
    """A term in years (infinite for permanent), None where it is unknown or not counted in years. "Lâu dài" is ten
    years or more, "tạm thời" five or less: they count as ten and five."""
    if not term:
        return None
    length = _told(term)
    if length == _PERMANENT:
        return math.inf
    if length.isdigit():
        return float(length)
    match = None if length else _YEARS.search(_plain(term))
    return float(match.group(1)) if match else None


def kind(term: str | None) -> str:
    """``permanent``, ``fixed`` or ``unknown``; a term that says neither a length nor a known word is unknown."""
    if not term:
        return "unknown"
    length = years(term)
    if length == math.inf:
        return "permanent"
    return "fixed" if length is not None or _told(term) == _UNTIL_LAPSE else "unknown"


def longest(terms: Iterable[str | None]) -> str | None:
    """The longest of the terms (a file's retention is the longest of its documents, PRACTICE.md §1.1)."""
    known = [term for term in terms if term]
    return max(known, key=lambda term: (years(term) or 0.0, term), default=None)


def _told(term: str) -> str:
    """What the table says of the term (permanent, a number of years, until_lapse), '' where it says nothing. An
    abbreviation must be the whole term."""
    folded = _plain(term)
    told = (length for form, length in _forms() if form == folded or (len(form) > 3 and form in folded))
    return next(told, "")


def _plain(term: str) -> str:
    return " ".join(fold(term).split())


@cache
def _forms() -> tuple[tuple[str, str], ...]:
    return tuple((fold(row["form"]), row["years"]) for row in names.rows("retention_terms.csv"))
