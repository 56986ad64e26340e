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
from kg.search.spelling import marks_apart
from nlp.repair.syllables import is_syllable
from ontology.folding import fold

MOST_WORDS: Final = 100
"""Words of a query whose accents are restored; what follows is left as it is typed."""
BEAM: Final = 24
"""Beginnings of a query that are followed at once."""
SLIP: Final = 0.001
"""How probable it is that somebody who types accents leaves one out."""
UNSEEN: Final = 0.01
"""Weight of a word that was never seen."""

LISTED: Final = (0.0, 0.0, 1.0, 2.5)
"""What is added to the logarithm of a probability where the last two or three words are listed as one word (by trial)."""
OTHER_ACCENT: Final = -6.0
ACCENTS_APART: Final = -4.0
"""Logarithms of how probable it is that other accents are typed than meant, at all and by how far they are apart."""
RARE: Final = 0.002
"""Share of the most frequent spelling below which another one is not meant by other accents."""
_SYLLABLE = re.compile(
    r"(?:ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[ckmnpt])?"
)
"""The form of a syllable without its accents."""
_Row = tuple[str, ...]
_Choice = tuple[str, float]
"""A spelling, and the logarithm of how probable it is to be typed as it was."""


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
        typed = _Typed(query)
        choices = [
            [(word, 0.0)] if fixed else self._choices(word, mixed=typed.mixed)
            for word, fixed in zip(typed.words, typed.fixed, strict=True)
        ]
        folded = [NUMBER if word.isdigit() else fold(word) for word in typed.words]
        return typed.restored(self._search(folded, choices, n), n)

    def respell(self, query: str, corrections: Mapping[str, str], n: int = 3) -> list[Restored]:
        """The ``n`` most probable spellings of a query that may hold slips, the best first.

        ``corrections``: for a folded word the one that was meant (``spelling.corrections``). Accents are added where
        they were left out, and changed where others are far more likely ("phụ nử", "quyêt đinh").
        """
        query = unicodedata.normalize("NFC", query)
        if n < 1:
            return [Restored(query, 1.0)]
        typed = _Typed(query)
        folded: list[str] = []
        choices = []
        for word, in_number in zip(typed.words, typed.in_number, strict=True):
            plain = fold(word)
            meant = plain if in_number else corrections.get(plain, plain)
            folded.append(NUMBER if word.isdigit() else meant)
            if in_number or (meant == plain and not word.isalpha()):
                choices.append([(word, 0.0)])
            elif word == plain:
                choices.append(self._choices(meant, mixed=typed.mixed and meant == plain))
            else:
                choices.append(self._respellings(word, meant))
        return typed.restored(self._search(folded, choices, n), n)

    def _respellings(self, word: str, meant: str) -> list[_Choice]:
        """The spellings of a folded word by how near their accents are to those of the word that was typed."""
        found = {gram.words[0]: gram.count for gram in self._grams.of(meant)}
        least = RARE * max(found.values(), default=0.0)
        priors = {
            spelling: OTHER_ACCENT + ACCENTS_APART * marks_apart(word, spelling)
            for spelling, count in found.items()
            if count >= least
        }
        if fold(word) == meant:
            priors[word] = 0.0
        return list(priors.items()) or [(meant, 0.0)]

    def _search(self, folded: Sequence[str], choices: Sequence[Sequence[_Choice]], n: int) -> list[_Path]:
        model = _Model(self._grams, [BEGIN, *folded, END])
        paths = [_Path(0.0, (BEGIN,))]
        for place, spellings in enumerate([*choices, [(END, 0.0)]], start=1):
            after = model.at(place)
            held: defaultdict[_Row, list[_Path]] = defaultdict(list)
            for path in paths:
                before = tuple(NUMBER if word.isdigit() else word for word in path.words[-2:])
                for spelling, prior in spellings:
                    score = path.score + prior + after(before, NUMBER if spelling.isdigit() else spelling)
                    held[before[-1], spelling].append(_Path(score, (*path.words, spelling)))
            kept = [
                path for same in held.values() for path in (sorted(same, key=_by_score)[:n] if same[1:] else same)
            ]
            paths = sorted(kept, key=_by_score)[:BEAM]
        return paths

    def _choices(self, word: str, *, mixed: bool) -> list[_Choice]:
        """The spellings that a word typed without accents may have, each with the logarithm of how probable it is to be
        typed so."""
        slip = math.log(SLIP) if mixed else 0.0
        found = {gram.words[0]: (slip if gram.words[0] != word else 0.0) for gram in self._grams.of(word)}
        if not found or not _may_lack(word, mixed=True):
            found.setdefault(word, 0.0)
        return list(found.items())


class _Typed:
    """A query as it was typed: where its words stand, which of them are part of a document's number, and which cannot
    be given accents."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.mixed = fold(query) != query.lower()
        self._spans = [match.span() for match in WORD.finditer(query)][:MOST_WORDS]
        self.words = [accented(query[start:end]) for start, end in self._spans]
        numbers = typed_numbers(query)
        self.in_number = [any(first <= start < last for first, last in numbers) for start, _ in self._spans]
        self.fixed = [
            in_number or not word.isalpha() or fold(word) != word
            for word, in_number in zip(self.words, self.in_number, strict=True)
        ]

    def restored(self, best: Sequence[_Path], n: int) -> list[Restored]:
        """The query in the spellings of the best paths, equal ones once."""
        weights = [math.exp(path.score - best[0].score) for path in best]
        found: dict[str, float] = {}
        for path, weight in zip(best, weights, strict=True):
            text = self._spelt(path.words[1:-1])
            found[text] = found.get(text, 0.0) + weight / sum(weights)
        return [Restored(text, probability) for text, probability in list(found.items())[:n]]

    def _spelt(self, spellings: Sequence[str]) -> str:
        """The query with its words spelt otherwise, each letter in the case in which it was typed."""
        pieces: list[str] = []
        done = 0
        for (start, end), word, spelling in zip(self._spans, self.words, spellings, strict=True):
            pieces.append(self.query[done:start])
            typed = self.query[start:end]
            pieces.append(typed if spelling == word else _in_case(typed, spelling))
            done = end
        return "".join([*pieces, self.query[done:]])


def _in_case(typed: str, spelling: str) -> str:
    if len(typed) == len(spelling):
        return "".join(
            old if old.lower() == new else new.upper() if old.isupper() else new
            for old, new in zip(typed, spelling, strict=True)
        )
    if typed.isupper() and len(typed) > 1:
        return spelling.upper()
    return spelling.capitalize() if typed[:1].isupper() else spelling


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
