"""The files of one fonds as rows: counts with how they were had, who holds them, where they must go, what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.custody import retention
from kg.custody.holding import files_custody
from kg.model import File, Fonds
from kg.questions.file_events import Deliveries
from kg.questions.forms import Json, file_json
from kg.questions.holdings import FileCount, Holdings, pages_of
from kg.questions.metres import Shelf
from kg.readers.tables.entries import strictest
from kg.store.protocol import Store

_WEAKEST_FIRST = ("estimated", "finding_aid", "counted")


def file_rows(
    store: Store,
    row: Fonds,
    files: Sequence[File],
    held: Holdings,
    *,
    deliveries: Deliveries,
    limit: int | None = None,
) -> list[Json]:
    """The ``file`` rows of a fonds' files, the first ``limit`` of them: custody is asked of no others. Titles are
    those of the list, whoever reads."""
    shelf, shown = Shelf(files, {row.id: row}), files[:limit]
    custody = files_custody(store, row, shown)
    return [_file_row(file, held.of(file.id), shelf, custody[file.id], deliveries) for file in shown]


def _file_row(file: File, count: FileCount, shelf: Shelf, custody: Json, deliveries: Deliveries) -> Json:
    metres = shelf.metres(file, count.pages or None)
    pages = pages_of(file, count)
    form = file_json(
        file,
        retention=file.retention or retention.longest(count.terms),
        documents=count.documents,
        scanned=count.scanned,
        pages=sum(pages.values()),
        metres=metres,
        access=strictest(file.extra.get("access"), *count.access) or "open",
    )
    return form | {
        "kind": "bundle" if file.extra.get("bundle") else "file",
        "sheets_basis": "finding_aid" if file.sheets is not None else None,
        "pages_basis": next((basis for basis in _WEAKEST_FIRST if pages.get(basis)), None),
        "metres_norm": metres["norm"] if metres else None,
        "registers": count.registers,
        "condition": file.extra.get("condition"),
        "same_number": file.extra.get("same_number"),
        "custody": custody["custody"],
        "retention_proposed": custody["retention_proposed"],
        "events": deliveries.of_file(file, count, custody["papers"]),
    }
