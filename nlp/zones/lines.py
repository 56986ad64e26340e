"""Lines and columns of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ontology.folding import fold

_LINE = re.compile(r"[^\n\f]+|\f")
_COLUMN = re.compile(r"[^\S\n]{3,}|\t+|\s*\|\s+|\s*¦\s*")
_BLANK = re.compile(r"[/\-]\s?(?:19|20)?[0-9A-ZĐ]|tháng\b|năm\b", re.IGNORECASE)
_OPENS = re.compile(r"-\s[A-ZĐ]")
_EDGE = " \t*_|¦\\"


@dataclass(slots=True)
class Cell:
    """What stands in one column of a line, with its offsets in the text; ``folded`` has the same length."""

    start: int
    text: str
    line: int
    folded: str = field(default="")

    def __post_init__(self) -> None:
        if not self.folded:
            self.folded = fold(self.text)

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.start + len(self.text)

    def cut(self, start: int, end: int) -> Cell | None:
        """The part of the cell between two positions in it, trimmed; None where nothing is left."""
        part = self.text[start:end]
        left = len(part) - len(part.lstrip(_EDGE))
        part = part.strip(_EDGE)
        return Cell(self.start + start + left, part, self.line) if part else None


@dataclass(slots=True)
class Line:
    """A line that is not empty. ``blank_before``: an empty line or a page limit stands above it; ``lead``: the blanks
    that it begins with."""

    start: int
    text: str
    index: int
    page: int
    blank_before: bool
    page_top: bool = False
    lead: str = ""
    _cells: list[Cell] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.start + len(self.text)

    def cells(self) -> list[Cell]:
        """The columns of the line: what gaps of three spaces, tabs or rules part. A gap left for handwriting parts
        nothing (``Số:       /QĐ-UBND``, ``ngày      tháng 12 năm 2011``)."""
        if self._cells is None:
            self._cells = self._columns()
        return list(self._cells)

    def _columns(self) -> list[Cell]:
        found: list[Cell] = []
        position = 0
        for match in _COLUMN.finditer(self.text):
            if _BLANK.match(self.text, match.end()) and not _OPENS.match(self.text, match.end()):
                continue
            found += self._cell(position, match.start())
            position = match.end()
        return found + self._cell(position, len(self.text))

    def _cell(self, start: int, end: int) -> list[Cell]:
        part = self.text[start:end]
        left = len(part) - len(part.lstrip(_EDGE))
        part = part.strip(_EDGE)
        return [Cell(self.start + start + left, part, self.index)] if part else []


def lines_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines with something on them, from ``start`` on, in order."""
    stop = len(text) if end is None else end
    page, index, last_end, top = 1, 0, start, True
    for match in _LINE.finditer(text, start, stop):
        if match.group() == "\f":
            page, top, last_end = page + 1, True, match.end()
            continue
        shown = match.group().strip()
        if not shown:
            continue
        begin = match.start() + (len(match.group()) - len(match.group().lstrip()))
        blank = top or text.count("\n", last_end, match.start()) > 1
        yield Line(begin, shown, index, page, blank, top, text[match.start() : begin])
        index, top, last_end = index + 1, False, match.end()


_LETTERS = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=4096)
def is_capital(text: str) -> bool:
    """Whether the words are written in capitals (a few small letters from OCR are let pass)."""
    letters = _LETTERS.findall(text)
    return len(letters) >= 2 and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def has_words(text: str) -> bool:
    """Whether there is more than rules and stray signs: two letters side by side."""
    return re.search(r"[^\W\d_]{2}", text) is not None


_NO_KEY = re.compile(r"[\W_]+")


def key(text: str) -> str:
    """Folded letters alone, for comparing what OCR spaced and dotted differently."""
    return _NO_KEY.sub("", fold(text))
