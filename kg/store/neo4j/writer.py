"""Writes of one transaction to the Neo4j store: rows in batches (``UNWIND $rows``), nodes before edges."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Final, TypeVar

from kg.errors import HosoError
from kg.messages import say
from kg.model import Edge, File, Fonds, Inventory, Node, NodeKind, Quarantined, Record, RecordGraph, Secret
from kg.store.merging import SHARED, merged, normal, record_structure, structure
from kg.store.neo4j import changes, rows
from kg.store.neo4j.connection import Transaction

BATCH: Final = 5000
"""Rows a statement."""

T = TypeVar("T")
Backbone = Fonds | Inventory | File | Record


class Neo4jWriter:
    """The protocol's Writer on a transaction that holds the store.

    Each call is one step that the transaction may do again (a server that was restarted): its values are taken once,
    and doing it twice leaves what doing it once does.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put_fonds(self, rows_: Iterable[Fonds]) -> None:
        """Insert or replace by id; who created them is to be put again."""
        values = list(rows_)
        self._do(lambda step: step.put_fonds(values))

    def put_inventories(self, rows_: Iterable[Inventory]) -> None:
        """Insert or replace by id, with their IN_FONDS edges."""
        values = list(rows_)
        self._do(lambda step: step.put_placed("inventory", values))

    def put_files(self, rows_: Iterable[File]) -> None:
        """Insert or replace by id, with their IN_INVENTORY and IN_FONDS edges."""
        values = list(rows_)
        self._do(lambda step: step.put_placed("file", values))

    def put_records(self, rows_: Iterable[RecordGraph]) -> None:
        """Insert or replace records with all that they bring; writes the journal."""
        graphs = {graph.record.id: graph for graph in rows_}  # the last of several versions in one batch counts
        self._do(lambda step: step.put_records(graphs))

    def remove_records(self, ids: Iterable[str]) -> None:
        """Remove records with their edges; writes the journal."""
        asked = sorted(set(ids))
        self._do(lambda step: step.remove_records(asked))

    def remove_backbone(self, ids: Iterable[str]) -> None:
        """Remove fonds, inventories and files with every edge at them."""
        gone = sorted(set(ids))
        self._do(lambda step: step.remove_backbone(gone))

    def put_nodes(self, nodes: Iterable[Node], edges: Iterable[Edge] = ()) -> None:
        """Insert or replace what the ontology gives; entities that records may name too are merged with what those
        bring."""
        latest = {node.id: node for node in nodes}
        given = list(edges)
        self._do(lambda step: step.put_nodes(latest, given))

    def put_quarantined(self, rows_: Iterable[Quarantined]) -> None:
        """Insert or replace by source."""
        found = [rows.to_properties(value) for value in rows_]
        self._do(lambda step: step.batched(changes.PUT_QUARANTINED, found))

    def put_secret(self, rows_: Iterable[Secret]) -> None:
        """Insert or replace by id."""
        found = [rows.to_properties(value) for value in rows_]
        self._do(lambda step: step.batched(changes.PUT_SECRET, found))

    def clear_outcome(self, sources: Iterable[str]) -> None:
        """Forget quarantine and secret rows of these sources."""
        gone = list(sources)
        self._do(lambda step: step.clear_outcome(gone))

    def drop_orphans(self) -> int:
        """Remove entities that no edge names any more; how many."""
        return self._do(lambda step: step.drop_orphans())

    def set_meta(self, key: str, value: str) -> None:
        """Set a value of the store's own table."""
        self._do(lambda step: step.run(changes.SET_META, key=key, value=value))

    def log(self, kind: str, detail: Mapping[str, object]) -> None:
        """Append to the log, with the time in UTC."""
        row = {
            "id": uuid.uuid4().hex,  # a row that is put again is the same row
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "kind": kind,
            "detail": rows.dumps(detail),
        }
        self._do(lambda step: step.run(changes.PUT_LOG, **row))

    def _do(self, work: Callable[[_Step], T]) -> T:
        return self._transaction.perform(lambda transaction: work(_Step(transaction)))


