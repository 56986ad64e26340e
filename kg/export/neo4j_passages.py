"""Passages with their vectors for a Neo4j server that is to have a vector index of its own (``export neo4j-import --vectors``).

They are no part of the store: the program's own searches go by the index beside it. A record that is changed or removed
on the server takes its passages with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from kg.errors import NotFound
from kg.messages import say
from kg.workspace import Workspace

NODE: Final = "Passage"
EDGE: Final = "HAS_PASSAGE"
NODE_COLUMNS: Final = (
    "id:ID(Passage)", "record:string", "start:long", "end:long", "page:long", "model:string", "vector:float[]",
)  # fmt: skip
EDGE_COLUMNS: Final = (":START_ID(Entity)", ":END_ID(Passage)")

Add = Callable[[Iterable[Any]], None]


def put_passages(workspace: Workspace, node: Add, edge: Add) -> None:
    """Give a row for each passage that has a vector of the model that search uses, and one for its link to the record.

    Raises NotFound where there are none.
    """
    for name, record, start, end, page, model, vector in _passages(workspace):
        node([name, record, start, end, page, model, [f"{number:.6g}" for number in vector]])
        edge([record, name])


def _passages(workspace: Workspace) -> Iterator[tuple[Any, ...]]:
    from kg.search.embedding.loading import describe
    from kg.search.vectors.folders import of_version

    source = describe()
    index = of_version(workspace.location.data, source.model, source.version)
    if index is None:
        raise NotFound(say("neo4j_no_vectors", model=source.model))
    index.sync(workspace.store, workspace.texts)
    for places, vectors in index.pages():
        there = workspace.store.records({place[1] for place in places}).keys()
        for place, vector in zip(places, vectors.tolist(), strict=True):
            if place[1] in there:
                yield f"{place[1]}#{place[2]}", *place[1:], source.model, vector
