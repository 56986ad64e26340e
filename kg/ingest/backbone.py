"""The backbone of a batch: fonds, inventories and files of its tables and folders, united with what the store has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import groupby
from typing import Any

from kg.ids import file_id
from kg.ingest.ontology_nodes import ontology_version
from kg.ingest.task import READING_VERSION, Job, ListedTitle, Task, TitlesTask
from kg.ingest.told import (
    BARE,
    EARLIER,
    PART,
    WHOLE,
    Accounts,
    Row,
    bare,
    is_bare,
    united,
    without_marks,
)
from kg.linking.creators import describe_creators
from kg.model import File, Fonds, Inventory
from kg.readers.model import Batch, RecordMetadata
from kg.store.merging import TOLD_BY
from kg.store.protocol import Store, Writer
from ontology.registry import Ontology

_TITLES = 250
"""Titles a task: handing one out costs as much as reading a dozen."""
_READING = "_reading"
"""In a file's ``extra``: by which versions of program and ontology, and in which unit, its title was read."""


class Backbone:
    """Fonds, inventories and files that a batch names, by id, with the creators of the fonds recognised, and those that
    its tables named before and name no more: each as all tables that speak of it say, those of other batches too.
    ``titled``: the files whose titles are to be read; ``left``: inventories that no table names any more."""

    def __init__(self, batch: Batch, ontology: Ontology, store: Store) -> None:
        catalogue = batch.catalogue
        self.accounts = Accounts(batch, store)
        retold = self.accounts.retold
        self._known_fonds: dict[str, Fonds] = _by_id(
            store.fonds([*catalogue.fonds, *(key for one in retold for key in one.fonds)])
        )
        self._creators = describe_creators(self._all_fonds(catalogue.fonds), ontology, _at_work(batch))
        self.fonds: dict[str, Fonds] = {key: creator.fonds for key, creator in self._creators.items()}
        self._known: dict[str, File] = _by_id(store.files(list(catalogue.files)))
        for fonds in sorted({one for account in retold for one in account.filed}):
            self._known.update(_by_id(store.files(fonds=fonds)))
        self.files = self._all_files(catalogue.files)
        self._known_inventories: dict[str, Inventory] = _by_id(
            row for fonds in self.fonds for row in store.inventories(fonds) if fonds in self._known_fonds
        )
        self.inventories, self.left = self._all_inventories(catalogue.inventories)
        self.titled: set[str] = set()

    def _all_fonds(self, named: Mapping[str, Fonds]) -> dict[str, Fonds]:
        found = {ident: self._fonds(fonds) for ident, fonds in named.items()}
        for ident, known in self._known_fonds.items():
            if ident not in found and TOLD_BY in known.extra:
                found[ident] = self._fonds(Fonds(ident))
        return found

    def _fonds(self, named: Fonds) -> Fonds:
        known, accounts = self._known_fonds.get(named.id), self.accounts
        tellers = accounts.tellers("fonds", named.id)
        others: list[Fonds] = []
        if known is not None and TOLD_BY not in known.extra:  # of a store that did not keep who says what
            return _marked(_unite(named, known), sorted(tellers)) if tellers else _unite(named, known)
        for key in accounts.others(known.extra[TOLD_BY] if known else ()):
            if said := accounts.fonds_said(key, named.id):
                tellers.append(key)
                others.append(said)
        return _marked(united(named, others), sorted(tellers))

    def _all_files(self, named: Mapping[str, File]) -> dict[str, File]:
        tellers: dict[str, list[str]] = {}
        for key, told in self.accounts.told.items():
            for ident in told.files:
                tellers.setdefault(ident, []).append(key)
        found = {ident: self._file(file, tellers.get(ident, [])) for ident, file in named.items()}
        for ident, known in self._known.items():
            told_by = known.extra.get(TOLD_BY, ())
            if ident not in found and len(self.accounts.others(told_by)) < len(told_by):
                found[ident] = self._file(bare(known), [])
        return found

    def _file(self, named: File, tellers: Sequence[str]) -> File:
        """The file as this batch's tables and those of others say, with a mark of who says what."""
        known, accounts = self._known.get(named.id), self.accounts
        if named.extra.get("access") == "secret":
            accounts.hide(named.id)
        before: Mapping[str, str] = known.extra.get(TOLD_BY, {}) if known else {}
        others = accounts.others(before)
        if known and TOLD_BY not in known.extra and not self._is_told_again(known, tellers):
            before, others = {EARLIER: WHOLE}, [EARLIER]
        if not others and len(tellers) <= 1:
            return _marked(named, dict.fromkeys(tellers, WHOLE))
        shares = {key: accounts.told[key].files[named.id] for key in tellers}
        if known:
            shares |= {key: without_marks(accounts.share(key, known, before[key])) for key in others}
        saying = [key for key, share in shares.items() if not is_bare(share)]
        several = len(saying) > 1 and named.extra.get("access") != "secret"
        for key in saying if several else ():
            accounts.keep_share(key, shares[key])
        how = PART if several else WHOLE
        row = united(named, (shares[key] for key in others))
        return _marked(row, {key: how if key in saying else BARE for key in shares})

    def _is_told_again(self, known: File, tellers: Sequence[str]) -> bool:
        """Whether what a store says that did not keep who says what is nothing, or what a list of this batch said."""
        listed_in = known.extra.get("listed_in")
        return is_bare(known) or any(self.accounts.told[key].name == listed_in for key in tellers)

    def _all_inventories(self, named: Mapping[str, Inventory]) -> tuple[dict[str, Inventory], set[str]]:
        """The inventories, and those that the tables named before and nobody names any more."""
        accounts = self.accounts
        kept = {
            ident: Inventory(ident, str(fonds), str(code), title)
            for key in accounts.others(accounts.before)
            for ident, (fonds, code, title) in accounts.before[key].inventories.items()
        }
        found = {
            ident: row if row.title or ident not in kept else replace(row, title=kept[ident].title)
            for ident, row in named.items()
        }
        former = {ident for account in accounts.retold for ident in account.inventories}
        found |= {ident: kept[ident] for ident in former if ident in kept and ident not in found}
        return found, former - found.keys()

    def mark(self, store: Store, filled: Collection[str]) -> None:
        """Tell the files of which there are documents (``filled``: in the batch) from those whose titles are to be read.
        A file that the store has as it is, its title read by this very program, is left alone."""
        version = f"{READING_VERSION}:{ontology_version()}"
        filled = {*filled, *self._filled_before(store, filled)}
        for file in self.files.values():
            extra = {key: value for key, value in file.extra.items() if key != _READING}
            if file.id not in filled and file.title:
                fonds = self.fonds.get(file.fonds or "")
                extra[_READING] = f"{version}:{(fonds.unit if fonds else None) or ''}"
                self.titled.add(file.id)
            self.files[file.id] = replace(file, extra=extra)
        self.titled -= {ident for ident in self.titled if self._known.get(ident) == self.files[ident]}

    def _filled_before(self, store: Store, filled: Collection[str]) -> set[str]:
        """The files in which the store has documents, of those that are not ``filled`` and had no title read."""
        asked = [
            ident
            for ident, known in self._known.items()
            if ident not in filled and ident in self.files and self.files[ident].title and _READING not in known.extra
        ]
        found: set[str] = set()
        for start in range(0, len(asked), _TITLES):
            links = store.neighbours(asked[start : start + _TITLES], types=["IN_FILE"])
            found.update(ident for ident, records in links.items() if records)
        return found

    def place(self, metadata: RecordMetadata | None) -> tuple[Fonds | None, str | None]:
        """The fonds and the file's id that the batch gives a record (by its row, else by its folders)."""
        if metadata is None:
            return None, None
        file = file_id(metadata.fonds, metadata.inventory, metadata.file) if metadata.file else None
        return self.fonds[metadata.fonds] if metadata.fonds else None, file

    def write(self, writer: Writer) -> None:
        """Put the backbone, but for the files whose titles are read: each of those is put with what it is about."""
        changed = [fonds for fonds in self.fonds.values() if self._known_fonds.get(fonds.id) != fonds]
        writer.put_fonds(changed)
        writer.put_inventories(row for row in self.inventories.values() if self._known_inventories.get(row.id) != row)
        writer.put_files(file for file in self.files.values() if self._is_put_at_once(file))
        for fonds in changed:
            writer.put_nodes(self._creators[fonds.id].nodes, self._creators[fonds.id].edges)

    def changed(self) -> list[File]:
        """The files that the store had not, or otherwise: by what is said of them, not by who says it."""
        return [file for file in self.files.values() if self._is_news(file)]

    def _is_news(self, file: File) -> bool:
        known = self._known.get(file.id)
        return known != file and (known is None or without_marks(known) != without_marks(file))

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


def _by_id(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.id: row for row in rows}


def _marked(row: Row, told_by: Any) -> Row:
    """The row with the mark of who speaks of it; without one where nobody does."""
    marked: dict[str, Any] = {"extra": {**row.extra, TOLD_BY: told_by}}
    return replace(row, **marked) if told_by else row


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


def tasks(batch: Batch, backbone: Backbone, store: Store) -> list[Job]:
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
    backbone.mark(store, {task.file for task in planned if task.file})
    return [*planned, *_titles(backbone)]


def _titles(backbone: Backbone) -> Iterator[TitlesTask]:
    listed = (file for file in backbone.files.values() if file.id in backbone.titled)
    for key, group in groupby(listed, lambda file: file.fonds):
        fonds = backbone.fonds.get(key or "")
        titles = [ListedTitle(file.id, file.title or "", file.until or file.since) for file in group]
        for start in range(0, len(titles), _TITLES):
            yield TitlesTask(tuple(titles[start : start + _TITLES]), fonds.unit if fonds else None)
