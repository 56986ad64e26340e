"""Writes of one transaction to the SQLite store: whole batches by ``executemany``, only what changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from kg.model import Edge, File, Fonds, Inventory, Node, Quarantined, Record, RecordGraph, Secret
from kg.store.merging import SHARED, merged, normal, record_structure, structure
from kg.store.names import key
from kg.store.sqlite import queries, rows


class SQLiteWriter:
    """The protocol's Writer on a connection that is inside a write transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put_fonds(self, rows_: Iterable[Fonds]) -> None:
        """Insert or replace by id; who created them is to be put again."""
        values = list(rows_)
        self._db.executemany(queries.replace(Fonds), map(rows.to_row, values))
        self._forget_creators([value.id for value in values])

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
        touched = self._forget(known)
        self._db.executemany(queries.replace(Record), (rows.to_row(graph.record) for graph in graphs.values()))
        brought = [(graph.record.id, node) for graph in graphs.values() for node in graph.nodes]
        self._db.executemany(queries.BRING, (rows.brought_row(owner, node) for owner, node in brought))
        self._merge_nodes(node for _, node in brought if node.id not in touched)
        self._make_again(touched)
        self._put_edges(edge for graph in graphs.values() for edge in (*graph.edges, *record_structure(graph.record)))
        self._db.executemany(queries.PUT_CHANGE, ((ident, 0) for ident in graphs))

    def remove_records(self, ids: Iterable[str]) -> None:
        """Remove records with their edges; writes the journal."""
        asked = list(ids)
        known = sorted(self._existing(asked))
        self._make_again(self._forget(known))
        self._db.executemany(queries.REMOVE_EDGES_IN, ((ident,) for ident in known))
        self._db.executemany(queries.REMOVE_RECORD, ((ident,) for ident in known))
        self._db.executemany(queries.REMOVE_SECRET, ((ident,) for ident in asked))
        self._db.executemany(queries.PUT_CHANGE, ((ident, 1) for ident in known))

    def remove_backbone(self, ids: Iterable[str]) -> None:
        """Remove fonds, inventories and files with every edge at them."""
        gone = sorted(set(ids))
        self._forget_creators(gone)
        for text in (*queries.REMOVE_BACKBONE, queries.REMOVE_EDGES_OUT, queries.REMOVE_EDGES_IN):
            self._db.executemany(text, ((ident,) for ident in gone))

    def put_nodes(self, nodes: Iterable[Node], edges: Iterable[Edge] = ()) -> None:
        """Insert or replace what the ontology gives; entities that records may name too are merged with what those
        bring."""
        latest = {node.id: node for node in nodes}
        shared = [node for node in latest.values() if node.kind in SHARED]
        owned = {node.id: node for node in latest.values() if node.kind not in SHARED}
        self._write_nodes(owned, self._stored(owned))
        self._db.executemany(queries.BRING, (rows.brought_row("", node) for node in shared))
        self._merge_nodes(shared)
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
        self._db.execute(queries.DROP_UNNAMED_OF_UNIT)
        dropped = self._db.execute(queries.DROP_ORPHANS).rowcount
        self._db.execute(queries.DROP_BROUGHT)
        return dropped

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

    def _forget(self, records: Iterable[str]) -> set[str]:
        """Take back what these records brought; the entities that are to be made again from what is left."""
        ids = [(ident,) for ident in records]
        touched = {row[0] for row in self._db.execute(queries.BROUGHT_BY, (json.dumps([ident for (ident,) in ids]),))}
        self._db.executemany(queries.FORGET_BROUGHT, ids)
        self._db.executemany(queries.REMOVE_EDGES_OUT, ids)
        self._db.executemany(queries.REMOVE_EVIDENCE, ids)
        return touched

    def _forget_creators(self, fonds: Sequence[str]) -> None:
        """Take back who created these fonds, with what is said of creators that no other fonds has; a creator that no
        record names either goes at once, so that it is made anew when it is put again."""
        sole = [row[0] for row in self._db.execute(queries.SOLE_CREATORS, (json.dumps(fonds),))]
        self._db.executemany(queries.REMOVE_CREATOR, ((ident,) for ident in fonds))
        for text in (queries.REMOVE_UNPROVED_UNIT, queries.FORGET_KEPT):
            self._db.executemany(text, ((ident,) for ident in sole))
        self._make_again(sole)
        brought = {row[0] for row in self._db.execute(queries.ALL_BROUGHT, (json.dumps(sole),))}
        self._db.executemany(queries.REMOVE_NODE, ((ident,) for ident in sole if ident not in brought))

    def _make_again(self, ids: Collection[str]) -> None:
        """Entities from all that is still brought to them; one that nothing brings waits for ``drop_orphans``."""
        versions: dict[str, list[Node]] = {}
        for ident, body in self._db.execute(queries.ALL_BROUGHT, (json.dumps(sorted(ids)),)):
            versions.setdefault(ident, []).append(rows.brought_node(ident, body))
        united = {ident: merged(None, nodes) for ident, nodes in versions.items()}
        self._write_nodes(united, self._stored(united))

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
