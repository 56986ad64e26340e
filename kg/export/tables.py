"""``hoso export csv``: the whole graph as a folder of tables for spreadsheets and statistics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.access import Access
from kg.export.folder import mark, new_folder
from kg.export.visible import VisibleGraph
from kg.questions.forms import record_json
from kg.sheets import Cell, write_csv
from kg.workspace import Workspace

_RECORD = (
    "id", "source", "fonds", "file", "number", "type", "date", "date_partial", "issuer", "title", "pages",
    "pages_estimated", "level", "bloc", "retention", "access", "subject", "kind",
)  # fmt: skip
_FILE = (
    "id", "fonds", "inventory", "code", "title", "since", "until", "retention", "sheets", "pages", "metres",
    "metres_basis", "box", "arranged", "listed", "medium", "held_by", "held_since", "held_paper",
)  # fmt: skip
_FONDS = ("id", "creator", "level", "bloc", "unit", "status", "opened", "closed")
_ENTITY = (
    "id",
    "kind",
    "name",
    "aliases",
    "number",
    "date",
    "issuer",
    "unit",
    "level",
    "bloc",
    "valid_from",
    "valid_to",
)
_EDGE = ("source", "type", "target", "record", "page", "start", "end", "text", "scope", "position", "extent", "act",
         "clause", "where", "certainty", "rank")  # fmt: skip
_EVENT = ("event", "date", "act", "clause", "basis", "role", "unit", "extent")
_EVENT_ROLES = {"TOOK": "took", "GAVE": "gave"}


def export_tables(workspace: Workspace, out: Path, *, access: Access = "open", force: bool = False) -> dict[str, Any]:
    """Write the tables to the folder ``out`` and give ``{"path", "tables": {name: rows}}``.

    The folder appears whole or not at all. One that is there is replaced only with ``force``, and only where it is an
    earlier export or empty. Raises HosoError(bad_input) otherwise, or where it cannot be written.
    """
    with new_folder(out, force) as building:
        graph = VisibleGraph(workspace, access)
        counts = {
            name: _write(building / f"{name}.csv", header, rows)
            for name, (header, rows) in _tables(workspace, graph).items()
        }
        mark(building, counts, workspace)
    return {"path": str(out), "tables": counts}


def _tables(workspace: Workspace, graph: VisibleGraph) -> dict[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]]:
    store = workspace.store
    fields: Callable[[Any, Sequence[str]], list[Cell]] = lambda row, names: [getattr(row, name) for name in names]  # noqa: E731
    return {
        "records": (_RECORD, ([form[name] for name in _RECORD] for form in map(record_json, graph.records()))),
        "files": (_FILE, (fields(file, _FILE) for file in graph.files())),
        "fonds": (_FONDS, (fields(row, _FONDS) for row in store.fonds())),
        "entities": (_ENTITY, _entities(graph)),
        "edges": (_EDGE, _edges(graph)),
        "unit_events": (_EVENT, _events(workspace)),
    }


def _entities(graph: VisibleGraph) -> Iterator[Sequence[Cell]]:
    for node in graph.entities():
        yield [
            node.id,
            node.kind,
            node.name,
            " | ".join(node.aliases),
            *(node.props.get(name) for name in _ENTITY[4:]),
        ]


def _edges(graph: VisibleGraph) -> Iterator[Sequence[Cell]]:
    for edge in graph.edges():
        own = [edge.source, edge.type, edge.target, edge.record, edge.page, edge.start, edge.end, edge.text]
        yield [*own, *(edge.props.get(name) for name in _EDGE[8:])]


def _events(workspace: Workspace) -> Iterator[Sequence[Cell]]:
    """What each act's clause took in and gave out."""
    events = {node.id: node.props for node in workspace.store.iter_nodes(["event"])}
    for edge in workspace.store.iter_edges(list(_EVENT_ROLES)):
        props = events.get(edge.source, {})
        known = [props.get(name) for name in ("date", "act", "clause", "basis")]
        yield [edge.source, *known, _EVENT_ROLES[edge.type], edge.target, edge.props.get("extent")]


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    count = 0

    def counted() -> Iterator[Sequence[Cell]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    write_csv(path, header, counted())
    return count
