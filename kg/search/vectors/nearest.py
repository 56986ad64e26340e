"""The rows nearest to a vector: each row compared (``usearch`` reads half precision as it lies on disk), or by a graph."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from kg.search.vectors.matrix import as_single

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.search.vectors.graph import Graph

    Slots = NDArray[np.int64]


def threads() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def exact(rows: Any, vector: Any, count: int) -> Slots:
    """The numbers of the ``count`` rows with the greatest inner product with ``vector`` (float32), greatest first."""
    import numpy as np
    from usearch.index import search

    count = min(count, len(rows))
    if count <= 0:
        return np.zeros(0, np.int64)
    asked = np.asarray(vector, np.float16)[None, :]
    found = search(rows, asked, count, "ip", exact=True, threads=threads())
    return np.asarray(found.keys, np.int64).reshape(-1)


def by_graph(graph: Graph, rows: Any, vector: Any, count: int) -> Slots:
    """As ``exact``, by a graph: its copies have three digits, so more are taken and scored by the rows themselves."""
    import numpy as np

    found = graph.nearest(vector, min(2 * count + 32, len(graph)))
    found = found[found < len(rows)]
    return found[np.argsort(-scores(rows, found, vector), kind="stable")][:count]


def scores(rows: Any, slots: Any, vector: Any) -> Any:
    """The inner products of some rows with ``vector``, in float32, rounded so that they are the same by whatever way
    a row was found."""
    import numpy as np

    # not by the product of matrices: its threads would wait for each other longer than it takes
    return np.round(np.einsum("ij,j->i", as_single(rows, slots), np.asarray(vector, np.float32)), 6)
