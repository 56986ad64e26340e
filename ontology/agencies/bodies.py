"""The kinds of bodies that units have, and how their names are written: ``agencies_bodies.csv``, ``agencies_names.csv``.

A row of the first is one kind of body: at which levels and types of units it stands, since when and until when where
that does not follow from the unit, and which kinds took its tasks over where it ended before its unit did (``heirs``).
A row of the second is one way to write its name: ``{unit}`` stands for type and name ("phường Cửa Nam"), ``{name}``
for the bare name, the type being that of the row ("Quận ủy {name}"). An archive's own table adds to both (own.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, cast

from ontology.model import Unit
from ontology.names import rows

if TYPE_CHECKING:
    from ontology.agencies.own import OwnTable

Sure = Literal["sure", "likely", "check"]
"""How sure a day is: the act was read or it is daily practice; one source; to be looked up before anybody relies on it."""

_ORDER: tuple[Sure, ...] = ("check", "likely", "sure")

Style = Literal["full", "short", "organ", "organisation", "former"]
"""What a form is: the name in full; a shorter one; that of the organ that acts for the body ("Thường trực HĐND"); that
of the organisation whose committee the body is ("Đảng bộ"); one it no longer bears."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The units for which a row holds; an empty set holds for all. ``types`` are type words, with ``@level`` where only
    one of their levels is meant; ``provinces`` are lines (codes), ``units`` ids of versions, or lines."""

    levels: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()

    def holds(self, unit: Unit, province: str) -> bool:
        """Whether the unit, in the province of that line, is one of them."""
        return (
            (not self.levels or unit.level in self.levels)
            and (not self.types or unit.type in self.types or f"{unit.type}@{unit.level}" in self.types)
            and (not self.provinces or province in self.provinces)
            and (not self.units or unit.id in self.units or unit.line in self.units)
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """What a day or a statement rests on: how sure it is, the act with its article (None: none is known), and how sure
    the reading of that act is."""

    sure: Sure
    act: str | None = None
    article: str | None = None
    law_sure: Sure | None = None

    def at_most(self, sure: Sure) -> Ground:
        """The same ground, no surer than that: the weakest link is what is shown (DESIGN.md §4.12)."""
        return self if _ORDER.index(self.sure) <= _ORDER.index(sure) else replace(self, sure=sure)


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of body. ``since`` and ``until`` are ISO, maybe partial, '' where the unit's own days decide, each with its
    ground (``opening``: also of the beginning with the unit, where that is less sure than the row); ``sure``: how sure
    it is that these units had one; ``family`` joins kinds that pages name one for the other (the committees before and
    after 1976); ``special`` is the kind of specialised record whose custody its papers follow ('' for none)."""

    id: str
    kind: str
    bloc: str
    scope: Scope
    since: str
    until: str
    sure: Sure
    opening: Ground
    closing: Ground
    heirs: tuple[str, ...]
    family: str
    special: str


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write the names of a kind of body, since and until when (ISO, maybe partial, '' where open)."""

    body: str
    scope: Scope
    since: str
    until: str
    style: Style
    text: str

    @property
    def head(self) -> str:
        """What stands before the unit's name."""
        return self.text.partition("{")[0].strip()

    @property
    def implied_type(self) -> str | None:
        """The type of unit that the form names by itself ("Quận ủy {name}": quận)."""
        if "{name}" not in self.text or len(self.scope.types) != 1:
            return None
        return next(iter(self.scope.types)).partition("@")[0]

    @property
    def names_no_unit(self) -> bool:
        """Whether the form is the whole name of one body ("Bộ Tư lệnh Thủ đô Hà Nội")."""
        return "{" not in self.text


def bodies() -> dict[str, Body]:
    """Every kind of body by id, in the order of the table; last those that an archive's own table founds. Raises
    BadAgencyTable."""
    return _bodies(own_table())


@lru_cache(maxsize=4)
def _bodies(own: OwnTable) -> dict[str, Body]:
    return bundled_bodies() | own.bodies


@cache
def bundled_bodies() -> dict[str, Body]:
    """The kinds of bodies of the package's table."""
    return {
        row["id"]: Body(
            row["id"],
            row["kind"],
            row["bloc"],
            scope_of(row),
            row["since"],
            row["until"],
            cast(Sure, row["sure"]),
            _ground_of_end(row, "since"),
            _ground_of_end(row, "until"),
            tuple(cell(row["heirs"])),
            row["family"],
            row["special"],
        )
        for row in rows("agencies_bodies.csv")
    }


def forms() -> dict[str, tuple[Form, ...]]:
    """The forms of names by kind of body, the full one first; before it what an archive's own table says. Raises
    BadAgencyTable."""
    return _forms(own_table())


@lru_cache(maxsize=4)
def _forms(own: OwnTable) -> dict[str, tuple[Form, ...]]:
    found = dict(_bundled_forms())
    for body, ahead in own.forms.items():
        found[body] = (*ahead, *found.get(body, ()))
    return found


@cache
def _bundled_forms() -> dict[str, tuple[Form, ...]]:
    found: dict[str, list[Form]] = {}
    for row in rows("agencies_names.csv"):
        style = cast(Style, row["style"])
        form = Form(row["body"], scope_of(row), row["since"], row["until"], style, row["form"])
        found.setdefault(form.body, []).append(form)
    return {body: tuple(group) for body, group in found.items()}


def heirs_of() -> dict[str, tuple[str, ...]]:
    """Kind of body → the kinds whose tasks it took over, in some units at least. Raises BadAgencyTable."""
    return _heirs_of(own_table())


@lru_cache(maxsize=4)
def _heirs_of(own: OwnTable) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for body in _bodies(own).values():
        for heir in body.heirs:
            found.setdefault(heir, []).append(body.id)
    for exception in own.exceptions:
        for heir in exception.heirs if exception.effect == "closes" else ():
            former = found.setdefault(heir, [])
            former += [body for body in exception.bodies or _bodies(own) if body not in former]
    return {heir: tuple(former) for heir, former in found.items()}


def scope_of(row: Mapping[str, str]) -> Scope:
    """The scope that a row's columns ``levels``, ``types``, ``provinces`` and ``units`` say."""
    return Scope(*(frozenset(cell(row.get(key, ""))) for key in ("levels", "types", "provinces", "units")))


def ground_of(row: Mapping[str, str]) -> Ground:
    """The ground that a row's columns ``sure``, ``act``, ``article`` and ``law_sure`` say."""
    law = row["law_sure"] or None
    return Ground(cast(Sure, row["sure"]), row["act"] or None, row["article"] or None, cast("Sure | None", law))


def _ground_of_end(row: Mapping[str, str], end: str) -> Ground:
    law = row[f"{end}_law"] or None
    sure = row[f"{end}_sure"] or row["sure"]
    return Ground(cast(Sure, sure), row[f"{end}_act"] or None, None, cast("Sure | None", law))


def own_table() -> OwnTable:
    """See ``ontology.agencies.own``, which needs the types of this module."""
    from ontology.agencies.own import own_table

    return own_table()


def cell(text: str) -> list[str]:
    """The values of a cell, parted by ``|``."""
    return [value for value in text.split("|") if value]
