"""A row of a list as facts. Without its paper (number or name, day, issuer) no row is one; what is refused tells all that
is missing at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from kg import wording
from kg.custody import headings
from kg.custody.cells import Above, Cells, Problems, day
from kg.custody.citing import cited
from kg.custody.facts import Fact
from kg.custody.headings import Heading, Role
from kg.custody.kinds import announced_by, announces, kind_in, kind_of
from kg.custody.paper import Paper
from kg.custody.targets import about, place
from kg.localities.rows import BadRow
from kg.messages import say
from kg.readers.tables.grid import Row
from ontology import dates
from ontology.names import LONGEST_NAME

NUMBERED: frozenset[str] = frozenset({"assignment", "arrangement", "task"})
"""Kinds whose paper is a decision: it has a number, and may take effect on a later day."""
_BODIES: Mapping[str, tuple[Role, ...]] = {"store_list": ("holder", "body", "room")}
_BODIES_ELSE: tuple[Role, ...] = ("body", "holder", "room")
"""Which column names the body of a fact: who holds it by a store-room list, else who receives it. A store-room is a
place; it stands for the body only where nothing else names one."""

_COUNT = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d+)\s*(?:hồ sơ|hs|đvbq|đơn vị bảo quản)?", re.IGNORECASE)
_INSTEAD: Mapping[Role, tuple[Role, ...]] = {
    "fonds": ("fonds", "fonds_name", "creator"),
    "giver": ("giver",),
    "body": _BODIES_ELSE,
}


@dataclass(frozen=True)
class Defaults:
    """What rows without a value of their own have: one paper for the whole list, one fonds (code or name), who gives,
    who receives or holds. Dates ISO, ``kind`` of the closed list."""

    kind: str | None = None
    paper_name: str | None = None
    paper_number: str | None = None
    paper_date: str | None = None
    issuer: str | None = None
    fonds: str | None = None
    giver: str | None = None
    receiver: str | None = None

    @cached_property
    def values(self) -> Mapping[Role, str]:
        """By role, for cells that are empty or not there."""
        told: dict[Role, str | None] = {"fonds": self.fonds, "giver": self.giver, "body": self.receiver}
        return {role: value for role, value in told.items() if value}

    @cached_property
    def instead(self) -> frozenset[Role]:
        """Roles of which a line over the table says nothing then: who loads the list says it."""
        said = [_INSTEAD[role] for role in self.values]
        return frozenset(chain.from_iterable(said))


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of a row, the column that named their body (None: no column did), the conditions that the table has a
    column for and the row leaves open; ``issuer_of_head``: the body at the head of the list, taken for who decided."""

    facts: tuple[Fact, ...]
    body_from: Role | None
    open_conditions: tuple[Role, ...] = ()
    issuer_of_head: str | None = None


def facts_of(heading: Heading, row: Row, defaults: Defaults, above: Above | None = None) -> Told:
    """The facts of a row, with empty ids: one, or one for each file or term that it names. Raises BadRow, which says all
    that is missing or not understood."""
    if any(len(heading.cell(row, role)) > LONGEST_NAME for role in heading.columns):
        raise BadRow(say("local_cell_too_long", n=LONGEST_NAME))
    cell = Cells(heading, row, above or Above(), defaults.values)
    problems = Problems()
    kind = problems.read(lambda: _kind(cell, defaults))
    target = about(cell, problems)
    body_from = next((role for role in _BODIES.get(kind or "", _BODIES_ELSE) if cell.has(role)), None)
    body = (cell(body_from) if body_from else "") or None
    if body is None and kind != "open_matter":
        problems.append(say("facts_no_body"))
    giver = cell("giver") or None
    paper = _paper(cell, defaults, kind, giver or body, problems)
    since = problems.read(lambda: day(cell("date"), past=kind not in NUMBERED)) or (paper.date if paper else None)
    due = problems.read(lambda: day(cell("due"), past=False))
    _compare_days(kind, paper, since, due, problems)
    problems.refuse()
    assert kind
    assert paper
    assert since
    told = Fact("", kind, target.targets[0], body, since, paper, giver, due, cell("note") or None, row.number)
    told = replace(told, place=place(cell, room=body_from != "room"), files=_files(cell("files")))
    told = replace(told, remarks=("open_condition",) if target.open_conditions else ())
    facts = tuple(replace(told, target=one) for one in target.targets)
    head = cell.above.head if kind in NUMBERED and cell.above.head == paper.issuer else None
    return Told(facts, body_from if body else None, target.open_conditions, head)


