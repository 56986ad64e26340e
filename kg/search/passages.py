"""A record cut into passages by its own structure: head, articles, sections, paragraphs (never by blind length)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from ontology.folding import fold

LONGEST: Final = 1200
"""Characters; a longer part is cut at a paragraph, a line, a sentence or a word, whichever comes last."""
SHORTEST: Final = 160
"""Characters; a shorter paragraph joins the next one of the same part."""

_BREAKS: Final = tuple(re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"[.;:!?]\s", r"\s"))
_LINE = re.compile(r"[^\n\f]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """``text[start:end]`` of a record's normalised text, without white space at its ends."""

    start: int
    end: int


def cut(text: str) -> list[Passage]:
    """The passages of a text in order; they do not overlap and leave out only white space."""
    starts = sorted({0, *_part_starts(text)})
    found: list[Passage] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        found += _within(text, start, end)
    return found


@cache
def _markers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = yaml.safe_load(files("kg.search").joinpath("data", "structure.yaml").read_text(encoding="utf-8"))
    parts, items = ("|".join(f"(?:{pattern})" for pattern in data[name]) for name in ("parts", "items"))
    return re.compile(rf"\s*(?:{parts})"), re.compile(rf"\s*(?:{items})")


def _part_starts(text: str) -> list[int]:
    """Where a line begins a part; a paragraph or list item begins one when enough text came before it."""
    parts, items = _markers()
    folded = fold(text)
    folded = folded if len(folded) == len(text) else text.lower()  # text that is not NFC keeps its offsets
    found: list[int] = []
    begun = previous_end = 0
    for line in _LINE.finditer(folded):
        if not line.group().strip():
            continue
        gap = (
            "\n" in folded[previous_end : line.start()].replace("\n", "", 1)
            or "\f" in folded[previous_end : line.start()]
        )
        long_enough = line.start() - begun >= SHORTEST
        if parts.match(line.group()) or (long_enough and (gap or items.match(line.group()))):
            found.append(line.start())
            begun = line.start()
        previous_end = line.end()
    return found


def _within(text: str, start: int, end: int) -> list[Passage]:
    found: list[Passage] = []
    while True:
        start, stop = _trimmed(text, start, end)
        if start >= stop:
            return found
        if stop - start > LONGEST:
            stop = _break(text, start)
        inner_start, inner_end = _trimmed(text, start, stop)
        found.append(Passage(inner_start, inner_end))
        start = stop


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _break(text: str, start: int) -> int:
    window = text[start : start + LONGEST]
    for pattern in _BREAKS:
        places = [match.end() for match in pattern.finditer(window) if match.end() >= LONGEST // 3]
        if places:
            return start + places[-1]
    return start + LONGEST
