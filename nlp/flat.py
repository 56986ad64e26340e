"""The text of a record as one line: a run of white space becomes one space, so that a name cut at a line end is whole.

A gap between columns (three spaces and more) or paragraphs (an empty line) becomes a line feed: names do not cross it.
``shown`` and ``folded`` have the same length; every position leads back to the record's text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, Protocol

from ontology.folding import fold

_SPACES = re.compile(r"[^\S\n]*\n\s*|\s{2,}|[^\S\n ]")
_COLUMN_GAP = 3


def _is_gap(space: str) -> bool:
    lines = space.count("\n")
    return lines > 1 or (lines == 0 and len(space) >= _COLUMN_GAP)


_NUMBER_LINE = re.compile(
    r"(?<=\n)[^\S\n]*(?P<at>(?P<word>[Tt]rang[^\S\n]+)?(?:[-–—]\s?)?(?P<n>\d{1,3})(?:\s?/\s?(?P<of>\d{1,3})|\s?[-–—]|\.)?)"
    r"[^\S\n]*\n\s*(?=[^\W\d])"
)
_FULL_LINE = 40
"""Characters of a line that runs on over the page's end."""


def page_numbers(text: str) -> dict[int, int]:
    """The numbers of pages that stand on lines of their own amid the text, as 2, 3, 4 ... or "Trang 2/3", behind lines
    that run on: where each begins, and where the text goes on behind it."""
    found: dict[int, int] = {}
    expected = 2
    for match in _NUMBER_LINE.finditer(text):
        number, of = int(match.group("n")), match.group("of")
        if number != expected and not (match.group("word") and of and number <= int(of)):
            continue
        above = text[max(0, match.start() - 200) : match.start()].rstrip()
        if len(above) - above.rfind("\n") - 1 < _FULL_LINE:
            continue
        expected = number + 1
        if above[-1:] not in ".:;/":
            found[match.start("at")] = match.end()
    return found


class Spanned(Protocol):
    """What stands somewhere: a mention, a zone, a reference."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Mask:
    """Which characters of a flat text are spoken for."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def take(self, start: int, end: int) -> None:
        """Mark a stretch."""
        if end > start:
            self._taken[start:end] = b"\x01" * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing of a stretch is taken."""
        return self._taken.find(1, start, end) < 0

    def first(self, start: int, end: int) -> int:
        """Where the first taken character of a stretch stands; its end where none is."""
        found = self._taken.find(1, start, end)
        return end if found < 0 else found


class Stretches:
    """Stretches of a text in order, none over another: whether a position lies in one."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(stretches)
        self._starts = [start for start, _ in self._spans]

    def hold(self, position: int) -> bool:
        """Whether a position lies in one of them."""
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self._spans[index][1]


class Flat:
    """``text`` on one line. ``shown``: as written; ``folded``: the same without accents and capitals."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces: list[str] = []
        self._here: list[int] = [0]
        self._there: list[int] = [0]
        breaks: list[int] = []
        length = position = 0
        self._numbers = numbers = page_numbers(text)
        for match in _SPACES.finditer(text):
            if match.start() < position:
                continue
            pieces.append(text[position : match.start()])
            length += match.start() - position
            if "\n" in match.group():
                breaks.append(length)
            number_end = numbers.get(match.end())
            pieces.append(" " if number_end or not _is_gap(match.group()) else "\n")
            length += 1
            position = number_end or match.end()
            self._here.append(length)
            self._there.append(position)
        pieces.append(text[position:])
        self.shown = "".join(pieces)
        self.folded = fold(self.shown)
        if len(self.folded) != len(self.shown):  # text that is not NFC: what is read is then the folded form only
            self.folded = self.shown.lower()
        self.breaks = tuple(breaks)
        self.memo: dict[str, Any] = {}
        """What components found in this text and others need too."""

    def mask(self, *groups: Iterable[Spanned]) -> Mask:
        """A mask over the flat text in which what stands at flat positions is taken."""
        mask = Mask(len(self.shown))
        for group in groups:
            for found in group:
                mask.take(found.start, found.end)
        return mask

    def mask_text(self, *groups: Iterable[Spanned]) -> Mask:
        """The same for what stands at offsets of the text."""
        mask = Mask(len(self.shown))
        for group in groups:
            for found in group:
                if found.end > found.start:
                    mask.take(self.forth(found.start), self.forth(found.end - 1) + 1)
        return mask

    def back(self, position: int) -> int:
        """The offset in the text of a position in the flat text."""
        segment = bisect_right(self._here, position) - 1
        return self._there[segment] + position - self._here[segment]

    def forth(self, offset: int) -> int:
        """The position in the flat text of an offset in the text (of the next word where it falls into a gap)."""
        segment = bisect_right(self._there, offset) - 1
        position = self._here[segment] + offset - self._there[segment]
        following = self._here[segment + 1] if segment + 1 < len(self._here) else len(self.shown)
        return min(position, following)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text of a stretch of the flat text that begins and ends with a character that shows."""
        return self.back(start), self.back(end - 1) + 1

    def surface(self, start: int, end: int) -> str:
        """What stands between two offsets of the text, without the number of a page amid it."""
        if not any(start < at < end for at in self._numbers):
            return self.text[start:end]
        return self.shown[self.forth(start) : self.forth(end - 1) + 1]

    def broken(self, start: int, end: int) -> bool:
        """Whether a line ends between two positions."""
        index = bisect_right(self.breaks, start - 1)
        return index < len(self.breaks) and self.breaks[index] < end

    def line_start(self, position: int) -> int:
        """Where the line begins in which ``position`` stands."""
        index = bisect_right(self.breaks, position - 1)
        return self.breaks[index - 1] + 1 if index else 0


def flat_of(doc: Any) -> Flat:
    """The flat text of a spaCy doc's record; made once for all components."""
    text = doc._.extraction.text
    known = doc.user_data.get("flat")
    if not isinstance(known, Flat) or (known.text is not text and known.text != text):
        known = doc.user_data["flat"] = Flat(text)
    return known
