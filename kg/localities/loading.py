"""A table file as a local table: its rows read, their units looked up, what the acts do not allow told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from kg import wording
from kg.errors import HosoError, NotFound, Unreadable
from kg.localities import headings
from kg.localities.headings import Heading, Role
from kg.localities.rows import BadRow, places
from kg.localities.store import Table, now
from kg.localities.units import Units
from kg.messages import say
from kg.readers.tables.grid import Row, Sheet, read_sheets, refuse_old
from kg.readers.tables.header import is_between
from ontology import dates
from ontology.errors import BadDate
from ontology.localities import HouseNumbers, Locality
from ontology.locality_names import Reading, read
from ontology.model import Unit

_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm"})


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not taken over, with the reason in the user's language; ``sheet`` is None for CSV."""

    sheet: str | None
    row: int
    why: str

    def to_json(self) -> dict[str, Any]:
        """As it stands in answers."""
        return {"sheet": self.sheet, "row": self.row, "reason": self.why}


@dataclass(frozen=True, slots=True)
class Clash:
    """A row that is kept although something speaks against it: the acts ("conflict"), or another row of the table that
    gives the same place to another commune ("several")."""

    kind: Literal["conflict", "several"]
    row: int
    name: str
    old: Unit
    new: Unit

    def to_json(self) -> dict[str, Any]:
        """As it stands in answers."""
        old, new = ({"id": unit.id, "name": unit.name} for unit in (self.old, self.new))
        return {"kind": self.kind, "row": self.row, "name": self.name, "old": old, "new": new}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read: the table of the good rows, the bad rows, what speaks against good ones; ``repeated`` rows say
    what another says, ``empty`` ones name neither place nor new unit."""

    table: Table
    rejected: tuple[Rejected, ...]
    clashes: tuple[Clash, ...]
    repeated: int
    empty: int


@dataclass(slots=True)
class _Found:
    rows: list[Locality] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    empty: int = 0


def load_table(
    path: Path,
    *,
    name: str,
    source: str = "",
    date: str | None = None,
    old: str | None = None,
    columns: Mapping[Role, str] | None = None,
) -> Loaded:
    """Read a CSV or XLSX file as a local table of that name.

    ``source``, ``date``: for rows without their own; ``old``: the old unit of all rows, where the table has no such
    column; ``columns``: headings of roles that are not known by themselves. Raises BadDate, HosoError(bad_input) for a
    date that is yet to come and a file without a heading that names place, old and new unit, NotFound and AmbiguousUnit for ``old``, Unreadable.
    """
    day = _past(dates.parse(date)) if date else None
    units = Units()
    old_unit = units.old_argument(old) if old else None
    found = _Found()
    told = False
    for sheet in sheets_of(path):
        heading = headings.find(sheet, columns or {}, old_given=old_unit is not None)
        if heading is None:
            continue
        told = True
        for row in sheet.rows[heading.index + 1 :]:
            _take(heading, sheet, row, found, units=units, defaults=(name, source, day, old_unit))
    if not told:
        raise HosoError(say("local_no_heading", path=path.name))
    if not found.rows and not found.rejected:
        raise HosoError(say("local_no_rows", path=path.name))
    unique, repeated = _without_repeats(found.rows)
    clashes = tuple(_clashes(unique, units))
    conflicts = tuple(clash.row for clash in clashes if clash.kind == "conflict")
    table = Table(name, path.name, source, day, now(), unique, conflicts)
    return Loaded(table, tuple(found.rejected), clashes, repeated, found.empty)


def sheets_of(path: Path) -> tuple[Sheet, ...]:
    """The sheets of an office's own table. Raises HosoError(bad_input), NotFound or Unreadable, each with what to do."""
    try:
        refuse_old(path)
        if path.suffix.lower() not in _SUFFIXES:
            raise HosoError(say("local_bad_suffix", path=path.name))
        return read_sheets(path)
    except FileNotFoundError:
        raise NotFound(say("no_such_file", path=path)) from None
    except OSError as error:
        raise Unreadable(say("local_unreadable", path=path, why=error.strerror or error)) from error


def _take(
    heading: Heading,
    sheet: Sheet,
    row: Row,
    found: _Found,
    *,
    units: Units,
    defaults: tuple[str, str, str | None, Unit | None],
) -> None:
    name, source, date, old = defaults
    named = any(heading.cell(row, role) for role in headings.PLACES)
    if not named and not heading.cell(row, "new"):
        found.empty += not is_between(row)
        return
    if row.cells[: len(heading.labels)] == heading.labels or is_between(row):
        return
    try:
        taken = places(heading, row)
        former = old or units.old(
            heading.cell(row, "old"), heading.cell(row, "old_district"), heading.cell(row, "old_province")
        )
        now_in = units.new(heading.cell(row, "new"), heading.cell(row, "new_province"), former)
        own_source = heading.cell(row, "source") or source
        own_date = _date(heading.cell(row, "date")) or date
    except BadRow as error:
        found.rejected.append(Rejected(sheet.name, row.number, error.why))
        return
    found.rows += [
        Locality(one.kind, one.name, one.numbers, former.id, now_in.id, own_source, own_date, name, row.number)
        for one in taken
    ]


def _date(cell: str) -> str | None:
    try:
        return _past(dates.parse(cell)) if cell else None
    except BadDate:
        raise BadRow(say("bad_date", text=cell)) from None
    except HosoError as error:
        raise BadRow(error.message) from None


def _past(day: str) -> str:
    """The day of a source. Raises HosoError(bad_input) for one that is yet to come."""
    if day > dates.today():
        raise HosoError(say("local_date_future", date=wording.day(day)))
    return day


@cache
def _reading(name: str) -> Reading:
    return read((name,))


def _key(row: Locality) -> tuple[object, ...]:
    """What makes two rows speak of one place."""
    return (row.old, _reading(row.name), row.numbers)


def _without_repeats(rows: list[Locality]) -> tuple[tuple[Locality, ...], int]:
    kept: dict[tuple[object, ...], Locality] = {}
    for row in rows:
        kept.setdefault((*_key(row), row.new), row)
    return tuple(kept.values()), len(rows) - len(kept)


def _clashes(rows: tuple[Locality, ...], units: Units) -> Iterator[Clash]:
    several = _of_several(rows)
    for position, row in enumerate(rows):
        old, new = units.by_id(row.old), units.by_id(row.new)
        if not units.agrees(row):
            yield Clash("conflict", row.row, row.name, old, new)
        if position in several:
            yield Clash("several", row.row, row.name, old, new)


def _of_several(rows: tuple[Locality, ...]) -> set[int]:
    """The positions of rows of which another gives the same place, or some of its houses, to another commune."""
    found: set[int] = set()
    same: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        same[row.old, _reading(row.name), row.numbers is None].append(position)
    for positions in same.values():
        ordered = sorted(positions, key=lambda at: _first(rows[at]))
        for index, position in enumerate(ordered):
            one = rows[position]
            for other_position in ordered[index + 1 :]:
                other = rows[other_position]
                if one.numbers and one.numbers.last is not None and _first(other) > one.numbers.last:
                    break
                if one.new != other.new and _share(one.numbers, other.numbers):
                    found |= {position, other_position}
    return found


def _first(row: Locality) -> int:
    return (row.numbers.first or 0) if row.numbers else 0


def _share(one: HouseNumbers | None, other: HouseNumbers | None) -> bool:
    return one is None or other is None or one.overlaps(other)
