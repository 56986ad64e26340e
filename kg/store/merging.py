"""What every store does alike when it takes in values: merging entities, and the edges of the archival backbone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from kg.model import Edge, File, Inventory, Node, Record

SHARED: Final = frozenset({"agency", "person", "legal_act", "project", "identifier"})
"""Kinds of entities that many records bring, each a little: what they bring is united."""

TOLD_BY: Final = "_told_by"
"""In the ``extra`` of a file and a fonds: the tables that speak of it (``kg.ingest.told``); without it, or empty, none does
(or the store was made before this was kept)."""

STRUCTURE: Final = frozenset({"IN_FILE", "IN_INVENTORY", "IN_FONDS"})
"""Edges that the store makes from the rows' own fields (they have no evidence)."""


def merged(stored: Node | None, brought: Iterable[Node]) -> Node:
    """One entity from what is stored and what records bring, whatever their order.

    Of several names one stays, the longest that is not all capitals; the others are aliases. Of several values
    of a property the first in order stays: what must be told apart belongs in the id.
    """
    versions = [*([stored] if stored else []), *brought]
    first = versions[0]
    name = min((node.name for node in versions), key=lambda text: (text.isupper(), -len(text), text))
    names = {alias for node in versions for alias in (node.name, *node.aliases)} - {name}
    props: dict[str, Any] = {}
    for node in versions:
        for key, value in node.props.items():
            if value is not None:
                props[key] = min(props.get(key, value), value, key=str)
    return Node(first.id, first.kind, name, tuple(sorted(names)), props)


def structure(value: Inventory | File) -> Iterator[Edge]:
    """The edges that place an inventory or file in what holds it."""
    if isinstance(value, File) and value.inventory:
        yield Edge(value.id, "IN_INVENTORY", value.inventory)
    if value.fonds:
        yield Edge(value.id, "IN_FONDS", value.fonds)


def record_structure(record: Record) -> Iterator[Edge]:
    """The edge that places a record in its file."""
    if record.file:
        yield Edge(record.id, "IN_FILE", record.file)


def normal(edge: Edge) -> Edge:
    """The edge as it is stored: structure carries no evidence, so that it stands once whoever brings it."""
    return Edge(edge.source, edge.type, edge.target) if edge.type in STRUCTURE else edge
