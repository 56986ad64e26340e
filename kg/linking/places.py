"""The place a record is about: that of its title, else of its body, else of its issuer (DESIGN.md §5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.linking.draft import NOWHERE, Draft
from kg.model import Edge
from nlp.model import PlaceMention
from ontology.registry import Ontology

_DEPTH = {"commune": 2, "district": 1, "province": 0}


@dataclass(frozen=True, slots=True)
class MainPlace:
    """The main place: the zone it comes from and the units it can be (one when certain)."""

    where: str
    units: tuple[str, ...]
    mention: PlaceMention | None = None

    @property
    def certainty(self) -> str:
        """``certain`` for one unit, else ``candidates``."""
        return "certain" if len(self.units) == 1 else "candidates"


def meant(mention: PlaceMention) -> tuple[str, ...]:
    """The units a mention can mean: the one decided, else all candidates."""
    return (mention.unit,) if mention.unit else mention.candidates


def main_place(
    title: Sequence[PlaceMention], body: Sequence[PlaceMention], issuer_unit: str | None, ontology: Ontology
) -> MainPlace | None:
    """Choose the main place. In each zone the narrowest place counts, the most often named first, then the earliest;
    a place of the body that only contains the issuer's own ("Hà Nội" in a ward's paper) says less than the issuer."""
    chosen = _narrowest(title, ontology)
    if chosen is None:
        above = {parent.id for parent in ontology.parents(ontology.unit(issuer_unit))} if issuer_unit else set()
        own = ({issuer_unit} if issuer_unit else set()) | above
        chosen = _narrowest((mention for mention in body if not own.issuperset(meant(mention))), ontology)
        chosen = chosen if issuer_unit is None or _is_local(chosen, issuer_unit, ontology) else None
    if chosen is not None:
        return MainPlace(chosen.where, meant(chosen), chosen)
    return MainPlace("issuer", (issuer_unit,)) if issuer_unit else None


def _is_local(mention: PlaceMention | None, issuer_unit: str, ontology: Ontology) -> bool:
    """Whether the place is at or below the issuer's level: a ward's paper that names a province is about the ward."""
    if mention is None:
        return False
    return _depth(mention, ontology) >= _DEPTH[ontology.unit(issuer_unit).level]


def _depth(mention: PlaceMention, ontology: Ontology) -> int:
    return max(_DEPTH[ontology.unit(unit).level] for unit in meant(mention))


def _narrowest(mentions: Iterable[PlaceMention], ontology: Ontology) -> PlaceMention | None:
    known = [mention for mention in mentions if meant(mention)]
    if not known:
        return None
    often = Counter(meant(mention) for mention in known)
    return min(known, key=lambda mention: (-_depth(mention, ontology), -often[meant(mention)], mention.start))


def place_edges(
    file: str, title: Sequence[PlaceMention], fonds_unit: str | None, ontology: Ontology
) -> tuple[Edge, ...]:
    """What a file is about that is known by its title alone: the place of the title, else the unit of its fonds'
    creator. ``file`` is the file's id."""
    place = main_place(title, (), fonds_unit, ontology)
    if place is None:
        return ()
    props = {"rank": 0, "where": "title" if place.mention else "issuer", "certainty": place.certainty}
    return tuple(Edge(file, "ABOUT_PLACE", unit, props=props) for unit in place.units)


def link_places(draft: Draft, ontology: Ontology) -> None:
    extraction, record = draft.extraction, draft.delivered.id
    for mention in extraction.places:
        units = meant(mention)
        for unit in units:
            certainty = mention.certainty if len(units) == 1 else "candidates"
            draft.edge(record, "MENTIONS", unit, (mention.start, mention.end), certainty=certainty)
    title = [*(mention for mention in extraction.places if mention.where == "title"), *draft.delivered.title_places]
    body = [mention for mention in extraction.places if mention.where == "body"]
    issuer_unit = extraction.issuer_unit or (draft.delivered.fonds.unit if draft.delivered.fonds else None)
    place = main_place(title, body, issuer_unit, ontology)
    if place is not None:
        _about(draft, place)
    named = set(place.units) if place else set()
    others = {unit for mention in (*title, *body) for unit in meant(mention)} - named
    for unit in sorted(others):
        draft.edge(record, "ABOUT_PLACE", unit, rank=1)


def _about(draft: Draft, place: MainPlace) -> None:
    mention = place.mention
    in_text = mention is not None and draft.extraction.text[mention.start : mention.end] == mention.surface
    span = (mention.start, mention.end) if mention and in_text else NOWHERE
    for unit in place.units:
        draft.edge(
            draft.delivered.id, "ABOUT_PLACE", unit, span, rank=0, where=place.where, certainty=place.certainty
        )
