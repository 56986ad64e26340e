"""The backbone of a batch: fonds, inventories and files of its tables and folders, united with what the store has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import TypeVar

from kg.ids import file_id
from kg.ingest.task import FileTask, Job, Task
from kg.linking.creators import describe_creators
from kg.model import File, Fonds, Inventory
from kg.readers.model import Batch, RecordMetadata
from kg.store.protocol import Store, Writer
from ontology.registry import Ontology

Row = TypeVar("Row", Fonds, File)


class Backbone:
    """Fonds, inventories and files that a batch names, by id, with the creators of the fonds recognised."""

    def __init__(self, batch: Batch, ontology: Ontology) -> None:
        catalogue = batch.catalogue
        self.inventories: dict[str, Inventory] = dict(catalogue.inventories)
        self.files: dict[str, File] = dict(catalogue.files)
        self._creators = describe_creators(catalogue.fonds, ontology)
        self.fonds: dict[str, Fonds] = {key: creator.fonds for key, creator in self._creators.items()}

    def place(self, metadata: RecordMetadata | None) -> tuple[Fonds | None, str | None]:
        """The fonds and the file's id that the batch gives a record (by its row, else by its folders)."""
        if metadata is None or metadata.fonds is None:
            return None, None
        file = file_id(metadata.fonds, metadata.inventory, metadata.file) if metadata.file else None
        return self.fonds[metadata.fonds], file

    def write(self, store: Store, writer: Writer) -> None:
        """Put the backbone; where a table is silent, what the store already knows stays."""
        writer.put_fonds(_united(self.fonds.values(), {row.id: row for row in store.fonds(list(self.fonds))}))
        writer.put_inventories(self.inventories.values())
        writer.put_files(_united(self.files.values(), {row.id: row for row in store.files(list(self.files))}))
        for creator in self._creators.values():
            writer.put_nodes(creator.nodes, creator.edges)


def _united(rows: Iterable[Row], known: dict[str, Row]) -> list[Row]:
    return [_unite(row, known[row.id]) if row.id in known else row for row in rows]


def _unite(new: Row, old: Row) -> Row:
    """The new row, with the old one's value wherever the new says nothing."""
    kept = {
        field.name: getattr(old, field.name)
        for field in fields(new)
        if getattr(new, field.name) in (None, False) and getattr(old, field.name) not in (None, False)
    }
    return replace(new, **kept, extra={**old.extra, **new.extra})


def tasks(batch: Batch, backbone: Backbone) -> list[Job]:
    """What is to be read, in order: the computer files by source, then the documents that are only listed, then the
    files of which there is no document."""
    planned: list[Job] = []
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
    filled = {task.file for task in planned}
    for listed in backbone.files.values():
        if listed.id not in filled:
            planned.append(FileTask(listed, backbone.fonds.get(listed.fonds or "")))
    return planned
