"""The one place that opens a store: the graph, its texts and its search index, from a URL (DESIGN.md §5).

``sqlite:///relative.db``, ``sqlite:////absolute.db``, ``neo4j://user@host:7687/database``, ``bolt://...`` (with ``+s``:
encrypted); default ``HOSO_STORE``, else ``sqlite:///hoso.db``. The password of a server comes from
``HOSO_NEO4J_PASSWORD``, or stands in the URL.

Texts and index lie beside a SQLite file; with a server in ``HOSO_DATA``, else in the user's data folder
(``$XDG_DATA_HOME/hoso`` or ``~/.local/share/hoso``) under ``host-port-database``, so that commands started anywhere find
them.
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
from kg.store.neo4j.address import SCHEMES, Address, parse
from kg.store.protocol import Store
from kg.store.texts import Texts

if TYPE_CHECKING:
    from kg.search.index import Index

DEFAULT_URL = "sqlite:///hoso.db"
_OWNER = "store-id"
"""The file in a folder of texts that says which store they are of (of a server's store: its folder may be anywhere)."""


@dataclass(frozen=True, slots=True)
class Location:
    """A store's URL taken apart: scheme, the SQLite file or the server, and the folder of texts and index. The URL is
    the one to show: without a password."""

    url: str
    scheme: str
    file: Path | None
    data: Path
    server: Address | None = None


def locate(url: str | None) -> Location:
    """Take a store URL apart. Raises HosoError(bad_input) for a form that is not known."""
    url = url or os.environ.get("HOSO_STORE") or DEFAULT_URL
    scheme, separator, rest = url.partition("://")
    if separator and scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        file = Path(rest[1:])
        return Location(url, scheme, file, file.with_name(file.name + "-data"))
    if scheme in SCHEMES:
        try:
            server = parse(url)
        except ValueError:
            raise HosoError(say("bad_store_url", url=_without_password(url))) from None
        return Location(server.url, scheme, None, _data_folder(server), server)
    raise HosoError(say("bad_store_url", url=_without_password(url)))


def _data_folder(server: Address) -> Path:
    if given := os.environ.get("HOSO_DATA"):
        return Path(given)
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "hoso" / server.folder


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


def open_workspace(url: str | None = None, *, create: bool = False, repair: bool = False) -> Workspace:
    """Open a store by URL. ``repair``: make indexes again that a server's store has lost.

    Raises NotFound when there is none and ``create`` is False, Unavailable when it is locked or away or its folder
    cannot be made or read, HosoError(bad_input) when it is no store of ours.
    """
    location = locate(url)
    if location.server:
        store = _open_server(location, location.server, create=create, repair=repair)
    else:
        store = _open_file(location, create=create)
    try:
        return Workspace(location, store, Texts(location.data))
    except BaseException:
        store.close()
        raise


def open_if_any(url: str | None = None) -> Workspace | None:
    """The store for questions that need none: None where none was named and the usual one is not there or cannot be
    opened. Raises what ``open_workspace`` does for a store that is named."""
    if url:
        return open_workspace(url)
    try:
        return open_workspace()
    except HosoError:
        return None


def _open_file(location: Location, *, create: bool) -> Store:
    file = location.file
    assert file is not None
    if not create and not _is_there(file):
        raise NotFound(say("no_store", url=location.url))
    from kg.store.sqlite.client import SQLiteStore

    try:
        return SQLiteStore.open(file, url=location.url, create=create)
    except OSError as error:
        raise Unavailable(say("store_folder_failed", path=file, why=error.strerror or error)) from error


def _open_server(location: Location, server: Address, *, create: bool, repair: bool) -> Store:
    from kg.store.neo4j.client import Neo4jStore

    store = Neo4jStore.open(server, create=create, repair=repair)
    try:
        _claim(location.data, store.meta("store_id") or "")
    except BaseException:
        store.close()
        raise
    return store


def _claim(folder: Path, store_id: str) -> None:
    """Texts of one store must not be taken for another's. Raises HosoError(bad_input) when the folder is another's."""
    mark = folder / _OWNER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not mark.exists():
            mark.write_text(store_id + "\n", encoding="utf-8")
        owner = mark.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise Unavailable(
            say("store_folder_failed", path=folder, why=getattr(error, "strerror", None) or error)
        ) from error
    if owner != store_id:
        raise HosoError(say("data_folder_foreign", path=folder))


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except (OSError, ValueError) as error:  # a folder that may not be entered, a name that is too long or no name
        raise Unavailable(
            say("store_folder_failed", path=file, why=getattr(error, "strerror", None) or error)
        ) from error
