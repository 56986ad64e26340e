"""The one protocol that every graph store implements (SQLite, Neo4j), and the same contract tests run on.

Reads see what was committed; many readers may stand beside one writer. Every listing has a stated order, so that two
stores give the same rows in the same order. Nothing here knows of texts or of the search index.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Literal, Protocol

from kg.model import Change, Delivery, Edge, File, Fonds, Inventory, Node, Quarantined, Record, RecordGraph, Secret
from kg.store.held import Held

Direction = Literal["out", "in", "both"]


class Writer(Protocol):
    """One transaction: all of it is committed when the block ends well, none of it otherwise."""

    def put_fonds(self, rows: Iterable[Fonds]) -> None:
        """Insert or replace by id. Their CREATED_BY edges go, and so does what no record says of creators that no fonds
        has any more: ``put_nodes`` puts it again."""

    def put_inventories(self, rows: Iterable[Inventory]) -> None:
        """Insert or replace by id, with the IN_FONDS edge that follows from the row."""

    def put_files(self, rows: Iterable[File]) -> None:
        """Insert or replace by id, with the IN_INVENTORY and IN_FONDS edges that follow from the row. What an earlier
        version of the file was about (ABOUT_PLACE edges that start at it) goes:
        ``put_nodes`` puts it again."""

    def put_records(self, rows: Iterable[RecordGraph]) -> None:
        """Insert, or replace by id: what an earlier version of the record brought (edges, evidence) goes first.
        Nodes are inserted or merged by id (``kg.store.merging.merged``: aliases united). IN_FILE comes from the
        record's own field. Writes the journal. Texts are not stored here."""

    def remove_records(self, ids: Iterable[str]) -> None:
        """Remove records with their edges, secret ones too; writes the journal."""

    def remove_backbone(self, ids: Iterable[str]) -> None:
        """Remove fonds, inventories and files with every edge at them, and what no record says of creators that no fonds
        has any more. Records and files in them stay as they are: ``Store.unsupported`` names those without any."""

    def put_nodes(self, nodes: Iterable[Node], edges: Iterable[Edge] = ()) -> None:
        """Insert or replace units and events; agencies, people and acts are merged with what records bring. Insert or
        replace edges that no record owns."""

    def put_quarantined(self, rows: Iterable[Quarantined]) -> None:
        """Insert or replace by source."""

    def put_secret(self, rows: Iterable[Secret]) -> None:
        """Insert or replace by id."""

    def clear_outcome(self, sources: Iterable[str]) -> None:
        """Forget quarantine and secret rows of these sources (they were read this time)."""

    def drop_orphans(self) -> int:
        """Remove entities (agency, person, legal_act, project, identifier) that no edge names any more; how many."""

    def set_meta(self, key: str, value: str) -> None:
        """Set a value of the store's own table (ontology version, ...)."""

    def log(self, kind: str, detail: Mapping[str, object]) -> None:
        """Append to the log of what was done (updates of records, hand-overs, judgements)."""


