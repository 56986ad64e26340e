"""What signed papers say of custody: assignments, hand-overs, store-room lists, tasks that passed on, matters still open.

A fact names what it is about as closely as its paper does (a file, an inventory, a fonds, a creator, a level); the
closest one decides, among equals the later; two of one day that name different bodies decide nothing and are listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from kg.custody.paper import Paper
from kg.ids import fonds_id
from kg.model import File, Fonds
from ontology.custody.bodies import has_own_way, name_key
from ontology.registry import Ontology

FactKind = Literal["assignment", "handover", "store_list", "task", "open_matter"]
"""Who must receive it (the chairman's decision), who received it (signed minutes), who has it in store, who took over
the task, and that a matter is not settled (with who settles it, where the paper says so)."""
KINDS: tuple[FactKind, ...] = get_args(FactKind)

HOLDING: frozenset[str] = frozenset({"handover", "store_list", "finding_aid"})
"""Kinds that say where the paper is."""

_Place = tuple[str, str, str]
"""Fonds id ("" for none), file, inventory or "", and the reference."""

Scope = Literal["file", "inventory", "fonds", "creator", "level"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""From the closest to the widest."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a fact is about, as its row says: references are ids or codes, names as written. ``level`` with ``bloc`` and
    ``unit`` (a unit version's id: it and all below it) narrow a creator, or stand alone for all fonds of that level."""

    file: str | None = None
    inventory: str | None = None
    fonds: str | None = None
    creator: str | None = None
    level: str | None = None
    bloc: str | None = None
    unit: str | None = None
    retention: str | None = None
    carrier: str | None = None

    @property
    def scope(self) -> Scope:
        """How close the fact is: the narrowest thing that the row names."""
        if self.file:
            return "file"
        if self.inventory:
            return "inventory"
        if self.fonds:
            return "fonds"
        return "creator" if self.creator else "level"

    @property
    def rank(self) -> tuple[int, int]:
        """The smaller, the closer: scope, then how many conditions are told beside it."""
        told = sum(value is not None for value in (self.retention, self.carrier, self.bloc, self.unit))
        return SCOPES.index(self.scope), -told


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a list, or what a finding aid says of a file (``kind`` finding_aid). ``body`` holds, receives or takes
    over; ``giver`` gave; ``since`` the day it counts from (ISO), ``due`` the last day to carry an assignment out; ``place``
    the store-room; ``sheet`` and ``row`` where the list says so."""

    id: str
    kind: str
    target: Target
    body: str | None
    since: str
    paper: Paper
    giver: str | None = None
    due: str | None = None
    note: str | None = None
    row: int = 0
    place: str | None = None
    sheet: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As it stands in answers."""
        target = {key: getattr(self.target, key) for key in Target.__slots__ if getattr(self.target, key)}
        return {
            "id": self.id,
            "kind": self.kind,
            "scope": self.target.scope,
            "target": target,
            "body": self.body,
            "giver": self.giver,
            "since": self.since,
            "due": self.due,
            "paper": self.paper.to_json(),
            "note": self.note,
            "place": self.place,
            "sheet": self.sheet,
            "row": self.row,
        }


@dataclass(frozen=True, slots=True)
class Chosen:
    """The fact that decides (None: none does), and those of its day that contradict one another."""

    fact: Fact | None = None
    against: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What custody is asked about: a file (or a document without one) of a fonds, its kind of retention and carrier."""

    fonds: Fonds | None
    file: File | None
    retention: str
    carrier: str


def choose(facts: Iterable[Fact]) -> Chosen:
    """The closest fact, among equals the latest; none where two of that day name different bodies."""
    ordered = sorted(facts, key=lambda fact: (fact.target.rank, _descending(fact.since), fact.id))
    if not ordered:
        return Chosen()
    first = ordered[0]
    equals = [fact for fact in ordered if fact.target.rank == first.target.rank and fact.since == first.since]
    if len({name_key(fact.body or "") for fact in equals}) > 1:
        return Chosen(None, tuple(equals))
    return Chosen(first)


def _descending(day: str) -> tuple[int, ...]:
    return tuple(-ord(char) for char in day.ljust(len("YYYY-MM-DD")))


class Facts:
    """The facts of a store, bound to its fonds: asked for one file at a time."""

    def __init__(self, facts: Sequence[Fact], fonds: Iterable[Fonds], ontology: Ontology) -> None:
        self.all = tuple(facts)
        self.ambiguous: tuple[Fact, ...] = ()
        """Facts whose creator's name several units of the store have: they hold for none."""
        self._ontology = ontology
        self._units: dict[str, frozenset[str]] = {}
        self._index: defaultdict[_Place, list[Fact]] = defaultdict(list)
        self._bound: dict[str, tuple[str, ...]] = {}
        self._bind(list(fonds))

    def of(self, asked: Asked) -> list[Fact]:
        """All facts about the file asked for, those of its fonds, creator and level too."""
        found = [fact for place in _places_of(asked) for fact in self._index.get(place, ())]
        return [fact for fact in dict.fromkeys(found) if _holds(fact.target, asked)]

    def is_bound(self, fact: Fact) -> bool:
        """Whether the store has a fonds that the fact speaks of; of a file's id alone that is not known."""
        return fact.id in self._bound

    def fonds_of(self, fact: Fact) -> tuple[str, ...]:
        """The ids of the fonds that the fact speaks of; none where it names a file's id alone."""
        return self._bound.get(fact.id, ())

    def _bind(self, fonds: list[Fonds]) -> None:
        by_id = {reference(row.id): row for row in fonds} | {row.id: row for row in fonds}
        by_creator: defaultdict[str, list[Fonds]] = defaultdict(list)
        for row in fonds:
            if row.creator:
                by_creator[name_key(row.creator)].append(row)
        ambiguous = []
        for fact in self.all:
            target = fact.target
            kind, called = _narrowest(target)
            if not (target.fonds or target.creator or target.level):
                self._index["", kind, called].append(fact)
                self._bound[fact.id] = ()
                continue
            named = (
                self._named(target, by_id, by_creator)
                if target.fonds or target.creator
                else self._of_level(target, fonds)
            )
            if (target.fonds or target.creator) and len({row.unit for row in named}) > 1:
                ambiguous.append(fact)
                continue
            for row in named:
                self._index[row.id, kind, called].append(fact)
            if named:
                self._bound[fact.id] = tuple(row.id for row in named)
        self.ambiguous = tuple(ambiguous)

    def _named(
        self, target: Target, by_id: Mapping[str, Fonds], by_creator: Mapping[str, list[Fonds]]
    ) -> list[Fonds]:
        """The fonds that a row names by code or name, else by its creator's name."""
        if target.fonds:
            for called in (target.fonds, reference(target.fonds), reference(fonds_id(target.fonds))):
                if known := by_id.get(called):
                    return [known]
        name = target.fonds or target.creator or ""
        return [row for row in by_creator.get(name_key(name), ()) if self._fits(row, target)]

    def _of_level(self, target: Target, fonds: list[Fonds]) -> list[Fonds]:
        """The fonds of a level; bodies that go their own way are meant only where they are named."""
        return [row for row in fonds if self._fits(row, target) and not (row.creator and has_own_way(row.creator))]

    def _fits(self, row: Fonds, target: Target) -> bool:
        """Whether level and bloc are those the row names, and the creator's unit is its unit or lies below it."""
        if target.level not in (None, row.level) or target.bloc not in (None, row.bloc):
            return False
        if target.unit is None:
            return True
        if target.unit not in self._units:
            known = self._ontology.units.get(target.unit)
            self._units[target.unit] = self._ontology.under(known) if known else frozenset()
        return row.unit in self._units[target.unit]


def _narrowest(target: Target) -> tuple[str, str]:
    if target.file:
        return "file", reference(target.file)
    return ("inventory", reference(target.inventory)) if target.inventory else ("", "")


def _places_of(asked: Asked) -> list[_Place]:
    """Where facts about the file stand in the index: within a known fonds its number tells it, alone its id and the
    archive's code do."""
    fonds, file = (asked.fonds.id if asked.fonds else None), asked.file
    found: list[_Place] = [(fonds, "", "")] if fonds is not None else []
    if file is None:
        return found
    inventory = (file.inventory, file.inventory.rpartition("/")[2]) if file.inventory else ()
    named = [str(name) for name in (file.id, file.extra.get("archive_code")) if name]
    found += [("", "file", reference(name)) for name in named]
    found += [("", "inventory", reference(name)) for name in inventory[:1]]
    if fonds is not None:
        found += [(fonds, "file", reference(name)) for name in (*named, file.code) if name]
        found += [(fonds, "inventory", reference(name)) for name in inventory]
    return found


def _holds(target: Target, asked: Asked) -> bool:
    """Whether the conditions beside the reference hold."""
    if target.retention not in (None, asked.retention) or target.carrier not in (None, asked.carrier):
        return False
    if not (target.file and target.inventory):
        return True
    own = asked.file.inventory if asked.file and asked.file.inventory else ""
    return reference(target.inventory) in (reference(own), reference(own.rpartition("/")[2]))


def file_references(file: File) -> frozenset[str]:
    """All that a row may call the file, within its fonds or alone."""
    return frozenset(reference(str(name)) for name in (file.id, file.extra.get("archive_code"), file.code) if name)


def reference(text: str | None) -> str:
    """Ids and codes as they are compared: no blanks, lower case, numbers without the noughts before them, which
    spreadsheet programs take away."""
    bare = "".join((text or "").split()).casefold()
    return bare.lstrip("0") or bare if bare.isdigit() else bare
