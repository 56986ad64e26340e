"""What the count of a store's holdings needs of a record: far less than the record, since it is asked of all of them."""

from __future__ import annotations

from typing import NamedTuple

from kg.model import Record


class Held(NamedTuple):
    """Some fields of a record; ``root`` as in its ``extra``, ``described``: a row of a table speaks of it."""

    id: str
    source: str | None
    fonds: str | None
    file: str | None
    title: str | None
    kind: str
    access: str
    subject: str
    pages: int | None
    pages_estimated: bool
    readable: bool
    retention: str | None
    sha256: str | None
    root: str | None
    described: bool

    @classmethod
    def of(cls, record: Record) -> Held:
        """Of a record that is at hand."""
        return cls(
            record.id,
            record.source,
            record.fonds,
            record.file,
            record.title,
            record.kind,
            record.access,
            record.subject,
            record.pages,
            record.pages_estimated,
            record.readable,
            record.retention,
            record.sha256,
            record.extra.get("root"),
            "manifest" in record.extra,
        )
