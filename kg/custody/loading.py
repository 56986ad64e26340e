"""A table file as a list of facts about custody: its rows read, each with its paper; what lacks one is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.custody import headings
from kg.custody.facts import KINDS, Fact
from kg.custody.headings import Heading, Role
from kg.custody.rows import Defaults, fact_of
from kg.errors import HosoError
from kg.localities.loading import Rejected, sheets_of
from kg.localities.rows import BadRow
from kg.messages import say
from kg.readers.tables.grid import Row, Sheet
from kg.readers.tables.header import is_between


@dataclass(frozen=True, slots=True)
class Read:
    """A file read: the facts of its good rows, its bad rows, ``repeated`` rows that say what another says, and the hash
    of its bytes."""

    file: str
    sha256: str
    facts: tuple[Fact, ...]
    rejected: tuple[Rejected, ...]
    repeated: int


@dataclass(slots=True)
class _Found:
    facts: list[Fact] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def read_list(path: Path, *, columns: Mapping[Role, str] | None = None, defaults: Defaults | None = None) -> Read:
    """Read a CSV or XLSX file. ``columns``: headings of roles that are not known by themselves; ``defaults``: kind and
    paper of rows that name none. Raises HosoError(bad_input) for a file without a heading or without rows, NotFound,
    Unreadable."""
    found = _Found()
    told = False
    given = defaults or Defaults()
    if given.kind and given.kind not in KINDS:
        raise HosoError(say("facts_bad_kind", text=given.kind, known=", ".join(KINDS)))
    for sheet in sheets_of(path):
        heading = headings.find(sheet, columns or {})
        if heading is None:
            continue
        told = True
        for row in sheet.rows[heading.index + 1 :]:
            _take(heading, sheet, row, found, given)
    if not told:
        raise HosoError(say("facts_no_heading", path=path.name))
    if not found.facts and not found.rejected:
        raise HosoError(say("local_no_rows", path=path.name))
    unique = {_said(fact): fact for fact in reversed(found.facts)}
    facts = tuple(reversed(unique.values()))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Read(path.name, digest, facts, tuple(found.rejected), len(found.facts) - len(facts))


def _take(heading: Heading, sheet: Sheet, row: Row, found: _Found, defaults: Defaults) -> None:
    if is_between(row) or _is_furniture(heading, row):
        return
    try:
        found.facts.append(fact_of(heading, row, defaults))
    except BadRow as error:
        found.rejected.append(Rejected(sheet.name, row.number, error.why))


def _is_furniture(heading: Heading, row: Row) -> bool:
    """A heading said again, the numbers of the columns under it, or a line with nothing but its running number."""
    filled = [cell.strip("()") for cell in row.cells if cell]
    if row.cells[: len(heading.labels)] == heading.labels:
        return True
    if len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]:
        return True
    return not any(heading.cell(row, role) for role in heading.columns if role != "row_number")


def _said(fact: Fact) -> tuple[Any, ...]:
    return (fact.kind, fact.target, fact.body, fact.since, fact.paper, fact.giver, fact.due)
