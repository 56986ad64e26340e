"""Stamps of secrecy among the words of a page: alone in their place, behind the label "Độ mật", or joined by OCR with what
stands beside them in a head ("TỐI MẬT ỦY BAN NHÂN DÂN").

A word of a phrase is no stamp ("BÍ MẬT NHÀ NƯỚC", ``nlp/data/secrecy_phrases.csv``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from nlp.letters import LOWER, UPPER
from nlp.model import Secrecy
from nlp.repair.syllables import is_syllable
from nlp.stamp_words import (
    EDGE,
    OF_A_LETTER,
    Quality,
    cost_of,
    grown_together,
    is_word,
    labels,
    letters_of,
    level_of,
    may_end_level,
    of_one,
    of_two,
    phrases,
    shouted,
)
from nlp.zones.lines import Cell
from ontology.folding import fold

_WORD = re.compile(rf"M[ẬÂ]T(?=[{UPPER}][{LOWER}])|[^\s:]+:?")
_MARKED = re.compile(r"\w.*\w|\d|[âậầẩẫấạặ]", re.IGNORECASE)
_SPREAD = re.compile(r"(?<=\b\w) (?=\w\b)")
"""Between letters of a word that is printed wide ("M Ậ T")."""
_LONGEST: Final = 24
"""Characters of a stamp with its dirt."""
_WIDE: Final = 200
"""Characters of a line in which words may be printed wide."""
_PERHAPS = re.compile("[âậầẩẫấạặ]|at", re.IGNORECASE)
"""Stands in whatever reads as MẬT."""
_BESIDE: Final = 6
"""Words beside a level among which the next that are no dirt are looked for."""
_OPENING: Final = 1
"""Words before a label that stands first: "Mức độ mật"."""
_COLONS = ":;.-"
_QUOTED = re.compile(r"[\"”»][,;.]")
"""Behind the last word that a sentence quotes."""
_QUOTES = '"“”«»'


@dataclass(frozen=True, slots=True)
class Stamp:
    """A level read at a place of the text. ``quality``: all letters are right; M and the vowel are, and no other letter
    stands for the T; or less than that is left."""

    level: Secrecy
    start: int
    end: int
    quality: Quality


def may_be_stamp(text: str) -> bool:
    """Whether a word stands in the text that can be the last one of a level: most lines have none."""
    if not _PERHAPS.search(text):
        return False
    if any(map(may_end_level, _WORD.findall(text))):
        return True
    return len(text) <= _WIDE and any(map(may_end_level, _WORD.findall(_SPREAD.sub("", text))))


def stamp_of(cell: Cell) -> Stamp | None:
    """The stamp that the cell is: the words of a level alone, in capitals, or behind the label "Độ mật"."""
    if not may_be_stamp(cell.text):
        return None
    words = _words([Cell(cell.start, _SPREAD.sub("", cell.text), cell.line)])
    for place in range(len(words)):
        if (labelled := _labelled(words, place, opens=True)) is not None:
            return labelled
        found = _read(words, place)
        if found is None or found[0].quality == "part" or len(cell.text) > _LONGEST:
            continue
        stamp, first = found
        others = (*words[:first], *words[place + 1 :])
        if not _QUOTED.search(words[place].text) and not any(is_word(word.text) for word in others):
            return stamp
    return None


def spread_stamp(cell: Cell) -> Stamp | None:
    """The stamp that a short line is as a whole, printed wide ("T U Y Ệ T   M Ậ T")."""
    if len(cell.text) > _WIDE or not _SPREAD.search(cell.text):
        return None
    found = stamp_of(Cell(cell.start, " ".join(_SPREAD.sub("", cell.text).split()), cell.line))
    return replace(found, start=cell.start, end=cell.start + len(cell.text)) if found else None


def at_line_end(cell: Cell) -> Stamp | None:
    """The stamp at the end of a line in small letters, where OCR joined it to the subject of a letter ("V/v diễn tập khu
    vực phòng TỐI MẬT"): in capitals, behind no word of a phrase and no row of levels."""
    words = _words([cell])
    found = _read(words, len(words) - 1) if len(words) > 1 else None
    if found is None or found[0].quality == "part" or found[1] == 0:
        return None
    stamp, first = found
    before = words[first - 1].text
    if shouted(before) or before[-1] in ",;:" or _QUOTED.search(words[-1].text):
        return None
    told = _beside(words, range(first - 1, max(-1, first - 1 - _BESIDE), -1), cell.line)[::-1]
    return None if any(_is_phrase(told[-len(one) :], one, exactly=True) for one in phrases("before")) else stamp


def stamps_among(cells: Sequence[Cell]) -> Iterator[Stamp]:
    """The stamps among the words of a head: at the edge of a line or between words that are not in capitals."""
    words = _words(cells)
    for place in range(len(words)):
        if (labelled := _labelled(words, place)) is not None:
            yield labelled
        elif (found := _read(words, place)) is not None:
            stamp, first = found
            if _stands_free(words, first, place, stamp.quality):
                yield stamp


def _words(cells: Sequence[Cell]) -> list[Cell]:
    """The words and figures of some lines; single letters and signs are dirt."""
    return [
        Cell(cell.start + match.start(), match.group(), cell.line)
        for cell in cells
        for match in _WORD.finditer(cell.text)
        if _MARKED.search(match.group())
    ]


def _read(words: Sequence[Cell], place: int) -> tuple[Stamp, int] | None:
    """The level whose last word stands at ``place``, in capitals, and the place of its first word."""
    word = words[place]
    if not shouted(word.text):
        return None
    if (level := grown_together(word.text)) is not None:
        return Stamp(level, word.start, word.end, "whole"), place
    urgent = tuple(letters_of(one.text).lower() for one in words[max(0, place - 2) : place]) in phrases("urgent")
    if place and not urgent and (level := of_two(words[place - 1].text, word.text)) is not None:
        return Stamp(level, words[place - 1].start, word.end, "whole"), place - 1
    quality = of_one(word.text)
    return (Stamp("mat", word.start, word.end, quality), place) if quality is not None else None


def _labelled(words: Sequence[Cell], place: int, *, opens: bool = False) -> Stamp | None:
    """The level behind a label on the same line, in whatever letters; ``opens``: the label has to stand first."""
    for label, sign in labels():
        first = place - len(label)
        if first < 0 or (opens and first > _OPENING) or words[first].line != words[place].line:
            continue
        if (sign or not shouted(words[place].text)) and words[place - 1].text[-1] not in _COLONS:
            continue
        if all(cost_of(words[first + i].text, one) <= OF_A_LETTER for i, one in enumerate(label)):
            for last in (place + 1, place):
                if last < len(words) and words[last].line == words[place].line:
                    level = level_of([word.text for word in words[place : last + 1]])
                    if level is not None:
                        return Stamp(level, words[place].start, words[last].end, "whole")
    return None


def _stands_free(words: Sequence[Cell], first: int, last: int, quality: Quality) -> bool:
    """Whether the words beside a level are not of one phrase with it."""
    if quality == "exact" and letters_of(words[last].text) != "MẠT":
        return False
    if _in_row(words, first, last):
        return False
    if words[first].text[0] in _QUOTES and words[last].text.rstrip(".,;")[-1:] in _QUOTES:
        return False  # a rule that quotes the words of stamps
    before = _beside(words, range(first - 1, max(-1, first - 1 - _BESIDE), -1), words[first].line)[::-1]
    after = _beside(words, range(last + 1, min(len(words), last + 1 + _BESIDE)), words[last].line)
    if any(_is_phrase(before[-len(one) :], one, exactly=False) for one in phrases("before")):
        return False
    if any(_is_phrase(after[: len(one)], one, exactly=True) for one in phrases("after")):
        return False
    beside = [_is_shouted_word(word) for word in (*before[-1:], *after[:1])]
    return not any(beside) if quality != "whole" else not all(beside) or len(beside) < 2


def _in_row(words: Sequence[Cell], first: int, last: int) -> bool:
    """Whether levels stand in a row with commas, as in what is written about them ("TUYỆT MẬT, TỐI MẬT, MẬT")."""
    before = words[first - 1].text if first else ""
    if before.endswith(",") and of_one(before) is not None:
        return True
    return words[last].text.endswith(",") and any(of_one(word.text) for word in words[last + 1 : last + 3])


def _beside(words: Sequence[Cell], places: Iterable[int], line: int) -> list[str]:
    """The two words that stand next on a line, dirt left out; a figure parts words."""
    found: list[str] = []
    for place in places:
        word = words[place]
        if word.line != line or word.text.strip(EDGE).isdigit() or len(found) == 2:
            break
        if is_word(word.text):
            found.append(word.text)
    return found


def _is_phrase(words: Sequence[str], known: Sequence[str], *, exactly: bool) -> bool:
    """Whether these are the known words; with other marks where they are in one case ("Đỗ Động" is a name), or
    (``exactly``) are not spelt as other syllables."""
    if len(words) != len(known):
        return False
    pairs = [(letters_of(word), one) for word, one in zip(words, known, strict=True)]
    return all(
        word.lower() == one
        or (fold(word) == fold(one) and (not is_syllable(word) or word.isascii() if exactly else not word.istitle()))
        for word, one in pairs
    )


def _is_shouted_word(word: str) -> bool:
    return shouted(word) and letters_of(word) == word.strip(EDGE)
