"""Whose act it is, where the heading says so: "CỦA CHÍNH PHỦ", "CỦA HỘI ĐỒNG BỘ TRƯỞNG VỀ VIỆC ..."."""

from __future__ import annotations

import re

from nlp.header.heads import head_word
from nlp.zones.lines import Cell, is_capital
from nlp.zones.positions import opens_with_position

_OF = re.compile(
    r"^cua (?:ban |uy ban|ubnd|hoi dong|hdnd|bo |chinh phu|dang |chi |thuong |hoi |doan |(?:pho )?chu tich|cong chung|(?:pho )?truong |giam doc)"
)
_OF_MORE = re.compile(r" (?:ve|trinh|tai (?:dai hoi|ky hop|hoi nghi)|lan thu) ")
"""What follows the body in a title that opens with it ("của Ban Chấp hành ... về công tác cán bộ")."""


def is_of_body(folded: str) -> bool:
    """Whether the line is the genitive of a body or post ("CỦA THỦ TƯỚNG CHÍNH PHỦ"), which belongs to the heading."""
    if _OF.match(folded):
        return True
    return folded.startswith("cua ") and (head_word(folded[4:]) is not None or opens_with_position(folded[4:]))


def subject_behind(cell: Cell, *, goes_on: bool = False) -> tuple[Cell, list[Cell]] | None:
    """A line that says whose act it is, and what about where that stands behind ("CỦA HỘI ĐỒNG BỘ TRƯỞNG VỀ VIỆC LẬP
    QUỸ"); None for other lines, and where a title opens with the body ("của Ban Chấp hành ... về công tác cán bộ").

    ``goes_on``: the line above is the body's, and open.
    """
    if goes_on:
        return cell, []
    folded = cell.folded.lstrip(" -–*.:;'\"“`_~ˆ")
    if not is_of_body(folded):
        return None
    if not _OF_MORE.search(folded):
        return cell, []
    match = _ABOUT_WHAT.search(cell.folded) if is_capital(cell.text) else None
    if match is None:
        return None
    body, subject = cell.cut(0, match.start()), cell.cut(match.start(), len(cell.text))
    return (body, [subject]) if body is not None and subject is not None else None


_ABOUT_WHAT = re.compile(r"(?<=\s)ve (?:viec|mot so)\b")


def body_in(authority: Cell | None) -> Cell | None:
    """The authority's line from its body on: "CỦA CHỦ TỊCH UBND PHƯỜNG TÂN AN" certifies for UBND PHƯỜNG TÂN AN."""
    if authority is None or not _OF.match(authority.folded):
        return authority
    for match in re.finditer(r"\S+", authority.folded):
        if head_word(authority.folded[match.start() :]) is not None:
            return authority.cut(match.start(), len(authority.text))
    return authority
