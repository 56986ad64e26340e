"""The act that a record carries, what it cites, and what it does to other acts."""

from __future__ import annotations

from collections.abc import Mapping

from kg.linking.draft import NOWHERE, Draft
from kg.linking.identity import act_node
from kg.model import EdgeType
from nlp.model import Citation, Effect
from ontology.agencies import recognise

_RELATIONS: Mapping[str, EdgeType] = {"amends": "AMENDS", "replaces": "REPLACES", "repeals": "REPEALS"}


def _issuer_name(draft: Draft, issuer: str | None) -> str | None:
    return draft.nodes[issuer].name if issuer else None


def link_acts(draft: Draft, issuer: str | None) -> None:
    """The act that the record carries, and what it cites or changes. A record without a number carries no act that
    others could cite; what it cites is then told of the record itself."""
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
    affected: set[str] = set()
    for effect in extraction.affects:
        target = _cited(draft, effect)
        if target and target != subject:
            affected.add(target)
            draft.edge(subject, _RELATIONS[effect.relation], target, (effect.start, effect.end), scope=effect.scope,
                       act_type=effect.type, title=effect.title)  # fmt: skip
    for citation in extraction.cites:
        target = _cited(draft, citation)
        if target is None or target == subject or (citation.role != "basis" and target in affected):
            continue
        relation: EdgeType = "BASED_ON" if citation.role == "basis" else "CITES"
        draft.edge(
            subject, relation, target, (citation.start, citation.end), act_type=citation.type, title=citation.title
        )
    for part in extraction.parts:
        inner = act_node(part.number, type_=part.type, date=part.date, issuer=part.issuer)
        if inner:
            draft.edge(delivered.id, "IS_ACT", draft.node(inner))


def _cited(draft: Draft, named: Citation | Effect) -> str | None:
    node = act_node(
        named.number, type_=named.type, date=named.date, issuer=_full_issuer(named.issuer), title=named.title
    )
    return draft.node(node) if node else None


def _full_issuer(name: str | None) -> str | None:
    if not name:
        return None
    known = recognise(name)
    return known.canonical if known else name
