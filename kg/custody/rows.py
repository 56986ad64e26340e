"""A row of a list as a fact. Without its paper (number or name, day, issuer) no row is one."""

from __future__ import annotations

from dataclasses import dataclass

from kg import wording
from kg.custody import headings
from kg.custody.facts import Fact, Target
from kg.custody.headings import Heading, Role
from kg.custody.paper import Paper
from kg.localities.rows import BadRow
from kg.messages import say
from kg.readers.tables import values
from kg.readers.tables.folded import words
from kg.readers.tables.grid import Row
from ontology import dates
from ontology.custody.retention import kind as retention_kind
from ontology.errors import AmbiguousUnit, BadDate, UnitNotFound
from ontology.names import LONGEST_NAME
from ontology.registry import load

_NUMBERED: frozenset[str] = frozenset({"assignment", "task"})
"""Kinds whose paper is a decision: it has a number."""
_NUMBER_ALONE = 6
"""A reference shorter than this, without a stroke or a point, is a number within its fonds, no code of its own."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What rows without a value of their own have: one paper for the whole list. Dates ISO, ``kind`` of the closed
    list."""

    kind: str | None = None
    paper_name: str | None = None
    paper_number: str | None = None
    paper_date: str | None = None
    issuer: str | None = None


def fact_of(heading: Heading, row: Row, defaults: Defaults) -> Fact:
    """The fact of a row, with an empty id. Raises BadRow, which says what is missing or not understood."""
    if any(len(heading.cell(row, role)) > LONGEST_NAME for role in heading.columns):
        raise BadRow(say("local_cell_too_long", n=LONGEST_NAME))
    kind = _kind(heading, row, defaults)
    target = _target(heading, row)
    body = heading.cell(row, "body") or None
    if body is None and kind != "open_matter":
        raise BadRow(say("facts_no_body"))
    giver = heading.cell(row, "giver") or None
    paper = _paper(heading, row, defaults, kind, giver or body)
    since = _day(heading.cell(row, "date"), past=True) or paper.date
    assert since is not None
    due = _day(heading.cell(row, "due"), past=False)
    return Fact("", kind, target, body, since, paper, giver, due, heading.cell(row, "note") or None, row.number)


def _kind(heading: Heading, row: Row, defaults: Defaults) -> str:
    if cell := heading.cell(row, "kind"):
        known = headings.kind_of(cell) or headings.kind_in(cell)
        if known is None:
            raise BadRow(say("facts_bad_kind", text=cell, known=", ".join(headings.table()["kinds"])))
        return known
    if defaults.kind:
        return defaults.kind
    named = headings.kind_in(heading.cell(row, "paper_name") or defaults.paper_name or "")
    told = named or headings.kind_of_list(heading)
    if told is None:
        raise BadRow(say("facts_no_kind"))
    return told


def _target(heading: Heading, row: Row) -> Target:
    file, inventory, fonds, creator = (heading.cell(row, role) or None for role in headings.TARGETS[:4])
    level = _one_of(heading, row, "level", "level")
    if not (file or inventory or fonds or creator or level):
        raise BadRow(say("facts_no_target"))
    if not (fonds or creator):
        for reference in (file, inventory):
            if reference and not level and _is_number(reference):
                raise BadRow(say("facts_no_fonds", text=reference))
    return Target(
        file,
        inventory,
        fonds,
        creator,
        level,
        _one_of(heading, row, "bloc", "bloc"),
        _unit(heading.cell(row, "unit")),
        _retention(heading.cell(row, "retention")),
        _one_of(heading, row, "carrier", "medium"),
    )


def _is_number(reference: str) -> bool:
    return len(reference) < _NUMBER_ALONE and not set(reference) & {"/", "."}


def _one_of(heading: Heading, row: Row, role: Role, table: str) -> str | None:
    """A value of a closed list, None where the cell is empty or limits nothing. Raises BadRow."""
    cell = heading.cell(row, role)
    if words(cell) in headings.forms("every"):
        return None
    found = values.one_of(table, cell)
    if found is None:
        raise BadRow(say("facts_bad_value", text=cell, column=say(f"facts_role_{role}")))
    return found


def _retention(cell: str) -> str | None:
    said = words(cell)
    if said in headings.forms("every"):
        return None
    for kind in ("permanent", "fixed"):
        if said in headings.forms("retention", kind):
            return kind
    kind = retention_kind(cell)
    if kind == "unknown":
        raise BadRow(say("facts_bad_value", text=cell, column=say("facts_role_retention")))
    return kind


def _unit(cell: str) -> str | None:
    if not cell:
        return None
    try:
        return load().argument(cell, prefer="ended").unit.id
    except UnitNotFound:
        raise BadRow(say("local_unit_not_found", name=cell)) from None
    except AmbiguousUnit as error:
        near = "; ".join(candidate.unit.id for candidate in error.candidates[:3])
        raise BadRow(say("local_unit_ambiguous", name=cell, n=len(error.candidates), near=near)) from None


def _paper(heading: Heading, row: Row, defaults: Defaults, kind: str, signer: str | None) -> Paper:
    """The paper of the row. Minutes are issued by who gives, a list of a store-room by who keeps it, where the row says
    no other."""
    number = heading.cell(row, "paper_number") or defaults.paper_number
    name = heading.cell(row, "paper_name") or defaults.paper_name
    if not number and (kind in _NUMBERED or not name):
        raise BadRow(say("facts_no_number" if kind in _NUMBERED else "facts_no_paper"))
    date = _day(heading.cell(row, "paper_date"), past=True) or defaults.paper_date
    if date is None:
        raise BadRow(say("facts_no_date"))
    issuer = heading.cell(row, "issuer") or defaults.issuer
    if not issuer and kind not in _NUMBERED:
        issuer = signer
    if not issuer:
        raise BadRow(say("facts_no_issuer"))
    return Paper(name or headings.table()["papers"][kind], number or None, date, issuer)


def _day(cell: str, *, past: bool) -> str | None:
    if not cell:
        return None
    return whole_day(cell, past=past)


def whole_day(text: str, *, past: bool) -> str:
    """A whole day as ISO; ``past``: one that is not yet to come. Raises BadRow."""
    try:
        day = dates.parse(text, partial=False)
    except BadDate:
        raise BadRow(say("facts_bad_day", text=text)) from None
    if past and day > dates.today():
        raise BadRow(say("local_date_future", date=wording.day(day)))
    return day
