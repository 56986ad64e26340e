"""The secrecy stamp: a zone of the page, alone in its place in the head, never a word of the body (DESIGN.md §6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein
from spacy.language import Language as _Language

from nlp.data import table
from nlp.joined_stamps import joined_stamps
from nlp.model import Extraction, Secrecy, Zone
from nlp.zones.layout import layout_of
from nlp.zones.lines import Cell, Line, is_capital, key, lines_of
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
_RETENTION = re.compile(
    r"(?:thoi han (?:bao quan|luu tru)|thbq)\s*[:.\-]?\s*(?P<term>vinh vien|lau dai|tam thoi|\d{1,3}\s*nam)",
    re.IGNORECASE,
)
_RETENTION_DEPTH = 3000
_BODY = re.compile(r"^\W*(?:can cu|dieu \d|kinh gui|chuong|hom nay|noi nhan|[ivx]+\. |\d+\. )")
_LABEL = re.compile(r"^\W*(?:do mat|muc do mat|dau do mat|mat do)\W{0,3}")


class SecrecyStamp:
    """Fills ``secrecy`` and ``retention`` and the zone of the stamp."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill in place. A stamp on any document of the file closes the whole file."""
        extraction: Extraction = doc._.extraction
        stamps = list(_stamps(extraction, layout_of(doc).lines))
        for level, cell in stamps:
            if extraction.secrecy is None or _ORDER.index(level) > _ORDER.index(extraction.secrecy):
                extraction.secrecy = level
            extraction.zones.append(Zone("stamp", cell.start, cell.end))
        extraction.retention = retention_of(extraction.text[:_RETENTION_DEPTH])
        return doc


@_Language.factory("hoso_secrecy")
def make(nlp: Language, name: str) -> SecrecyStamp:
    """The factory of the component."""
    return SecrecyStamp()


_ORDER: tuple[Secrecy, ...] = ("mat", "toi_mat", "tuyet_mat")


def _stamps(extraction: Extraction, lines: list[Line]) -> Iterator[tuple[Secrecy, Cell]]:
    """Stamps in the head of the record and at the top of its pages."""
    head, count, since_top = True, 0, 0
    every = lines if not extraction.zone("archive_page") else list(lines_of(extraction.text))
    title = extraction.zone("type")
    yield from joined_stamps(_above_title(every, title.start if title else None))
    for line in every:
        since_top = 0 if line.page_top else since_top + 1
        if line.page_top and _opens_document(line):
            head, count = True, 0
        count += 1
        if count > _HEAD_LINES or (count > 4 and _BODY.match(fold(line.text))):
            head = False
        if not head and since_top >= _TOP_LINES:
            continue
        for cell in _free_cells(line):
            level = stamp_level(cell)
            if level is not None:
                yield level, cell


def _above_title(lines: list[Line], title: int | None) -> list[Line]:
    """The lines of the first head above its title: a stamp that OCR joined with the other column stands there."""
    found: list[Line] = []
    for line in lines[:_HEAD_LINES]:
        if title is not None and line.start >= title:
            break
        if len(found) >= _FEWEST_ABOVE and (_BODY.match(fold(line.text)) or _is_prose(line.text)):
            break
        found.append(line)
    return found


def _is_prose(line: str) -> bool:
    """Whether most words of a line are in small letters: an abstract or what follows it, where no title was read."""
    words = [word for word in line.split() if word[:1].isalpha()]
    return len(words) >= _PROSE and sum(word[0].islower() for word in words) > len(words) / 2


def _opens_document(line: Line) -> bool:
    return any(find_motto(cell) is not None or is_capital(cell.text) for cell in line.cells())


def _free_cells(line: Line) -> Iterator[Cell]:
    """The columns of a line, without the motto that OCR joined to one."""
    for cell in line.cells():
        motto = find_motto(cell)
        if motto is None:
            yield cell
            continue
        for part in (cell.cut(0, motto.start), cell.cut(motto.end, len(cell.text))):
            if part is not None:
                yield part


@cache
def _levels() -> tuple[tuple[str, str, Secrecy], ...]:
    return tuple((row["printed"], key(row["printed"]), row["level"]) for row in table("secrecy.csv"))  # type: ignore[misc]


def stamp_level(cell: Cell) -> Secrecy | None:
    """The level that the cell is the stamp of: the words alone, in capitals or behind the label "Độ mật"."""
    text, labelled = cell.text, False
    label = _LABEL.match(cell.folded)
    if label is not None:
        text, labelled = cell.text[label.end() :], True
    if not (labelled or is_capital(text)) or len(text) > 24:
        return None
    this = key(text)
    for _printed, plain, level in _levels():
        if this == plain and (len(plain) > 3 or _reads_mat(text)):
            return level
        if len(plain) > 5 and Levenshtein.distance(this, plain) <= 1:
            return level
    return None


def _reads_mat(text: str) -> bool:
    """MẬT, with the accents OCR puts for them, but not another word of these letters (MẮT, MÁT, MẶT)."""
    letters = "".join(char for char in text.upper() if char.isalpha())
    return letters in {"MẬT", "MÂT", "MẤT", "MẠT", "MẦT", "MẨT", "MAT"}


def retention_of(text: str) -> str | None:
    """The period of retention that a stamp or a cover gives: ``vĩnh viễn``, ``lâu dài``, ``tạm thời`` or ``N năm``."""
    match = _RETENTION.search(fold(text))
    if match is None:
        return None
    term = match.group("term")
    return _TERMS.get(term) or f"{int(re.sub(r'[^0-9]', '', term))} năm"


_TERMS = {"vinh vien": "vĩnh viễn", "lau dai": "lâu dài", "tam thoi": "tạm thời"}
