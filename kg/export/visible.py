"""The part of the graph that may leave it: the rules of ``kg.access`` over the whole store, as a stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from kg.access import BROUGHT_KINDS, Access, aliases_shown, edge_shown, is_closed, readable, untitled, visible
from kg.model import Edge, File, Node, Record
from kg.questions.forms import is_document
from kg.workspace import Workspace


class VisibleGraph:
    """Records, edges and entities that a reader of this access level may have.

    Records that may not be read leave out what they alone prove: their edges, entities that only they name, and
    aliases that only they spell.
    """

    def __init__(self, workspace: Workspace, access: Access) -> None:
        self._workspace = workspace
        self._access: Access = access
        self._unnamed: set[str] = set()
        self._unread: set[str] = set()
        documents: Counter[str] = Counter()
        closed: Counter[str] = Counter()
        for record in workspace.store.iter_records():
            if not visible(record, access):
                self._unnamed.add(record.id)
            if not readable(record, access):
                self._unread.add(record.id)
            if record.file and is_document(record):
                documents[record.file] += 1
                closed[record.file] += is_closed(record)
        self._documents, self._closed = documents, closed
        self._named: set[str] = set()
        self._half_hidden: set[str] = set()
        """Entities that a hidden edge names."""
        self._looked = False

    def records(self) -> Iterator[Record]:
        """Records by id."""
        return (record for record in self._workspace.store.iter_records() if record.id not in self._unnamed)

    def files(self) -> Iterator[File]:
        """Files by id."""
        for file in self._workspace.store.files():
            yield untitled(file, self._access, self._documents[file.id], self._closed[file.id])

    def edges(self) -> Iterator[Edge]:
        """Edges in the store's order."""
        for edge in self._workspace.store.iter_edges():
            if edge_shown(edge, self._unnamed, self._unread):
                yield edge

    def entities(self) -> Iterator[Node]:
        """Entities by id, records left out."""
        self._look()
        titles = {file.id: file.title or file.code or file.id for file in self.files()}
        for node in self._workspace.store.iter_nodes():
            if node.kind == "file":
                yield replace(node, name=titles.get(node.id, node.id))
            elif node.kind != "record" and (node.kind not in BROUGHT_KINDS or node.id in self._named):
                yield self._aliased(node)

    def _look(self) -> None:
        if self._looked:
            return
        self._looked = True
        for edge in self._workspace.store.iter_edges():
            ends = (edge.source, edge.target)
            (self._named if edge_shown(edge, self._unnamed, self._unread) else self._half_hidden).update(ends)

    def _aliased(self, node: Node) -> Node:
        if not node.aliases or node.kind not in BROUGHT_KINDS or node.id not in self._half_hidden:
            return node
        edges = self._workspace.store.edges([node.id])
        texts = (edge.text for edge in edges if edge_shown(edge, self._unnamed, self._unread))
        return replace(node, aliases=aliases_shown(node, texts))
