"""``hoso export csv``: the whole graph as a folder of tables for spreadsheets and statistics."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.errors import HosoError
from kg.export.visible import VisibleGraph
from kg.messages import say
from kg.questions.access import Access
from kg.questions.forms import record_json
from kg.sheets import Cell, write_csv
from kg.workspace import Workspace

MARK = "export.json"
"""Names the tables and their rows; by it an earlier export is known, and may be replaced."""

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
    _may_replace(out, force)
    graph = VisibleGraph(workspace, access)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    except OSError as error:
        raise HosoError(say("cannot_write", path=out, why=error.strerror or type(error).__name__)) from error
    try:
        counts = {
            name: _write(building / f"{name}.csv", header, rows)
            for name, (header, rows) in _tables(workspace, graph).items()
        }
        mark = json.dumps({"tables": counts, "store": workspace.store.schema_version()}, indent=1)
        (building / MARK).write_text(mark + "\n", encoding="utf-8")
        building.chmod(0o755)
        _put_in_place(building, out)
    finally:
        shutil.rmtree(building, ignore_errors=True)
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


def _may_replace(out: Path, force: bool) -> None:
    if not out.exists() and not out.is_symlink():
        return
    if not out.is_dir() or out.is_symlink() or (any(out.iterdir()) and not (out / MARK).is_file()):
        raise HosoError(say("export_foreign", path=out))
    if any(out.iterdir()) and not force:
        raise HosoError(say("export_exists", path=out))


def _put_in_place(building: Path, out: Path) -> None:
    """The new folder in the place of the old one, which is put aside first and back again where that fails."""
    if not out.exists():
        building.rename(out)
        return
    aside = building.with_name(building.name + ".old")
    out.rename(aside)
    try:
        building.rename(out)
    except OSError:
        aside.rename(out)
        raise
    shutil.rmtree(aside)
