"""Where the body's first sentence begins below a title, when no word of the closed list opens it."""

from __future__ import annotations

import re
from itertools import pairwise

from nlp.header.heads import head_word
from nlp.letters import LOWER, UPPER
from nlp.zones.lines import Cell, Line, is_capital

CONTINUES = re.compile(
    r"(?:,|;|-|–|\b(?:của|và|thuộc|cho|bởi|do|với|tại|về|các|giữa|từ|ngày|số|kèm theo|thực hiện theo|trên|trong|đối với|thực hiện|ban hành|bổ sung|sửa đổi|thay thế|bãi bỏ|điều của|là|để|khi))\s*$",
    re.IGNORECASE,
)
"""What a title cannot end with: it goes on below."""
FIGURE = re.compile(r"\d{1,4}(?:\s?[-–]\s?\d{1,4})?\W*$")
OPEN = re.compile(r"(?:[-–,]|\b(?:năm|số|quý|tháng|và|đến|khóa|lần thứ|kỳ|giai đoạn))\s*$", re.IGNORECASE)
"""What a figure alone on its line goes on ("nhiệm kỳ 2014 -" / "2017")."""
_SPEAKS = re.compile(
    r"\b(?:thong bao|bao cao|xay dung|trinh|de nghi|kinh|ban hanh|tran trong|huong dan|to chuc|yeu cau|nhan duoc|da|gom|co)\b"
)
_SENTENCES = re.compile(r"[^\W\d_]{2}[.;]\s+[^\W\d_]")
_TWO_SENTENCES = re.compile(rf"[{LOWER}]{{2}}\.\s+[{UPPER}][{LOWER}]")
_UNIT = re.compile(r"(?:thanh pho|tinh|huyen|quan|thi xa|phuong|xa|thi tran|thon|to dan pho)\b")
_DEPTH = 15
_FULL, _ROOM = 0.75, 0.9


def begins_prose(lines: list[Line], position: int, cell: Cell, found: list[Cell]) -> bool:
    """Whether the line at ``position`` (``cell``) is no more of the title: a body that reports, asks or announces,
    sentences, a full line below a title that had room left; without a title yet, the bare name of a body."""
    head = head_word(cell.folded)
    if not found:
        if _TWO_SENTENCES.search(cell.text):
            return True
        return head is not None and head[1] == "place" and " ve " not in cell.folded
    above = found[-1].text
    if CONTINUES.search(above) or not cell.text[:1].isupper() or is_capital(above):
        return False
    if (head is not None or cell.folded.startswith("hop tac xa ")) and _SPEAKS.search(cell.folded):
        return True
    if _SENTENCES.search(cell.text) and len(cell.text) > len(above):
        return True
    if _UNIT.match(cell.folded):
        return False
    width = max(len(line.text) for line in lines[position : position + _DEPTH])
    word = cell.text.split(maxsplit=1)[0]
    space = width - len(above) - 1 - len(word)
    if space > (1 - _ROOM) * width and (len(cell.text) >= _FULL * width or cell.text[-1:] in ".:;"):
        return True
    return space > 0 and _is_paragraph(lines, position, width)


def _is_paragraph(lines: list[Line], position: int, width: int) -> bool:
    """Whether a wrapped paragraph begins at ``position``: lines that have no room for the next one's first word, to a
    line that ends as sentences do. Lines of a title are broken by sense and end without a sign."""
    for line, follows in pairwise(lines[position : position + _LONGEST]):
        if line.text.rstrip()[-1:] in ".:;":
            return True
        first = follows.text.split(maxsplit=1)[0]
        if follows.blank_before or len(line.text) + len(first) < width - _SLACK:
            return False
    return False


_LONGEST = 12
"""Lines of a body's first paragraph that are looked at."""
_SLACK = 2
