"""What reads as a level of secrecy, word by word (``nlp/data/secrecy.csv``).

Stamps are the part of a page that scans worst: letters may be lost or misread, as far as the rest still tells the word
from others. A syllable that stands there as it is spelt is another word ("VẬT", "MẪU").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, Literal

from nlp.data import table
from nlp.model import Secrecy
from nlp.repair.confusion import weighted_distance
from nlp.repair.syllables import is_syllable
from ontology.folding import fold

_GROWN: Final = 7
"""Letters and signs of MẬT and what grew on to it."""
_OF_MARKS: Final = 0.4
"""Cost of a word whose marks alone are misread."""
OF_A_LETTER: Final = 1.2
"""Cost of a letter that is lost or misread, and a mark."""
_OF_TWO_LETTERS: Final = 2.0
_MOST: Final[dict[str, tuple[float, float]]] = {"TỐI MẬT": (1.2, 2.4), "TUYỆT MẬT": (3.0, 3.6)}
"""Cost that the first word of a level can bear, and both: some four letters in ten may be lost."""
_MAT: Final = "mật"
_LONGEST: Final = 24
"""Characters of a stamp with its dirt."""
_HAT = frozenset("âậầẩẫ")
"""The vowel of "mật" and what it is mostly read for; "ấ", "ặ" and "ạ" make other words (MẤT, MẶT)."""
_HAT_OR_DOT = _HAT | frozenset("ấạặ")
_ALONE = frozenset({"mật", "mât", "mất", "mạt", "mầt", "mẩt", "mat"})
"""What MẬT is read for where nothing else stands beside it: not MẮT, MÁT or MẶT."""
_UNMARKED = frozenset({"mat", "at"})
"""What a typewriter without marks leaves of it, behind a first word."""
EDGE = "|'‘’`.,;:_-–—()[]*"
_DIRT = EDGE.replace("'", "").replace(".", "")
"""What is no trace of a letter at the edge of a word."""

Quality = Literal["exact", "whole", "part"]
"""How much of MẬT is left: all letters; M and the vowel, and no other letter for the T; or less."""


def level_of(words: Sequence[str]) -> Secrecy | None:
    """The level that one or two words behind a label are, in whatever case; of MẬT less need be left there."""
    if len(words) == 2:
        return of_two(words[0].upper(), words[1].upper())
    word = words[0]
    near = cost_of(word, _MAT)
    if near <= OF_A_LETTER and not _is_another(word, _MAT):
        return "mat"
    return "mat" if near <= 2 * OF_A_LETTER and _vowel(word) in _HAT and not is_syllable(letters_of(word)) else None


@lru_cache(maxsize=8192)
def of_one(word: str) -> Quality | None:
    """How much of MẬT a word is."""
    low = word.lower().strip(EDGE)
    if _holds_mat(low):
        return "whole"
    if letters_of(low) in _ALONE and len(low) <= len(_MAT) + 1:
        return "whole" if _vowel(low) in _HAT else "exact"
    if _vowel(low) not in _HAT or _is_another(low, _MAT) or cost_of(low, _MAT) > OF_A_LETTER:
        return None
    if low[0] == "đ":
        return None  # no M is read for it: "ĐẦT" is đất
    return "whole" if low[0] == "m" and len(low) == len(_MAT) and not low[2].isalpha() else "part"


def _holds_mat(word: str) -> bool:
    """Whether MẬT stands in it whole, with what grew on to it that makes no phrase of it ("MẬTBản")."""
    before, found, after = word.lower().partition(_MAT)
    if not found or len(word) > _GROWN:
        return False
    return (fold(before),) not in _folded("before") and (fold(after.strip(EDGE)),) not in _folded("after")


@lru_cache(maxsize=8192)
def of_two(first: str, second: str) -> Secrecy | None:
    """TỐI MẬT or TUYỆT MẬT in two words, one after the other or one below the other. Of two syllables that are spelt
    as others are, one at most may be misread, where the other is sure."""
    if _holds_mat(second):
        second = _MAT
    ending = cost_of(second, _MAT)
    vowel = _vowel(second)
    legible = bool(vowel) or letters_of(second).lower() in _UNMARKED
    if not legible or len(letters_of(second)) > len(_MAT) or not shouted(first):
        return None
    if second[:1].upper() == "Đ":
        return None  # "ĐÔI ĐÂT" is đổi đất
    for printed, level in _levels():
        opening, _, last = printed.lower().partition(" ")
        if not last:
            continue
        cost, (most, both) = cost_of(first, opening), _MOST[printed]
        if cost > most or cost + ending > both:
            continue
        if _is_another(first, opening) and (ending > OF_A_LETTER or cost > OF_A_LETTER or vowel not in _HAT):
            continue
        if _is_another(second, _MAT) and (
            ending > OF_A_LETTER or cost > OF_A_LETTER or _is_another(first, opening, exactly=True)
        ):
            continue
        return level
    return None


@lru_cache(maxsize=32768)
def may_end_level(word: str) -> bool:
    """Whether a word, in whatever case, can be the last one of a level."""
    if not _HAT_OR_DOT.isdisjoint(word.lower()) or letters_of(word).lower() in _UNMARKED or _holds_mat(word):
        near = cost_of(word, _MAT)
        return (
            near <= OF_A_LETTER
            or (near <= 2 * OF_A_LETTER and not _is_another(word, _MAT))
            or (_holds_mat(word) or grown_together(word) is not None)
        )
    return False


@lru_cache(maxsize=8192)
def grown_together(word: str) -> Secrecy | None:
    """The same where the space is lost or read for a sign."""
    if _HAT.isdisjoint(word.lower()[-3:]):
        return None
    for printed, level in _levels():
        near = " " in printed and abs(len(word) - len(printed)) <= 1
        if near and cost_of(word, printed.lower()) <= _OF_TWO_LETTERS:
            return level
    return None


def is_word(word: str) -> bool:
    """Whether it is more than dirt: letters that are spelt as syllables are, or have no marks."""
    letters = letters_of(word)
    return len(letters) > 1 and (letters.isascii() or is_syllable(letters))


def _is_another(word: str, known: str, *, exactly: bool = False) -> bool:
    """Whether it is spelt as a syllable is and is not the known one, be it with letters lost or other marks (unless
    ``exactly``)."""
    letters = letters_of(word).lower()
    if not is_syllable(letters):
        return False
    if exactly:
        return letters != known
    left = iter(fold(known))
    return not all(char in left for char in fold(letters))


@lru_cache(maxsize=32768)
def cost_of(word: str, known: str) -> float:
    """What it costs to read a word, in whatever case, for a known one in small letters."""
    return weighted_distance(word.lower().strip(_DIRT), known) if len(word) <= _LONGEST else 9.0


def _vowel(word: str) -> str:
    """The last vowel with a mark of "mật"'s."""
    return next((char for char in reversed(word.lower()) if char in _HAT_OR_DOT), "")


