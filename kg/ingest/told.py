"""Which table says what of the backbone, so that a corrected table takes back what it said before.

A row of the store is what the tables that speak of it come to. Its ``extra`` names them under ``TOLD_BY`` (of a file
``{key of the table: how}``, of a fonds the keys); what each says of fonds and
inventories, and of files of which several say something, is kept in the store's own table, one value a table, replaced
with it (not in the log: a file may turn out secret, and then nothing of it may stay).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from kg.model import File, Fonds
from kg.readers.model import Batch, Told
from kg.readers.tables.catalogue import filled
from kg.store.merging import TOLD_BY
from kg.store.protocol import Store, Writer

Row = TypeVar("Row", Fonds, File)

WHOLE, PART, BARE = "whole", "part", "bare"
"""How a table speaks of a file: the row is what it says; its share is kept apart; it says only that there is the file."""
EARLIER = "earlier"
"""Stands for the tables that spoke before it was kept which."""
_PREFIX = "table:"
"""Of the keys in the store's own table; an empty value: the table is withdrawn."""
_INTERNAL = frozenset({TOLD_BY, "_reading"})


@dataclass(slots=True)
class Account:
    """What one table said when it was taken in last. ``roots``: the folders that were taken in whole with it;
    ``filed`` and ``documents``: the fonds ("" for none) of its files and of the documents that it alone lists;
    ``files``: its share in files of which others say something too; ``secrets``: secret documents that it alone lists.
    """

    key: str
    name: str = ""
    folders: list[str] = field(default_factory=list)
    manifest: bool = False
    roots: list[str] = field(default_factory=list)
    fonds: dict[str, dict[str, Any]] = field(default_factory=dict)
    inventories: dict[str, list[str | None]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    filed: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)


class Accounts:
    """What the store knows of tables, and what this batch changes in it. ``told``: the batch's tables by key; ``gone``:
    keys of the tables that are withdrawn."""

    def __init__(self, batch: Batch, store: Store) -> None:
        self.told: dict[str, Told] = {key: told for key, told in batch.catalogue.told.items() if key}
        self._roots = sorted(batch.roots)
        self.before = _kept(store)
        self.gone = {key for key, account in self.before.items() if key not in batch.there and self._is_left(account)}
        self._files: dict[str, dict[str, dict[str, Any]]] = {}
        self._hidden: set[str] = set()
        self._documents: dict[str, set[str]] = {}
        self._secrets: dict[str, set[str]] = {}

    @property
    def retold(self) -> list[Account]:
        """What the tables said before that this batch has again, or withdraws."""
        return [account for key, account in self.before.items() if key in self.told or key in self.gone]

    def _is_left(self, account: Account) -> bool:
        """Whether a table that is not there any more lay in a folder that was taken in whole, or was a manifest from
        elsewhere for such a folder."""
        if not self._roots or account.key == EARLIER:
            return False
        if any(root in account.folders for root in self._roots):
            return True
        return account.manifest and bool(account.roots) and set(account.roots) <= set(self._roots)

    def others(self, keys: Iterable[str]) -> list[str]:
        """Those of the tables that this batch has nothing to say about."""
        return [key for key in keys if key not in self.told and key not in self.gone]

    def tellers(self, kind: str, ident: str) -> list[str]:
        """The batch's tables that speak of a fonds or file."""
        return [key for key, told in self.told.items() if ident in getattr(told, kind)]

    def share(self, key: str, file: File, how: str) -> File:
        """What a table that this batch has not says of a file (the store's row)."""
        if how == WHOLE:
            return file
        account = self.before.get(key)
        return _row(bare(file), account.files.get(file.id, {}) if account and how == PART else {})

    def keep_share(self, key: str, file: File) -> None:
        """Remember a table's share in a file of which others say something too."""
        self._files.setdefault(key, {})[file.id] = _body(file)

    def hide(self, ident: str) -> None:
        """A file is secret: nothing that a table said of it is kept."""
        self._hidden.add(ident)

    def fonds_said(self, key: str, ident: str) -> Fonds | None:
        """What a table that this batch has not says of a fonds."""
        account = self.before.get(key)
        body = account.fonds.get(ident) if account else None
        return None if body is None else _row(Fonds(ident), body)

    def lists_alone(self, table: str | None, fonds: str | None, *, secret: str | None = None) -> None:
        """A document is only listed: in this table, for this fonds; ``secret``: its id where it is secret."""
        if table:
            self._documents.setdefault(table, set()).add(fonds or "")
            if secret:
                self._secrets.setdefault(table, set()).add(secret)

    def write(self, writer: Writer) -> None:
        """Put what changed in the place of what was."""
        for key in sorted(self.gone):
            writer.set_meta(f"{_PREFIX}{key}", "")
        for key in sorted({*self.told, *self._files, *self.before} - self.gone):
            account = self._account(key)
            if account != self.before.get(key):
                writer.set_meta(f"{_PREFIX}{key}", _packed(account))

    def _account(self, key: str) -> Account:
        told = self.told.get(key)
        if told is None:  # of another batch; only its share in files may be told apart from now on, or be secret
            before = self.before.get(key) or Account(key)
            files = {**before.files, **self._files.get(key, {})}
            return replace(before, files={ident: said for ident, said in files.items() if ident not in self._hidden})
        return Account(
            key,
            told.name,
            list(told.folders),
            told.manifest,
            self._roots,
            {ident: _body(fonds) for ident, fonds in told.fonds.items()},
            {ident: [row.fonds, row.code, row.title] for ident, row in told.inventories.items()},
            self._files.get(key, {}),
            sorted({file.fonds or "" for file in told.files.values()}),
            sorted(self._documents.get(key, ())),
            sorted(self._secrets.get(key, ())),
        )


