"""The embedded graph store: one SQLite file in WAL mode, many readers beside one writer (DESIGN.md §4.5)."""

from __future__ import annotations

import heapq
import json
import sqlite3
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import Any, Self

from kg.errors import HosoError, NotFound, Unavailable
from kg.messages import say
from kg.model import Change, Delivery, Edge, File, Fonds, Inventory, Node, Quarantined, Record, Secret
from kg.store.held import Held
from kg.store.names import key, words
from kg.store.protocol import Direction
from kg.store.sqlite import opening, queries, rows
from kg.store.sqlite.connection import BUSY_SECONDS, connect, translating
from kg.store.sqlite.writer import SQLiteWriter
from kg.store.walking import shortest_links

_ALL = -1  # LIMIT of SQLite that limits nothing


class SQLiteStore:
    """An open store; implements ``kg.store.protocol.Store``. May be shared by threads."""

    def __init__(self, file: Path, url: str, db: sqlite3.Connection, *, writable: bool) -> None:
        self.url = url
        self._file = file
        self._db = db
        self._writable = writable
        self._reading = threading.Lock()
        self._writing = threading.Lock()
        self._writer: sqlite3.Connection | None = None

    @classmethod
    def open(cls, file: Path, *, url: str | None = None, create: bool = False) -> Self:
        """Open a store's file, bringing an older one up to date after a copy was put beside it.

        Raises NotFound when there is none (and ``create`` is False), HosoError(bad_input) for a file that is no
        store of ours or that a newer program made, Unavailable when it is locked or may not be opened.
        """
        if not create and (not file.exists() or (file.is_file() and file.stat().st_size == 0)):
            raise NotFound(say("no_store", url=url or f"sqlite:///{file}"))
        with translating(file):
            db, writable = opening.open_file(file, create=create)
        return cls(file, url or f"sqlite:///{file}", db, writable=writable)

    def close(self) -> None:
        """Release the connections; an open write transaction is rolled back."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[SQLiteWriter]:
        """A write transaction, taken at once. Raises Unavailable when another writer holds the store."""
        if not self._writable:
            raise Unavailable(say("store_not_writable", path=self._file))
        if not self._writing.acquire(timeout=BUSY_SECONDS):
            raise Unavailable(say("store_locked", path=self._file))
        try:
            with translating(self._file):
                if self._writer is None:
                    self._writer = connect(self._file, "rw")
                    self._writer.execute("PRAGMA cache_size = -65536")
                    # What is deleted is overwritten: a record may turn out secret.
                    self._writer.execute("PRAGMA secure_delete = ON")
                    # A row that is replaced fires the trigger of one that is removed: the counts of main places.
                    self._writer.execute("PRAGMA recursive_triggers = ON")
                db = self._writer
                db.execute("BEGIN IMMEDIATE")
                try:
                    yield SQLiteWriter(db)
                    db.execute("COMMIT")
                except BaseException:
                    if db.in_transaction:
                        db.execute("ROLLBACK")
                    raise
        finally:
            self._writing.release()

    # -- the store itself
    def schema_version(self) -> int:
        """The number of the last migration applied."""
        return int(self._all(queries.VERSION)[0][0])

    def meta(self, key: str) -> str | None:
        """A value of the store's own table."""
        found = self._all(queries.GET_META, key)
        return str(found[0][0]) if found else None

    def metas(self, prefix: str) -> Mapping[str, str]:
        """The values of the store's own table whose keys begin so, by key."""
        return dict(self._all(queries.METAS, prefix))

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """``{"nodes": {kind: n}, "edges": {type: n}, "totals": {...}}``; kinds and types in order."""
        names = ("pages", "quarantined", "secret", "files", "fonds", "records")
        return {
            "nodes": {kind: n for kind, n in sorted(self._all(queries.COUNT_NODES)) if n},
            "edges": dict(self._all(queries.COUNT_EDGES)),
            "totals": dict(zip(names, self._all(queries.COUNT_TOTALS)[0], strict=True)),
        }

    def change_seq(self) -> int:
        """The last number of the journal; 0 for a fresh store."""
        return int(self._all(queries.CHANGE_SEQ)[0][0])

    def changes_since(self, seq: int, limit: int) -> Sequence[Change]:
        """Journal rows after ``seq``, oldest first, the last row of each record only."""
        found = self._all(queries.CHANGES_SINCE, seq, limit)
        return [Change(number, record, bool(removed)) for number, record, removed in found]

    # -- backbone
    def fonds(self, ids: Collection[str] | None = None) -> Sequence[Fonds]:
        """All fonds, or those; by id."""
        if ids is None:
            return [rows.from_row(Fonds, row) for row in self._all(queries.select(Fonds, queries.BY_ID))]
        found = self._all(queries.select(Fonds, queries.IDS_BY_ID), _array(ids))
        return [rows.from_row(Fonds, row) for row in found]

    def inventories(self, fonds: str) -> Sequence[Inventory]:
        """By id."""
        found = self._all(queries.select(Inventory, queries.OF_FONDS), fonds)
        return [rows.from_row(Inventory, row) for row in found]

    def files(self, ids: Collection[str] | None = None, *, fonds: str | None = None) -> Sequence[File]:
        """By id; ``fonds=""`` means files without a fonds."""
        if ids is not None:
            found = self._all(queries.select(File, queries.IDS_BY_ID), _array(ids))
            files = [rows.from_row(File, row) for row in found]
            return [file for file in files if fonds is None or (file.fonds or "") == fonds]
        if fonds is None:
            found = self._all(queries.select(File, queries.BY_ID))
        elif fonds == "":
            found = self._all(queries.select(File, queries.WITHOUT_FONDS))
        else:
            found = self._all(queries.select(File, queries.OF_FONDS), fonds)
        return [rows.from_row(File, row) for row in found]

    def record(self, record_id: str) -> Record | None:
        """One record, whole."""
        return self.records([record_id]).get(record_id)

    def records(self, ids: Collection[str]) -> Mapping[str, Record]:
        """Those that exist, by id."""
        found = self._all(queries.select(Record, queries.IDS_BY_ID), _array(ids))
        return {row[0]: rows.from_row(Record, row) for row in found}

    def record_ids(self) -> Iterator[str]:
        """Every record id, ascending."""
        return (row[0] for row in self._stream(queries.RECORD_IDS))

    def iter_records(
        self, *, fonds: str | None = None, file: str | None = None, batch: int = 1000
    ) -> Iterator[Record]:
        """All records (of a fonds, of a file) by id, archive pages included."""
        given = [value for value in (fonds, file) if value is not None]
        if fonds is not None and file is not None:
            ending = queries.OF_FONDS_AND_FILE
        elif fonds is not None:
            ending = queries.OF_FONDS
        else:
            ending = queries.BY_ID if file is None else queries.OF_FILE
        found = self._stream(queries.select(Record, ending), *given, batch=batch)
        return (rows.from_row(Record, row) for row in found)

    def iter_held(self, batch: int = 1000) -> Iterator[Held]:
        """Of every record what the count of the holdings needs, by id."""
        return map(Held._make, self._stream(queries.HELD, batch=batch))

    def fingerprints(self, ids: Collection[str]) -> Mapping[str, tuple[str | None, str]]:
        """For each record that exists: (sha256 of the bytes, version of the reading)."""
        found = self._all(queries.FINGERPRINTS, _array(ids))
        return {ident: (sha256, str(reading)) for ident, sha256, reading in found}

    def delivered(self, sources: Collection[str], hashes: Collection[str]) -> Sequence[Delivery]:
        """How the records of these sources, and those of these bytes, were delivered, by id."""
        return [Delivery(*row) for row in self._all(queries.DELIVERED, _array(sources), _array(hashes))]

    def listed(self, fonds: Collection[str], tables: Collection[str]) -> Sequence[str]:
        """Ids of the records of these fonds without a computer file that these tables list."""
        asked = _array(tables)
        return sorted(row[0] for one in set(fonds) for row in self._all(queries.LISTED, one or None, asked))

    # -- graph
    def nodes(self, ids: Collection[str]) -> Mapping[str, Node]:
        """Nodes of any kind by id (records, files, fonds included, with their title as name)."""
        asked = _array(ids)
        found: dict[str, Node] = {}
        for sql in (*queries.BACKBONE_NODES.values(), queries.ENTITIES):
            found.update((row[0], rows.node(row)) for row in self._all(sql, asked))
        return dict(sorted(found.items()))

    def find_nodes(
        self, name: str, *, kinds: Collection[str] | None = None, limit: int = 20
    ) -> Sequence[tuple[Node, float]]:
        """Entities by name: exact first (score 1), then all words with a prefix on the last; ties by id.

        The score of a match by words is the share of the matched name that was asked for, below 1.
        """
        asked = words(name)
        if not asked or limit <= 0:
            return []
        wanted = None if kinds is None else _array(kinds)
        exact = [rows.node(row) for row in self._all(queries.FIND_EXACT, key(name), wanted, limit)]
        found = [(node, 1.0) for node in exact]
        match = " ".join(f'"{word}"' for word in asked) + "*"
        seen = {node.id for node in exact}
        for *row, length in self._all(queries.FIND_WORDS, match, wanted, limit + len(seen)):
            node = rows.node(tuple(row))
            if node.id not in seen:
                found.append((node, round(0.99 * min(1.0, len(asked) / length), 4)))
        return found[:limit]

    def iter_nodes(self, kinds: Collection[str] | None = None, batch: int = 1000) -> Iterator[Node]:
        """All nodes (of those kinds) by id."""
        sources = [
            self._stream(sql, batch=batch)
            for kind, sql in queries.ALL_BACKBONE.items()
            if kinds is None or kind in kinds
        ]
        if kinds is None:
            sources.append(self._stream(queries.ALL_ENTITIES, batch=batch))
        else:
            entities = sorted(set(kinds) - set(queries.BACKBONE_KINDS))
            sources += [self._stream(queries.ENTITIES_OF_KIND, kind, batch=batch) for kind in entities]
        streams = [map(rows.node, source) for source in sources]
        return heapq.merge(*streams, key=attrgetter("id"))

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
        statements = {"out": [queries.EDGES_OUT], "in": [queries.EDGES_IN]}
        asked = statements.get(direction, [queries.EDGES_OUT, queries.EDGES_IN])
        most = min((max(given, 0) for given in (limit, limit_per_node) if given is not None), default=None)
        found: dict[tuple[str, str, str, str, int], Edge] = {}
        for ident in dict.fromkeys(ids):
            of_node: dict[tuple[str, str, str, str, int], Edge] = {}
            for kind in _each(types):
                for sql in asked:
                    edges = map(rows.edge, self._all(sql, ident, kind, _ALL if most is None else most))
                    of_node.update((rows.edge_order(edge), edge) for edge in edges)
            found.update((place, of_node[place]) for place in sorted(of_node)[:most])
        return [found[place] for place in sorted(found)][: None if limit is None else max(limit, 0)]

    def neighbours(
        self, ids: Collection[str], *, types: Collection[str] | None = None
    ) -> Mapping[str, Sequence[tuple[str, str, bool]]]:
        """For each id: (edge type, other id, outgoing?), distinct, ordered by (type, other), outgoing first."""
        found: dict[str, Sequence[tuple[str, str, bool]]] = {}
        for ident in dict.fromkeys(ids):
            links: list[tuple[str, str, bool]] = []
            for kind in _each(types):
                links += [(*row, True) for row in self._all(queries.NEIGHBOURS_OUT, ident, kind)]
                links += [(*row, False) for row in self._all(queries.NEIGHBOURS_IN, ident, kind)]
            links.sort(key=lambda link: (link[0], link[1], not link[2]))
            found[ident] = links
        return found

    def beside(self, node: str, *, records: int, after: str = "") -> Mapping[str, Sequence[tuple[str, str]]]:
        """What the records that prove the edges of a node name, record by record."""
        found: dict[str, list[tuple[str, str]]] = {}
        for record, kind, other in self._all(queries.BESIDE, node, after, max(records, 0)):
            found.setdefault(record, []).append((kind, other))
        return found

    def degrees(self, ids: Collection[str]) -> Mapping[str, int]:
        """How many distinct records (and edges without a record) name each node."""
        return {ident: int(self._all(queries.DEGREE, ident)[0][0]) for ident in dict.fromkeys(ids)}

    def shortest(self, a: str, b: str, *, max_length: int) -> Sequence[Edge]:
        """Every edge that lies on a shortest path between two nodes, by a search from both ends."""
        links = shortest_links(self.neighbours, a, b, max_length)
        in_order = sorted((kind, source, target) for source, kind, target in links)
        return [
            rows.edge(row)
            for kind, source, target in in_order
            for row in self._all(queries.EDGES_OF_LINK, source, kind, target)
        ]

    def iter_edges(self, types: Collection[str] | None = None, batch: int = 1000) -> Iterator[Edge]:
        """All edges by (type, source, target, record, start)."""
        if types is None:
            return map(rows.edge, self._stream(queries.ALL_EDGES, batch=batch))
        return map(rows.edge, self._stream(queries.EDGES_OF_TYPES, _array(types), batch=batch))

    def iter_brought(self) -> Iterator[tuple[str, Node]]:
        """(record, entity as that record brought it), by record and entity; record '' for what no record owns."""
        return ((row[0], rows.brought_node(row[1], row[2])) for row in self._stream(queries.EVERY_BROUGHT))

    # -- questions that need a set-based answer
    def main_places(self, units: Collection[str] | None = None) -> Iterator[tuple[str, Edge]]:
        """(record id, ABOUT_PLACE edge of rank 0), of those units or of any, by record id."""
        if units is None:
            found = self._stream(queries.MAIN_PLACES)
        else:
            found = self._stream(queries.MAIN_PLACES_OF, _array(units))
        return ((row[0], rows.edge(row)) for row in found)

    def newest_records(self, units: Collection[str], limit: int) -> Sequence[Record]:
        """The newest records whose main place is one of these units, ties by id."""
        found = self._all(queries.select(Record, queries.NEWEST), _array(units), max(limit, 0))
        return [rows.from_row(Record, row) for row in found]

    def main_place_counts(self, units: Collection[str] | None = None) -> Mapping[str, int]:
        """How many records and files have each unit as their main place: the table of edges keeps these numbers."""
        if units is None:
            return dict(self._all(queries.MAIN_PLACE_COUNTS))
        return dict(self._all(queries.MAIN_PLACE_COUNTS_OF, _array(units)))

    def acts_by_number(self, number_key: str) -> Sequence[Node]:
        """Legal acts whose props["number_key"] equals it, by id."""
        return [rows.node(row) for row in self._all(queries.ACTS_BY_NUMBER, number_key)]

    def quarantined(self) -> Sequence[Quarantined]:
        """By source."""
        found = self._all(queries.select(Quarantined, queries.BY_SOURCE))
        return [rows.from_row(Quarantined, row) for row in found]

    def secrets(self) -> Sequence[Secret]:
        """By id."""
        return [rows.from_row(Secret, row) for row in self._all(queries.select(Secret, queries.BY_ID))]

    def logged(self, kind: str | None = None) -> Sequence[Mapping[str, object]]:
        """Log rows, oldest first: {"at", "kind", **detail}."""
        found = self._all(queries.LOGGED, kind)
        return [{**json.loads(detail), "at": at, "kind": name} for at, name, detail in found]

    # -- integrity
    def unsupported(self) -> Mapping[str, Sequence[str]]:
        """Fonds, inventories and files that no record and no list supports."""
        asked = {
            "fonds": queries.UNSUPPORTED_FONDS,
            "inventory": queries.UNSUPPORTED_INVENTORIES,
            "file": queries.UNSUPPORTED_FILES,
        }
        return {kind: [row[0] for row in self._all(text)] for kind, text in asked.items()}

    def problems(self) -> Sequence[str]:
        """What SQLite's own check of the file finds; empty when it is sound."""
        try:
            found = [str(row[0]) for row in self._all(queries.INTEGRITY)]
        except HosoError as error:
            return [error.message]
        return [] if found == ["ok"] else found

    def loose_edges(self) -> Mapping[str, int]:
        """Edges with an end or an evidence that is not there, counted by type."""
        return dict(self._all(queries.LOOSE_EDGES))

    # -- reading
    def _all(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with translating(self._file), self._reading:
            return self._db.execute(sql, parameters).fetchall()

    def _stream(self, sql: str, *parameters: Any, batch: int = 1000) -> Iterator[tuple[Any, ...]]:
        """Rows as they come, from a connection of its own: a listing that is left half-read must not hold the
        others on the state it began with."""
        with translating(self._file):
            db = connect(self._file, "rw" if self._writable else "ro")
            try:
                cursor = db.execute(sql, parameters)
                while rows_ := cursor.fetchmany(batch):
                    yield from rows_
            finally:
                db.close()


def _array(values: Collection[str]) -> str:
    return json.dumps(list(values))


def _each(types: Collection[str] | None) -> list[str | None]:
    """One question a type keeps the order of the index; None asks for all of them."""
    return [None] if types is None else [*sorted(set(types))]
