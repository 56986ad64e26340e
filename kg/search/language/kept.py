"""The learned model beside the index: one SQLite file, replaced as a whole, read row by row."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from kg.search.language.base import base, read_base, sources_key
from kg.search.language.counts import Counts, Gram, Grams, unpacked, weights

FORMAT: Final = "2"
"""Of the file and of what is counted; a file of another format is learned anew."""
FILE: Final = "words.db"

MOST_WORDS: Final = 2_000_000
"""Words of text that are learned from: more change little, and learning stays a matter of seconds."""
GROWN: Final = 1.25
"""How much the store's journal must have grown before it is learned anew."""

_SCHEMA: Final = """
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE grams (folded TEXT PRIMARY KEY, spellings TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, weight REAL NOT NULL) WITHOUT ROWID;
"""


class Kept:
    """A learned model, open for reading; may be shared by threads."""

    def __init__(self, db: sqlite3.Connection, total: float, store: str | None) -> None:
        self._db = db
        self._lock = threading.Lock()
        self.total = total
        self.store = store
        """The id of the store that it was learned from; None for the base."""
        self._vocabulary: Mapping[str, float] | None = None

    def of(self, folded: str) -> Sequence[Gram]:
        """See ``Grams.of``. Empty where the file was damaged meanwhile."""
        with suppress(sqlite3.Error), self._lock:
            row = self._db.execute("SELECT spellings FROM grams WHERE folded = ?", (folded,)).fetchone()
            return list(unpacked(row[0])) if row else ()
        return ()

    def vocabulary(self) -> Mapping[str, float]:
        """See ``Grams.vocabulary``."""
        if self._vocabulary is None:
            with suppress(sqlite3.Error), self._lock:
                self._vocabulary = dict(self._db.execute("SELECT word, weight FROM vocabulary"))
        return self._vocabulary or {}

    def close(self) -> None:
        """Release the file."""
        self._db.close()


def open_language(folder: Path, store_id: str | None = None) -> Grams:
    """The model in ``folder``; the base where there is none, where it is damaged, of another format or (when
    ``store_id`` is given) of another store. Stays open for the next call."""
    return _opened(folder / FILE, store_id) or open_base()


def open_base() -> Grams:
    """The base, kept in the user's cache folder (made there in some seconds when first needed); in memory where nothing
    can be written."""
    from kg.search.embedding.sources import cache_folder

    file = cache_folder().parent / "language" / f"base-{FORMAT}-{sources_key()}.db"
    kept = _opened(file, None)
    if kept is None:
        with suppress(OSError):
            counts = Counts()
            read_base(counts)
            _put(file, counts, {"format": FORMAT})
            kept = _opened(file, None)
    return kept or base()


_OPEN: dict[Path, tuple[tuple[int, int], Kept]] = {}
_OPEN_LOCK = threading.Lock()


def _opened(file: Path, store_id: str | None) -> Kept | None:
    """The model in a file, opened once as long as the file is the same."""
    try:
        found = file.stat()
    except OSError:
        return None
    version = (found.st_ino, found.st_mtime_ns)
    with _OPEN_LOCK:
        held = _OPEN.get(file)
        if held is None or held[0] != version:
            _OPEN.pop(file, None)
            opened = _open(file)
            if opened is None:
                return None
            held = _OPEN[file] = (version, opened)
    return held[1] if store_id in {None, held[1].store} else None


def _open(file: Path) -> Kept | None:
    with suppress(sqlite3.Error):
        db = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        with suppress(KeyError, ValueError, sqlite3.Error):
            state = _state(db)
            if state["format"] == FORMAT:
                return Kept(db, float(state["total"]), state.get("store"))
        db.close()
    return None


def learned(folder: Path) -> bool:
    """Whether a model is kept in a folder."""
    return (folder / FILE).is_file()


def forget(folder: Path) -> None:
    """Remove a model, where a text of which it was learned must not be known any more (a record that turns out
    secret); the next ``learn`` makes it anew."""
    (folder / FILE).unlink(missing_ok=True)


def is_due(folder: Path, store_id: str, seq: int) -> bool:
    """Whether the store (its id and the number of its journal) should be learned, anew or for the first time; anew too
    when the base is another one than that beneath what is kept."""
    file = folder / FILE
    if not file.is_file():
        return True
    with suppress(sqlite3.Error, ValueError):
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            state = _state(db)
        known = (FORMAT, store_id, sources_key()) == tuple(map(state.get, ("format", "store", "base")))
        return not known or seq > GROWN * int(state.get("seq", "0"))
    return True


def learn(folder: Path, texts: Iterable[str], *, store_id: str, seq: int) -> None:
    """Learn from texts and put the model into ``folder``, in place of another one when it is whole.

    ``texts``: of the records that every reader may read (what a model knows can be felt out by queries); at most
    MOST_WORDS words are read, so that a large store gives them in an order that mixes its fonds. Raises OSError where
    the folder cannot be written.
    """
    counts = Counts()
    read_base(counts)
    seen = 0
    for text in texts:
        seen += counts.read(text)
        if seen > MOST_WORDS:
            break
    state = {"format": FORMAT, "store": store_id, "seq": str(seq), "base": sources_key()}
    _put(folder / FILE, counts, state)


def _put(file: Path, counts: Counts, state: Mapping[str, str]) -> None:
    """Write a model in place of another one when it is whole. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    made = file.with_name(f".words-{uuid4().hex}.db")  # made by SQLite: readable as the other files of the folder are
    try:
        _write(made, counts, state)
        made.replace(file)
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
    finally:
        made.unlink(missing_ok=True)


def _write(file: Path, counts: Counts, state: Mapping[str, str]) -> None:
    packed = counts.packed()
    vocabulary = weights(packed)
    known = [*state.items(), ("total", str(sum(vocabulary.values())))]
    with closing(sqlite3.connect(file)) as db:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        with db:
            db.executemany("INSERT INTO grams VALUES (?, ?)", sorted(packed.items()))
            db.executemany("INSERT INTO vocabulary VALUES (?, ?)", sorted(vocabulary.items()))
            db.executemany("INSERT INTO state VALUES (?, ?)", known)


def _state(db: sqlite3.Connection) -> dict[str, str]:
    return dict(db.execute("SELECT key, value FROM state"))
