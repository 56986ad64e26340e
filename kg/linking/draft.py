"""One record's part of the graph while it is gathered: nodes united, edges with their passages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.model import Edge, EdgeType, Fonds, Node
from kg.readers.model import RecordMetadata
from kg.store.texts import Text
from nlp.model import Extraction, PlaceMention

Passage = tuple[int | None, int | None]
NOWHERE: Passage = (None, None)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What is known of a record beside its text: where it lay, its bytes, its place in the backbone."""

    id: str
    source: str | None
    fonds: Fonds | None
    file: str | None
    sha256: str | None
    reading: str
    method: str
    metadata: RecordMetadata | None = None
    pages: int | None = None
    root: str | None = None
    failed_pages: tuple[int, ...] = ()
    page_starts: tuple[int, ...] = (0,)
    title_places: tuple[PlaceMention, ...] = ()


@dataclass(slots=True)
class Draft:
    """Nodes and edges of one record while they are gathered."""

    delivered: Delivered
    extraction: Extraction
    text: Text
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str, str, int], Edge] = field(default_factory=dict)

    def node(self, node: Node) -> str:
        """Add a node, uniting the aliases of one already there; its id."""
        known = self.nodes.get(node.id)
        if known:
            aliases = tuple(sorted({*known.aliases, *node.aliases}))
            node = Node(node.id, node.kind, node.name, aliases, {**node.props, **known.props})
        self.nodes[node.id] = node
        return node.id

    def edge(
        self,
        source: str,
        type_: EdgeType,
        target: str,
        span: tuple[int | None, int | None] = (None, None),
        **props: Any,
    ) -> None:
        """Add an edge proved by this record, with the passage at ``span`` where it is known."""
        start, end = span
        quote = self.extraction.text[start:end] if start is not None and end is not None else None
        page = self.text.page_of(start) if start is not None else None
        kept = {key: value for key, value in props.items() if value is not None}
        edge = Edge(source, type_, target, self.delivered.id, start, end, page, quote, kept)
        self.edges.setdefault((source, type_, target, -1 if start is None else start), edge)
