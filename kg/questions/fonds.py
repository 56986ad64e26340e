"""``hoso fonds``: the tree fonds → inventory → file → document, with the differences between list and scans.

Each figure says how it was had: sheets come from the finding aid; pages were counted, estimated, or come from it too; metres
were measured, or follow from boxes or from a named coefficient (PRACTICE.md §1.8).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.access import Access, untitled, visible
from kg.errors import NotFound
from kg.messages import say
from kg.model import File, Fonds, Record
from kg.questions.file_events import Deliveries
from kg.questions.fonds_days import days
from kg.questions.fonds_files import file_rows
from kg.questions.forms import Json, is_document, record_json
from kg.questions.holdings import EMPTY, UNKNOWN, Holdings, holdings, pages_of
from kg.questions.in_two_fonds import Like, Twice, in_two_fonds
from kg.questions.metres import Shelf, Total, boxes_of
from kg.questions.numbering import in_order, numbering
from kg.questions.reconciliation import differences, duplicates, name_documents
from kg.readers.tables.catalogue import WITHOUT_NUMBER
from kg.readers.tables.described import FONDS_FIELDS
from kg.store.protocol import Store
from kg.workspace import Workspace

__all__ = ["UNKNOWN", "file_documents", "fonds"]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every answer on fonds stands on."""

    store: Store
    held: Holdings
    twice: Twice
    deliveries: Deliveries
    access: Access
    limit: int | None

    def title(self, file: File) -> str | None:
        """The file's title as this reader sees it."""
        count = self.held.of(file.id)
        return untitled(file, self.access, count.documents, count.closed).title


def fonds(
    workspace: Workspace,
    fonds_id: str | None = None,
    *,
    access: Access = "open",
    limit: int | None = None,
    files: bool = False,
) -> list[Json] | Json:
    """The ``fonds`` form of every fonds (a list, by id; files and documents without one last, with id ``""``), or of
    one with ``inventories``, ``registers``, ``numbering``, ``duplicates``, ``events`` and its files as ``file`` rows, each
    with its ``custody``, ``retention_proposed`` and ``events``.

    ``limit``: at most so many differences, duplicates and files of each fonds are made into rows; all are counted. ``files``: every
    fonds with its ``file`` rows. Raises NotFound for an unknown id, HosoError(bad_input) for a table of custody
    rules that cannot be used."""
    store = workspace.store
    known = {row.id: row for row in store.fonds()}
    if fonds_id is not None:
        fonds_id = _meant(fonds_id, known)
        if fonds_id != UNKNOWN and fonds_id not in known:
            shown = [{"id": row.id, "creator": row.creator} for row in known.values()][:20]
            raise NotFound(say("fonds_not_found", id=fonds_id), candidates=shown)
        asked = known.get(fonds_id) or Fonds(UNKNOWN)
        mine = in_order(store.files(fonds=fonds_id))
        held = holdings(store, fonds_id, {file.id for file in mine})
        twice = _twice_of_one(store, fonds_id, mine, held, known)
        ground = _Ground(store, held, twice, Deliveries(store), access, limit)
        return _fonds_json(asked, mine, ground) | _whole(asked, mine, ground)
    all_files = list(store.files())
    by_fonds: dict[str, list[File]] = {key: [] for key in sorted(known)}
    for file in all_files:
        by_fonds.setdefault(file.fonds or UNKNOWN, []).append(file)
    held = holdings(store)
    ground = _Ground(store, held, in_two_fonds(all_files, held), Deliveries(store), access, limit)
    homeless = by_fonds.pop(UNKNOWN, [])
    told = [(known[key], mine) for key, mine in by_fonds.items()]
    if homeless or held.loose.get(UNKNOWN):
        told.append((Fonds(UNKNOWN), homeless))
    listed = []
    for row, mine in told:
        ordered = in_order(mine)
        one = _fonds_json(row, ordered, ground)
        listed.append(one | {"file": _files(row, ordered, ground)} if files else one)
    return listed


def _meant(asked: str, known: Iterable[str]) -> str:
    """The id asked for; where no fonds has it, that of the one fonds whose code begins with it up to a break ("P01" for
    the folder ``P01-UBND-QUAN-DONG-DA``)."""
    ids = set(known)
    if not asked or asked in ids:
        return asked
    begun = [ident for ident in ids if re.match(rf"{re.escape(asked)}[\s._-]", ident, re.IGNORECASE)]
    return begun[0] if len(begun) == 1 else asked


