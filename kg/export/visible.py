"""The part of the graph that may leave it: one place where access levels filter every export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.model import Edge, File, Node, Record
from kg.questions.access import Access, readable, visible
from kg.workspace import Workspace

ALWAYS = frozenset({"unit", "event", "fonds", "inventory", "file"})
"""Kinds that no record brings: they leave whether or not a record names them."""


class VisibleGraph:
    """Records, edges and entities that a reader of this access level may have.

    Closed records leave out what they alone prove: their edges, and entities that only they name. Conditional ones
    keep their links without the words of the page.
    """

    def __init__(self, workspace: Workspace, access: Access) -> None:
        self._workspace = workspace
        self._access: Access = access
        self._hidden: set[str] = set()
        self._wordless: set[str] = set()
        shown_files: set[str | None] = set()
        hidden_files: set[str | None] = set()
        for record in workspace.store.iter_records():
            if not visible(record, access):
                self._hidden.add(record.id)
                hidden_files.add(record.file)
                continue
            shown_files.add(record.file)
            if not readable(record, access):
                self._wordless.add(record.id)
        self._untitled = hidden_files - shown_files
        """Files of closed records alone: their titles name the accused."""
        self._named: set[str] | None = None

    def records(self) -> Iterator[Record]:
        """Records by id."""
        return (record for record in self._workspace.store.iter_records() if record.id not in self._hidden)

    def files(self) -> Iterator[File]:
        """Files by id."""
        for file in self._workspace.store.files():
            yield replace(file, title=None) if file.id in self._untitled else file

    def edges(self) -> Iterator[Edge]:
        """Edges in the store's order."""
        for edge in self._workspace.store.iter_edges():
            if self._hidden.isdisjoint((edge.record or "", edge.source, edge.target)):
                yield replace(edge, text=None) if edge.record in self._wordless else edge

    def entities(self) -> Iterator[Node]:
        """Entities by id, the archival backbone's records left out."""
        if self._named is None:
            self._named = {end for edge in self.edges() for end in (edge.source, edge.target)}
        for node in self._workspace.store.iter_nodes():
            if node.kind != "record" and (node.kind in ALWAYS or node.id in self._named):
                yield replace(node, name="", aliases=()) if node.id in self._untitled else node
