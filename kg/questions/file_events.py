"""The life of a file: which finding aid listed it, with which deliveries its documents came, who took it over.

Lists and deliveries are in the store's log (kind ``delivery``, one row an ingest that brought something). What papers say
of it (assignments, hand-overs, store-room lists) is loaded (``kg.custody``); a hand-over that the finding aid tells is on
the file itself, with its day and paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.model import File
from kg.questions.forms import Json
from kg.questions.holdings import FileCount
from kg.store.protocol import Store

LOGGED = "delivery"
"""The kind of log row: ``{"roots": {digest: folder}, "fonds": {id: {"files", "documents", "tables": [name]}}}``."""


class Deliveries:
    """The log of what came, as files and fonds need it."""

    def __init__(self, store: Store) -> None:
        rows: Sequence[Mapping[str, Any]] = store.logged(LOGGED)
        self._rows = rows
        self._tables: dict[tuple[str, str], str] = {}
        self._roots: dict[str, tuple[str, str]] = {}
        for row in rows:
            for fonds, brought in row.get("fonds", {}).items():
                for table in brought["tables"]:
                    self._tables.setdefault((fonds, table), row["at"])
            for digest, folder in row.get("roots", {}).items():
                self._roots.setdefault(digest, (row["at"], folder))

    def of_fonds(self, fonds: str) -> list[Json]:
        """Every delivery that brought files or documents of a fonds, oldest first."""
        return [
            {
                "kind": LOGGED,
                "at": row["at"],
                "folders": sorted(set(row["roots"].values())) if row["fonds"][fonds]["documents"] else [],
                **row["fonds"][fonds],
            }
            for row in self._rows
            if fonds in row.get("fonds", {})
        ]

    def of_file(self, file: File, count: FileCount, papers: Sequence[Json] = ()) -> list[Json]:
        """The events of a file, in time; what has no time last. ``papers``: what was loaded about it, each with its
        ``kind``, ``at``, ``what``, ``from``, ``to`` and ``fact``."""
        found: list[Json] = []
        if table := file.extra.get("listed_in"):
            found.append({"kind": "finding_aid", "at": self._tables.get((file.fonds or "", table)), "what": table})
        for root, documents in sorted(count.roots.items()):
            at, folder = self._roots.get(root, (None, None))
            found.append({"kind": LOGGED, "at": at, "what": folder, "documents": documents})
        if file.held_by:
            found.append({"kind": "handover", "at": file.held_since, "what": file.held_paper, "to": file.held_by})
        found += papers
        return sorted(found, key=lambda row: (row["at"] is None, row["at"] or ""))
