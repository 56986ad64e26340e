"""From what was read of a record, and what its manifest says, to its part of the graph: a pure function."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.linking.identity import act_node, agency_node, person_node
from kg.linking.places import MainPlace, main_place, meant
from kg.model import Edge, EdgeType, Fonds, Node, Record, RecordGraph
from kg.readers.model import RecordMetadata
from kg.store.texts import Text
from nlp.model import AgencyMention, Citation, Effect, Extraction, PlaceMention
from ontology.registry import Ontology

CHARACTERS_A_PAGE = 1800
"""A page of plain text without page limits is estimated at this length (DESIGN.md §5, ``pages``)."""

_RELATIONS: Mapping[str, EdgeType] = {"amends": "AMENDS", "replaces": "REPLACES", "repeals": "REPEALS"}
_MANIFEST_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Delivered:
    """What is known of a record beside its text: where it lay, its bytes, its place in the backbone."""

    id: str
    source: str | None
    fonds: Fonds | None
    file: str | None
    sha256: str | None
    reading: str
    method: str
    metadata: RecordMetadata | None = None
    pages: int | None = None
    page_starts: tuple[int, ...] = (0,)
    title_places: tuple[PlaceMention, ...] = ()


@dataclass(slots=True)
class _Draft:
    """Nodes and edges of one record while they are gathered."""

    delivered: Delivered
    extraction: Extraction
    text: Text
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str, str, int], Edge] = field(default_factory=dict)

    def node(self, node: Node) -> str:
        """Add a node, uniting the aliases of one already there; its id."""
        known = self.nodes.get(node.id)
        if known:
            aliases = tuple(sorted({*known.aliases, *node.aliases}))
            node = Node(node.id, node.kind, node.name, aliases, {**node.props, **known.props})
        self.nodes[node.id] = node
        return node.id

    def edge(
        self,
        source: str,
        type_: EdgeType,
        target: str,
        span: tuple[int | None, int | None] = (None, None),
        **props: Any,
    ) -> None:
        """Add an edge proved by this record, with the passage at ``span`` where it is known."""
        start, end = span
        quote = self.extraction.text[start:end] if start is not None and end is not None else None
        page = self.text.page_of(start) if start is not None else None
        kept = {key: value for key, value in props.items() if value is not None}
        edge = Edge(source, type_, target, self.delivered.id, start, end, page, quote, kept)
        self.edges.setdefault((source, type_, target, -1 if start is None else start), edge)


def link_record(extraction: Extraction, delivered: Delivered, ontology: Ontology) -> RecordGraph:
    """The record with its entities and edges. The manifest's word on a header field wins over the page's (an
    archivist wrote it); what the page says then stays in ``extra["page_values"]``."""
    draft = _Draft(delivered, extraction, Text(extraction.text, delivered.page_starts))
    issuer = _link_issuer(draft)
    _link_agencies(draft)
    _link_people(draft, issuer)
    _link_acts(draft, issuer)
    _link_places(draft, ontology)
    nodes = tuple(draft.nodes[key] for key in sorted(draft.nodes))
    return RecordGraph(
        _record(extraction, delivered), extraction.text, delivered.page_starts, nodes, tuple(draft.edges.values())
    )


def _record(extraction: Extraction, delivered: Delivered) -> Record:
    fonds, metadata = delivered.fonds, delivered.metadata
    page = {
        "number": extraction.number,
        "type": extraction.type,
        "date": extraction.date or extraction.date_partial,
        "issuer": extraction.issuer,
        "title": extraction.abstract,
    }
    listed = {key: getattr(metadata, key) if metadata else None for key in page}
    merged = {key: listed[key] or page[key] for key in page}
    confidence = dict(extraction.confidence)
    confidence.update({key: max(_MANIFEST_CONFIDENCE, confidence.get(key, 0.0)) for key in page if listed[key]})
    differing = {key: page[key] for key in page if page[key] and listed[key] and page[key] != listed[key]}
    date = merged["date"]
    pages, estimated = _pages(extraction, delivered)
    extra: dict[str, Any] = {"reading": delivered.reading, "method": delivered.method}
    if differing:
        extra["page_values"] = differing
    if extraction.author:
        extra["author"] = extraction.author
    if extraction.issuer_parent:
        extra["issuer_parent"] = extraction.issuer_parent
    if extraction.parts:
        extra["parts"] = [part.to_json() for part in extraction.parts]
    if metadata and metadata.values:
        extra["manifest"] = {str(key): value for key, value in metadata.values.items()}
    return Record(
        id=delivered.id,
        source=delivered.source,
        fonds=fonds.id if fonds else None,
        file=delivered.file,
        number=merged["number"],
        type=merged["type"],
        date=date if date and len(date) == len("YYYY-MM-DD") else None,
        date_partial=date if date and len(date) < len("YYYY-MM-DD") else None,
        issuer=merged["issuer"],
        title=merged["title"],
        pages=pages,
        pages_estimated=estimated,
        level=fonds.level if fonds else None,
        bloc=fonds.bloc if fonds else None,
        retention=(metadata.retention if metadata else None) or extraction.retention,
        access=_access(extraction, metadata),
        subject=extraction.subject,
        sha256=delivered.sha256,
        kind="archive_page" if extraction.zone("archive_page") else "document",
        readable=extraction.readable,
        signers=tuple(
            {"name": signer.name, "position": signer.position, "power": list(signer.power)}
            for signer in extraction.signers
        ),
        confidence=confidence,
        extra=extra,
    )


def _access(extraction: Extraction, metadata: RecordMetadata | None) -> str:
    """The manifest's level; a denunciation is closed by default (PRACTICE.md §1.13)."""
    if metadata and metadata.access:
        return metadata.access
    return "conditional" if extraction.subject == "denunciation" else "open"


