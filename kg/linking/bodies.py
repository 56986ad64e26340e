"""Agencies and people of a record: who issued it, who signed, who is named."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from kg.linking.draft import NOWHERE, Draft
from kg.linking.identity import agency_node, person_node
from kg.model import Node
from nlp.model import AgencyMention
from ontology import names
from ontology.agencies import recognise
from ontology.agencies.dated import Agency
from ontology.agencies.in_time import Agencies, agencies
from ontology.agencies.meanings import lacks_unit
from ontology.agencies.papers import named_of
from ontology.registry import Ontology

_SAME_PLACE = 80
"""Likeness (0..100, rapidfuzz ratio of folded names) from which a damaged spelling is taken for the resolved unit's."""


def link_issuer(draft: Draft, ontology: Ontology) -> str | None:
    """The issuer as an entity, and its id. The manifest's name wins over the page's; the page gives the passage."""
    metadata, extraction = draft.delivered.metadata, draft.extraction
    listed = metadata.issuer if metadata else None
    name = listed or extraction.issuer
    if not name:
        return None
    mention = _named(extraction.agencies, extraction.issuer)
    span = (mention.start, mention.end) if mention else NOWHERE
    if mention and not listed:
        unit = mention.unit or extraction.issuer_unit or _unit_above(name, draft, ontology)
        node = _entity(mention, unit, ontology, date_of(draft))
    else:
        unit = extraction.issuer_unit or _unit_of(name, draft, ontology) or _unit_above(name, draft, ontology)
        node = _known_by_name(name, unit, date_of(draft))
    issuer = draft.node(node)
    draft.edge(draft.delivered.id, "ISSUED_BY", issuer, span)
    if unit:
        draft.edge(issuer, "OF_UNIT", unit, span)
    _link_parent(draft, issuer, ontology)
    return issuer


def _link_parent(draft: Draft, issuer: str, ontology: Ontology) -> None:
    """The body above the issuer, as the head says it; a bare place above it ("THÀNH PHỐ HÀ NỘI") is no body."""
    name = draft.extraction.issuer_parent
    if not name:
        return
    mention = _named(draft.extraction.agencies, name)
    if mention:
        draft.edge(
            issuer,
            "SUBORDINATE_TO",
            draft.node(_entity(mention, mention.unit, ontology, date_of(draft))),
            (mention.start, mention.end),
        )
    elif recognise(name):
        draft.edge(issuer, "SUBORDINATE_TO", draft.node(_known_by_name(name, None, None)))


def _unit_of(name: str, draft: Draft, ontology: Ontology) -> str | None:
    """The unit of a body known by its name alone, where date and fonds leave one."""
    known, fonds = recognise(name), draft.delivered.fonds
    if known is None or not known.place_name:
        return None
    day = (draft.delivered.metadata.date if draft.delivered.metadata else None) or draft.extraction.date
    around = (fonds.unit,) if fonds and fonds.unit else ()
    found = ontology.resolve(known.place_name, known.place_type, on=day, within_units=around)
    return found[0].unit.id if len(found) == 1 else None


def _unit_above(name: str, draft: Draft, ontology: Ontology) -> str | None:
    """The unit of an issuer that names none, by the body above it in the head, else by the fonds: where that unit had
    one body of the name on the day."""
    unit = _unit_of_parent(draft, ontology) or _unit_of_fonds(draft)
    return unit if unit and _answering(name, (unit,), date_of(draft), agencies()) else None


def _unit_of_parent(draft: Draft, ontology: Ontology) -> str | None:
    name = draft.extraction.issuer_parent
    if not name:
        return None
    mention = _named(draft.extraction.agencies, name)
    return (mention.unit if mention else None) or _unit_of(name, draft, ontology)


def _unit_of_fonds(draft: Draft) -> str | None:
    return draft.delivered.fonds.unit if draft.delivered.fonds else None


def unit_of_paper(draft: Draft, issuer: str | None, ontology: Ontology) -> str | None:
    """The unit from which a paper speaks: its issuer's (an id of the draft), else that of the body above it, else the
    fonds'; none for a central body, which speaks of every unit's bodies."""
    told = draft.nodes[issuer].props if issuer else {}
    if told.get("level") == "central":
        return None
    return told.get("unit") or _unit_of_parent(draft, ontology) or _unit_of_fonds(draft)


