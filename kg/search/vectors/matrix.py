"""The vectors: rows of float16 in one file, each at the place of its slot; mapped into memory, never read whole.

Half precision: on real passages the ten nearest are those of float32 (docs/vectors.md), in half the room. Rows are written at
their place and wiped in place; a row is of use only once ``kept`` says that it is done.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float16]

BYTES = 2
"""Of one number."""


def opened(path: Path, dimensions: int) -> Rows:
    """The rows (n, dimensions) as they are on disk now; none where there is no file."""
    import numpy as np

    try:
        rows = path.stat().st_size // (BYTES * dimensions)
    except FileNotFoundError:
        rows = 0
    if rows == 0:
        return np.zeros((0, dimensions), np.float16)
    return np.memmap(path, np.float16, "r", shape=(rows, dimensions))


def as_single(rows: Rows, slots: Any) -> NDArray[np.float32]:
    """Some rows in single precision."""
    import numpy as np

    return np.asarray(rows[slots], np.float32)


def write(path: Path, slots: Sequence[int], vectors: Any) -> None:
    """Put float32 vectors (n, dimensions) into their rows, and see them on disk. Raises OSError."""
    import numpy as np

    rows = np.ascontiguousarray(vectors, np.float16)
    _put(path, slots, [row.tobytes() for row in rows])


def wipe(path: Path, slots: Sequence[int], dimensions: int) -> None:
    """Overwrite rows with nothing, and see it on disk. Raises OSError."""
    if path.exists():
        rows = path.stat().st_size // (BYTES * dimensions)
        _put(path, [slot for slot in slots if slot < rows], None, width=BYTES * dimensions)


def _put(path: Path, slots: Sequence[int], rows: Sequence[bytes] | None, *, width: int = 0) -> None:
    if not slots:
        return
    nothing = bytes(width)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        for n, slot in enumerate(slots):
            row = nothing if rows is None else rows[n]
            if os.pwrite(file, row, slot * len(row)) != len(row):
                raise OSError(28, "short write", str(path))
        os.fsync(file)
    finally:
        os.close(file)
