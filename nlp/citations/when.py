"""The date behind a cited number: "ngày 05 tháng 12 năm 2024", "ngày 22/7/2024", "ngày 4-7-81", "tháng 6 năm 1999"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ontology import dates
from ontology.errors import BadDate

_DIGITS = r"[0-9lIiOoĩìỉ\]|]"
"""What a digit of a date can look like after a scan; a whole date decides."""

_PHRASE = re.compile(
    rf"(?:,?\s?\(?(?:ra |ky |ban hanh )?(?:vao )?n ?g ?ay\s?)"
    rf"(?P<day>{_DIGITS}{{1,2}})"
    rf"(?:\s?thang\s?(?P<month>{_DIGITS}{{1,2}})\s?nam\s?(?P<year>{_DIGITS}{{4}}|\d\d)"
    rf"|\s?[/⁄.\-–]\s?(?P<month2>{_DIGITS}{{1,2}})\s?[/⁄.\-–]\s?(?P<year2>{_DIGITS}{{4}}|\d\d))(?![\d/])"
)
_BARE = re.compile(r",?\s?\(?(?P<day>\d{1,2})\s?[/\-]\s?(?P<month>\d{1,2})\s?[/\-]\s?(?P<year>(?:19|20)\d\d)(?!\d)")
_MONTH = re.compile(
    r",?\s?\(?(?:ngay\s{0,2}[.…_]*\s?)?thang\s?(?P<month>\d{1,2})\s?(?:nam|[/\-])\s?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_YEAR = re.compile(r",?\s?\(?nam\s?(?P<year>(?:19|20)\d\d)(?!\d)")
_LAWS_YEAR = re.compile(r"\s(?P<year>(?:19|20)\d\d)(?![\d/\-.]?\d)")
_THIS_CENTURY = 45
"""Years of two digits below this are of the 2000s: the state's records begin in 1945."""
_AS_DIGITS = str.maketrans("lIiOoĩìỉ]|", "1110011111")


@dataclass(frozen=True, slots=True)
class When:
    """A date (ISO, or None) or a part of one (``1999-06``, ``1999``), and where its phrase ends."""

    date: str | None
    partial: str | None
    end: int


def _iso(day: str, month: str, year: str) -> str | None:
    if len(year) == 2:
        year = f"{20 if int(year) < _THIS_CENTURY else 19}{year}"
    try:
        return dates.parse("/".join(part.translate(_AS_DIGITS) for part in (day, month, year)), partial=False)
    except BadDate:
        return None


def date_at(folded: str, position: int) -> When | None:
    """The date phrase that begins at ``position`` of folded text, with or without "ngày"; None where there is none."""
    if match := _PHRASE.match(folded, position):
        iso = _iso(
            match.group("day"),
            match.group("month") or match.group("month2"),
            match.group("year") or match.group("year2"),
        )
        return When(iso, None, match.end()) if iso else None
    if match := _BARE.match(folded, position):
        iso = _iso(match.group("day"), match.group("month"), match.group("year"))
        return When(iso, None, match.end()) if iso else None
    if (match := _MONTH.match(folded, position)) and 1 <= int(match.group("month")) <= 12:
        return When(None, f"{match.group('year')}-{int(match.group('month')):02d}", match.end())
    if match := _YEAR.match(folded, position):
        return When(None, match.group("year"), match.end())
    return None


def year_at(folded: str, position: int) -> When | None:
    """The bare year right behind a law's title, "Luật Đất đai 2013"; None where there is none."""
    match = _LAWS_YEAR.match(folded, position)
    return When(None, match.group("year"), match.end()) if match else None
