"""The vectors of one model and version: searched exactly while they are few, by a graph of neighbours beyond."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from kg.errors import Unavailable
from kg.messages import say
from kg.search.passages import CUTTING
from kg.search.vectors import catching_up, matrix, nearest
from kg.search.vectors.allowing import among, first, remembering
from kg.search.vectors.catching_up import Progress
from kg.search.vectors.kept import Kept
from kg.search.vectors.model import Allowed, Counts, PassageMatch
from kg.search.vectors.state import FORMAT, OF_RECORDS, PLACES, Mark, Packed, Place, State, mark_of
from kg.store.protocol import Store
from kg.store.texts import Texts

if TYPE_CHECKING:
    from kg.search.vectors.graph import Graph

FEW: Final = 5000
"""Records up to which those that are allowed are compared one by one instead of looked for among the nearest."""
WINDOW: Final = 1.5
"""Times as many passages as are needed are looked at, where a filter lets some pass."""
MOST_AT_ONCE: Final = 8
"""Times as many as before that are looked at next, at most."""
SPARE: Final = 16
"""Slots that are looked at beyond those asked for: some have no passage any more."""
MOST_BY_GRAPH: Final = 4096
"""Slots up to which a graph is asked; more are found quicker by comparing every row."""
SAMPLE: Final = 400
"""Passages that stand for all."""
_TRIES: Final = 4

_T = TypeVar("_T")


class VectorIndex:
    """The vectors in ``folder``. Opening is cheap and makes nothing; readers may search while another process writes:
    they see its last commit.

    Raises Unavailable where the folder is locked for long, cannot be read, or is damaged (``hoso embed`` mends it).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = Kept(folder / "passages.db")
        self._mapped: tuple[Mark | None, Any] | None = None
        self._graph: tuple[Mark, Graph] | None = None
        self._sampled: tuple[tuple[tuple[int, int], int], list[tuple[str, int]], Any] | None = None
        self._counted: tuple[tuple[int, int], Counts] | None = None

    def create(self, store: Store, model: str, version: str, dimensions: int) -> None:
        """Make the folder for a model's vectors of a store."""
        told = {
            "format": FORMAT, "cutting": CUTTING, "store": store.meta("store_id") or "", "seq": "0", "slots": "0",
            "model": model, "version": version, "dimensions": str(dimensions), "matrix": "vectors-1.f16",
            "graph": "", "graphed": "0",
        }  # fmt: skip
        self.kept.create(told)

    @property
    def exists(self) -> bool:
        """Whether there are vectors that can be used."""
        return self._state().usable

    @property
    def model(self) -> str:
        """The model as the setting names it; '' where there are no vectors."""
        return self._state().meta.get("model", "")

    @property
    def version(self) -> str:
        """The version of the model (``Embedder.version``); '' where there are no vectors."""
        return self._state().meta.get("version", "")

    @property
    def seq(self) -> int:
        """The number of the store's journal up to which the passages have come."""
        return int(self._state().meta.get("seq", "0"))

    # -- catching up
    def is_current(self, store: Store) -> bool:
        """Whether the passages are of this store, cut as they are cut now, and have come as far as its journal."""
        meta = self._state().meta
        wanted = (store.meta("store_id") or "", CUTTING, str(store.change_seq()))
        return (meta.get("store"), meta.get("cutting"), meta.get("seq")) == wanted

    def sync(self, store: Store, texts: Texts, progress: Progress | None = None) -> int:
        """Bring passages to what the journal says has changed; how many records. Vectors of texts that are gone are
        wiped; passages that are new have none until ``hoso embed``. Crash-safe."""
        if not self.exists or self.is_current(store):
            return 0
        meta = self._state().meta
        store_id = store.meta("store_id") or ""
        if meta["store"] != store_id or int(meta["seq"]) > store.change_seq():
            catching_up.empty(self.kept, store_id, CUTTING, self.folder)
        elif meta["cutting"] != CUTTING:
            with self.kept.writing() as db:
                db.execute("UPDATE meta SET value = '0' WHERE key = 'seq'")
                db.execute("UPDATE meta SET value = ? WHERE key = 'cutting'", (CUTTING,))
        return catching_up.catch_up(self.kept, store, texts, self._wipe, progress)

    def refresh(self, store: Store, texts: Texts) -> bool:
        """Catch up before a search; whether that could be done (nothing may be written here, another is at it)."""
        try:
            self.sync(store, texts)
        except Unavailable:
            return False
        return True

    def rebuild(self, store: Store, texts: Texts) -> None:
        """Cut all texts anew and bring what is kept in line with the store; vectors whose text is still there stay."""
        if not self.exists:
            return
        self.sync(store, texts)
        with self.kept.writing() as db:
            db.execute("UPDATE meta SET value = '0' WHERE key = 'seq'")
        catching_up.catch_up(self.kept, store, texts, self._wipe)
        catching_up.forget(self.kept, sorted(self.record_ids() - set(store.record_ids())), self._wipe)
        self.miss_what_is_cut_off()

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        self.kept.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def lacking(self) -> int:
        """Vectors that should be there and whose row the file lacks (a full disk, a copy that was not whole)."""
        state = self._state()
        rows = len(matrix.opened(self.folder / state.meta["matrix"], state.dimensions)) if state.usable else 0
        return int(self.kept.rows("SELECT count(*) FROM pieces WHERE done AND slot >= ?", rows)[0][0])

    def miss_what_is_cut_off(self) -> None:
        """Have the vectors that the file lacks made again by ``hoso embed``."""
        state = self._state()
        rows = len(matrix.opened(self.folder / state.meta["matrix"], state.dimensions))
        with self.kept.writing() as db:
            db.execute("UPDATE pieces SET done = 0 WHERE done AND slot >= ?", (rows,))

    def _wipe(self, db: sqlite3.Connection, slots: Sequence[int]) -> None:
        """Overwrite vectors wherever they are; a graph that does not let itself be wiped goes."""
        state = self._state()
        graph = self.folder / state.meta["graph"]
        if state.meta["graph"] and graph.is_file() and not _wiped(graph, self._rows(state), slots, state.graphed):
            graph.unlink()
            db.execute("UPDATE meta SET value = '' WHERE key = 'graph'")
        matrix.wipe(self.folder / state.meta["matrix"], slots, state.dimensions)

    # -- searching
    def search(
        self, vector: Any, k: int, *, allowed: Allowed | None = None, most: int | None = None
    ) -> list[PassageMatch]:
        """The ``k`` passages nearest to ``vector`` (float32, unit length), by score, then record and place.

        ``allowed``: the records whose texts the reader may see and that pass the filters (None: all). ``most``: in a
        store with a graph no more of the nearest are looked at, so that fewer may be found (None: as many as it takes).
        Raises ValueError for a vector of another length.
        """
        return self._steadily(lambda state: self._search(state, vector, k, allowed, most))

    def _search(
        self, state: State, vector: Any, k: int, allowed: Allowed | None, most: int | None
    ) -> list[PassageMatch]:
        if k <= 0 or not state.usable:
            return []
        if len(vector) != state.dimensions:
            raise ValueError(f"{len(vector)} numbers, {state.dimensions} wanted")
        if allowed is not None and not callable(allowed):
            if len(allowed) <= FEW:
                return self._of_few(state, vector, k, frozenset(allowed))
            allowed = among(allowed)
        asked = None if allowed is None else remembering(allowed)
        share = getattr(allowed, "share", 1.0)
        want = k + SPARE if allowed is None else int(WINDOW * k / max(share, 0.01)) + SPARE
        if most is None or self._opened(state) is None:
            most = len(self._rows(state))
        while True:
            want = min(want, most)
            slots, all_seen = self._nearest(state, vector, want)
            found = self._best(state, vector, self._places(state, PLACES, slots.tolist()))
            kept = found[:k] if asked is None else first(found, asked, k)
            if len(kept) >= k or all_seen or want >= most:
                return kept
            needed = int(WINDOW * want * k / len(kept)) if kept else MOST_AT_ONCE * want
            want = min(MOST_AT_ONCE * want, max(2 * want, needed))

    def similar(self, record_id: str, k: int, *, allowed: Allowed | None = None) -> list[PassageMatch]:
        """The ``k`` records nearest to a record (the mean of its passages, each by its length), each with its nearest
        passage; never the record itself. None where it has no vectors."""
        own, vector = self._steadily(lambda state: self._mean(state, record_id))
        if not own or k <= 0:
            return []
        count = 4 * k + own
        while True:
            found = self.search(vector, count, allowed=allowed)
            best: OrderedDict[str, PassageMatch] = OrderedDict()
            for match in found:
                if match.record != record_id:
                    best.setdefault(match.record, match)
            if len(best) >= k or len(found) < count:
                return list(best.values())[:k]
            count *= 4

    def _mean(self, state: State, record_id: str) -> tuple[int, Any]:
        """How many passages a record has, and the mean of their vectors, of unit length."""
        import numpy as np

        rows: Any = self._rows(state) if state.usable else ()
        own = self._places(state, OF_RECORDS, [record_id]) if state.usable else []
        own = [place for place in own if place[0] < len(rows)]
        if not own:
            return 0, None
        lengths = np.array([place[3] - place[2] for place in own], np.float32)
        mean = lengths @ matrix.as_single(rows, [place[0] for place in own])
        return len(own), mean / max(float(np.linalg.norm(mean)), 1e-12)

    def background(self, vector: Any, *, allowed: Allowed | None = None) -> tuple[float, float]:
        """Mean and standard deviation of the cosines of ``vector`` with passages taken here and there (always the same
        ones): what has nothing to do with it is about as near. (0, 1) where there are none."""
        return self._steadily(lambda state: self._background(state, vector, allowed))

    def _background(self, state: State, vector: Any, allowed: Allowed | None) -> tuple[float, float]:
        owners, sample = self._sample(state)
        if allowed is not None and owners:
            asked = sorted({record for record, _ in owners})
            known = set(allowed(asked) if callable(allowed) else allowed)
            sample = sample[sorted({place for record, place in owners if record in known})]
        if not len(sample):
            return 0.0, 1.0
        cosines = sample @ vector
        return float(cosines.mean()), float(cosines.std())

    def _sample(self, state: State) -> tuple[list[tuple[str, int]], Any]:
        """Passages here and there: (record, row) for each record that has one, and their vectors (float32). Read again
        when anything was written."""
        rows: Any = self._rows(state) if state.usable else ()
        if not len(rows):
            return [], ()
        mark = (self.kept.mark(), len(rows))
        if self._sampled is None or self._sampled[0] != mark:
            step = max(1, len(rows) // SAMPLE)
            places = self._places(state, PLACES, range(step // 2, len(rows), step))
            row = {slot: n for n, slot in enumerate(sorted({place[0] for place in places}))}
            owners = [(place[1], row[place[0]]) for place in places]
            self._sampled = (mark, owners, matrix.as_single(rows, list(row)))
        return self._sampled[1:]

    def counts(self) -> Counts:
        """Records, passages and vectors that are kept; zeros where there are none."""
        if not self.exists:
            return Counts(0, 0, 0)
        mark = self.kept.mark()
        if self._counted and self._counted[0] == mark:
            return self._counted[1]
        asked = ("SELECT count(*) FROM records", "SELECT count(*) FROM passages",
                 "SELECT count(*) FROM pieces JOIN passages USING (slot) WHERE NOT done")  # fmt: skip
        (records,), (passages,), (pending,) = (rows[0] for rows in self.kept.seen(*((sql, ()) for sql in asked)))
        self._counted = (mark, Counts(records, passages, passages - pending))
        return self._counted[1]

    def pages(self, size: int = 500) -> Iterator[tuple[list[Place], Any]]:
        """All passages that have a vector, record by record, with their vectors (float32), so many records at once."""
        last = 0
        while ids := self.kept.rows("SELECT n, id FROM records WHERE n > ? ORDER BY n LIMIT ?", last, size):
            last = ids[-1][0]
            yield self._steadily(lambda state, ids=ids: self._page(state, [row[1] for row in ids]))  # type: ignore[misc]

    def _page(self, state: State, records: Sequence[str]) -> tuple[list[Place], Any]:

        rows = self._rows(state)
        found = (place for place in self._places(state, OF_RECORDS, records) if place[0] < len(rows))
        places = sorted(found, key=lambda place: place[1:])
        return places, matrix.as_single(rows, [place[0] for place in places])

    def record_ids(self) -> set[str]:
        """Every record with passages (for ``hoso doctor``)."""
        return {row[0] for row in self.kept.rows("SELECT id FROM records")} if self.exists else set()

    # -- parts
    def _steadily(self, ask: Callable[[State], _T]) -> _T:
        """What is asked of one state; again where slots get other numbers meanwhile."""
        for _ in range(_TRIES):
            try:
                return ask(self._state())
            except Packed:
                continue
        raise Unavailable(say("vectors_locked", path=self.folder))

    def _state(self) -> State:
        return State(self.kept.meta())

    def _rows(self, state: State) -> Any:
        """The rows of the file of vectors, mapped once for as long as it does not grow."""
        path = self.folder / state.meta["matrix"]
        mark = mark_of(path)
        if mark is None and self._state().meta.get("matrix") != path.name:
            raise Packed
        if self._mapped is None or self._mapped[0] != mark:
            self._mapped = (mark, matrix.opened(path, state.dimensions))
        return self._mapped[1]

    def _of_few(self, state: State, vector: Any, k: int, records: frozenset[str]) -> list[PassageMatch]:
        """The nearest passages of some records, each of which is compared."""
        rows = self._rows(state)
        places = [place for place in self._places(state, OF_RECORDS, sorted(records)) if place[0] < len(rows)]
        slots = sorted({place[0] for place in places})
        if len(slots) > k + SPARE:
            chosen = {slots[n] for n in nearest.exact(rows[slots], vector, k + SPARE).tolist()}
            places = [place for place in places if place[0] in chosen]
        return self._best(state, vector, places)[:k]

    def _nearest(self, state: State, vector: Any, want: int) -> tuple[Any, bool]:
        """Slots, and whether there are no more. What the graph finds is joined by what came after it was made."""
        import numpy as np

        rows = self._rows(state)
        graph = self._opened(state) if want <= min(MOST_BY_GRAPH, len(rows) - 1) else None
        if graph is None:
            return nearest.exact(rows, vector, want), want >= len(rows)
        later = nearest.exact(rows[state.graphed :], vector, want) + state.graphed
        return np.concatenate([nearest.by_graph(graph, rows, vector, want), later]), want >= len(rows)

    def _opened(self, state: State) -> Graph | None:
        """The graph; None where there is none, or its file is not whole (each row is compared then)."""
        from kg.search.vectors.graph import Graph

        path = self.folder / state.meta["graph"]
        mark = mark_of(path) if state.meta["graph"] else None
        if mark is None:
            return None
        if self._graph is None or self._graph[0] != mark:
            try:
                self._graph = (mark, Graph(path, state.dimensions))
            except (OSError, RuntimeError):
                return None
        return self._graph[1]

    def _places(self, state: State, sql: str, asked: Sequence[Any]) -> list[Place]:
        """Slots with the passages that they mean in this state."""
        names = "SELECT value FROM meta WHERE key = 'matrix'"
        (matrix_name,), rows = self.kept.seen((names, ()), (sql, (json.dumps(list(asked)),)))
        if matrix_name[0] != state.meta["matrix"]:
            raise Packed
        return cast("list[Place]", rows)

    def _best(self, state: State, vector: Any, places: Sequence[Place]) -> list[PassageMatch]:
        """Places with their scores, best first."""
        rows = self._rows(state)
        slots = sorted({place[0] for place in places if place[0] < len(rows)})
        if not slots:
            return []
        score = dict(zip(slots, nearest.scores(rows, slots, vector).tolist(), strict=True))
        wiped = {slot for slot, value in score.items() if value == 0 and not rows[slot].any()}  # about to go
        found = [
            PassageMatch(*place[1:], score[place[0]])
            for place in places
            if place[0] in score and place[0] not in wiped
        ]
        return sorted(found, key=lambda match: (-match.score, match.record, match.start))


def _wiped(graph: Path, rows: Any, slots: Sequence[int], graphed: int) -> bool:
    """Whether the graph's file holds none of these vectors any more (an earlier try may have wiped some)."""
    from kg.search.vectors.graph import wipe

    told = rows[[slot for slot in slots if slot < min(graphed, len(rows))]]
    told = told[(told != 0).any(axis=1)]
    return not len(told) or wipe(graph, told)
