"""The files of vectors kept in order at the end of a run: rows that are of no use any more packed away, the graph of
neighbours made where there are enough of them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from kg.search.vectors import graph, matrix
from kg.search.vectors.index import VectorIndex

GRAPH_FROM: Final = 200_000
"""Vectors from which there is a graph. Below, comparing every row takes some 20 ms on two cores (docs/vectors.md), gives the
nearest exactly and needs nothing that must be made."""
MORE_FROM: Final = 20_000
"""Vectors that a graph may lack before they are added to it: as many are compared in 2 ms."""
WORN: Final = 0.1
"""Share of a graph's rows that may have gone before it is made anew."""
WASTE: Final = 0.3
"""Share of the rows that may be of no use before they are packed."""
PACK_FROM: Final = 1000
_CHUNK: Final = 8192

Progress = Callable[[int, int], None]


def tend(index: VectorIndex, progress: Progress | None = None) -> None:
    """Pack the rows and make or extend the graph, where that pays. Readers see each step whole or not at all; what
    changes meanwhile is left for the next run. Raises Unavailable as ``index`` does, OSError where there is no room."""
    _remove_leftovers(index)
    if index.kept.rows("SELECT 1 FROM pieces WHERE NOT done LIMIT 1"):
        return
    slots = int(index.kept.meta()["slots"])
    live = _count(index, slots)
    if slots - live >= PACK_FROM and slots - live > WASTE * slots:
        _pack(index)
    if live < GRAPH_FROM:
        _drop_graph(index)
        return
    meta = index.kept.meta()
    before, graphed = _sound(index, meta)
    if before is not None and live - _count(index, graphed) < MORE_FROM:
        return
    _graph(index, graphed if before else 0, before, progress)


def _count(index: VectorIndex, below: int) -> int:
    return int(index.kept.rows("SELECT count(*) FROM pieces WHERE slot < ?", below)[0][0])


def _sound(index: VectorIndex, meta: dict[str, str]) -> tuple[graph.Graph | None, int]:
    """The graph, where it is whole and not worn."""
    graphed = int(meta["graphed"])
    if not meta["graph"]:
        return None, 0
    try:
        opened = graph.Graph(index.folder / meta["graph"], int(meta["dimensions"]))
    except (OSError, RuntimeError):
        return None, 0
    lost = len(opened) - _count(index, graphed)
    return (opened, graphed) if 0 <= lost <= WORN * len(opened) else (None, 0)


def _graph(index: VectorIndex, first: int, before: graph.Graph | None, progress: Progress | None) -> None:
    """Make the graph of all rows, or add those from ``first`` on."""
    meta = index.kept.meta()
    end = int(meta["slots"])
    live = _count(index, end)
    asked = "SELECT slot FROM pieces WHERE slot >= ? AND slot < ? ORDER BY slot"
    slots = [row[0] for row in index.kept.rows(asked, first, end)]
    rows = matrix.opened(index.folder / meta["matrix"], int(meta["dimensions"]))
    name = f"graph-{_number(meta['graph']) + 1}.usearch"
    making = index.folder / (name + ".new")
    graph.build(making, rows, slots, before=index.folder / before.name if before else None, progress=progress)
    making.rename(index.folder / name)
    with index.kept.writing() as db:
        if _count(index, end) == live:
            _name_graph(db, name, end)
    _remove_leftovers(index)  # the one before; or the new one, when a row has gone whose copy it holds


def _drop_graph(index: VectorIndex) -> None:
    if index.kept.meta()["graph"]:
        with index.kept.writing() as db:
            _name_graph(db, "", 0)
        _remove_leftovers(index)


def _name_graph(db: sqlite3.Connection, name: str, graphed: int) -> None:
    db.executemany("UPDATE meta SET value = ? WHERE key = ?", [(name, "graph"), (str(graphed), "graphed")])


def _pack(index: VectorIndex) -> None:
    """Copy the rows that are of use to a new file and number their slots anew, without a graph."""
    with index.kept.writing() as db:
        meta = index.kept.meta()
        old = index.folder / meta["matrix"]
        name = f"vectors-{_number(meta['matrix']) + 1}.f16"
        slots = [row[0] for row in db.execute("SELECT slot FROM pieces ORDER BY slot")]
        _copy(matrix.opened(old, int(meta["dimensions"])), slots, index.folder / name)
        moved = [(new, slot) for new, slot in enumerate(slots) if new != slot]
        db.executemany("UPDATE pieces SET slot = ? WHERE slot = ?", moved)
        db.executemany("UPDATE passages SET slot = ? WHERE slot = ?", moved)
        told = {"matrix": name, "slots": str(len(slots)), "graph": "", "graphed": "0"}
        db.executemany("UPDATE meta SET value = ? WHERE key = ?", [(value, key) for key, value in told.items()])
    _remove_leftovers(index)


def _copy(rows: Any, slots: list[int], path: Any) -> None:
    with path.open("wb") as stream:
        for first in range(0, len(slots), _CHUNK):
            stream.write(rows[slots[first : first + _CHUNK]].tobytes())
        stream.flush()
        os.fsync(stream.fileno())


def _number(name: str) -> int:
    digits = "".join(letter for letter in name.partition(".")[0] if letter.isdigit())
    return int(digits or "0")


def _remove_leftovers(index: VectorIndex) -> None:
    """Files of vectors that nothing names any more: of a step before, or of a run that was killed."""
    meta = index.kept.meta()
    for path in index.folder.iterdir():
        if path.name.partition(".")[2].startswith(("f16", "usearch")) and path.name not in (
            meta["matrix"],
            meta["graph"],
        ):
            with suppress(OSError):
                path.unlink()
