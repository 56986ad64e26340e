"""The schema of the SQLite store: numbered migrations, a copy before an older store is changed (DESIGN.md §4.5)."""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

APPLICATION_ID = 0x484F534F  # "HOSO": how a store of ours is told from any other SQLite file


@cache
def migrations() -> tuple[str, ...]:
    """The SQL of each migration, in order; the first makes version 1."""
    folder = files("kg.store.sqlite.migrations")
    scripts = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name
    )
    return tuple(script.read_text(encoding="utf-8") for script in scripts)


def current() -> int:
    """The version that this program writes."""
    return len(migrations())


def version(db: sqlite3.Connection) -> int:
    """The version of an open store; 0 for a file without tables."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def is_fresh(db: sqlite3.Connection) -> bool:
    """Whether nothing at all was made in the file yet (a creation that was cut off leaves such a file)."""
    return version(db) == 0 and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0


def is_ours(db: sqlite3.Connection) -> bool:
    """Whether the file says that it is a store of this program."""
    return bool(db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)


def migrate(db: sqlite3.Connection, upto: int | None = None) -> None:
    """Apply the migrations that are missing (up to ``upto``); ``db`` must be inside a write transaction."""
    upto = current() if upto is None else upto
    for number in range(version(db), upto):
        for statement in _statements(migrations()[number]):
            db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {upto}")


def _statements(script: str) -> list[str]:
    """The statements of a script: executescript would commit the transaction that must hold them together."""
    found: list[str] = []
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(gathered):
            found.append(gathered)
            gathered = ""
    return found


def back_up(db: sqlite3.Connection, file: Path) -> Path:
    """Copy an open store beside it as ``x.db.v1-2026-01-31.bak`` and return the copy's path.

    The copy takes its name only when it is whole.
    """
    stem = f"{file.name}.v{version(db)}-{date.today().isoformat()}"
    target = file.with_name(f"{stem}.bak")
    number = 1
    while target.exists():
        number += 1
        target = file.with_name(f"{stem}-{number}.bak")
    partial = target.with_name(target.name + ".part")
    partial.unlink(missing_ok=True)
    copy = sqlite3.connect(partial)
    try:
        db.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
    return partial.rename(target)
