"""The period of retention that a page states: on the cover of a file, on a stamp, in the head of a document.

The label stands at the beginning of its line or cell and the term ends it ("Thời hạn bảo quản: Vĩnh viễn"): a sentence
about periods of retention states none for itself. Both labels, thời hạn bảo quản and thời hạn lưu trữ (Law 33/2024/QH15).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from nlp.model import Zone
from ontology.folding import fold

_STATED: Final = re.compile(
    r"(?:^|[\n\f\t|*(]| {3,})[ \t*_(-]{0,8}(?:thoi\s{1,3}(?:han|gian)\s{1,3}(?:bao\s{1,3}quan|luu\s{1,3}(?:tru|giu)|bq|lt)"
    r"|thbq|thlt|(?:bao quan|luu tru|thoi han)(?=\s?:))(?:\s(?:ho so|tai lieu))?(?:[ \t]{0,4}[:.–_…-]{1,60}[ \t:.–_…-]{0,20}\n{0,2}[ \t]{0,60}|\s{1,3})"
    r"(?P<term>vinh\s{1,3}vien|vv|lau\s{1,3}dai|tam\s{1,3}thoi|(?P<years>\d{1,3})\s{0,2}nam"
    r"|(?P<tens>hai|ba|bon|nam|sau|bay)\smuoi\snam|(?P<ten>muoi)\snam|(?P<five>nam)\snam)"
    r"(?=[ \t._…*|)-]{0,60}(?:[\n\f\t;,]|$)| {2,})"
)
_NUMBERS: Final = {"hai": 20, "ba": 30, "bon": 40, "nam": 50, "sau": 60, "bay": 70}
_WORDS: Final = {"vinhvien": "vĩnh viễn", "vv": "vĩnh viễn", "laudai": "lâu dài", "tamthoi": "tạm thời"}
_ARTICLE: Final = re.compile(r"\n[ \t]*Điều \d{1,3}[.:]")
_DEPTH: Final = 3000
"""Characters of a page's beginning in which a stamp can stand."""


def retention_of(text: str, zones: Iterable[Zone] = ()) -> str | None:
    """``vĩnh viễn``, ``lâu dài``, ``tạm thời`` or ``N năm`` (years); None where the page states none.

    ``text`` is the normalised text, ``zones`` those of it: where a document has grounds or articles, a stamp stands above
    its title; the archive's own pages (covers) and those without articles state the term wherever they have it.
    """
    known = list(zones)
    rules = any(zone.kind == "basis" for zone in known) or _ARTICLE.search(text[:_DEPTH]) is not None
    title = min((zone.start for zone in known if zone.kind == "type" and rules), default=_DEPTH)
    stretches = [(0, min(title, _DEPTH)), *((zone.start, zone.end) for zone in known if zone.kind == "archive_page")]
    for start, end in stretches:
        if match := _STATED.search(fold(text[start:end])):
            return _term(match)
    return None


def _term(match: re.Match[str]) -> str:
    if years := match.group("years"):
        return f"{int(years)} năm"
    if tens := match.group("tens"):
        return f"{_NUMBERS[tens]} năm"
    if match.group("ten") or match.group("five"):
        return "10 năm" if match.group("ten") else "5 năm"
    return _WORDS[re.sub(r"\s", "", match.group("term"))]