def _pages(extraction: Extraction, delivered: Delivered) -> tuple[int | None, bool]:
    if delivered.metadata and delivered.metadata.pages:
        return delivered.metadata.pages, False
    if delivered.pages is not None:
        return delivered.pages, False
    if delivered.source is None:
        return None, False
    return max(1, math.ceil(len(extraction.text) / CHARACTERS_A_PAGE)), True


def _link_issuer(draft: _Draft) -> str | None:
    extraction, record = draft.extraction, draft.delivered.id
    metadata = draft.delivered.metadata
    name = extraction.issuer or (metadata.issuer if metadata else None)
    if not name:
        return None
    mention = _agency_named(extraction.agencies, name)
    if mention:
        node = agency_node(
            mention.name, mention.unit or extraction.issuer_unit, surface=name, kind=mention.kind, level=mention.level,
            bloc=mention.bloc,
        )  # fmt: skip
        span: tuple[int | None, int | None] = (mention.start, mention.end)
    else:
        node, span = _recognised(name, extraction.issuer_unit), (None, None)
    issuer = draft.node(node)
    draft.edge(record, "ISSUED_BY", issuer, span)
    if extraction.issuer_unit:
        draft.edge(issuer, "OF_UNIT", extraction.issuer_unit, span)
    if extraction.issuer_parent:
        parent = _agency_named(extraction.agencies, extraction.issuer_parent)
        above = agency_node(parent.name, parent.unit, surface=parent.surface, kind=parent.kind, level=parent.level,
                            bloc=parent.bloc) if parent else _recognised(extraction.issuer_parent, None)  # fmt: skip
        draft.edge(
            issuer, "SUBORDINATE_TO", draft.node(above), (parent.start, parent.end) if parent else (None, None)
        )
    return issuer


def _recognised(name: str, unit: str | None) -> Node:
    """An agency known by its name alone."""
    from ontology.agencies import recognise

    known = recognise(name)
    if known is None:
        return agency_node(name, unit)
    return agency_node(known.canonical, unit, surface=name, kind=known.kind, level=known.level, bloc=known.bloc)


def _agency_named(mentions: Iterable[AgencyMention], surface: str) -> AgencyMention | None:
    from ontology import names

    wanted = names.folded_key(surface)
    return next((mention for mention in mentions if names.folded_key(mention.surface) == wanted), None)


def _link_agencies(draft: _Draft) -> None:
    for mention in draft.extraction.agencies:
        agency = draft.node(
            agency_node(
                mention.name, mention.unit, surface=mention.surface, kind=mention.kind, level=mention.level,
                bloc=mention.bloc,
            )
        )  # fmt: skip
        span = (mention.start, mention.end)
        draft.edge(draft.delivered.id, "MENTIONS", agency, span)
        if mention.unit:
            draft.edge(agency, "OF_UNIT", mention.unit, span)


def _link_people(draft: _Draft, issuer: str | None) -> None:
    extraction, record = draft.extraction, draft.delivered.id
    context = issuer or (draft.delivered.fonds.id if draft.delivered.fonds else None)
    for person in extraction.people:
        node = draft.node(person_node(person.name, context))
        span = (person.start, person.end)
        draft.edge(record, "MENTIONS", node, span, position=person.position, role=person.role)
        if person.role == "author":
            draft.edge(record, "AUTHORED_BY", node, span)
    for signer in extraction.signers:
        node = draft.node(person_node(signer.name, context))
        span_ = (signer.start, signer.end)
        draft.edge(record, "SIGNED_BY", node, span_, position=signer.position, power=list(signer.power) or None)
        if issuer:
            draft.edge(node, "SIGNS_FOR", issuer, span_, position=signer.position)


def _issuer_name(draft: _Draft, issuer: str | None) -> str | None:
    return draft.nodes[issuer].name if issuer else None


def _link_acts(draft: _Draft, issuer: str | None) -> None:
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
        draft.edge(delivered.id, "IS_ACT", subject, (zone.start, zone.end) if zone else (None, None))
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


def _cited(draft: _Draft, named: Citation | Effect) -> str | None:
    node = act_node(
        named.number, type_=named.type, date=named.date, issuer=_full_issuer(named.issuer), title=named.title
    )
    return draft.node(node) if node else None


def _full_issuer(name: str | None) -> str | None:
    if not name:
        return None
    from ontology.agencies import recognise

    known = recognise(name)
    return known.canonical if known else name


def _link_places(draft: _Draft, ontology: Ontology) -> None:
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


def _about(draft: _Draft, place: MainPlace) -> None:
    mention = place.mention
    in_text = mention is not None and draft.extraction.text[mention.start : mention.end] == mention.surface
    span = (mention.start, mention.end) if mention and in_text else (None, None)
    for unit in place.units:
        draft.edge(
            draft.delivered.id, "ABOUT_PLACE", unit, span, rank=0, where=place.where, certainty=place.certainty
        )
