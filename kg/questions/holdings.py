"""What the records of a store come to, file by file: the ground on which lists and scans are compared.

One pass over a few fields of the records, whatever the store; nothing here shows anything to anybody.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import cast

from kg.access import is_closed
from kg.model import File, Record
from kg.questions.forms import is_document
from kg.store.held import Held
from kg.store.protocol import Store

UNKNOWN = ""
"""The id under which files and documents without a fonds are counted ("chưa xác định phông")."""

_MOST_NAMED = 20
"""Documents of a file that are named where they are not scanned."""


@dataclass(slots=True)
class FileCount:
    """What the documents of one file come to. ``access``: the levels of its documents, those set aside as secret too;
    ``unread``: computer files that gave no record, ``secret`` those of them that are secret; ``rowless``: scans of which
    no row of a table speaks; ``missing``: ids of documents that a table lists and nobody scanned (the first ones,
    without closed ones), ``unlisted``: scans of which no row speaks (likewise); ``roots``: deliveries."""

    documents: int = 0
    closed: int = 0
    scanned: int = 0
    unread: int = 0
    secret: int = 0
    registers: int = 0
    pages_listed: int = 0
    pages_scanned: int = 0
    pages_exact: bool = True
    readable: bool = True
    rowless: int = 0
    missing: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    terms: set[str | None] = field(default_factory=set)
    fonds: set[str] = field(default_factory=set)
    access: set[str] = field(default_factory=set)
    roots: dict[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """Pages of the documents, scanned and only listed."""
        return self.pages_listed + self.pages_scanned

    @property
    def rows(self) -> int:
        """Documents of which a row of a table speaks."""
        return self.documents - self.rowless


EMPTY = FileCount()
"""The count of a file without documents: for reading alone."""


@dataclass(slots=True)
class Holdings:
    """Files by id, and the documents that lie in no file, by fonds. ``scans``: files by the hash of a scan that lies in
    them; ``folders``: files by the folder that their scans lie in; ``registers``, ``same_bytes`` (by hash, two at least):
    ids of documents of the fonds asked for."""

    files: dict[str, FileCount] = field(default_factory=dict)
    loose: dict[str, FileCount] = field(default_factory=dict)
    scans: dict[str, set[str]] = field(default_factory=dict)
    folders: dict[str, set[str]] = field(default_factory=dict)
    registers: list[str] = field(default_factory=list)
    same_bytes: dict[str, list[str]] = field(default_factory=dict)
    unread: dict[str, dict[str, int]] = field(default_factory=dict)
    """Computer files set aside, by fonds and reason; secret ones under ``secret``."""

    def of(self, file: str) -> FileCount:
        """The count of a file."""
        return self.files.get(file, EMPTY)

    def add(self, record: Held, asked: str | None, own: Collection[str] = ()) -> None:
        """Count a record: documents, and pages of those scanned; the archive's own pages are none. Of what is neither of
        the fonds asked for nor in one of its ``own`` files only the places are kept that may prove a file in two fonds."""
        # What decides of kind and access is among the few fields.
        whole = cast("Record", record)
        if not is_document(whole):
            return
        if asked is not None and (record.fonds or UNKNOWN) != asked and record.file not in own:
            self._place(record)
            return
        key, table = (record.file, self.files) if record.file else (record.fonds or UNKNOWN, self.loose)
        count = table.setdefault(key or UNKNOWN, FileCount())
        closed = is_closed(whole)
        count.documents += 1
        count.closed += closed
        count.registers += record.kind == "register"
        count.access.add("conditional" if closed and record.access == "open" else record.access)
        count.terms.add(record.retention)
        if record.fonds:
            count.fonds.add(record.fonds)
        if record.source is not None:
            self._add_scan(record, count, closed=closed)
        else:
            count.pages_listed += record.pages or 0
            if not closed and len(count.missing) < _MOST_NAMED:
                count.missing.append(record.id)
        if asked is not None and (record.fonds or UNKNOWN) == asked:
            if record.kind == "register":
                self.registers.append(record.id)
            if record.sha256:
                self.same_bytes.setdefault(record.sha256, []).append(record.id)

    def _add_scan(self, record: Held, count: FileCount, *, closed: bool) -> None:
        count.scanned += 1
        count.pages_scanned += record.pages or 0
        count.pages_exact = count.pages_exact and record.pages is not None and not record.pages_estimated
        count.readable = count.readable and record.readable
        if not record.described:
            count.rowless += 1
            if not closed and len(count.unlisted) < _MOST_NAMED:
                count.unlisted.append(record.id)
        if record.root:
            count.roots[record.root] = count.roots.get(record.root, 0) + 1
        self._place(record)

    def _place(self, record: Held) -> None:
        """Where a scan lies."""
        if record.file and record.source is not None:
            if record.sha256:
                self.scans.setdefault(record.sha256, set()).add(record.file)
            self.folders.setdefault(record.source.rpartition("/")[0], set()).add(record.file)

    def add_unread(self, fonds: str | None, file: str | None, reason: str, access: str = "open") -> None:
        """Count a computer file that was delivered and gave no record: set aside, or secret."""
        reasons = self.unread.setdefault(fonds or UNKNOWN, {})
        reasons[reason] = reasons.get(reason, 0) + 1
        if file:
            count = self.files.setdefault(file, FileCount())
            count.unread += 1
            count.secret += access == "secret"
            count.access.add(access)


def holdings(store: Store, asked: str | None = None, own: Collection[str] = ()) -> Holdings:
    """Count what a store has. ``asked``: a fonds, with the ids of its ``own`` files, of which registers and scans are kept
    too; of the others no more than it takes to see what lies in two fonds."""
    found = Holdings()
    for record in store.iter_held():
        found.add(record, asked, own)
    found.same_bytes = {sha256: ids for sha256, ids in found.same_bytes.items() if len(ids) > 1}
    for row in store.quarantined():
        found.add_unread(row.fonds, row.file, row.reason)
    for secret in store.secrets():
        found.add_unread(secret.fonds, secret.file, "secret", "secret")
    return found


def pages_of(file: File | None, count: FileCount) -> dict[str, int]:
    """The pages of a file by how they were had: the finding aid's where it gives them (``finding_aid``), else those of
    its documents: ``counted`` or ``estimated`` of the scans, ``finding_aid`` of those that are only listed."""
    if file is not None and file.pages:
        return {"finding_aid": file.pages}
    scanned = "counted" if count.pages_exact else "estimated"
    told = {scanned: count.pages_scanned, "finding_aid": count.pages_listed}
    return {basis: pages for basis, pages in told.items() if pages}


def several(groups: dict[str, set[str]]) -> Collection[set[str]]:
    """The groups of more than one."""
    return [group for group in groups.values() if len(group) > 1]
