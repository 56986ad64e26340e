"""What is known of the passages of a model: which record has which, and whose vector is there (a SQLite file).

A passage's text (by hash) has one slot, the row of its vector in the file of vectors, whatever records hold it. Slots are
not used again until the file is packed, so that who reads an older state never takes one text's vector for another's.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from kg.errors import HosoError, Unavailable
from kg.messages import say

BUSY_SECONDS: Final = 5.0
"""How long a writer waits for another before it says that the vectors are locked."""

_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE records (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE pieces (slot INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, done INTEGER NOT NULL);
CREATE INDEX pending ON pieces (slot) WHERE NOT done;
CREATE TABLE passages (
    record INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, page INTEGER NOT NULL,
    slot INTEGER NOT NULL, PRIMARY KEY (record, start)
) WITHOUT ROWID;
CREATE INDEX passages_slot ON passages (slot);
"""
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}


class VectorsDamaged(Unavailable):
    """The file cannot be used; ``hoso embed`` makes it anew."""


class Kept:
    """The file, opened when first asked; may be shared by threads.

    Raises Unavailable where it is locked or cannot be opened, VectorsDamaged where it is damaged.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.RLock()
        self._db: sqlite3.Connection | None = None
        self._inode = 0

    @property
    def exists(self) -> bool:
        """Whether there is a file."""
        return self.file.is_file()

    def create(self, meta: Mapping[str, str]) -> None:
        """Make the file with what it says of itself; it is there whole or not at all."""
        making = self.file.with_name(self.file.name + f".{os.getpid()}.new")
        with self._translating():
            self.file.parent.mkdir(parents=True, exist_ok=True)
            making.unlink(missing_ok=True)
            db = sqlite3.connect(making, isolation_level=None)
            try:
                db.executescript("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;" + _TABLES)
                db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
            finally:
                db.close()
            making.rename(self.file)

    def meta(self) -> dict[str, str]:
        """All that the file says of itself; empty where there is none."""
        return dict(self.rows("SELECT key, value FROM meta")) if self.exists else {}

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a question."""
        with self._lock, self._translating():
            return self._opened().execute(sql, parameters).fetchall()

    def seen(self, *questions: tuple[str, tuple[Any, ...]]) -> list[list[tuple[Any, ...]]]:
        """The rows of several questions asked of one state."""
        with self._lock, self._translating():
            db = self._opened()
            db.execute("BEGIN")
            try:
                return [db.execute(sql, parameters).fetchall() for sql, parameters in questions]
            finally:
                db.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: committed when the block ends well. Other processes wait for each other."""
        with self._lock, self._translating():
            db = self._opened()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    db.execute("ROLLBACK")
                raise

    def problems(self) -> list[str]:
        """What SQLite's own check of the file finds; empty when it is sound."""
        try:
            found = [str(row[0]) for row in self.rows("PRAGMA quick_check")]
        except HosoError as error:
            return [error.message]
        return [] if found == ["ok"] else found

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def mark(self) -> tuple[int, int]:
        """Changes whenever the file does."""
        with self._lock, self._translating():
            db = self._opened()
            return int(db.execute("PRAGMA data_version").fetchone()[0]), db.total_changes

    def _opened(self) -> sqlite3.Connection:
        inode = self.file.stat().st_ino
        if self._db is not None and inode != self._inode:  # made anew meanwhile
            self.close()
        if self._db is None:
            address = self.file.absolute().as_uri()
            mode = "rw" if os.access(self.file.parent, os.W_OK) else "ro"
            if mode == "ro" and not self.file.with_name(self.file.name + "-wal").exists():
                mode = "ro&immutable=1"  # nobody is writing, and the files that WAL needs may not be made here
            db = sqlite3.connect(
                f"{address}?mode={mode}",
                uri=True,
                timeout=BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            try:
                db.execute("PRAGMA secure_delete = ON")
                db.execute("PRAGMA synchronous = FULL")
                db.execute("SELECT count(*) FROM meta").fetchone()
            except BaseException:
                db.close()
                raise
            self._db, self._inode = db, inode
        return self._db

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
            if code in _BUSY:
                raise Unavailable(say("vectors_locked", path=self.file.parent)) from error
            if code in _DAMAGE:
                raise VectorsDamaged(say("vectors_damaged", path=self.file.parent)) from error
            raise Unavailable(say("vectors_failed", path=self.file.parent, reason=error)) from error
        except OSError as error:
            raise Unavailable(say("vectors_failed", path=self.file.parent, reason=error.strerror or error)) from error
