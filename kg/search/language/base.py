"""What is known of the language without any store: phrases of ours, names, and a word list.

* ``phrases.txt`` and ``sentences.txt`` (ours): how people write to offices and how offices write;
* the names of all units of the ontology, and names of people as they are made (``name_parts.yaml``);
* what underthesea (Apache-2.0) ships, where it is installed: Viet74K, a word list without counts, and the tagged
  sentences on which its tagger was tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kg.search.analysis import accented, words
from kg.search.language.counts import Counts, Gram, unpacked, weights

_PHRASE: Final = 3
"""Times that a phrase counts as read."""
_WORD_LIST: Final = "corpus/data/Viet74K.txt"
_TAGGED: Final = "pipeline/pos_tag/models/pos_crf_vlsp2013_20230303/test_output.txt"
_LISTED: Final = (0.1, 0.5, 1.0)
"""Weights of a listed word and of its pairs and triples of syllables."""
_UNIT: Final = (0.0, 0.2, 0.3)


def read_base(counts: Counts) -> None:
    """Add the base to counts."""
    for phrase in _lines("phrases.txt"):
        for _ in range(_PHRASE):
            counts.read(phrase)
    for sentence in (*_lines("sentences.txt"), *_tagged_sentences()):
        counts.read(sentence)
    for name in _unit_names():
        counts.add(words(accented(name)), _UNIT)
    for word in _of_underthesea(_WORD_LIST):
        counts.add_listed(words(accented(word)), _LISTED)


class Base:
    """The base alone, in memory: for a store that was never learned. Takes about a second to make."""

    def __init__(self) -> None:
        counts = Counts()
        read_base(counts)
        self._packed = counts.packed()
        self._weights = weights(self._packed)
        self.total = sum(self._weights.values())

    def of(self, folded: str) -> Sequence[Gram]:
        """See ``Grams.of``."""
        return list(unpacked(self._packed[folded])) if folded in self._packed else ()

    def vocabulary(self) -> Mapping[str, float]:
        """See ``Grams.vocabulary``."""
        return self._weights


@cache
def base() -> Base:
    """The base, made once."""
    return Base()


def _lines(name: str) -> list[str]:
    text = files("kg.search").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _unit_names() -> Iterator[str]:
    from ontology.registry import load

    yield from {unit.name for unit in load().units.values()}


def _tagged_sentences() -> Iterator[str]:
    """One word and its tags a line, an empty line between sentences."""
    sentence: list[str] = []
    for line in [*_of_underthesea(_TAGGED), ""]:
        if word := line.partition("\t")[0]:
            sentence.append(word)
        elif sentence:
            yield " ".join(sentence)
            sentence = []


def _of_underthesea(name: str) -> list[str]:
    """The lines of a file that underthesea ships; none where it is not installed or has it no more. Importing the
    package would take seconds."""
    found = find_spec("underthesea")
    for folder in (found.submodule_search_locations or ()) if found else ():
        file = Path(folder) / name
        if file.is_file():
            return file.read_text(encoding="utf-8").splitlines()
    return []
