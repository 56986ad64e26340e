"""The texts of records by id, compressed, beside the graph (DESIGN.md §4.13): one SQLite file whatever the store.

They are written before the graph, so that what the graph names, the texts hold.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import zlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import HosoError, Unavailable
from kg.messages import say

BUSY_SECONDS: Final = 5.0
"""How long a writer waits for another before it says that the texts are locked."""

_TABLE = """
CREATE TABLE IF NOT EXISTS texts (record TEXT PRIMARY KEY, pages TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID"""
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


@dataclass(frozen=True, slots=True)
class Text:
    """A record's normalised text and the offset at which each of its pages begins."""

    text: str
    page_starts: tuple[int, ...] = (0,)

    def page_of(self, offset: int) -> int:
        """The page (from 1) that holds the offset."""
        return max(1, bisect_right(self.page_starts, offset))


class Texts:
    """The texts of a store in ``folder`` (made when missing); may be shared by threads.

    Raises Unavailable when the file is locked or cannot be opened, HosoError(unreadable) when it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "texts.db"
        self._lock = threading.Lock()
        with self._translating():
            self._db = self._connect(folder)

    def put(self, rows: Iterable[tuple[str, Text]]) -> None:
        """Insert or replace, in one transaction."""
        packed = [(record, json.dumps(text.page_starts), zlib.compress(text.text.encode())) for record, text in rows]
        self._write("INSERT OR REPLACE INTO texts (record, pages, body) VALUES (?, ?, ?)", packed)

    def remove(self, records: Iterable[str]) -> None:
        """Forget the texts of these records; what they held is overwritten (a record may turn out secret)."""
        self._write("DELETE FROM texts WHERE record = ?", [(record,) for record in records])

    def get(self, record: str) -> Text | None:
        """The text of a record, None when there is none."""
        return self.get_many([record]).get(record)

    def get_many(self, records: Collection[str]) -> Mapping[str, Text]:
        """The texts that exist, by record id."""
        found = self._read(
            "SELECT record, pages, body FROM texts WHERE record IN (SELECT value FROM json_each(?))",
            json.dumps(list(records)),
        )
        return {
            record: Text(zlib.decompress(body).decode(), tuple(json.loads(pages))) for record, pages, body in found
        }

    def ids(self) -> set[str]:
        """Every record that has a text."""
        return {row[0] for row in self._read("SELECT record FROM texts")}

    def problems(self) -> list[str]:
        """What SQLite's own check of the file finds; empty when it is sound."""
        try:
            found = [str(row[0]) for row in self._read("PRAGMA integrity_check")]
        except HosoError as error:
            return [error.message]
        return [] if found == ["ok"] else found

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def _connect(self, folder: Path) -> sqlite3.Connection:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable(say("texts_failed", path=self._file, reason=error.strerror)) from error
        address = self._file.absolute().as_uri()
        if self._file.exists() and not os.access(folder, os.W_OK):
            return sqlite3.connect(f"{address}?mode=ro", uri=True, check_same_thread=False)
        db = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        db.execute("PRAGMA secure_delete = ON")
        if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute(_TABLE)
        return db

    def _write(self, sql: str, rows: Collection[tuple[Any, ...]]) -> None:
        if not rows:
            return
        with self._translating(), self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.executemany(sql, rows)
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    def _read(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with self._translating(), self._lock:
            return self._db.execute(sql, parameters).fetchall()

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
            if code in _BUSY:
                raise Unavailable(say("texts_locked", path=self._file)) from error
            if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
                damaged = say("texts_failed", path=self._file, reason=error)
                raise HosoError(damaged, code="unreadable") from error
            raise Unavailable(say("texts_failed", path=self._file, reason=error)) from error
