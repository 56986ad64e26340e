"""Passages brought up to the store's journal: cut from the texts as they are now, known by the hash of their text.

A text that was seen before keeps its vector; one that no record holds any more loses it, on disk too. New ones wait for
``embedding``. Archive pages, secret records and unreadable ones have no passages, as in the index of words.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from kg.model import Record
from kg.search.passages import cut
from kg.search.vectors.kept import Kept
from kg.store.protocol import Store
from kg.store.texts import Text, Texts

BATCH: Final = 500
"""Records a transaction: after a crash at most so many are cut again."""

Progress = Callable[[int, int], None]
Piece = tuple[int, int, int, bytes]
"""Start, end, page and hash of a passage."""
Wipe = Callable[[sqlite3.Connection, Sequence[int]], None]


def pieces_of(text: Text) -> list[Piece]:
    """The passages of a text."""
    return [
        (passage.start, passage.end, text.page_of(passage.start), key(text.text[passage.start : passage.end]))
        for passage in cut(text.text)
    ]


def normal(passage: str) -> str:
    """A passage as models are given it."""
    return unicodedata.normalize("NFC", passage)


def key(passage: str) -> bytes:
    """The hash by which a passage's text is known."""
    return hashlib.blake2b(normal(passage).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def catch_up(kept: Kept, store: Store, texts: Texts, wipe: Wipe, progress: Progress | None = None) -> int:
    """Bring ``kept`` to the end of the journal; how many records were looked at. ``wipe`` takes the open
    transaction and the slots of the vectors that must go, before each commit: a crash between the two does both again."""
    seq, last, done = int(kept.meta()["seq"]), store.change_seq(), 0
    first = seq
    while changes := store.changes_since(seq, BATCH):
        ids = [change.record for change in changes]
        found = _found(store, texts, [change.record for change in changes if not change.removed])
        with kept.writing() as db:
            if int(db.execute("SELECT value FROM meta WHERE key = 'seq'").fetchone()[0]) != seq:
                seq = int(kept.meta()["seq"])  # another program was quicker
                continue
            _replace(db, ids, found, wipe)
            seq = changes[-1].seq
            db.execute("UPDATE meta SET value = ? WHERE key = 'seq'", (str(seq),))
        done += len(changes)
        if progress is not None:
            progress(seq - first, max(last, seq) - first)
    return done


def forget(kept: Kept, records: Sequence[str], wipe: Wipe) -> None:
    """Drop records that the journal does not know."""
    if records:
        with kept.writing() as db:
            _replace(db, records, {}, wipe)


def _replace(
    db: sqlite3.Connection, records: Sequence[str], found: Mapping[str, Sequence[Piece]], wipe: Wipe
) -> None:
    before = _slots(db, records)
    for record in records:
        _put(db, record, found.get(record, ()))
    if orphans := _orphans(db, before):
        wipe(db, orphans)
        db.executemany("DELETE FROM pieces WHERE slot = ?", [(slot,) for slot in orphans])


def _found(store: Store, texts: Texts, ids: Sequence[str]) -> Mapping[str, Sequence[Piece]]:
    records = store.records(ids).values()
    may_have = [record.id for record in records if may_have_passages(record)]
    return {record: pieces_of(text) for record, text in texts.get_many(may_have).items()}


def may_have_passages(record: Record) -> bool:
    """Whether the text of a record may be searched at all, by whoever may read it."""
    return record.kind != "archive_page" and record.access != "secret" and record.readable


def _slots(db: sqlite3.Connection, records: Iterable[str]) -> set[int]:
    asked = "SELECT DISTINCT slot FROM passages WHERE record IN (SELECT n FROM records WHERE id IN (SELECT value FROM json_each(?)))"
    return {row[0] for row in db.execute(asked, (json.dumps(list(records)),))}


def _put(db: sqlite3.Connection, record: str, pieces: Sequence[Piece]) -> None:
    row = db.execute("SELECT n FROM records WHERE id = ?", (record,)).fetchone()
    if row:
        db.execute("DELETE FROM passages WHERE record = ?", row)
    if not pieces:
        db.execute("DELETE FROM records WHERE id = ?", (record,))
        return
    n = row[0] if row else db.execute("INSERT INTO records (id) VALUES (?)", (record,)).lastrowid
    rows = [(n, start, end, page, _slot(db, digest)) for start, end, page, digest in pieces]
    db.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", rows)


def _slot(db: sqlite3.Connection, digest: bytes) -> int:
    """The slot of a text, a new one at the end for a text that is new."""
    found = db.execute("SELECT slot FROM pieces WHERE hash = ?", (digest,)).fetchone()
    if found is None:
        found = db.execute(
            "UPDATE meta SET value = value + 1 WHERE key = 'slots' RETURNING CAST(value AS INTEGER) - 1"
        ).fetchone()
        db.execute("INSERT INTO pieces VALUES (?, ?, 0)", (found[0], digest))
    return int(found[0])


def _orphans(db: sqlite3.Connection, slots: Iterable[int]) -> list[int]:
    asked = "SELECT value FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM passages WHERE slot = value)"
    return [row[0] for row in db.execute(asked, (json.dumps(sorted(slots)),))]


def empty(kept: Kept, store_id: str, cutting: str, folder: Path) -> None:
    """Forget everything: the vectors were of another store."""
    with kept.writing() as db:
        for path in folder.glob("*.f16"):
            path.unlink()
        for path in folder.glob("*.usearch"):
            path.unlink()
        for table in ("passages", "records", "pieces"):
            db.execute(f"DELETE FROM {table}")
        told = {"store": store_id, "cutting": cutting, "seq": "0", "slots": "0", "graph": "", "graphed": "0"}
        db.executemany("UPDATE meta SET value = ? WHERE key = ?", [(value, name) for name, value in told.items()])
