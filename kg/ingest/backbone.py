"""The backbone of a batch: fonds, inventories and files of its tables and folders, united with what the store has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import fields, replace
from itertools import groupby
from typing import TypeVar

from kg.ids import file_id
from kg.ingest.ontology_nodes import ontology_version
from kg.ingest.task import READING_VERSION, Job, ListedTitle, Task, TitlesTask
from kg.linking.creators import describe_creators
from kg.model import File, Fonds, Inventory
from kg.readers.model import Batch, RecordMetadata
from kg.store.protocol import Store, Writer
from ontology.registry import Ontology

Row = TypeVar("Row", Fonds, File)

_TITLES = 250
"""Titles a task: handing one out costs as much as reading a dozen."""
_READING = "reading"
"""In a file's ``extra``: by which versions of program and ontology, and in which unit, its title was read."""


class Backbone:
    """Fonds, inventories and files that a batch names, by id, with the creators of the fonds recognised; where a table is
    silent, what the store already knows stays. ``titled``: the files whose titles are to be read."""

    def __init__(self, batch: Batch, ontology: Ontology, store: Store) -> None:
        catalogue = batch.catalogue
        self.inventories: dict[str, Inventory] = dict(catalogue.inventories)
        known_fonds = {row.id: row for row in store.fonds(list(catalogue.fonds))}
        self._creators = describe_creators(_united(catalogue.fonds, known_fonds), ontology, _at_work(batch))
        self.fonds: dict[str, Fonds] = {key: creator.fonds for key, creator in self._creators.items()}
        known = {row.id: row for row in store.files(list(catalogue.files))}
        self.files = _united(catalogue.files, known)
        self._known = known
        self.titled: set[str] = set()

    def mark(self, filled: Collection[str]) -> None:
        """Tell the files of which there are documents (``filled``) from those whose titles are to be read. A file that
        the store has as it is, its title read by this very program, is left alone."""
        version = f"{READING_VERSION}:{ontology_version()}"
        for file in self.files.values():
            extra = {key: value for key, value in file.extra.items() if key != _READING}
            if file.id not in filled and file.title:
                fonds = self.fonds.get(file.fonds or "")
                extra[_READING] = f"{version}:{(fonds.unit if fonds else None) or ''}"
                self.titled.add(file.id)
            self.files[file.id] = replace(file, extra=extra)
        self.titled -= {ident for ident in self.titled if self._known.get(ident) == self.files[ident]}

    def place(self, metadata: RecordMetadata | None) -> tuple[Fonds | None, str | None]:
        """The fonds and the file's id that the batch gives a record (by its row, else by its folders)."""
        if metadata is None or metadata.fonds is None:
            return None, None
        file = file_id(metadata.fonds, metadata.inventory, metadata.file) if metadata.file else None
        return self.fonds[metadata.fonds], file

    def write(self, store: Store, writer: Writer) -> None:
        """Put the backbone, but for the files whose titles are read: each of those is put with what it is about."""
        writer.put_fonds(self.fonds.values())
        known = {row.id: row for fonds in self.fonds for row in store.inventories(fonds)}
        writer.put_inventories(row for row in self.inventories.values() if known.get(row.id) != row)
        writer.put_files(file for file in self.files.values() if self._is_put_at_once(file))
        for creator in self._creators.values():
            writer.put_nodes(creator.nodes, creator.edges)

    def changed(self) -> list[File]:
        """The files that the store had not, or otherwise."""
        return [file for file in self.files.values() if self._known.get(file.id) != file]

    def _is_put_at_once(self, file: File) -> bool:
        if file.id in self.titled:
            return False
        return _READING not in file.extra or self._known.get(file.id) != file


def _at_work(batch: Batch) -> dict[str, str]:
    """By fonds, the middle of the last days of its files and of its documents' days: one late or misread day does not
    move it."""
    days: defaultdict[str, list[str]] = defaultdict(list)
    for file in batch.catalogue.files.values():
        if file.fonds and (day := file.until or file.since):
            days[file.fonds].append(day)
    for row in (*batch.metadata.values(), *batch.only_listed):
        if row.fonds and row.date:
            days[row.fonds].append(row.date)
    return {fonds: sorted(found)[len(found) // 2] for fonds, found in days.items()}


def _united(rows: dict[str, Row], known: dict[str, Row]) -> dict[str, Row]:
    return {key: _unite(row, known[key]) if key in known else row for key, row in rows.items()}


def _unite(new: Row, old: Row) -> Row:
    """The new row, with the old one's value wherever the new says nothing. How a day was had goes with the day, and which
    numbers a list repeats is for the newest list to say."""
    kept = {
        field.name: getattr(old, field.name)
        for field in fields(new)
        if getattr(new, field.name) in (None, False) and getattr(old, field.name) not in (None, False)
    }
    stale = {f"{name}_basis" for name in ("opened", "closed") if getattr(new, name, None)}
    if getattr(new, "listed", False):
        stale.add("repeated_in")
    extra = {key: value for key, value in old.extra.items() if key not in stale}
    return replace(new, **kept, extra={**extra, **new.extra})


def tasks(batch: Batch, backbone: Backbone) -> list[Job]:
    """What is to be read, in order: the computer files by source, then the documents that are only listed, then the
    titles of files of which there is no document and that the store has not as they are."""
    planned: list[Task] = []
    for computer_file in batch.files:
        metadata = batch.metadata.get(computer_file.source)
        fonds, file = backbone.place(metadata)
        planned.append(Task(computer_file.path, computer_file.source, fonds, file, metadata))
    times: Counter[tuple[str | None, str | None, str]] = Counter()
    for metadata in batch.only_listed:
        fonds, file = backbone.place(metadata)
        said = " ".join(part for part in (metadata.number, metadata.date, metadata.title) if part)
        times[metadata.fonds, file, said] += 1
        again = times[metadata.fonds, file, said]
        listed_as = said if again == 1 else f"{said} ({again})"
        planned.append(Task(None, None, fonds, file, metadata, listed_as))
    backbone.mark({task.file for task in planned if task.file})
    return [*planned, *_titles(backbone)]


def _titles(backbone: Backbone) -> Iterator[TitlesTask]:
    listed = (file for file in backbone.files.values() if file.id in backbone.titled)
    for key, group in groupby(listed, lambda file: file.fonds):
        fonds = backbone.fonds.get(key or "")
        titles = [ListedTitle(file.id, file.title or "", file.until or file.since) for file in group]
        for start in range(0, len(titles), _TITLES):
            yield TitlesTask(tuple(titles[start : start + _TITLES]), fonds.unit if fonds else None)
