"""A paper as offices cite it in one cell, or over the table of an annex: "Quyết định số 12/QĐ-UBND ngày 30/09/2025 của
Ủy ban nhân dân thành phố Hà Nội", "12/QĐ-UBND, 30/09/2025"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.custody.headings import table
from kg.custody.kinds import kind_in
from kg.custody.paper import Paper
from nlp.citations.finder import references
from nlp.citations.when import date_at
from nlp.flat import Flat
from ontology.folding import fold

_NUMBER = re.compile(r"(?<!\w)số\s*:?\s*(?P<number>[^\s,;()]*\d[^\s,;()]*)", re.IGNORECASE)
"""A number without a symbol that the acts' grammar knows: "Biên bản số 07"."""
_LEADING = re.compile(r"(?P<number>\d+[^\s,;()]*)(?=$|[\s,;(])")
_SO = re.compile(r"[\s,:(]*(?:số)?[\s:]*$", re.IGNORECASE)
_ISSUER = re.compile(r"[\s,)]*(?:của|do)\s+(?P<issuer>[^;()]+?)\s*(?:ban hành|ký|lập)?\s*[).;]*\s*$", re.IGNORECASE)
_COMMA_ISSUER = re.compile(r"\s*,\s*(?P<issuer>[^\d;()]{6,}?)\s*[).;]*\s*$")
_HEADED = re.compile(
    r"(?:(?P<bare>số)|quyết định\s+số|biên bản\s+số|biên bản\s[^\d:]{1,40}\ssố)\s*:?\s*\d", re.IGNORECASE
)
_DAY_WORD = re.compile(r"(?<!\w)ngày(?!\w)", re.IGNORECASE)
_DATED_LINE = re.compile(r"\(?\s*(?:(?:đến|tính đến|tới)\s+|[^\d,:]{2,40},\s*)?ngày\s", re.IGNORECASE)
_DATE_FROM = re.compile(r"(?=ng[aà]y\s*\d)|(?<!\d)(?=\d{1,2}\s?[/\-]\s?\d{1,2}\s?[/\-]\s?\d{4})", re.IGNORECASE)


@lru_cache(maxsize=4096)
def cited(text: str) -> Paper:
    """What the text says of a paper, None for each part that it does not say; a text that is no citation is a name.
    Lists cite the same paper in row after row."""
    flat = Flat(text)
    found = next(iter(references(flat)), None)
    if found is not None and found.number and found.number in text:
        start = text.index(found.number)
        written = _SO.sub("", text[:start]).strip(" ,:(")
        name = found.type if written.isupper() or not written else written  # "QĐ"
        day, end = found.date, max(found.end, start + len(found.number))
        if day is None:
            day, end = _day(text, end)
        return Paper(name, found.number, day, _issuer(text[end:]))
    number = _NUMBER.search(text) or _LEADING.match(text)
    if number is None:
        return Paper(text or None, None, None, None)
    day, end = _day(text, number.end())
    return Paper(text[: number.start()].strip(" ,:(") or None, number.group("number"), day, _issuer(text[end:]))


def annexed(text: str) -> Paper | None:
    """The paper that a line over the table names as the one it is an annex of: "(Kèm theo Quyết định số ...)"; None for
    other lines, and for one whose number or day is left to be filled in."""
    match = _annex().search(fold(text))
    if match is None:
        return None
    paper = cited(text[match.end() :].strip(" :"))
    if paper.number:
        return paper if paper.date or not _DAY_WORD.search(text) else None
    return _unnumbered(text[match.end() :].strip(" :"))


def headed(text: str) -> Paper | None:
    """The paper that a line over the table is the number and day of, as a whole: "Quyết định số 12/QĐ-UBND ngày
    30/09/2025", "Số 05/BB-UBND ngày 30/6/2025", "Số: 07/BB-UBND"; None for other lines."""
    match = _HEADED.match(text)
    if match is None:
        return None
    paper = cited(text)
    dated = _DAY_WORD.search(text) is not None
    if not paper.number or not paper.number[0].isdigit() or dated != (paper.date is not None):
        return None
    return Paper(None, paper.number, paper.date, paper.issuer) if match.group("bare") else paper


def _unnumbered(text: str) -> Paper | None:
    """Minutes often have no number: "Biên bản giao nhận ngày 28/6/2025 giữa ..."."""
    match = _DAY_WORD.search(text)
    name = text[: match.start()].strip(" ,:") if match else ""
    found = _day(text, match.start())[0] if match else None
    return Paper(name, None, found, None) if found and kind_in(name) in ("handover", "store_list") else None


def dated_line(text: str) -> str | None:
    """The day of a line that is place and day, or says until when a list counts: "Hà Nội, ngày 02 tháng 7 năm 2025",
    "(Tính đến ngày 31/12/2025)"; None for others."""
    if not _DATED_LINE.match(text):
        return None
    found, end = _day(text, 0)
    return found if not text[end:].strip(" ).;") else None


def _day(text: str, start: int) -> tuple[str | None, int]:
    """The first whole day behind ``start``, and where it ends."""
    folded = fold(text)
    for at in _DATE_FROM.finditer(text, start):
        if (when := date_at(folded, at.start())) and when.date:
            return when.date, when.end
    return None, start


def _issuer(behind: str) -> str | None:
    match = _ISSUER.match(behind) or _COMMA_ISSUER.match(behind)
    return " ".join(match.group("issuer").split()) if match else None


@cache
def _annex() -> re.Pattern[str]:
    longest = sorted(map(fold, table()["annexed"]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
