"""Writes of one transaction to the SQLite store: whole batches by ``executemany``, only what changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from kg.model import Edge, File, Fonds, Inventory, Node, Quarantined, Record, RecordGraph, Secret
from kg.store.merging import merged, normal, record_structure, structure
from kg.store.names import key
from kg.store.sqlite import queries, rows


class SQLiteWriter:
    """The protocol's Writer on a connection that is inside a write transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put_fonds(self, rows_: Iterable[Fonds]) -> None:
        """Insert or replace by id."""
        self._db.executemany(queries.replace(Fonds), map(rows.to_row, rows_))

    def put_inventories(self, rows_: Iterable[Inventory]) -> None:
        """Insert or replace by id, with their IN_FONDS edges."""
        values = list(rows_)
        self._db.executemany(queries.replace(Inventory), map(rows.to_row, values))
        self._restructure([value.id for value in values], [edge for value in values for edge in structure(value)])

    def put_files(self, rows_: Iterable[File]) -> None:
        """Insert or replace by id, with their IN_INVENTORY and IN_FONDS edges."""
        values = list(rows_)
        self._db.executemany(queries.replace(File), map(rows.to_row, values))
        self._restructure([value.id for value in values], [edge for value in values for edge in structure(value)])

    def put_records(self, rows_: Iterable[RecordGraph]) -> None:
        """Insert or replace records with all that they bring; writes the journal."""
        graphs = {graph.record.id: graph for graph in rows_}  # the last of several versions in one batch counts
        known = self._existing(graphs)
        self._forget_edges(known)
        self._db.executemany(queries.replace(Record), (rows.to_row(graph.record) for graph in graphs.values()))
        self._merge_nodes([node for graph in graphs.values() for node in graph.nodes])
        self._put_edges(edge for graph in graphs.values() for edge in (*graph.edges, *record_structure(graph.record)))
        self._db.executemany(queries.PUT_CHANGE, ((ident, 0) for ident in graphs))

    def remove_records(self, ids: Iterable[str]) -> None:
        """Remove records with their edges; writes the journal."""
        known = sorted(self._existing(ids))
        self._forget_edges(known)
        self._db.executemany(queries.REMOVE_EDGES_IN, ((ident,) for ident in known))
        self._db.executemany(queries.REMOVE_RECORD, ((ident,) for ident in known))
        self._db.executemany(queries.PUT_CHANGE, ((ident, 1) for ident in known))

    def put_nodes(self, nodes: Iterable[Node], edges: Iterable[Edge] = ()) -> None:
        """Insert or replace entities and edges that no record owns."""
        latest = {node.id: node for node in nodes}
        self._write_nodes(latest, self._stored(latest))
        self._put_edges(edges)

    def put_quarantined(self, rows_: Iterable[Quarantined]) -> None:
        """Insert or replace by source."""
        self._db.executemany(queries.replace(Quarantined), map(rows.to_row, rows_))

    def put_secret(self, rows_: Iterable[Secret]) -> None:
        """Insert or replace by id."""
        self._db.executemany(queries.replace(Secret), map(rows.to_row, rows_))

    def clear_outcome(self, sources: Iterable[str]) -> None:
        """Forget quarantine and secret rows of these sources."""
        gone = [(source,) for source in sources]
        self._db.executemany(queries.CLEAR_QUARANTINED, gone)
        self._db.executemany(queries.CLEAR_SECRET, gone)

    def drop_orphans(self) -> int:
        """Remove entities that no edge names any more; how many."""
        return self._db.execute(queries.DROP_ORPHANS).rowcount

    def set_meta(self, key_: str, value: str) -> None:
        """Set a value of the store's own table."""
        self._db.execute(queries.SET_META, (key_, value))

    def log(self, kind: str, detail: Mapping[str, object]) -> None:
        """Append to the log, with the time in UTC."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        self._db.execute(queries.PUT_LOG, (at, kind, rows.dumps(detail)))

    # -- parts
    def _existing(self, ids: Iterable[str]) -> list[str]:
        return [row[0] for row in self._db.execute(queries.EXISTING_RECORDS, (json.dumps(list(ids)),))]

    def _forget_edges(self, records: Iterable[str]) -> None:
        ids = [(ident,) for ident in records]
        self._db.executemany(queries.REMOVE_EDGES_OUT, ids)
        self._db.executemany(queries.REMOVE_EVIDENCE, ids)

    def _restructure(self, sources: Iterable[str], edges: Iterable[Edge]) -> None:
        self._db.executemany(queries.REMOVE_STRUCTURE, ((ident,) for ident in sources))
        self._db.executemany(queries.PUT_EDGE, map(rows.edge_row, edges))

    def _put_edges(self, edges: Iterable[Edge]) -> None:
        self._db.executemany(queries.PUT_EDGE, (rows.edge_row(normal(edge)) for edge in edges))

    def _stored(self, ids: Iterable[str]) -> dict[str, Node]:
        found = self._db.execute(queries.ENTITIES, (json.dumps(list(ids)),))
        return {row[0]: rows.node(row) for row in found}

    def _merge_nodes(self, nodes: Iterable[Node]) -> None:
        brought: dict[str, list[Node]] = {}
        for node in nodes:
            brought.setdefault(node.id, []).append(node)
        stored = self._stored(brought)
        united = {ident: merged(stored.get(ident), versions) for ident, versions in brought.items()}
        self._write_nodes(united, stored)

    def _write_nodes(self, nodes: Mapping[str, Node], stored: Mapping[str, Node]) -> None:
        added = [node for node in nodes.values() if node.id not in stored]
        changed = [node for node in nodes.values() if node.id in stored and node != stored[node.id]]
        renamed = [node for node in changed if _keys(node) != _keys(stored[node.id])]
        self._db.executemany(queries.ADD_NODE, map(rows.node_row, added))
        self._db.executemany(queries.CHANGE_NODE, map(rows.node_row, changed))
        self._db.executemany(queries.REMOVE_KEYS, ((node.id,) for node in renamed))
        keys = ((text, text.count(" ") + 1, node.id) for node in (*added, *renamed) for text in sorted(_keys(node)))
        self._db.executemany(queries.ADD_KEY, keys)


def _keys(node: Node) -> frozenset[str]:
    """The keys of a node: those of its name and aliases that have a word at all."""
    return frozenset(text for text in map(key, (node.name, *node.aliases)) if text)
