"""A page put together from words: the text and the words' offsets in it are made in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg.readers.model import Page, Word

Box = tuple[int, int, int, int]

_STAMPED = re.compile(r"\d{1,6}[A-Za-z]?$")
"""What an office stamps into a blank of a printed line: a number, a day, a month."""
_REACH = 4
"""How far beside a line a stamped number may stand, in heights of the line."""
_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Placed:
    """A word with its box, before it has an offset."""

    text: str
    box: Box
    confidence: float | None = None


@dataclass(slots=True)
class Line:
    """Words of a line, left to right as read; ``last`` of its paragraph."""

    words: list[Placed] = field(default_factory=list)
    last: bool = False


class PageBuilder:
    """Collects the words of a page in reading order; lines end with one newline, paragraphs with two."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._words: list[Word] = []
        self._gap = ""

    def word(self, text: str, box: Box | None, confidence: float | None = None) -> None:
        """A word with its box in pixels of the page and confidence in 0..1; blanks inside count as one space.
        Without a box the text is kept and no position given."""
        clean = " ".join(text.split())
        if not clean:
            return
        start = self._append(clean)
        if box is not None:
            self._words.append(Word(clean, start, start + len(clean), box, confidence))
        self._gap = " "

    def _append(self, text: str) -> int:
        if self._length:
            self._text.append(self._gap)
            self._length += len(self._gap)
        start = self._length
        self._text.append(text)
        self._length += len(text)
        return start

    def hyphen(self, text: str) -> None:
        """A hyphen at the end of a line, joined to the word before it and belonging to no word."""
        self._gap = ""
        self._append(text)
        self._gap = " "

    def end_line(self) -> None:
        """The next word begins a line."""
        if self._gap != "\n\n":
            self._gap = "\n"

    def end_paragraph(self) -> None:
        """The next word begins a paragraph."""
        self._gap = "\n\n"

    def page(self, number: int, width: int | None, height: int | None) -> Page:
        """The page as collected."""
        return Page(number, "".join(self._text), tuple(self._words), width, height)


def page_of(lines: Iterable[Line], number: int, width: int | None, height: int | None) -> Page:
    """A page from its lines."""
    builder = PageBuilder()
    for line in lines:
        for word in line.words:
            builder.word(word.text, word.box, word.confidence)
        if line.last:
            builder.end_paragraph()
        else:
            builder.end_line()
    return builder.page(number, width, height)


def lines_of(page: Page) -> list[Line]:
    """The lines of a page all of whose words have positions."""
    lines = [Line()]
    for word, following in zip(page.words, [*page.words[1:], None], strict=False):
        lines[-1].words.append(Placed(word.text, word.box, word.confidence))
        gap = page.text[word.end : following.start] if following else ""
        if "\n" in gap:
            lines[-1].last = "\n\n" in gap
            lines.append(Line())
    return [line for line in lines if line.words]


def with_stamps(page: Page, stamps: Sequence[Line]) -> Page:
    """The page with what was stamped over it: numbers go into the blanks of the printed lines that they stand in
    ("Số: 507 /UBND"), other lines before the text, where a digital signature's block stands."""
    lines = lines_of(page)
    before: list[Line] = []
    for stamp in stamps:
        fits = [_line_for(word, lines) if _STAMPED.match(word.text) else None for word in stamp.words]
        if stamp.words and all(fits):
            for word, line in zip(stamp.words, fits, strict=True):
                if line is not None:
                    _insert(word, line)
        else:
            before.append(Line(stamp.words))
    if before:
        before[-1].last = True
    made = page_of([*before, *lines], page.number, page.width, page.height)
    return replace(made, problem=page.problem, recognised=page.recognised)


def _line_for(word: Placed, lines: Sequence[Line]) -> Line | None:
    """The line in whose blank the word stands: at its height, over none of its words, and near one of them."""
    best: tuple[int, Line] | None = None
    for line in lines:
        level = [other for other in line.words if _shared(word.box, other.box, 1) > _OVERLAP]
        if not level or any(_shared(word.box, other.box, 0) > _OVERLAP for other in level):
            continue
        distance = min(
            max(other.box[0] - word.box[2], word.box[0] - other.box[2], 0) for other in level
        )  # pixels between the word and its nearest neighbour
        if distance <= _REACH * (word.box[3] - word.box[1]) and (best is None or distance < best[0]):
            best = (distance, line)
    return best[1] if best else None


def _shared(one: Box, other: Box, axis: int) -> float:
    """How much two boxes share of the smaller one's extent, from left to right (0) or top to bottom (1)."""
    common = min(one[axis + 2], other[axis + 2]) - max(one[axis], other[axis])
    smaller = min(one[axis + 2] - one[axis], other[axis + 2] - other[axis])
    return common / smaller if smaller > 0 else 0.0


def _insert(word: Placed, line: Line) -> None:
    position = next((index for index, other in enumerate(line.words) if other.box[0] > word.box[0]), len(line.words))
    line.words.insert(position, word)
