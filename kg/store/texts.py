"""The texts of records by id, compressed, beside the graph (DESIGN.md §4.13): one SQLite file whatever the store.

They are written before the graph, so that what the graph names, the texts hold.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Text:
    """A record's normalised text and the offset at which each of its pages begins."""

    text: str
    page_starts: tuple[int, ...] = (0,)

    def page_of(self, offset: int) -> int:
        """The page (from 1) that holds the offset."""
        number = 1
        for index, start in enumerate(self.page_starts, start=1):
            if start > offset:
                break
            number = index
        return number


class Texts:
    """Open the texts of a store in ``folder`` (made when missing)."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "texts.db", timeout=30, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS texts (record TEXT PRIMARY KEY, pages TEXT NOT NULL, body BLOB NOT NULL)"
            " WITHOUT ROWID"
        )

    def put(self, rows: Iterable[tuple[str, Text]]) -> None:
        """Insert or replace, in one transaction. Raises Unavailable when another process holds the file."""
        packed = [(record, json.dumps(text.page_starts), zlib.compress(text.text.encode())) for record, text in rows]
        try:
            with self._db:
                self._db.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", packed)
        except sqlite3.OperationalError as error:
            raise Unavailable(f"the texts of the store cannot be written: {error}") from error

    def remove(self, records: Iterable[str]) -> None:
        """Forget the texts of these records."""
        with self._db:
            self._db.executemany("DELETE FROM texts WHERE record = ?", [(record,) for record in records])

    def get(self, record: str) -> Text | None:
        """The text of a record, None when there is none."""
        return self.get_many([record]).get(record)

    def get_many(self, records: Collection[str]) -> Mapping[str, Text]:
        """The texts that exist, by record id."""
        found: dict[str, Text] = {}
        for record in records:
            row = self._db.execute("SELECT pages, body FROM texts WHERE record = ?", (record,)).fetchone()
            if row:
                found[record] = Text(zlib.decompress(row[1]).decode(), tuple(json.loads(row[0])))
        return found

    def ids(self) -> set[str]:
        """Every record that has a text."""
        return {row[0] for row in self._db.execute("SELECT record FROM texts")}

    def close(self) -> None:
        """Release the file."""
        self._db.close()
