"""Where a scanned page may have misread a phrase: the stretches that are worth reading again, found in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import ahocorasick_rs

from nlp.letters import LOWER, UPPER
from nlp.repair.phrases import less_one, spellings, words
from nlp.repair.syllables import is_syllable
from ontology.folding import fold
from ontology.names import normalise

_AROUND = 70
"""Characters before and behind a suspect that are read with it: the longest phrases have some 90."""
_WORD = re.compile(r"[^\W\d_]{2,12}")
_DIRT = re.compile(rf"[.:;'\"“”`´’‘~^ˆ*_=\-–—]{{1,2}}\s{{0,2}}[{LOWER}{UPPER}]")
"""Stray signs before a letter; what stands before them is looked at where one is found."""


def stretches(text: str) -> list[tuple[int, int]]:
    """The stretches of the text around what may be misread, in order, none touching another."""
    found = sorted({*_misspelt(text), *_unknown(text), *_dirty(text)})
    joined: list[tuple[int, int]] = []
    for at in found:
        start, end = _limits(text, at)
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _limits(text: str, at: int) -> tuple[int, int]:
    """Some words around a position."""
    start, end = max(0, at - _AROUND), min(len(text), at + _AROUND)
    while start > 0 and not text[start - 1].isspace() and start > at - 2 * _AROUND:
        start -= 1
    while end < len(text) and not text[end].isspace() and end < at + 2 * _AROUND:
        end += 1
    return start, end


@cache
def _automaton() -> ahocorasick_rs.AhoCorasick:
    folded = sorted({fold(phrase) for phrase in spellings()})
    return ahocorasick_rs.AhoCorasick(folded, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def _misspelt(text: str) -> Iterator[int]:
    """Where the letters of a phrase stand with other marks."""
    plain = text.replace("\n", " ").replace("\t", " ")
    folded = fold(plain)
    if len(folded) != len(text):
        return
    for _, start, end in _automaton().find_matches_as_indexes(folded):
        if not _stands(plain[start:end]) and not folded[end : end + 1].isalpha():
            yield start


@lru_cache(maxsize=16384)
def _stands(written: str) -> bool:
    low = written.lower()
    return low in spellings() or normalise(low) in spellings()


def _dirty(text: str) -> Iterator[int]:
    """Where a stray sign stands behind a small letter; a hyphen with spaces on both sides joins words."""
    for match in _DIRT.finditer(text):
        sign, letter = match.group()[0], match.group()[-1]
        if letter.isupper() and sign in ".:;“”":
            continue
        before = text[max(0, match.start() - 2) : match.start()]
        if before[-1:].islower() or (before[:1].islower() and before[-1:].isspace() and _is_dirt(match.group())):
            yield match.start()


def _is_dirt(signs: str) -> bool:
    """Whether the signs behind a space are no hyphen between two words of one line."""
    return signs[0] not in "-–—" or "\n" in signs


def _unknown(text: str) -> Iterator[int]:
    """Where a word stands that is none, and that is near to one of the vocabulary."""
    odd = {word for chunk in set(text.split()) for word in _odd_words(chunk)}
    if len(odd) > _FEW:
        yield from (match.start() for match in _WORD.finditer(text) if match.group() in odd)
        return
    for word in odd:
        at = text.find(word)
        while at >= 0:
            yield at
            at = text.find(word, at + len(word))


_FEW = 30


@lru_cache(maxsize=32768)
def _odd_words(chunk: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(chunk[:_LONGEST]) if _is_odd(word))


_LONGEST = 200


def _is_odd(word: str) -> bool:
    low = word.lower()
    if len(word) < (_SHORTEST_LETTERS if word.isupper() else _SHORTEST) or low in words() or is_syllable(low):
        return False
    return any(form in _shortened() for form in less_one(fold(low)))


_SHORTEST = 3
_SHORTEST_LETTERS = 4
"""Letters of an abbreviation that can be told from others."""


@cache
def _shortened() -> frozenset[str]:
    """The words of the vocabulary, and each without one of its letters."""
    return frozenset(form for word in words() if len(word) > 2 for form in less_one(fold(word)))