def _kept(store: Store) -> dict[str, Account]:
    """The account of each table that is not withdrawn."""
    return {
        key.removeprefix(_PREFIX): Account(**json.loads(told)) for key, told in store.metas(_PREFIX).items() if told
    }


def _packed(account: Account) -> str:
    """As JSON, without what is empty."""
    told = {one.name: getattr(account, one.name) for one in fields(account)}
    kept = {name: value for name, value in told.items() if value or name == "key"}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def bare(file: File) -> File:
    """The file as a folder or a document's row alone names it."""
    inventory = file.inventory if file.id.split("/")[1:2] != [""] else None
    return File(file.id, file.fonds, inventory, file.code)


def is_bare(file: File) -> bool:
    """Whether nothing is said of it but that it is there, and where."""
    return not _body(file)


def _body(row: Fonds | File) -> dict[str, Any]:
    """What a table says of a row beside its id and place; nothing of a secret file."""
    place = {"id", "fonds", "code"} if isinstance(row, File) else {"id"}
    if isinstance(row, File) and row.id.split("/")[1:2] != [""]:
        place.add("inventory")
    extra = {key: value for key, value in row.extra.items() if key not in _INTERNAL}
    if extra.get("access") == "secret":
        return {"extra": {"access": "secret"}}
    told = {one.name: getattr(row, one.name) for one in fields(row) if one.name not in place and one.name != "extra"}
    body: dict[str, Any] = {name: value for name, value in told.items() if value not in (None, False)}
    if extra:
        body["extra"] = extra
    return body


def _row(empty: Row, body: Mapping[str, Any]) -> Row:
    told: dict[str, Any] = dict(body)
    return replace(empty, **told)


def united(first: Row, others: Iterable[Row]) -> Row:
    """Several accounts of one row as one: where the first is silent, the next is heard."""
    for other in others:
        first = filled(first, other)
    return first


def without_marks(row: Row) -> Row:
    """The row without what is kept in it for the next ingest."""
    marked: dict[str, Any] = {"extra": {key: value for key, value in row.extra.items() if key not in _INTERNAL}}
    return replace(row, **marked)
