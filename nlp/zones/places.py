"""The place in the line of place and date: the capitalised words right before ", ngày"."""

from __future__ import annotations

import re

from nlp.letters import LOWER, UPPER
from nlp.zones.lines import Cell

_PLACE = re.compile(r"(?:[^\W\d_][\w'’\-]*(?:\s?[-–]\s?|\s+|(?<=TP)\.\s?|(?<=Tp)\.\s?))*[^\W\d_][\w'’\-]*(?=\W*$)")


_SMALL = frozenset({"phố", "xã", "trấn", "trị", "khu"})
"""The small second words of unit types: Thành phố, Thị xã, Thị trấn, Đặc khu."""
_SMALL_TYPES = frozenset({"thành phố", "thị xã", "thị trấn", "đặc khu"})
"""The same types written small altogether."""


_GLUED = re.compile(rf"(?<=[{UPPER}]{{3}})[{UPPER}][{LOWER}]")
"""Two columns without a space between: "TRƯỜNGHoàn"."""
_OWN_CAPITALS = frozenset({"TP", "TP.", "TX", "TX.", "TT", "TT."})


def _in_capitals(word: str) -> bool:
    """Whether a word of a place's line belongs to names in capitals, its end aside."""
    letters = [char for char in word if char.isalpha()]
    if len(letters) < 2 or word in _OWN_CAPITALS:
        return False
    return all(map(str.isupper, letters)) or _GLUED.search(word) is not None


def place_before(rest: Cell | None) -> Cell | None:
    """The words before ", ngày": the last run of capitalised ones."""
    if rest is None:
        return None
    match = _PLACE.search(rest.text)
    if match is None:
        return None
    words = list(re.finditer(r"\S+", match.group()))
    first = len(words)
    for index in range(len(words) - 1, -1, -1):
        word = words[index].group()
        if not word[0].isupper() and word not in "-–" and word not in _SMALL:
            break
        if _in_capitals(word) and not _in_capitals(words[-1].group()):
            if (glued := _GLUED.search(word)) is not None:
                return rest.cut(match.start() + words[index].start() + glued.start(), match.end())
            break  # the last line of the other column
        first = index
    if 0 < first < len(words) and f"{words[first - 1].group()} {words[first].group()}" in _SMALL_TYPES:
        first -= 1
    if first == len(words) or len(words) - first > 7:
        return None
    return rest.cut(match.start() + words[first].start(), match.end())
