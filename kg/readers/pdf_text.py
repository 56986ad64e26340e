"""The characters of a PDF page as words and lines with their places, and what was stamped over the page.

pdfium's own offsets count generated characters, so that characters are asked for one by one.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.readers.layout import Box, Line, Placed

POINTS_PER_INCH = 72
LOST = "\ufffd"
"""Stands for a character whose meaning the PDF does not tell."""

_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character of the page; blanks and newlines have no box of their own."""

    char: str
    box: tuple[float, float, float, float]


class TextLayer:
    """The text of a page (``page`` and its ``text_page`` of pypdfium2), in pixels at ``dpi``."""

    def __init__(self, page: Any, dpi: int) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._scale = dpi / POINTS_PER_INCH
        self.page = page
        self._text_page = page.get_textpage()
        width, self._height = page.get_size()
        self.size = (round(width * self._scale), round(self._height * self._scale))
        self.count: int = raw.FPDFText_CountChars(self._text_page)

    def lines(self, start: int = 0) -> list[Line]:
        """The lines from the character at ``start`` on, in the order of the page's content."""
        lines = [Line()]
        word: list[Glyph] = []
        for glyph in self._glyphs(start):
            if not glyph.char.isspace():
                word.append(glyph)
                continue
            _finish(word, lines[-1])
            if glyph.char == "\n" and lines[-1].words:
                lines.append(Line())
        _finish(word, lines[-1])
        return [line for line in lines if line.words]

    def characters(self, count: int) -> str:
        """The first ``count`` characters."""
        return "".join(self._character(position) for position in range(min(count, self.count)))

    def _glyphs(self, start: int) -> Iterator[Glyph]:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        for position in range(start, self.count):
            self._raw.FPDFText_GetCharBox(self._text_page, position, left, right, bottom, top)
            scale, height = self._scale, self._height
            box = (
                left.value * scale,
                (height - top.value) * scale,
                right.value * scale,
                (height - bottom.value) * scale,
            )
            yield Glyph(self._character(position), box)

    def _character(self, position: int) -> str:
        code = self._raw.FPDFText_GetUnicode(self._text_page, position)
        char = chr(code) if code <= 0x10FFFF else LOST
        if char == _HYPHEN:
            return "-"
        unusable = unicodedata.category(char) in ("Cc", "Cs", "Cn") and not char.isspace()
        return LOST if unusable else char


def _finish(word: list[Glyph], line: Line) -> None:
    if not word:
        return
    boxes = [glyph.box for glyph in word]
    box: Box = (
        round(min(box[0] for box in boxes)),
        round(min(box[1] for box in boxes)),
        round(max(box[2] for box in boxes)),
        round(max(box[3] for box in boxes)),
    )
    line.words.append(Placed("".join(glyph.char for glyph in word), box))
    word.clear()


def stamped_lines(document: Any, index: int, base: TextLayer, dpi: int) -> list[Line]:
    """What annotations and signature fields show over the page: the number and day that an office's system stamps into
    a document it issues are there and nowhere else, and so is the block of a digital signature.

    pdfium makes them part of the page's content (in memory only), behind what was there. ``base`` is the layer as it
    was before. A page that cannot be flattened has no stamps.
    """
    from pypdfium2 import raw

    if not raw.FPDFPage_GetAnnotCount(base.page):
        return []
    before = base.characters(base.count)
    if raw.FPDFPage_Flatten(base.page, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return []
    flat = TextLayer(document[index], dpi)
    if flat.characters(base.count) != before:
        return []
    return flat.lines(base.count)
