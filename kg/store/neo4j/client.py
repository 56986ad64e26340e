"""The server graph store: one Neo4j database, many readers beside one writer (DESIGN.md §4.6)."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, Self, TypeVar

from kg.errors import HosoError, Unavailable
from kg.messages import say
from kg.model import Change, Delivery, Edge, File, Fonds, Inventory, Node, Quarantined, Record, Secret
from kg.store.held import Held
from kg.store.names import key, words
from kg.store.neo4j import connection, opening, queries, rows, support
from kg.store.neo4j.address import Address
from kg.store.neo4j.connection import Row, Server
from kg.store.neo4j.writer import Neo4jWriter
from kg.store.protocol import Direction
from kg.store.walking import shortest_links

_PATHS = 5000
"""Shortest paths that the server lists one by one: between two busy nodes there may be millions of them."""

T = TypeVar("T")


class Neo4jStore:
    """An open store; implements ``kg.store.protocol.Store``. May be shared by threads."""

    def __init__(self, server: Server) -> None:
        self.url = server.address.url
        self._server = server
        self._writing = threading.Lock()

    @classmethod
    def open(cls, address: Address, *, create: bool = False, repair: bool = False) -> Self:
        """Open the store of a database, bringing an older one up to date.

        Raises NotFound when there is none (and ``create`` is False), HosoError(bad_input) for a wrong password or
        database and for one with other data, Unavailable when the server is away, busy, of another version, or the
        store has lost its indexes (``create`` or ``repair`` make them again).
        """
        server = Server(address)
        try:
            opening.open_database(server, create=create, repair=repair)
        except BaseException:
            server.close()
            raise
        return cls(server)

    def close(self) -> None:
        """Release the connections; the server rolls back an open write transaction."""
        self._server.close()

    @contextmanager
    def writing(self) -> Iterator[Neo4jWriter]:
        """A write transaction. Raises Unavailable when another writer holds the store."""
        if not self._writing.acquire(timeout=connection.BUSY_SECONDS):
            raise Unavailable(say("store_locked", path=self.url))
        try:
            with self._server.writing() as transaction:
                yield Neo4jWriter(transaction)
        finally:
            self._writing.release()

    # -- the store itself
    def schema_version(self) -> int:
        """The number of the last migration applied."""
        return int(self._all(queries.STORE)[0][0])

    def meta(self, key: str) -> str | None:
        """A value of the store's own table."""
        found = self._all(queries.GET_META, key=key)
        return str(found[0][0]) if found else None

    def metas(self, prefix: str) -> Mapping[str, str]:
        """The values of the store's own table whose keys begin so, by key."""
        return dict(self._all(queries.METAS, prefix=prefix))

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """``{"nodes": {kind: n}, "edges": {type: n}, "totals": {...}}``; kinds and types in order."""
        nodes: Counter[str] = Counter(dict(self._all(queries.COUNT_NODES)))  # a kind without nodes gives no row
        (documents, pages), *_ = self._all(queries.COUNT_DOCUMENTS)
        (quarantined,), (secret,) = self._all(queries.COUNT_OUTCOMES)
        totals = {
            "pages": pages, "quarantined": quarantined, "secret": secret, "files": nodes["file"],
            "fonds": nodes["fonds"], "records": documents,
        }  # fmt: skip
        return {
            "nodes": {kind: n for kind, n in sorted({**nodes, "record": documents}.items()) if n},
            "edges": {kind: n for kind, n in sorted(self._all(queries.COUNT_EDGES)) if n},
            "totals": totals,
        }

    def change_seq(self) -> int:
        """The last number of the journal; 0 for a fresh store."""
        return int(self._all(queries.CHANGE_SEQ)[0][0])

    def changes_since(self, seq: int, limit: int) -> Sequence[Change]:
        """Journal rows after ``seq``, oldest first, the last row of each record only."""
        return [Change(*row) for row in self._all(queries.CHANGES_SINCE, seq=seq, limit=limit)]

    # -- backbone
    def fonds(self, ids: Collection[str] | None = None) -> Sequence[Fonds]:
        """All fonds, or those; by id."""
        if ids is None:
            return self._values(Fonds, queries.FONDS)
        return self._values(Fonds, queries.by_ids("Fonds"), ids=_distinct(ids))

    def inventories(self, fonds: str) -> Sequence[Inventory]:
        """By id."""
        return self._values(Inventory, queries.INVENTORIES, fonds=fonds)

    def files(self, ids: Collection[str] | None = None, *, fonds: str | None = None) -> Sequence[File]:
        """By id; ``fonds=""`` means files without a fonds."""
        if ids is not None:
            files = self._values(File, queries.by_ids("File"), ids=_distinct(ids))
            return [file for file in files if fonds is None or (file.fonds or "") == fonds]
        if fonds is None:
            return self._values(File, queries.FILES)
        if fonds == "":
            return self._values(File, queries.FILES_WITHOUT_FONDS)
        return self._values(File, queries.FILES_OF_FONDS, fonds=fonds)

    def record(self, record_id: str) -> Record | None:
        """One record, whole."""
        return self.records([record_id]).get(record_id)

    def records(self, ids: Collection[str]) -> Mapping[str, Record]:
        """Those that exist, by id."""
        found = self._values(Record, queries.by_ids("Record"), ids=_distinct(ids))
        return {record.id: record for record in found}

    def record_ids(self) -> Iterator[str]:
        """Every record id, ascending."""
        return (row[0] for row in self._pages(queries.RECORD_IDS, 1000))

    def iter_records(
        self, *, fonds: str | None = None, file: str | None = None, batch: int = 1000
    ) -> Iterator[Record]:
        """All records (of a fonds, of a file) by id, archive pages included."""
        if file is not None:
            found = self._pages(queries.RECORDS_OF_FILE, batch, file=file, fonds=fonds)
        elif fonds is not None:
            found = self._pages(queries.RECORDS_OF_FONDS, batch, fonds=fonds)
        else:
            found = self._pages(queries.RECORDS, batch)
        return (rows.from_properties(Record, row[1]) for row in found)

    def iter_held(self, batch: int = 1000) -> Iterator[Held]:
        """Of every record what the count of the holdings needs, by id."""
        return (support.held(row) for row in self._pages(queries.HELD, batch))

    def fingerprints(self, ids: Collection[str]) -> Mapping[str, tuple[str | None, str]]:
        """For each record that exists: (sha256 of the bytes, version of the reading)."""
        found = self._all(queries.FINGERPRINTS, ids=_distinct(ids))
        return {ident: (sha256, str(_extra(extra).get("reading") or "")) for ident, sha256, extra in sorted(found)}

    def delivered(self, sources: Collection[str], hashes: Collection[str]) -> Sequence[Delivery]:
        """How the records of these sources, and those of these bytes, were delivered, by id."""
        found = self._all(queries.DELIVERED, sources=_distinct(sources), hashes=_distinct(hashes))
        deliveries = (Delivery(ident, source, _extra(extra).get("root"), sha) for ident, source, extra, sha in found)
        return sorted(deliveries, key=lambda delivery: delivery.record)

    def listed(self, fonds: Collection[str], tables: Collection[str]) -> Sequence[str]:
        """Ids of the records of these fonds without a computer file that these tables list."""
        found = self._all(queries.LISTED, fonds=[one for one in set(fonds) if one])
        found += self._all(queries.LISTED_WITHOUT_FONDS) if "" in fonds else []
        return sorted(ident for ident, extra in found if _extra(extra).get("table") in tables)

    # -- graph
    def nodes(self, ids: Collection[str]) -> Mapping[str, Node]:
        """Nodes of any kind by id (records, files, fonds included, with their title as name)."""
        return {node.id: node for node in self._nodes(queries.NODES, ids=_distinct(ids))}

    def find_nodes(
        self, name: str, *, kinds: Collection[str] | None = None, limit: int = 20
    ) -> Sequence[tuple[Node, float]]:
        """Entities by name: exact first (score 1), then all words with a prefix on the last; ties by id.

        The score of a match by words is the share of the matched name that was asked for, below 1.
        """
        asked = words(name)
        if not asked or limit <= 0:
            return []
        match = " ".join(f"+{word}" for word in asked) + "*"
        labels = None if kinds is None else [label for kind, label in rows.LABELS.items() if kind in kinds]
        ((found,),) = self._all(
            queries.FIND, query=match, labels=labels, key=key(name), whole=asked[:-1], begun=asked[-1], limit=limit
        )
        return [
            (node, 1.0 if exact else round(0.99 * min(1.0, len(asked) / length), 4))
            for of, properties, exact, length in sorted(found, key=lambda row: (not row[2], row[3], row[1]["id"]))
            if (node := rows.node(of, properties)) is not None
        ]

    def iter_nodes(self, kinds: Collection[str] | None = None, batch: int = 1000) -> Iterator[Node]:
        """All nodes (of those kinds) by id."""
        wanted = None if kinds is None else set(kinds)
        labels = [label for kind, label in rows.LABELS.items() if wanted is not None and kind in wanted]
        text = queries.nodes_of(labels[0]) if len(labels) == 1 else queries.ALL_NODES
        if wanted is not None and not labels:
            return
        for _, of, properties in self._pages(text, batch, labels=None if wanted is None else labels):
            node = rows.node(of, properties)
            if node is not None:
                yield node

    def edges(
        self,
        ids: Collection[str],
        *,
        direction: Direction = "both",
        types: Collection[str] | None = None,
        limit: int | None = None,
        limit_per_node: int | None = None,
    ) -> Sequence[Edge]:
        """Edges at these nodes, ordered by (type, source, target, record, start), some ``limit_per_node`` of each, the
        first ``limit`` of all."""
        asked = queries.known_types(types)
        some, first = limit_per_node is not None, limit is not None
        most = limit if limit_per_node is None else limit_per_node
        if not asked or not ids or (some and limit_per_node <= 0) or (first and limit <= 0):  # type: ignore[operator]
            return []
        text = queries.edges(asked, direction, cut="some" if some else "first" if first else None)
        found = {rows.edge_order(edge): edge for edge in self._edges(text, ids=_distinct(ids), limit=most)}
        ordered = [found[place] for place in sorted(found)]
        return (ordered if most is None else _first_of_each(ordered, set(ids), direction, most))[:limit]

    def neighbours(
        self, ids: Collection[str], *, types: Collection[str] | None = None
    ) -> Mapping[str, Sequence[tuple[str, str, bool]]]:
        """For each id: (edge type, other id, outgoing?), distinct, ordered by (type, other), outgoing first."""
        found: dict[str, list[tuple[str, str, bool]]] = {ident: [] for ident in ids}
        asked = queries.known_types(types)
        if asked and found:
            for ident, kind, other, outgoing in self._all(queries.neighbours(asked), ids=list(found)):
                found[ident].append((kind, other, outgoing))
                if ident == other:  # the server names a loop once
                    found[ident].append((kind, other, not outgoing))
        order: Callable[[tuple[str, str, bool]], object] = lambda link: (link[0], link[1], not link[2])  # noqa: E731
        return {ident: sorted(links, key=order) for ident, links in found.items()}  # type: ignore[arg-type]

    def beside(self, node: str, *, records: int, after: str = "") -> Mapping[str, Sequence[tuple[str, str]]]:
        """What the records that prove the edges of a node name, record by record."""
        found = self._all(queries.BESIDE, node=node, after=after, records=max(records, 0))
        return {record: sorted((kind, other) for kind, other in links) for record, links in sorted(found)}

    def degrees(self, ids: Collection[str]) -> Mapping[str, int]:
        """How many distinct records (and edges without a record) name each node."""
        found = dict.fromkeys(ids, 0)
        for ident, degree in self._all(queries.DEGREES, ids=list(found)):
            found[ident] = degree
        return found

    def shortest(self, a: str, b: str, *, max_length: int) -> Sequence[Edge]:
        """Every edge that lies on a shortest path between two nodes; the server finds it, unless there are more such
        paths than it can well list one by one."""
        if a == b or max_length <= 0:
            return []
        n, found = self._shortest(a, b, max_length, typed=False)
        if any(row[1] not in rows.EDGE_TYPES for row in found):  # relationships that someone else drew
            n, found = self._shortest(a, b, max_length, typed=True)
        if n >= _PATHS:
            links = [list(link) for link in shortest_links(self.neighbours, a, b, max_length)]
            pages = (links[start : start + _PATHS] for start in range(0, len(links), _PATHS))
            edges = [edge for page in pages for edge in self._edges(queries.EDGES_OF_LINKS, links=page)]
        else:
            edges = [rows.edge(*row) for row in found]
        return sorted(edges, key=rows.edge_order)

    def _shortest(self, a: str, b: str, length: int, *, typed: bool) -> tuple[int, list[Row]]:
        """How many shortest paths there are (to a bound), and their edges."""
        found = self._all(queries.shortest(length, typed=typed), a=a, b=b, most=_PATHS)
        return (int(found[0][0]), found[0][1]) if found else (0, [])

    def iter_edges(self, types: Collection[str] | None = None, batch: int = 1000) -> Iterator[Edge]:
        """All edges by (type, source, target, record, start)."""
        present = dict(self._all(queries.COUNT_EDGES))
        for kind in queries.known_types(types):
            if present.get(kind):
                yield from self._edge_pages(kind, batch)

    def iter_brought(self) -> Iterator[tuple[str, Node]]:
        """(record, entity as that record brought it), by record and entity; record '' for what no record owns."""
        kept = [["", self._all(queries.KEPT)]]
        for record, brought in chain(kept, self._pages(queries.BROUGHT, 1000)):
            found = sorted((node, body) for node, body in brought if node is not None)
            yield from ((record, rows.brought_node(node, body)) for node, body in found)

    # -- questions that need a set-based answer
    def main_places(self, units: Collection[str] | None = None) -> Iterator[tuple[str, Edge]]:
        """(record id, ABOUT_PLACE edge of rank 0), of those units or of any, by record id."""
        found: Iterable[Edge]
        if units is None:
            found = (edge for edge in self._edge_pages("ABOUT_PLACE", 1000) if edge.props.get("rank") == 0)
        else:
            edges = self._edges(queries.MAIN_PLACES, units=_distinct(units))
            found = sorted(edges, key=lambda edge: (edge.source, *rows.edge_order(edge)))
        return ((edge.source, edge) for edge in found)

    def newest_records(self, units: Collection[str], limit: int) -> Sequence[Record]:
        """The newest records whose main place is one of these units, ties by id."""
        ((found,),) = self._all(queries.NEWEST, units=_distinct(units), limit=max(limit, 0))
        newest = [rows.from_properties(Record, properties) for properties in found]
        newest.sort(key=lambda record: record.id)
        return sorted(newest, key=lambda record: record.date or "", reverse=True)

    def main_place_counts(self, units: Collection[str] | None = None) -> Mapping[str, int]:
        """How many records and files have each unit as their main place: the writer keeps these numbers."""
        if units is None:
            ((found, counts),) = self._all(queries.MAIN_PLACE_COUNTS)
        else:
            ((found, counts),) = self._all(queries.MAIN_PLACE_COUNTS_OF, units=_distinct(units))
        return dict(zip(found, counts, strict=True))

    def acts_by_number(self, number_key: str) -> Sequence[Node]:
        """Legal acts whose props["number_key"] equals it, by id."""
        return self._nodes(queries.ACTS_BY_NUMBER, key=number_key)

    def quarantined(self) -> Sequence[Quarantined]:
        """By source."""
        return self._values(Quarantined, queries.QUARANTINED, by="source")

    def secrets(self) -> Sequence[Secret]:
        """By id."""
        return self._values(Secret, queries.SECRETS)

    def logged(self, kind: str | None = None) -> Sequence[Mapping[str, object]]:
        """Log rows, oldest first: {"at", "kind", **detail}."""
        found = self._all(queries.LOGGED, kind=kind)
        return [{**json.loads(detail), "at": at, "kind": name} for at, name, detail in found]

    # -- integrity
    def unsupported(self) -> Mapping[str, Sequence[str]]:
        """Fonds, inventories and files that no record and no list supports."""
        return support.unsupported(self._all)

    def problems(self) -> Sequence[str]:
        """Indexes that are not there or not ready, and counts that are wrong (a running server checks its files itself);
        empty when all is well."""
        try:
            found = [say("neo4j_index_not_ready", name=name) for name in opening.missing_indexes(self._server)]
            wrong = int(self._all(queries.WRONG_COUNTS)[0][0])
            return [*found, *([say("neo4j_counts", n=wrong)] if wrong else [])]
        except HosoError as error:
            return [error.message]

    def loose_edges(self) -> Mapping[str, int]:
        """Edges with an end or an evidence that is not there, counted by type."""
        return {str(kind): int(n) for kind, n in sorted(self._all(queries.LOOSE_EDGES))}

    # -- reading
    def _all(self, text: str, **parameters: Any) -> list[Row]:
        return self._server.read(text, **parameters)

    def _values(self, kind: type[rows.Value], text: str, *, by: str = "id", **parameters: Any) -> list[rows.Value]:
        found = sorted((row[0] for row in self._all(text, **parameters)), key=lambda properties: str(properties[by]))
        return [rows.from_properties(kind, properties) for properties in found]

    def _nodes(self, text: str, **parameters: Any) -> list[Node]:
        found = (rows.node(*row) for row in self._all(text, **parameters))
        return sorted((node for node in found if node is not None), key=lambda node: node.id)

    def _edges(self, text: str, **parameters: Any) -> list[Edge]:
        return [rows.edge(*row) for row in self._all(text, **parameters)]

    def _edge_pages(self, kind: str, batch: int) -> Iterator[Edge]:
        after = ""
        while page := sorted(self._edges(queries.edges_page(kind), after=after, batch=batch), key=rows.edge_order):
            yield from page
            after = page[-1].source

    def _pages(self, text: str, batch: int, **parameters: Any) -> Iterator[Row]:
        """The rows of a listing, whose first value is the id it goes on from."""
        after = ""
        while page := self._all(text, after=after, batch=batch, **parameters):
            yield from page
            after = page[-1][0]


def _distinct(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _first_of_each(edges: Iterable[Edge], ids: Collection[str], direction: Direction, most: int) -> list[Edge]:
    """The edges, in order, that are among the first ``most`` of one of the nodes they were asked for."""
    seen: Counter[str] = Counter()
    kept = []
    for edge in edges:
        ends = {"out": {edge.source}, "in": {edge.target}}.get(direction, {edge.source, edge.target})
        asked = [end for end in ends if end in ids]
        if any(seen[end] < most for end in asked):
            kept.append(edge)
        seen.update(asked)
    return kept


def _extra(text: str | None) -> dict[str, Any]:
    return json.loads(text) if text else {}
