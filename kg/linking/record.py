"""From what was read of a record, and what its manifest says, to its part of the graph: a pure function."""

from __future__ import annotations

import math
from typing import Any

from kg.linking.acts import link_acts
from kg.linking.bodies import link_agencies, link_issuer, link_people
from kg.linking.draft import Delivered, Draft
from kg.linking.identifiers import link_identifiers
from kg.linking.places import link_places
from kg.linking.projects import link_projects
from kg.model import Record, RecordGraph
from kg.readers.model import RecordMetadata
from kg.store.texts import Text
from nlp.model import Extraction
from ontology.registry import Ontology

CHARACTERS_A_PAGE = 1800
"""A page of plain text without page limits is estimated at this length (DESIGN.md §5, ``pages``)."""

_MANIFEST_CONFIDENCE = 0.95


def link_record(extraction: Extraction, delivered: Delivered, ontology: Ontology) -> RecordGraph:
    """The record with its entities and edges. The manifest's word on a header field wins over the page's (an
    archivist wrote it); what the page says then stays in ``extra["page_values"]``."""
    draft = Draft(delivered, extraction, Text(extraction.text, delivered.page_starts))
    issuer = link_issuer(draft, ontology)
    link_agencies(draft, ontology)
    link_people(draft, issuer)
    link_acts(draft, issuer)
    link_projects(draft, ontology)
    link_identifiers(draft, ontology)
    link_places(draft, ontology)
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
    if delivered.root:
        extra["root"] = delivered.root
    elif metadata and metadata.table:
        extra["table"] = metadata.table
    if delivered.failed_pages:
        extra["failed_pages"] = list(delivered.failed_pages)
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
