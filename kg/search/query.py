"""What a query says beside its words: document numbers, and names of places, old or new (DESIGN.md §4.9)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.search.analysis import typed_numbers, words
from kg.search.model import PlaceTerms
from ontology.folding import fold
from ontology.gazetteer import names
from ontology.model import Candidate, Unit
from ontology.names import split_type
from ontology.registry import Ontology, load
from ontology.scoring import NEAR_MISS, OTHER_TYPE

LONGEST_NAME: Final = 9
"""Words of the longest name with its type word (Thị trấn Nông trường Phong Hải, Phường Văn Miếu - Quốc Tử Giám)."""

_WORD = re.compile(r"[^\W_]+")
_SPACES = re.compile(r"\s+")
_JOINED = re.compile(r"\s*,?\s*")
_OTHER_SPELLING: Final = NEAR_MISS | {"accents_differ"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a query at ``query[start:end]`` (NFC): the units that bear the name, latest first, and the
    ids of those and of all their predecessors and successors."""

    start: int
    end: int
    units: tuple[Unit, ...]
    widened: tuple[str, ...]

    def terms(self, query: str) -> PlaceTerms:
        """The place as the index takes it."""
        return PlaceTerms(tuple(words(fold(query[self.start : self.end]))), self.widened)


@dataclass(frozen=True, slots=True)
class Understood:
    """A query with what was understood in it; ``numbers`` as typed. ``query`` is its NFC form."""

    query: str
    numbers: tuple[str, ...]
    places: tuple[Place, ...]

    def terms(self) -> tuple[PlaceTerms, ...]:
        """What ``Index.search`` takes as ``places``."""
        return tuple(place.terms(self.query) for place in self.places)


def understand(query: str, ontology: Ontology | None = None) -> Understood:
    """Find numbers and places in a query.

    A name counts as a place with its type word ("phường Cửa Nam", "P. cua nam"), or alone when it has two words or
    more and its accents agree (a query without any accent agrees with all). Units named right after it, with or
    without a comma, narrow it to what lies in them ("Cửa Nam, Hoàn Kiếm").
    """
    query = unicodedata.normalize("NFC", query)
    ontology = ontology or load()
    numbers = typed_numbers(query)
    spans = _place_spans(query, numbers)
    places: list[Place] = []
    following: str | None = None
    after = len(query)
    for start, end in reversed(spans):  # from the end: what contains a place is named after it
        beside = following if following and _JOINED.fullmatch(query[end:after]) else None
        if place := _place(ontology, query, (start, end), beside):
            places.append(place)
            following = query[start:end] + (f", {beside}" if beside else "")
            after = start
    return Understood(query, tuple(query[start:end] for start, end in numbers), tuple(reversed(places)))


def widened(ontology: Ontology, units: Iterable[Unit]) -> tuple[str, ...]:
    """The ids of units with all their versions, predecessors and successors, ascending."""
    found: set[str] = set()
    for unit in units:
        found |= {version.id for version in ontology.same(unit)}
        for lineage in (ontology.successors(unit), ontology.predecessors(unit)):
            found |= {step.unit.id for step in lineage.steps}
    return tuple(sorted(found))


def _place_spans(query: str, numbers: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest names at each place of the query, from left to right; numbers of documents hold none."""
    tokens = [match.span() for match in _WORD.finditer(query)]
    tokens = [span for span in tokens if not any(start <= span[0] < end for start, end in numbers)]
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(tokens):
        for last in range(min(place + LONGEST_NAME, len(tokens)) - 1, place - 1, -1):
            start, end = tokens[place][0], tokens[last][1]
            if _is_name(query[start:end]):
                found.append((start, end))
                place = last
                break
        place += 1
    return found


def _is_name(piece: str) -> bool:
    type_word, bare = split_type(piece)
    folded = _SPACES.sub(" ", fold(bare))
    return folded in names() and (type_word is not None or " " in folded)


def _place(ontology: Ontology, query: str, span: tuple[int, int], within: str | None) -> Place | None:
    start, end = span
    name = query[start:end]
    meant = _meant(ontology.find(name, within=within)) or _meant(ontology.find(name))
    if not meant:
        return None
    units = tuple(candidate.unit for candidate in meant)
    return Place(start, end, units, widened(ontology, units))


def _meant(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Every unit of that spelling; of the type written where there are such."""
    spelt = [candidate for candidate in candidates if not _OTHER_SPELLING.intersection(candidate.reasons)]
    typed = [candidate for candidate in spelt if not OTHER_TYPE.intersection(candidate.reasons)]
    return typed or spelt
