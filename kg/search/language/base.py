"""What is known of the language without any store: phrases of ours, names, and a word list.

* ``phrases.txt`` (ours): how people write to offices and how offices write;
* the names of all units of the ontology, and names of people as they are made (``name_parts.yaml``);
* Viet74K, the word list that underthesea ships (Apache-2.0): words without counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kg.search.analysis import accented, words
from kg.search.language.counts import Counts, Gram

_PHRASE: Final = 3
"""Times that a phrase counts as read."""
_LISTED: Final = (0.1, 0.5, 1.0)
"""Weights of a listed word and of its pairs and triples of syllables."""
_UNIT: Final = (0.0, 0.2, 0.3)


def read_base(counts: Counts) -> None:
    """Add the base to counts."""
    for phrase in _phrases():
        for _ in range(_PHRASE):
            counts.read(phrase)
    for name in _unit_names():
        counts.add(words(accented(name)), _UNIT)
    for word in _listed_words():
        counts.add(words(accented(word)), _LISTED)


class Base:
    """The base alone, in memory: for a store that was never learned. Takes about a second to make."""

    def __init__(self) -> None:
        counts = Counts()
        read_base(counts)
        self._grams = counts.grams()
        self.total = sum(gram.count for gram in self._singles())

    def of(self, folded: str) -> Sequence[Gram]:
        """See ``Grams.of``."""
        return self._grams.get(folded, ())

    def vocabulary(self) -> Mapping[str, float]:
        """See ``Grams.vocabulary``."""
        found: dict[str, float] = {}
        for folded, spellings in self._grams.items():
            if " " not in folded:
                found[folded] = sum(gram.count for gram in spellings)
        return found

    def _singles(self) -> Iterator[Gram]:
        return (gram for folded, spellings in self._grams.items() if " " not in folded for gram in spellings)


@cache
def base() -> Base:
    """The base, made once."""
    return Base()


def _phrases() -> list[str]:
    text = files("kg.search").joinpath("data", "phrases.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _unit_names() -> Iterator[str]:
    from ontology.registry import load

    yield from {unit.name for unit in load().units.values()}


def _listed_words() -> list[str]:
    """The words of Viet74K, where underthesea is installed."""
    found = find_spec("underthesea")
    for folder in (found.submodule_search_locations or ()) if found else ():
        file = Path(folder) / "corpus" / "data" / "Viet74K.txt"
        if file.is_file():
            return file.read_text(encoding="utf-8").splitlines()
    return []
