"""A small store with its texts and index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.model import Edge, Node, Record, RecordGraph
from kg.store.texts import Text
from kg.workspace import Workspace, open_workspace

Put = Callable[..., None]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(f"sqlite:///{tmp_path / 'kho.db'}", create=True) as opened:
        yield opened


@pytest.fixture
def put(workspace: Workspace) -> Put:
    """Store a record and its text: ``put("r1", "text", title=..., about=["unit"], mentions=["unit"])``."""

    def store(
        ident: str, text: str, *, about: tuple[str, ...] = (), mentions: tuple[str, ...] = (), **fields: object
    ) -> None:
        record = Record(ident, f"{ident}.txt", **fields)  # type: ignore[arg-type]
        nodes = [Node(unit, "unit", unit) for unit in (*about, *mentions)]
        nodes.append(Node("a:1", "agency", "UBND"))
        edges = [Edge(ident, "ABOUT_PLACE", unit, ident, props={"rank": 0}) for unit in about]
        edges += [Edge(ident, "MENTIONS", unit, ident, start) for start, unit in enumerate((*mentions, "a:1"))]
        workspace.texts.put([(ident, Text(text))])
        with workspace.store.writing() as writer:
            writer.put_records([RecordGraph(record, text, (0,), tuple(nodes), tuple(edges))])

    return store
