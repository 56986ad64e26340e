"""The date where the head has none: above the signature of forms and certificates, in the first line of minutes."""

from __future__ import annotations

import re

from nlp.header.when import When, find_date
from nlp.zones.layout import Layout
from nlp.zones.lines import Cell

_TODAY = re.compile(r"^\W*(?:hom nay|vao hoi|vao luc|luc|hoi)\b")
_LONGEST = 60
_MINUTES_DEPTH = 25


def late_date(layout: Layout, *, minutes: bool, form: bool) -> tuple[When | None, Cell | None]:
    """The date and its cell below the head: for minutes the day of the meeting, else the first short cell that is a
    place and a date (of a form: or a date alone)."""
    lines = layout.lines[layout.head.lines_used :]
    if minutes:
        for line in lines[:_MINUTES_DEPTH]:
            cell = Cell(line.start, line.text, line.index)
            when = find_date(cell.text, cell.folded) if _TODAY.match(cell.folded) else None
            if when is not None and when.date is not None:
                return when, cell.cut(when.start, when.end)
    for line in lines:
        if "năm" not in line.text and "ngày" not in line.text.lower():
            continue
        for cell in line.cells():
            when = find_date(cell.text, cell.folded) if len(cell.text) <= _LONGEST else None
            if when is not None and when.date is not None and _stands_alone(cell, when, form=form):
                return when, cell.cut(when.start, when.end)
    return None, None


def _stands_alone(cell: Cell, when: When, *, form: bool) -> bool:
    before = cell.text[: when.start].strip()
    behind = cell.text[when.end :].strip(" .,;:")
    if behind or not ((before == "" and form) or before.endswith(",")):
        return False
    words = before.rstrip(",").split()
    return len(words) <= 6 and all(word[:1].isupper() or word in {"phố", "xã", "trấn"} for word in words)
