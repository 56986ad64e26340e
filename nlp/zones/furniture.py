"""What stands on a page and is not the document's text: digital signatures, stamps of receipt, page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.zones.lines import Line
from ontology.folding import fold

_SIGNED = re.compile(
    r"ky boi\b|thoi gian ky|^\W*co quan:|nguoi ky:|ngay ky:|\+0?7:00|\d{1,2}[./-]\d{1,2}[./-]\d{4}\s+\d{1,2}\s?:\s?\d{2}"
    r"|signed by|digitally|date: \d{4}"
)
_CONTACT = re.compile(r"\w{3}@|gov\.?\s?vn|email:")
"""An address on the net: of a digital signature, or of the letterhead."""
_COPY_OFFICE = re.compile(r"xac thuc & bao mat|trung tam\W+(?:cong|tin|tich hop)|^\W*va tin hoc")
"""The office of gazettes and data in whose name copies are signed: elsewhere a body like any other."""
_NEAR = 3
"""Lines between the words of a digital signature and the office's name."""
_INCOMING = re.compile(
    r"^\W*(?:cong van den|van ban den|ho so den)\b|^\W*\S{0,6}\s?\bden\W{1,3}(?:so|ngay|gio)\b|^\W*den\W*$|^\W*chuyen\s*:|^\W*luu ho so"
)
_STAMP_REST = re.compile(
    r"^\W*(?:so\s?:?\s?\d{1,6}|ngay\s?:?\s?\d{1,2}\s?[./-]\s?\d{1,2}(?:\s?[./-]\s?\d{2,4})?|ngay.{1,6}thang.{1,6}(?:nam.{1,8})?|chuyen\s?:?.{0,30}|(?:so.{1,8}ngay.{1,14}))\W*$"
)
_PAGE_NUMBER = re.compile(r"^\W{0,3}(?:trang\s+)?(\d{1,4})(?:\s?/\s?\d{1,4})?\W{0,3}$")


def signature_blocks(lines: Sequence[Line]) -> dict[int, bool]:
    """Index of each line that belongs to a digital signature or a copy office's stamp → whether what stands above it
    is no letterhead."""
    shown = [fold(line.text) if len(line.text) < _LONGEST else "" for line in lines]
    shown = ["" if _HEAD_WORDS.search(folded) else folded for folded in shown]
    sure = [index for index, folded in enumerate(shown) if folded and _SIGNED.search(folded)]
    found = {lines[index].index: True for index in sure}
    for index, (line, folded) in enumerate(zip(lines, shown, strict=True)):
        near = any(abs(index - other) <= _NEAR for other in sure)
        if folded and (_CONTACT.search(folded) or (near and _COPY_OFFICE.search(folded))):
            found.setdefault(line.index, near)
    return found


_LONGEST = 120
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
