"""Which successor an office's own table gives for an address of a divided unit; what the acts say stays beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ontology import extents
from ontology.localities import Localities, Locality, Placed
from ontology.locality_names import read
from ontology.model import Certainty, Lineage, Step, Unit
from ontology.registry import load
from ontology.validity import NEAR_DAYS, first_day

Why = Literal["whole", "table", "no_table", "no_row", "several", "conflict", "unknown"]
"""What an answer about an address rests on: the unit went whole to one; a table; or why nothing decides."""

_PEOPLED = ("hamlet", "group")
"""Kinds of places that a unit which took land without people cannot have."""

_INCOMPLETE = "locality_incomplete"

WARD_NOT_NAMED = "locality_ward_not_named"
"""Doubt: the address names a district alone, and the place was looked for in the wards that have tables."""

OTHER_TIME = "locality_other_time"
"""Doubt: the name is meant on a day long before the table's unit ended, or in another version of that unit: groups are
numbered anew, land was handed over."""

ELSEWHERE = "locality_elsewhere"
"""Doubt: asked backwards, a table sends the same place of the old unit to another new one."""

RENUMBERED = "locality_renumbered"
"""Doubt: a group or hamlet of a new unit is named by its number, which the new unit may have given anew."""

Direction = Literal["successors", "predecessors"]


@dataclass(frozen=True, slots=True)
class LocalAnswer:
    """What became of an address.

    ``decided``: one unit remains by the table (``why`` "table") or by the acts ("whole"). ``steps``: all that remain
    possible, those of the table first; a unit that only the table names has extent ``possible`` and no act. ``rows``:
    what the table says; ``doubts``: codes of the catalogue (``reason_<code>``) for which it may not be meant.
    """

    details: tuple[str, ...]
    decided: bool
    why: Why
    certainty: Certainty
    weakest: str | None
    steps: tuple[Step, ...]
    rows: tuple[Locality, ...] = ()
    doubts: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """``{"locality": {"details", "decided", "why", "rows", "doubts"}}``, with ``"local"``, the row, where a table decided."""
        rows = [local_json(row) for row in self.rows]
        locality = {"details": list(self.details), "decided": self.decided, "why": self.why, "rows": rows}
        value: dict[str, Any] = {"locality": locality | {"doubts": list(self.doubts)}}
        if self.why == "table":
            value["local"] = rows[0]
        return value


def local_json(row: Locality) -> dict[str, Any]:
    """A row of a local table, as answers carry it: "old" and "new" are ids, with the units' names beside."""
    units = load().units
    value: dict[str, Any] = {
        "table": row.table,
        "row": row.row,
        "source": row.source or None,
        "date": row.date,
        "name": row.name,
        "kind": row.kind,
        "old": row.old,
        "new": row.new,
        "old_name": units[row.old].name if row.old in units else row.old,
        "new_name": units[row.new].name if row.new in units else row.new,
    }
    if row.numbers:
        value["numbers"] = {"from": row.numbers.first, "to": row.numbers.last, "parity": row.numbers.parity}
    return value


def decided(
    lineage: Lineage,
    unit: Unit,
    details: Sequence[str],
    localities: Localities,
    *,
    direction: Direction = "successors",
    accented: bool | None = None,
    at: str | None = None,
) -> LocalAnswer:
    """Which of a lineage's units an address lies in (``predecessors``: lay in), as far as the tables know it.

    ``certain`` only where exactly one unit fits, the acts allow it, no list stands for an act, and the row has source
    and date (DESIGN.md §5). ``accented``: see ``Localities.place``; ``at``: the day (ISO) on which the address is meant.
    """
    named = tuple(details)
    placed = _placed(unit, named, localities, direction, accented)
    if placed.rows and at and direction == "successors" and _is_long_before(at, placed.rows):
        placed = _doubted(placed, OTHER_TIME)
    if direction == "predecessors" and any(_is_numbered(row) for row in placed.rows):
        placed = _doubted(placed, RENUMBERED)
    if direction == "predecessors" and _is_elsewhere(placed.rows, named, localities, accented):
        placed = _doubted(placed, ELSEWHERE)
    reached = {row: units for row in placed.rows if (units := _on_the_day(row, lineage, direction)) is not None}
    if not reached:
        if lineage.certainty == "certain":
            return LocalAnswer(named, True, "whole", "certain", None, lineage.steps)
        why: Why = (
            "unknown" if not lineage.steps else "no_row" if _is_known(unit, localities, direction) else "no_table"
        )
        return LocalAnswer(named, False, why, lineage.certainty, lineage.weakest, lineage.steps)
    rows = tuple(reached)
    meant = {one.id: one for found in reached.values() for one in found}
    steps = _ordered(lineage.steps, meant)
    weakest = "list" if lineage.weakest == "list" else "local"
    if lineage.steps and any(not _agrees(row, found, lineage.steps) for row, found in reached.items()):
        return LocalAnswer(named, False, "conflict", "candidates", "local", steps, rows, placed.doubts)
    if len(meant) > 1:
        return LocalAnswer(named, False, "several", "candidates", weakest, steps, rows, placed.doubts)
    if lineage.certainty == "certain":
        return LocalAnswer(named, True, "whole", "certain", None, lineage.steps, rows)  # rests on no row
    proven = bool(lineage.steps) and any(row.source and row.date for row in rows)
    if proven and not placed.doubts and weakest == "local":
        return LocalAnswer(named, True, "table", "certain", "local", steps[:1], rows)
    return LocalAnswer(named, True, "table", "candidates", weakest, steps, rows, placed.doubts)


