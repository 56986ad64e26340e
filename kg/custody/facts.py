"""What signed papers say of custody: assignments, hand-overs, store-room lists, tasks that passed on, matters still open.

A fact names what it is about as closely as its paper does (a file, an inventory, a fonds, a creator, a level); which of
several counts says ``kg.custody.choosing``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from kg.custody.binding import Levels, NamedFonds, reference
from kg.custody.narrowing import within
from kg.custody.paper import Paper
from kg.model import File, Fonds
from ontology.custody.bodies import name_key
from ontology.custody.retention import years
from ontology.registry import Ontology

__all__ = ["KINDS", "SCOPES", "Asked", "Fact", "Facts", "Target", "file_references", "reference"]

FactKind = Literal["assignment", "arrangement", "handover", "store_list", "task", "open_matter"]
"""Who must receive it in the end (the chairman's decision), who receives it first to arrange it (a decision of its own,
Circular 06/2025/TT-BNV art. 40.2a), who received it (signed minutes), who has it in store, who took over the task, and
that a matter is not settled (with who settles it, where the paper says so)."""
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
    ``unit`` (a unit version's id: it and all below it) narrow a creator, or stand alone for all fonds of that level.
    ``retention`` is permanent or fixed; ``term`` one term alone, as written ("70 năm"), compared in years.
    ``years`` ("1990/1992", "/1980") and ``box`` ("12", "3, 5-8") stand only beside more than single files: those of these
    years, in these boxes (``kg.custody.narrowing``)."""

    file: str | None = None
    inventory: str | None = None
    fonds: str | None = None
    creator: str | None = None
    level: str | None = None
    bloc: str | None = None
    unit: str | None = None
    retention: str | None = None
    carrier: str | None = None
    term: str | None = None
    years: str | None = None
    box: str | None = None

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
    def is_of_level(self) -> bool:
        """Whether it names a level and no fonds or creator of it."""
        return bool(self.level) and not (self.fonds or self.creator)

    @property
    def is_part(self) -> bool:
        """Whether it means less than whole fonds: a file, an inventory, or files of some kind."""
        narrow = (self.file, self.inventory, self.retention, self.term, self.carrier, self.years, self.box)
        return any(part is not None for part in narrow)

    @property
    def rank(self) -> tuple[int, int]:
        """The smaller, the closer: scope, then how many conditions are told beside it that narrow it (of a fonds or
        creator, bloc and unit say only which it is)."""
        which = (self.bloc, self.unit) if self.scope == "level" else ()
        narrow = (self.retention, self.term, self.carrier, self.years, self.box, *which)
        return SCOPES.index(self.scope), -sum(value is not None for value in narrow)

    def narrowed(self) -> tuple[str, ...]:
        """What it says beside fonds or creator, as it is compared."""
        rest = (self.retention, self.term, self.carrier, self.years, self.box)
        return (reference(self.file), reference(self.inventory), *(part or "" for part in rest))

    def thing(self) -> tuple[str, ...]:
        """What makes two rows speak of one thing, by their words alone."""
        creator = name_key(self.creator) if self.creator else ""
        which = (self.level, self.bloc, self.unit)
        return (*self.narrowed(), reference(self.fonds), creator, *(part or "" for part in which))


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a list, or what a finding aid says of a file (``kind`` finding_aid). ``body`` holds, receives or takes
    over; ``giver`` gave; ``since`` the day it counts from (ISO), ``due`` the last day to carry an assignment out; ``place``
    the store-room; ``sheet`` and ``row`` where the list says so; ``files`` how many files the paper counts; ``remarks`` what
    was doubtful when it was read and every answer that rests on it must say (``kg.custody.remarks.OF_FACTS``)."""

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
    files: int | None = None
    remarks: tuple[str, ...] = ()

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
            "files": self.files,
            "remarks": list(self.remarks),
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """What custody is asked about: a file (or a document without one) of a fonds, its kind of retention, carrier and
    term as written."""

    fonds: Fonds | None
    file: File | None
    retention: str
    carrier: str
    term: str | None = None


class Facts:
    """The facts of a store, bound to its fonds: asked for one file at a time."""

    def __init__(self, facts: Sequence[Fact], fonds: Iterable[Fonds], ontology: Ontology) -> None:
        self.all = tuple(facts)
        self.ambiguous: tuple[Fact, ...] = ()
        """Facts whose creator's name several units of the store have: they hold for none."""
        self.contrary: tuple[Fact, ...] = ()
        """Facts of which the fonds that they name is not what they say of it (creator, level, bloc, unit), or that mean
        a unit below its creator's, which no file tells: they hold for none."""
        self._index: defaultdict[_Place, list[Fact]] = defaultdict(list)
        self._bound: dict[str, tuple[str, ...]] = {}
        rows = list(fonds) if self.all else []
        self._levels: Levels[Fact] = Levels(rows, ontology)
        self._bind(NamedFonds(rows, ontology))

    def of(self, asked: Asked) -> list[Fact]:
        """All facts about the file asked for, those of its fonds, creator and level too."""
        places = _places_of(asked)
        found = [fact for place in places for fact in self._index.get(place, ())]
        if asked.fonds is not None:
            for fonds, kind, called in places:
                if fonds == asked.fonds.id:
                    found += self._levels.of(asked.fonds, (kind, called))
        return [fact for fact in dict.fromkeys(found) if _holds(fact.target, asked)]

    def is_bound(self, fact: Fact) -> bool:
        """Whether the store has a fonds that the fact speaks of; of a file's id alone that is not known."""
        return fact.id in self._bound or bool(self.fonds_of(fact))

    def fonds_of(self, fact: Fact) -> tuple[str, ...]:
        """The ids of the fonds that the fact speaks of; none where it names a file's id alone."""
        if fact.target.is_of_level:
            return self._levels.fonds_of(fact.target)
        return self._bound.get(fact.id, ())

    def rank(self, fact: Fact) -> tuple[int, int]:
        """How close the fact is (the smaller, the closer): a creator of one fonds means that fonds."""
        scope, told = fact.target.rank
        if fact.target.scope == "creator" and len(self.fonds_of(fact)) == 1:
            scope = SCOPES.index("fonds")
        return scope, told

    def thing(self, fact: Fact) -> Hashable:
        """What the fact is about, the same for all that mean the same fonds of the store."""
        fonds = () if fact.target.is_of_level else self.fonds_of(fact)
        return fact.target.thing() if not fonds else (fonds, fact.target.narrowed())

    def _bind(self, known: NamedFonds) -> None:
        ambiguous, contrary = [], []
        for fact in self.all:
            target = fact.target
            kind, called = _narrowest(target)
            if target.is_of_level:
                self._levels.add(fact, target, (kind, called))
                continue
            if not (target.fonds or target.creator):
                self._index["", kind, called].append(fact)
                self._bound[fact.id] = ()
                continue
            named = known.of(target)
            if named is None:
                contrary.append(fact)
            elif len({row.unit for row in named}) > 1:
                ambiguous.append(fact)
            elif named:
                for row in named:
                    self._index[row.id, kind, called].append(fact)
                self._bound[fact.id] = tuple(row.id for row in named)
        self.ambiguous, self.contrary = tuple(ambiguous), tuple(contrary)


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
    if target.term is not None and years(target.term) != years(asked.term):
        return False
    if not within(target, asked.file):
        return False
    if not (target.file and target.inventory):
        return True
    own = asked.file.inventory if asked.file and asked.file.inventory else ""
    return reference(target.inventory) in (reference(own), reference(own.rpartition("/")[2]))


def file_references(file: File) -> frozenset[str]:
    """All that a row may call the file, within its fonds or alone."""
    return frozenset(reference(str(name)) for name in (file.id, file.extra.get("archive_code"), file.code) if name)
