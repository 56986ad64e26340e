"""All tables of a batch as one catalogue: fonds, inventories, files, documents, each known by one id.

Finding aids are taken before manifests, so that a file's title is the archivist's; what one table does not say, the
next fills in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, TypeVar

from kg.ids import file_id, record_id
from kg.ids import inventory_id as made_inventory_id
from kg.messages import say
from kg.model import File, Fonds, Inventory
from kg.readers.model import Catalogue, RecordMetadata, RowProblem, Told
from kg.readers.tables.described import creator_of, described_document, described_file, described_fonds, restricted
from kg.readers.tables.entries import Entry, strictest
from kg.readers.tables.folded import words
from kg.readers.tables.placing import FondsBook, Table

inventory_id = lru_cache(maxsize=4096)(made_inventory_id)
"""Every row of a list names its inventory."""
_ORDER = {"fonds": 0, "file": 1, "bundle": 1, "document": 2, "register": 2}

WITHOUT_NUMBER = "rows_without_number:"
"""In a fonds' ``extra``, with a finding aid's name behind it: how many of its rows have no number."""

Value = TypeVar("Value", Fonds, File)


class Builder:
    """Puts tables into one catalogue, and keeps apart what each of them says. Ids of files are found again by code,
    archive code or both. ``folders``: the outermost folders of the batch that have computer files in them."""

    def __init__(self, tables: Iterable[Table], folders: Iterable[str] = ()) -> None:
        self.catalogue = Catalogue()
        self._book = FondsBook(tables, folders)
        self._teller = Told("", "")
        self._by_code: dict[tuple[str | None, str], list[str]] = {}
        self._listed_at: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._adopted: set[str] = set()

    def add(self, table: Table) -> None:
        """Take in a table's rows."""
        self.catalogue.tables.append(table.name)
        name = table.name.partition("[")[0]
        self._teller = self.catalogue.told.setdefault(
            table.key, Told(table.key, name, table.around, manifest=not table.finding_aid)
        )
        for entry in table.entries:
            if table.finding_aid:
                self.catalogue.rows += 1
            self._add(entry, table)
            self.catalogue.problems.extend(entry.problems)

    def _add(self, entry: Entry, table: Table) -> None:
        fonds = self._fonds(entry, table)
        if entry.kind == "fonds":
            return
        inventory = self._inventory(entry, fonds)
        if entry.kind == "bundle":
            self._bundle(entry, fonds, inventory, table)
        elif entry.kind == "file":
            self._listed_file(entry, fonds, inventory, table)
        else:
            self._document(entry, fonds, inventory, table)

    # -- fonds and inventories

    def _fonds(self, entry: Entry, table: Table) -> str | None:
        identity = self._book.of_row(entry, table)
        if identity is None:
            return None
        told_before = self._teller.fonds.get(identity)
        if told_before and told_before.creator and entry.kind != "fonds":
            return identity
        told = Fonds(identity, creator=creator_of(entry))
        if entry.kind == "fonds":
            told = described_fonds(told, entry)
        for rows in (self.catalogue.fonds, self._teller.fonds):
            known = rows.get(identity)
            rows[identity] = filled(known, told) if known else told
        return identity

    def _inventory(self, entry: Entry, fonds: str | None) -> str | None:
        """The inventory's code; it is put into the catalogue where its fonds is known."""
        code = entry.get("inventory_code")
        if code and fonds:
            identity = inventory_id(fonds, code)
            if identity not in self._teller.inventories:
                inventory = Inventory(identity, fonds, code, entry.get("inventory_title"))
                self._teller.inventories[identity] = inventory
                self.catalogue.inventories.setdefault(identity, inventory)
        return code

    # -- files

    def _listed_file(self, entry: Entry, fonds: str | None, inventory: str | None, table: Table) -> None:
        code = self._file_code(entry, fonds, inventory) or entry.get("row_number")
        if code is None:
            self._unusable(entry, fonds, table)
            return
        title = entry.get("file_title") or entry.get("title_any")
        told = described_file(File(file_id(fonds, inventory, code), fonds, code=code), entry, title)
        self._put_listed(told, entry, inventory, table)

    def _file_code(self, entry: Entry, fonds: str | None, inventory: str | None) -> str | None:
        """The file's code; from the archive's code of it where the row has no other: what follows the fonds' code, when
        that is a file's code that is known or a single word."""
        archive_code = entry.get("file_archive_code")
        if (code := entry.get("file_code")) or archive_code is None:
            return code
        rest = self._book.rest(archive_code, fonds)
        single = rest.replace("_", "").isalnum()
        return rest if single or self.find_file(fonds, inventory, rest) else archive_code

    def _bundle(self, entry: Entry, fonds: str | None, inventory: str | None, table: Table) -> None:
        code = entry.get("bundle_code") or entry.get("row_number")
        if code is None:
            self._unusable(entry, fonds, table)
            return
        title = entry.get("bundle_title") or entry.get("title_any") or entry.get("file_title")
        told = described_file(File(file_id(fonds, inventory, code), fonds, code=code), entry, title)
        told = replace(told, arranged=False, extra={**told.extra, "bundle": True, **entry.unknown})
        self._put_listed(told, entry, inventory, table)

    def _put_listed(self, told: File, entry: Entry, inventory: str | None, table: Table) -> None:
        if told.id in self._listed_at:
            if (second := self._second(told)) is not None:
                self._put_second(second, told, entry, inventory, table)
                return
            self._problem(entry, "duplicate_file", code=told.code, first=self._listed_at[told.id])
            if told.id in self._teller.files:
                self._repeat(told.id, entry.row)
            elif table.finding_aid:  # the row of another list, which speaks for the file when that list is withdrawn
                told = replace(told, listed=True, extra={**told.extra, "listed_in": table.name})
                self._teller.files[told.id] = self._in_inventory(told, inventory)
                self._repeat(told.id, entry.row)
            return
        if table.finding_aid:
            self._listed_at[told.id] = entry.row
            told = replace(told, listed=True, extra={**told.extra, "listed_in": table.name})
        self._put_file(told, inventory, entry.get("file_archive_code"))

    def _repeat(self, identity: str, row: str) -> None:
        """Two rows of a list have one number: the closing sheet of an inventory counts them (số trùng). Nothing but the
        row's place is kept of the second."""
        known = self.catalogue.files[identity]
        rows = [*known.extra.get("repeated_in", ()), row]
        repeated = replace(known, extra={**known.extra, "repeated_in": rows})
        if self._teller.files.get(identity) is known:
            self._teller.files[identity] = repeated
        self.catalogue.files[identity] = repeated

    def _second(self, told: File) -> str | None:
        """The id under which a row is kept that bears the number of an earlier row of its table and is of another file;
        None where it says nothing else than one of them, or where the earlier row is another table's. The earlier file
        is what scans and papers of that number are given to: which of the two they are of, nobody can tell."""
        if (first := self._teller.files.get(told.id)) is None:
            return None
        place, number = told.id.rpartition("/")[0], 2
        ident = told.id
        known: File | None = first
        while known is not None and _is_another(known, told):
            ident = f"{place}/{file_id(None, None, f'{told.code} ({number})').removeprefix('//')}"
            known, number = self._teller.files.get(ident), number + 1
        return ident if known is None else None

    def _put_second(self, ident: str, told: File, entry: Entry, inventory: str | None, table: Table) -> None:
        self._problem(entry, "same_number", code=told.code, first=self._listed_at[told.id])
        first = self.catalogue.files[told.id]
        self.catalogue.files[told.id] = marked = replace(first, extra={**first.extra, "same_number": True})
        teller = self._teller.files[told.id]
        self._teller.files[told.id] = (
            marked if teller is first else replace(teller, extra={**teller.extra, "same_number": True})
        )
        listed = {"listed_in": table.name} if table.finding_aid else {}
        second = replace(
            told, id=ident, listed=table.finding_aid, extra={**told.extra, **listed, "same_number": True}
        )
        self._listed_at[ident] = entry.row
        self.catalogue.files[ident] = self._teller.files[ident] = self._in_inventory(second, inventory)

    def _unusable(self, entry: Entry, fonds: str | None, table: Table) -> None:
        """A row of a list without a number: no file that anybody could find, but one that is counted under its fonds."""
        self._problem(entry, "no_code")
        if fonds is None or not table.finding_aid:
            return
        key = f"{WITHOUT_NUMBER}{table.name}"
        for rows in (self.catalogue.fonds, self._teller.fonds):
            if known := rows.get(fonds):
                rows[fonds] = replace(known, extra={**known.extra, key: known.extra.get(key, 0) + 1})

    def _in_inventory(self, told: File, inventory: str | None) -> File:
        return replace(told, inventory=inventory_id(told.fonds, inventory)) if inventory and told.fonds else told

    def _put_file(self, told: File, inventory: str | None, archive_code: str | None = None) -> str:
        told = self._in_inventory(told, inventory)
        known, before = self.catalogue.files.get(told.id), self._teller.files.get(told.id)
        self.catalogue.files[told.id] = united = filled(known, told) if known else told
        # What one table alone says of a file is one value, not two that are alike: lists are long.
        self._teller.files[told.id] = united if before is known else filled(before, told) if before else told
        for code in (told.code, archive_code):
            places = self._by_code.setdefault((told.fonds, code or ""), [])
            if code and told.id not in places:
                places.append(told.id)
        return told.id

    def finish(self) -> Catalogue:
        """The catalogue once every table is in: what is said of a file's access holds for its documents."""
        for position, document in enumerate(self.catalogue.documents):
            file = self._file_named(document)
            access = strictest(document.access, file.extra.get("access") if file else None)
            self.catalogue.documents[position] = restricted(document, access)
        return self.catalogue

    def _file_named(self, document: RecordMetadata) -> File | None:
        if document.file is None:
            return None
        return self.catalogue.files.get(file_id(document.fonds, document.inventory, document.file))

    def find_file(self, fonds: str | None, inventory: str | None, code: str) -> str | None:
        """The id of a known file by its code or archive code; None where none or several inventories have it."""
        if inventory:
            exact = file_id(fonds, inventory, code)
            if exact in self.catalogue.files:
                return exact
        known = self._by_code.get((fonds, code), [])
        return known[0] if len(known) == 1 else None

    def make_file(self, fonds: str | None, inventory: str | None, code: str) -> str:
        """The id of the file of that code, made when no table has it."""
        found = self.find_file(fonds, inventory, code)
        if found and (
            not inventory or self.catalogue.files[found].inventory in (None, inventory_id(fonds, inventory))
        ):
            return found
        return self._put_file(File(file_id(fonds, inventory, code), fonds, code=code), inventory)

    def make_fonds(self, folder: str) -> str:
        """The id of the fonds that a folder holds, made when no table has it."""
        self._teller = Told("", "")  # from here on it is folders that speak
        identity = self._book.of_folder(folder)
        self.catalogue.fonds.setdefault(identity, Fonds(identity))
        return identity

    def adopt(self, homeless: str, identity: str) -> None:
        """A file that a row names without a fonds is the one of that code where the row's document lies: it gives what
        it knows to ``identity``, and goes when no other document needs it (``drop_adopted``)."""
        former = self.catalogue.files.get(homeless)
        if former is None or homeless == identity:
            return
        known = self.catalogue.files[identity]
        place: dict[str, Any] = {"id": known.id, "fonds": known.fonds, "inventory": known.inventory, "listed": False}
        for teller in self.catalogue.told.values():
            if homeless in teller.files and not teller.files[homeless].listed:
                said = replace(teller.files[homeless], **place)
                before = teller.files.get(identity)
                teller.files[identity] = filled(before, said) if before else said
                self.catalogue.files[identity] = filled(self.catalogue.files[identity], said)
        if not former.listed:  # else a list of no known fonds has it, whichever file it is
            self._adopted.add(homeless)

    def drop_adopted(self, needed: Collection[str]) -> None:
        """Forget the files that others adopted, except those that documents still lie in."""
        for homeless in self._adopted.difference(needed):
            del self.catalogue.files[homeless]
            for teller in self.catalogue.told.values():
                teller.files.pop(homeless, None)

    # -- documents

    def _document(self, entry: Entry, fonds: str | None, inventory: str | None, table: Table) -> None:
        file = self._file_of_document(entry, fonds, inventory, table)
        document = described_document(entry, fonds, naming_inventory(file, inventory) if file else inventory, file)
        document = replace(document, table=table.key)
        if document.code:
            own = record_id(document.code, fonds, file.id if file else None, document.path or "")
            if first := self._codes.get(own):
                self._problem(entry, "duplicate_code", code=document.code, first=first)
                return
            self._codes[own] = entry.row
        self.catalogue.documents.append(document)

    def _file_of_document(self, entry: Entry, fonds: str | None, inventory: str | None, table: Table) -> File | None:
        archive_code = entry.get("file_archive_code")
        code = self._file_code(entry, fonds, inventory)
        if code is None and table.beside > 1:
            code = table.folders[1]
        if code is None:
            return None
        identity = self.make_file(fonds, inventory, code)
        known = self.catalogue.files[identity]
        title = entry.get("file_title") or (entry.get("title_any") if entry.get("title") else None)
        told = File(identity, fonds, code=known.code, title=title, box=entry.get("box"))
        if entry.file_cells or title or entry.get("period"):
            told = described_file(told, entry, title, of_document=True)
        self._put_file(told, inventory, archive_code)
        return self.catalogue.files[identity]

    def _problem(self, entry: Entry, reason: str, **details: Any) -> None:
        message = say(f"row_{reason}", row=entry.row, **details)
        entry.problems.append(RowProblem(entry.row, reason, message))


