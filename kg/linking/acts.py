"""The act that a record carries, what it cites, and what it does to other acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.linking.bodies import date_of, named_around, unit_of_paper
from kg.linking.draft import NOWHERE, Draft
from kg.linking.identity import act_node
from kg.model import EdgeType
from nlp.model import Citation, Effect
from ontology.agencies import recognise
from ontology.registry import Ontology

_RELATIONS: Mapping[str, EdgeType] = {"amends": "AMENDS", "replaces": "REPLACES", "repeals": "REPEALS"}


def _issuer_name(draft: Draft, issuer: str | None) -> str | None:
    return draft.nodes[issuer].name if issuer else None


def link_acts(draft: Draft, issuer: str | None, ontology: Ontology) -> str | None:
    """The act that the document carries (its id), and what it cites or changes. A document without a number carries no
    act that others could cite; what it cites is then told of the record itself. A cited issuer that names no unit
    ("Phòng Tài chính - Kế hoạch") is read as a paper of this issuer means it."""
    extraction, delivered = draft.extraction, draft.delivered
    metadata = delivered.metadata
    own = act_node(
        (metadata.number if metadata else None) or extraction.number,
        type_=extraction.type,
        date=(metadata.date if metadata else None) or extraction.date,
        issuer=_issuer_name(draft, issuer),
    )
    subject = delivered.id
    if own:
        subject = draft.node(own)
        zone = extraction.zone("number")
        draft.edge(delivered.id, "IS_ACT", subject, (zone.start, zone.end) if zone else NOWHERE)
    around = unit_of_paper(draft, issuer, ontology)
    affected: set[str] = set()
    issuers = {(citation.start, citation.end): citation.issuer for citation in extraction.cites}
    for effect in extraction.affects:
        # The same words read twice: as a citation, which knows whose act it is, and as what is done to that act.
        issuer_told = effect.issuer or issuers.get((effect.start, effect.end))
        target = _cited(draft, replace(effect, issuer=issuer_told), around, ontology)
        if target and target != subject:
            affected.add(target)
            draft.edge(subject, _RELATIONS[effect.relation], target, (effect.start, effect.end), scope=effect.scope,
                       act_type=effect.type, title=effect.title)  # fmt: skip
    for citation in extraction.cites:
        target = _cited(draft, citation, around, ontology)
        if target is None or target == subject or (citation.role != "basis" and target in affected):
            continue
        relation: EdgeType = "BASED_ON" if citation.role == "basis" else "CITES"
        draft.edge(
            subject, relation, target, (citation.start, citation.end), act_type=citation.type, title=citation.title
        )
    return subject if own else None


def _cited(draft: Draft, named: Citation | Effect, around: str | None, ontology: Ontology) -> str | None:
    issuer = _full_issuer(named.issuer, around, named.date or date_of(draft), ontology)
    node = act_node(named.number, type_=named.type, date=named.date, issuer=issuer, title=named.title)
    return draft.node(node) if node else None


def _full_issuer(name: str | None, around: str | None, date: str | None, ontology: Ontology) -> str | None:
    if not name:
        return None
    agency = named_around(name, around, date, ontology)
    if agency:
        return agency.name
    known = recognise(name)
    return known.canonical if known else name
