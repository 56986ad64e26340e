"""Retention terms as they are compared: permanent, so many years, or as long as an act is in force."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ontology.folding import fold

_YEARS = re.compile(r"\b(\d{1,3})\b")
_PERMANENT = ("vv", "vinh vien")
_OLD_TERMS = {"lau dai": 10, "tam thoi": 5}
"""Terms of 1975 (Circular 25/NV, likely): "lâu dài" is ten years or more, "tạm thời" five or less."""


def years(term: str | None) -> float | None:
    """A term in years (infinite for permanent), None where it is unknown or not counted in years."""
    if not term:
        return None
    folded = fold(term).strip()
    if folded in _PERMANENT or "vinh vien" in folded:
        return float("inf")
    if match := _YEARS.search(folded):
        return float(match.group(1))
    return next((float(value) for name, value in _OLD_TERMS.items() if name in folded), None)


def kind(term: str | None) -> str:
    """``permanent``, ``fixed`` or ``unknown``."""
    if not term:
        return "unknown"
    return "permanent" if years(term) == float("inf") else "fixed"


def longest(terms: Iterable[str | None]) -> str | None:
    """The longest of the terms (a file's retention is the longest of its documents, PRACTICE.md §1.1)."""
    known = [term for term in terms if term]
    return max(known, key=lambda term: (years(term) or 0.0, term), default=None)
