"""The rows of ``hoso moved``: the documents that a question selects, by file, and files as answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.access import Access, hides_title, is_closed
from kg.custody.answer import Custody
from kg.model import File, Record
from kg.questions.forms import Json, file_json
from kg.questions.metres import Shelf
from kg.questions.places import Place
from kg.readers.tables.entries import strictest
from ontology.custody.schedules import Proposal

_DIGITS = re.compile(r"\d+|\D+")


@dataclass(slots=True)
class Row:
    """A document that the question selects. The place is None where only custody is counted and it is not listed."""

    record: Record
    place: Place | None = None


@dataclass(slots=True)
class FileRow:
    """A file that the question selects: its selected documents, and what is known of all its documents; or a document
    without a file (``file`` None). ``custody`` is worked out when it is asked for."""

    file: File | None
    fonds: str | None
    rows: list[Row] = field(default_factory=list)
    place: Place | None = None
    custody: Custody | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is a file, in the store's tables or named by its documents alone."""
        return self.file is not None or self.rows[0].record.file is not None

    @property
    def pages(self) -> int:
        """Those of its selected documents."""
        return sum(entry.record.pages or 0 for entry in self.rows)


def hides(row: FileRow, access: Access) -> bool:
    """Whether this reader does not see the title of the file."""
    closed = sum(is_closed(entry.record) for entry in row.rows)
    return row.file is not None and hides_title(row.file, len(row.rows), closed, access)


def file_form(row: FileRow, file: File, custody: Custody, shelf: Shelf, access: Access) -> Json:
    """The ``file`` form of a row that holds all documents of the file; its title is kept back where it is closed."""
    records = [entry.record for entry in row.rows]
    return file_json(
        replace(file, title=None) if hides(row, access) else file,
        retention=custody.retention,
        documents=len(records),
        scanned=sum(record.source is not None for record in records),
        pages=row.pages,
        metres=shelf.metres(file, row.pages or None),
        access=strictest(file.extra.get("access"), *(_level(record) for record in records)) or "open",
    )


def file_entry(
    row: FileRow, custody: Custody, proposed: Proposal | None, *, creator: str | None, shelf: Shelf, access: Access
) -> Json:
    """``{"file", "creator", "custody"}`` of a row with a file."""
    assert row.file is not None
    told = custody.to_json(None if hides(row, access) else proposed)
    return {"file": file_form(row, row.file, custody, shelf, access), "creator": creator, "custody": told}


def in_order(row: FileRow) -> tuple[str, str, list[tuple[int, str]]]:
    """Fonds, inventory and number of a row with a file: 2 before 10."""
    file = row.file
    assert file is not None
    parts = _DIGITS.findall(file.code or file.id)
    return file.fonds or "", file.inventory or "", [(int(part) if part.isdecimal() else -1, part) for part in parts]


def _level(record: Record) -> str:
    return "conditional" if is_closed(record) and record.access == "open" else record.access
