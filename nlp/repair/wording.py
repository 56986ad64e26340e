"""Words of a scanned page read again where they are near to a phrase of the closed vocabulary (``phrases.py``).

A phrase carries its own evidence: the words that were read right vouch for the one that was not ("Chính phú",
"Uỷ bạn nhân dân", "Văn phòng Quôc hội"). A lone word is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import inf

from nlp.letters import UPPER
from nlp.repair.confusion import lost_marks
from nlp.repair.joints import joint
from nlp.repair.phrases import Node, tree
from nlp.repair.suspects import stretches
from nlp.repair.syllables import is_syllable
from ontology.edits import distance
from ontology.folding import fold
from ontology.names import key as name_key
from ontology.names import normalise

Edit = tuple[int, int, str]
"""Offsets in the text and what stands there instead."""

_WORD = re.compile(r"[^\W\d_]+")
_SHARE = 0.1
"""Cost that a phrase can bear for each of its letters."""
_OF_A_WORD = 0.36
_OTHER_WORD = 0.65
"""Cost that a word can bear which is a syllable itself: what is near is mostly another word."""
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
    """What some tokens can be: the node that the words lead to, the words and what joins each to the one before, the
    cost, and how many of the words stand as they should."""

    node: Node
    words: tuple[str, ...]
    joints: tuple[str, ...]
    cost: float
    exact: int

    @property
    def worth(self) -> float:
        """More for letters that are explained, less for what that costs."""
        return sum(map(len, self.words)) - _PRICE * self.cost


_PRICE = 6
_WHOLE_PAGE = 2000
"""Characters."""


def repairs(text: str) -> list[Edit]:
    """The edits that make known phrases of what is near to them, in order, none touching another. Linear in length."""
    letterhead = _letterhead(text)
    return [edit for start, end in stretches(text) for edit in _repaired(text, start, end, letterhead)]


def misread(text: str) -> bool:
    """Whether known phrases stand there with other letters or other marks: OCR does that; a typewriter loses marks, and
    on a whole page a typist errs once."""
    found = (
        (text[at:behind], new)
        for start, end in stretches(text)
        for at, behind, new in _repaired(text, start, end)
        if not lost_marks(text[at:behind], new) and any(map(str.isalpha, new))
    )
    least = 1 if len(text) < _WHOLE_PAGE else 2
    return len(set(islice(found, least))) == least


_NUMBER_OR_DATE = re.compile(
    r"^\s*(?:GI[A-ZẤẦẨẪẬẢÀÁÂ]Y|Đ[ƠÔO]N|T[ỜỞÔO] KHAI|BI[ÊE]N B[ẢAÁÀ]N|LỜI CHỨNG|DANH SÁCH|S[ỔÔ] [A-ZĐ])|^\W{0,8}[S§][ốôóỐôoO0]\s?[:.]|[nN]g[àaá]y.{0,12}th.ng",
    re.MULTILINE,
)
_TOP = 3000


def _letterhead(text: str) -> int:
    """Where the letterhead ends: names in capitals above it are left to the reader of the head, which weighs them and
    says how sure it is."""
    match = _NUMBER_OR_DATE.search(text, 0, _TOP)
    return match.start() if match else 0


def _repaired(text: str, start: int, end: int, letterhead: int = 0) -> Iterator[Edit]:
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
        if best.cost and not (tokens[position].start < letterhead and tokens[position].text.isupper()):
            yield from _edits(text, tokens, position, best)
        position += len(best.words)


def _worth(reading: _Reading) -> float:
    return reading.worth


def _readings(text: str, tokens: list[_Token], position: int, steps: Steps) -> Iterator[_Reading]:
    """The phrases that the tokens from ``position`` on can be."""
    waiting = [_Reading(node, (word,), (kind,), cost, int(not cost)) for kind, word, cost, node in steps]
    while waiting:
        read = waiting.pop()
        if read.node.ends and (not read.cost or _sure(text, tokens, position, read)):
            yield read
        at = position + len(read.words)
        if at == len(tokens) or not (further := _steps(read.node, tokens[at].low)):
            continue
        between, small = text[tokens[at - 1].end : tokens[at].start], tokens[at].text[0].islower()
        for kind, word, cost, node in further:
            between_words = joint(kind, between, small=small, begun=len(read.words) > 1)
            if between_words is None:
                continue
            more = cost + between_words[0]
            waiting.append(
                _Reading(node, (*read.words, word), (*read.joints, kind), read.cost + more, read.exact + (not cost))
            )


Steps = tuple[tuple[str, str, float, Node], ...]


@lru_cache(maxsize=65536)
def _steps(node: Node, low: str) -> Steps:
    """The words that can follow in a phrase and that the word can be: joint, word, cost, and where it leads."""
    near = node.alike(fold(low)) if is_syllable(low) and node is tree() else node.near(fold(low))
    return tuple((kind, word, cost, after) for kind, word, after in near if (cost := _cost(low, word)) != inf)


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
    if len(word) < _SHORTEST:
        return inf
    limit = _OTHER_WORD if is_syllable(read) else _OF_A_WORD * len(word)
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
    capitals = [token.text.isupper() and len(token.text) > 1 for token in read if is_syllable(token.low)]
    if any(capitals) and not all(capitals):
        return False
    first, others = read[0], 0
    for index, (token, word) in enumerate(zip(read, reading.words, strict=True)):
        if not _cost(token.low, word) or not is_syllable(token.low):
            continue
        # What is a word itself: the page may mean it.
        if fold(token.low) != fold(word):
            others += 1
        if count == 2 and not (reading.node.firm and first.text[0].isupper() and token.text[-1].islower()):
            return False
        if count == 2 and index == 1 and token.text[0].isupper():
            return False
        if index == 0 and not first.text[0].isupper():
            return False
        if index == count - 1 and reading.node.tail and not _stands_last(text, token):
            return False
    return not others or (reading.exact >= _VOUCHING * others and not reading.node.tail)


_VOUCHING = 3
"""Words that must stand as they should for each that is another word with other letters."""
_GOES_ON = re.compile(rf"\s{{0,3}}(?:$|[{UPPER}\d]|[^\w\s])")


def _stands_last(text: str, token: _Token) -> bool:
    """Whether a type of unit can stand there: before a name or a sign, not before a small word ("ủy quản lý")."""
    return _GOES_ON.match(text, token.end) is not None


def _edits(text: str, tokens: list[_Token], position: int, reading: _Reading) -> Iterator[Edit]:
    last: _Token | None = None
    read = tokens[position : position + len(reading.words)]
    for token, word, kind in zip(read, reading.words, reading.joints, strict=True):
        if last is not None:
            between = text[last.end : token.start]
            read_as = joint(kind, between, small=token.text[0].islower())
            if read_as is not None and read_as[0]:
                yield last.end, token.start, read_as[1]
        if _cost(token.low, word):
            yield token.start, token.end, _written(token.text, word)
        last = token


def _written(read: str, word: str) -> str:
    """The word in the case of what was read, its tone mark where the page puts it."""
    if len(word) > 1 and read.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if read[0].isupper() else word