def _twice_of_one(
    store: Store, fonds_id: str, mine: Sequence[File], held: Holdings, known: Mapping[str, Fonds]
) -> Twice:
    """The files of one fonds that are found in another too; none where the fonds is not known. Of the others only those
    are kept that may be one of them."""
    if fonds_id == UNKNOWN:
        return {}
    own = {file.id for file in mine}
    together = (group for table in (held.scans, held.folders) for group in table.values() if len(group) > 1)
    linked = {ident for group in together if not own.isdisjoint(group) for ident in group}
    like, sizes = Like(mine) if len(known) > 1 else None, Counter({fonds_id: len(mine)})
    others: list[File] = []
    for key in known:
        if key != fonds_id and like is not None:
            rows = store.files(fonds=key)
            sizes[key] = len(rows)
            others += (file for file in rows if file.id in linked or like.may_be_one(file))
    back = Like(others)
    near = (
        file
        for file in mine
        if file.id in linked or held.of(file.id).fonds - {fonds_id} or (others and back.may_be_one(file))
    )
    return in_two_fonds([*near, *others], held, sizes)


def _fonds_json(row: Fonds, files: Sequence[File], ground: _Ground) -> Json:
    held = ground.held
    loose = held.loose.get(row.id, EMPTY)
    shelf, metres, pages = Shelf(files, {row.id: row}), Total(), Counter(pages_of(None, loose))
    documents, scanned, registers = loose.documents, loose.scanned, loose.registers
    for file in files:
        count = held.of(file.id)
        metres.add(shelf.metres(file, count.pages or None))
        pages.update(pages_of(file, count))
        documents += count.documents
        scanned += count.scanned
        registers += count.registers
    sheets = [file.sheets for file in files if file.sheets is not None]
    found = differences(row.id, files, held, ground.twice, title=ground.title, limit=ground.limit)
    name_documents(found.rows, ground.store)
    long, basis = metres.sums()
    when = days(row, min((file.since for file in files if file.since), default=None))
    return {
        "id": row.id,
        "creator": row.creator,
        "level": row.level,
        "bloc": row.bloc,
        "unit": row.unit,
        **when,
        "description": {field: row.extra.get(field) for field in FONDS_FIELDS},
        "files": len(files),
        "listed_files": sum(file.listed for file in files),
        "bundles": sum(1 for file in files if file.extra.get("bundle")),
        "registers": registers,
        "documents": documents,
        "scanned_documents": scanned,
        "loose_documents": loose.documents,
        "rows_without_number": sum(n for key, n in row.extra.items() if key.startswith(WITHOUT_NUMBER)),
        "set_aside": dict(sorted(held.unread.get(row.id, {}).items())),
        "boxes": len({box for file in files for box in boxes_of(file)}) or None,
        "sheets": sum(sheets) if sheets else None,
        "pages": sum(pages.values()),
        "pages_basis": {key: value for key, value in sorted(pages.items()) if value},
        "metres": long,
        "metres_basis": basis,
        "metres_norms": metres.norms(),
        "differences": found.rows,
        "differences_count": sum(found.by_kind.values()),
        "differences_by_kind": found.by_kind,
        "differences_by_list": found.by_list,
    }


def _whole(row: Fonds, files: Sequence[File], ground: _Ground) -> Json:
    """What is told of one fonds beside its figures."""
    held = ground.held
    inventories = ground.store.inventories(row.id) if row.id else []
    in_inventory = Counter(file.inventory for file in files)
    kept = ground.store.records([*held.registers, *(ident for ids in held.same_bytes.values() for ident in ids)])
    same = {sha256: [kept[ident] for ident in ids if ident in kept] for sha256, ids in held.same_bytes.items()}
    registers = [kept[ident] for ident in held.registers if ident in kept]
    shown = [record.id for record in kept.values() if visible(record, ground.access)]
    alike = duplicates(files, same, shown)
    return {
        "inventories": [
            {"id": item.id, "code": item.code, "title": item.title, "files": in_inventory.get(item.id, 0)}
            for item in inventories
        ],
        "registers_listed": [_register_json(record) for record in registers if visible(record, ground.access)],
        "numbering": numbering(files),
        "duplicates": alike[: ground.limit],
        "duplicates_count": len(alike),
        "events": ground.deliveries.of_fonds(row.id),
        "file": _files(row, files, ground),
    }


def _files(row: Fonds, files: Sequence[File], ground: _Ground) -> list[Json]:
    rows = file_rows(ground.store, row, files, ground.held, deliveries=ground.deliveries, limit=ground.limit)
    return [told | {"title": ground.title(file)} for told, file in zip(rows, files, strict=False)]


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
