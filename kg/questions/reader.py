"""What one reader of a store may see of its graph: the rules of ``kg.access`` asked of the store's records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from kg.access import BROUGHT_KINDS, Access, aliases_shown, edge_shown, is_closed, readable, untitled, visible
from kg.model import Edge, File, Node, Record
from kg.questions.forms import is_document
from kg.workspace import Workspace

_FIRST_EDGES: Final = 64
"""Edges of an entity looked at before all of them: most entities are named by a record that may be read."""


class Reader:
    """What one reader of a store may see. Reads each record once."""

    def __init__(self, workspace: Workspace, access: Access) -> None:
        self.workspace = workspace
        self.access: Access = access
        self._records: dict[str, Record] = {}
        self._absent: set[str] = set()
        self._unnamed: set[str] = set()
        self._unread: set[str] = set()
        self._named: dict[str, bool] = {}
        self._links: dict[str, tuple[list[Edge], list[Edge]]] = {}
        """Of entities: their first links, and those of them that are there for this reader."""

    def learn(self, ids: Iterable[str]) -> None:
        """Read the records among these ids, of any kind."""
        missing = set(ids) - self._records.keys() - self._absent
        if not missing:
            return
        found = self.workspace.store.records(missing)
        self._records.update(found)
        self._absent |= missing - found.keys()
        self._unnamed.update(key for key, record in found.items() if not visible(record, self.access))
        self._unread.update(key for key, record in found.items() if not readable(record, self.access))

    def record(self, identifier: str) -> Record | None:
        """The record of that id, if it is one."""
        self.learn([identifier])
        return self._records.get(identifier)

    def may_name(self, identifier: str) -> bool:
        """False for a record that may not be named."""
        self.learn([identifier])
        return identifier not in self._unnamed

    def may_read(self, identifier: str) -> bool:
        """False for a record that may not be read."""
        self.learn([identifier])
        return identifier not in self._unread

    def edges(self, edges: Iterable[Edge]) -> list[Edge]:
        """Those of these links that are there for this reader."""
        edges = list(edges)
        self.learn({end for edge in edges for end in (edge.record, edge.source, edge.target) if end})
        return [edge for edge in edges if edge_shown(edge, self._unnamed, self._unread)]

    def nodes(self, nodes: Iterable[Node]) -> dict[str, Node]:
        """Those of these entities that are there for this reader, by id; files without a title kept back, entities
        without aliases that only hidden records brought."""
        nodes = list(nodes)
        self.learn(node.id for node in nodes if node.kind == "record")
        files = self._files(node.id for node in nodes if node.kind == "file")
        self._look(node.id for node in nodes if node.kind in BROUGHT_KINDS)
        found = {}
        for node in nodes:
            if node.kind == "file" and node.id in files:
                file = files[node.id]
                found[node.id] = node if file.title else replace(node, name=file.code or file.id)
            elif node.kind == "record":
                if node.id not in self._unnamed:
                    found[node.id] = node
            elif node.kind not in BROUGHT_KINDS or self._is_named(node.id):
                found[node.id] = self._aliased(node)
        return found

    def by_id(self, ids: Collection[str]) -> dict[str, Node]:
        """The entities of these ids that are there for this reader."""
        return self.nodes(self.workspace.store.nodes(ids).values()) if ids else {}

    def _files(self, ids: Iterable[str]) -> dict[str, File]:
        found = {}
        store = self.workspace.store
        wanted = sorted(ids)
        for file in store.files(wanted) if wanted else ():
            closed = [is_closed(record) for record in store.iter_records(file=file.id) if is_document(record)]
            found[file.id] = untitled(file, self.access, len(closed), sum(closed))
        return found

    def _look(self, ids: Iterable[str]) -> None:
        """Ask for the first links of all these entities at once: most have few, and are named by the first."""
        asked = set(ids) - self._links.keys()
        if not asked:
            return
        first = self.workspace.store.edges(sorted(asked), limit_per_node=_FIRST_EDGES)
        shown = {id(edge) for edge in self.edges(first)}
        self._links.update((identifier, ([], [])) for identifier in asked)
        for edge in first:
            for end in {edge.source, edge.target} & asked:
                every, seen = self._links[end]
                every.append(edge)
                if id(edge) in shown:
                    seen.append(edge)

    def _all_links(self, identifier: str) -> tuple[Sequence[Edge], Sequence[Edge]]:
        """All links of an entity, and those that are there."""
        every, seen = self._links[identifier]
        if len(every) < _FIRST_EDGES:
            return every, seen
        edges = self.workspace.store.edges([identifier])
        return edges, self.edges(edges)

    def _is_named(self, identifier: str) -> bool:
        """Whether a link that is there names the entity."""
        if identifier not in self._named:
            self._named[identifier] = bool(self._links[identifier][1] or self._all_links(identifier)[1])
        return self._named[identifier]

    def _aliased(self, node: Node) -> Node:
        if not node.aliases or node.kind not in BROUGHT_KINDS:
            return node
        edges, shown = self._all_links(node.id)
        if len(shown) == len(edges):
            return node
        return replace(node, aliases=aliases_shown(node, (edge.text for edge in shown)))
