"""From what was read of a record, and what its manifest says, to its part of the graph: a pure function."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from kg.access import is_closed_title
from kg.linking.acts import link_acts
from kg.linking.bodies import link_agencies, link_issuer, link_people
from kg.linking.draft import Delivered, Draft
from kg.linking.identifiers import link_identifiers
from kg.linking.parts import header, link_parts, parts_of
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
    parts = parts_of(extraction, delivered.metadata)
    told = link_parts(draft, parts, _link_document, ontology) if parts else []
    if not parts:
        _link_document(draft, ontology)
    link_projects(draft, ontology)
    link_identifiers(draft, ontology)
    link_places(draft, ontology)
    nodes = tuple(draft.nodes[key] for key in sorted(draft.nodes))
    record = _record(extraction, header(extraction, parts), delivered, told)
    return RecordGraph(record, extraction.text, delivered.page_starts, nodes, tuple(draft.edges.values()))


def _link_document(draft: Draft, ontology: Ontology) -> str | None:
    """Who made the document, whom it names, and the act that it carries (its id) with what that cites and changes."""
    issuer = link_issuer(draft, ontology)
    link_agencies(draft, ontology)
    link_people(draft, issuer)
    return link_acts(draft, issuer, ontology)


def _record(
    extraction: Extraction, read: Extraction, delivered: Delivered, parts: Sequence[Mapping[str, Any]]
) -> Record:
    """The record's own row. ``read``: what its header is read from; ``parts``: the documents in it, where several."""
    fonds, metadata = delivered.fonds, delivered.metadata
    page = {
        "number": read.number,
        "type": read.type,
        "date": read.date or read.date_partial,
        "issuer": read.issuer,
        "title": read.abstract,
    }
    listed = {key: getattr(metadata, key) if metadata else None for key in page}
    merged = {key: listed[key] or page[key] for key in page}
    confidence = dict(read.confidence)
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
    if read.author:
        extra["author"] = read.author
    if read.issuer_parent:
        extra["issuer_parent"] = read.issuer_parent
    if parts:
        extra["parts"] = [dict(part) for part in parts]
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
        access=_access(extraction, metadata, parts),
        subject=extraction.subject,
        sha256=delivered.sha256,
        kind="archive_page" if _only_archive_pages(extraction) else "document",
        readable=extraction.readable,
        signers=tuple(
            {"name": signer.name, "position": signer.position, "power": list(signer.power)} for signer in read.signers
        ),
        confidence=confidence,
        extra=extra,
    )


_FEWEST_LETTERS = 10
"""Of a page that was read: fewer are dirt on the back of a sheet."""


def _only_archive_pages(extraction: Extraction) -> bool:
    """Whether nothing but the archive's own pages (PRACTICE.md §1.12) lies in the file: a cover or a list on top of
    documents, a closing note below them, leave it the file of those documents."""
    pages = sorted((zone.start, zone.end) for zone in extraction.zones if zone.kind == "archive_page")
    if not pages:
        return False
    starts, ends = zip(*pages, strict=True)
    between = zip((0, *ends), (*starts, len(extraction.text)), strict=True)
    letters = sum(sum(map(str.isalpha, extraction.text[start:end])) for start, end in between)
    return letters < _FEWEST_LETTERS


def _access(extraction: Extraction, metadata: RecordMetadata | None, parts: Sequence[Mapping[str, Any]]) -> str:
    """The manifest's level; what is a denunciation, or holds one, is closed by default (PRACTICE.md §1.13): a file's
    pages are read together, so that the strictest of its documents decides."""
    if metadata and metadata.access:
        return metadata.access
    titles = (" ".join(filter(None, (part["type"], part["abstract"]))) for part in parts)
    closed = extraction.subject == "denunciation" or any(map(is_closed_title, titles))
    return "conditional" if closed else "open"


def _pages(extraction: Extraction, delivered: Delivered) -> tuple[int | None, bool]:
    if delivered.metadata and delivered.metadata.pages:
        return delivered.metadata.pages, False
    if delivered.pages is not None:
        return delivered.pages, False
    if delivered.source is None:
        return None, False
    return max(1, math.ceil(len(extraction.text) / CHARACTERS_A_PAGE)), True
