"""A page put together from words: the text and the words' offsets in it are made in one place."""

from __future__ import annotations

from kg.readers.model import Page, Word

Box = tuple[int, int, int, int]


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
