"""A table file as a list of facts about custody: its rows read, each with its paper; what lacks one is refused."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from kg.custody import headings
from kg.custody.above import above
from kg.custody.cells import Above
from kg.custody.columns import Columns, columns_of
from kg.custody.facts import KINDS, Fact
from kg.custody.furniture import (
    closes,
    group_of,
    has_running_number,
    is_no_entry,
    is_total,
    may_be_heading,
    values_of_group,
)
from kg.custody.headings import Heading, Role
from kg.custody.remarks import Line, Remark, unread_cells
from kg.custody.rows import Defaults, Told, facts_of, kinds_told
from kg.errors import HosoError, Unreadable
from kg.localities.loading import Rejected, sheets_of
from kg.localities.rows import BadRow
from kg.messages import say
from kg.readers.encodings import UndecidableEncoding, decode
from kg.readers.tables.grid import Row, Sheet
from kg.readers.tables.header import is_between

_HEADING_ROWS = 2
"""Rows of a heading at most."""
_PACKAGE = b"PK"
_BOOKS = frozenset({".xlsx", ".xlsm"})
_TEXTS = frozenset({".csv", ".tsv", ".txt"})


@dataclass(frozen=True, slots=True)
class Read:
    """A file read: the facts of its good rows, its bad rows, ``repeated`` rows that say what another says, and the hash
    of its bytes. ``columns``: what each table's columns were taken for; ``taken``: the good rows; ``unread``: lines that
    are no entries (totals, groups, signatures); ``body_from``: which column named the body of how many facts;
    ``remarks``: what to look at in good rows; ``sheets_left``: sheets with rows and without a heading; ``given``: the
    roles of which a table has the heading that the user named."""

    file: str
    sha256: str
    facts: tuple[Fact, ...]
    rejected: tuple[Rejected, ...]
    repeated: int
    columns: tuple[Columns, ...]
    taken: tuple[Line, ...]
    unread: tuple[Line, ...]
    body_from: Mapping[Role, int]
    remarks: tuple[Remark, ...] = ()
    sheets_left: tuple[str, ...] = ()
    given: frozenset[Role] = frozenset()

    @classmethod
    def of_nothing(cls, file: str) -> Self:
        """A file that could not be read."""
        return cls(file, "", (), (), 0, (), (), (), {})


@dataclass(frozen=True, slots=True)
class _Given:
    """What the user says of the whole list, and what the file is called."""

    columns: Mapping[Role, str]
    defaults: Defaults
    name: str


@dataclass(slots=True)
class _Found:
    facts: list[Fact] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    columns: list[Columns] = field(default_factory=list)
    unread: list[Line] = field(default_factory=list)
    taken: list[Line] = field(default_factory=list)
    body_from: Counter[Role] = field(default_factory=Counter)
    remarks: defaultdict[tuple[str, str, str], list[Line]] = field(default_factory=lambda: defaultdict(list))
    given: set[Role] = field(default_factory=set)

    def take(self, sheet: Sheet, row: Row, told: Told, heading: Heading) -> None:
        """A good row."""
        line = (sheet.name, row.number)
        self.taken.append(line)
        self.facts += [replace(fact, sheet=sheet.name) for fact in told.facts]
        if told.body_from:
            self.body_from[told.body_from] += len(told.facts)
        if told.issuer_of_head:
            self.remarks["issuer_of_head", told.issuer_of_head, ""].append(line)
        if told.facts[0].target.file:
            if len(told.facts) > 1:
                self.remarks["several_files", heading.cell(row, "file"), str(len(told.facts))].append(line)
            return
        for role in told.open_conditions:
            self.remarks["open_condition", heading.label(role), ""].append(line)
        for label in unread_cells(heading, row):
            self.remarks["unread_column", label, ""].append(line)

    def refuse(self, sheet: Sheet, row: Row, why: str) -> None:
        """A bad row, unless it is a line between the entries."""
        if is_between(row):
            self.unread.append((sheet.name, row.number))
        else:
            self.rejected.append(Rejected(sheet.name, row.number, why))


def read_list(path: Path, *, columns: Mapping[Role, str] | None = None, defaults: Defaults | None = None) -> Read:
    """Read a CSV or XLSX file. ``columns``: headings of roles that are not known by themselves; ``defaults``: kind and
    paper of rows that name none. Raises HosoError(bad_input) for a file without a heading or without rows, NotFound,
    Unreadable."""
    found = _Found()
    left: list[str] = []
    given = defaults or Defaults()
    if given.kind and given.kind not in KINDS:
        raise HosoError(say("facts_bad_kind", text=given.kind, known=kinds_told()))
    for sheet in _sheets(path):
        heading = headings.find(sheet, columns or {})
        if heading is not None:
            _take_sheet(sheet, heading, found, _Given(columns or {}, given, path.stem))
        elif sheet.name and sheet.rows:
            left.append(sheet.name)
    if not found.columns:
        raise HosoError(say("facts_no_heading", path=path.name))
    if not found.facts and not found.rejected:
        raise HosoError(say("local_no_rows", path=path.name))
    unique = {_said(fact): fact for fact in reversed(found.facts)}
    facts = tuple(reversed(unique.values()))
    return Read(
        path.name,
        hashlib.sha256(path.read_bytes()).hexdigest(),
        facts,
        tuple(found.rejected),
        len(found.facts) - len(facts),
        tuple(found.columns),
        tuple(found.taken),
        tuple(found.unread),
        found.body_from,
        tuple(Remark(code, about, value, tuple(lines)) for (code, about, value), lines in found.remarks.items()),
        tuple(left),
        frozenset(found.given),
    )


def _sheets(path: Path) -> Iterator[Sheet]:
    """The sheets with their text in one Unicode form: some programs write accents as characters of their own."""
    _refuse_renamed(path)
    for sheet in sheets_of(path):
        rows = (
            Row(row.number, tuple(unicodedata.normalize("NFC", cell) for cell in row.cells)) for row in sheet.rows
        )
        yield Sheet(sheet.name, tuple(rows))


def _refuse_renamed(path: Path) -> None:
    """Raise Unreadable, with what to do, for CSV that is named as a workbook and the other way round."""
    try:
        data = path.read_bytes()
    except OSError:
        return  # the reader says it
    suffix, is_package = path.suffix.lower(), data.startswith(_PACKAGE)
    if suffix in _TEXTS and is_package:
        raise Unreadable(say("facts_xlsx_as_csv", name=path.name), reason="bad_table")
    if suffix in _BOOKS and not is_package and _is_text(data):
        raise Unreadable(say("facts_csv_as_xlsx", name=path.name), reason="bad_table")


def _is_text(data: bytes) -> bool:
    try:
        return bool(decode(data).text.strip())
    except UndecidableEncoding:
        return False


def _take_sheet(sheet: Sheet, heading: Heading, found: _Found, given: _Given, former: Above | None = None) -> None:
    """The rows under a heading; a sheet may have another table below, with a heading of its own. ``former``: what holds
    from the table above that one."""
    start = heading.index + 1
    told = former or above(sheet.rows[: start - len(heading.rows)], sheet.name, given.name)
    instead = given.defaults.instead
    told = replace(told, values={role: text for role, text in told.values.items() if role not in instead})
    found.columns.append(columns_of(sheet, heading, told))
    found.given |= headings.given_there(heading, given.columns)
    ended = False
    for position, row in enumerate(sheet.rows[start:], start=start):
        if heading.repeats(row):
            ended = False
        elif may_be_heading(row):
            below = Sheet(sheet.name, sheet.rows[position:])
            another = headings.find(Sheet(sheet.name, below.rows[:_HEADING_ROWS]), given.columns)
            if another is not None:
                _take_sheet(below, another, found, given, told)
                return
        total = is_total(heading, row)
        if is_no_entry(heading, row) and not total:
            continue
        ended = ended or closes(heading, row)
        group = group_of(heading, row)
        if total or (ended and not has_running_number(heading, row)):
            found.unread.append((sheet.name, row.number))
        elif group:
            told = replace(told, values=values_of_group(group, told.values))
            found.unread.append((sheet.name, row.number))
        else:
            try:
                found.take(sheet, row, facts_of(heading, row, given.defaults, told), heading)
            except BadRow as error:
                found.refuse(sheet, row, error.why)


def _said(fact: Fact) -> tuple[Any, ...]:
    return (fact.kind, fact.target, fact.body, fact.since, fact.paper, fact.giver, fact.due)
