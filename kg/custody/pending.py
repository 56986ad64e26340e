"""What facts speak of, found in the store and named as people name it; what the store does not have yet is pending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from kg.custody.facts import Fact, Facts, file_references, reference
from kg.model import File
from kg.store.protocol import Store

Missing = Literal["file", "inventory", "fonds"]
MISSING: tuple[Missing, ...] = ("file", "inventory", "fonds")


@dataclass(frozen=True, slots=True)
class Named:
    """What a fact speaks of: the fonds' creator and the codes of fonds, inventory and file, None for each part that is
    not known; ``missing``: what of it the store does not have (None: it has all)."""

    fonds: str | None
    creator: str | None
    inventory: str | None
    file: str | None
    missing: Missing | None

    def to_json(self) -> dict[str, Any]:
        """As it stands in answers."""
        return {key: getattr(self, key) for key in Named.__slots__}


class InStore:
    """Looks up what facts speak of; the files of each fonds are read once."""

    def __init__(self, store: Store, bound: Facts) -> None:
        self._store = store
        self._bound = bound
        self._files: dict[str, dict[str, list[File]]] = {}
        self._codes: dict[str, Mapping[str, str]] = {}

    def named(self, fact: Fact) -> Named:
        """The fact's object, as the store knows it."""
        target = fact.target
        names = self._bound.fonds_of(fact)
        alone = not (target.fonds or target.creator or target.level)
        if target.file:
            found = next(self._matching(fact, names, alone=alone), None)
            if found is not None:
                return Named(*self._fonds(found.fonds or None), self._code(found.inventory), found.code, None)
        elif target.inventory and (code := self._inventory(fact, names, alone=alone)):
            return Named(*self._fonds(code[0]), code[1], None, None)
        if names and not (target.file or target.inventory):
            return Named(*self._fonds(names[0] if len(names) == 1 else None), None, None, None)
        return self._absent(fact, names)

    def pending(self, facts: Sequence[Fact]) -> list[tuple[Fact, Named]]:
        """The facts about what the store does not have; those that no single fonds is meant by are not among them."""
        unclear = {fact.id for fact in (*self._bound.ambiguous, *self._bound.contrary)}
        told = ((fact, self.named(fact)) for fact in facts if fact.id not in unclear)
        return [(fact, named) for fact, named in told if named.missing]

    def _absent(self, fact: Fact, names: tuple[str, ...]) -> Named:
        """An id tells its parts: fonds, inventory, file."""
        target = fact.target
        parts = (target.file or target.inventory or "").split("/")
        fonds, inventory, file = target.fonds, target.inventory, target.file
        if not (fonds or target.creator) and len(parts) == (3 if file else 2):
            fonds = parts[0] or None
            inventory = parts[1] or None
            file = parts[2] if file else None
        missing: Missing = "fonds"
        if names or (fonds and fonds in self._creators):
            missing = "file" if target.file else "inventory"
        elif target.file and not (fonds or target.creator or target.level):
            missing = "file"
        known, creator = self._fonds(names[0]) if len(names) == 1 else self._fonds(fonds)
        return Named(known, creator or target.creator, inventory, file, missing)

    def _matching(self, fact: Fact, names: tuple[str, ...], *, alone: bool) -> Iterator[File]:
        wanted = reference(fact.target.file)
        if alone:
            yield from self._by_id.get(wanted, ())
            return
        for name in names:
            for file in self._of_fonds(name).get(wanted, ()):
                if not fact.target.inventory or self._is_of(file.inventory, fact.target.inventory):
                    yield file

    def _is_of(self, inventory: str | None, said: str) -> bool:
        own = inventory or ""
        return reference(said) in (reference(own), reference(own.rpartition("/")[2]))

    def _of_fonds(self, fonds: str) -> Mapping[str, list[File]]:
        if fonds not in self._files:
            found: dict[str, list[File]] = {}
            for file in self._store.files(fonds=fonds):
                for name in file_references(file):
                    found.setdefault(name, []).append(file)
            self._files[fonds] = found
        return self._files[fonds]

    @cached_property
    def _by_id(self) -> Mapping[str, list[File]]:
        """All files by id and by the archive's code: facts may name them by that alone."""
        found: dict[str, list[File]] = {}
        for file in self._store.files():
            for name in filter(None, (file.id, file.extra.get("archive_code"))):
                found.setdefault(reference(str(name)), []).append(file)
        return found

    @cached_property
    def _creators(self) -> Mapping[str, str | None]:
        return {row.id: row.creator for row in self._store.fonds()}

    def _fonds(self, identifier: str | None) -> tuple[str | None, str | None]:
        return identifier, self._creators.get(identifier) if identifier else None

    def _inventory(self, fact: Fact, names: tuple[str, ...], *, alone: bool) -> tuple[str, str] | None:
        """Fonds and code of the inventory that the fact names."""
        said = fact.target.inventory or ""
        for fonds in self._creators if alone else names:
            for identifier, code in self._codes_of(fonds).items():
                own = (identifier,) if alone else (identifier, identifier.rpartition("/")[2], code)
                if reference(said) in map(reference, own):
                    return fonds, code
        return None

    def _code(self, inventory: str | None) -> str | None:
        if not inventory:
            return None
        fonds, _, bare = inventory.rpartition("/")
        return self._codes_of(fonds).get(inventory, bare)

    def _codes_of(self, fonds: str) -> Mapping[str, str]:
        if fonds not in self._codes:
            self._codes[fonds] = {row.id: row.code for row in self._store.inventories(fonds)}
        return self._codes[fonds]
