"""Whether a text came from a scan, seen from the text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from nlp.letters import LOWER
from nlp.repair.syllables import is_syllable
from nlp.zones.lines import Cell, Line, has_words, lines_of
from nlp.zones.motto import find_motto

_SAMPLE = 5000
_WORD = re.compile(rf"(?<![\w/.\-@&])[{LOWER}]{{2,7}}(?![\w/\-@&])")
_DIRT = re.compile(
    rf"[¬ˆ`|¦€£¥©®§»«¿¡ø†ÊÈŸ]|(?<=\w )[.:'\"_]{{1,2}}(?= \w)|\w[;:,](?=[{LOWER}]{{2}})|(?<=[{LOWER}])\.(?= [{LOWER}])"
)
_MISREAD = 0.004
_DIRTY = 0.012


def looks_scanned(text: str, method: str | None = None) -> bool:
    """Whether OCR read the text: said by the reader (``method``), else seen in words that are no syllables and dirt.

    Plain text and the text layer of a PDF may come from OCR too, so that those methods prove nothing.
    """
    if method in {"ocr", "hocr", "alto"}:
        return True
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    dirt = len(_DIRT.findall(sample))
    if len(words) < 20:
        return dirt > 5
    wrong = sum(not word.isascii() and not is_syllable(word) for word in words)
    return wrong >= max(2, _MISREAD * len(words)) or dirt >= max(3, _DIRTY * len(words))


def is_scan(text: str) -> bool:
    """Whether OCR read the text: seen in its words, or in a head whose two columns stand on one line."""
    return looks_scanned(text) or any(_is_joined(cell) for line in _first_lines(text) for cell in line.cells())


_HEAD_LINES = 30
_HEAD_LENGTH = 4000


def _first_lines(text: str) -> Iterator[Line]:
    return islice(lines_of(text, 0, min(len(text), _HEAD_LENGTH)), _HEAD_LINES)


def _is_joined(cell: Cell) -> bool:
    motto = find_motto(cell)
    return motto is not None and (has_words(cell.text[: motto.start]) or has_words(cell.text[motto.end :]))
