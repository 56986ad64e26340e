"""``hoso fonds``: the tree fonds → inventory → file → document, with the differences between list and scans.

Reconciliation is the archive's first job of the day (PRACTICE.md §2): what is listed and not scanned, scanned and not
listed, counted otherwise, or in two fonds at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.access import Access, is_closed, untitled, visible
from kg.custody import retention
from kg.errors import NotFound
from kg.messages import say
from kg.model import File, Fonds, Record
from kg.questions.forms import Json, file_json, is_document, record_json
from kg.questions.metres import Shelf, total
from kg.readers.tables.entries import strictest
from kg.workspace import Workspace
from ontology.folding import fold

UNKNOWN = ""
"""The id under which files and documents without a fonds are counted ("chưa xác định phông")."""


@dataclass(slots=True)
class _FileCount:
    """What the documents of one file come to. ``access``: the levels of its documents, those set aside as secret too."""

    documents: int = 0
    closed: int = 0
    scanned: int = 0
    unread: int = 0
    pages: int = 0
    pages_scanned: int = 0
    pages_exact: bool = True
    terms: list[str | None] = field(default_factory=list)
    fonds: set[str] = field(default_factory=set)
    hashes: set[str] = field(default_factory=set)
    access: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Counts:
    """Files by id, and the documents that lie in no file, by fonds."""

    files: dict[str, _FileCount] = field(default_factory=dict)
    loose: dict[str, _FileCount] = field(default_factory=dict)
    hash_files: dict[str, set[str]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Count a record: documents, and pages of those scanned; the archive's own pages are none."""
        if not is_document(record):
            return
        key, table = (record.file, self.files) if record.file else (record.fonds or UNKNOWN, self.loose)
        count = table.setdefault(key or UNKNOWN, _FileCount())
        count.documents += 1
        count.closed += is_closed(record)
        count.access.add("conditional" if is_closed(record) and record.access == "open" else record.access)
        count.pages += record.pages or 0
        count.terms.append(record.retention)
        if record.fonds:
            count.fonds.add(record.fonds)
        if record.source is not None:
            count.scanned += 1
            count.pages_scanned += record.pages or 0
            count.pages_exact = count.pages_exact and record.pages is not None and not record.pages_estimated
        if record.sha256 and record.file:
            self.hash_files.setdefault(record.sha256, set()).add(record.file)

    def add_unread(self, file: str | None, access: str = "open") -> None:
        """Count a computer file of a file that was delivered and gave no record: set aside, or secret."""
        if file:
            count = self.files.setdefault(file, _FileCount())
            count.unread += 1
            count.access.add(access)


def fonds(workspace: Workspace, fonds_id: str | None = None, *, access: Access = "open") -> list[Json] | Json:
    """The ``fonds`` form of every fonds (a list, by id; files and documents without one last, with id ``""``), or of
    one with ``inventories`` and its files as ``file`` rows. Raises NotFound for an unknown id."""
    store = workspace.store
    known = {row.id: row for row in store.fonds()}
    if fonds_id is not None and fonds_id != UNKNOWN and fonds_id not in known:
        shown = [{"id": row.id, "creator": row.creator} for row in known.values()][:20]
        raise NotFound(say("fonds_not_found", id=fonds_id), candidates=shown)
    all_files = list(store.files())
    counts = _Counts()
    for record in store.iter_records():
        counts.add(record)
    for row in store.quarantined():
        counts.add_unread(row.file)
    for secret in store.secrets():
        counts.add_unread(secret.file, "secret")
    all_files = [_titled(file, counts, access) for file in all_files]
    shelf = Shelf(all_files, known)
    twice = _in_two_fonds(all_files, counts)
    if fonds_id is not None:
        asked = known.get(fonds_id) or Fonds(UNKNOWN)
        mine = [file for file in all_files if (file.fonds or UNKNOWN) == fonds_id]
        return _fonds_json(asked, mine, counts, shelf, twice) | _rows(workspace, asked, mine, counts, shelf)
    by_fonds: dict[str, list[File]] = {key: [] for key in known}
    for file in all_files:
        by_fonds.setdefault(file.fonds or UNKNOWN, []).append(file)
    listed = [_fonds_json(known[key], by_fonds[key], counts, shelf, twice) for key in sorted(known)]
    homeless = by_fonds.get(UNKNOWN, [])
    if homeless or counts.loose.get(UNKNOWN):
        listed.append(_fonds_json(Fonds(UNKNOWN), homeless, counts, shelf, twice))
    return listed


def _titled(file: File, counts: _Counts, access: Access) -> File:
    count = counts.files.get(file.id, _FileCount())
    return untitled(file, access, count.documents, count.closed)


