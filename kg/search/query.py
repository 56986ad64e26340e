"""What a query says beside its words: document numbers, and names of places, old or new (DESIGN.md §4.9)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from kg.search.analysis import typed_numbers, words
from kg.search.misspelt_places import misspelt
from kg.search.model import PlaceTerms
from kg.search.name_tables import is_village, provinces, single_names, sure_surnames, surnames
from kg.search.province_line import province_line
from kg.search.tokens import Tokens
from ontology.folding import fold
from ontology.gazetteer import names
from ontology.model import Candidate, Unit
from ontology.names import abbreviations, short_names, split_type
from ontology.registry import Ontology, load
from ontology.scoring import NEAR_MISS, OTHER_TYPE

LONGEST_NAME: Final = 9
"""Words of the longest name with its type word (Thị trấn Nông trường Phong Hải, Phường Văn Miếu - Quốc Tử Giám)."""
LONGEST_QUERY: Final = 1000
"""Characters of a query that are read."""

_SPACES = re.compile(r"\s+")
_JOINED = re.compile(r"\s*(?:[,\-–(]|thuộc|thuoc|của|cua)?\s*")
_REMARK = re.compile(r"\s*\(?(?:cũ|cu|trước đây|truoc day|mới|moi)\)?(?!\w)", re.IGNORECASE)
_OTHER_SPELLING: Final = NEAR_MISS | {"accents_differ"}
_PERSON_CUES: Final = frozenset({"ông", "bà", "anh", "chị", "cụ", "em", "cháu", "ong", "ba", "chi", "chau"})


_STREETS: Final = frozenset({"đường", "phố", "ngõ", "duong", "pho", "ngo"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a query at ``query[start:end]`` (NFC): the units that bear the name, latest first; the ids of
    those and of all their predecessors and successors (``widened``); ``below``: of what lies or lay in the districts
    among them. ``contains``: it was named after a place to say where that lies, and narrowed it."""

    start: int
    end: int
    units: tuple[Unit, ...]
    widened: tuple[str, ...]
    below: tuple[str, ...] = ()
    contains: bool = False

    def terms(self, query: str) -> PlaceTerms:
        """The place as the index takes it."""
        return PlaceTerms(
            tuple(words(fold(query[self.start : self.end]))),
            self.widened,
            self.contains,
            tuple(unit.id for unit in self.units),
        )

    @property
    def added(self) -> tuple[str, ...]:
        """The ids to which the units of the name were widened."""
        own = {unit.id for unit in self.units}
        return tuple(unit for unit in self.widened if unit not in own)


@dataclass(frozen=True, slots=True)
class Understood:
    """A query with what was understood in it; ``numbers`` as typed. ``query`` is its NFC form."""

    query: str
    numbers: tuple[str, ...]
    places: tuple[Place, ...]

    def terms(self) -> tuple[PlaceTerms, ...]:
        """What ``Index.search`` takes as ``places``."""
        return tuple(place.terms(self.query) for place in self.places)


def understand(query: str, ontology: Ontology | None = None, reading: str | None = None) -> Understood:
    """Find numbers and places in a query.

    A name counts as a place with its type word ("phường Cửa Nam", "P. cua nam"), or alone when its accents agree (a
    query without any accent agrees with all) and it is not an everyday word, a part of one or of a person's name;
    where a query has capitals, a name alone must have them too. Units named right after it narrow it to what lies in
    them ("Cửa Nam, Hoàn Kiếm").

    ``reading``: the query word for word with accents restored or slips undone (``accents.Restorer``). It tells which
    names alone are places in a query typed without accents; in one typed with them its names are places too ("xã Mể
    Trì").
    """
    query = _cut(query)
    ontology = ontology or load()
    numbers = typed_numbers(query)
    own = Tokens(query, numbers)
    other = Tokens(_cut(reading), typed_numbers(_cut(reading))) if reading else own
    if other.query == query or len(other.spans) != len(own.spans):
        found = _places(ontology, own)
    else:
        more = _places(ontology, other)
        alone = frozenset(_words_of(other, more)) if fold(query) == query.lower() else None
        found = _merged(_places(ontology, own, alone), _at_words_of(own, other, more))
    nearly = [
        Place(own.spans[first][0], own.spans[last][1], *_reached(ontology, tuple(found.unit for found in meant)))
        for first, last, meant in misspelt(ontology, own, _words_of(own, found))
    ]
    found = _merged(found, nearly)
    return Understood(query, tuple(query[start:end] for start, end in numbers), tuple(found))


