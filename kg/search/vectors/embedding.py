"""The vectors that are missing are made, batch by batch: what was done stays when the run is killed."""

from __future__ import annotations

import fcntl
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Unavailable
from kg.messages import say
from kg.search.vectors import catching_up, folders, matrix
from kg.search.vectors.index import VectorIndex
from kg.search.vectors.kept import VectorsDamaged
from kg.search.vectors.tending import tend
from kg.store.texts import Texts
from kg.workspace import Workspace

if TYPE_CHECKING:
    from kg.search.embedding.protocol import Embedder

BATCH: Final = 256
"""Passages a commit: after a crash at most so many are made again."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Embedded:
    """What a run did, in passages: ``new`` have got their vector, ``kept`` had it; ``removed``: vectors that went."""

    model: str
    version: str
    passages: int
    new: int
    kept: int
    removed: int
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """The value of ``hoso embed --json``."""
        return {name: getattr(self, name) for name in self.__slots__}


def embed(
    workspace: Workspace, embedder: Embedder, progress: Progress | None = None, tending: Progress | None = None
) -> Embedded:
    """Make the vectors that the store's passages lack with this model. ``progress(done, total)``, in texts, is called
    after each batch, ``tending`` while the graph of neighbours of a large store is made.

    Raises Unavailable where another program is making vectors, or where they cannot be written.
    """
    started = time.perf_counter()
    index = folders.of_embedder(workspace.location.data, embedder)
    with _alone(index.folder.parent):
        removed = _prepared(index, workspace, embedder)
        counted = index.counts()
        _make(index, workspace.texts, embedder, progress)
        after = index.counts()
        try:
            tend(index, tending)
        except OSError as error:
            raise Unavailable(say("vectors_failed", path=index.folder, reason=error.strerror or error)) from error
    return Embedded(
        model=embedder.model,
        version=embedder.version,
        passages=after.passages,
        new=after.vectors - counted.vectors,
        kept=counted.vectors,
        removed=removed,
        seconds=round(time.perf_counter() - started, 2),
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second run out; the lock ends with the process."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / "embed.lock").open("w")
    except OSError as error:
        raise Unavailable(say("vectors_failed", path=folder, reason=error.strerror or error)) from error
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Unavailable(say("vectors_locked", path=folder)) from None
        yield


def _prepared(index: VectorIndex, workspace: Workspace, embedder: Embedder) -> int:
    """Have the passages of the store as they are now; how many vectors went. What is damaged is made anew."""
    try:
        usable = index.exists and index.kept.problems() == []
    except VectorsDamaged:
        usable = False
    if not usable:
        index.remove()
        index.create(workspace.store, embedder.model, embedder.version, embedder.dimensions)
    had = _done(index)
    with suppress(Unavailable):  # another program is at work on the words
        workspace.index.sync(workspace.store, workspace.texts)
    folders.refresh(workspace)
    index.sync(workspace.store, workspace.texts)
    index.miss_what_is_cut_off()
    return max(0, had - _done(index))


def _done(index: VectorIndex) -> int:
    return int(index.kept.rows("SELECT count(*) FROM pieces WHERE done")[0][0])


def _make(index: VectorIndex, texts: Texts, embedder: Embedder, progress: Progress | None) -> None:
    pending = [row[0] for row in index.kept.rows("SELECT slot FROM pieces WHERE NOT done ORDER BY slot")]
    for first in range(0, len(pending), BATCH):
        slots = pending[first : first + BATCH]
        wanted = _texts(index, texts, slots)
        if wanted:
            vectors = embedder.passages(list(wanted.values()))
            _keep(index, list(wanted), vectors)
        if progress is not None:
            progress(min(first + BATCH, len(pending)), len(pending))


def _texts(index: VectorIndex, texts: Texts, slots: Sequence[int]) -> dict[int, str]:
    """The text of each slot, from a record that holds it. One that has changed meanwhile is left for the next run."""
    asked = """SELECT p.slot, t.hash, r.id, p.start, p."end" FROM json_each(?) AS asked
        JOIN pieces AS t ON t.slot = asked.value JOIN passages AS p ON p.slot = t.slot JOIN records AS r ON r.n = p.record
        GROUP BY p.slot"""
    rows = index.kept.rows(asked, json.dumps(list(slots)))
    bodies = texts.get_many({row[2] for row in rows})
    found: dict[int, str] = {}
    for slot, digest, record, start, end in rows:
        piece = bodies[record].text[start:end] if record in bodies else ""
        if piece and catching_up.key(piece) == digest:
            found[slot] = catching_up.normal(piece)
    return found


def _keep(index: VectorIndex, slots: Sequence[int], vectors: Any) -> None:
    """Rows first, then the word that they are there; a slot that went meanwhile gets none."""
    with index.kept.writing() as db:
        asked = "SELECT slot FROM pieces WHERE slot IN (SELECT value FROM json_each(?))"
        there = {row[0] for row in db.execute(asked, (json.dumps(list(slots)),))}
        chosen = [n for n, slot in enumerate(slots) if slot in there]
        matrix.write(index.folder / index.kept.meta()["matrix"], [slots[n] for n in chosen], vectors[chosen])
        db.executemany("UPDATE pieces SET done = 1 WHERE slot = ?", [(slots[n],) for n in chosen])
