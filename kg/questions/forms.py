"""The JSON forms that answers share (DESIGN.md §5): record, file, node, totals."""

from __future__ import annotations

from typing import Any

from kg.model import File, Node, Record

Json = dict[str, Any]


def record_json(record: Record, file: File | None = None) -> Json:
    """The ``record`` form. Retention is the record's own where it is known, else its file's."""
    return {
        "id": record.id,
        "source": record.source,
        "fonds": record.fonds,
        "file": record.file,
        "number": record.number,
        "type": record.type,
        "date": record.date,
        "date_partial": record.date_partial,
        "issuer": record.issuer,
        "title": record.title,
        "pages": record.pages,
        "pages_estimated": record.pages_estimated,
        "level": record.level,
        "bloc": record.bloc,
        "retention": record.retention or (file.retention if file else None),
        "access": record.access,
        "subject": record.subject,
        "kind": record.kind,
        "readable": record.readable,
    }


def node_json(node: Node) -> Json:
    """An entity in short: ``{"id", "kind", "name"}``."""
    return {"id": node.id, "kind": node.kind, "name": node.name}


def file_json(
    file: File, *, retention: str | None, documents: int, scanned: int, pages: int, metres: Json | None, access: str
) -> Json:
    """The ``file`` form. ``retention``: the finding aid's, else the longest of the documents; ``pages`` likewise, else
    those of its documents; ``documents`` counts those known of the file, ``scanned_documents`` those with a computer
    file; ``access``: the strictest of its own and of its documents (a denunciation is never ``open``)."""
    return {
        "id": file.id,
        "fonds": file.fonds,
        "inventory": file.inventory,
        "code": file.code,
        "title": file.title,
        "since": file.since,
        "until": file.until,
        "retention": retention,
        "sheets": file.sheets,
        "pages": file.pages or pages or None,
        "metres": round(metres["metres"], 4) if metres else None,
        "metres_basis": metres["basis"] if metres else None,
        "box": file.box,
        "arranged": file.arranged,
        "access": access,
        "scanned": scanned > 0,
        "listed": file.listed,
        "documents": documents,
        "scanned_documents": scanned,
    }


def is_document(record: Record) -> bool:
    """Whether the record counts as a document: the archive's own pages (cover, list, closing note) do not
    (PRACTICE.md §1.12)."""
    return record.kind != "archive_page"