def _cut(query: str) -> str:
    return unicodedata.normalize("NFC", query)[:LONGEST_QUERY]


def widened(ontology: Ontology, units: Iterable[Unit]) -> tuple[str, ...]:
    """The ids of units with all their versions, predecessors and successors, ascending; of provinces without those with
    whom they only changed pieces."""
    found: set[str] = set()
    for unit in units:
        if unit.level == "province":
            found |= province_line(unit.id)
            continue
        found |= {version.id for version in ontology.same(unit)}
        for lineage in (ontology.successors(unit), ontology.predecessors(unit)):
            found |= {step.unit.id for step in lineage.steps}
    return tuple(sorted(found))


# -- where names stand
def _places(ontology: Ontology, tokens: Tokens, alone: frozenset[tuple[int, int]] | None = None) -> list[Place]:
    """The places in a query; ``alone``: the first and last words of the names that count without a type word, where
    that is known."""
    places: list[Place] = []
    following: str | None = None
    after = len(tokens.query)
    for first, last in reversed(_names(tokens, alone)):  # from the end: what contains a place is named after it
        start, end = tokens.spans[first][0], tokens.spans[last][1]
        beside = following if following and _JOINED.fullmatch(tokens.query[end:after].lower()) else None
        place = _place(ontology, tokens.query, (start, end), beside)
        if place is None:
            continue
        if beside and places and _lies_in(ontology, place, places[-1]):
            places[-1] = replace(places[-1], contains=True)
        places.append(place)
        following = tokens.query[start:end] + (f", {beside}" if beside else "")
        after = start
    return list(reversed(places))


def _names(tokens: Tokens, alone: frozenset[tuple[int, int]] | None) -> list[tuple[int, int]]:
    """The first and last word of the longest name at each place of the query, from left to right."""
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(tokens.spans):
        for last in range(min(place + LONGEST_NAME, len(tokens.spans)) - 1, place - 1, -1):
            if _is_place(tokens, place, last, alone):
                found.append((_without_body(tokens, place, last), last))
                place = last
                break
        place += 1
    return found


def _is_place(tokens: Tokens, first: int, last: int, alone: frozenset[tuple[int, int]] | None) -> bool:
    type_word, bare = split_type(tokens.text(first, last))
    folded = _SPACES.sub(" ", fold(bare))
    if folded not in names():
        return first == last and _is_short(tokens, first)
    if type_word is not None:
        return True
    if alone is not None:
        restored = folded in provinces() and tokens.words[max(0, first - 1)] not in surnames()
        return ((first, last) in alone or restored) and not is_village(tokens.words[:first])
    if first == last:
        return folded in single_names() and tokens.capital(first) and tokens.words[first] in single_names()[folded]
    if not all(tokens.capital(place) for place in range(first, last + 1)) or _is_of_another(tokens, first):
        return False
    if folded in provinces():
        return True
    reaching = (tokens.common(first - 1, first), tokens.common(last, last + 1))
    if tokens.has_case:
        return not all(reaching) and not (first == 0 and tokens.common(first, last))
    return not any(reaching) and not (last == first + 1 and tokens.common(first, last))


def _is_short(tokens: Tokens, place: int) -> bool:
    """Whether a word is an abbreviation of a province, in capitals ("HN", "TPHCM")."""
    word = tokens.text(place, place)
    return word.isupper() and len(word) > 1 and (fold(word) in short_names() or fold(word) in abbreviations())


def _is_of_another(tokens: Tokens, first: int) -> bool:
    """Whether a name without type word is that of a village or stands in a person's."""
    return is_village(tokens.words[:first]) or _in_person(tokens, first)


