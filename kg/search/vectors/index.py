"""The vectors of one model and version: searched exactly while they are few, by a graph of neighbours beyond."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import Unavailable
from kg.search.index import FORMAT as CUTTING
from kg.search.vectors import catching_up, matrix, nearest
from kg.search.vectors.catching_up import Progress
from kg.search.vectors.kept import Kept
from kg.search.vectors.model import Allowed, Counts, PassageMatch
from kg.store.protocol import Store
from kg.store.texts import Texts

FORMAT: Final = "1"
"""Of the folder: one of another is not read, and made anew by ``hoso embed``."""
FEW: Final = 4000
"""Records up to which those that are allowed are compared one by one instead of looked for among the nearest."""
WINDOW: Final = 4
"""Times as many passages as asked for are looked at first."""
AT_A_TIME: Final = 400
"""Records about which a filter is asked at once."""

_PLACES = """
SELECT p.slot, r.id, p.start, p."end", p.page FROM json_each(?) AS asked
JOIN passages AS p ON p.slot = asked.value JOIN records AS r ON r.n = p.record
JOIN pieces AS t ON t.slot = p.slot WHERE t.done"""
_OF_RECORDS = """
SELECT p.slot, r.id, p.start, p."end", p.page FROM json_each(?) AS asked
JOIN records AS r ON r.id = asked.value JOIN passages AS p ON p.record = r.n
JOIN pieces AS t ON t.slot = p.slot WHERE t.done"""

_Place = tuple[int, str, int, int, int]


@dataclass(frozen=True, slots=True)
class _State:
    """What the file says of itself."""

    meta: dict[str, str]

    @property
    def usable(self) -> bool:
        return self.meta.get("format") == FORMAT

    @property
    def dimensions(self) -> int:
        return int(self.meta["dimensions"])


class VectorIndex:
    """The vectors in ``folder``. Opening is cheap and makes nothing; readers may search while another process writes:
    they see its last commit.

    Raises Unavailable where the folder is locked for long, cannot be read, or is damaged (``hoso embed`` mends it).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = Kept(folder / "passages.db")
        self._mapped: tuple[str, int, Any] | None = None

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

    def _wipe(self, slots: Sequence[int]) -> None:
        state = self._state()
        matrix.wipe(self.folder / state.meta["matrix"], slots, state.dimensions)

    # -- searching
    def search(self, vector: Any, k: int, *, allowed: Allowed | None = None) -> list[PassageMatch]:
        """The ``k`` passages nearest to ``vector`` (float32, unit length), by score, then record and place.

        ``allowed``: the records whose texts the reader may see and that pass the filters (None: all). Raises ValueError
        for a vector of another length.
        """
        state = self._state()
        if k <= 0 or not state.usable:
            return []
        if len(vector) != state.dimensions:
            raise ValueError(f"{len(vector)} numbers, {state.dimensions} wanted")
        if allowed is not None and not callable(allowed):
            if len(allowed) <= FEW:
                return self._best(state, vector, self._places(_OF_RECORDS, sorted(allowed)))[:k]
            allowed = _among(allowed)
        want = max(64, WINDOW * k)
        while True:
            slots, all_seen = self._nearest(state, vector, want)
            found = self._best(state, vector, self._places(_PLACES, slots.tolist()))
            kept = found[:k] if allowed is None else _first(found, allowed, k)
            if len(kept) >= k or all_seen:
                return kept
            want *= 8

    def similar(self, record_id: str, k: int, *, allowed: Allowed | None = None) -> list[PassageMatch]:
        """The ``k`` records nearest to a record (the mean of its passages, each by its length), each with its nearest
        passage; never the record itself. None where it has no vectors."""
        import numpy as np

        state = self._state()
        own = self._places(_OF_RECORDS, [record_id]) if state.usable else []
        rows: Any = self._rows(state) if own else ()
        own = [place for place in own if place[0] < len(rows)]
        if not own or k <= 0:
            return []
        lengths = np.array([place[3] - place[2] for place in own], np.float32)
        mean = lengths @ np.asarray(rows[[place[0] for place in own]], np.float32)
        vector = mean / max(float(np.linalg.norm(mean)), 1e-12)
        count = 4 * k + len(own)
        while True:
            found = self.search(vector, count, allowed=allowed)
            best: OrderedDict[str, PassageMatch] = OrderedDict()
            for match in found:
                if match.record != record_id:
                    best.setdefault(match.record, match)
            if len(best) >= k or len(found) < count:
                return list(best.values())[:k]
            count *= 4

    def counts(self) -> Counts:
        """Records, passages and vectors that are kept; zeros where there are none."""
        if not self.exists:
            return Counts(0, 0, 0)
        asked = ("SELECT count(*) FROM records", "SELECT count(*) FROM passages",
                 "SELECT count(*) FROM pieces JOIN passages USING (slot) WHERE NOT done")  # fmt: skip
        (records,), (passages,), (pending,) = (rows[0] for rows in self.kept.seen(*((sql, ()) for sql in asked)))
        return Counts(records, passages, passages - pending)

    def record_ids(self) -> set[str]:
        """Every record with passages (for ``hoso doctor``)."""
        return {row[0] for row in self.kept.rows("SELECT id FROM records")} if self.exists else set()

    # -- parts
    def _state(self) -> _State:
        return _State(self.kept.meta())

    def _rows(self, state: _State) -> Any:
        """The rows of the file of vectors, mapped once for as long as it does not grow."""
        path = self.folder / state.meta["matrix"]
        size = path.stat().st_size if path.exists() else 0
        if self._mapped is None or self._mapped[:2] != (path.name, size):
            self._mapped = (path.name, size, matrix.opened(path, state.dimensions))
        return self._mapped[2]

    def _nearest(self, state: _State, vector: Any, want: int) -> tuple[Any, bool]:
        """Slots, and whether there are no more."""
        rows = self._rows(state)
        return nearest.exact(rows, vector, want), want >= len(rows)

    def _places(self, sql: str, asked: Sequence[Any]) -> list[_Place]:
        return [(*row,) for row in self.kept.rows(sql, json.dumps(list(asked)))]

    def _best(self, state: _State, vector: Any, places: Sequence[_Place]) -> list[PassageMatch]:
        """Places with their scores, best first."""
        rows = self._rows(state)
        slots = sorted({place[0] for place in places if place[0] < len(rows)})
        if not slots:
            return []
        score = dict(zip(slots, nearest.scores(rows, slots, vector).tolist(), strict=True))
        found = [PassageMatch(*place[1:], score[place[0]]) for place in places if place[0] in score]
        return sorted(found, key=lambda match: (-match.score, match.record, match.start))


def _among(ids: Collection[str]) -> Callable[[Sequence[str]], Collection[str]]:
    known = frozenset(ids)
    return lambda asked: [record for record in asked if record in known]


def _first(
    found: Sequence[PassageMatch], allowed: Callable[[Sequence[str]], Collection[str]], k: int
) -> list[PassageMatch]:
    """The first ``k`` whose records are allowed; the filter is asked about the best ones first."""
    order = list(dict.fromkeys(match.record for match in found))
    passing: set[str] = set()
    for first in range(0, len(order), AT_A_TIME):
        asked = order[first : first + AT_A_TIME]
        passing |= set(allowed(asked)) & set(asked)
        known = set(order[: first + AT_A_TIME])
        kept = [match for match in found if match.record in passing]
        if len(kept) >= k and _settled(found, known, kept[k - 1]):
            return kept[:k]
    return [match for match in found if match.record in passing][:k]


def _settled(found: Sequence[PassageMatch], known: Collection[str], last: PassageMatch) -> bool:
    """Whether the filter was asked about every record that stands before ``last``."""
    return all(match.record in known for match in found[: found.index(last)])
