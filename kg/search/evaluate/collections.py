"""The collections that the judged queries ask, each ingested by the product into a store of its own."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml

from kg.workspace import Workspace, open_workspace

CHECKOUT: Final = Path(__file__).resolve().parents[3]
_SHARED: Final = "shared"


@dataclass(slots=True)
class Collection:
    """A collection that is open: its store, and the source of each record in it."""

    name: str
    workspace: Workspace
    sources: Mapping[str, str]

    def close(self) -> None:
        """Close the store."""
        self.workspace.close()


def names() -> tuple[str, ...]:
    """The collections there are."""
    return tuple(_table())


def folder_of(name: str) -> Path | None:
    """Where a collection's documents lie; None when they are not here."""
    root = Path(_table()[name]["root"])
    if root.parts[0] == _SHARED:
        base = Path(os.environ.get("HOSO_SHARED") or CHECKOUT.parent / _SHARED)
        found = base.joinpath(*root.parts[1:])
    else:
        found = CHECKOUT / root
    return found if found.is_dir() else None


def documents(name: str, folder: Path | None = None) -> list[Path]:
    """The computer files of a collection, as paths within its folder, ascending; a later pattern's file takes the
    place of an earlier one of the same name. Raises ValueError when the documents are not here."""
    folder = folder or folder_of(name)
    if folder is None:
        raise ValueError(f"the documents of the collection {name} are not here: {_table()[name]['root']}")
    patterns: Sequence[str] | None = _table()[name].get("files")
    if patterns is None:
        return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    by_name = {path.name: path.relative_to(folder) for pattern in patterns for path in sorted(folder.glob(pattern))}
    return sorted(by_name.values())


def open_collection(name: str, work: Path, folder: Path | None = None) -> Collection:
    """The collection's store in the folder ``work``, made or caught up; what it holds already is not read again."""
    from kg.ingest.run import ingest
    from kg.readers.batch import discover

    staged = _staged(name, work, folder)
    workspace = open_workspace(f"sqlite:///{(work / name).resolve()}.db", create=True)
    try:
        ingest(workspace, discover([staged]))
        return opened(name, workspace)
    except BaseException:
        workspace.close()
        raise


def embed(collection: Collection) -> None:
    """Make the vectors that the collection's passages lack, with the model that the setting names; on stderr how far
    that has come."""
    from kg.search.embedding.loading import load
    from kg.search.vectors.embedding import embed as make

    def progress(done: int, total: int) -> None:
        print(f"\r{collection.name}: {done} of {total} passages embedded", end="", file=sys.stderr, flush=True)

    made = make(collection.workspace, load(), progress)
    if made.new:
        print(file=sys.stderr)


def opened(name: str, workspace: Workspace) -> Collection:
    """A store that holds the collection, as it is."""
    records = workspace.store.records(list(workspace.store.record_ids()))
    return Collection(name, workspace, {key: row.source for key, row in records.items() if row.source})


def _staged(name: str, work: Path, folder: Path | None) -> Path:
    """A folder that holds exactly the collection's files: a delivery of its own."""
    root = folder or folder_of(name)
    wanted = documents(name, root)
    assert root is not None
    staged = work / f"{name}-documents"
    for path in wanted:
        copy = staged / path
        if not copy.is_file() or copy.stat().st_size != (root / path).stat().st_size:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / path, copy)
    for path in [path for path in staged.rglob("*") if path.is_file()]:
        if path.relative_to(staged) not in set(wanted):
            path.unlink()
    return staged


def _table() -> dict[str, dict[str, Any]]:
    text = files("kg.search").joinpath("data", "judged_collections.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return table
