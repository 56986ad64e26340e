"""The one place that opens a store: the graph, its texts and its search index, from a URL (DESIGN.md §5).

``sqlite:///relative.db``, ``sqlite:////absolute.db``, ``neo4j://user@host:7687/database``, ``bolt://...``; default
``HOSO_STORE``, else ``sqlite:///hoso.db``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.errors import HosoError, NotFound, Unavailable
from kg.messages import say
from kg.store.protocol import Store
from kg.store.texts import Texts

if TYPE_CHECKING:
    from kg.search.index import Index

DEFAULT_URL = "sqlite:///hoso.db"


@dataclass(frozen=True, slots=True)
class Location:
    """A store's URL taken apart: scheme, the SQLite file (sqlite only) and the folder of texts and index."""

    url: str
    scheme: str
    file: Path | None
    data: Path


def locate(url: str | None) -> Location:
    """Take a store URL apart. Raises HosoError(bad_input) for a form that is not known."""
    url = url or os.environ.get("HOSO_STORE") or DEFAULT_URL
    scheme, separator, rest = url.partition("://")
    if separator and scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        file = Path(rest[1:])
        return Location(url, scheme, file, file.with_name(file.name + "-data"))
    raise HosoError(say("bad_store_url", url=_without_password(url)))


def _without_password(url: str) -> str:
    head, at, tail = url.rpartition("@")
    if not at:
        return url
    scheme, separator, user = head.partition("://")
    return f"{scheme}{separator}{user.partition(':')[0]}@{tail}"


class Workspace:
    """A store with its texts and index, open; a context manager."""

    def __init__(self, location: Location, store: Store, texts: Texts) -> None:
        self.location = location
        self.store = store
        self.texts = texts

    @cached_property
    def index(self) -> Index:
        """The search index, opened when first asked for."""
        from kg.search.index import Index

        return Index(self.location.data / "index")

    def close(self) -> None:
        """Close store and texts."""
        self.store.close()
        self.texts.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_workspace(url: str | None = None, *, create: bool = False) -> Workspace:
    """Open a store by URL. Raises NotFound when there is none and ``create`` is False, Unavailable when it is
    locked or its folder cannot be made or read, HosoError(bad_input) when the file is no store of ours."""
    location = locate(url)
    file = location.file
    assert file is not None
    if not create and not _is_there(file):
        raise NotFound(say("no_store", url=location.url))
    from kg.store.sqlite.client import SQLiteStore

    try:
        store = SQLiteStore.open(file, url=location.url, create=create)
    except OSError as error:
        raise Unavailable(say("store_folder_failed", path=file, why=error.strerror or error)) from error
    try:
        return Workspace(location, store, Texts(location.data))
    except BaseException:
        store.close()
        raise


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except (OSError, ValueError) as error:  # a folder that may not be entered, a name that is too long or no name
        raise Unavailable(
            say("store_folder_failed", path=file, why=getattr(error, "strerror", None) or error)
        ) from error
