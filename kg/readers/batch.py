"""A delivery before reading: which computer files there are, and what its manifests and finding aids say of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from kg.errors import HosoError, Unreadable
from kg.ids import file_id
from kg.messages import say
from kg.readers.join import Joiner, Place
from kg.readers.kinds import MARKUP_SUFFIXES, READ_SUFFIXES, TABLE_SUFFIXES, head_of, markup_kind
from kg.readers.model import Batch, ComputerFile, RecordMetadata, RowProblem, Skipped, Told
from kg.readers.tables.catalogue import Builder, naming_inventory, ordered
from kg.readers.tables.described import restricted
from kg.readers.tables.entries import Entry, read_entries, strictest
from kg.readers.tables.folded import compact
from kg.readers.tables.grid import read_sheets
from kg.readers.tables.header import find_header
from kg.readers.tables.placing import Table
from kg.readers.walk import Delivery, Found, digest, folder_digest, walk

_TABLE_NAMES = ("manifest", "mucluc")
_FONDS_DEPTH = 1
_FILE_DEPTH = 2


@dataclass(frozen=True, slots=True)
class _Source:
    """A table file: ``called`` is its name for messages, ``place`` where its paths count from."""

    path: Path
    called: str
    place: Place
    file: Found | None
    named: bool


def discover(paths: Sequence[Path], manifests: Sequence[Path] = ()) -> Batch:
    """What a delivery holds: files to read in order of source, with what its tables say of each.

    A table counts when it is one of ``manifests``, is called ``manifest.*`` or ``mucluc*.*``, or has the official
    labels at its head (LAW.md §7, RECORDS.md §3); other tables are skipped as kinds that are not read. In the metadata
    ``fonds`` is the id of a fonds of the catalogue, ``file`` and ``inventory`` are codes, and ``file_id`` of the three
    is the id of a file of the catalogue; where no table places a record, its folders do (``P5/H12/003.txt``), those of
    its path where no such file was delivered.

    Raises HosoError(bad_input), before anything is read: a path or manifest that is not there, a manifest that is no
    table, a row whose path leaves the batch.
    """
    delivery = walk(paths)
    named = [_named(path, delivery) for path in manifests]
    named_paths = {source.path.resolve() for source in named}
    found = [file for file in delivery.files if file.path.resolve() not in named_paths]
    files = [file for file in found if _is_read(file)]
    problems: list[RowProblem] = []
    skipped = [Skipped(source, "outside") for source in delivery.outside]
    skipped += [Skipped(file.source, _why(file)) for file in found if not _is_read(file) and not _is_table(file)]
    sources = named + [
        _Source(file.path, file.source, _place(file), file, False) for file in found if _is_table(file)
    ]
    tables: list[tuple[Table, _Source]] = []
    for source in sources:
        read = list(_read_table(source, files, problems))
        tables.extend((table, source) for table in read)
        if not read:
            skipped.append(Skipped(source.called, "other_table"))
    whole = [path for path in paths if path.is_dir()]
    joiner = Joiner(files, delivery.roots, whole)
    batch = _assembled(files, tables, joiner, skipped=sorted(skipped, key=lambda one: one.source), problems=problems)
    batch.roots = frozenset(
        folder_digest(root) for root in whole if any(file.root == root for file in delivery.files)
    )
    batch.there = frozenset(_key(source.path) for source in sources)
    return batch


def _assembled(
    files: Sequence[Found],
    tables: Sequence[tuple[Table, _Source]],
    joiner: Joiner,
    *,
    skipped: list[Skipped],
    problems: list[RowProblem],
) -> Batch:
    builder = Builder([table for table, _ in tables], (file.folders[0] for file in files if file.folders))
    places = {table.name: source.place for table, source in tables}
    orders: dict[str, str | None] = {}
    for table in ordered(table for table, _ in tables):
        builder.add(table)
        orders.update({entry.row: _order(entry) for entry in table.entries})
    metadata: dict[str, RecordMetadata] = {}
    only_listed: list[tuple[RecordMetadata, tuple[str, ...]]] = []
    standing: list[RecordMetadata] = []
    for document in builder.finish().documents:
        place = places.get(document.row.rpartition(":")[0], Place())
        file, stands = joiner.join(document, place, orders.get(document.row))
        if stands:
            standing.append(document)
            if file is None:
                only_listed.append((document, joiner.folders(document, place)))
            else:
                metadata[file.source] = document
    builder.catalogue.documents = standing
    for file in files:
        placed = _placed(metadata.get(file.source), file.folders, builder)
        if placed is not None:
            metadata[file.source] = placed
    listed = [_placed(document, folders, builder) or document for document, folders in only_listed]
    rows = (*metadata.values(), *listed)
    builder.drop_adopted({file_id(row.fonds, row.inventory, row.file) for row in rows if row.file})
    problems.extend(joiner.problems)
    problems.extend(_without_fonds(builder.catalogue.told.values()))
    computer_files = [ComputerFile(file.path, file.source) for file in files]
    return Batch(computer_files, builder.catalogue, metadata, listed, skipped, problems)


def _without_fonds(told: Iterable[Told]) -> Iterator[RowProblem]:
    """The finding aids with files of which nothing says in which fonds they are: one problem a table file."""
    for table in told:
        if any(file.listed and file.fonds is None for file in table.files.values()):
            yield RowProblem(table.name, "no_fonds", say("row_no_fonds", row=table.name))


def _placed(told: RecordMetadata | None, folders: Sequence[str], builder: Builder) -> RecordMetadata | None:
    """The metadata with fonds and file from the folders where no table says: the first is the fonds, the second the
    file."""
    fonds = told.fonds if told else None
    code = told.file if told else None
    homeless = file_id(None, told.inventory, code) if told and fonds is None and code else None
    if fonds is None and len(folders) >= _FONDS_DEPTH:
        fonds = builder.make_fonds(folders[0])
    if fonds is None:
        return told
    if code is None and len(folders) >= _FILE_DEPTH:
        code = folders[1]
    told = told or RecordMetadata("")
    inventory = told.inventory
    if code is not None:
        identity = builder.make_file(fonds, inventory, code)
        if homeless:
            builder.adopt(homeless, identity)
        known = builder.catalogue.files[identity]
        code = known.code
        if known.inventory:
            inventory = naming_inventory(known, builder.catalogue.inventories[known.inventory].code)
        told = restricted(told, strictest(told.access, known.extra.get("access")))
    return replace(told, fonds=fonds, inventory=inventory, file=code)


def _order(entry: Entry) -> str | None:
    return entry.get("order") or entry.get("row_number")


# -- kinds


def _is_table(file: Found) -> bool:
    return file.path.suffix.lower() in TABLE_SUFFIXES


def _is_read(file: Found) -> bool:
    suffix = file.path.suffix.lower()
    if suffix in READ_SUFFIXES:
        return True
    return suffix in MARKUP_SUFFIXES and markup_kind(head_of(file.path)) is not None


def _why(file: Found) -> str:
    """Why a file that is no table is not read."""
    return "not_ocr_markup" if file.path.suffix.lower() in MARKUP_SUFFIXES else "other_kind"


def _key(path: Path) -> str:
    """Tells a table file from every other."""
    return digest(str(path.resolve()))


def _is_called_table(path: Path) -> bool:
    return compact(path.stem).startswith(_TABLE_NAMES)


# -- tables


def _named(path: Path, delivery: Delivery) -> _Source:
    if not path.is_file():
        raise HosoError(say("no_such_file", path=path))
    if path.suffix.lower() not in TABLE_SUFFIXES:
        raise HosoError(say("bad_manifest_kind", path=path))
    inside = [file for file in delivery.files if file.path.resolve() == path.resolve()]
    if inside:
        return _Source(path, inside[0].source, _place(inside[0]), inside[0], True)
    return _Source(path, path.name, Place(), None, True)


def _place(file: Found) -> Place:
    parent = PurePosixPath(file.inside).parent.as_posix()
    return Place(file.root, "" if parent == "." else parent)


def _read_table(source: _Source, files: Sequence[Found], problems: list[RowProblem]) -> Iterator[Table]:
    """The tables of a file, one a sheet. A file that should be a table and cannot be used is an error when it was
    named, else a problem; others are passed over in silence."""
    meant = source.named or _is_called_table(source.path)
    try:
        sheets = read_sheets(source.path)
    except Unreadable as error:
        if source.named:
            raise HosoError(error.message) from error
        if meant:
            problems.append(RowProblem(source.called, error.reason, error.message))
        return
    any_header = False
    path = PurePosixPath(source.file.inside) if source.file else None
    beside = _beside(source.file, files) if source.file else 0
    around = tuple(folder_digest(folder) for folder in source.path.resolve().parents)
    for sheet in sheets:
        header = find_header(sheet, meant=meant)
        if header is None or not (meant or header.official):
            continue
        any_header = True
        called = f"{source.called}[{sheet.name}]" if len(sheets) > 1 else source.called
        entries = tuple(read_entries(sheet, header, called))
        if not entries:
            problems.append(RowProblem(called, "no_rows", say("row_no_rows", row=called)))
        yield Table(
            called,
            header.kind,
            entries,
            not header.has("path"),
            path,
            beside,
            _key(source.path),
            around,
            source.path.stem,
            (sheet.name or "") if len(sheets) > 1 else "",
        )
    if not any_header and meant:
        message = say("row_no_header", row=source.called)
        if source.named:
            raise HosoError(message)
        problems.append(RowProblem(source.called, "no_header", message))


def _beside(file: Found, files: Sequence[Found]) -> int:
    """In how many of a table's folders, from the first, computer files stand."""
    depth = 0
    for length in range(1, len(file.folders) + 1):
        if not any(other.root == file.root and other.folders[:length] == file.folders[:length] for other in files):
            break
        depth = length
    return depth
