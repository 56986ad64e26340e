"""Names of persons: their syllables and surnames."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from nlp.data import column
from nlp.letters import LOWER, UPPER
from ontology.folding import fold

WORD = rf"[{UPPER}][{LOWER}’']{{0,6}}"
"""A syllable of a name, a pattern."""
_COMMON = 16
_MISREAD: Final = 3
"""Letters from which a surname with one misread letter is still known."""


@cache
def surnames() -> frozenset[str]:
    """All surnames."""
    return frozenset(column("surnames.csv", "surname"))


@cache
def common_surnames() -> frozenset[str]:
    """The surnames of nine in ten; the table has them first."""
    return frozenset(column("surnames.csv", "surname")[:_COMMON])


@cache
def folded_surnames() -> frozenset[str]:
    """All surnames without accents."""
    return frozenset(fold(name) for name in surnames())


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the flat text."""

    start: int
    end: int
    role: str


def is_surname(word: str) -> bool:
    """Whether a word, with its accents or with none at all, is a surname."""
    if word.isupper():
        return fold(word) in folded_surnames()
    return word in surnames() or (fold(word) == word.lower() and word.lower() in folded_surnames())


@lru_cache(maxsize=4096)
def nearly_surname(word: str) -> bool:
    """Whether it is a surname, or a common one without its accents or with a letter misread: wider than
    :func:`is_surname`, for what something else judges too. In capitals common ones alone: rare ones are words too
    ("PHẦN", "VIỆT")."""
    if word in surnames():
        return True
    bare = fold(word)
    return bare in _folded_common() or (
        len(bare) >= _MISREAD
        and any(
            len(name) >= _MISREAD and Levenshtein.distance(bare, name, score_cutoff=1) <= 1
            for name in _folded_common()
        )
    )


@cache
def _folded_common() -> tuple[str, ...]:
    return tuple(fold(name) for name in common_surnames())
