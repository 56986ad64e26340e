"""A graph of neighbours (HNSW, by ``usearch``) over the rows of vectors, for stores that are too large to compare every row.

It is a file of its own, derived from the rows: their places are its keys, and it holds a copy of each in bfloat16 (as quick
as the processor can, three digits: what it finds is scored again by the rows themselves). Mapped into memory to be read.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.search.vectors.nearest import threads

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONNECTIONS: Final = 16
BUILDING: Final = 128
"""Neighbours that are looked at for each row that is added (HNSW's efConstruction)."""
LOOKING: Final = 768
"""Neighbours that a search looks at, at least (HNSW's ef);"""
LOOKING_OF: Final = 250
MOST_LOOKING: Final = 4096
"""in a large graph one of so many rows, up to so many: the more there are, the more are about as near as the nearest."""
_CHUNK: Final = 8192
_HEAD: Final = 8
"""Bytes before the copies of the rows in the file: how many rows, how many bytes each, as two uint32."""


class Graph:
    """A graph that was saved, mapped into memory. Raises RuntimeError for a file that is not whole, OSError."""

    def __init__(self, path: Path, dimensions: int) -> None:
        self.name = path.name
        self._index = _empty(dimensions)
        with path.open("rb"):  # usearch 2.26 closes standard input where there is no file
            self._index.view(path)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._index)

    def nearest(self, vector: Any, count: int) -> NDArray[np.int64]:
        """Places of rows near to ``vector`` (float32), about the nearest ``count``."""
        import numpy as np

        with self._lock:
            self._index.expansion_search = max(LOOKING, count, min(MOST_LOOKING, len(self) // LOOKING_OF))
            found = self._index.search(np.asarray(vector, np.float32), count)
        return np.asarray(found.keys, np.int64)


def build(
    path: Path,
    rows: Any,
    slots: Any,
    *,
    before: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Save a graph of the rows at these places, or of those of an earlier graph and these, to ``path``.

    Takes memory for all rows in bfloat16 and some 150 bytes each for the graph. Raises OSError, RuntimeError.
    """
    import numpy as np

    index = _empty(rows.shape[1])
    if before is not None:
        with before.open("rb"):
            index.load(before)
    slots = np.asarray(slots, np.uint64)
    for first in range(0, len(slots), _CHUNK):
        taken = slots[first : first + _CHUNK]
        index.add(taken, np.ascontiguousarray(rows[taken.astype(np.int64)]), threads=threads())
        if progress is not None:
            progress(min(first + _CHUNK, len(slots)), len(slots))
    index.save(path)


def wipe(path: Path, rows: Any) -> bool:
    """Overwrite the copies of some rows (float16) in a graph's file; False where one is not found there, and the file
    is not to be kept. The graph stays whole: what is wiped is near to nothing."""
    import numpy as np

    count, width = np.fromfile(path, np.uint32, 2).tolist()
    if width != 2 * rows.shape[1] or path.stat().st_size < _HEAD + count * width:
        return False
    copies = np.memmap(path, np.uint16, "r+", _HEAD, (count, rows.shape[1]))
    wanted = {row.tobytes() for row in _bfloat16(rows)}
    first = min(4, rows.shape[1])
    beginnings = np.array([np.frombuffer(row, np.uint16, first) for row in wanted])
    alike = np.flatnonzero(np.isin(_joined(copies[:, :first]), _joined(beginnings)))
    seen: set[bytes] = set()
    for n in alike.tolist():
        if (row := copies[n].tobytes()) in wanted:
            seen.add(row)
            copies[n] = 0
    copies.flush()
    return seen == wanted


def _empty(dimensions: int) -> Any:
    from usearch.index import Index

    return Index(
        ndim=dimensions, metric="ip", dtype="bf16", connectivity=CONNECTIONS, expansion_add=BUILDING,
        enable_key_lookups=False,
    )  # fmt: skip


def _bfloat16(rows: Any) -> Any:
    """Rows of float16 as bfloat16 (its bits, uint16), rounded to the nearest, ties to even."""
    import numpy as np

    bits = np.ascontiguousarray(rows, np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def _joined(columns: Any) -> Any:
    """Some columns of uint16 as one number each."""
    import numpy as np

    joined = np.zeros(len(columns), np.uint64)
    for n in range(columns.shape[1]):
        joined = (joined << np.uint64(16)) | columns[:, n].astype(np.uint64)
    return joined
