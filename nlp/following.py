"""Where a document begins right below another on the same page of a computer file, without a page break.

Only what is beyond doubt counts: the national or the Party's title with its letterhead, below a signature, and behind
it a document's head. Heads that a text quotes, forms annexed to a rule and heads of appendices begin no document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from nlp.data import column
from nlp.header.heads import head_word
from nlp.zones.layout import Layout
from nlp.zones.lines import Line, has_words, is_capital
from nlp.zones.motto import find_motto
from nlp.zones.names import person_name
from nlp.zones.positions import opens_with_position, position
from nlp.zones.powers import has_power
from ontology.folding import fold

_TITLE = re.compile(r"C[ỘÔO]NG H[OÒÓ][AÀÁ]|D[ÂA]N CH[ỦU] C[ỘÔO]NG|[ĐD][ẢA]NG (?:C[ỘÔO]NG S[ẢA]N|LAO)", re.IGNORECASE)
_ABOVE = 8
"""Lines of a letterhead above the title."""
_SIGNED = 14
"""Lines above the head among which the signature of the document before it stands."""
_QUOTED = re.compile(r"[:“\"«]\s*$|^\s*[“\"«]")
_ANNEX = re.compile(r"^\W*(?:phu luc|mau (?:so|don|bieu|to khai|[a-z]?\d)|bieu mau|mau \d)\b")
_HEAD_ROW = re.compile(r"^\W*(?:so\b|ban hanh|nhan danh)")
_LETTERHEAD = re.compile(r"^\W*(?:tinh|thanh pho|quan|huyen|thi xa|thi tran|phuong|xa|thon|\*+)\b")
_SYLLABLES = 3
_TRIMMED = " .,;:_-–—*~'`\"|"


def following_heads(text: str, layout: Layout, *, signed: bool = True) -> list[int]:
    """Positions in ``layout.lines`` at which heads of further documents begin within a page. ``signed``: only below
    the signature of the document before; without it what may be one too (for what must not be overlooked)."""
    lines = layout.lines
    starts = [line.start for line in lines]
    found: list[int] = []
    for match in _TITLE.finditer(text, layout.start, layout.end):
        at = bisect_right(starts, match.start()) - 1
        if at <= layout.head.lines_used or (signed and found and at - found[-1] < _ABOVE):
            continue
        if not any((motto := find_motto(cell)) is not None and motto.title for cell in lines[at].cells()):
            continue
        first = _head_start(lines, at)
        if not lines[first].page_top and _is_free(lines, first, at) and (not signed or _is_signed(lines, first)):
            found.append(first)
    return found


def _head_start(lines: list[Line], at: int) -> int:
    """The first line of the letterhead whose title stands at ``at``: lines of a body and its number above it."""
    first = at
    for index in range(at - 1, max(-1, at - 1 - _ABOVE), -1):
        line = lines[index]
        folded = fold(line.text)
        body = is_capital(line.text) and (head_word(folded) is not None or _LETTERHEAD.match(folded) is not None)
        if has_power(line.text) or line.page != lines[at].page:
            break
        if body or _HEAD_ROW.match(folded):
            first = index
        elif has_words(line.text):
            break
        if line.page_top:
            break
    return first


def _is_free(lines: list[Line], first: int, at: int) -> bool:
    """Whether nothing makes the head a quotation or an annexed form."""
    above = lines[first - 1] if first else None
    if above is not None and _QUOTED.search(above.text):
        return False
    near = lines[max(0, first - 3) : at + 1]
    return not any(_ANNEX.match(fold(line.text)) or line.text[:1] in '“"«' for line in near)


def _is_signed(lines: list[Line], first: int) -> bool:
    """Whether a signature stands above: a power or title, or who wrote, and a name below it, near the new head."""
    above = lines[max(0, first - _SIGNED) : first]
    titled = False
    for line in above:
        for cell in line.cells():
            plain = cell.text.strip(_TRIMMED)
            if has_power(cell.text) or position(plain) is not None or _closing().search(fold(plain)):
                titled = True
            elif titled and _names(plain):
                return True
    return False


def _names(plain: str) -> bool:
    """Whether the cell is a person's name, or ends with one (of the column that the recipients stand beside)."""
    last = " ".join(plain.split()[-_SYLLABLES:])
    return any(person_name(text) is not None and not opens_with_position(text) for text in (plain, last))


@cache
def _closing() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in column("closings.csv", "pattern")))
