"""Words of a scanned page read again where they are near to a phrase of the closed vocabulary (``phrases.py``).

A phrase carries its own evidence: the words that were read right vouch for the one that was not ("Chính phú",
"Uỷ bạn nhân dân", "Văn phòng Quôc hội"). A lone word is never changed. Headings in capitals stay as they were read:
the fields of the head weigh them themselves, with a confidence of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from nlp.letters import UPPER
from nlp.repair.phrases import Node, less_one, tree
from nlp.repair.suspects import stretches
from nlp.repair.syllables import is_syllable
from ontology.edits import distance
from ontology.folding import fold
from ontology.names import key as name_key
from ontology.names import normalise

Edit = tuple[int, int, str]
"""Offsets in the text and what stands there instead."""

_WORD = re.compile(r"[^\W\d_]+")
_JOINTS = {
    " ": re.compile(r"[^\S\n]{0,2}(?P<dirt>[.:'`´’‘~^*_=\-–—]{0,2})[^\S\n]{0,2}(?:\n[^\S\n]{0,40})?"),
    ",": re.compile(r"\s?(?P<dirt>)[,.;:]?\s{1,2}"),
    "-": re.compile(r"\s?(?P<dirt>)[-–—~.:&]?\s?"),
}
_DIRT = 0.3
_SHARE = 0.1
"""Cost that a phrase can bear for each of its letters."""
_OF_A_WORD = 0.36
_SHORTEST = 3
"""Letters of a word that can be told from others by more than its marks."""


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    low: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """What some tokens can be: the node that the words lead to, the words, their cost, how many of them stand as they
    should, and whether dirt stands between them."""

    node: Node
    words: tuple[str, ...]
    cost: float
    exact: int
    dirty: bool

    @property
    def worth(self) -> float:
        """More for letters that are explained, less for what that costs."""
        return sum(map(len, self.words)) - _PRICE * self.cost


_PRICE = 6


def repairs(text: str) -> list[Edit]:
    """The edits that make known phrases of what is near to them, in order, none touching another. Linear in length."""
    return [edit for start, end in stretches(text) for edit in _repaired(text, start, end)]


def _repaired(text: str, start: int, end: int) -> Iterator[Edit]:
    tokens = [
        _Token(match.start(), match.end(), match.group(), match.group().lower())
        for match in _WORD.finditer(text, start, end)
    ]
    position = 0
    while position < len(tokens):
        steps = _steps(tree(), tokens[position].low)
        best = max(_readings(text, tokens, position, steps), key=_worth, default=None) if steps else None
        if best is None:
            position += 1
            continue
        if best.cost:
            yield from _edits(text, tokens, position, best)
        position += len(best.words)


def _worth(reading: _Reading) -> float:
    return reading.worth


def _readings(text: str, tokens: list[_Token], position: int, steps: Steps) -> Iterator[_Reading]:
    """The phrases that the tokens from ``position`` on can be."""
    waiting = [_Reading(node, (word,), cost, int(not cost), False) for _, word, cost, node in steps]
    while waiting:
        read = waiting.pop()
        if read.node.ends and (not read.cost or _sure(text, tokens, position, read)):
            yield read
        at = position + len(read.words)
        if at == len(tokens) or not (further := _steps(read.node, tokens[at].low)):
            continue
        between = text[tokens[at - 1].end : tokens[at].start]
        for joint, word, cost, node in further:
            match = _JOINTS[joint].fullmatch(between)
            if match is None:
                continue
            dirty = bool(match.group("dirt"))
            if dirty and not tokens[at].text[0].islower():
                continue  # a full stop, the colon before a list
            more = cost + (_DIRT if dirty else 0.0)
            waiting.append(
                _Reading(node, (*read.words, word), read.cost + more, read.exact + (not cost), read.dirty or dirty)
            )


Steps = tuple[tuple[str, str, float, Node], ...]


@lru_cache(maxsize=65536)
def _steps(node: Node, low: str) -> Steps:
    """The words that can follow in a phrase and that the word can be: joint, word, cost, and where it leads."""
    if is_syllable(low):  # another syllable that happens to be near is another word
        return tuple((joint, word, _cost(low, word), after) for joint, word, after in node.alike.get(fold(low), ()))
    near = {step for form in less_one(fold(low)) for step in node.near.get(form, ())}
    return tuple((joint, word, cost, after) for joint, word, after in near if (cost := _cost(low, word)) != inf)


@lru_cache(maxsize=65536)
def _cost(read: str, word: str) -> float:
    """The cost of a word for one of the vocabulary; ``inf`` where it cannot be that."""
    if read == word:
        return 0.0
    if abs(len(read) - len(word)) > 1:
        return inf
    plain, known = fold(read), fold(word)
    if plain == known:
        return 0.0 if normalise(read) == word or _same_word(read, word) else distance(read, word)
    if len(word) < _SHORTEST or is_syllable(read):
        return inf
    limit = _OF_A_WORD * len(word)
    cost = distance(read, word, limit)
    return cost if cost <= limit else inf


def _same_word(read: str, word: str) -> bool:
    """Whether both are spellings of one word: "Mĩ" and "Mỹ", "Đăk" and "Đắk"."""
    return name_key(read) == name_key(word)


def _sure(text: str, tokens: list[_Token], position: int, reading: _Reading) -> bool:
    """Whether the words that stand as they should vouch for the others."""
    count = len(reading.words)
    if reading.cost > _SHARE * sum(map(len, reading.words)) + 0.1 or 2 * reading.exact < count:
        return False
    read = tokens[position : position + count]
    if _in_capitals(read):
        return False
    first = read[0]
    for index, (token, word) in enumerate(zip(read, reading.words, strict=True)):
        if not _cost(token.low, word) or not is_syllable(token.low):
            continue
        # What is a word itself: the page may mean it.
        if count == 2 and not (
            reading.node.firm and first.text[0].isupper() and (index == 0 or token.text[0].islower())
        ):
            return False
        if index == 0 and not first.text[0].isupper():
            return False
        if index == count - 1 and reading.node.tail and not _stands_last(text, token):
            return False
    return True


def _in_capitals(read: list[_Token]) -> bool:
    """Whether a word of the stretch is in capitals and is no abbreviation."""
    return any(len(token.text) > 1 and token.text.isupper() and is_syllable(token.low) for token in read)


_GOES_ON = re.compile(rf"\s{{0,3}}(?:$|[{UPPER}\d]|[^\w\s])")


def _stands_last(text: str, token: _Token) -> bool:
    """Whether a type of unit can stand there: before a name or a sign, not before a small word ("ủy quản lý")."""
    return _GOES_ON.match(text, token.end) is not None


def _edits(text: str, tokens: list[_Token], position: int, reading: _Reading) -> Iterator[Edit]:
    last: _Token | None = None
    for token, word in zip(tokens[position : position + len(reading.words)], reading.words, strict=True):
        if last is not None and reading.dirty:
            between = text[last.end : token.start]
            match = _JOINTS[" "].fullmatch(between)
            if match and match.group("dirt"):
                yield last.end, token.start, "\n" if "\n" in between else " "
        if _cost(token.low, word):
            yield token.start, token.end, _written(token.text, word)
        last = token


def _written(read: str, word: str) -> str:
    """The word in the case of what was read, its tone mark where the page puts it."""
    if len(word) > 1 and read.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if read[0].isupper() else word
