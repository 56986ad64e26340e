"""A public table of old and new communes held against the acts of 1 July 2025: the edges in which it differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from kg.convert.columns import role as unit_role
from kg.errors import HosoError
from kg.localities.headings import meaning
from kg.messages import say
from kg.readers.tables.folded import words
from kg.readers.tables.grid import Row, read_sheets
from ontology import tables
from ontology.addresses import parse
from ontology.model import Edge, Unit
from ontology.names import key, loose, split_type
from ontology.registry import Ontology, load
from ontology.scoring import NEAR_MISS
from ontology.validity import REFORM, day_before

Difference = Literal["missing_here", "missing_there", "extent"]
_Unit = Literal["old", "old_district", "old_province", "new", "new_province"]
_LOOK_AHEAD = 30
"""Rows among which the heading is looked for."""
_LIKE = 0.7
"""Below this a name does not belong to the unit of its code ("Xã Kan Hồ" is still Can Hồ; Liễu Giai is not Ngọc Hà)."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A row of the table: ids of units, and how much goes there by its words ("whole", "part", '' unknown)."""

    row: int
    old: str
    new: str
    share: str


def compare(path: Path) -> dict[str, Any]:
    """``{"file", "rows", "edges", "agree", "differ": [...], "unread": [{"row", "old", "new", "why"}]}``.

    A difference: ``{"difference": "missing_here"|"missing_there"|"extent", "row", "old": unit, "new": unit, "there",
    "here", "act", "clause", "goes_to": [unit + "extent", "act", "clause"]}``: ``missing_here`` is an edge that the table
    has and the acts do not; ``missing_there`` one of the acts between units of which the table names at least one;
    ``goes_to`` where the old unit goes by the acts. Raises HosoError where no row of the file names old and new units.
    """
    if not path.is_file():
        raise HosoError(say("mapping_no_file", path=path))
    ontology = load()
    held = _held()
    given: dict[tuple[str, str], _Given] = {}
    unread: list[dict[str, Any]] = []
    rows = 0
    for heading, body in _sheets(path):
        for row in body:
            if not heading.cell(row, "old_code") + heading.cell(row, "old") + heading.cell(row, "new"):
                continue
            rows += 1
            found = _read(ontology, heading, row)
            if isinstance(found, _Given):
                given.setdefault((found.old, found.new), found)
            else:
                unread.append(found)
    differ = [*_only_there(ontology, given, held), *_other_extent(ontology, given, held)]
    differ += _only_here(ontology, given, held)
    return {
        "file": path.name,
        "rows": rows,
        "edges": len(given),
        "agree": len(given) - sum(each["difference"] != "missing_there" for each in differ),
        "differ": differ,
        "unread": unread,
    }


@dataclass(frozen=True, slots=True)
class _Heading:
    columns: Mapping[str, int]

    def cell(self, row: Row, role: str) -> str:
        column = self.columns.get(role)
        return row.cells[column] if column is not None and column < len(row.cells) else ""


def _sheets(path: Path) -> list[tuple[_Heading, tuple[Row, ...]]]:
    found = []
    for sheet in read_sheets(path):
        for index, row in enumerate(sheet.rows[:_LOOK_AHEAD]):
            if (heading := _heading(row)) is not None:
                found.append((heading, sheet.rows[index + 1 :]))
                break
    if not found:
        raise HosoError(say("mapping_no_heading", path=path, labels=_example_labels()))
    return found


def _heading(row: Row) -> _Heading | None:
    columns: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        role = _role(cell)
        if role is not None:
            columns.setdefault(role, place)
    old, new = {"old_code", "old"} & columns.keys(), {"new_code", "new"} & columns.keys()
    return _Heading(columns) if old and new else None


def _role(heading: str) -> str | None:
    """What a column holds: by the table of headings, else by the words of its heading as local tables and converted
    sheets have them ("Phường/Xã cũ", "Mã đơn vị mới"); a column of addresses stands for the old unit."""
    said = words(heading)
    if role := _labels().get(said):
        return role
    rest = [word for word in said.split() if word not in _code_words()]
    meant = meaning(" ".join(rest) if len(rest) < len(said.split()) else heading)
    if len(rest) < len(said.split()):
        return f"{meant}_code" if meant in ("old", "new") else None
    if meant in get_args(_Unit):
        return meant
    return "old" if meant is None and unit_role(heading) == "address" else None


@cache
def _code_words() -> frozenset[str]:
    return frozenset(map(words, _words()["code_words"]))


@cache
def _labels() -> dict[str, str]:
    return {words(label): role for role, labels in _words()["columns"].items() for label in labels}


