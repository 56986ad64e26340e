"""A record cut into passages by its own structure: head, grounds, articles, sections, tables (never by blind length)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from ontology.folding import fold

CUTTING: Final = "8"
"""Of how texts are cut: vectors of passages that were cut otherwise are made anew. Raise it with every change of it."""
LONGEST: Final = 1200
"""Characters; a longer part is cut at a paragraph, a line, a sentence or a word, whichever comes last."""
ENOUGH: Final = 400
"""Characters; a paragraph or list item begins a passage of its own where so much came before it in the same part: an
article is mostly one passage, a long one several of its clauses."""
HEADING: Final = 160
"""Characters; a heading (chapter, section) that is shorter goes with what it heads."""
_ROWS: Final = 3
"""Rows that make a table."""

_BREAKS: Final = tuple(re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"[.;:!?]\s", r"\s"))
_LINE = re.compile(r"[^\n\f]+")
_TITLE = re.compile(
    r"cong hoa xa hoi chu nghia|dan chu cong hoa|dang cong san viet nam\s*$|dang lao dong viet nam\s*$"
)
_TITLE_LINES: Final = 3
"""Lines at the top of a page among which the title stands where a document begins."""
_GAP = re.compile(r"\S(?:\t+| {3,})(?=\S)")


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


def standing(text: str, spans: Sequence[tuple[int, int]], *, trusted: bool) -> list[tuple[int, int]]:
    """The passages meant by ``spans`` (start, end), of which an index said that they answer, in the text as it is now.

    Texts change before the index does, and its offsets then cut through words. Spans that still stand between words are
    kept where the index is ``trusted`` to be of this text, for cutting costs 2 ms a text; else those that are no
    passages any more give way to the ones that begin nearest to them.
    """
    if trusted and all(_between_words(text, start, end) for start, end in spans):
        return list(spans)
    pieces = [(piece.start, piece.end) for piece in cut(text)]
    known = set(pieces)
    found = [
        span if span in known else min(pieces, key=lambda piece: (abs(piece[0] - span[0]), piece))
        for span in spans
        if pieces
    ]
    return list(dict.fromkeys(found))


def _between_words(text: str, start: int, end: int) -> bool:
    if not 0 <= start < end <= len(text):
        return False
    outside = text[max(0, start - 1) : start] + text[end : end + 1]
    inside = text[start] + text[end - 1]
    return not any(letter.isspace() for letter in inside) and not any(letter.isalnum() for letter in outside)


@dataclass(frozen=True, slots=True)
class _Markers:
    """Patterns of lines: ``gathered`` parts of one kind that follow each other are one, ``headings`` go with what they
    head, ``parts`` stand alone, ``items`` may begin a passage."""

    gathered: re.Pattern[str]
    headings: re.Pattern[str]
    parts: re.Pattern[str]
    items: re.Pattern[str]

    def kind(self, line: str) -> str | None:
        """The kind of part that a line begins."""
        for name in ("gathered", "headings", "parts"):
            if getattr(self, name).match(line):
                return name
        return None


@cache
def _markers() -> _Markers:
    data = yaml.safe_load(files("kg.search").joinpath("data", "structure.yaml").read_text(encoding="utf-8"))
    return _Markers(
        **{
            name: re.compile(rf"\s*(?:{'|'.join(f'(?:{pattern})' for pattern in data[name])})")
            for name in _Markers.__slots__
        }
    )


def _part_starts(text: str) -> list[int]:
    """Where a passage begins: at a line that begins a part or a table, or ends one; at a paragraph or list item when
    enough text came before it and enough follows."""
    markers = _markers()
    folded = fold(text)
    folded = folded if len(folded) == len(text) else text.lower()  # text that is not NFC keeps its offsets
    lines = [match for match in _LINE.finditer(folded) if match.group().strip()]
    tables = _tables(text, [line.span() for line in lines])
    begun = previous_end = 0
    part: str | None = None
    found: list[int] = []
    loosely = False
    for number, line in enumerate(lines):
        between = folded[previous_end : line.start()]
        gap = "\n" in between.replace("\n", "", 1) or "\f" in between
        previous_end = line.end()
        in_table = tables[number]
        kind = None if in_table else markers.kind(line.group())
        edge = number > 0 and in_table != tables[number - 1]
        length = line.start() - begun
        if number > 0 and "\f" in between and _opens_document(lines[number : number + _TITLE_LINES]):
            edge, part = True, None  # another document of the file
        if kind == "gathered" and part == "gathered":
            continue
        headed = part == "headings" and length < HEADING
        if (kind or edge) and headed:
            part = kind or part
            continue
        loose = not in_table and length >= ENOUGH and (gap or bool(markers.items.match(line.group())))
        if kind or edge or loose:
            if loosely and length < HEADING:  # a last line or two: no passage of its own
                found.pop()
            found.append(line.start())
            begun = line.start()
            loosely = loose and not (kind or edge)
            part = kind if kind or edge else part
    if loosely and len(folded.rstrip()) - begun < HEADING:
        found.pop()
    return found


def _opens_document(lines: Sequence[re.Match[str]]) -> bool:
    return any(_TITLE.search(line.group()) for line in lines)


def _tables(text: str, lines: list[tuple[int, int]]) -> list[bool]:
    """For each line whether it is a row of a table: three rows or more below each other, each of three cells or more
    (between bars, tabs or wide blanks; the two columns of a head and of a signature are none)."""
    rows = [_is_row(text[start:end]) for start, end in lines]
    found = [False] * len(rows)
    first = 0
    for number in range(len(rows) + 1):
        if number < len(rows) and rows[number]:
            continue
        if number - first >= _ROWS:
            found[first:number] = [True] * (number - first)
        first = number + 1
    return found


def _is_row(line: str) -> bool:
    return line.count("|") >= 2 or len(_GAP.findall(line[:LONGEST])) >= 2


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
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _break(text: str, start: int) -> int:
    window = text[start : start + LONGEST]
    for pattern in _BREAKS:
        places = [match.end() for match in pattern.finditer(window) if match.end() >= LONGEST // 3]
        if places:
            return start + places[-1]
    return start + LONGEST
