"""The grammar of the line of place and date: ``Hà Nội, ngày 05 tháng 12 năm 2024``, ``ngày 5-7-1984``, blanks, OCR.

Kept apart from ontology.dates, which reads what users type: here keywords may be misread and days unreadable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.header.spoken import number_words, spoken_number
from nlp.repair.confusion import as_number
from ontology.dates import parse
from ontology.errors import BadDate

_DAY = r"(?P<day>\W{0,6}[^\s\W]{0,3}?\W{0,12}?)"
_MONTH = r"(?P<month>\W{0,4}[^\s\W]{0,3}?\W{0,6}?)"
_YEAR = r"n[a-z]{1,2}m[.,:\-]{0,2}\s{0,3}(?P<year>[0-9oilzsbgø|\]]{4}|(?:4[5-9]|[5-9]\d)(?![\w.…]|\s?\d)|[.…_ ]{2,})"
_WORDS = re.compile(rf"(?<![a-z])n[gq][a-z]{{0,2}}[.,:]?{_DAY}(?:t?h[a-z]{{1,2}}n?[gq]|thang)[.,:]?{_MONTH}{_YEAR}")
_LOST_WORD = re.compile(
    rf"(?<![a-z])n[gq][a-z]{{1,2}}[.,:]?(?P<day>\s?\S{{1,3}}?)\s\S{{1,7}}(?:\s\S{{1,2}})?[.,:]?(?P<month>\s\S{{1,3}}?)\s?{_YEAR}"
)
"""A date whose word "tháng" OCR lost: numbers still stand in its places."""
_NUMERIC = re.compile(
    r"(?<![a-z])ng[a-z]{1,2}[.,:]?\s{0,4}(?P<day>\d{1,2}|[.…_ ]{0,12})\s?[-/.]\s?(?P<month>\d{1,2})\s?[-/.]\s?"
    r"(?P<year>(?:1[89]|20)\d\d|\d\d(?![-/.:,]?\d))(?!\d)"
)
_SPOKEN_WORD = f"(?:{'|'.join(sorted(number_words(), key=len, reverse=True))})"
_SPOKEN = re.compile(
    rf"(?<![a-z])ngay:? (?:m[uo]ng )?(?P<day>\d{{1,2}}|{_SPOKEN_WORD}(?: {_SPOKEN_WORD}){{0,2}}) thang"
    rf" (?P<month>\d{{1,2}}|{_SPOKEN_WORD}(?: {_SPOKEN_WORD})?)"
    rf",? nam (?P<year>\d{{4}}|{_SPOKEN_WORD}(?: {_SPOKEN_WORD}){{2,8}})(?!\w)"
)
"""A date in words: "ngày mười bốn tháng tám năm một nghìn chín trăm tám mươi ba"."""
_MONTH_ONLY = re.compile(
    r"(?<=,)\s{0,3}thang\s{0,2}(?P<day>)(?P<month>\d{1,2})\s?(?:nam|/|-)\s?(?P<year>(?:1[89]|20)\d\d)(?!\d)"
)
"""A month behind a place: "Tân An, tháng 8 năm 2003"."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_THIS_CENTURY = 45
"""Years of two digits below it are of the 2000s: no record of the administration is older than 1945."""


@dataclass(frozen=True, slots=True)
class When:
    """A date as read: ISO whole, or in part; ``clean``: no sign had to be repaired; where it stands in the cell."""

    date: str | None
    partial: str | None
    clean: bool
    start: int
    end: int


def find_date(text: str, folded: str) -> When | None:
    """The first date with its keyword in ``text`` (``folded`` has the same length); None where there is none."""
    words, numeric = _WORDS.search(folded) or _LOST_WORD.search(folded), _NUMERIC.search(folded)
    match = numeric if numeric and (words is None or numeric.start() < words.start()) else words
    spoken = _SPOKEN.search(folded)
    if spoken is not None and not all(map(str.isdigit, spoken.groups())):
        return _spoken(spoken)
    match = match or _MONTH_ONLY.search(folded)
    if match is None:
        return None
    day, day_clean = _number(text[slice(*match.span("day"))], 31)
    month, month_clean = _number(text[slice(*match.span("month"))], 12)
    year, year_clean = _number(text[slice(*match.span("year"))], _LAST_YEAR)
    if year is not None and year < _FIRST_YEAR:
        short = len(match.group("year").strip()) == _TWO_DIGITS
        year, year_clean = (_full(year) if short else None), False
    clean = day_clean and month_clean and year_clean and match.re is not _LOST_WORD
    date, partial = _iso(day, month, year)
    impossible = date is None and None not in (day, month, year)
    return When(date, partial, clean and not impossible, match.start(), match.end())


_TWO_DIGITS = 2


def _full(year: int) -> int:
    """The year that two digits mean."""
    return year + (1900 if year >= _THIS_CENTURY else 2000)


def _said(number: str) -> int | None:
    return int(number) if number.isdigit() else spoken_number(number)


def _spoken(match: re.Match[str]) -> When:
    day, month, year = (_said(match.group(part)) for part in ("day", "month", "year"))
    known = year is not None and _FIRST_YEAR <= year <= _LAST_YEAR
    date, partial = _iso(day, month, year if known else None)
    return When(date, partial, date is not None, match.start(), match.end())


def _number(shown: str, most: int) -> tuple[int | None, bool]:
    """The number that the signs stand for, and whether they were plain digits."""
    signs = shown.strip(" \t.,:;…_-'\"“”‘’`")
    if not signs or len(signs) > 4:
        return None, True
    number = as_number("".join(signs.split()), most)
    if number is None:
        return None, False
    return number, signs.isascii() and signs.isdigit()


def _iso(day: int | None, month: int | None, year: int | None) -> tuple[str | None, str | None]:
    if year is None:
        return None, None
    if month is None:
        return None, f"{year:04d}"
    if day is None:
        return None, f"{year:04d}-{month:02d}"
    try:
        return parse(f"{day}/{month}/{year}", partial=False), None
    except BadDate:
        return None, f"{year:04d}-{month:02d}"
