"""The place before a day at the beginning of a line: "Mai Đình, ngày 3 tháng 11 năm 2021", in the head or at the foot."""

from __future__ import annotations

import re

from nlp.flat import Flat
from nlp.placing import Spot
from nlp.typed_places import type_word, types
from ontology.folding import fold
from ontology.gazetteer import names as gazetteer

_DAY = re.compile(r"nga(?:y(?!\s?(?!thang)[a-z]{3})|(?=\s?\d))")
"""The word, with the letter that scans lose."""
_WHOLE = re.compile(r"ngay ?(?:\d{1,2}|[ .…_]{1,16}) ?(?:thang|[-/.])")
"""A day that needs no comma before it."""
_GAP = " ,.;:"
_REACH = 100
"""Characters before a day in which its line begins, or the other column ends."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST = 6
"""Words of a place's name with its type."""
_FEWEST = 2


def dated_places(flat: Flat) -> list[Spot]:
    """The places whose name, known as some unit's, stands right before a day and begins its line or column."""
    found = []
    for match in _DAY.finditer(flat.folded):
        end = match.start()
        while end and flat.shown[end - 1] in _GAP:
            end -= 1
        if end == match.start() or (
            flat.shown[end : match.start()].isspace() and not _WHOLE.match(flat.folded, match.start())
        ):
            continue
        spot = _before(flat, end)
        if spot is not None:
            found.append(spot)
    return found


def _before(flat: Flat, end: int) -> Spot | None:
    shown = flat.shown
    begin = max(shown.rfind("\n", max(end - _REACH, 0), end) + 1, flat.line_start(end), end - _REACH)
    words = list(_WORD.finditer(shown, begin, end))[-_LONGEST:]
    run: list[re.Match[str]] = []
    for word in reversed(words):
        joint = shown[word.end() : run[0].start()] if run else ""
        if joint not in ("", " ", " - ", ".", ". ") or not word.group()[0].isupper():
            break
        if run and word.group().isupper() != run[0].group().isupper():
            break  # the left column's capitals beside the place
        run.insert(0, word)
    for first in range(len(run)):
        if len(run) - first < _FEWEST:
            break
        start = run[first].start()
        if any(char.islower() for char in shown[begin:start].rstrip().rpartition(" ")[2]):
            continue  # in a sentence; another column's capitals and numbers may stand before it
        typed = type_word().match(flat.folded, start)
        if typed and typed.end() < end and fold(shown[typed.end() : end]) in gazetteer():
            form = typed.group("form") or typed.group("short")
            return Spot(start, end, shown[typed.end() : end], types()[form][0].type)
        if flat.folded[start:end] in gazetteer():
            return Spot(start, end, shown[start:end], None)
    return None
