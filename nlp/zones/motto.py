"""National titles and mottoes: found in a line whole, cut off, noisy, or joined with the other column of the head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import fuzz

from nlp.data import table
from nlp.header.heads import head_word
from nlp.zones.lines import Cell, has_words, is_capital

Bloc = Literal["state", "party", "youth"]


@dataclass(frozen=True, slots=True)
class Motto:
    """A title or motto in a cell: where in the cell, whose it is, and whether it is the line of the title."""

    start: int
    end: int
    bloc: Bloc
    title: bool
    exact: bool


@cache
def _titles() -> tuple[tuple[str, Bloc, bool], ...]:
    return tuple((row["folded"], row["bloc"], row["line"] == "title") for row in table("mottoes.csv"))  # type: ignore[misc]


_NEAR = 82.0
_SHORTEST = 12
_LONGEST = 220
"""A longer cell is prose: no head joins more than two columns."""
_SPACED = re.compile(r"\s+")


def find_motto(cell: Cell) -> Motto | None:
    """The title or motto in the cell; None where there is none. Noise of OCR is let pass (four letters in five)."""
    return _motto(cell.folded) if _SHORTEST <= len(cell.folded) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _motto(folded: str) -> Motto | None:
    for title, bloc, is_title in _titles():
        at = folded.find(title)
        if at >= 0:
            return Motto(at, at + len(title), bloc, is_title, exact=True)
    best: Motto | None = None
    best_score = _NEAR
    for title, bloc, is_title in _titles():
        if len(folded) < 0.75 * len(title):
            continue
        found = fuzz.partial_ratio_alignment(title, folded, score_cutoff=best_score)
        if found is not None and found.score > best_score and found.dest_end - found.dest_start > 0.7 * len(title):
            best_score = found.score
            best = Motto(*_whole_words(folded, found.dest_start, found.dest_end), bloc, is_title, exact=False)
    # "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM" is no Party's title, though nearly ĐẢNG LAO ĐỘNG VIỆT NAM.
    if best is not None and best.bloc != "state" and (best_score < 90 or head_word(folded) is not None):
        best = None
    return best or _remains(folded)


def shares_line(cell: Cell) -> bool:
    """Whether a title or motto stands on one line with the other column over a single space: in capitals as in a head,
    not in a sentence ("Hiến pháp nước Cộng hòa xã hội ...")."""
    motto = find_motto(cell)
    if motto is None or not (has_words(cell.text[: motto.start]) or has_words(cell.text[motto.end :])):
        return False
    words = cell.text[motto.start : motto.end]
    headed = is_capital(words) if motto.title else words[:1].isupper()
    return headed and not cell.folded[: motto.start].rstrip().endswith(_OF_THE_COUNTRY)


_OF_THE_COUNTRY = ("nuoc", "cua", "co quan")
"""Words before a title that is part of a sentence, in capitals too."""
_REMAINS = re.compile(
    r"c[o0]ng h[o0]a xa h[o0]i.*|(?:\S*hoa\s)?xa hoi chu .*|\S*\s?\S*\s?chu nghia viet nam.*|do\S lap.{1,5}t\S do.*"
)
"""What OCR leaves of the title or motto where the rest of the line is lost: from the words that still stand there."""
_STANDING = ("xa h", "chu nghia viet nam", " lap")
"""One of these stands in all that ``_REMAINS`` matches: it is slow on a line without spaces."""
_LONGEST_REMAINS = 110


def _remains(folded: str) -> Motto | None:
    if len(folded) > _LONGEST_REMAINS or not any(words in folded for words in _STANDING):
        return None
    match = _REMAINS.search(folded)
    if match is None:
        return None
    return Motto(match.start(), match.end(), "state", "lap" not in match.group(), exact=False)


def _whole_words(folded: str, start: int, end: int) -> tuple[int, int]:
    """Grow a stretch to the limits of words."""
    while start > 0 and not folded[start - 1].isspace():
        start -= 1
    while end < len(folded) and not folded[end].isspace():
        end += 1
    return start, end
