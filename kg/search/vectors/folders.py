"""The folders of vectors in a workspace's data: one a model and version; vectors of two are never mixed."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import HosoError
from kg.search.vectors.index import VectorIndex
from kg.workspace import Workspace

if TYPE_CHECKING:
    from kg.search.embedding.protocol import Embedder

_MOST: Final = 16
_open: dict[Path, VectorIndex] = {}


def all_in(data: Path) -> list[VectorIndex]:
    """Every folder of vectors, by name; ``data``: ``Workspace.location.data``."""
    folder = data / "vectors"
    if not folder.is_dir():
        return []
    return [_opened(path) for path in sorted(folder.iterdir()) if (path / "passages.db").is_file()]


def of_embedder(data: Path, embedder: Embedder) -> VectorIndex:
    """The vectors of a model that is loaded; ``exists`` tells whether there are any."""
    return _opened(data / "vectors" / _name(embedder.model, embedder.version))


def of_version(data: Path, model: str, version: str) -> VectorIndex | None:
    """The vectors of a model in this version, without loading it; None for none."""
    index = _opened(data / "vectors" / _name(model, version))
    return index if index.exists else None


def refresh(workspace: Workspace) -> bool:
    """Bring all vectors to the store's journal, those of other models too: what is removed or secret now goes from
    each. Whether all could be."""
    done = [index.refresh(workspace.store, workspace.texts) for index in all_in(workspace.location.data)]
    return all(done)


def drop_others(data: Path, kept: VectorIndex) -> int:
    """Remove the vectors of every other model and version; how many passages had one."""
    gone = 0
    for index in all_in(data):
        if index.folder == kept.folder:
            continue
        with suppress(HosoError):
            gone += index.counts().vectors
        index.remove()
    return gone


def _opened(folder: Path) -> VectorIndex:
    """One for a folder in a process: what is mapped into memory stays mapped."""
    found = _open.setdefault(folder, VectorIndex(folder))
    while len(_open) > _MOST:
        _open.pop(next(iter(_open)), None)
    return found


def _name(model: str, version: str) -> str:
    short = re.sub(r"[^A-Za-z0-9]+", "-", model.rstrip("/").rpartition("/")[2]).strip("-")[:40]
    return f"{short or 'model'}-{hashlib.blake2b(f'{model} {version}'.encode(), digest_size=6).hexdigest()}"
