"""Counts of words, pairs and triples of words in texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, Protocol

from kg.search.analysis import accented, words
from nlp.repair.syllables import is_syllable
from ontology.folding import fold

BEGIN: Final = "^"
END: Final = "$"
NUMBER: Final = "0"
"""Stand for the beginning and end of a stretch of text and for every number."""

_BREAK = re.compile(r'[.;:!?()"“”\[\]…|_]+|\n\s*\n')
_ACCENTED_SHARE = 0.4
"""Fewer accents among the syllables of a stretch mean that it was typed or read without them and teaches nothing:
three in four syllables of Vietnamese bear one."""
_LONGEST_WORD = 30
_TELLING = 0.02
"""Share of what follows a pair, from which a triple seen once is kept."""
DISCOUNT: Final = 0.9
"""Taken off the count of each pair and triple and given to those never seen: absolute discounting (Ney, Essen and
Kneser, Computer Speech and Language 8, 1994); the value by trial on texts left out."""


@dataclass(frozen=True, slots=True)
class Gram:
    """One to three words that were seen in a row: how often, how often any word followed, how much of that is left for
    words never seen there (``spared``), and whether a word list has them as part of a word. Counts are weights: words of
    a list count for less than words of a text."""

    words: tuple[str, ...]
    count: float
    followed: float
    spared: float
    listed: bool


class Grams(Protocol):
    """What was counted, by folded form."""

    total: float
    """Weight of all single words."""

    def of(self, folded: str) -> Sequence[Gram]:
        """Every spelling of one to three folded words ("thu hoi"), the most frequent first."""
        ...

    def vocabulary(self) -> Mapping[str, float]:
        """Folded words with their weight."""
        ...


def stretches(text: str) -> Iterator[list[str]]:
    """The words of a text between full stops and the like, accented, numbers as NUMBER; not those without accents."""
    for part in _BREAK.split(accented(text)):
        found = [NUMBER if word.isdigit() else word for word in words(part) if len(word) <= _LONGEST_WORD]
        syllables = [word for word in found if is_syllable(word)]
        bearing = sum(_fold_word(word) != word for word in syllables)
        if found and (len(found) < 3 or bearing >= _ACCENTED_SHARE * len(syllables)):
            yield found


class Counts:
    """Weights of words, pairs and triples."""

    def __init__(self) -> None:
        self._singles: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._triples: Counter[tuple[str, str, str]] = Counter()
        self._listed: set[tuple[str, ...]] = set()

    def read(self, text: str) -> int:
        """Count a text; how many words it had."""
        seen = 0
        for stretch in stretches(text):
            row = [BEGIN, *stretch, END]
            self._singles.update(row)
            self._pairs.update(pairwise(row))
            self._triples.update(zip(row, row[1:], row[2:], strict=False))
            seen += len(stretch)
        return seen

    def add(self, row: Sequence[str], weights: tuple[float, float, float]) -> None:
        """Count words that belong together, by a weight for single words, for pairs and for triples."""
        single, pair, triple = weights
        for word in row:
            self._singles[word] += single  # type: ignore[assignment]
        for two in pairwise(row):
            self._pairs[two] += pair  # type: ignore[assignment]
        for three in zip(row, row[1:], row[2:], strict=False):
            self._triples[three] += triple  # type: ignore[assignment]

    def add_listed(self, word: Sequence[str], weights: tuple[float, float, float]) -> None:
        """Count the syllables of a word of a list; what it holds is listed from then on."""
        self.add(word, weights)
        self._listed.update(pairwise(word))
        self._listed.update(zip(word, word[1:], word[2:], strict=False))

    def packed(self) -> dict[str, str]:
        """Folded form → its spellings, as ``unpacked`` reads them. A triple seen once after a frequent pair tells
        nothing that the discount leaves; it counts only in what is spared."""
        rows: dict[tuple[str, ...], float] = {(word,): count for word, count in self._singles.items()}
        rows |= {tuple(row): float(count) for longer in (self._pairs, self._triples) for row, count in longer.items()}
        followed: defaultdict[tuple[str, ...], float] = defaultdict(float)
        spared: defaultdict[tuple[str, ...], float] = defaultdict(float)
        for row, count in rows.items():
            if len(row) > 1:
                followed[row[:-1]] += count
                spared[row[:-1]] += min(count, DISCOUNT)
        found: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
        for row, count in rows.items():
            listed = row in self._listed
            if len(row) < 3 or count > 1 or listed or count >= _TELLING * followed[row[:-1]]:
                after = f"{followed.get(row, 0.0):g}\t{spared.get(row, 0.0):g}"
                line = f"{' '.join(row)}\t{count:g}\t{after}\t{listed:d}"
                found[" ".join(map(_fold_word, row))].append((-count, line))
        return {folded: "\n".join(line for _, line in sorted(lines)) for folded, lines in found.items()}


def unpacked(packed: str) -> Iterator[Gram]:
    """The spellings of a folded form: a line each, its words, count, followed, spared, listed; the most frequent
    first."""
    for line in packed.split("\n"):
        row, count, followed, spared, listed = line.split("\t")
        yield Gram(tuple(row.split(" ")), float(count), float(followed), float(spared), listed == "1")


def weights(packed: Mapping[str, str]) -> dict[str, float]:
    """Single folded words with their weight."""
    return {
        folded: sum(gram.count for gram in unpacked(lines)) for folded, lines in packed.items() if " " not in folded
    }


@lru_cache(maxsize=65536)
def _fold_word(word: str) -> str:
    return fold(word)
