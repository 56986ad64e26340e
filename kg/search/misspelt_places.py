"""Names of places that are written wrong behind their type word ("xã Đông Ngạt"), told by what units there are.

The language of the store undoes most slips; a name that it never saw is known to the gazetteer alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from kg.search.tokens import Tokens
from ontology.model import Candidate
from ontology.names import split_type
from ontology.registry import Ontology
from ontology.scoring import OTHER_TYPE

LONGEST: Final = 3
"""Words of a name that are tried."""
APART: Final = 0.02
"""Score by which the nearest name must be nearer than the next, to be the one that was meant."""


def misspelt(
    ontology: Ontology, tokens: Tokens, known: Collection[tuple[int, int]]
) -> Iterator[tuple[int, int, list[Candidate]]]:
    """The first and last word of each such name with the units meant: a type word and a name in capitals, of which no
    unit bears the whole, and one name is nearer than all others. ``known``: the names that were found as they stand.

    Only in queries with capitals: in others nothing tells where a name ends. Looking for near names costs some
    milliseconds, but only where there is a type word without a name that is known.
    """
    if not tokens.has_case:
        return
    place = 0
    while place < len(tokens.words) - 1:
        last = _end_of_name(tokens, place, known)
        found = _nearest(ontology, tokens.text(place, last)) if last is not None else []
        if last is not None and found:
            yield place, last, found
            place = last
        place += 1


def _end_of_name(tokens: Tokens, place: int, known: Collection[tuple[int, int]]) -> int | None:
    """The last word of a name in capitals behind the type word here; None for none, or where it is known whole."""
    last = place
    while last + 1 < len(tokens.words) and last - place < LONGEST and _goes_on(tokens, last):
        last += 1
    if last == place or any(first <= place and end >= last for first, end in known):
        return None
    typed, _ = split_type(tokens.text(place, last))
    alone, _ = split_type(tokens.text(place + 1, last))
    return last if typed is not None and alone is None else None


def _goes_on(tokens: Tokens, place: int) -> bool:
    """Whether the next word follows after a space and has a capital, and is no part of an everyday word."""
    between = tokens.query[tokens.spans[place][1] : tokens.spans[place + 1][0]]
    return between.isspace() and tokens.capital(place + 1) and not tokens.common(place, place + 1)


def _nearest(ontology: Ontology, name: str) -> list[Candidate]:
    """The units of the one name that is nearest to what is written; none where two are about as near."""
    typed = [found for found in ontology.find(name) if not OTHER_TYPE.intersection(found.reasons)]
    best: dict[str, float] = {}
    for candidate in typed:
        best[candidate.unit.name] = max(candidate.score, best.get(candidate.unit.name, 0.0))
    order = sorted(best, key=lambda other: (-best[other], other))
    if not order or (len(order) > 1 and best[order[0]] - best[order[1]] < APART):
        return []
    return [candidate for candidate in typed if candidate.unit.name == order[0]]
