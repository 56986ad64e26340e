"""What a question needs of a store's backbone: its fonds, and the files that it asks about."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import File, Fonds, Record
from kg.questions.forms import is_document
from kg.questions.metres import Shelf
from kg.workspace import Workspace


class Backbone:
    """The fonds of a store, and the files that the question needs: all of them, or those of the documents selected."""

    def __init__(self, workspace: Workspace) -> None:
        self._store = workspace.store
        self.fonds: dict[str, Fonds] = {row.id: row for row in self._store.fonds()}
        self.files: dict[str, File] = {}
        self.filled: set[str] = set()
        """Files of which a document passed by."""

    def learn(self, records: Iterable[Record]) -> list[Record]:
        """The documents among the records; the archive's own pages stay behind."""
        documents = [record for record in records if is_document(record)]
        self.filled.update(record.file for record in documents if record.file)
        return documents

    def load(self, files: Iterable[File]) -> None:
        """Know these files."""
        self.files.update((file.id, file) for file in files)

    def load_named(self, ids: Iterable[str]) -> None:
        """Know the files of these ids."""
        self.load(self._store.files(sorted(ids)))

    def load_all(self) -> None:
        """Know every file."""
        self.load(self._store.files())

    def shelf(self) -> Shelf:
        """Metres of the files known; a box is shared by all files of its fonds that lie in it."""
        boxed = {file.fonds or "" for file in self.files.values() if file.box and file.metres is None}
        beside = [file for fonds in sorted(boxed) for file in self._store.files(fonds=fonds)]
        return Shelf(beside, self.fonds)
