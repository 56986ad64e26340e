"""What is known of the language without any store: phrases of ours, names, and a word list.

* ``phrases.txt``, ``spoken.txt`` and ``sentences.txt`` (ours): how people write to offices, speak among themselves, and
  how offices write; ``everyday.txt`` (ours): everyday words in short phrases;
* the names of all units of the ontology, and names of people as they are made (``name_parts.yaml``);
* what underthesea (Apache-2.0) ships, where it is installed: Viet74K, a word list without counts; the tagged sentences
  on which its tagger was tried; and the pairs of words that its taggers (trained on newspapers) have as features. They
  are read from the installed package and not copied here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kg.search.analysis import accented, words
from kg.search.language.counts import Counts, Gram, unpacked, weights

_TEXTS: Final = {"phrases.txt": 3, "spoken.txt": 3, "everyday.txt": 2, "sentences.txt": 1}
"""Our texts, and how many times what each says counts as read."""
_WORD_LIST: Final = "corpus/data/Viet74K.txt"
_TAGGED: Final = "pipeline/pos_tag/models/pos_crf_vlsp2013_20230303/test_output.txt"
_TAGGERS: Final = (
    "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727/models.bin",
    "pipeline/pos_tag/models/pos_crf_vlsp2013_20230303/models.bin",
    "pipeline/pos_tag/pos_crf_2017_10_11.bin",
)
_FEATURE = re.compile(rb"T\[(-?\d)(?:,(-?\d))?\](?:\.lower)?=([^\x00]{1,60})\x00")
"""The name of a feature of a tagger: one word, or two words and where they stand from the one that is tagged."""
_PAIR: Final = (1.5, 1.5, 1.5)
_LISTED: Final = (0.1, 0.5, 1.0)
"""Weights of a listed word and of its pairs and triples of syllables."""
_UNIT: Final = (0.1, 1.0, 1.0)


def read_base(counts: Counts) -> None:
    """Add the base to counts."""
    for name, times in _TEXTS.items():
        for line in _lines(name):
            for _ in range(times):
                counts.read(line)
    for sentence in _tagged_sentences():
        counts.read(sentence)
    for pair in _tagger_pairs():
        counts.add(pair, _PAIR)
    for name in _unit_names():
        counts.add_listed(words(accented(name)), _UNIT)
    for word in _of_underthesea(_WORD_LIST):
        counts.add_listed(words(accented(word)), _LISTED)


@cache
def sources_key() -> str:
    """What the base is made of, in short: another key, another base. The same for the same sources wherever they lie; of
    what underthesea ships the sizes stand for the contents."""
    ours = [files("kg.search").joinpath("data", name) for name in _TEXTS]
    key = hashlib.blake2b(digest_size=6)
    for source in (*ours, files("ontology").joinpath("data", "units.csv")):
        key.update(source.read_bytes())
    for name in (_WORD_LIST, _TAGGED, *_TAGGERS):
        file = _shipped(name)
        key.update(f"{name} {file.stat().st_size if file else 0}\n".encode())
    return key.hexdigest()


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


def _tagger_pairs() -> set[tuple[str, ...]]:
    """Words, and words that stand side by side, in the features of underthesea's taggers."""
    found: set[tuple[str, ...]] = set()
    for name in _TAGGERS:
        file = _shipped(name)
        for first, second, text in _FEATURE.findall(file.read_bytes()) if file else ():
            if second and int(second) - int(first) != 1:
                continue
            written = accented(text.decode("utf-8", "replace")).strip()
            row = words(written)
            if row and " ".join(row) == written:
                found.add(tuple(row))
    return found


def _of_underthesea(name: str) -> list[str]:
    """The lines of a file that underthesea ships."""
    file = _shipped(name)
    return file.read_text(encoding="utf-8").splitlines() if file else []


def _shipped(name: str) -> Path | None:
    """A file of underthesea; None where it is not installed or has it no more. Importing it would take seconds."""
    found = find_spec("underthesea")
    folders = (found.submodule_search_locations or ()) if found else ()
    return next((file for folder in folders if (file := Path(folder) / name).is_file()), None)
