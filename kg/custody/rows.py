"""A row of a list as a fact. Without its paper (number or name, day, issuer) no row is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg import wording
from kg.custody import headings
from kg.custody.citing import cited
from kg.custody.facts import Fact, Target
from kg.custody.headings import Heading, Role
from kg.custody.paper import Paper
from kg.custody.pointing import Pointer, pointer
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
_BODIES: Mapping[str, tuple[Role, ...]] = {"store_list": ("holder", "body", "room")}
_BODIES_ELSE: tuple[Role, ...] = ("body", "holder", "room")
"""Which column names the body of a fact: who holds it by a store-room list, else who receives it. A store-room is a
place; it stands for the body only where nothing else names one."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What rows without a value of their own have: one paper for the whole list. Dates ISO, ``kind`` of the closed
    list."""

    kind: str | None = None
    paper_name: str | None = None
    paper_number: str | None = None
    paper_date: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Above:
    """What the lines over a table say of all of its rows, where it has no column for it: ``values`` by role, the
    ``paper`` that the list is an annex of, the ``kind`` that its title tells."""

    values: Mapping[Role, str] = field(default_factory=dict)
    paper: Paper | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A fact and the column that named its body (None: no column did)."""

    fact: Fact
    body_from: Role | None


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a row by role; where the table has no such column, what stands over it."""

    heading: Heading
    row: Row
    above: Above

    def __call__(self, role: Role) -> str:
        return self.heading.cell(self.row, role) or (
            "" if role in self.heading.columns else self.above.values.get(role, "")
        )


def fact_of(heading: Heading, row: Row, defaults: Defaults, above: Above | None = None) -> Told:
    """The fact of a row, with an empty id. Raises BadRow, which says what is missing or not understood."""
    if any(len(heading.cell(row, role)) > LONGEST_NAME for role in heading.columns):
        raise BadRow(say("local_cell_too_long", n=LONGEST_NAME))
    cell = _Cells(heading, row, above or Above())
    kind = _kind(cell, defaults)
    target = _target(cell)
    body_from = next((role for role in _BODIES.get(kind, _BODIES_ELSE) if cell(role)), None)
    if body_from is None and kind != "open_matter":
        raise BadRow(say("facts_no_body"))
    body = cell(body_from) if body_from else None
    giver = cell("giver") or None
    paper = _paper(cell, defaults, kind, giver or body)
    since = _day(cell("date"), past=True) or paper.date
    assert since is not None
    due = _day(cell("due"), past=False)
    place = None if body_from == "room" else cell("room") or None
    note = cell("note") or None
    return Told(Fact("", kind, target, body, since, paper, giver, due, note, row.number, place), body_from)


def kinds_told() -> str:
    """The kinds of facts in words, as a cell or ``--kind`` may name them."""
    return ", ".join(say(f"facts_kind_{kind}") for kind in headings.table()["kinds"])


def _kind(cell: _Cells, defaults: Defaults) -> str:
    if text := cell("kind"):
        known = headings.kind_of(text) or headings.kind_in(text)
        if known is None:
            raise BadRow(say("facts_bad_kind", text=text, known=kinds_told()))
        return known
    if defaults.kind:
        return defaults.kind
    named = headings.kind_in(cell("paper_name") or cell("paper") or defaults.paper_name or "")
    told = named or headings.kind_of_list(cell.heading) or cell.above.kind
    if told is None:
        raise BadRow(say("facts_no_kind"))
    return told


def _target(cell: _Cells) -> Target:
    """What the row is about. A cell may name file, inventory and fonds in words."""
    said = {role: cell(role) for role in headings.TARGETS[:4]}
    pointers = {role: pointer(said[role]) for role in ("file", "inventory", "fonds")}
    parts = {role: _named(role, said[role], pointers) for role in ("file", "inventory", "fonds")}
    file, inventory, fonds = (parts[role] or None for role in ("file", "inventory", "fonds"))
    creator = said["creator"] or None
    level = _one_of(cell, "level", "level")
    if not (file or inventory or fonds or creator or level):
        raise BadRow(say("facts_no_target"))
    if not (fonds or creator):
        for reference in (file, inventory):
            if reference and not level and _is_number(reference):
                raise BadRow(say("facts_no_fonds", text=reference))
    bloc, unit = _one_of(cell, "bloc", "bloc"), _unit(cell("unit"))
    if file:  # a list of files describes each; a file that is named is meant whatever its term
        return Target(file, inventory, fonds, creator, level, bloc, unit)
    retention, carrier = _retention(cell("retention")), _one_of(cell, "carrier", "medium")
    return Target(file, inventory, fonds, creator, level, bloc, unit, retention, carrier)


def _named(role: Literal["file", "inventory", "fonds"], text: str, pointers: Mapping[str, Pointer]) -> str:
    """The part as its own cell says it, in words or as it stands; else as another cell's words do."""
    if text:
        return getattr(pointers[role], role) or text
    return next((part for told in pointers.values() if (part := str(getattr(told, role)))), "")


def _is_number(reference: str) -> bool:
    return len(reference) < _NUMBER_ALONE and not set(reference) & {"/", "."}


def _one_of(cell: _Cells, role: Role, table: str) -> str | None:
    """A value of a closed list, None where the cell is empty or limits nothing. Raises BadRow."""
    text = cell(role)
    if words(text) in headings.forms("every"):
        return None
    found = values.one_of(table, text)
    if found is None:
        raise BadRow(say("facts_bad_value", text=text, column=say(f"facts_role_{role}")))
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


def _paper(cell: _Cells, defaults: Defaults, kind: str, signer: str | None) -> Paper:
    """The paper of the row: its own columns, a whole citation in one of them, else the paper of the list. Minutes are
    issued by who gives, a list of a store-room by who keeps it, where the row says no other."""
    own = _own_paper(cell)
    annex = cell.above.paper
    if annex and own.number and own.number != annex.number:
        annex = None  # the row's paper is another one: its day and issuer are not those of the annex
    number = own.number or defaults.paper_number or (annex.number if annex else None)
    name = own.name or defaults.paper_name or (annex.name if annex else None)
    if not number and (kind in _NUMBERED or not name):
        raise BadRow(say("facts_no_number" if kind in _NUMBERED else "facts_no_paper"))
    date = own.date or defaults.paper_date or (annex.date if annex else None)
    if date is None:
        raise BadRow(say("facts_no_date"))
    issuer = own.issuer or defaults.issuer or (annex.issuer if annex else None)
    if not issuer and kind not in _NUMBERED:
        issuer = signer
    if not issuer:
        raise BadRow(say("facts_no_issuer"))
    return Paper(name or headings.table()["names"][kind], number, date, issuer)


def _own_paper(cell: _Cells) -> Paper:
    whole = cited(cell("paper"))
    name = _as_name(cell("paper_name"))
    number = cell("paper_number")
    told = cited(number) if " " in number else Paper(None, number or None, None, None)
    if number and not told.number:
        told = Paper(None, number, None, None)
    date = _day(cell("paper_date"), past=True) or told.date or whole.date or name.date
    if date and date > dates.today():
        raise BadRow(say("local_date_future", date=wording.day(date)))
    return Paper(
        name.name or whole.name,
        told.number or whole.number or name.number,
        date,
        cell("issuer") or told.issuer or whole.issuer or name.issuer,
    )


def _as_name(text: str) -> Paper:
    """What a paper is called; a name with number and day of a decision is a citation."""
    found = cited(text)
    return found if found.number and found.date else Paper(text or None, None, None, None)


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
