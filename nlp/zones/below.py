"""The number below a heading, or beside it, of papers whose head has none: certificates, permits, older acts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.header.number import number_mark, parse_number
from nlp.header.types import TypeLine
from nlp.header.when import find_date
from nlp.zones.abstract import is_copy_mark
from nlp.zones.authority import is_of_body
from nlp.zones.lines import Cell, Line
from ontology.folding import fold

if TYPE_CHECKING:
    from nlp.zones.head import Head

_BOOK = re.compile(r"\W*(?:quyen so|so quyen|mau so|lien so|ngay \S+ thang)\b")
"""Lines that vouchers and certificates have above their number."""
_OF_NUMBERED = re.compile(r"(?P<body>cua .{4,60}?)\s+(?P<number>so\s?:?\s?\d.*)$")
_ISSUED = re.compile(r"\W*(?:cap ngay|ngay cap|ky ngay|ngay ky|cap)\b\s?:?")
_NUMBER_LINE, _DATED_NUMBER = 40, 70
_UNREAD = 60
"""Signs of a cell whose number cannot be read that are no number any more."""


class BelowHeading:
    """Reads the lines behind the type of ``head`` for its number, day and authority, and notes them in it."""

    def __init__(self, head: Head, lines: list[Line], *, scanned: bool) -> None:
        self.head = head
        self.lines = lines
        self.scanned = scanned

    def number_beside(self) -> None:
        """A number right behind the heading: "GIẤY PHÉP XÂY DỰNG SỐ: 251/GPXD"."""
        head = self.head
        if head.type is None or head.type_cell is None or head.type.rest is None or head.number_cell is not None:
            return
        rest = head.type_cell.cut(head.type.rest, len(head.type_cell.text))
        if rest is None or number_mark(rest.folded) is None or len(rest.text) > _DATED_NUMBER:
            return
        self._number_and_day(rest)
        if head.number is not None:
            head.type = TypeLine(head.type.name, head.type.exact, None)

    def number_below(self) -> None:
        """Certificates and permits carry their number, and some their date, right below the heading."""
        head = self.head
        start = head.lines_used
        for position, line in enumerate(self.lines[start : start + 4], start + 1):
            if head.number_cell is not None:
                self._issued_on(line, position)
                return
            marked = next((cell for cell in line.cells() if number_mark(cell.folded) is not None), None)
            dated = marked is not None and find_date(marked.text, marked.folded) is not None
            if marked is not None and len(marked.text) <= (_DATED_NUMBER if dated else _NUMBER_LINE):
                self._number_and_day(marked)
                head.lines_used = position
                for cell in line.cells():
                    if cell is not marked:
                        self._dated_beside(cell)
            elif is_copy_mark(line.text) or self._numbered_heading(line):
                head.lines_used = position
            elif head.authority is None and is_of_body(fold(line.text)) and position < start + 3:
                # "QUYẾT ĐỊNH" / "CỦA ỦY BAN NHÂN DÂN XÃ X" / "Số: 12/QĐ-UB ngày 5-7-1984"
                behind = self.lines[position : position + 1]
                if not behind or number_mark(fold(behind[0].text)) is None:
                    return
                head.authority = Cell(line.start, line.text, line.index)
                head.lines_used = position
            elif not _BOOK.match(fold(line.text)):
                return
            elif line.cells()[0].folded.lstrip().startswith("ngay"):
                self._dated_beside(line.cells()[0])

    def _dated_beside(self, cell: Cell) -> None:
        """The day in the row of a voucher's number."""
        when = find_date(cell.text, cell.folded) if self.head.when is None else None
        if when is not None and when.date is not None and not cell.text[: when.start].strip():
            self.head.when, self.head.date_cell = when, cell.cut(when.start, when.end)

    def _issued_on(self, line: Line, position: int) -> None:
        """The day of a permit below its number ("Cấp ngày 5/7/2010")."""
        head = self.head
        folded = fold(line.text)
        issued = _ISSUED.match(folded) if head.when is None else None
        if issued is None:
            return
        # "Ngày cấp: 5/7/2010" is read as "ngày 5/7/2010".
        label = issued.end()
        shown = f"{'ngày':>{label}}{line.text[label:]}"
        when = find_date(shown, fold(shown)) or find_date(line.text, folded)
        if when is None or len(line.text) > _DATED_NUMBER or not (when.date or when.partial):
            return
        head.when = when
        head.date_cell = Cell(line.start, line.text, line.index).cut(when.start, when.end)
        head.lines_used = position

    def _numbered_heading(self, line: Line) -> bool:
        """Whether the line says whose act it is, which and of what day: "CỦA CHÍNH PHỦ SỐ 64-CP NGÀY 27-9-1993"."""
        match = _OF_NUMBERED.match(fold(line.text))
        if match is None or not is_of_body(match.group("body")):
            return False
        whole = Cell(line.start, line.text, line.index)
        number, body = whole.cut(match.start("number"), len(line.text)), whole.cut(0, match.end("body"))
        if number is None or number_mark(number.folded) is None:
            return False
        self.head.authority = body
        self._number_and_day(number)
        return True

    def _number_and_day(self, cell: Cell) -> None:
        """The number, and the day that may stand behind it."""
        head = self.head
        number = parse_number(cell.text, number_mark(cell.folded) or 0, repair=self.scanned)
        if number is None and len(cell.text) > _UNREAD:
            return
        head.number_cell, head.number = cell, number
        behind = cell.cut(head.number.end, len(cell.text)) if head.number is not None else None
        when = find_date(behind.text, behind.folded) if behind is not None and head.when is None else None
        if behind is not None and when is not None and (when.date or when.partial):
            head.when, head.date_cell = when, behind.cut(when.start, when.end)
