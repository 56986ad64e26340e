"""Accents restored to a query that was typed without them: the most likely spellings by a model of word triples.

The model (``kg.search.language``) says how probable each spelling of a syllable is after the two before it; the best
whole queries are found by a beam search (Viterbi's, with the n best kept). Triples never seen fall back on pairs and
single words (absolute discounting), and words that a word list has as one are preferred: "tình nguyện", though official
texts say "tính" a hundred times as often.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.search.analysis import WORD, accented, typed_numbers
from kg.search.language.counts import BEGIN, DISCOUNT, END, NUMBER, Gram, Grams
from nlp.repair.syllables import is_syllable
from ontology.folding import fold

MOST_WORDS: Final = 100
"""Words of a query whose accents are restored; what follows is left as it is typed."""
BEAM: Final = 24
"""Beginnings of a query that are followed at once."""
SLIP: Final = 0.01
"""How probable it is that somebody who types accents leaves one out."""
UNSEEN: Final = 0.01
"""Weight of a word that was never seen."""

LISTED: Final = (0.0, 0.0, 2.0, 3.0)
"""What is added to the logarithm of a probability where the last two or three words are listed as one word (by trial)."""
_SYLLABLE = re.compile(
    r"(?:ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[ckmnpt])?"
)
"""The form of a syllable without its accents."""
_Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A spelling of a query and how probable it is among those found (0..1)."""

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class _Path:
    """The beginning of a restoration: the logarithm of its probability and its words."""

    score: float
    words: _Row


def needs_accents(query: str) -> bool:
    """Whether a query was typed without accents, or holds words that Vietnamese has only with one among others that
    have theirs ("thu hồi dat"). Document numbers do not count."""
    return any(_may_lack(word, mixed=mixed) for word, mixed in _open_words(query))


class Restorer:
    """Restores accents by a model of the language."""

    def __init__(self, grams: Grams) -> None:
        self._grams = grams

    def restore(self, query: str, n: int = 3) -> list[Restored]:
        """The ``n`` most probable spellings of a query, the best first; the query itself alone where it needs none.

        Only accents are added: folded, every answer is the folded query, in its NFC form. Accents that were typed
        stay, and words beside them are changed only where the change is far more likely than a slip.
        """
        query = unicodedata.normalize("NFC", query)
        if n < 1 or not needs_accents(query):
            return [Restored(query, 1.0)]
        spans = [match.span() for match in WORD.finditer(query)][:MOST_WORDS]
        typed = [accented(query[start:end]) for start, end in spans]
        fixed = self._fixed(query, spans, typed)
        mixed = fold(query) != query.lower()
        best = self._search(typed, fixed, mixed=mixed, n=n)
        top = [math.exp(path.score - best[0].score) for path in best]
        whole = sum(top)
        found: dict[str, float] = {}
        for path, weight in zip(best, top, strict=True):
            text = _with_accents(query, spans, path.words[1:-1], fixed)
            found[text] = found.get(text, 0.0) + weight / whole
        return [Restored(text, probability) for text, probability in list(found.items())[:n]]

    def _fixed(self, query: str, spans: Sequence[tuple[int, int]], typed: Sequence[str]) -> list[bool]:
        numbers = typed_numbers(query)
        return [
            not word.isalpha() or fold(word) != word or any(first <= start < last for first, last in numbers)
            for word, (start, _) in zip(typed, spans, strict=True)
        ]

    def _search(self, typed: Sequence[str], fixed: Sequence[bool], *, mixed: bool, n: int) -> list[_Path]:
        model = _Model(self._grams, [BEGIN, *(NUMBER if word.isdigit() else fold(word) for word in typed), END])
        paths = [_Path(0.0, (BEGIN,))]
        for place, (word, is_fixed) in enumerate([*zip(typed, fixed, strict=True), (END, True)], start=1):
            after = model.at(place)
            held: defaultdict[_Row, list[_Path]] = defaultdict(list)
            choices = self._choices(word, fixed=is_fixed, mixed=mixed)
            for path in paths:
                before = path.words[-2:]
                last = before[-1]
                for spelling, prior in choices:
                    score = path.score + prior + after(before, spelling)
                    held[last, spelling].append(_Path(score, (*path.words, spelling)))
            kept = [
                path for same in held.values() for path in (sorted(same, key=_by_score)[:n] if same[1:] else same)
            ]
            paths = sorted(kept, key=_by_score)[:BEAM]
        return paths

    def _choices(self, word: str, *, fixed: bool, mixed: bool) -> list[tuple[str, float]]:
        """The spellings that a typed word may have, each with the logarithm of how probable it is to be typed so."""
        if word.isdigit():
            return [(NUMBER, 0.0)]
        if fixed:
            return [(word, 0.0)]
        slip = math.log(SLIP) if mixed else 0.0
        found = {gram.words[0]: (slip if gram.words[0] != word else 0.0) for gram in self._grams.of(word)}
        if not found or not _may_lack(word, mixed=True):
            found.setdefault(word, 0.0)
        return list(found.items())


