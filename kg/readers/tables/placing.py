"""Which fonds a row, a table or a folder is of: tables and folders name fonds in several ways, one place knows them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from kg.ids import fonds_id as made_fonds_id
from kg.readers.tables.described import creator_of
from kg.readers.tables.entries import Entry
from kg.readers.tables.folded import compact, data, words
from ontology.agencies import recognise

fonds_id = lru_cache(maxsize=4096)(made_fonds_id)
"""Every row of a list names its fonds."""
_BREAK = re.compile(r"[\s._/-]+")
_CODE = re.compile(r"([^\W\d_]{1,5})(?!(?:19|20)\d\d$)\d{1,5}$")
"""A word of letters and a number that is no year ("P01"; not "TNMT2019")."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the batch, read. ``kind`` of its rows; ``finding_aid``: it names no computer files; ``path`` is where
    it stands in the delivery (None: elsewhere); ``beside``: how many of its folders have computer files in them;
    ``key`` tells its file from every other, ``around`` are digests of the folders that the file lies in; ``stem`` is the
    file's name without its ending, ``sheet`` that of its sheet where the file has several."""

    name: str
    kind: str
    entries: tuple[Entry, ...]
    finding_aid: bool
    path: PurePosixPath | None = None
    beside: int = 0
    key: str = ""
    around: tuple[str, ...] = ()
    stem: str = ""
    sheet: str = ""

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that it stands in."""
        return self.path.parts[:-1] if self.path else ()


class FondsBook:
    """The fonds that a batch names: by code and by creator in its tables, and by its outermost folders (``folders``:
    those with computer files in them)."""

    def __init__(self, tables: Iterable[Table], folders: Iterable[str] = ()) -> None:
        self._codes: dict[str, str] = {}
        self._by_creator: dict[str, str] = {}
        self._of_tables: dict[str, str | None] = {}
        for table in tables:
            for entry in table.entries:
                if code := entry.get("fonds_code"):
                    self._codes.setdefault(code, fonds_id(code))
                    if name := creator_of(entry):
                        self._by_creator.setdefault(words(name), fonds_id(code))
        self._add_folders(sorted(set(folders)))

    def _add_folders(self, folders: list[str]) -> None:
        """A folder of a fonds that no table gives a code for is called by its whole name, by the mark which begins its
        name ("P31-UBND-PHUONG-HANG-BAC") and by the body that its name spells: each where no other folder is."""
        marks: defaultdict[str, set[str]] = defaultdict(set)
        bodies: defaultdict[str, set[str]] = defaultdict(set)
        for folder in folders:
            identity = self.of_folder(folder)
            mark, _, rest = _BREAK.sub(" ", folder).partition(" ")
            for name in (mark if _is_mark(mark) else "", folder):
                if name:
                    marks[name].add(identity)
            for spelt in (rest, folder):
                if body := _body(_BREAK.sub(" ", spelt)):
                    bodies[body].add(identity)
        for name, identities in marks.items():
            if len(identities) == 1:
                self._codes.setdefault(name, next(iter(identities)))
        self._by_folder = {body: next(iter(found)) for body, found in bodies.items() if len(found) == 1}

    def of_row(self, entry: Entry, table: Table) -> str | None:
        """The fonds' id: by its code, the creator's name, the archive's code of file or document, the table's name and
        place, and only then by a name that nothing gives a code for. None where nothing says it."""
        if code := entry.get("fonds_code"):
            return self._codes.get(code) or fonds_id(code)
        name = creator_of(entry)
        if name and (known := self._by_creator.get(words(name)) or self._by_folder.get(_body(name) or "")):
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
        """By the name of the sheet or of the file where that names one fonds of the batch, else by the folder that it
        stands in, else by a code in the file's name that nothing else in the batch has."""
        if table.name not in self._of_tables:
            named = self._in_name(table.sheet) or self._in_name(table.stem)
            in_folder = table.folders and (table.beside or self._leading(table.folders[0]))
            placed = named or (self.of_folder(table.folders[0]) if in_folder else None)
            self._of_tables[table.name] = placed or _new_code(table)
        return self._of_tables[table.name]

    def _in_name(self, stem: str) -> str | None:
        """The one fonds whose code stands in a name between breaks ("mucluc_P31"); a number alone is one only behind a
        word for fonds ("mucluc_phong_12"), since it may be a year."""
        spoken = f" {words(stem)} "
        found: dict[str, str] = {}
        for code, identity in self._codes.items():
            called = words(code)
            if not called or f" {called} " not in spoken:
                continue
            if _LETTER.search(code) or any(
                f" {mark} {called} " in spoken for mark in data("labels.yaml")["fonds_marks"]
            ):
                found[called] = identity
        longest = {
            identity
            for called, identity in found.items()
            if not any(f" {called} " in f" {other} " for other in found if other != called)
        }
        return longest.pop() if len(longest) == 1 else None

    def _leading(self, text: str) -> str | None:
        """The longest known code that ``text`` is or begins with, up to a break."""
        found = [
            code
            for code in self._codes
            if text.startswith(code) and (len(text) == len(code) or _BREAK.match(text, len(code)))
        ]
        return max(found, key=len, default=None)


def _new_code(table: Table) -> str | None:
    """The fonds whose code follows the words of a finding aid in the file's name ("mucluc_P01", "mucluc_phong_12"): most
    lists are of files that were never scanned. None where two codes stand there, or the rows are of several creators."""
    if not table.finding_aid or len({words(name) for entry in table.entries if (name := creator_of(entry))}) > 1:
        return None
    said = _BREAK.sub(" ", table.stem).split()
    rest = _behind(said, "aid_names")
    if not rest:
        return None
    spoken = _behind(rest, "fonds_marks")
    first, others = (spoken or rest)[0], (spoken or rest)[1:]
    if not (_is_code(first) or (spoken and first.isdigit())) or any(map(_is_code, others)):
        return None
    return fonds_id(first)


def _behind(said: list[str], table: str) -> list[str]:
    """The words behind those of labels.yaml that a name begins with, none where it begins with none of them."""
    for start in sorted(data("labels.yaml")[table], key=len, reverse=True):
        length = len(start.split())
        if words(" ".join(said[:length])) == start:
            return said[length:]
    return []


def _is_code(text: str) -> bool:
    """Whether a word of a file's name is a fonds' code: letters, then digits, and the letters count nothing else."""
    match = _CODE.match(text)
    return match is not None and words(match.group(1)) not in data("labels.yaml")["no_fonds_marks"]


def _is_mark(text: str) -> bool:
    """Whether the first word of a folder's name is a mark: letters and digits in one word ("P31")."""
    return _LETTER.search(text) is not None and any(map(str.isdigit, text))


@lru_cache(maxsize=4096)
def _body(name: str) -> str | None:
    """The body that a name spells, however it is abbreviated and with or without accents; None for no body's name."""
    known = recognise(name) or recognise(name.upper())
    return compact(known.canonical) if known and known.place_name else None
