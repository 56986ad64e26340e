"""Edits of a text that remember where every character came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Layer:
    """One pass of edits as a piecewise map: piece ``i`` begins at ``out[i]`` and came from ``src[i]``; a piece that
    was replaced (``replaced[i]``) points to where its original begins."""

    out: tuple[int, ...]
    src: tuple[int, ...]
    replaced: tuple[bool, ...]

    def back(self, offset: int) -> int:
        """The offset before this pass. A cut in the middle of a replacement goes to the replacement's beginning."""
        piece = bisect_right(self.out, offset) - 1
        if piece < 0:
            return offset
        return self.src[piece] if self.replaced[piece] else self.src[piece] + offset - self.out[piece]


@dataclass(slots=True)
class Edited:
    """A text under edit and the layers that lead back to the original."""

    text: str
    layers: list[Layer] = field(default_factory=list)

    def substitute(self, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]) -> None:
        """Replace every match; nothing is recorded where the replacement equals what stood there."""
        self.replace((*match.span(), replacement(match)) for match in pattern.finditer(self.text))

    def replace(self, edits: Iterable[tuple[int, int, str]]) -> None:
        """Put other text in the place of stretches (start, end, new), which come in order and do not overlap."""
        pieces: list[str] = []
        out: list[int] = [0]
        src: list[int] = [0]
        replaced: list[bool] = [False]
        last = length = 0
        for start, end, new in edits:
            if self.text.startswith(new, start) and end - start == len(new):
                continue
            pieces += (self.text[last:start], new)
            begin = length + start - last
            length = begin + len(new)
            if new:
                out.append(begin)
                src.append(start)
                replaced.append(True)
            out.append(length)
            src.append(end)
            replaced.append(False)
            last = end
        if not pieces:
            return
        pieces.append(self.text[last:])
        self.text = "".join(pieces)
        self.layers.append(Layer(tuple(out), tuple(src), tuple(replaced)))