class _Model:
    """Probabilities of the words of one query (folded), each after the two before it."""

    def __init__(self, grams: Grams, folded: Sequence[str]) -> None:
        self._grams = grams
        self._folded = folded

    def at(self, place: int) -> Callable[[_Row, str], float]:
        """What gives the logarithm of the weight of a spelling at this place after the spellings of up to two words
        before it."""
        single, pair, triple = (self._rows(place - length, place) for length in range(3))
        one, two = (self._rows(place - length, place - 1) for length in (1, 2))
        total = self._grams.total + UNSEEN
        pairs: dict[_Row, tuple[float, int]] = {}

        def after_one(last: str, word: str) -> tuple[float, int]:
            row = (last, word)
            if row not in pairs:
                gram = single.get((word,))
                shorter = ((gram.count if gram else 0.0) + UNSEEN) / total
                pairs[row] = _interpolated(pair.get(row), one.get((last,)), shorter, 0)
            return pairs[row]

        def after(before: _Row, word: str) -> float:
            shorter, listed = after_one(before[-1], word)
            context = two.get(before)
            if context is not None:
                shorter, listed = _interpolated(triple.get((*before, word)), context, shorter, listed)
            return math.log(shorter) + LISTED[listed]

        return after

    def _rows(self, first: int, last: int) -> Mapping[_Row, Gram]:
        if first < 0 or last < first:
            return {}
        return {gram.words: gram for gram in self._grams.of(" ".join(self._folded[first : last + 1]))}


def _interpolated(gram: Gram | None, context: Gram | None, shorter: float, listed: int) -> tuple[float, int]:
    """The probability of a word in a context, from its count there and its probability in the shorter context; and
    how many of the last words are listed as one."""
    if gram and gram.listed:
        listed = len(gram.words)
    if context is None or not context.followed:
        return shorter, listed
    seen = max(0.0, gram.count - DISCOUNT) if gram else 0.0
    return (seen + context.spared * shorter) / context.followed, listed


def _by_score(path: _Path) -> tuple[float, _Row]:
    return -path.score, path.words


def _with_accents(
    query: str, spans: Sequence[tuple[int, int]], spellings: Sequence[str], fixed: Sequence[bool]
) -> str:
    """The query with the letters of other spellings, each in the case in which it was typed."""
    letters = list(query)
    for (start, end), spelling, is_fixed in zip(spans, spellings, fixed, strict=True):
        if is_fixed or len(spelling) != end - start:
            continue
        for place, letter in zip(range(start, end), spelling, strict=True):
            if fold(letters[place]) == letter:
                continue
            letters[place] = letter.upper() if letters[place].isupper() else letter
    return "".join(letters)


def _open_words(query: str) -> list[tuple[str, bool]]:
    """The words of a query typed without accents, and whether others have some; document numbers left out."""
    query = unicodedata.normalize("NFC", query)
    mixed = fold(query) != query.lower()
    numbers = typed_numbers(query)
    matches = list(WORD.finditer(query))[:MOST_WORDS]
    inside = [match for match in matches if not any(first <= match.start() < last for first, last in numbers)]
    typed = [accented(match.group()) for match in inside]
    return [(word, mixed) for word in typed if word.isalpha() and fold(word) == word]


def _may_lack(word: str, *, mixed: bool) -> bool:
    """Whether a word without accents may be a syllable typed without them; among others that have theirs only one
    that cannot do without."""
    return _SYLLABLE.fullmatch(word) is not None and not (mixed and is_syllable(word))
