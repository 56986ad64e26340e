"""``hoso fonds``: the tree fonds → inventory → file → document, with the differences between list and scans.

Each figure says how it was had: sheets come from the finding aid; pages were counted, estimated, or come from it too; metres
were measured, or follow from boxes or from a named coefficient (PRACTICE.md §1.8).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.access import Access, untitled, visible
from kg.custody import retention
from kg.custody.holding import files_custody
from kg.errors import NotFound
from kg.messages import say
from kg.model import File, Fonds, Record
from kg.questions.file_events import Deliveries
from kg.questions.forms import Json, file_json, is_document, record_json
from kg.questions.holdings import EMPTY, UNKNOWN, FileCount, Holdings, holdings
from kg.questions.metres import Shelf, norms_named, total
from kg.questions.numbering import numbering
from kg.questions.reconciliation import Twice, differences, duplicates, in_two_fonds
from kg.readers.tables.described import FONDS_FIELDS
from kg.readers.tables.entries import strictest
from kg.workspace import Workspace

__all__ = ["UNKNOWN", "file_documents", "fonds"]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every answer on fonds stands on. ``titles``: of files, as this reader sees them."""

    held: Holdings
    shelf: Shelf
    twice: Twice
    titles: Mapping[str, str | None]
    deliveries: Deliveries


def fonds(workspace: Workspace, fonds_id: str | None = None, *, access: Access = "open") -> list[Json] | Json:
    """The ``fonds`` form of every fonds (a list, by id; files and documents without one last, with id ``""``), or of
    one with ``inventories``, ``registers``, ``numbering``, ``duplicates``, ``events`` and its files as ``file`` rows, each
    with its ``custody``, ``retention_proposed`` and ``events``. Raises NotFound for an unknown id, HosoError(bad_input)
    for a table of custody rules that cannot be used."""
    store = workspace.store
    known = {row.id: row for row in store.fonds()}
    if fonds_id is not None and fonds_id != UNKNOWN and fonds_id not in known:
        shown = [{"id": row.id, "creator": row.creator} for row in known.values()][:20]
        raise NotFound(say("fonds_not_found", id=fonds_id), candidates=shown)
    all_files = list(store.files())
    held = holdings(store, fonds_id)
    by_fonds: dict[str, list[File]] = {key: [] for key in known}
    for file in all_files:
        by_fonds.setdefault(file.fonds or UNKNOWN, []).append(file)
    ground = _Ground(
        held,
        Shelf(all_files, known),
        in_two_fonds(all_files, held),
        {file.id: _titled(file, held.of(file.id), access).title for file in all_files},
        Deliveries(store),
    )
    if fonds_id is not None:
        asked = known.get(fonds_id) or Fonds(UNKNOWN)
        mine = by_fonds.get(fonds_id, [])
        return _fonds_json(asked, mine, ground) | _rows(workspace, asked, mine, ground, access)
    listed = [_fonds_json(known[key], by_fonds[key], ground) for key in sorted(known)]
    homeless = by_fonds.get(UNKNOWN, [])
    if homeless or held.loose.get(UNKNOWN):
        listed.append(_fonds_json(Fonds(UNKNOWN), homeless, ground))
    return listed


def _titled(file: File, count: FileCount, access: Access) -> File:
    return untitled(file, access, count.documents, count.closed)


def _fonds_json(row: Fonds, files: Sequence[File], ground: _Ground) -> Json:
    held = ground.held
    counted = [held.of(file.id) for file in files]
    loose = held.loose.get(row.id, EMPTY)
    parts = [ground.shelf.metres(file, count.pages or None) for file, count in zip(files, counted, strict=True)]
    metres, basis = total(parts)
    sheets = [file.sheets for file in files if file.sheets is not None]
    pages: Counter[str] = Counter()
    for file, count in zip(files, counted, strict=True):
        pages[_pages_basis(file, count) or ""] += count.pages or file.pages or 0
    pages["counted" if loose.pages_exact else "estimated"] += loose.pages
    found = differences(files, held, ground.twice, ground.titles)
    return {
        "id": row.id,
        "creator": row.creator,
        "level": row.level,
        "bloc": row.bloc,
        "unit": row.unit,
        "status": row.status,
        "opened": row.opened,
        "opened_basis": row.extra.get("opened_basis"),
        "closed": row.closed,
        "closed_basis": row.extra.get("closed_basis"),
        "description": {field: row.extra.get(field) for field in FONDS_FIELDS},
        "files": len(files),
        "bundles": sum(1 for file in files if file.extra.get("bundle")),
        "registers": sum(count.registers for count in counted) + loose.registers,
        "documents": sum(count.documents for count in counted) + loose.documents,
        "scanned_documents": sum(count.scanned for count in counted) + loose.scanned,
        "loose_documents": loose.documents,
        "set_aside": dict(sorted(held.unread.get(row.id, {}).items())),
        "boxes": len({file.box for file in files if file.box}) or None,
        "sheets": sum(sheets) if sheets else None,
        "pages": sum(pages.values()),
        "pages_basis": {key: value for key, value in sorted(pages.items()) if value},
        "metres": metres,
        "metres_basis": basis,
        "metres_norms": norms_named(parts),
        "differences": found,
        "differences_by_kind": dict(sorted(Counter(difference["kind"] for difference in found).items())),
    }


