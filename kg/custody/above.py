"""What stands over an office's table: labelled values, the paper that the list is or is an annex of, the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.custody import headings
from kg.custody.cells import Above
from kg.custody.citing import annexed, dated_line, headed
from kg.custody.headings import Role
from kg.custody.kinds import announces, is_ground, kind_in, names_its_kind
from kg.custody.paper import Paper
from kg.custody.pointing import pointer
from kg.custody.targets import retention_said
from kg.readers.tables.folded import words
from kg.readers.tables.grid import Row
from kg.readers.tables.heading import Label
from ontology.agencies import recognise

_VALUES: frozenset[Role] = frozenset(
    {"inventory", "fonds", "fonds_name", "creator", "giver", "body", "holder", "room", "retention", "years", "date",
     "paper", "paper_number", "paper_date", "issuer"}
)  # fmt: skip
"""What a line over the table may say of all rows."""
_ITEM = re.compile(r"\s*(?:\d+|[IVX]+|[a-zđ])[.)]\s+")
"""What numbers a line of minutes: "2. Thời gian của hồ sơ, tài liệu: ..."."""
_LONGEST_TITLE = 200


@dataclass(slots=True)
class _Found:
    values: dict[Role, str] = field(default_factory=dict)
    annexes: set[Paper] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    retentions: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    title: str | None = None
    own: set[Paper] = field(default_factory=set)
    day: str | None = None
    announces: str | None = None


def above(rows: Sequence[Row], *names: str | None) -> Above:
    """What the rows over the heading say. Of values that are said twice the first counts; a title tells kind and
    retention where it has the words of one alone, and is the name of minutes and lists. ``names``: of the sheet and of
    the file, which tell the kind where no title does."""
    found = _Found()
    for row in rows:
        filled = list(
            dict.fromkeys(cell for cell in row.cells if cell)
        )  # a merged cell holds for each of its columns
        for role, value in _labelled(filled):
            found.values.setdefault(role, value)
        for cell in filled:
            _look(cell, found)
    if len(found.retentions) == 1:
        found.values.setdefault("retention", found.retentions.pop())
    paper = _paper(found)
    kind = found.kinds.pop() if len(found.kinds) == 1 else kind_in(paper.name or "") if paper else None
    if kind is None and not found.kinds:
        kind = next((told for name in names if name and (told := kind_in(name))), None)
    head = found.bodies.pop() if len(found.bodies) == 1 else None
    return Above(found.values, paper, kind, found.announces, head)


def _look(cell: str, found: _Found) -> None:
    """Take what a line says that has no label: the paper, its number and day, the title, the body."""
    if len(cell) > _LONGEST_TITLE or is_ground(cell):
        return
    if paper := annexed(cell):
        found.annexes.add(paper)
    elif own := headed(cell):
        found.own.add(own)
    elif told := dated_line(cell):
        found.day = found.day or told
    elif ":" not in cell:
        _title(cell, found)


def _title(cell: str, found: _Found) -> None:
    found.announces = found.announces or announces(cell)
    if kind := kind_in(cell):
        found.kinds.add(kind)
        if names_its_kind(cell, kind) and found.title is None:
            # Minutes are called so whatever their title stretches over; a list is called as it calls itself.
            found.title = headings.table()["names"][kind] if kind == "handover" else cell
    if retention := retention_said(cell):
        found.retentions.add(retention)
    if kind is None and (known := recognise(cell)) and known.place_name:
        found.bodies.add(cell)


def _paper(found: _Found) -> Paper | None:
    """The paper that the list is an annex of, else the list itself with what its head says."""
    if found.annexes:
        return next(iter(found.annexes)) if len(found.annexes) == 1 else None
    own = next(iter(found.own)) if len(found.own) == 1 else Paper(None, None, None, None)
    if not (found.title or own.number or found.day):
        return None
    return Paper(own.name or found.title, own.number, own.date or found.day, own.issuer)


def _labelled(filled: Sequence[str]) -> Iterator[tuple[Role, str]]:
    """ "Bên nhận: UBND phường Láng", a label with its value in the next cell, "Phông số 12", "PHÔNG ỦY BAN NHÂN DÂN"."""
    for cell, following in zip(filled, [*filled[1:], ""], strict=True):
        label, colon, value = _ITEM.sub("", cell, count=1).partition(":")
        known = headings.meaning(Label(label))
        value = value.strip(" .…") if value.strip() else following
        if known and known[0] in _VALUES and value and (colon or following) and words(value):
            yield known[0], value
        elif not colon:
            yield from pointed(cell)


def pointed(cell: str) -> Iterator[tuple[Role, str]]:
    """The fonds (code or name) and the inventory that a line names in words."""
    told = pointer(cell)
    if told.fonds:
        is_code = " " not in told.fonds and any(char.isdigit() for char in told.fonds)
        yield "fonds" if is_code else "fonds_name", told.fonds
    if told.inventory:
        yield "inventory", told.inventory
