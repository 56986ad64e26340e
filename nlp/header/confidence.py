"""How sure a header field is. Wrong values must rarely reach ``SURE``: the reader of a hand-over list acts on them.

The figures are those of the genuine scans (handwritten digits right in 1 of 26, symbols in 10 of 10, dates in 3 of
10, DESIGN.md §6): what a scan shows once is doubtful, a second witness makes it likely.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from nlp.header.number import DocNumber
from nlp.header.when import When
from nlp.model import Context
from nlp.zones.lines import key
from ontology.folding import fold

SURE = 0.8
_WITNESSED = 0.9


def number_confidence(number: DocNumber, value: str, *, scanned: bool, context: Context) -> float:
    """For the number as given out (``value``)."""
    if agrees(value, context.number) or names_number(context.file_name, value):
        return _WITNESSED if scanned else 0.98
    contradicted = context.number is not None
    if number.number is None:
        return 0.1
    if scanned:
        return 0.2 if number.gap or not number.clean else 0.45
    base = 0.6 if not number.symbol else 0.95 if number.clean else 0.7
    return base - 0.25 if contradicted else base


def date_confidence(when: When, *, scanned: bool, context: Context) -> float:
    """For a date or a part of one."""
    value = when.date or when.partial
    if value is not None and context.date is not None:
        if value == context.date or context.date.startswith(value) or value.startswith(context.date):
            return _WITNESSED if scanned else 0.98
        return 0.4 if scanned else 0.7
    if not scanned:
        return 0.95 if when.clean else 0.7
    if not when.clean or not when.date:
        return 0.4
    # The year alone is no witness of day and month.
    return 0.75 if names_year(context.file_name, when.date[:4]) else 0.7


def names_year(file_name: str | None, year: str) -> bool:
    """Whether the archive's code in the file's name holds the year (``H14.1999.1180.ND.001.020``)."""
    return file_name is not None and re.search(rf"(?<!\d){year}(?!\d)", file_name) is not None


def abstract_confidence(abstract: str, *, scanned: bool, context: Context) -> float:
    """For the abstract: the title of the finding aid is a second witness, and a title that opens with the word for it
    ("Về việc ...") is one; where another line of the page may have been taken for a title or the body for its end, and
    where it is long or has sentences, it is doubtful (on layouts that nobody looked at 99 and 80 in 100 were right)."""
    if context.title and fuzz.partial_ratio(key(context.title), key(abstract)) >= _SAME_TITLE:
        return 0.95
    if len(abstract) > _LONG_ABSTRACT or _SENTENCES.search(abstract):
        return 0.4
    if scanned:
        return 0.6
    return 0.9 if _SUBJECT.match(fold(abstract)) else 0.75


_SAME_TITLE = 90.0
_SUBJECT = re.compile(r"\W*(?:v/v|v\.v|ve)\b")
_SENTENCES = re.compile(r"[.;:] [A-ZĐÀ-Ỹ]\w+ \w+ ")
_LONG_ABSTRACT = 400
"""Characters that few titles have."""


def issuer_confidence(
    *, scanned: bool, known: bool, repaired: bool, motto: bool, context_agrees: bool | None
) -> float:
    """For the issuer: known words in a scan are good evidence, unknown ones are not."""
    if context_agrees:
        return 0.97
    base = 0.95 if motto else 0.75
    if scanned:
        base = 0.9 if known and not repaired else 0.75 if known else 0.5
        base = base if motto else base - 0.2
    return base - 0.15 if context_agrees is False else base


def type_confidence(*, heading: bool, exact: bool, symbol_agrees: bool | None) -> float:
    """For the type: its heading and the number's symbol are two witnesses."""
    if heading and symbol_agrees:
        return 0.97
    if heading:
        return 0.9 if exact and symbol_agrees is None else 0.75 if exact else 0.55
    return 0.8 if symbol_agrees else 0.6


def agrees(value: str | None, other: str | None) -> bool:
    """Whether two numbers are the same: without spaces, case and leading zeros."""
    if not value or not other:
        return False
    return _plain(value) == _plain(other)


def names_number(file_name: str | None, value: str) -> bool:
    """Whether the file's name holds the number: ``12_QD-UBND.pdf``, ``47-QĐ-UBND (ký).pdf``."""
    if not file_name:
        return False
    parts = re.findall(r"[a-z]+|\d+", fold(value))
    name = re.findall(r"[a-z]+|\d+", fold(re.sub(r"\.[A-Za-z0-9]{2,4}$", "", file_name)))
    wanted = [part.lstrip("0") or part for part in parts]
    held = [part.lstrip("0") or part for part in name]
    if len(wanted) < 2:
        return False
    return any(held[i : i + len(wanted)] == wanted for i in range(len(held) - len(wanted) + 1))


def _plain(number: str) -> str:
    return re.sub(r"\s+", "", number).upper().replace("Ð", "Đ").lstrip("0")
