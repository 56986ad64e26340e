"""``hoso export neo4j-import``: a whole store as the tables that ``neo4j-admin database import full`` takes.

The way to a first load at scale: a store made by ``hoso ingest`` on SQLite becomes one on a Neo4j server in minutes. It is
the store itself in another form (journal, what each record brought, what was set aside), so that the server's store
goes on where the other stood: nothing is left out for a reader's access level, and the folder is to be kept as the
store is. Texts and index are not in it: they are used on (HOSO_DATA).
"""

from __future__ import annotations

import shlex
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, fields
from itertools import groupby
from pathlib import Path
from typing import IO, Any, Final

from kg.export import neo4j_passages as passages
from kg.export.folder import mark, new_folder
from kg.messages import say
from kg.model import File, Fonds, Inventory, Quarantined, Record, Secret
from kg.store.merging import SHARED
from kg.store.neo4j import rows, schema
from kg.store.protocol import Store
from kg.workspace import Workspace

ARGUMENTS: Final = "import.args"
"""The options of the command, one a line: the command is ``neo4j-admin database import full neo4j @import.args``."""

_SEPARATOR: Final = "\x1e"
"""Between the values of a list; no text of an archive has it."""
_SHAPES: Final = 40
"""Tables of entities or links of one kind, each with the rows that have the same properties; what has yet another set of
them has them in one text of JSON."""
_OTHERS: Final = {
    "pages": "long", "sheets": "long", "metres": "double", "arranged": "boolean", "listed": "boolean",
    "pages_estimated": "boolean", "readable": "boolean",
}  # fmt: skip
"""Types of the fields that are no texts."""

_OPTIONS: Final = (
    "--overwrite-destination=true",
    "--bad-tolerance=0",
    "--skip-bad-relationships=false",
    "--multiline-fields=true",
    "--array-delimiter=U+001E",
)


def export_neo4j_import(
    workspace: Workspace, out: Path, *, force: bool = False, vectors: bool = False
) -> dict[str, Any]:
    """Write the tables to the folder ``out`` and give ``{"path", "tables": {name: rows}, "command"}``; ``vectors``: with the
    passages and their vectors.

    The folder appears whole or not at all. Raises HosoError(bad_input) where it cannot be written, or holds something
    else.
    """
    store = workspace.store
    with new_folder(out, force) as building:
        with ExitStack() as stack:
            tables = _Tables(building, stack)
            _entities(store, tables)
            _bookkeeping(store, tables)
            if vectors:
                passages.put_passages(
                    workspace,
                    lambda row: tables.row(passages.NODE, passages.NODE_COLUMNS, row),
                    lambda row: tables.row(passages.EDGE, passages.EDGE_COLUMNS, row, edge=True),
                )
        (building / ARGUMENTS).write_text("\n".join([*_OPTIONS, *tables.arguments(), ""]), encoding="utf-8")
        mark(building, tables.counts(), workspace)
    command = f"cd {shlex.quote(str(out))} && neo4j-admin database import full neo4j @{ARGUMENTS}"
    return {
        "path": str(out),
        "tables": tables.counts(),
        "command": command,
        "next": say("neo4j_import_next", command=command, data=workspace.location.data),
    }


def _entities(store: Store, tables: _Tables) -> None:
    known: set[str] = set()

    for value in _backbone(store):
        known.add(value.id)
        tables.value(f"Entity:{type(value).__name__}", value)
    for node in store.iter_nodes([kind for kind in rows.LABELS if kind not in rows.BACKBONE]):
        known.add(node.id)
        tables.entity(f"Entity:{rows.LABELS[node.kind]}", rows.node_properties(node))
    missing: set[str] = set()
    for edge in store.iter_edges():
        row = rows.edge_row(edge)
        missing.update({edge.source, edge.target} - known)
        tables.edge(edge.type, edge.source, edge.target, row["props"])
    for ident in sorted(missing):
        tables.entity("Entity:Missing", {"id": ident})


def _backbone(store: Store) -> Iterator[Fonds | Inventory | File | Record]:
    yield from store.fonds()
    for fonds in sorted({str(node.props["fonds"]) for node in store.iter_nodes(["inventory"])}):
        yield from store.inventories(fonds)
    yield from store.files()
    yield from store.iter_records()


def _bookkeeping(store: Store, tables: _Tables) -> None:
    bodies: dict[str, tuple[str, str]] = {}
    count: Counter[str] = Counter()
    kept: set[str] = set()
    brought: dict[str, list[str]] = {}
    for record, nodes in groupby(store.iter_brought(), lambda pair: pair[0]):
        for _, node in nodes:
            key, body = rows.brought(node)
            bodies[key] = (node.id, body)
            if record:
                count[key] += 1
                brought.setdefault(record, []).append(key)
            elif node.kind in SHARED:
                kept.add(key)
    for key, (ident, body) in bodies.items():
        keep = {"kept": True} if key in kept else {}
        tables.node("HosoBrought", {"key": key, "node": ident, "body": body, "count": count[key], **keep})
    for change in _changes(store):
        keys = brought.get(change["record"])
        tables.node("HosoChange", change | ({"brought": sorted(keys)} if keys else {}))
    for quarantined in store.quarantined():
        tables.value("HosoQuarantined", quarantined)
    for secret in store.secrets():
        tables.value("HosoSecret", secret)
    logged = 0
    for logged, row in enumerate(store.logged(), 1):
        detail = {name: value for name, value in row.items() if name not in ("at", "kind")}
        told = {"id": uuid.uuid4().hex, "n": logged, "at": row["at"], "kind": row["kind"]}
        tables.node("HosoLog", {**told, "detail": rows.dumps(detail)})
    for key, value in store.metas("").items():
        tables.node("HosoMeta", {"key": key, "value": value})
    for unit, places in store.main_place_counts().items():
        tables.node("HosoPlace", {"unit": unit, "count": places})
    seq = store.change_seq()
    tables.node("HosoStore", {"id": "store", "seq": seq, "log": logged, "schema": schema.current()})


