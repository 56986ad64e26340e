"""Which fonds a row, a table or a folder is of: tables and folders name fonds in several ways, one place knows them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from kg.ids import fonds_id as made_fonds_id
from kg.readers.tables.described import creator_of
from kg.readers.tables.entries import Entry
from kg.readers.tables.folded import words

fonds_id = lru_cache(maxsize=4096)(made_fonds_id)
"""Every row of a list names its fonds."""
_BREAK = re.compile(r"[\s._/-]+")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the batch, read. ``kind`` of its rows; ``finding_aid``: it names no computer files; ``path`` is where
    it stands in the delivery (None: elsewhere); ``beside``: how many of its folders have computer files in them."""

    name: str
    kind: str
    entries: tuple[Entry, ...]
    finding_aid: bool
    path: PurePosixPath | None = None
    beside: int = 0

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that it stands in."""
        return self.path.parts[:-1] if self.path else ()


class FondsBook:
    """The fonds that the tables of a batch name, by code and by creator."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._codes: dict[str, str] = {}
        self._by_creator: dict[str, str] = {}
        for table in tables:
            for entry in table.entries:
                if code := entry.get("fonds_code"):
                    self._codes.setdefault(code, fonds_id(code))
                    if name := creator_of(entry):
                        self._by_creator.setdefault(words(name), fonds_id(code))

    def of_row(self, entry: Entry, table: Table) -> str | None:
        """The fonds' id: by its code, the creator's name, the archive's code of file or document, the table's place,
        and only then by a name that nothing gives a code for."""
        if code := entry.get("fonds_code"):
            return fonds_id(code)
        name = creator_of(entry)
        if name and (known := self._by_creator.get(words(name))):
            return known
        for key in ("file_archive_code", "doc_code"):
            if (archive_code := entry.get(key)) and (known := self._leading(archive_code)):
                return self._codes[known]
        return self._of_table(table) or (fonds_id(name) if name else None)

    def of_folder(self, folder: str) -> str:
        """The id of the fonds that a folder holds: that of the code which begins its name ("P09-QUAN-UY-BA-DINH"), else
        one of its own."""
        known = self._leading(folder)
        return self._codes[known] if known else fonds_id(folder)

    def rest(self, archive_code: str, fonds: str | None) -> str:
        """A file's code without that of its fonds in front ("P01.H001" → "H001"); as it stands where it has none."""
        known = self._leading(archive_code)
        if known is None or self._codes[known] != fonds:
            return archive_code
        return _BREAK.sub("", archive_code[len(known) :], count=1) or archive_code

    def _of_table(self, table: Table) -> str | None:
        if table.path is None:
            return None
        if table.folders and (table.beside or self._leading(table.folders[0])):
            return self.of_folder(table.folders[0])
        named = [part for part in _BREAK.split(table.path.stem) if part in self._codes and _LETTER.search(part)]
        return self._codes[named[0]] if len(named) == 1 else None

    def _leading(self, text: str) -> str | None:
        """The longest known code that ``text`` is or begins with, up to a break."""
        found = [
            code
            for code in self._codes
            if text.startswith(code) and (len(text) == len(code) or _BREAK.match(text, len(code)))
        ]
        return max(found, key=len, default=None)
