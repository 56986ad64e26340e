"""The backbone of a batch: fonds, inventories and files of its tables and folders, united with what the store has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import PurePosixPath
from typing import TypeVar

from kg.ids import file_id, fonds_id
from kg.ingest.task import Task
from kg.linking.creators import describe_creator
from kg.model import Edge, File, Fonds, Inventory, Node
from kg.readers.model import Batch, RecordMetadata
from kg.store.protocol import Store, Writer
from ontology.registry import Ontology

Row = TypeVar("Row", Fonds, File)
_FONDS_AND_FILE = 3
_FONDS_ONLY = 2


class Backbone:
    """Fonds, inventories and files that a batch names, by id; folders stand in where no table speaks."""

    def __init__(self, batch: Batch, ontology: Ontology) -> None:
        self.fonds: dict[str, Fonds] = {}
        self.inventories: dict[str, Inventory] = dict(batch.catalogue.inventories)
        self.files: dict[str, File] = dict(batch.catalogue.files)
        self._creators: list[tuple[tuple[Node, ...], tuple[Edge, ...]]] = []
        self._ontology = ontology
        for fonds in batch.catalogue.fonds.values():
            self._add_fonds(fonds)
        for file in self.files.values():
            if file.fonds and file.fonds not in self.fonds:
                self._add_fonds(Fonds(file.fonds))

    def _add_fonds(self, fonds: Fonds) -> None:
        described, nodes, edges = describe_creator(fonds, self._ontology)
        self.fonds[fonds.id] = described
        self._creators.append((nodes, edges))

    def place(self, source: str | None, metadata: RecordMetadata | None) -> tuple[Fonds | None, str | None]:
        """The fonds and the file's id of a record: what its row says, else its folders (``P5/H12/003.txt``)."""
        fonds_code, file_code = (metadata.fonds, metadata.file) if metadata else (None, None)
        parts = PurePosixPath(source).parts if source else ()
        if fonds_code is None and len(parts) >= _FONDS_ONLY:
            fonds_code = parts[0]
        if file_code is None and len(parts) >= _FONDS_AND_FILE:
            file_code = parts[1]
        if fonds_code is None:
            return None, None
        known = fonds_id(fonds_code)
        if known not in self.fonds:
            self._add_fonds(Fonds(known))
        return self.fonds[known], self._file(known, file_code, metadata) if file_code else None

    def _file(self, fonds: str, code: str, metadata: RecordMetadata | None) -> str:
        """The file's id; a file that no table lists is made. One inventory per code where the row names none."""
        inventory = metadata.inventory if metadata else None
        if inventory is None:
            listed = [file.id for file in self.files.values() if file.fonds == fonds and file.code == code]
            if len(listed) == 1:
                return listed[0]
        identity = file_id(fonds, inventory, code)
        if identity not in self.files:
            self.files[identity] = File(identity, fonds, inventory, code)
        return identity

    def write(self, store: Store, writer: Writer) -> None:
        """Put the backbone; where a table is silent, what the store already knows stays."""
        writer.put_fonds(_united(self.fonds.values(), {row.id: row for row in store.fonds(list(self.fonds))}))
        writer.put_inventories(self.inventories.values())
        writer.put_files(_united(self.files.values(), {row.id: row for row in store.files(list(self.files))}))
        for nodes, edges in self._creators:
            writer.put_nodes(nodes, edges)


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


def tasks(batch: Batch, backbone: Backbone) -> list[Task]:
    """What is to be read, in order: the computer files by source, then the documents that are only listed."""
    planned: list[Task] = []
    for computer_file in batch.files:
        metadata = batch.metadata.get(computer_file.source)
        fonds, file = backbone.place(computer_file.source, metadata)
        planned.append(Task(computer_file.path, computer_file.source, fonds, file, metadata))
    for metadata in batch.only_listed:
        fonds, file = backbone.place(None, metadata)
        planned.append(Task(None, None, fonds, file, metadata))
    return planned
