"""Lists: cited and affected acts, agencies, people, places, by type too; and the dated units of places and agencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from nlp.evaluation.compare import match, nearest, plain, plain_number
from nlp.evaluation.gold import Gold
from nlp.model import AgencyMention, Extraction, PlaceMention

NAMES: Final = ("agencies", "people", "places")
"""The lists of names, which a named-entity recogniser finds too."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A list of one document: what was expected and what was found; ``kind`` is its name (``agencies``,
    ``places: province``). Counts are of distinct strings."""

    kind: str
    expected: tuple[str, ...]
    right: int
    spurious: tuple[str, ...]
    missing: tuple[str, ...]
    near: int
    near_spurious: int
    near_missing: int
    damaged: tuple[tuple[str, str], ...]

    @property
    def is_type(self) -> bool:
        """Whether it is a part of another list."""
        return ": " in self.kind


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A place or agency mention of the annotation, the dated unit meant, and the units its mentions were given (none:
    not found). ``right``: found, and every mention of it in the text was given a unit that is meant. ``listed``: the
    unit was in force that day by a list of units, so that it is not known by its name alone."""

    surface: str
    what: Literal["place", "agency"]
    expected: str | None
    found: tuple[str | None, ...]
    right: bool
    listed: bool = True


def compare(kind: str, expected: Iterable[str], found: Iterable[str], optional: Iterable[str] = ()) -> Compared:
    """Compare two lists, strictly and fuzzily. ``damaged``: pairs (expected, found) that are only similar."""
    expected, found, optional = list(expected), list(found), list(optional)
    strict, fuzzy = match(expected, found, optional), match(expected, found, optional, fuzzy=True)
    shown = {plain(one): one for one in (*found, *expected)}
    damaged = tuple((shown[one], shown[other]) for one, other in fuzzy.pairs if one != other)
    return Compared(
        kind=kind,
        expected=tuple(expected),
        right=len(strict.pairs),
        spurious=tuple(shown[one] for one in strict.spurious),
        missing=tuple(shown[one] for one in strict.missing),
        near=len(fuzzy.pairs),
        near_spurious=len(fuzzy.spurious),
        near_missing=len(fuzzy.missing),
        damaged=damaged,
    )


def lists(gold: Gold, read: Mapping[str, Any]) -> Iterator[Compared]:
    """Every list that the annotation has, for a reading in the JSON of an Extraction.

    Acts are compared by number, those without one by title, what is done to them with relation and extent. Names count
    only where one stretch was annotated: with several a name outside them would be no error.
    """
    if gold.secret:
        return
    values = gold.values
    if "cites" in values:
        yield from _by_type("cites", _numbered(values["cites"]), _numbered(read.get("cites")))
        yield compare("cites without number", _titles(values["cites"]), _titles(read.get("cites")))
    if "affects" in values:
        yield from _by_type("affects", _effects(values["affects"]), _effects(read.get("affects")))
    if values.get("numbers"):
        yield compare("numbers of certificates", _numbers(values["numbers"]), _identifiers(read))
    for kind in NAMES:
        if kind in values and len(values.get("annotated_spans") or [[]]) == 1:
            if kind == "places":
                yield from _by_type(kind, _typed(values[kind]), _typed(read.get(kind)))
            else:
                optional = values.get("agencies_optional") if kind == "agencies" else ()
                yield compare(kind, names(values[kind]), names(read.get(kind)), names(optional))


_CERTIFICATE: Final = {"serial": "certificate_serial", "register": "register_number"}
"""Kinds of numbers in the annotations of certificates, and as they are read."""


def _numbers(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [row["surface"] for row in rows]


def _identifiers(read: Mapping[str, Any]) -> list[str]:
    kinds = set(_CERTIFICATE.values())
    return [one["value"] for one in read.get("identifiers") or () if one["kind"] in kinds]


def names(values: Iterable[Any] | None) -> list[str]:
    """The strings of a list of names or of objects with a ``surface``."""
    return [value if isinstance(value, str) else value.get("surface") or "" for value in values or ()]


def units(gold: Gold, read: Extraction) -> Iterator[UnitFound]:
    """The dated units of the mentions in ``units`` of the annotation, one a surface and unit."""
    rows: Sequence[Mapping[str, Any]] = () if gold.secret else gold.values.get("units") or ()
    meant: dict[tuple[str, str], set[str | None]] = {}
    for row in rows:
        meant.setdefault((row["what"], plain(row["surface"])), set()).add(row["unit"])
    given = {"place": _units(read.places), "agency": _units(read.agencies)}
    for row in rows:
        found = given[row["what"]]
        surface: str | None = plain(row["surface"])
        allowed = meant[row["what"], plain(row["surface"])]
        if surface not in found:
            surface = nearest(surface or "", found)
        got = found[surface] if surface is not None else ()
        right = row["unit"] in got and allowed.issuperset(got)
        listed = not (row.get("by_name") or row.get("former"))
        yield UnitFound(row["surface"], row["what"], row["unit"], got, right, listed)


def _units(mentions: Sequence[PlaceMention] | Sequence[AgencyMention]) -> dict[str, tuple[str | None, ...]]:
    found: dict[str, dict[str | None, None]] = {}
    for mention in mentions:
        found.setdefault(plain(mention.surface), {})[mention.unit] = None
    return {surface: tuple(units) for surface, units in found.items()}


_Typed = list[tuple[str, str]]
"""Pairs (string, type)."""


def _by_type(kind: str, expected: _Typed, found: _Typed) -> Iterator[Compared]:
    """The list whole, then the part of each type that the annotation has."""
    yield compare(kind, [one for one, _ in expected], [one for one, _ in found])
    for type_ in sorted({type_ for _, type_ in expected if type_}):
        yield compare(
            f"{kind}: {type_}",
            [one for one, other in expected if other == type_],
            [one for one, other in found if other == type_],
        )


def _numbered(cites: Iterable[Mapping[str, Any]] | None) -> _Typed:
    return [(plain_number(one["number"]), one.get("role") or "") for one in cites or () if one.get("number")]


def _titles(cites: Iterable[Mapping[str, Any]] | None) -> list[str]:
    return [one["title"] for one in cites or () if not one.get("number") and one.get("title")]


def _effects(affects: Iterable[Mapping[str, Any]] | None) -> _Typed:
    return [(_effect(one), one.get("relation") or "") for one in affects or ()]


def _effect(effect: Mapping[str, Any]) -> str:
    act = plain_number(effect["number"]) if effect.get("number") else effect.get("title") or ""
    return f"{effect.get('relation')} {effect.get('scope')} {act}"


def _typed(places: Iterable[Any] | None) -> _Typed:
    types = [None if isinstance(place, str) else place.get("type") for place in places or ()]
    return list(zip(names(places), [type_ or "" for type_ in types], strict=True))