@cache
def _levels() -> tuple[tuple[str, Secrecy], ...]:
    return tuple((row["printed"], row["level"]) for row in table("secrecy.csv") if row["level"])  # type: ignore[misc]


@cache
def labels() -> tuple[tuple[tuple[str, ...], bool], ...]:
    """The words of the labels that stand before a level, in small letters, and whether only a sign makes them one."""
    return tuple(
        (tuple(row["printed"].lower().split()), bool(row["sign"])) for row in table("secrecy.csv") if not row["level"]
    )


@cache
def alone() -> re.Pattern[str]:
    """What stands by itself above a title, in whatever case: a level, also with what paper it is and its number."""
    levels = "|".join(printed.lower() for printed, _ in _levels())
    papers = "|".join(" ".join(words) for words in phrases("paper"))
    return re.compile(rf"\W*(?:(?:{papers}) )?(?P<level>{levels})(?: số \d+)?\W*")


def level_alone(text: str) -> Secrecy | None:
    """The level that a cell is by itself: "Tuyệt mật", "(Mật)", "Tài liệu tối mật", "BẢN MẬT SỐ 3"."""
    match = alone().fullmatch(" ".join(text.lower().split()))
    if match is None:
        return None
    return next(level for printed, level in _levels() if printed.lower() == match.group("level"))


@cache
def phrases(side: str) -> tuple[tuple[str, ...], ...]:
    """The words that make a phrase with "mật" before or after which they stand, in small letters."""
    return tuple(tuple(row["words"].split()) for row in table("secrecy_phrases.csv") if row["side"] == side)


@cache
def _folded(side: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(map(fold, words)) for words in phrases(side))


def letters_of(word: str) -> str:
    """The letters of a word."""
    return "".join(char for char in word if char.isalpha())


def shouted(word: str) -> bool:
    """Whether a word is in capitals, but for one letter of three or more."""
    letters = letters_of(word)
    return bool(letters) and sum(map(str.isupper, letters)) >= len(letters) - (len(letters) > 2)