@cache
def _words() -> dict[str, Any]:
    text = files("kg").joinpath("questions", "data", "mapping_words.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def _example_labels() -> str:
    return "; ".join(_words()["examples"])


def _read(ontology: Ontology, heading: _Heading, row: Row) -> _Given | dict[str, Any]:
    """The units of a row, or why they were not found."""
    ends: dict[str, Unit] = {}
    for side, day in (("old", day_before(REFORM)), ("new", REFORM)):
        code, name = heading.cell(row, f"{side}_code"), heading.cell(row, side)
        around = [heading.cell(row, f"{side}_{level}") for level in ("district", "province")]
        found, why = _units(ontology, code, name, [part for part in around if part], day)
        if len(found) > 1 and side == "new":
            found = _following(ontology, ends["old"], found)
        unit = found[0] if len(found) == 1 else None
        if unit is None:
            shown = {
                end: " ".join(filter(None, (heading.cell(row, f"{end}_code"), heading.cell(row, end))))
                for end in ("old", "new")
            }
            return {"row": row.number, **shown, "why": why}
        ends[side] = unit
    return _Given(row.number, ends["old"].id, ends["new"].id, _share(heading.cell(row, "extent")))


def _units(ontology: Ontology, code: str, name: str, around: Sequence[str], day: str) -> tuple[list[Unit], str]:
    """The units in force on the day by code (the name must be like the one given) or by name, with what contains it
    behind commas or beside it (``around``); where it is not one, why not."""
    ended = False
    if code.isdigit():
        for line in (code.zfill(5), code.zfill(3)):
            versions = ontology.versions(line)
            unit = next((each for each in versions if each.in_force(day)), None)
            if unit is not None:
                named = not name or _alike(unit.name, _chain(name)[0])
                return ([unit], "") if named else ([], "code_and_name")
            ended |= any(each.valid_to is not None and each.valid_to < day for each in versions)
    if ended or not name:
        return [], "ended" if ended else "no_such_code" if code else "empty"
    name, *within = _chain(name)
    given = {loose(split_type(part)[1]) for part in within}
    within += [part for part in around if loose(split_type(part)[1]) not in given]
    found = [
        each
        for each in ontology.find(name, at=day, within=", ".join(within) or None)
        if each.unit.in_force(day) and loose(split_type(each.unit.name)[1]) == loose(split_type(name)[1])
        if NEAR_MISS.isdisjoint(each.reasons)
    ]
    if not within:  # a commune's name alone: "Hoàn Kiếm" is the district only where its type is written
        found = [each for each in found if each.unit.level == "commune"] or found
    typed = [each.unit for each in found if "type_differs" not in each.reasons] or [each.unit for each in found]
    exact = [unit for unit in typed if key(unit.name) == key(name)] or typed
    return exact, "" if len(exact) == 1 else "ambiguous" if exact else "no_such_name"


def _chain(name: str) -> tuple[str, ...]:
    """A name with what contains it behind commas, from the smallest; parts below the commune are left out."""
    return parse(name).chain or (name,) if "," in name or "(" in name else (name,)


def _following(ontology: Ontology, old: Unit, units: Sequence[Unit]) -> list[Unit]:
    """Of new units of one name those that the acts let follow the old one, else those in the province it went to."""
    after = [ontology.unit(target) for source, target in _held() if source == old.id]
    follow = {unit.id for unit in after}
    provinces = {unit.parent for unit in after}
    return [unit for unit in units if unit.id in follow] or [unit for unit in units if unit.parent in provinces]


def _alike(name: str, given: str) -> bool:
    """Whether two spellings can be one name, with the type word or without ("Phường Phường Đúc" is Phường Đúc)."""
    forms = [{loose(each), loose(split_type(each)[1])} for each in (name, given)]
    return bool(forms[0] & forms[1]) or any(
        SequenceMatcher(None, one, other).ratio() >= _LIKE for one in forms[0] for other in forms[1]
    )


def _share(text: str) -> str:
    return _shares().get(words(text), "")


@cache
def _shares() -> dict[str, str]:
    return {words(form): share for share, forms in _words()["shares"].items() for form in forms}


@cache
def _held() -> dict[tuple[str, str], Edge]:
    """The edges of 1 July 2025 between communes (and the districts that had none), by both ends."""
    events, units = tables.events(), tables.units()
    return {
        (edge.source, edge.target): edge
        for edge in tables.edges()
        if events[edge.event].date == REFORM and units[edge.target].level == "commune"
    }


def _only_there(
    ontology: Ontology, given: Mapping[tuple[str, str], _Given], held: Mapping[tuple[str, str], Edge]
) -> list[dict[str, Any]]:
    by_source: dict[str, list[Edge]] = defaultdict(list)
    for edge in held.values():
        by_source[edge.source].append(edge)
    return [
        _difference(ontology, "missing_here", pair, row=one.row, there=one.share or None)
        | {"goes_to": [_taker(ontology, edge) for edge in by_source[pair[0]]]}
        for pair, one in sorted(given.items())
        if pair not in held
    ]


def _other_extent(
    ontology: Ontology, given: Mapping[tuple[str, str], _Given], held: Mapping[tuple[str, str], Edge]
) -> list[dict[str, Any]]:
    return [
        _difference(ontology, "extent", pair, row=one.row, there=one.share, edge=held[pair])
        for pair, one in sorted(given.items())
        if pair in held and one.share and one.share != _coarse(held[pair])
    ]


def _only_here(
    ontology: Ontology, given: Mapping[tuple[str, str], _Given], held: Mapping[tuple[str, str], Edge]
) -> list[dict[str, Any]]:
    named = {end for pair in given for end in pair}
    return [
        _difference(ontology, "missing_there", pair, edge=edge)
        for pair, edge in sorted(held.items())
        if pair not in given and named & set(pair)
    ]


def _coarse(edge: Edge) -> str:
    return "whole" if edge.extent in ("whole", "unchanged") else "part"


def _difference(
    ontology: Ontology,
    difference: Difference,
    pair: tuple[str, str],
    *,
    row: int | None = None,
    there: str | None = None,
    edge: Edge | None = None,
) -> dict[str, Any]:
    old, new = (ontology.unit(end) for end in pair)
    event = tables.events()[edge.event] if edge else None
    return {
        "difference": difference,
        "row": row,
        "old": ontology.unit_json(old, old.valid_to),
        "new": ontology.unit_json(new, REFORM),
        "there": there,
        "here": edge.extent if edge else None,
        "act": event.act if event else None,
        "clause": event.clause if event else None,
        "goes_to": [],
    }


def _taker(ontology: Ontology, edge: Edge) -> dict[str, Any]:
    event, unit = tables.events()[edge.event], ontology.unit(edge.target)
    return ontology.unit_json(unit, REFORM) | {"extent": edge.extent, "act": event.act, "clause": event.clause}
