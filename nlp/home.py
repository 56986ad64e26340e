"""Where a record comes from: its issuer's unit, by the heading, the fonds, and what else the page names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from nlp.agencies.narrower import narrower
from nlp.data import table
from nlp.model import Extraction
from nlp.resolution import Surroundings, around_day
from nlp.votes import Named, Page
from ontology.agencies import AgencyName, place_at, recognise
from ontology.agencies.places import cased
from ontology.agencies.words import head_at
from ontology.folding import fold
from ontology.gazetteer import names as gazetteer
from ontology.names import levels_of, normalise
from ontology.registry import load

_LONGEST_NAME: Final = 5
"""Syllables of a unit's name that ends a body's."""
_MOST_SPOKEN_OF: Final = 3
"""Places of a level, those named most, that a page may speak of."""


@cache
def party_types() -> dict[str, str]:
    """The names of Party committees ("Huyện ủy") → the type of unit at which they stand."""
    return {row["committee"]: row["type"] for row in table("party_committees.csv")}


def issuer_unit(extraction: Extraction, page: Sequence[Named] = ()) -> str | None:
    """The id of the unit version whose body issued the record: by the issuer's name, else its parent's, read with
    the parent line, the place line, the fonds' unit and the places that the ``page`` names; None for central bodies
    and where several are possible."""
    context = extraction.context
    names = [name for name in (extraction.issuer, context.issuer) if name]
    bodies = [recognise(name) for name in names]
    if any(body is not None and body.level == "central" for body in bodies):
        return None
    day = around_day(extraction)
    around = Surroundings(day, (context.unit,) if context.unit else ())
    above: tuple[str, ...] = ()
    parent = place_of(extraction.issuer_parent)
    if parent is not None:
        found = around.resolve(*parent)
        above = (found.unit.id,) if found.unit else found.candidates
    heard = Page([*([Named(extraction.place, None)] if extraction.place else []), *page], day)
    for name in names:
        if (place := place_of(name)) is None:
            own = _named_after(name, around, above, extraction.place, heard)
            own = own or _beside_the_day(name, extraction, around, above)
            if own is not None:
                return narrower(extraction, own)
            continue
        greater = above if parent is not None and place != parent else ()
        own = _decided(around, place, greater, heard)
        if own is not None:
            return narrower(extraction, own)
    if not above:
        return None
    assert parent is not None
    decided = above[0] if len(above) == 1 else heard.voted(above, parent.name)[0]
    return narrower(extraction, decided) if decided else None


def _named_after(body: str, around: Surroundings, above: tuple[str, ...], line: str | None, page: Page) -> str | None:
    """The unit whose bare name ends the issuer's, where its superior's unit lies around it or the place line says so."""
    for name in last_names(body):
        if line is not None and fold(line) == fold(name):
            return _decided(around, Named(name, None), above, page)
        found = around.resolve(name, None, inside=above).unit if above else None
        if found is not None and any(parent.id in above for parent in load().parents(found, around.day)):
            return found.id
    return None


def _beside_the_day(body: str, extraction: Extraction, around: Surroundings, above: tuple[str, ...]) -> str | None:
    """The unit of the place line, where the heading lost that of a body of its superior's kind ("HỘI PHỤ NỮ" below "HỘI
    PHỤ NỮ HUYỆN GIA LÂM")."""
    kinds = [_kind(name) for name in (body, extraction.issuer_parent or "")]
    if not above or not extraction.place or kinds[0] is None or kinds[0] != kinds[1]:
        return None
    words = extraction.place.split()
    first = next((i for i in range(len(words), 0, -1) if words[i - 1].isupper() != words[-1].isupper()), 0)
    found = around.resolve(" ".join(words[first:]), None, inside=above).unit
    if found is None or found.id in above:
        return None
    return found.id if any(parent.id in above for parent in load().parents(found, around.day)) else None


def _kind(body: str) -> str | None:
    """What kind of body a name begins with, the Party's all alike."""
    shown = normalise(body)
    head = head_at(shown, fold(shown), 0)
    return None if head is None else "party" if head.bloc == "party" else head.kind


def spoken_of(extraction: Extraction, page: Sequence[Named]) -> str | None:
    """The id of the unit that a page without a known issuer and fonds speaks of: the commune named most, else the
    district, else the province; None where several are possible and for a central body's page."""
    body = recognise(extraction.issuer) if extraction.issuer else None
    if body is not None and body.level == "central":
        return None
    day = around_day(extraction)
    around, heard = Surroundings(day), Page(page, day)
    for level in ("commune", "district", "province"):
        counted = Counter(named for named in page if named.type and level in levels_of(named.type))
        for named, _ in counted.most_common(_MOST_SPOKEN_OF):
            found = _decided(around, named, (), heard)
            if found is not None and load().units[found].level == level:
                return found
    return None


def _decided(around: Surroundings, place: Named, above: tuple[str, ...], page: Page) -> str | None:
    found = around.resolve(*place, inside=above)
    if found.unit is not None:
        return found.unit.id
    return page.voted(found.candidates, place.name)[0] if found.candidates else None


def last_names(body: str) -> Iterator[str]:
    """The names of units, the longest first, that end a body's name without a type word ("Trường Tiểu học Sa Pa")."""
    shown = " ".join(body.split())
    words = cased(shown).split(" ") if shown.isupper() else shown.split(" ")
    for first in range(max(1, len(words) - _LONGEST_NAME), len(words)):
        name = " ".join(words[first:])
        if name[:1].isupper() and fold(name) in gazetteer():
            yield name


def place_of(name: str | None) -> Named | None:
    """Name and type of the place in a body's name, of a line that is a place alone ("HUYỆN TỪ LIÊM"), or of a place
    that stands further on ("HỘI PHỤ NỮ ... BAN CHẤP HÀNH PHƯỜNG TRÚC BẠCH")."""
    if not name:
        return None
    agency = recognise(name)
    if agency is not None and agency.place_name:
        return Named(agency.place_name, place_type(agency))
    shown = " " + normalise(name)
    folded = fold(shown)
    for gap, char in enumerate(folded):
        if char != " ":
            continue
        place = place_at(shown, folded, gap, caps=shown.isupper(), strict=True)
        if place and place.name and place.type:
            return Named(place.name, place.type)
    return None


def place_type(agency: AgencyName) -> str | None:
    """The type word of the agency's place; a Party committee's own name says it ("Huyện ủy Từ Liêm")."""
    if agency.place_type:
        return agency.place_type
    words = (agency.parent or agency.canonical).split()
    return party_types().get(" ".join(words[:2]))


def levels_for(agency: AgencyName) -> frozenset[str]:
    """The levels at which the agency's place stands where no type word says it: a department's is a province."""
    if place_type(agency) or agency.level not in ("province", "district", "commune"):
        return frozenset()
    return frozenset({agency.level})


def is_generic(agency: AgencyName, around: Surroundings) -> bool:
    """Whether a type word alone means many units: "UBND xã" in a district's paper."""
    levels = levels_of(agency.place_type)
    return bool(levels) and all(around.is_below(level) for level in levels)
