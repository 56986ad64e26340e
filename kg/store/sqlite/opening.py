"""How a store's file is opened: told from other files, made, migrated, and read where it cannot be written."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from kg.errors import HosoError
from kg.messages import say
from kg.store.sqlite import schema
from kg.store.sqlite.connection import connect, looks_like_sqlite


def open_file(file: Path, *, create: bool) -> tuple[sqlite3.Connection, bool]:
    """A connection for reading, and whether the store may be written. Raises sqlite3.Error as it comes and HosoError
    for what is no store of this program."""
    if file.exists():
        if not looks_like_sqlite(file):
            raise HosoError(say("not_a_store", path=file))
    elif create:
        file.parent.mkdir(parents=True, exist_ok=True)
    db, writable = _connected(file, create=create)
    try:
        if create and schema.is_fresh(db):
            _initialise(db)
        _check(db, file)
        if schema.version(db) < schema.current():
            _upgrade(db, file)
    except BaseException:
        db.close()
        raise
    return db, writable


def _connected(file: Path, *, create: bool) -> tuple[sqlite3.Connection, bool]:
    if not file.exists() or (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        return connect(file, "rwc" if create else "rw"), True
    db = connect(file, "ro")
    try:
        schema.version(db)
    except sqlite3.OperationalError:  # WAL needs a file beside it that cannot be made here: nobody writes either
        db.close()
        db = connect(file, "ro", immutable=True)
    return db, False


def _initialise(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("BEGIN IMMEDIATE")
    try:
        if schema.is_fresh(db):  # another program may have made it while this one waited
            schema.migrate(db)
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _check(db: sqlite3.Connection, file: Path) -> None:
    if not schema.is_ours(db):
        raise HosoError(say("not_a_store", path=file))
    found = schema.version(db)
    if found > schema.current():
        raise HosoError(say("store_newer", path=file, found=found, known=schema.current()))


def _upgrade(db: sqlite3.Connection, file: Path) -> None:
    """Copy, then migrate, both while no one else can write: what the copy holds is what was migrated."""
    db.execute("BEGIN IMMEDIATE")
    try:
        if schema.version(db) < schema.current():
            before = connect(file, "rw")
            try:
                schema.back_up(before, file)
            finally:
                before.close()
            schema.migrate(db)
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