def _is_another(known: File, told: File) -> bool:
    """Whether what two rows of one number say cannot be of one file: titles, sheets or days differ."""
    titles = {words(file.title) for file in (known, told) if file.title}
    sheets = {file.sheets for file in (known, told) if file.sheets}
    return max(len(titles), len(sheets), len({file.since for file in (known, told) if file.since})) > 1


def filled(known: Value, told: Value) -> Value:
    """What is known, with what is told where it was silent; a day that a column gives goes before one that was read from
    a history."""
    for name in ("opened", "closed"):
        basis = f"{name}_basis"
        if basis in known.extra and getattr(told, name) and basis not in told.extra:
            extra = {key: value for key, value in known.extra.items() if key != basis}
            cleared: dict[str, Any] = {name: None, "extra": extra}
            known = replace(known, **cleared)
    missing = {
        field.name: getattr(told, field.name)
        for field in fields(told)
        if field.name != "extra" and getattr(known, field.name) in (None, False)
    }
    extra = {**told.extra, **known.extra}
    access = strictest(known.extra.get("access"), told.extra.get("access"))
    if access:
        extra["access"] = access
    merged = replace(known, **missing, extra=extra)
    if access == "secret" and isinstance(merged, File):
        merged = _without_content(merged)
    return merged


def _without_content(file: File) -> File:
    """A secret file: counted and placed, nothing said of it."""
    return replace(file, title=None, extra={key: file.extra[key] for key in ("access",) if key in file.extra})


def naming_inventory(file: File, inventory: str | None) -> str | None:
    """The inventory's code where the file's id is made with it: a file first listed without one keeps its id."""
    if inventory and file_id(file.fonds, inventory, file.code or "") == file.id:
        return inventory
    return None


def ordered(tables: Iterable[Table]) -> list[Table]:
    """Fonds, then files and bundles, then documents; finding aids before manifests; by name."""
    return sorted(tables, key=lambda table: (_ORDER[table.kind], not table.finding_aid, table.name))
