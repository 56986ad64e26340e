"""What stands on a page and is not the document's text: digital signatures, stamps of receipt, page numbers."""

from __future__ import annotations

import re

from nlp.zones.lines import Line
from ontology.folding import fold

_SIGNED = re.compile(
    r"ky boi\b|thoi gian ky|^\W*co quan:|nguoi ky:|ngay ky:|\w{3}@|gov\.?\s?vn|\+0?7:00|email:|\d{1,2}[./-]\d{1,2}[./-]\d{4}\s+\d{1,2}\s?:\s?\d{2}"
    r"|xac thuc & bao mat|trung tam\W+(?:cong|tin|tich hop)|^\W*va tin hoc|signed by|digitally|date: \d{4}"
)
_INCOMING = re.compile(
    r"^\W*(?:cong van den|van ban den|ho so den)\b|^\W*\S{0,6}\s?\bden\W{1,3}(?:so|ngay|gio)\b|^\W*den\W*$|^\W*chuyen\s*:|^\W*luu ho so"
)
_STAMP_REST = re.compile(
    r"^\W*(?:so\s?:?\s?\d{1,6}|ngay\s?:?\s?\d{1,2}\s?[./-]\s?\d{1,2}(?:\s?[./-]\s?\d{2,4})?|ngay.{1,6}thang.{1,6}(?:nam.{1,8})?|chuyen\s?:?.{0,30}|(?:so.{1,8}ngay.{1,14}))\W*$"
)
_PAGE_NUMBER = re.compile(r"^\W{0,3}(?:trang\s+)?(\d{1,4})(?:\s?/\s?\d{1,4})?\W{0,3}$")


def is_signature_block(text: str) -> bool:
    """Whether the line belongs to a digital signature or a copy office's stamp."""
    folded = fold(text)
    return len(text) < 120 and _SIGNED.search(folded) is not None and _HEAD_WORDS.search(folded) is None


_HEAD_WORDS = re.compile(r"\bthang\b|\bnam \d{4}|doc lap|chu nghia|^\W*so\s?:")


def is_incoming_stamp(text: str) -> bool:
    """Whether the line belongs to a stamp of receipt (CÔNG VĂN ĐẾN, Số ..., Ngày ..., Chuyển ...)."""
    return len(text) < 60 and _INCOMING.search(fold(text)) is not None


def goes_on_stamp(text: str) -> bool:
    """Whether the line can be the next one of a stamp of receipt: its number, day or forwarding alone."""
    return len(text) < 60 and _STAMP_REST.match(fold(text)) is not None


def is_page_number(line: Line) -> bool:
    """Whether the line is the number of its page: at the page's top, or alone between empty lines and fitting."""
    match = _PAGE_NUMBER.match(line.text)
    return match is not None and line.page_top