def _changes(store: Store) -> Iterator[rows.Properties]:
    seq = 0
    while page := store.changes_since(seq, 1000):
        for change in page:
            yield {"record": change.record, "seq": change.seq, "removed": change.removed}
        seq = page[-1].seq


@dataclass(slots=True)
class _Table:
    """One file of rows that have the same columns."""

    path: Path
    stream: IO[str]
    rows: int = 0

    def add(self, cells: Iterable[Any]) -> None:
        """Write a row: what is not there stays empty, what is there stands in quotation marks, be it empty or not."""
        self.rows += 1
        self.stream.write(",".join(map(_cell, cells)) + "\n")


@dataclass(slots=True)
class _Tables:
    """The files, opened as their first row comes."""

    folder: Path
    stack: ExitStack
    nodes: dict[str, dict[tuple[str, ...], _Table]] = field(default_factory=dict)
    edges: dict[str, dict[tuple[str, ...], _Table]] = field(default_factory=dict)

    def value(self, labels: str, value: Fonds | Inventory | File | Record | Quarantined | Secret) -> None:
        """Add a row of the backbone or of what was set aside: one table a kind, with its fields as columns."""
        names = [each.name for each in fields(value)]
        found = rows.to_properties(value)
        columns = tuple(
            "id:ID(Entity)"
            if name == "id" and labels.startswith("Entity")
            else f"{name}:{_OTHERS.get(name, 'string')}"
            for name in names
        )
        self._table(self.nodes, labels, columns).add(found.get(name) for name in names)

    def entity(self, labels: str, found: rows.Properties) -> None:
        """Add a node of the graph, with its ``id`` to be found by."""
        given = {name: value for name, value in found.items() if name != "id"}
        self._put(self.nodes, labels, ("id:ID(Entity)",), [found["id"]], given)

    def node(self, labels: str, found: rows.Properties) -> None:
        """Add a node that no relationship touches."""
        self._put(self.nodes, labels, (), [], found)

    def edge(self, kind: str, source: str, target: str, found: rows.Properties) -> None:
        """Add a relationship."""
        self._put(self.edges, kind, (":START_ID(Entity)", ":END_ID(Entity)"), [source, target], found)

    def row(self, name: str, columns: tuple[str, ...], cells: Iterable[Any], *, edge: bool = False) -> None:
        """Add a row of a table whose columns are known."""
        self._table(self.edges if edge else self.nodes, name, columns).add(cells)

    def counts(self) -> dict[str, int]:
        """Rows by name of table."""
        return {table.path.name: table.rows for _, _, table in self._all()}

    def arguments(self) -> list[str]:
        """The options that name the files."""
        return [f"--{option}={name}={table.path.name}" for option, name, table in self._all()]

    def _all(self) -> Iterator[tuple[str, str, _Table]]:
        for option, kinds in (("nodes", self.nodes), ("relationships", self.edges)):
            for name, shapes in kinds.items():
                yield from ((option, name, table) for table in shapes.values())

    def _put(self, kinds: _Kinds, name: str, first: tuple[str, ...], ends: list[str], found: rows.Properties) -> None:
        columns = _columns(first, found)
        if len(shapes := kinds.setdefault(name, {})) >= _SHAPES and columns not in shapes:
            found = rows.packed(found)
            columns = _columns(first, found)
        self._table(kinds, name, columns).add([*ends, *(value for _, value in sorted(found.items()))])

    def _table(self, kinds: _Kinds, name: str, columns: tuple[str, ...]) -> _Table:
        shapes = kinds.setdefault(name, {})
        if columns not in shapes:
            path = self.folder / f"{name.rpartition(':')[2]}-{len(shapes) + 1:02d}.csv"
            stream = self.stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            stream.write(",".join(columns) + "\n")
            shapes[columns] = _Table(path, stream)
        return shapes[columns]


_Kinds = dict[str, dict[tuple[str, ...], _Table]]


def _columns(first: tuple[str, ...], found: rows.Properties) -> tuple[str, ...]:
    return (*first, *(f"{key}:{_type(value)}" for key, value in sorted(found.items())))


def _type(value: Any) -> str:
    if isinstance(value, list):
        return "string[]"
    for kind, name in ((bool, "boolean"), (int, "long"), (float, "double")):
        if isinstance(value, kind):
            return name
    return "string"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        value = _SEPARATOR.join(str(item).replace(_SEPARATOR, " ") for item in value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return '"' + text.replace('"', '""') + '"'
