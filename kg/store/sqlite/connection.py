"""Connections to a store's file, and SQLite's errors in the words of the product."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from kg.errors import HosoError, Unavailable
from kg.messages import say

BUSY_SECONDS = 5.0
"""How long a writer waits for another before it says that the store is locked."""

_HEADER = b"SQLite format 3\x00"
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_PRIMARY = 0xFF  # an extended result code keeps the primary one in its low byte

Mode = Literal["rwc", "rw", "ro"]


def connect(file: Path, mode: Mode, *, immutable: bool = False) -> sqlite3.Connection:
    """A connection without implicit transactions; usable from any thread, by one at a time.

    ``immutable``: the file lies where nothing can be written, so SQLite may do without locks.
    """
    uri = f"{file.absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
    db = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA foreign_keys = ON")
    return db


def looks_like_sqlite(file: Path) -> bool:
    """Whether the file has SQLite's header, or nothing in it yet. Raises HosoError for a folder."""
    if not file.is_file():
        raise HosoError(say("not_a_store", path=file))
    with file.open("rb") as stream:
        head = stream.read(len(_HEADER))
    return head in (b"", _HEADER)


@contextmanager
def translating(file: Path) -> Iterator[None]:
    """Raise SQLite's errors as those of the product: Unavailable for a locked or full store and one that may not be
    written, HosoError(bad_input) for a file that is no store or is damaged."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(error, file) from error


def _translated(error: sqlite3.Error, file: Path) -> HosoError:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY
    if code in _BUSY:
        return Unavailable(say("store_locked", path=file))
    if code == sqlite3.SQLITE_FULL:
        return Unavailable(say("store_disk_full", path=file))
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return Unavailable(say("store_not_writable", path=file))
    if code == sqlite3.SQLITE_NOTADB:
        return HosoError(say("not_a_store", path=file))
    if code == sqlite3.SQLITE_CORRUPT:
        return HosoError(say("store_damaged", path=file), code="unreadable")
    return Unavailable(say("store_failed", path=file, reason=error))
