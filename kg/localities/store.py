"""Where local tables are kept: one JSON file a table in ``localities/`` of the store's data folder (README.md beside).

The commands that read them need no store: the folder alone does.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, cast

from kg.errors import HosoError, NotFound, Unavailable
from kg.ids import slug
from kg.messages import say
from kg.sheets import write_atomically
from ontology.localities import HouseNumbers, Localities, Locality, LocalityKind, Parity

FORMAT = 1
"""Version of the file's form."""

_COLUMNS = ("row", "kind", "name", "first", "last", "parity", "old", "new", "source", "date")
_FORMER = "former"
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Table:
    """A kept table: ``file`` it came from, ``loaded`` the local time (ISO), ``conflicts`` the numbers of the rows whose
    new unit is not among the successors by act."""

    name: str
    file: str
    source: str
    date: str | None
    loaded: str
    rows: tuple[Locality, ...]
    conflicts: tuple[int, ...] = ()


def load_localities(store: str | None = None) -> Localities:
    """The rows of all tables beside the store; empty where none was loaded. Raises HosoError(unreadable) for a file
    that is none of ours."""
    place = folder(store)
    return _loaded(place.absolute(), _stamps(place)) if place.is_dir() else Localities()


@lru_cache(maxsize=4)
def _loaded(place: Path, stamps: tuple[tuple[str, int, int], ...]) -> Localities:
    """The rows of the folder's tables as they stood at these stamps: a batch reads them once."""
    return Localities([row for name, _, _ in stamps for row in read(place / name).rows])


def _stamps(place: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time of change and size of each table's file."""
    try:
        found = [(path.name, path.stat()) for path in sorted(place.glob("*.json"))]
    except OSError as error:
        raise Unavailable(say("local_folder_failed", path=place, why=error.strerror or error)) from error
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)


def tables(store: str | None = None) -> list[Table]:
    """All kept tables, by name."""
    place = folder(store)
    found = [read(place / name) for name, _, _ in _stamps(place)] if place.is_dir() else []
    return sorted(found, key=lambda table: table.name)


def folder(store: str | None) -> Path:
    """The folder of the tables; it need not be there. Raises HosoError(bad_input) for a URL of no store."""
    from kg.workspace import locate

    return locate(store).data / "localities"


def table_path(store: str | None, name: str) -> Path:
    """The file of the table of that name."""
    return folder(store) / f"{slug(name).lower()}.json"


def checked_name(name: str) -> str:
    """A table's name in NFC, one blank between words. Raises HosoError(bad_input) for one without a letter or digit, or
    longer than can be a file's name."""
    well = " ".join(unicodedata.normalize("NFC", name).split())
    if not slug(well) or len(well) > _LONGEST_NAME:
        raise HosoError(say("local_bad_name", name=well[:_LONGEST_NAME], longest=_LONGEST_NAME))
    return well


def keep(table: Table, store: str | None) -> Path | None:
    """Write a table, whole or not at all. One of the same name is replaced; the path of its former copy, None where
    there was none. Raises HosoError(bad_input) where another name has that file, or where the folder cannot be
    written."""
    path = table_path(store, table.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HosoError(say("local_folder_failed", path=path.parent, why=error.strerror or error)) from error
    former = None
    if path.exists():
        held = read(path)
        if held.name != table.name:
            raise HosoError(say("local_name_taken", name=table.name, other=held.name))
        former = _set_aside(path)

    def fill(stream: IO[bytes]) -> None:
        stream.write(_encoded(table))

    write_atomically(path, fill)
    return former


def remove(name: str, store: str | None) -> Path:
    """Take a table out of use; the path of the copy that is kept. Raises NotFound, which names the tables there are."""
    found = get(name, store)
    path = table_path(store, found.name)
    former = _set_aside(path)
    path.unlink()
    return former


def get(name: str, store: str | None) -> Table:
    """The table of that name. Raises NotFound."""
    held = {table.name: table for table in tables(store)}
    found = held.get(" ".join(unicodedata.normalize("NFC", name).split()))
    if found is None:
        raise NotFound(say("local_no_table", name=name, known=", ".join(held) or "–"))
    return found


def read(path: Path) -> Table:
    """A kept table. Raises HosoError(unreadable) for a file that is none of ours."""
    try:
        held = json.loads(path.read_bytes())
        return _decoded(held)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HosoError(say("local_file_broken", path=path), code="unreadable") from error


def now() -> str:
    """The local time, to the second."""
    return datetime.now().isoformat(timespec="seconds")


def _set_aside(path: Path) -> Path:
    """A copy of the file in ``former/``, named after the time."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    try:
        place = path.parent / _FORMER
        place.mkdir(exist_ok=True)
        copy = next(spot for spot in _spots(place, path.stem, stamp) if not spot.exists())
        data = path.read_bytes()
    except OSError as error:
        raise HosoError(say("local_folder_failed", path=path.parent, why=error.strerror or error)) from error
    write_atomically(copy, lambda stream: _put(stream, data))
    return copy


def _spots(place: Path, stem: str, stamp: str) -> Iterator[Path]:
    yield place / f"{stem}-{stamp}.json"
    number = 2
    while True:
        yield place / f"{stem}-{stamp}-{number}.json"
        number += 1


def _put(stream: IO[bytes], data: bytes) -> None:
    stream.write(data)


def _encoded(table: Table) -> bytes:
    """A row a line, so that people can read and compare the file."""
    head: dict[str, Any] = {"format": FORMAT} | asdict(replace(table, rows=())) | {"columns": _COLUMNS}
    del head["rows"]
    opening = json.dumps(head, ensure_ascii=False).removesuffix("}")
    rows = ",\n".join(json.dumps(_row_values(row), ensure_ascii=False) for row in table.rows)
    return f'{opening}, "rows": [\n{rows}\n]}}\n'.encode("utf-8", "backslashreplace")


def _row_values(row: Locality) -> list[Any]:
    numbers = row.numbers
    run = [numbers.first, numbers.last, numbers.parity] if numbers else [None, None, None]
    return [row.row, row.kind, row.name, *run, row.old, row.new, row.source, row.date]


def _decoded(held: dict[str, Any]) -> Table:
    if held["format"] != FORMAT or tuple(held["columns"]) != _COLUMNS:
        raise ValueError("format")
    name = str(held["name"])
    rows = tuple(_row(values, name) for values in held["rows"])
    return Table(
        name, held["file"], held["source"], held["date"], held["loaded"], rows, tuple(map(int, held["conflicts"]))
    )


def _row(values: list[Any], table: str) -> Locality:
    number, kind, name, first, last, parity, old, new, source, day = values
    numbers = HouseNumbers(first, last, cast(Parity, parity)) if parity else None
    return Locality(cast(LocalityKind, kind), name, numbers, old, new, source, day, table, number)