class _Step:
    """What one call of the writer does to a transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self.run = transaction.run

    def batched(self, text: str, values: Sequence[Any], name: str = "rows") -> list[list[Any]]:
        """The rows of a statement over all values, so many at a time."""
        found: list[list[Any]] = []
        for start in range(0, len(values), BATCH):
            found += self.run(text, **{name: values[start : start + BATCH]})
        return found

    # -- backbone
    def put_fonds(self, values: Sequence[Fonds]) -> None:
        """See the writer."""
        self._put("fonds", values)
        self._forget_creators([value.id for value in values])

    def remove_backbone(self, ids: Sequence[str]) -> None:
        """See the writer."""
        self._forget_creators(ids)
        self._unplace(ids)
        self._by_ids(changes.REMOVE_BACKBONE, ids)

    def _forget_creators(self, fonds: Sequence[str]) -> None:
        """Take back who created these fonds, with what is said of creators that no other fonds has; a creator that no
        record names either goes at once, so that it is made anew when it is put again."""
        if not fonds:
            return
        sole = [row[0] for row in self.run(changes.SOLE_CREATORS, ids=list(fonds))]
        self._by_ids(changes.REMOVE_CREATOR, fonds)
        self._by_ids(changes.FORGET_KEPT, sole)
        self._make_again(sole)
        self._by_ids(changes.REMOVE_UNBROUGHT, sole)

    def put_placed(self, kind: NodeKind, values: Sequence[Inventory | File]) -> None:
        """Inventories or files with the edges that place them."""
        self._put(kind, values)
        self._unplace([value.id for value in values])
        self._by_ids(changes.REMOVE_STRUCTURE, [value.id for value in values])
        self._create_edges([edge for value in values for edge in structure(value)])

    def clear_outcome(self, sources: Sequence[str]) -> None:
        """See the writer."""
        for text in (changes.CLEAR_QUARANTINED, changes.CLEAR_SECRET):
            self.batched(text, sources, "sources")

    # -- records
    def put_records(self, graphs: Mapping[str, RecordGraph]) -> None:
        """See the writer."""
        known = self._existing(graphs)
        touched = self._forget(known)
        self._by_ids(changes.REMOVE_EVIDENCE, list(graphs))
        self._put("record", [graph.record for graph in graphs.values()])
        bodies = {ident: {(node.id, *rows.brought(node)) for node in graph.nodes} for ident, graph in graphs.items()}
        self._bring(changes.BRING, Counter(body for brought in bodies.values() for body in brought))
        self._merge_nodes(node for graph in graphs.values() for node in graph.nodes if node.id not in touched)
        self._make_again(touched)
        edges = [edge for graph in graphs.values() for edge in (*graph.edges, *record_structure(graph.record))]
        own = [edge.record in graphs or edge.source in graphs for edge in edges]
        there = {*graphs, *(node.id for graph in graphs.values() for node in graph.nodes)}
        self._create_edges([edge for edge, mine in zip(edges, own, strict=True) if mine], there)
        self._replace_edges([edge for edge, mine in zip(edges, own, strict=True) if not mine])
        self._journal({ident: sorted(key for _, key, _ in bodies[ident]) for ident in graphs}, removed=False)

    def remove_records(self, ids: Sequence[str]) -> None:
        """See the writer."""
        known = sorted(self._existing(ids))
        touched = self._forget(known)
        self._by_ids(changes.REMOVE_EVIDENCE, known)
        self._make_again(touched)
        self._by_ids(changes.REMOVE_RECORDS, known)
        self._by_ids(changes.REMOVE_SECRETS, ids)
        self._journal(dict.fromkeys(known, ()), removed=True)

    def _existing(self, ids: Iterable[str]) -> list[str]:
        return [row[0] for row in self._by_ids(changes.EXISTING_RECORDS, list(ids))]

    def _forget(self, records: Sequence[str]) -> set[str]:
        """Take back what these records brought; the entities that are to be made again from what is left."""
        if not records:
            return set()
        brought = [{"key": key, "n": n} for key, n in self._by_ids(changes.BROUGHT_BY, records)]
        touched = {row[0] for row in self.batched(changes.TAKE_BACK, brought)}
        self.batched(changes.DROP_UNBROUGHT, [row["key"] for row in brought], "keys")
        self._unplace(records)
        self._by_ids(changes.REMOVE_EDGES_OUT, records)
        self._by_ids(changes.REMOVE_PASSAGES, records)
        return touched

    def _bring(self, text: str, bodies: Mapping[tuple[str, str, str], int]) -> None:
        self.batched(text, [{"node": n, "key": key, "body": body, "n": i} for (n, key, body), i in bodies.items()])

    def _journal(self, brought: Mapping[str, Sequence[str]], *, removed: bool) -> None:
        if not brought:
            return
        last = int(self.run(changes.TAKE_NUMBERS, count=len(brought))[0][0])
        first = last - len(brought) + 1
        self.batched(
            changes.PUT_CHANGES,
            [
                {"record": ident, "seq": seq, "removed": removed, **({"brought": list(keys)} if keys else {})}
                for seq, (ident, keys) in enumerate(brought.items(), first)
            ],
        )

    # -- entities
    def put_nodes(self, latest: Mapping[str, Node], edges: Iterable[Edge]) -> None:
        """See the writer."""
        shared = [node for node in latest.values() if node.kind in SHARED]
        owned = {node.id: node for node in latest.values() if node.kind not in SHARED}
        self._write_nodes(owned, self._stored(owned))
        self._bring(changes.KEEP, {(node.id, *rows.brought(node)): 1 for node in shared})
        self._merge_nodes(shared)
        self._replace_edges(edges, latest)

    def drop_orphans(self) -> int:
        """See the writer."""
        self.run(changes.DROP_UNNAMED_OF_UNIT)
        dropped = int(self.run(changes.DROP_ORPHANS)[0][0])
        self.run(changes.DROP_NAMELESS)
        self.run(changes.LET_GO)
        return dropped

    def _make_again(self, ids: Collection[str]) -> None:
        """Entities from all that is still brought to them; one that nothing brings waits for ``drop_orphans``."""
        versions: dict[str, list[Node]] = {}
        for ident, body in sorted(self._by_ids(changes.ALL_BROUGHT, sorted(ids))):
            versions.setdefault(ident, []).append(rows.brought_node(ident, body))
        united = {ident: merged(None, nodes) for ident, nodes in versions.items()}
        self._write_nodes(united, self._stored(united))

    def _merge_nodes(self, nodes: Iterable[Node]) -> None:
        brought: dict[str, list[Node]] = {}
        for node in nodes:
            brought.setdefault(node.id, []).append(node)
        stored = self._stored(brought)
        united = {ident: merged(stored.get(ident), versions) for ident, versions in brought.items()}
        self._write_nodes(united, stored)

    def _stored(self, ids: Iterable[str]) -> dict[str, Node]:
        found = (rows.node(*row) for row in self._by_ids(changes.STORED, list(ids)))
        return {node.id: node for node in found if node is not None and node.kind not in rows.BACKBONE}

    def _write_nodes(self, nodes: Mapping[str, Node], stored: Mapping[str, Node]) -> None:
        written = [node for node in nodes.values() if node != stored.get(node.id)]
        other = [node.id for node in written if node.id in stored and node.kind != stored[node.id].kind]
        self._by_ids(changes.UNLABEL, other)
        by_kind: Callable[[Node], NodeKind] = lambda node: node.kind  # noqa: E731
        for kind, alike in groupby(sorted(written, key=by_kind), by_kind):
            self.batched(changes.put(rows.LABELS[kind]), [rows.node_properties(node) for node in alike])

    # -- edges
    def _create_edges(self, edges: Iterable[Edge], there: Collection[str] = ()) -> None:
        self._insert(_latest(edges), there)

    def _replace_edges(self, edges: Iterable[Edge], there: Collection[str] = ()) -> None:
        found = _latest(edges)
        for kind, alike in groupby(found, lambda row: str(row["type"])):
            if not self.run(changes.count_edges(kind))[0][0]:  # the first of their type stand in no place
                continue
            ends = [{name: row[name] for name in ("source", "target", "record", "start")} for row in alike]
            gone = self.batched(changes.remove_edges(kind), ends)
            if kind == "ABOUT_PLACE":
                self._count_places((unit, -n) for unit, n in gone)
        self._insert(found, there)

    def _insert(self, found: Sequence[rows.Properties], there: Collection[str] = ()) -> None:
        """New edges; ``there``: nodes that were just written."""
        ends = {row[end] for row in found for end in ("source", "target")}
        self._by_ids(changes.NAME_MISSING, sorted(ends.difference(there)))
        self.batched(
            changes.CREATE_EDGES,
            [{name: row[name] for name in ("source", "type", "target", "props")} for row in found],
        )
        places = [row["target"] for row in found if row["type"] == "ABOUT_PLACE" and row["props"].get("rank") == 0]
        self._count_places(Counter(places).items())

    def _unplace(self, ids: Sequence[str]) -> None:
        """The main places of these records or files are about to go."""
        self._count_places((unit, -n) for unit, n in self._by_ids(changes.PLACES_OF, ids))

    def _count_places(self, more: Iterable[tuple[str, int]]) -> None:
        self.batched(changes.COUNT_PLACES, [{"unit": unit, "n": n} for unit, n in more])

    # -- parts
    def _put(self, kind: NodeKind, values: Sequence[Backbone]) -> None:
        label = rows.LABELS[kind]
        for row in self._by_ids(changes.foreign(label), [value.id for value in values]):
            raise HosoError(say("neo4j_id_taken", id=row[0]))
        self.batched(changes.put(label), [rows.to_properties(value) for value in values])

    def _by_ids(self, text: str, ids: Sequence[str]) -> list[list[Any]]:
        return self.batched(text, ids, "ids")


def _latest(edges: Iterable[Edge]) -> list[rows.Properties]:
    """The edges as rows, by type; the last of several with the same ends, record and start counts."""
    found = {rows.edge_order(edge): edge for edge in map(normal, edges)}
    return [rows.edge_row(found[place]) for place in sorted(found)]
