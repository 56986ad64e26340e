"""Words of a query that were probably meant otherwise: typing slips, and letters that speakers do not tell apart.

A noisy channel over folded words: what could have been meant (rules of ``slips.csv``, keystrokes of Telex and VNI that
were not turned into accents, the edits of ``ontology.edits``) is weighed by how well it stands between its neighbours,
from the pairs of the language model. "Khiếu lại" is "khiếu nại", though "lại" is a word.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from kg.search.language.counts import BEGIN, DISCOUNT, END, NUMBER, Grams
from ontology.edits import distance
from ontology.folding import fold

MOST_WORDS: Final = 32
CANDIDATES: Final = 6
"""Words that one is tried as, beside itself."""
PROBABLE: Final = 0.5
PROBABLE_UNKNOWN: Final = 0.25
"""Probability from which a correction is given, of a word that is known and of one that is not."""
UNKNOWN: Final = 2.0
"""Weight in the vocabulary below which a word counts as not known: any edit may have made it."""
WORTH: Final = 5.0
"""Weight from which a word is worth being meant."""

# Logarithms: a slip at all, and for each unit of its cost; by trial on judged queries.
_SLIP: Final = -4.5
_COST: Final = -3.0
_UNSEEN: Final = 0.01
_LONGEST: Final = 12
_FAR: Final = 1.0
_USUAL: Final = 0.02
"""Share of the most frequent spelling from which another one counts as usual."""
_OTHER_MARK: Final = 0.7
_NEAR_TONE: Final = 0.2
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHAPES: Final = frozenset("\u0302\u0306\u031bđ")
_ALIKE: Final = {"\u0303", "\u0309"}
"""The tones hỏi and ngã, which half of the country does not tell apart."""
_VOWEL = re.compile(r"[aeiouy]")

_SYLLABLE = re.compile(
    r"(?P<onset>ngh|ch|gh|gi(?=[aeiouy])|kh|ng|nh|ph|qu|th|tr|[bcdghklmnpqrstvx])?(?P<vowels>[aeiouy]+)(?P<coda>[a-z]*)"
)
_TELEX_TONE = re.compile(r"(?<=[aeiouy])([a-z]*?)[sfrxj]([a-z]*)$")
_TELEX_SHAPE = re.compile(r"(aa|ee|oo|dd)|(?<=[aou])w")
_VNI = re.compile(r"(?<=[a-z])[1-9]")


@dataclass(frozen=True, slots=True)
class Correction:
    """``word`` of the query was probably meant as ``replacement`` (both folded), with this probability (0..1)."""

    word: str
    replacement: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Choice:
    word: str
    prior: float


def corrections(words: Sequence[str], grams: Grams) -> list[Correction]:
    """What the words of a query (in order, as ``analysis.accented`` gives them or folded) may have been meant for, the
    most probable first for each word.

    Nothing for words that stand well as they are, for numbers, and beyond the first MOST_WORDS.
    """
    words = words[:MOST_WORDS]
    vocabulary = grams.vocabulary()
    rows = [[_Choice(fold(word), 0.0), *_meant(word, grams, vocabulary)] for word in words]
    if all(len(row) == 1 for row in rows):
        return []
    found: list[Correction] = []
    for (typed, *row), (_, *shares) in zip(rows, _posteriors(rows, grams, vocabulary), strict=True):
        least = PROBABLE if vocabulary.get(typed.word, 0.0) >= UNKNOWN else PROBABLE_UNKNOWN
        likely = sorted(zip(shares, row, strict=True), key=lambda pair: (-pair[0], pair[1].word))
        found += [Correction(typed.word, choice.word, share) for share, choice in likely if share >= least]
    return found


# -- what can have been meant
def _meant(written: str, grams: Grams, vocabulary: Mapping[str, float]) -> list[_Choice]:
    word = fold(written)
    if not 2 <= len(word) <= _LONGEST or not _VOWEL.search(word) or not word.isascii():
        return []
    costs: dict[str, float] = {}
    for other, cost in _by_rule(word):
        if vocabulary.get(other, 0.0) >= WORTH:
            costs[other] = min(cost, costs.get(other, math.inf))
    if vocabulary.get(word, 0.0) < UNKNOWN and word.isalpha():
        for other, cost in _by_edits(word, vocabulary):
            costs[other] = min(cost, costs.get(other, math.inf))
    costs.pop(word, None)
    nearest = sorted(costs, key=lambda other: (costs[other] * 3 - math.log(vocabulary[other]), other))[:CANDIDATES]
    return [
        _Choice(other, _SLIP + _COST * (costs[other] + _other_accents(written, other, grams))) for other in nearest
    ]


def _other_accents(written: str, meant: str, grams: Grams) -> float:
    """What it costs that the accents written are not those of the word that was meant: "lấy" is no slip for "lái"."""
    if not any(_marks(written)):
        return 0.0
    found = grams.of(meant)
    usual = [gram.words[0] for gram in found if gram.count >= _USUAL * found[0].count]
    return min((marks_apart(written, spelling) for spelling in usual), default=0.0)


def marks_apart(one: str, other: str) -> float:
    """How far apart the accents of two words are, their letters aside: 0 for the same, less for tones that sound
    alike and for a tone left out than for another."""
    (tone, shapes), (other_tone, other_shapes) = _marks(one), _marks(other)
    cost = 0.0 if shapes == other_shapes else _OTHER_MARK
    if tone == other_tone:
        return cost
    if {tone, other_tone} == _ALIKE or not tone:
        return cost + _NEAR_TONE
    return cost + _OTHER_MARK


def _marks(word: str) -> tuple[str, str]:
    """The tone of a word, and the marks of its letters."""
    parts = unicodedata.normalize("NFD", word)
    return "".join(char for char in parts if char in _TONES), "".join(char for char in parts if char in _SHAPES)


def _by_rule(word: str) -> Iterator[tuple[str, float]]:
    yield from _keystrokes(word)
    parts = _SYLLABLE.fullmatch(word)
    if parts is None:
        return
    onset, rest = parts["onset"] or "", parts["vowels"] + parts["coda"]
    for where, one, other, cost in _slips():
        if where == "onset" and onset == one:
            yield other + rest, cost
        elif where == "coda" and parts["coda"] == one:
            yield onset + parts["vowels"] + other, cost
        elif where == "rime" and rest == one:
            yield onset + other, cost
        elif where == "rime" and one in ("i", "y") and parts["vowels"] == one:
            yield onset + other + parts["coda"], cost


def _keystrokes(word: str) -> Iterator[tuple[str, float]]:
    """Telex and VNI typed where no program turned them into accents: "quyeets", "d9inh5"."""
    plain = _TELEX_SHAPE.sub(lambda pair: pair.group()[:1] if pair.group() != "w" else "", word)
    toneless = _TELEX_TONE.sub(r"\1\2", plain)
    for typed in {plain, toneless} - {word}:
        yield typed, 0.2
    if (bare := _VNI.sub("", word)) != word and bare.isalpha() and len(bare) > 1:
        yield bare, 0.2


def _by_edits(word: str, vocabulary: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    worth = _worth(vocabulary)
    most = 1 if len(word) < 7 else 2
    for other, _, _ in process.extract(word, worth, scorer=OSA.distance, score_cutoff=most, limit=40):
        cost = distance(word, other, _FAR)
        if cost <= _FAR:
            yield other, max(cost, 0.3)


_KEPT_WORTH: dict[int, tuple[Mapping[str, float], list[str]]] = {}


def _worth(vocabulary: Mapping[str, float]) -> list[str]:
    """The words of a vocabulary that are worth being meant; remembered for the last one."""
    kept = _KEPT_WORTH.get(0)
    if kept is None or kept[0] is not vocabulary:
        kept = (vocabulary, [word for word, weight in vocabulary.items() if weight >= WORTH and word.isalpha()])
        _KEPT_WORTH[0] = kept
    return kept[1]


@cache
def _slips() -> list[tuple[str, str, str, float]]:
    """(where, typed, meant, cost), each both ways."""
    text = files("kg.search").joinpath("data", "slips.csv").read_text(encoding="utf-8")
    found = []
    for row in csv.DictReader(io.StringIO(text)):
        one, other, cost = row["one"], row["other"], float(row["cost"])
        found += [(row["where"], one, other, cost), (row["where"], other, one, cost)]
    return found


# -- which of them stands best between its neighbours
def _posteriors(
    rows: Sequence[Sequence[_Choice]], grams: Grams, vocabulary: Mapping[str, float]
) -> list[list[float]]:
    """For each place the probability of each choice: forward and backward sums over pairs of neighbours."""
    ends = ([_Choice(BEGIN, 0.0)], [_Choice(END, 0.0)])
    chain = [ends[0], *rows, ends[1]]
    pairs = _Pairs(grams, vocabulary)
    steps = [[[pairs.after(a.word, b.word) for b in right] for a in left] for left, right in pairwise(chain)]
    forward = [[1.0]]
    for step, right in zip(steps, chain[1:], strict=True):
        sums = (
            sum(share * row[j] for share, row in zip(forward[-1], step, strict=True)) * math.exp(choice.prior)
            for j, choice in enumerate(right)
        )
        forward.append(_scaled(sums))
    backward = [[1.0]]
    for step, right in zip(reversed(steps), reversed(chain[1:]), strict=True):
        weighed = [share * math.exp(choice.prior) for share, choice in zip(backward[-1], right, strict=True)]
        backward.append(_scaled(sum(p * q for p, q in zip(row, weighed, strict=True)) for row in step))
    backward.reverse()
    both = [
        _scaled(p * q for p, q in zip(before, after, strict=True))
        for before, after in zip(forward, backward, strict=True)
    ]
    return both[1:-1]


def _scaled(values: Iterable[float]) -> list[float]:
    listed = list(values)
    whole = sum(listed) or 1.0
    return [value / whole for value in listed]


class _Pairs:
    """Probabilities of folded words after others, read once a query."""

    def __init__(self, grams: Grams, vocabulary: Mapping[str, float]) -> None:
        self._grams = grams
        self._vocabulary = vocabulary
        self._contexts: dict[str, tuple[float, float]] = {}

    def after(self, left: str, right: str) -> float:
        left, right = (NUMBER if word.isdigit() else word for word in (left, right))
        shorter = (self._vocabulary.get(right, 0.0) + _UNSEEN) / (self._grams.total + _UNSEEN)
        if left not in self._contexts:
            found = self._grams.of(left)
            self._contexts[left] = (sum(gram.followed for gram in found), sum(gram.spared for gram in found))
        followed, spared = self._contexts[left]
        if not followed:
            return shorter
        seen = sum(gram.count for gram in self._grams.of(f"{left} {right}"))
        return (max(0.0, seen - DISCOUNT) + min(spared, followed) * shorter) / followed
