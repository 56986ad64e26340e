"""When two values are the same: strict after normalisation, fuzzy from a similarity of .85 on.

Spelling counts, typing does not: Unicode form, Đ, case, the place of the tone mark, spaces, closing signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

FUZZY: Final = 0.85
"""Similarity from which a damaged string counts as found."""
_COMPARED: Final = 400
"""Characters of a long value that the similarity looks at."""
_KEPT: Final = 1000
"""Values shorter than this are compared again and again."""
_TONES: Final = "\u0300\u0301\u0309\u0303\u0323"
_MOVED: Final = {
    unicodedata.normalize("NFC", pair[0] + tone + pair[1]): unicodedata.normalize("NFC", pair + tone)
    for pair in ("oa", "oe", "uy")
    for tone in _TONES
}
_TONE_PLACE: Final = re.compile("|".join(_MOVED))
_JOINT: Final = re.compile(r"\s*([/\-–])\s*")
_CHARACTERS: Final = str.maketrans("Ðð’", "Đđ'")


def plain(value: str) -> str:
    """The form in which values are compared."""
    return _plain(value) if len(value) < _KEPT else _plain.__wrapped__(value)


@lru_cache(maxsize=65536)
def _plain(value: str) -> str:
    text = unicodedata.normalize("NFC", value).translate(_CHARACTERS).casefold()
    text = _TONE_PLACE.sub(lambda match: _MOVED[match.group()], text)
    text = " ".join(text.split()).strip(" .,;:-–")
    return _JOINT.sub(r"\1", text)


def plain_number(value: str) -> str:
    """The form in which document numbers are compared: no spaces, no zeros before it."""
    return re.sub(r"^0+(?=\d)", "", re.sub(r"\s+", "", plain(value)).upper())


def symbol(number: str) -> str:
    """A document number without its digits: ``/QĐ-UBND``."""
    return plain_number(number).lstrip("0123456789")


def similarity(one: str, other: str) -> float:
    """1 less the edit distance of the plain forms over the length of the longer; 0..1."""
    a, b = plain(one), plain(other)
    return 1.0 if a == b else Levenshtein.normalized_similarity(a[:_COMPARED], b[:_COMPARED])


def holds(text: str, value: str) -> bool:
    """Whether a text has the value in one piece, lines and spaces apart; of an ISO date its day, month and year."""
    if date := re.fullmatch(r"(\d{4})-0?(\d+)-0?(\d+)", value):
        year, month, day = date.groups()
        return re.search(rf"(?<!\d)0?{day}\D{{1,12}}0?{month}\D{{1,12}}{year}", text) is not None
    return _pressed(value) in _pressed(text)


@lru_cache(maxsize=256)
def _pressed(text: str) -> str:
    return "".join(plain(text).split())


@dataclass(frozen=True, slots=True)
class Matched:
    """Two lists of strings compared: pairs (expected, found), and what stayed alone on either side (plain forms)."""

    pairs: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    spurious: tuple[str, ...]


def match(
    expected: Iterable[str], found: Iterable[str], optional: Iterable[str] = (), *, fuzzy: bool = False
) -> Matched:
    """Match distinct strings one to one, in alphabetical order of what is expected.

    What is found and ``optional`` is neither rewarded nor punished. Fuzzy: the most similar string that is still free.
    """
    wanted, given = sorted({plain(one) for one in expected}), sorted({plain(one) for one in found})
    allowed = {plain(one) for one in optional}
    free = dict.fromkeys(given)
    pairs, missing = [], []
    for one in wanted:
        best = one if one in free else nearest(one, free) if fuzzy else None
        if best is None:
            missing.append(one)
        else:
            pairs.append((one, best))
            del free[best]
    spurious = [one for one in free if one not in allowed and not (fuzzy and nearest(one, allowed))]
    return Matched(tuple(pairs), tuple(missing), tuple(spurious))


def nearest(one: str, among: Iterable[str]) -> str | None:
    """The most similar of the strings, the last in the alphabet of equals; None where none is similar enough."""
    score, best = max(((similarity(one, other), other) for other in among), default=(0.0, None))
    return best if score >= FUZZY else None