def kinds_told() -> str:
    """The kinds of facts in words, as a cell or ``--kind`` may name them."""
    return ", ".join(say(f"facts_kind_{kind}") for kind in headings.table()["kinds"])


def _kind(cell: Cells, defaults: Defaults) -> str:
    name = cell("paper_name") or cell("paper") or defaults.paper_name or ""
    if cell.above.announces and not defaults.kind:
        raise BadRow(say("facts_announced", text=cell.above.announces))
    told = _own_kind(cell, defaults)
    if told is None:
        told = kind_in(name) or headings.kind_of_list(cell.heading) or cell.above.kind
    if told is None:
        raise BadRow(say("facts_announced", text=name) if announces(name) else say("facts_no_kind"))
    if told == "assignment" and "arrangement" in (kind_in(name), cell.above.kind):
        return "arrangement"  # "phân công tiếp nhận" says not for what: the decision's own name does
    return told


def _own_kind(cell: Cells, defaults: Defaults) -> str | None:
    text = cell("kind")
    if not text:
        return defaults.kind
    known = kind_of(text)
    if known is None:
        key = "facts_announced" if announces(text) else "facts_bad_kind"
        raise BadRow(say(key, text=text, known=kinds_told()))
    return known


def _paper(cell: Cells, defaults: Defaults, kind: str | None, signer: str | None, problems: Problems) -> Paper | None:
    """The paper of the row: its own columns, a whole citation in one of them, else the paper of the list. Minutes are
    issued by who gives, a list of a store-room by who keeps it, where the row says no other."""
    own = problems.read(lambda: _own_paper(cell))
    if own is None:
        return None
    annex = cell.above.paper
    if annex and own.number and own.number != annex.number:
        annex = None  # the row's paper is another one: its day and issuer are not those of the annex
    number = own.number or defaults.paper_number or (annex.number if annex else None)
    name = own.name or defaults.paper_name or (annex.name if annex else None)
    date = own.date or defaults.paper_date or (annex.date if annex else None)
    date = date or problems.read(lambda: _day_of_list(cell, kind))
    issuer = own.issuer or defaults.issuer or (annex.issuer if annex else None)
    if not issuer:
        issuer = cell.above.head if kind in NUMBERED else signer
    if not number and (kind in NUMBERED or not name):
        problems.append(say("facts_no_number" if kind in NUMBERED else "facts_no_paper"))
    if date is None:
        problems.append(say("facts_no_date"))
    if not issuer and (signer or kind in NUMBERED):
        problems.append(say("facts_no_issuer"))
    paper = Paper(name or (headings.table()["names"][kind] if kind else None), number, date, issuer)
    if kind != "open_matter" and (words := announced_by(paper)):
        problems.append(say("facts_announced", text=words))
    return paper


def _day_of_list(cell: Cells, kind: str | None) -> str | None:
    """The day of minutes and lists that name one alone: when it was handed over, or stood in the store-room; of a
    decision only where the column is called a day and no more."""
    bare = headings.is_bare_day(cell.heading.label("date"))
    return day(cell("date"), past=True) if bare or kind in ("handover", "store_list") else None


def _own_paper(cell: Cells) -> Paper:
    whole = cited(cell("paper"))
    name = _as_name(cell("paper_name"))
    number = cell("paper_number")
    told = cited(number) if " " in number else Paper(None, number or None, None, None)
    if number and not told.number:
        told = Paper(None, number, None, None)
    date = day(cell("paper_date"), past=True) or told.date or whole.date or name.date
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


def _compare_days(
    kind: str | None, paper: Paper | None, since: str | None, due: str | None, problems: Problems
) -> None:
    """A decision takes effect on its day or later, and is carried out after that."""
    if kind in NUMBERED and paper and paper.date and since and since < paper.date:
        told = {"date": wording.day(since), "paper": wording.day(paper.date)}
        problems.append(say("facts_before_its_paper", **told))
    if since and due and due < since:
        problems.append(say("facts_due_before", date=wording.day(due), since=wording.day(since)))


def _files(text: str) -> int | None:
    """How many files the paper counts, None where the cell says no number of files."""
    match = _COUNT.fullmatch(text.strip())
    return int(re.sub(r"\D", "", match.group(1))) if match else None