def agrees(row: Locality, lineage: Lineage) -> bool:
    """Whether the acts allow a row: its new unit is among the successors of the old one on the lineage's day, and took
    people where people live there. Where no act is known none speaks against it."""
    units = _on_the_day(row, lineage, "successors")
    return not lineage.steps or (units is not None and _agrees(row, units, lineage.steps))


def _placed(
    unit: Unit, details: tuple[str, ...], localities: Localities, direction: Direction, accented: bool | None
) -> Placed:
    if not localities or not details:
        return Placed()
    if direction == "predecessors":
        return localities.origins(details, unit, accented=accented)
    if localities.knows(unit):
        return localities.place(details, unit, accented=accented)
    for version in reversed(load().same(unit)):
        if localities.knows(version):
            placed = localities.place(details, version, accented=accented)
            return Placed(placed.rows, (*placed.doubts, OTHER_TIME)) if placed.rows else placed
    if unit.level != "district":
        return Placed()
    found = [localities.place(details, ward, accented=accented) for ward in _wards(unit, localities)]
    rows = tuple(row for placed in found for row in placed.rows)
    doubts = dict.fromkeys(doubt for placed in found for doubt in placed.doubts)
    return Placed(rows, (*doubts, WARD_NOT_NAMED)) if rows else Placed()


def _doubted(placed: Placed, doubt: str) -> Placed:
    return Placed(placed.rows, tuple(dict.fromkeys((*placed.doubts, doubt))))


def _is_numbered(row: Locality) -> bool:
    """Whether a row is of a hamlet or group that a number names."""
    return any(part.is_numbered for part in read((row.name,)).places)


def _is_elsewhere(
    rows: Iterable[Locality], details: tuple[str, ...], localities: Localities, accented: bool | None
) -> bool:
    """Whether the tables, asked forwards, send the same place of an old unit to another new unit than these rows do."""
    units = load().units
    here = {units[row.new].line for row in rows if row.new in units}
    olds = dict.fromkeys(one for row in rows if row.old in units for one in load().same(units[row.old]))
    onward = (localities.place(details, old, accented=accented) for old in olds)
    return any(
        row.new in units and units[row.new].line not in here
        for placed in onward
        if _INCOMPLETE not in placed.doubts
        for row in placed.rows
    )


def _wards(district: Unit, localities: Localities) -> list[Unit]:
    """The district's communes of which a table speaks."""
    below = (load().units[identifier] for identifier in sorted(load().under(district)))
    return [one for one in below if localities.knows(one)]


def _is_known(unit: Unit, localities: Localities, direction: Direction) -> bool:
    if not localities:
        return False
    if direction == "predecessors":
        return localities.knows_new(unit)
    if any(localities.knows(one) for one in load().same(unit)):
        return True
    return unit.level == "district" and bool(_wards(unit, localities))


def _is_long_before(day: str, rows: Iterable[Locality]) -> bool:
    """Whether the day is more than a year before the end of the unit that a row speaks of."""
    units = (load().units.get(row.old) for row in rows)
    return any((first_day(one.valid_to) - first_day(day)).days > NEAR_DAYS for one in units if one and one.valid_to)


def _on_the_day(row: Locality, lineage: Lineage, direction: Direction) -> tuple[Unit, ...] | None:
    """The units that a row's unit is on the day asked; None where the row says nothing about that day."""
    ontology = load()
    named = ontology.units.get(row.new if direction == "successors" else row.old)
    if named is None:
        return None
    if named.in_force(lineage.on):
        return (named,)
    if direction == "successors":
        later = named.valid_to is not None and named.valid_to < lineage.on
        steps = ontology.successors(named, lineage.on, lineage.matter).steps if later else ()
    else:
        earlier = lineage.on < named.valid_from
        steps = ontology.predecessors(named, lineage.on, lineage.matter).steps if earlier else ()
    return tuple(step.unit for step in steps) or None


def _agrees(row: Locality, units: Collection[Unit], steps: Iterable[Step]) -> bool:
    held = {step.unit.id: step.extent for step in steps}
    if any(unit.id not in held for unit in units):
        return False
    return row.kind not in _PEOPLED or all(extents.counts(held[unit.id], "civil") for unit in units)


def _ordered(steps: Sequence[Step], units: dict[str, Unit]) -> tuple[Step, ...]:
    """The units of the table first, then the others that the acts leave possible, then what the table alone names."""
    by_act = {step.unit.id for step in steps}
    first = [step for step in steps if step.unit.id in units]
    rest = [step for step in steps if step.unit.id not in units]
    alone = [Step(unit, "possible", None, None) for unit in units.values() if unit.id not in by_act]
    return (*first, *rest, *alone)