def _pages_basis(file: File, count: FileCount) -> str | None:
    """How the pages of a file were had; None where there are none."""
    if count.pages:
        return "counted" if count.pages_exact else "estimated"
    return "finding_aid" if file.pages else None


def _rows(workspace: Workspace, row: Fonds, files: Sequence[File], ground: _Ground, access: Access) -> Json:
    held = ground.held
    inventories = workspace.store.inventories(row.id) if row.id else []
    in_inventory = Counter(file.inventory for file in files)
    kept = workspace.store.records([*held.registers, *(ident for ids in held.same_bytes.values() for ident in ids)])
    same = {sha256: [kept[ident] for ident in ids if ident in kept] for sha256, ids in held.same_bytes.items()}
    registers = [kept[ident] for ident in held.registers if ident in kept]
    shown = [record.id for record in kept.values() if visible(record, access)]
    custody = files_custody(workspace.store, row, files)
    return {
        "inventories": [
            {"id": item.id, "code": item.code, "title": item.title, "files": in_inventory.get(item.id, 0)}
            for item in inventories
        ],
        "registers_listed": [_register_json(record) for record in registers if visible(record, access)],
        "numbering": numbering(files),
        "duplicates": duplicates(files, same, shown),
        "events": ground.deliveries.of_fonds(row.id),
        "file": [_file_row(file, ground, custody[file.id]) for file in files],
    }


def _file_row(file: File, ground: _Ground, custody: Json) -> Json:
    count = ground.held.of(file.id)
    metres = ground.shelf.metres(file, count.pages or None)
    form = file_json(
        file,
        retention=file.retention or retention.longest(count.terms),
        documents=count.documents,
        scanned=count.scanned,
        pages=count.pages,
        metres=metres,
        access=strictest(file.extra.get("access"), *count.access) or "open",
    )
    return form | {
        "title": ground.titles[file.id],
        "kind": "bundle" if file.extra.get("bundle") else "file",
        "sheets_basis": "finding_aid" if file.sheets is not None else None,
        "pages_basis": "finding_aid" if file.pages else _pages_basis(file, count),
        "metres_norm": metres["norm"] if metres else None,
        "registers": count.registers,
        "condition": file.extra.get("condition"),
        "custody": custody["custody"],
        "retention_proposed": custody["retention_proposed"],
        "events": ground.deliveries.of_file(file, count, custody["papers"]),
    }


def _register_json(record: Record) -> Json:
    """A register: ``{"id", "file", "title", "kind", "number", "opened", "closed", "cases", "pages", "scanned"}``."""
    told = record.extra.get("register", {})
    return {
        "id": record.id,
        "file": record.file,
        "title": record.title,
        **{key: told.get(key) for key in ("kind", "number", "opened", "closed", "cases")},
        "pages": record.pages,
        "scanned": record.source is not None,
    }


def file_documents(workspace: Workspace, file_id: str, *, access: Access = "open") -> list[Json]:
    """The ``record`` forms of a file's documents, by date and id; closed ones are left out."""
    file = next(iter(workspace.store.files([file_id])), None)
    records = [
        record
        for record in workspace.store.iter_records(file=file_id)
        if is_document(record) and visible(record, access)
    ]
    records.sort(key=lambda record: (record.date or record.date_partial or "", record.id))
    return [record_json(record, file) for record in records]
