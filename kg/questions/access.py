"""Who may read what: the access level filters search, graph and export alike (DESIGN.md §4.11, PRACTICE.md §1.13).

The safe reading, until an archive says otherwise:

* ``secret``: never shown, only counted;
* denunciations (đơn tố cáo): closed; counted, not listed, until ``closed`` is asked for by name; the title of a file of
  them names the accused and is closed with them;
* ``conditional`` (tiếp cận có điều kiện): listed with their title, as the archive's own lists do (Circular 06/2025),
  without text and all that was read from it, until ``conditional`` is asked for by name;
* ``open``: shown.

What follows for the graph: a link is there when its record may be read, or when no record proves it (the ontology,
the backbone); an entity is there when such a link names it. ``Reader`` answers for one reader of a store.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from kg.errors import HosoError
from kg.messages import say
from kg.model import Edge, File, Node, Record
from kg.questions.forms import is_document
from ontology import names
from ontology.folding import fold

if TYPE_CHECKING:
    from kg.workspace import Workspace

Access = Literal["open", "conditional", "closed"]
"""What the reader asks to see, each level with those before it."""

CLOSED_SUBJECTS = frozenset({"denunciation"})
BROUGHT_KINDS = frozenset({"agency", "person", "legal_act", "project"})
"""Kinds that records bring: they are shown where something that may be read names them."""
_FIRST_EDGES = 64
"""Edges of an entity looked at before all of them: most entities are named by a record that may be read."""


def access_level(asked: str | None = None) -> Access:
    """The level asked for, else ``HOSO_ACCESS``, else ``open``. Raises HosoError(bad_input) for another word."""
    word = asked or os.environ.get("HOSO_ACCESS") or "open"
    for level in get_args(Access):
        if word == level:
            return level  # type: ignore[no-any-return]
    raise HosoError(say("bad_access", word=word, known=", ".join(get_args(Access))))


def is_closed(record: Record) -> bool:
    """Whether the record is one that is only counted by default: secret, or a denunciation by its subject or title."""
    return record.access == "secret" or record.subject in CLOSED_SUBJECTS or is_closed_title(record.title)


def visible(record: Record, access: Access) -> bool:
    """Whether the record may be named at all."""
    return record.access != "secret" and (access == "closed" or not is_closed(record))


def readable(record: Record, access: Access) -> bool:
    """Whether its text, and all that was read from it, may be shown."""
    return visible(record, access) and (record.access != "conditional" or access != "open")


@cache
def _closed_cues() -> tuple[str, ...]:
    from nlp import data

    return tuple(fold(row["cue"]) for row in data.table("subjects.csv") if row["subject"] in CLOSED_SUBJECTS)


def is_closed_title(title: str | None) -> bool:
    """Whether a title says by itself that what bears it is closed ("Hồ sơ giải quyết tố cáo ông ...")."""
    if not title:
        return False
    folded = fold(title)
    if not any(cue in folded for cue in _closed_cues()):
        return False
    from nlp.subject_cues import subject_of_title

    return subject_of_title(title) in CLOSED_SUBJECTS


def hides_title(file: File, documents: int, closed: int, access: Access) -> bool:
    """Whether the title of a file is kept back: it says so itself, all documents of the file are closed, or the file
    is secret (at every level)."""
    if file.extra.get("access") == "secret":
        return True
    return access != "closed" and (0 < documents == closed or is_closed_title(file.title))


def untitled(file: File, access: Access, documents: int, closed: int) -> File:
    """The file as this reader sees it: without its title where that is kept back."""
    return replace(file, title=None) if hides_title(file, documents, closed, access) else file


def edge_shown(edge: Edge, unnamed: Collection[str], unread: Collection[str]) -> bool:
    """The one rule for links. ``unnamed``: records that may not be named; ``unread``: those that may not be read."""
    return edge.record not in unread and edge.source not in unnamed and edge.target not in unnamed


def aliases_shown(node: Node, texts: Iterable[str | None]) -> tuple[str, ...]:
    """The aliases of an entity that some record brought which may not be read: those that the passages (``texts``)
    of its visible links spell."""
    spelt = {names.folded_key(text) for text in texts if text}
    return tuple(alias for alias in node.aliases if names.folded_key(alias) in spelt)


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
