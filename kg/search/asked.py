"""A query taken apart: its words, what stands in quotation marks, the document numbers it names.

Nothing a user types is parsed as a query language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from kg.search import entities
from kg.search.analysis import accented, folded, number_key, typed_numbers, words
from kg.search.model import EntityTerms, Filters, PlaceTerms
from kg.search.reading import Reader

MOST_WORDS: Final = 32
"""Words of a query that count: the first ones."""
LONGEST_NUMBER: Final = 7

_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]+)[\"“”«»]")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the index; see ``Index.search``."""

    query: str
    filters: Filters = field(default_factory=Filters)
    places: tuple[PlaceTerms, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class BareNumber:
    """A number named by type or year alone ("quyết định 67 năm 2024"): how its key begins, the type's key and the
    year where they are said."""

    first: str
    type: str | None
    year: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """``words``: folded, each once, in order; ``accented``: as typed, none where no accent was typed; ``quoted``:
    parts that must stand as typed; ``numbers`` and ``parts``: keys that records of the index bear, or that theirs
    begin with; ``cited``: keys of all numbers typed; ``also``: for a folded word others that it may stand for
    (misspelt words)."""

    words: tuple[str, ...]
    accented: tuple[str, ...] = ()
    quoted: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    bare: BareNumber | None = None
    places: tuple[PlaceTerms, ...] = ()
    entities: tuple[EntityTerms, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def names_a_number(self) -> bool:
        """Whether the query names a document by its number."""
        return bool(self.numbers or self.parts or self.cited or self.bare)

    def spellings(self, word: str) -> list[str]:
        """The word; for a number its forms with and without a leading zero (05/07/1984, 5-7-1984); what it may be a
        slip for."""
        if word.isdigit():
            bare = word.lstrip("0") or "0"
            return list(dict.fromkeys([word, bare, "0" + bare]))
        return [word, *self.also.get(word, ())]


def take_apart(reader: Reader, question: Question) -> Asked:
    """Take a query apart; the index knows which numbers and names there are."""
    query = unicodedata.normalize("NFC", question.query)
    plain = words(folded(query))[:MOST_WORDS]
    typed = words(accented(query))[:MOST_WORDS]
    quoted = tuple(tuple(words(folded(part))) for part in _QUOTED.findall(query))
    numbers, parts = _known_numbers(reader, plain)
    cited = tuple(dict.fromkeys(number_key(query[start:end]) for start, end in typed_numbers(query)))
    return Asked(
        tuple(dict.fromkeys(plain)),
        tuple(dict.fromkeys(typed)) if typed != plain else (),
        tuple(part for part in quoted if part),
        numbers,
        parts,
        tuple(dict.fromkeys([*numbers, *(number for number in cited if " " in number)])),
        None if numbers else _bare_number(reader, plain),
        question.places,
        entities.named(reader, plain, typed, question.texts) if len(plain) == len(typed) else (),
        question.also,
    )


def _known_numbers(reader: Reader, plain: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Runs of words that are the number of a record, or the beginning of one; the longest at each place."""
    whole: list[str] = []
    begun: list[str] = []
    for start, word in enumerate(plain):
        if not word[0].isdigit():
            continue
        for end in range(min(start + LONGEST_NUMBER, len(plain)), start + 1, -1):
            number = number_key(" ".join(plain[start:end]))
            if reader.holds("number", number):
                whole.append(number)
                break
            if reader.holds("number_part", number):
                begun.append(number)
                break
    return tuple(whole), tuple(begun)


def _bare_number(reader: Reader, plain: Sequence[str]) -> BareNumber | None:
    """A number right after the name of a document type or "số" ("nghị định 30", "quyết định số 67 năm 2024")."""
    for place, kind in _after_types(plain):
        if place >= len(plain) or not plain[place].isdigit():
            continue
        first = number_key(plain[place])
        if not reader.holds("number_part", first):
            continue
        rest = plain[place + 1 : place + 3]
        year = next((word for word in rest if _YEAR.fullmatch(word)), None)
        return BareNumber(first, kind, year)
    return None


def _after_types(plain: Sequence[str]) -> Iterator[tuple[int, str | None]]:
    """Where a number may stand: after a type's name, and "số" after it."""
    names = _types()
    for start in range(len(plain)):
        for length in range(min(4, len(plain) - start), 0, -1):
            name = " ".join(plain[start : start + length])
            if name in names:
                after = start + length
                yield after + (plain[after : after + 1] == ["so"]), name
                break
        else:
            if plain[start] == "so":
                yield start + 1, None


@cache
def _types() -> frozenset[str]:
    from nlp.data import column

    return frozenset(folded(name) for name in column("types.csv", "name"))
