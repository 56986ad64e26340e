"""A small net that tags names by a token and the three on either side: a hash embedding, one hidden layer.

What a word adds to the hidden layer in each of the seven places depends on the word alone: it is computed once a word and
kept, so that of a text there remain a look-up a token, seven additions and one small product (numpy, no framework).
The weights come from ``python -m benchmarks.statistical train`` (docs/statistical.md).
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from ontology.folding import fold

TAGS: Final = ("O", "B-AGENCY", "I-AGENCY", "B-PERSON", "I-PERSON", "B-PLACE", "I-PLACE")
REACH: Final = 3
"""Tokens seen on either side."""
PLACES: Final = 2 * REACH + 1
EDGE: Final = "\n"
"""What stands before the first and behind the last token."""
_KEPT: Final = 8_192
"""Words that are kept: 15 MB of sums."""
_TOKEN: Final = re.compile(r"\w+|[^\w\s]|\n+")
_REPEATED: Final = re.compile(r"(.)\1+")


def tokens(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Words, signs and line ends of a stretch: (start, end)."""
    return [match.span() for match in _TOKEN.finditer(text, start, len(text) if end is None else end)]


def rows_of(word: str, rows: int) -> list[int]:
    """Rows of the embedding for a word: itself, without accents, its ends, its shape, its letters by threes (what a
    misreading leaves of them)."""
    if word[0] == "\n":
        return [zlib.crc32(b"\n") % rows]
    bare = fold(word)
    edged = f"<{bare[:12]}>"
    found = [
        f"w{word.lower()}",
        f"f{bare}",
        f"s{_shape(word)}",
        f"l{min(len(word), 9)}",
        f"p{bare[:2]}",
        f"e{bare[-2:]}",
    ]
    found += [f"3{edged[i : i + 3]}" for i in range(len(edged) - 2)]
    return [zlib.crc32(one.encode("utf-8", "replace")) % rows for one in found]


def _shape(word: str) -> str:
    """ "Văn" → "Xx", "UBND" → "X", "12a" → "9x"."""
    signs = ("X" if c.isupper() else "x" if c.islower() else "9" if c.isdigit() else "-" for c in word[:12])
    return _REPEATED.sub(r"\1", "".join(signs))


@dataclass(slots=True)
class Tagger:
    """The trained net. Shapes: ``table`` (rows, width); ``window`` (PLACES, width, hidden); ``bias`` (hidden);
    ``out`` (hidden, tags); ``out_bias`` (tags)."""

    table: Any
    window: Any
    bias: Any
    out: Any
    out_bias: Any
    _known: dict[str, int] = field(default_factory=dict)
    _sums: Any = None

    @classmethod
    def read(cls, data: bytes) -> Tagger:
        """From an npz archive of these arrays in half precision."""
        with np.load(io.BytesIO(data)) as stored:
            found = {name: stored[name].astype(np.float32) for name in stored.files}
        return cls(**found)

    def scores(self, windows: Sequence[Sequence[str]]) -> Any:
        """Scores of the tags (tokens, tags) for windows of PLACES words, the token in the middle."""
        if len(self._known) > _KEPT - len(windows) * PLACES:
            self._known, self._sums = {}, None
        if self._sums is None:
            self._sums = np.zeros((_KEPT, PLACES, len(self.bias)), np.float32)
        known = self._known
        rows = [[known[word] if word in known else self._row(word) for word in window] for window in windows]
        hidden = self._sums[rows, range(PLACES)].sum(1)
        hidden += self.bias
        np.maximum(hidden, 0, out=hidden)
        return hidden @ self.out + self.out_bias

    def _row(self, word: str) -> int:
        row = self._known[word] = len(self._known)
        vector = self.table[rows_of(word, len(self.table))].sum(0)
        self._sums[row] = vector @ self.window
        return row

    def spans(self, text: str, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int, str, float]]:
        """Names in stretches (start, end) of a text that do not overlap: start, end, label, and the least probability
        of its tokens to be part of a name. What stands around a stretch is seen too."""
        found: list[tuple[int, int, str, float]] = []
        spots: list[tuple[int, int]] = []
        windows: list[list[str]] = []
        for start, end in stretches:
            around = tokens(text, max(0, start - _AROUND), min(len(text), end + _AROUND))
            words = [EDGE] * REACH + [text[a:b] for a, b in around] + [EDGE] * REACH
            for number, (a, b) in enumerate(around):
                if a >= start and b <= end:
                    spots.append((a, b))
                    windows.append(words[number : number + PLACES])
                    if len(windows) == _BATCH:
                        self._tag(text, spots, windows, found)
                        spots, windows = [], []
        if windows:
            self._tag(text, spots, windows, found)
        return found

    def _tag(
        self,
        text: str,
        spots: Sequence[tuple[int, int]],
        windows: Sequence[Sequence[str]],
        found: list[tuple[int, int, str, float]],
    ) -> None:
        """Add the names among these tokens: one begins with its first tag, and goes on with the same label where nothing
        but a space or a line end lies between."""
        scores = self.scores(windows)
        chances = np.exp(scores - scores.max(1, keepdims=True))
        names = (1 - chances[:, 0] / chances.sum(1)).tolist()
        for (start, end), number, chance in zip(spots, scores.argmax(1).tolist(), names, strict=True):
            mark, _, label = TAGS[number].partition("-")
            if not label:
                continue
            if mark == "I" and found and found[-1][2] == label and not text[found[-1][1] : start].strip():
                begin, _, _, least = found[-1]
                found[-1] = (begin, end, label, min(least, chance))
            else:
                found.append((start, end, label, chance))


_AROUND: Final = 60
"""Characters on either side that three tokens nearly always fit in."""
_BATCH: Final = 512


@cache
def tagger() -> Tagger:
    """The tagger of the package, read once."""
    return Tagger.read(files("nlp.data").joinpath("names.npz").read_bytes())
