"""The lines of a head as they are read: long ones shortened, what a line end cut put together."""

from __future__ import annotations

import re

from nlp.zones.lines import Line
from ontology.folding import fold

_LONGEST = 1500


def shortened(line: Line) -> Line:
    """A line of a head; a page without line ends is prose from some point on."""
    if len(line.text) <= _LONGEST:
        return line
    return Line(line.start, line.text[:_LONGEST], line.index, line.page, line.blank_before, line.page_top)


_CUT = re.compile(r"(?:,\s*ngay|ngay\s*\d{1,2}\s*thang(?:\s*\d{1,2}(?:\s*nam)?)?|^\W*so\s*:?)$")
_REST = re.compile(r"^(?:\d|thang|nam|/)")


def whole_lines(lines: list[Line]) -> list[Line]:
    """The lines with a date or a number that a line end cut put together (offsets stay: the break counts one)."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if (
            last is not None
            and line.start == last.end + 1
            and _CUT.search(fold(last.text))
            and _REST.match(fold(line.text))
            and len(line.text) < 60
        ):
            whole[-1] = Line(
                last.start, f"{last.text} {line.text}", last.index, last.page, last.blank_before, last.page_top
            )
        else:
            whole.append(line)
    return whole
