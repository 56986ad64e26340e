"""Which fonds of a store a paper means: by code, by its creator's name, or all of a level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from kg.custody.receivers import Receivers, several_bodies
from kg.ids import fonds_id
from kg.model import Fonds
from ontology import names
from ontology.custody.bodies import has_own_way, name_key
from ontology.registry import Ontology

_Said = TypeVar("_Said")
_Part = tuple[str, str]
"""File, inventory or "", and the reference."""


class Meant(Protocol):
    """What a paper's target says of the fonds (``kg.custody.facts.Target``)."""

    @property
    def fonds(self) -> str | None: ...
    @property
    def creator(self) -> str | None: ...
    @property
    def level(self) -> str | None: ...
    @property
    def bloc(self) -> str | None: ...
    @property
    def unit(self) -> str | None: ...


class _Units:
    """The ids of a unit and all below it, remembered."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._under: dict[str, frozenset[str]] = {}

    def under(self, unit: str) -> frozenset[str]:
        if unit not in self._under:
            known = self._ontology.units.get(unit)
            self._under[unit] = self._ontology.under(known) if known else frozenset()
        return self._under[unit]


class NamedFonds:
    """Finds the fonds that papers name."""

    def __init__(self, fonds: Sequence[Fonds], ontology: Ontology) -> None:
        self._units = _Units(ontology)
        self._receivers = Receivers(ontology)
        self._by_id = {reference(row.id): row for row in fonds} | {row.id: row for row in fonds}
        self._by_creator: defaultdict[str, list[Fonds]] = defaultdict(list)
        for row in fonds:
            if row.creator:
                self._by_creator[_creator_key(row.creator)].append(row)
        self._by_body: defaultdict[str, list[Fonds]] | None = None

    def of(self, target: Meant) -> list[Fonds] | None:
        """The fonds that a row names by code or name, else by its creator's name; none where the store has no such.
        None where a fonds is named by its code, and what the row says of it besides is not so."""
        if target.fonds:
            called = (target.fonds, reference(target.fonds), reference(fonds_id(target.fonds)))
            known = next((self._by_id[one] for one in called if one in self._by_id), None)
            if known:
                return [known] if self._agrees(known, target) else None
        named = self._of_creator(target.fonds or target.creator or "")
        found = [row for row in named if self._fits(row, target, unknown=False)]
        return found if found or not named or target.unit is None else self._below(named, target)

    def _below(self, named: Sequence[Fonds], target: Meant) -> list[Fonds] | None:
        """None where the unit that is named lies below the creator's own: which files concern it no file tells."""
        inside = any(row.unit and target.unit in self._units.under(row.unit) for row in named)
        return None if inside else []

    def _of_creator(self, name: str) -> Sequence[Fonds]:
        """Those of the creator as it is written, else of the body that the name means."""
        if found := self._by_creator.get(_creator_key(name)):
            return found
        if self._by_body is None:
            self._by_body = defaultdict(list)
            for rows in list(self._by_creator.values()):
                for row in rows:
                    if not several_bodies(row.creator or ""):
                        self._by_body[self._receivers.key(row.creator or "")].append(row)
        return self._by_body.get(self._receivers.key(name), ())

    def _agrees(self, row: Fonds, target: Meant) -> bool:
        """Whether a fonds that is named by its code is what else the row says of it, as far as that is known."""
        if not self._fits(row, target, unknown=True):
            return False
        if not target.creator or not row.creator or _creator_key(target.creator) == _creator_key(row.creator):
            return True
        return self._receivers.key(target.creator) == self._receivers.key(row.creator)

    def _fits(self, row: Fonds, target: Meant, *, unknown: bool) -> bool:
        """Whether level and bloc are those the row names, and the creator's unit is its unit or lies below it;
        ``unknown``: what is not known of the fonds may be so."""
        open_ = (None,) if unknown else ()
        if row.level not in open_ and target.level not in (None, row.level):
            return False
        if row.bloc not in open_ and target.bloc not in (None, row.bloc):
            return False
        if target.unit is None or row.unit in open_:
            return True
        return row.unit in self._units.under(target.unit)


class Levels(Generic[_Said]):
    """What is said of all fonds of a level, bloc and unit; bodies that go their own way are meant only by name."""

    def __init__(self, fonds: Iterable[Fonds], ontology: Ontology) -> None:
        self._units = _Units(ontology)
        self._rows: defaultdict[str, list[Fonds]] = defaultdict(list)
        for row in fonds:
            if row.level and not (row.creator and has_own_way(row.creator)):
                self._rows[row.level].append(row)
        self._said: defaultdict[tuple[str, str, str, _Part], list[_Said]] = defaultdict(list)
        self._named: set[str] = set()
        self._over: dict[str, tuple[str, ...]] = {}

    def add(self, said: _Said, target: Meant, part: _Part) -> None:
        """Take what is said of a level, or of the ``part`` of that name in all fonds of the level."""
        self._said[target.level or "", target.bloc or "", target.unit or "", part].append(said)
        if target.unit and target.unit not in self._named:
            self._named.add(target.unit)
            self._over.clear()

    def of(self, row: Fonds, part: _Part) -> list[_Said]:
        """What is said of the fonds, or of that part of it."""
        if not self._said or not row.level or (row.creator and has_own_way(row.creator)):
            return []
        blocs = dict.fromkeys(("", row.bloc or ""))
        return [
            said
            for unit in ("", *self._around(row.unit))
            for bloc in blocs
            for said in self._said.get((row.level, bloc, unit, part), ())
        ]

    def fonds_of(self, target: Meant) -> tuple[str, ...]:
        """The ids of the fonds that are meant."""
        under = self._units.under(target.unit) if target.unit else None
        return tuple(
            row.id
            for row in self._rows.get(target.level or "", ())
            if target.bloc in (None, row.bloc) and (under is None or row.unit in under)
        )

    def _around(self, unit: str | None) -> tuple[str, ...]:
        """The units named that the unit is or lies below."""
        if unit is None:
            return ()
        if unit not in self._over:
            self._over[unit] = tuple(one for one in self._named if unit in self._units.under(one))
        return self._over[unit]


def _creator_key(creator: str) -> str:
    """A creator's name as it is compared; two bodies that formed a fonds together are neither of them."""
    return names.key(creator) if several_bodies(creator) else name_key(creator)


def reference(text: str | None) -> str:
    """Ids and codes as they are compared: no blanks, lower case, numbers without the noughts before them, which
    spreadsheet programs take away."""
    bare = "".join((text or "").split()).casefold()
    return bare.lstrip("0") or bare if bare.isdigit() else bare
