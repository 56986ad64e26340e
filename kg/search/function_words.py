"""Words of a query that say nothing of what it asks about: those by which it asks ("ở đâu", "những ... nào"), which texts
that answer do not hold, and those that join others ("của", "ở"), which all texts hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from kg.search.analysis import accented
from ontology.folding import fold


def question_words(words: Sequence[str]) -> frozenset[int]:
    """The positions of the question words among the words of a query (as ``analysis.accented`` gives them). Words
    typed without accents count where they can hardly be others."""
    return _standing(words, ("question",))


def small_words(words: Sequence[str]) -> frozenset[int]:
    """The positions of the question words and of those that join others."""
    return _standing(words, ("question", "function"))


def _standing(words: Sequence[str], uses: tuple[str, ...]) -> frozenset[int]:
    found: set[int] = set()
    rows = _rows(uses, all(word == fold(word) for word in words))
    place = 0
    while place < len(words):
        length = next(
            (len(row) for row in rows.get(words[place], ()) if tuple(words[place : place + len(row)]) == row), 0
        )
        found.update(range(place, place + length))
        place += max(1, length)
    return frozenset(found)


@cache
def _rows(uses: tuple[str, ...], plain: bool) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Phrases by their first word, longest first; without accents for a query that has none: beside accents, "nao" and
    "nhung" are other words."""
    text = files("kg.search").joinpath("data", "function_words.csv").read_text(encoding="utf-8")
    spelt: set[tuple[str, ...]] = set()
    for row in csv.DictReader(io.StringIO(text)):
        if row["use"] not in uses:
            continue
        spelt.add(tuple(accented(row["words"]).split()))
        if plain and row["folded"] == "yes":
            spelt.add(tuple(fold(row["words"]).split()))
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(spelt, key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return {word: tuple(phrases) for word, phrases in found.items()}
