"""Retention terms as they are compared (``data/retention_terms.csv``): permanent, so many years, the terms of 1975, or
as long as an act is in force. Both names mean one: thời hạn lưu trữ (since 01/07/2025), thời hạn bảo quản (before).

The table's ``years`` is ``permanent``, a number, ``until_lapse`` or ``unknown`` (a form that tells no length); its
``term`` is how the form is written out. Forms of digits are the codes of Circular 05/2025/TT-BNV.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache

from ontology import names
from ontology.folding import fold

_YEARS = re.compile(r"\b(\d{1,3})(?:\s*\([^)]*\)|\))?\s*(?:nam|years?|n)\b")
"""As in: 20 năm, 20 (hai mươi) năm, hai mươi (20) năm; of a text without accents."""
_NUMBER = re.compile(r"\d{1,3}$")
_PERMANENT = "permanent"
_UNTIL_LAPSE = "until_lapse"
_LEAST = 3
"""Forms up to this length are abbreviations and codes: they must be the whole term."""


@lru_cache(maxsize=4096)
def years(term: str | None) -> float | None:
    """A term in years (infinite for permanent), None where it is unknown or not counted in years. "Lâu dài" is ten
    years or more, "tạm thời" five or less: they count as ten and five, unless they name years themselves."""
    if not term:
        return None
    plain = _plain(term)
    length = _told(plain)
    if length == _PERMANENT:
        return math.inf
    if length in (_UNTIL_LAPSE, "unknown"):
        return None
    if match := _YEARS.search(plain):
        return float(match.group(1))
    if length or _NUMBER.match(plain):
        return float(length or plain)
    return None


@lru_cache(maxsize=4096)
def kind(term: str | None) -> str:
    """``permanent``, ``fixed`` or ``unknown``; a term that says neither a length nor a known word is unknown."""
    if not term:
        return "unknown"
    length = years(term)
    if length == math.inf:
        return "permanent"
    return "fixed" if length is not None or _told(_plain(term)) == _UNTIL_LAPSE else "unknown"


def longest(terms: Iterable[str | None]) -> str | None:
    """The longest of the terms (a file's retention is the longest of its documents, PRACTICE.md §1.1); ``undetermined``
    tells whether another of them may be longer still."""
    known = [term for term in terms if term]
    return max(known, key=lambda term: (years(term) or 0.0, term), default=None)


def undetermined(terms: Iterable[str | None]) -> bool:
    """Whether the longest of the terms is not settled: one of them has a length in years, another has none that can be
    compared (no term, one not understood, as long as an act is in force). A permanent one settles it."""
    lengths = [years(term) for term in terms]
    known = [length for length in lengths if length is not None]
    return bool(known) and len(known) < len(lengths) and math.inf not in known


def written_out(text: str, *, coded: bool = False) -> str | None:
    """The table's term for a cell that is one of its forms and nothing else ("VV": "vĩnh viễn", "Hai mươi năm":
    "20 năm"); None for any other. ``coded``: the cell holds codes, so "05" is the code and not five years."""
    plain = _plain(text)
    if plain.isdigit() and not coded:
        return None
    return next((term for form, term, _ in _forms() if form == plain), None)


def _told(plain: str) -> str:
    """What the table says of the term (permanent, a number of years, until_lapse, unknown), '' where it says
    nothing; the longest form decides."""
    told = (length for form, _, length in _forms() if form == plain or (len(form) > _LEAST and _within(form, plain)))
    return next(told, "")


def _within(form: str, plain: str) -> bool:
    return re.search(rf"\b{re.escape(form)}\b", plain) is not None


def _plain(term: str) -> str:
    """Without accents, case, and what stands around it ("V.V.", "(20 năm)")."""
    return " ".join(fold(term).split()).strip(" .,;:()-*")


@cache
def _forms() -> tuple[tuple[str, str, str], ...]:
    """(form, term, years), the longest form first."""
    rows = ((fold(row["form"]), row["term"], row["years"]) for row in names.rows("retention_terms.csv"))
    return tuple(sorted(rows, key=lambda row: -len(row[0])))
