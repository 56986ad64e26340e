"""What a query asks about, beside where: a model of meaning is told that alone.

A place is known to the graph by all the names it ever bore, and the records about it are told by links. Its name in a query
would only draw towards passages that name it, or sound like it: the record of 1994 names another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.search.analysis import WORD, accented
from kg.search.function_words import small_words
from kg.search.name_tables import unit_words
from kg.search.query import Understood

LEAST: Final = 3
"""Words that a topic must have: fewer say too little without the name."""


def without_places(spellings: Sequence[tuple[str, float]], understood: Understood) -> tuple[tuple[str, float], ...]:
    """The spellings of a query (text, how much it counts) without the places named in it, where enough is left."""
    if not understood.places:
        return tuple(spellings)
    spans = [match.span() for match in WORD.finditer(understood.query)]
    named = {
        index
        for index, (start, end) in enumerate(spans)
        for place in understood.places
        if place.start <= start and end <= place.end
    }
    return tuple((_without(text, named, len(spans)), weight) for text, weight in spellings)


def _without(text: str, named: set[int], count: int) -> str:
    """A spelling without the words at these positions; as it is where its words are not those of the query."""
    found = list(WORD.finditer(text))
    if len(found) != count:
        return text
    words = [accented(match.group()) for match in found]
    small = small_words(words) | {index for index, word in enumerate(words) if word in unit_words()}
    if len(set(range(count)) - named - small) < LEAST:
        return text
    pieces: list[str] = []
    done = 0
    for index, match in enumerate(found):
        if index in named:
            pieces.append(text[done : match.start()])
            done = match.end()
    return " ".join("".join([*pieces, text[done:]]).split()).strip(" ,;-–()")