class Store(Protocol):
    """A graph store, open."""

    url: str

    def close(self) -> None:
        """Release the connection."""

    def writing(self) -> AbstractContextManager[Writer]:
        """A write transaction. Raises Unavailable when another writer holds the store."""

    # -- the store itself
    def schema_version(self) -> int:
        """The number of the last migration applied."""

    def meta(self, key: str) -> str | None:
        """A value of the store's own table; ``store_id`` tells the store from every other."""

    def metas(self, prefix: str) -> Mapping[str, str]:
        """The values of the store's own table whose keys begin so, by key."""

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """``{"nodes": {kind: n}, "edges": {type: n}, "totals": {"pages": n, "quarantined": n, "secret": n,
        "files": n, "fonds": n, "records": n}}``. Archive pages are not records; MENTIONS count occurrences."""

    def change_seq(self) -> int:
        """The last number of the journal; 0 for a fresh store."""

    def changes_since(self, seq: int, limit: int) -> Sequence[Change]:
        """Journal rows after ``seq``, oldest first, the last row of each record only."""

    # -- backbone
    def fonds(self, ids: Collection[str] | None = None) -> Sequence[Fonds]:
        """All fonds, or those; by id."""

    def inventories(self, fonds: str) -> Sequence[Inventory]:
        """By id."""

    def files(self, ids: Collection[str] | None = None, *, fonds: str | None = None) -> Sequence[File]:
        """By id; ``fonds=""`` means files without a fonds."""

    def record(self, record_id: str) -> Record | None:
        """One record, whole."""

    def records(self, ids: Collection[str]) -> Mapping[str, Record]:
        """Those that exist, by id."""

    def record_ids(self) -> Iterator[str]:
        """Every record id, ascending."""

    def iter_records(
        self, *, fonds: str | None = None, file: str | None = None, batch: int = 1000
    ) -> Iterator[Record]:
        """All records (of a fonds, of a file) by id, archive pages included."""

    def iter_held(self, batch: int = 1000) -> Iterator[Held]:
        """Of every record what the count of the holdings needs, by id, archive pages included."""

    def fingerprints(self, ids: Collection[str]) -> Mapping[str, tuple[str | None, str]]:
        """For each record that exists: (sha256 of the bytes, ``extra["reading"]``: version of the reading)."""

    def delivered(self, sources: Collection[str], hashes: Collection[str]) -> Sequence[Delivery]:
        """How the records with one of these sources or one of these hashes of bytes were delivered, by id."""

    def listed(self, fonds: Collection[str], tables: Collection[str]) -> Sequence[str]:
        """Ids of the records of these fonds ("" for none) that have no computer file and that one of these tables lists
        (``extra["table"]``), ascending."""

    # -- graph
    def nodes(self, ids: Collection[str]) -> Mapping[str, Node]:
        """Nodes of any kind by id (records, files, fonds included, with their title as name)."""

    def find_nodes(
        self, name: str, *, kinds: Collection[str] | None = None, limit: int = 20
    ) -> Sequence[tuple[Node, float]]:
        """Entities whose name or alias matches ``name`` folded: exact first (score 1), then by full text
        (all words in one name, prefix on the last), scored by the share of the name that was asked for (below 1);
        ties by id. ``kg.store.names`` says what the words are."""

    def iter_nodes(self, kinds: Collection[str] | None = None, batch: int = 1000) -> Iterator[Node]:
        """All nodes (of those kinds) by id."""

    def edges(
        self,
        ids: Collection[str],
        *,
        direction: Direction = "both",
        types: Collection[str] | None = None,
        limit: int | None = None,
        limit_per_node: int | None = None,
    ) -> Sequence[Edge]:
        """Edges at these nodes, ordered by (type, source, target, record, start); ``limit_per_node``: of each node's
        only so many, whichever the store has at hand (a committee has millions); ``limit``: the first of all. MENTIONS of a record are its mentions with offsets. IN_FILE,
        IN_INVENTORY, IN_FONDS, CREATED_BY are edges too."""

    def neighbours(
        self, ids: Collection[str], *, types: Collection[str] | None = None
    ) -> Mapping[str, Sequence[tuple[str, str, bool]]]:
        """For each id: (edge type, other id, outgoing?), distinct, ordered by (type, other), outgoing first;
        for path search."""

    def beside(self, node: str, *, records: int, after: str = "") -> Mapping[str, Sequence[tuple[str, str]]]:
        """What the records that prove the edges of a node name: for the first ``records`` of them by id, those after
        ``after``, the (edge type, other id) of every edge that starts at the record and that it proves, distinct, in
        order; the node itself among them. Keys ascending."""

    def degrees(self, ids: Collection[str]) -> Mapping[str, int]:
        """How many distinct records name each node, plus its edges that no record proves (those of the ontology and
        of the backbone)."""

    def shortest(self, a: str, b: str, *, max_length: int) -> Sequence[Edge]:
        """Every edge that lies on a shortest path between two nodes, over edges in either direction, ordered as
        ``edges``; none where the two are one, or where a path would be longer than ``max_length`` edges."""

    def iter_edges(self, types: Collection[str] | None = None, batch: int = 1000) -> Iterator[Edge]:
        """All edges by (type, source, target, record, start)."""

    def iter_brought(self) -> Iterator[tuple[str, Node]]:
        """(record, entity as that record brought it), by record and entity; record ``""`` for what no record owns. From
        these an entity is made again when a record goes; to copy a store whole."""

    # -- questions that need a set-based answer
    def main_places(self, units: Collection[str] | None = None) -> Iterator[tuple[str, Edge]]:
        """(record id, ABOUT_PLACE edge of rank 0) for records whose main place is one of ``units`` (None: any),
        by record id."""

    def newest_records(self, units: Collection[str], limit: int) -> Sequence[Record]:
        """The newest records whose main place is one of ``units``: by date, the newest first, undated last; ties by
        id."""

    def main_place_counts(self, units: Collection[str] | None = None) -> Mapping[str, int]:
        """How many edges ``main_places`` gives for each of ``units`` (None: any) that has some, by unit id: a number
        that the store has at hand, so that nobody reads a million edges to count them."""

    def acts_by_number(self, number_key: str) -> Sequence[Node]:
        """Legal acts whose props["number_key"] equals it, by id."""

    def quarantined(self) -> Sequence[Quarantined]:
        """By source."""

    def secrets(self) -> Sequence[Secret]:
        """By id."""

    def logged(self, kind: str | None = None) -> Sequence[Mapping[str, object]]:
        """Log rows, oldest first: {"at", "kind", **detail}."""

    # -- integrity
    def unsupported(self) -> Mapping[str, Sequence[str]]:
        """``{"fonds": ids, "inventory": ids, "file": ids}``, each ascending: files that no list has and in which no
        record, no computer file set aside and no secret record lies; fonds that nothing but such files is in and of
        which no table speaks (``extra["_told_by"]``; else: that have no creator); inventories of fonds that are not
        there."""

    def problems(self) -> Sequence[str]:
        """What the store's own check of its files finds; empty when it is sound."""

    def loose_edges(self) -> Mapping[str, int]:
        """Edges with an end or an evidence that is not there, counted by type."""