def _in_person(tokens: Tokens, first: int) -> bool:
    """Whether a name without type word stands in a person's: after a surname written with a capital ("Lại Tiến Thắng"),
    or up to three words after a cue ("ông đoàn gia minh")."""
    before = tokens.words[max(0, first - 3) : first]
    if before and before[-1] in _STREETS and tokens.words[first] in surnames():
        return True  # streets are named after people
    if not before or not tokens.query[tokens.spans[first - 1][1] : tokens.spans[first][0]].isspace():
        return False
    if tokens.has_case and not tokens.query[tokens.spans[first - 1][0]].islower():
        return before[-1] in surnames() or any(word in _PERSON_CUES for word in before)
    if before[-1] in sure_surnames():
        return True
    cues = [place for place, word in enumerate(before) if word in _PERSON_CUES]
    return bool(cues) and before[cues[-1] + 1 : cues[-1] + 2] != [] and before[cues[-1] + 1] in surnames()


def _without_body(tokens: Tokens, first: int, last: int) -> int:
    """The word with which the name itself begins: "Đảng bộ phường Trúc Bạch" without "Đảng bộ"."""
    whole = split_type(tokens.text(first, last))
    shorter = range(first + 1, last + 1)
    return max([first, *(start for start in shorter if split_type(tokens.text(start, last)) == whole)])


# -- what they mean
def _place(ontology: Ontology, query: str, span: tuple[int, int], within: str | None) -> Place | None:
    start, end = span
    meant = _reach(ontology, query[start:end], within) or _reach(ontology, query[start:end], None)
    if meant is None:
        return None
    if remark := _REMARK.match(query, end):
        end = remark.end()
    return Place(start, end, *meant)


@lru_cache(maxsize=1024)
def _reach(
    ontology: Ontology, name: str, within: str | None
) -> tuple[tuple[Unit, ...], tuple[str, ...], tuple[str, ...]] | None:
    """The units of a name, the ids to which they are widened, and those of what lies below districts; None for none."""
    units = tuple(candidate.unit for candidate in _meant(ontology.find(name, within=within)))
    return _reached(ontology, units) if units else None


def _reached(
    ontology: Ontology, units: tuple[Unit, ...]
) -> tuple[tuple[Unit, ...], tuple[str, ...], tuple[str, ...]]:
    below = {found for unit in units if unit.level == "district" for found in ontology.under(unit)}
    ids = widened(ontology, units)
    return units, ids, tuple(sorted(below.difference(ids)))


def _meant(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Every unit of that spelling; of the type written where there are such."""
    spelt = [candidate for candidate in candidates if not _OTHER_SPELLING.intersection(candidate.reasons)]
    typed = [candidate for candidate in spelt if not OTHER_TYPE.intersection(candidate.reasons)]
    return typed or spelt


def _lies_in(ontology: Ontology, place: Place, around: Place) -> bool:
    ids = {unit.id for unit in around.units}
    return any(not ids.isdisjoint(ontology.ancestors(unit)) for unit in place.units)


def _merged(found: Sequence[Place], more: Sequence[Place]) -> list[Place]:
    """The places of a query and what others there are beside them, or longer at the same words."""
    merged = list(found)
    for place in more:
        overlapped = [held for held in merged if held.start < place.end and place.start < held.end]
        if all(_within(held, place) for held in overlapped):
            merged = [*(held for held in merged if held not in overlapped), place]
    return sorted(merged, key=lambda place: place.start)


def _within(part: Place, whole: Place) -> bool:
    """Whether a place stands inside of the words of a longer one ("xã Tứ" in "xã Tứ Hiap")."""
    length, longer = part.end - part.start, whole.end - whole.start
    return whole.start <= part.start and part.end <= whole.end and length < longer


def _at_words_of(own: Tokens, other: Tokens, places: Sequence[Place]) -> list[Place]:
    """The places of a query's other reading at the words where they stand in the query itself."""
    return [
        replace(place, start=own.spans[first][0], end=own.spans[last][1])
        for place, (first, last) in zip(places, _words_of(other, places), strict=True)
    ]


def _words_of(tokens: Tokens, places: Iterable[Place]) -> list[tuple[int, int]]:
    """The first and last word of each place."""
    rows = []
    for place in places:
        inside = [
            index for index, (start, end) in enumerate(tokens.spans) if place.start <= start and end <= place.end
        ]
        rows.append((inside[0], inside[-1]))
    return rows
