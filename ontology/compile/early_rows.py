"""1975-2007: rows of ``history_1975_2007.csv`` as values: which units, whole or in part, before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from ontology.compile.corrections import Corrections
from ontology.compile.reading import read_csv
from ontology.compile.spelling import written
from ontology.model import Level
from ontology.names import key, levels_of, split_type

_SPECIAL_ZONE = "đặc khu"
"""Of 1979 (Vũng Tàu - Côn Đảo) a unit like a province; those of 2025 are communes."""
_OUTSIDE_BRACKETS = re.compile(r";\s*(?![^()]*\))")
_PART = re.compile(r"^(?:một phần|[\d.,]+ ha)\s+")
_GROUP = re.compile(r"^(?:\d+ |khối phố |tiểu khu \()")
_VILLAGE = re.compile(r"^(?P<village>(?:thôn|xóm) [^(]*?)\s*\((?P<inner>.+)\)$")
_EXCEPT = re.compile(r"\(trừ ")
_NAMED = re.compile(r"^(?P<name>[^(]+?)(?:\s+cũ)?\s*(?:\((?P<context>.*)\))?$")


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as a row names it; ``within`` are the units around it, nearest first. ``part``: only a part of it, or only
    its ``village`` where the row names one. ``less``: all of it but what the row excepts. ``below``: the smaller unit
    in it that the row names."""

    name: str
    within: tuple[str, ...]
    part: bool = False
    village: str = ""
    less: bool = False
    below: str = ""

    def name_only(self) -> tuple[str, ...]:
        """Itself as the unit around another."""
        return (self.name,)

    @property
    def type(self) -> str:
        """The type word, lower case."""
        return split_type(self.name)[0] or ""

    @property
    def bare(self) -> str:
        """What two spellings of the bare name share."""
        return key(split_type(self.name)[1])

    @property
    def parent(self) -> str:
        """Bare key of the nearest unit around it, empty when none is named."""
        return key(split_type(self.within[0])[1]) if self.within else ""


@dataclass(frozen=True, slots=True)
class EarlyRow:
    """One row: ``number`` is its place in the file, ``level`` the level on which it is to be applied.

    ``communes``: those that a row on districts moves along, where no row on communes says so.
    """

    number: int
    date: str
    act: str
    level: Level
    kind: str
    before: tuple[Named, ...]
    after: tuple[Named, ...]
    source: str
    certainty: str
    communes: tuple[Named, ...] = ()

    @property
    def event(self) -> str:
        """The id of its event."""
        return f"history:{self.date or 'undated'}:{self.number:03d}"


def read_early(path: Path, corrections: Corrections) -> list[EarlyRow]:
    """The rows with a date and units on both sides, in order of time; those that a correction sets aside left out."""
    rows = []
    for number, raw in enumerate(read_csv(path), start=1):
        if corrections.get("early_skip", raw["date"], str(number)) or not raw["date"]:
            continue
        level = cast(Level, raw["level"])
        row = EarlyRow(
            number=number,
            date=raw["date"],
            act=raw["act"],
            level=level,
            kind=raw["kind"],
            before=_units(raw["units_before"], level, raw["date"], corrections),
            after=_units(raw["units_after"], level, raw["date"], corrections),
            source=raw["source"],
            certainty=raw["certainty"],
            communes=_communes(raw, number, corrections),
        )
        if row.after:
            rows.append(row)
    return sorted(rows, key=lambda row: (row.date, row.number))


def read_set_aside(path: Path, corrections: Corrections) -> dict[int, tuple[Named, ...]]:
    """The units of the rows that a correction sets aside, by the row's number; the part of a district for a commune
    where the row names nothing else."""
    found = {}
    for number, raw in enumerate(read_csv(path), start=1):
        if corrections.get("early_skip", raw["date"], str(number)):
            level = cast(Level, raw["level"])
            found[number] = _units(raw["units_after"], level, raw["date"], corrections)
    return found


def _communes(raw: dict[str, str], number: int, corrections: Corrections) -> tuple[Named, ...]:
    """The communes of a row on districts that no row on communes repeats."""
    if corrections.get("early_communes", raw["date"], str(number)) is None:
        return ()
    return _units(raw["units_before"], "commune", raw["date"], corrections)


def _units(text: str, level: Level, day: str, corrections: Corrections) -> tuple[Named, ...]:
    found: list[Named] = []
    for item in _OUTSIDE_BRACKETS.split(text):
        unit = _unit(item.strip(), level)
        if unit is None:
            continue
        if fixed := corrections.get("early_name", day, unit.name):
            unit = replace(unit, name=fixed.value)
        if unit not in found:
            found.append(unit)
    return tuple(found)


def _unit(item: str, level: Level) -> Named | None:
    """An item on the level of its row: a commune in a row on districts is a part of its district."""
    if not item or _GROUP.match(item):
        return None
    part = bool(_PART.match(item))
    item = _PART.sub("", item)
    name = ""
    if village := _VILLAGE.match(item):
        part, name = True, village.group("village")
        first, *rest = village.group("inner").split(", ")
        chain = [first, *rest]
    elif named := _NAMED.match(item):
        chain = [named.group("name"), *(named.group("context") or "").split(", ")]
    else:
        return None
    steps = [written(step) for place, step in enumerate(chain) if place == 0 or _is_unit(step)]
    if level == "province" and len(steps) == 1 and chain[1:] != [""] and _levels(steps[0]) == {"district"}:
        steps.append(written(f"Tỉnh {chain[1]}"))  # "huyện Củ Chi (Hậu Nghĩa)"
    below = ""
    while steps and level not in _levels(steps[0]) and len(steps) > 1:
        below, steps, part = below or steps[0], steps[1:], True
    if level not in _levels(steps[0]) and (level != "province" or _levels(steps[0])):
        return None
    around = tuple(step for step in steps[1:] if _levels(step) & {"district", "province"})
    return Named(steps[0], around, part, name, less=bool(_EXCEPT.search(item)), below=below)


def _is_unit(name: str) -> bool:
    kind, bare = split_type(name)
    return kind is not None and bare[:1].isupper() and "xã" not in bare


def _levels(name: str) -> frozenset[Level]:
    kind = split_type(name)[0]
    return frozenset({"province"}) if kind == _SPECIAL_ZONE else levels_of(kind)