def _fonds_json(
    row: Fonds, files: Sequence[File], counts: _Counts, shelf: Shelf, twice: Mapping[str, Sequence[str]]
) -> Json:
    counted = [counts.files.get(file.id, _FileCount()) for file in files]
    loose = counts.loose.get(row.id, _FileCount())
    metres, basis = total(shelf.metres(file, count.pages or None) for file, count in zip(files, counted, strict=True))
    sheets = [file.sheets for file in files if file.sheets is not None]
    return {
        "id": row.id,
        "creator": row.creator,
        "level": row.level,
        "bloc": row.bloc,
        "unit": row.unit,
        "status": row.status,
        "opened": row.opened,
        "closed": row.closed,
        "files": len(files),
        "documents": sum(count.documents for count in counted) + loose.documents,
        "scanned_documents": sum(count.scanned for count in counted) + loose.scanned,
        "loose_documents": loose.documents,
        "sheets": sum(sheets) if sheets else None,
        "pages": sum(_pages(file, count) for file, count in zip(files, counted, strict=True)) + loose.pages,
        "metres": metres,
        "metres_basis": basis,
        "differences": _differences(files, counts, twice),
    }


def _pages(file: File, count: _FileCount) -> int:
    """Pages of a file: those of its documents, else what the finding aid says."""
    return count.pages or file.pages or 0


def _differences(files: Sequence[File], counts: _Counts, twice: Mapping[str, Sequence[str]]) -> list[Json]:
    has_list = any(file.listed for file in files)
    found: list[Json] = []
    for file in files:
        count = counts.files.get(file.id, _FileCount())
        if file.listed and count.scanned + count.unread == 0:
            found.append(_difference("not_scanned", file, count.documents or None, 0))
        elif count.scanned and count.documents > count.scanned + count.unread:
            found.append(_difference("not_scanned", file, count.documents, count.scanned))
        if has_list and not file.listed and count.scanned:
            found.append(_difference("not_listed", file, None, count.scanned))
        if (pages := _sheets_disagree(file, count)) is not None:
            found.append(_difference("sheets", file, file.sheets, pages))
        if file.id in twice:
            found.append(_difference("in_two_fonds", file, file.fonds, list(twice[file.id])))
    return found


def _difference(kind: str, file: File, listed: object, found: object) -> Json:
    return {"kind": kind, "file": file.id, "code": file.code, "title": file.title, "listed": listed, "found": found}


def _sheets_disagree(file: File, count: _FileCount) -> int | None:
    """The pages scanned where they do not fit the sheets listed: a sheet has one or two pages. None where they fit,
    where pages are only estimated, or where part of the file is not scanned, set aside or secret."""
    if file.sheets is None or not count.scanned or not count.pages_exact:
        return None
    if count.unread or count.scanned < count.documents:
        return None
    fits = file.sheets <= count.pages_scanned <= 2 * file.sheets
    return None if fits else count.pages_scanned


def _in_two_fonds(files: Sequence[File], counts: _Counts) -> dict[str, list[str]]:
    """Files found in two fonds, with the other fonds: documents of one file under two fonds, the same scan in files of
    two fonds, or one code with one title twice."""
    fonds_of = {file.id: file.fonds for file in files}
    together: dict[tuple[str, ...], set[str]] = {}
    for scan, holders in counts.hash_files.items():
        together.setdefault(("scan", scan), set()).update(holders)
    for file in files:
        if file.code and file.title:
            together.setdefault(("listed", fold(file.code), fold(file.title)), set()).add(file.id)
    found: dict[str, set[str]] = {}
    for holders in together.values():
        for holder in holders:
            others = {fonds_of.get(other) or UNKNOWN for other in holders} - {fonds_of.get(holder) or UNKNOWN}
            if others:
                found.setdefault(holder, set()).update(others)
    for file in files:
        others = counts.files.get(file.id, _FileCount()).fonds - {file.fonds or UNKNOWN}
        if others:
            found.setdefault(file.id, set()).update(others)
    return {key: sorted(value) for key, value in found.items()}


def _rows(workspace: Workspace, row: Fonds, files: Sequence[File], counts: _Counts, shelf: Shelf) -> Json:
    inventories = workspace.store.inventories(row.id) if row.id else []
    listed = []
    for file in files:
        count = counts.files.get(file.id, _FileCount())
        listed.append(
            file_json(
                file,
                retention=file.retention or retention.longest(count.terms),
                documents=count.documents,
                scanned=count.scanned,
                pages=count.pages,
                metres=shelf.metres(file, count.pages or None),
                access=strictest(file.extra.get("access"), *count.access) or "open",
            )
        )
    in_inventory: dict[str | None, int] = {}
    for file in files:
        in_inventory[file.inventory] = in_inventory.get(file.inventory, 0) + 1
    return {
        "inventories": [
            {"id": item.id, "code": item.code, "title": item.title, "files": in_inventory.get(item.id, 0)}
            for item in inventories
        ],
        "file": listed,
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