def named_around(name: str, unit: str | None, date: str | None, ontology: Ontology) -> Agency | None:
    """The agency that a name without its unit means in a paper of that unit ("Phòng Tài chính - Kế hoạch" in a paper of
    the district or of a ward in it): the only one of the name, on that date (ISO, maybe partial), in the unit and those
    around it. None where several answer ("Hội đồng nhân dân": the ward's, the district's), or the name has its unit."""
    if unit is None or date is None:
        return None
    around = ontology.parents(ontology.unit(unit), date)
    return _answering(name, (unit, *(above.id for above in around)), date, agencies())


@lru_cache(maxsize=65536)
def _answering(name: str, units: tuple[str, ...], date: str | None, known: Agencies) -> Agency | None:
    """The one agency of these units, of the level and type that the name tells, that bore it on the date."""
    read = recognise(name)
    if read is None or read.place_name or date is None or not lacks_unit(name):
        return None
    found: set[Agency] = set()
    for unit in (known.ontology.unit(identifier) for identifier in units):
        if read.level in (None, unit.level) and read.place_type in (None, unit.type):
            found.update(
                agency
                for agency in named_of(name, unit, known)
                if agency.time_reason(date) in ("in_force_at", "before_first_list")
            )
    one_name = len({(agency.name, agency.unit.line) for agency in found}) == 1  # the day may be of two in turn
    return min(found, key=lambda agency: agency.id) if one_name else None


def _known_by_name(name: str, unit: str | None, date: str | None) -> Node:
    known = recognise(name)
    if known is None:
        return agency_node(name, unit, date=date)
    kind, level, bloc = known.kind, known.level, known.bloc
    return agency_node(known.canonical, unit, surface=name, kind=kind, level=level, bloc=bloc, date=date)


def date_of(draft: Draft) -> str | None:
    """The date of the paper, the manifest's before the page's; maybe partial."""
    listed, read = draft.delivered.metadata, draft.extraction
    return (listed.date if listed else None) or read.date or read.date_partial


def _entity(mention: AgencyMention, unit: str | None, ontology: Ontology, date: str | None) -> Node:
    """The entity that a mention names in a paper of that date."""
    name = _well_named(mention.name, unit, ontology)
    kind, level, bloc = mention.kind, mention.level, mention.bloc
    return agency_node(name, unit, surface=mention.surface, kind=kind, level=level, bloc=bloc, date=date)


def _well_named(name: str, unit: str | None, ontology: Ontology) -> str:
    """The body's name with its place as the unit is spelt, where the page's spelling was damaged ("quận Đông Đa")."""
    if unit is None:
        return name
    _, place = names.split_type(ontology.unit(unit).name)
    if names.key(place) in names.key(name):
        return name
    known = recognise(name)
    if known is None or not known.place_name or not name.endswith(known.place_name):
        return name
    alike = fuzz.ratio(names.folded_key(known.place_name), names.folded_key(place))
    return name.removesuffix(known.place_name) + place if alike >= _SAME_PLACE else name


def _named(mentions: Iterable[AgencyMention], surface: str | None) -> AgencyMention | None:
    if not surface:
        return None
    wanted = names.folded_key(surface)
    return next((mention for mention in mentions if names.folded_key(mention.surface) == wanted), None)


def link_agencies(draft: Draft, ontology: Ontology) -> None:
    """Every body named, with its passage and its unit."""
    date = date_of(draft)
    for mention in draft.extraction.agencies:
        agency = draft.node(_entity(mention, mention.unit, ontology, date))
        span = (mention.start, mention.end)
        draft.edge(draft.delivered.id, "MENTIONS", agency, span)
        if mention.unit:
            draft.edge(agency, "OF_UNIT", mention.unit, span)


def link_people(draft: Draft, issuer: str | None) -> None:
    """Every person named; the signers sign for the issuer. A person is a name within the issuing body, else within the
    fonds, until someone says more."""
    extraction, record, fonds = draft.extraction, draft.delivered.id, draft.delivered.fonds
    context = issuer or (fonds.id if fonds else None)
    for person in extraction.people:
        node, span = draft.node(person_node(person.name, context)), (person.start, person.end)
        draft.edge(record, "MENTIONS", node, span, position=person.position, role=person.role)
        if person.role == "author":
            draft.edge(record, "AUTHORED_BY", node, span)
    for signer in extraction.signers:
        if not signer.name:
            continue
        node, signed = draft.node(person_node(signer.name, context)), (signer.start, signer.end)
        draft.edge(record, "SIGNED_BY", node, signed, position=signer.position, power=list(signer.power) or None)
        if issuer:
            draft.edge(node, "SIGNS_FOR", issuer, signed, position=signer.position)
