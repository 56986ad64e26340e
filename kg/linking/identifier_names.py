"""What an identifier is called and by what it is told from others: parcels, serials, register numbers, books and
entries, permits (PRACTICE.md §2 and §5; table ``identifiers.yaml``).

Light to import: searches and questions use it too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import yaml

from kg.linking.identity import entity_id
from kg.model import Node
from ontology import names
from ontology.folding import fold
from ontology.model import Unit
from ontology.registry import load

KIND: Final = "identifier"
_YEAR: Final = re.compile(r"(?:19[4-9]|20[0-4])\d")
_PARTS: Final = re.compile(r"\d+|[^\W\d_]+")
_ZEROS: Final = re.compile(r"^0+(?=\d)")
_ENTRY_OF_YEAR: Final = re.compile(r"(\d+)[./-]((?:19|20)\d\d)")


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table; see there."""

    scope: str
    form: str
    name: str
    short: str
    within: str | None = None
    year: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """An identifier as it is compared: ``value`` and ``within`` in canonical form, as written in ``shown`` and
    ``shown_within``; ``year`` where the number itself says it."""

    type: str
    value: str
    within: str | None
    shown: str
    shown_within: str | None
    year: str | None = None

    @property
    def short(self) -> str:
        """The short form by which it is found, whoever's it is."""
        return kinds()[self.type].short.format(value=self.value, within=self.within)

    @property
    def name(self) -> str:
        """What people read, without whose it is."""
        return kinds()[self.type].name.format(value=self.shown, within=self.shown_within)

    def to_json(self) -> dict[str, str | None]:
        """Type, value, sheet or book, and name."""
        return {"type": self.type, "value": self.value, "within": self.within, "name": self.name}

    @property
    def shorts(self) -> tuple[str, ...]:
        """The short form, and the same as written."""
        template = kinds()[self.type].short
        written = template.format(value=self.shown, within=self.shown_within)
        return tuple(dict.fromkeys((self.short, written)))


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds by the name that ``nlp.identifiers`` gives them."""
    text = files("kg.linking").joinpath("identifiers.yaml").read_text(encoding="utf-8")
    return {name: Kind(**row) for name, row in yaml.safe_load(text).items()}


def number_of(type_: str, value: str, within: str | None) -> Number | None:
    """The identifier of a value as written; None for what tells nothing (a parcel without its map sheet)."""
    kind = kinds().get(type_)
    if kind is None or (kind.within and not within):
        return None
    key = _canonical(kind.form, value)
    holder = _canonical(kinds()[kind.within].form, within) if kind.within and within else None
    year = _year_in(holder or key) if kind.year else None
    if kind.within and (entry := _ENTRY_OF_YEAR.fullmatch(key)) and year in (None, entry.group(2)):
        key, year = entry.group(1), entry.group(2)
    if kind.form == "tokens" and kind.scope == "permit":  # 12/2009/GPXD and 12/GPXD of 2009 are one
        key = "-".join(part for part in key.split("-") if part != year)
    if not any(letter.isdigit() for letter in key):
        return None
    plain = kind.form in {"plain", "serial"}
    shown = key if plain else _spaced(value)
    return Number(type_, key, holder, shown, _shown(kind, within, holder), year)


def _shown(kind: Kind, within: str | None, holder: str | None) -> str | None:
    if within is None or kind.within is None:
        return None
    return holder if kinds()[kind.within].form == "plain" else _spaced(within)


def _spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _canonical(form: str, value: str) -> str:
    written = names.normalise(value)
    if form == "tokens":
        return "-".join(_ZEROS.sub("", part) for part in _PARTS.findall(fold(written).upper()))
    if form == "serial":
        packed = "".join(written.upper().split()).replace(".", "")
        letters = packed.rstrip("0123456789")
        return f"{letters} {packed[len(letters) :]}" if letters.isalpha() and len(letters) <= 2 else packed
    return _ZEROS.sub("", "".join(fold(written).lower().split()))


def _year_in(key: str) -> str | None:
    return next((part for part in reversed(key.split("-")) if _YEAR.fullmatch(part)), None)


# -- whose it is
def scope_of(type_: str, unit: Unit) -> str:
    """The id of the unit version that stands for all versions within which the number is given once.

    Maps of a commune count while all its land comes from its former version: one that an act made of another's land too
    begins anew, one of a new name, type or district does not. Registers are the body's, which lives on until it takes in
    another commune whole, with its registers; 1 July 2025 ended all.
    """
    return _first(unit.id, land=kinds()[type_].scope == "land")


_MAYBE_WHOLE: Final = frozenset({"whole", "part_area_all_pop", "whole_area_only", "possible", "unchanged"})
"""How a unit goes into another, where its registers may go with it."""


@lru_cache(maxsize=8192)
def _first(unit_id: str, *, land: bool) -> str:
    ontology = load()
    unit = ontology.unit(unit_id)
    versions = ontology.same(unit)
    place = versions.index(unit)
    while place:
        arriving = ontology.changes.arriving(versions[place].id)
        brought = {edge.source for edge in arriving if land or edge.extent in _MAYBE_WHOLE}
        if not arriving or brought - {versions[place - 1].id}:
            break
        place -= 1
    return versions[place].id


@lru_cache(maxsize=8192)
def _last(unit_id: str, scope: str, type_: str) -> Unit:
    """The last version for which the scope stands."""
    return [one for one in load().same(load().unit(unit_id)) if scope_of(type_, one) == scope][-1]


def place_of(node: Node) -> Unit | None:
    """The last version of the unit within which an identifier counts; None where it counts in the whole country."""
    unit, type_ = node.props.get("unit"), node.props.get("type")
    if node.kind != KIND or type_ not in kinds() or unit not in load().units:
        return None
    return _last(str(unit), str(unit), str(type_))


def identifier_id(number: Number, scope: str | None, year: str | None) -> str:
    """The id of an identifier: what it is, within its sheet or book, its scope and its year."""
    return entity_id(KIND, f"{number.type} {number.value}", number.within, scope, year)


def identifier_node(number: Number, unit: Unit | None, year: str | None = None) -> Node:
    """The entity. ``unit``: the version in which the record places it (None: it counts in the whole country). Its name
    has the last version's; one named otherwise gives an alias. ``year``: where it counts anew each year."""
    kind = kinds()[number.type]
    scope = scope_of(number.type, unit) if unit else None
    year = (number.year or year) if kind.year else None
    said = number.name if year is None or year in number.name else f"{number.name}, năm {year}"
    places = list(dict.fromkeys(map(_spoken, (_last(unit.id, scope, number.type), unit)))) if unit and scope else []
    full = [f"{said}, {place}" for place in places] or [said]
    props: dict[str, Any] = {"type": number.type, "value": number.value, "within": number.within, "year": year}
    return Node(
        identifier_id(number, scope, year),
        KIND,
        full[0],
        tuple(dict.fromkeys((*full[1:], *number.shorts))),
        {key: value for key, value in (props | {"unit": scope}).items() if value},
    )


def _spoken(unit: Unit) -> str:
    """A unit's name as it is said in a sentence ("xã Đại Mỗ")."""
    _, bare = names.split_type(unit.name)
    return f"{unit.type} {bare}"
