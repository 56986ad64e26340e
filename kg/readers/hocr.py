"""hOCR: HTML in which each word of a page carries its box and confidence (hOCR 1.2).

It is read with the standard library's HTML parser, which knows nothing of external files and expands no entity that a
document defines. Tesseract writes a plain DOCTYPE, which is passed over; one that defines anything is refused.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from kg.errors import Unreadable
from kg.messages import say
from kg.readers.encodings import UndecidableEncoding, decode
from kg.readers.layout import Box, PageBuilder
from kg.readers.model import Page, Reading
from kg.readers.ocr import OcrSettings

_DEFINES = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
_BOX = re.compile(r"\bbbox\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)")
_CONFIDENCE = re.compile(r"\bx_wconf\s+(\d+(?:\.\d+)?)")
_LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
_PARAGRAPHS = frozenset({"ocr_par", "ocr_carea", "ocrx_block"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def read(path: Path, ocr: OcrSettings) -> Reading:
    """Read an hOCR file. Raises Unreadable: ``encoding``, ``unsafe_markup`` (it defines entities)."""
    try:
        markup = decode(path.read_bytes()).text
    except UndecidableEncoding:
        raise Unreadable(say("unreadable_encoding", name=path.name), reason="encoding") from None
    if _DEFINES.search(markup):
        raise Unreadable(say("unreadable_unsafe_markup", name=path.name), reason="unsafe_markup")
    return Reading(parse(markup), True, "hocr")


def parse(markup: str) -> tuple[Page, ...]:
    """The pages of an hOCR document, in its order: lines of words, paragraphs apart."""
    parser = _Parser()
    parser.feed(markup)
    parser.close()
    parser.finish_page()
    return tuple(parser.pages)


class _Parser(HTMLParser):
    """Follows pages, paragraphs, lines and words; text of a line without words is kept without positions."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pages: list[Page] = []
        self._builder: PageBuilder | None = None
        self._frame: Box = (0, 0, 0, 0)
        self._open: list[str] = []
        self._collected: list[str] = []
        self._word: tuple[Box | None, float | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        classes = set((values.get("class") or "").split())
        title = values.get("title") or ""
        role = self._role(classes)
        if tag not in _VOID:
            self._open.append(role)
        if role == "page":
            self.finish_page()
            self._builder = PageBuilder()
            self._frame = _box(title) or (0, 0, 0, 0)
        elif role == "word":
            self._flush()
            self._word = (self._placed(_box(title)), _confidence(title))
        elif role in ("line", "paragraph"):
            self._flush()

    @staticmethod
    def _role(classes: set[str]) -> str:
        if "ocr_page" in classes:
            return "page"
        if "ocrx_word" in classes:
            return "word"
        if classes & _LINES:
            return "line"
        return "paragraph" if classes & _PARAGRAPHS else ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self._open:
            return
        role = self._open.pop()
        if role:
            self._flush()
        if self._builder is None:
            return
        if role == "line":
            self._builder.end_line()
        elif role == "paragraph":
            self._builder.end_paragraph()

    def handle_data(self, data: str) -> None:
        if self._word is not None or "line" in self._open:
            self._collected.append(data)

    def _flush(self) -> None:
        text = "".join(self._collected)
        self._collected.clear()
        box, confidence = self._word or (None, None)
        self._word = None
        if self._builder is not None:
            self._builder.word(text, box, confidence)

    def _placed(self, box: Box | None) -> Box | None:
        if box is None:
            return None
        left, top = self._frame[:2]
        return (box[0] - left, box[1] - top, box[2] - left, box[3] - top)

    def finish_page(self) -> None:
        """Close the page at hand, if any."""
        if self._builder is None:
            return
        self._flush()
        left, top, right, bottom = self._frame
        size = (right - left, bottom - top) if right > left and bottom > top else (None, None)
        self.pages.append(self._builder.page(len(self.pages) + 1, *size))
        self._builder = None


def _box(title: str) -> Box | None:
    match = _BOX.search(title)
    if match is None:
        return None
    left, top, right, bottom = (int(value) for value in match.groups())
    return (left, top, right, bottom)


def _confidence(title: str) -> float | None:
    match = _CONFIDENCE.search(title)
    return min(float(match.group(1)) / 100, 1.0) if match else None
