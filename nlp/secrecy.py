"""The secrecy stamp: a zone of the page, alone in its place in the head, never a word of the body (DESIGN.md §6)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.language import Language as _Language

from nlp.following import following_heads
from nlp.model import Extraction, Secrecy, Zone
from nlp.stamp_words import level_alone
from nlp.stamps import Stamp, at_line_end, may_be_stamp, spread_stamp, stamp_of, stamps_among
from nlp.zones.layout import Layout, layout_of
from nlp.zones.lines import Cell, Line, is_capital, lines_of
from nlp.zones.motto import find_motto
from ontology.folding import fold

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_HEAD_LINES = 26
_FEWEST_ABOVE = 3
"""Lines that a head has at least."""
_PROSE = 6
_TOP_LINES = 3
_OF_A_DATE = frozenset({"ngay", "thang", "nam", "so:"})
"""Small words of the line of place and date, and of the number beside it."""
_BODY = re.compile(r"^\W*(?:can cu|dieu \d|kinh gui|chuong [ivxl\d]+\b|hom nay|ve viec|noi nhan|[ivx]+\. |\d+\. )")


class SecrecyStamp:
    """Fills ``secrecy`` and the zone of the stamp."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill in place. A stamp on any document of the file closes the whole file."""
        extraction: Extraction = doc._.extraction
        for stamp in list(_stamps(extraction, layout_of(doc))):
            if extraction.secrecy is None or _ORDER.index(stamp.level) > _ORDER.index(extraction.secrecy):
                extraction.secrecy = stamp.level
            extraction.zones.append(Zone("stamp", stamp.start, stamp.end))
        return doc


@_Language.factory("hoso_secrecy")
def make(nlp: Language, name: str) -> SecrecyStamp:
    """The factory of the component."""
    return SecrecyStamp()


_ORDER: tuple[Secrecy, ...] = ("mat", "toi_mat", "tuyet_mat")


def _stamps(extraction: Extraction, layout: Layout) -> Iterator[Stamp]:
    """Stamps in the head of the record, at the top of its pages, and in the heads of documents that follow another
    within a page."""
    head, count, since_top = True, 0, 0
    lines, within = layout.lines, _heads_within(extraction, layout)
    every = lines if not extraction.zone("archive_page") else list(lines_of(extraction.text))
    title = extraction.zone("type")
    above = _above_title(every, title.start if title else len(extraction.text))
    if any(may_be_stamp(cell.text) for cell in above):
        yield from stamps_among([part for cell in above for part in _without_motto(cell)])
    yield from _alone_above(every, title)
    for line in every:
        since_top = 0 if line.page_top else since_top + 1
        if line.start in within or (line.page_top and _opens_document(line)):
            head, count = True, 0
        count += 1
        if count > _HEAD_LINES or (count > 4 and _BODY.match(fold(line.text))):
            head = False
        if not head and since_top >= _TOP_LINES:
            continue
        if not may_be_stamp(line.text):
            continue
        if (wide := spread_stamp(Cell(line.start, line.text, line.index))) is not None:
            yield wide
        above_title = title is None or line.start < title.start
        for cell in line.cells():
            for free in _without_motto(cell):
                stamp = stamp_of(free)
                if stamp is not None and (above_title or extraction.scanned or not _is_lost(extraction.text, stamp)):
                    yield stamp


def _heads_within(extraction: Extraction, layout: Layout) -> set[int]:
    """Where heads of further documents can begin within a page: their first lines, and those above, on which a level
    may stand alone."""
    lines = layout.lines
    heads = following_heads(extraction.text, layout, signed=False)
    return {line.start for first in heads for line in lines[max(0, first - _TOP_LINES) : first + 1]}


def _is_lost(text: str, stamp: Stamp) -> bool:
    """Whether the word is MẤT, "lost", as it stands at the top of any printed page."""
    return unicodedata.normalize("NFC", text[stamp.start : stamp.end]).strip(".,;: ").upper() == "MẤT"


def _alone_above(lines: list[Line], title: Zone | None) -> Iterator[Stamp]:
    """Levels in whatever letters, alone in their cell above or at the title of the first document; in the head of a
    letter, which has none, those that stand joined to the end of its lines."""
    if title is None:
        for line in lines[:_HEAD_LINES]:
            if _BODY.match(fold(line.text)) and line.index > _FEWEST_ABOVE:
                return
            if (
                may_be_stamp(line.text)
                and (stamp := at_line_end(Cell(line.start, line.text, line.index))) is not None
            ):
                yield stamp
        return
    for line in lines[:_HEAD_LINES]:
        if line.start > title.start:
            break
        for cell in line.cells():
            level = level_alone(cell.text)
            if level is not None:
                yield Stamp(level, cell.start, cell.end, "whole")


def _above_title(lines: list[Line], title: int) -> list[Cell]:
    """The lines of the first head up to its title: a stamp that OCR joined with what stands beside it stands there."""
    found: list[Cell] = []
    for line in lines[:_HEAD_LINES]:
        if line.start >= title:
            break
        if len(found) >= _FEWEST_ABOVE and (_BODY.match(fold(line.text)) or _is_prose(line)):
            break
        found.append(Cell(line.start, line.text[: title - line.start], line.index))
    return found


def _is_prose(line: Line) -> bool:
    """Whether most words of a line are in small letters: an abstract or what follows it, where no title was read."""
    words = [word for word in line.text.split() if word[:1].isalpha() and fold(word) not in _OF_A_DATE]
    if len(words) < _PROSE or sum(word[0].islower() for word in words) <= len(words) / 2:
        return False
    return find_motto(Cell(line.start, line.text, line.index)) is None


def _opens_document(line: Line) -> bool:
    return any(find_motto(cell) is not None or is_capital(cell.text) for cell in line.cells())


def _without_motto(cell: Cell) -> Iterator[Cell]:
    """What stands before and behind the motto that OCR joined to a column."""
    motto = find_motto(cell)
    if motto is None:
        yield cell
        return
    for part in (cell.cut(0, motto.start), cell.cut(motto.end, len(cell.text))):
        if part is not None:
            yield part
