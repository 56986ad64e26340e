"""What a row is about. A row never means more than its cells say: an empty cell is not "all", a number is not a number of
every fonds, and what narrows a row (a term, years, boxes, a kind of records) is kept or the row is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kg.custody import headings
from kg.custody.cells import Cells, Problems
from kg.custody.facts import Target
from kg.custody.headings import Role
from kg.custody.narrowing import boxes
from kg.custody.pointing import Pointer, pointer
from kg.custody.runs import codes
from kg.localities.rows import BadRow
from kg.messages import say
from kg.readers.tables import values
from kg.readers.tables.folded import words
from kg.readers.tables.values import BadValue
from ontology.agencies import recognise
from ontology.custody.retention import years
from ontology.errors import AmbiguousUnit, UnitNotFound
from ontology.registry import load

Part = Literal["file", "inventory", "fonds"]
_PARTS: tuple[Part, ...] = ("file", "inventory", "fonds")
_NUMBER_ALONE = 6
"""A reference shorter than this, without a stroke or a point, is a number within its fonds, no code of its own."""
_CLOSEST: tuple[tuple[Role, ...], ...] = (("file",), ("inventory",), ("fonds", "fonds_name", "creator"), ("level",))
"""Columns that say what a row is about, from the closest to the widest."""
_TERMS = re.compile(r"[,;]|\bvà\b")
_TERM_SAID = re.compile(r" thoi han (?:bao quan |luu tru |la )*(\d{1,3}) nam ")
_EXACT_TERM = re.compile(r"\d{1,3} năm")
_PREFIX = re.compile(r"^\s*phông(?:\s+lưu\s+trữ)?\s*[:.]?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """The targets of a row (several where it names several files or terms), and the roles of conditions that its table
    has and the row leaves empty: it means all of them."""

    targets: tuple[Target, ...]
    open_conditions: tuple[Role, ...] = ()


def about(cell: Cells, problems: Problems) -> About:
    """What the row is about; what is wrong is told to ``problems``."""
    pointers = {role: pointer(_said(cell, role)) for role in _PARTS}
    files = problems.read(lambda: _files(_said(cell, "file"), pointers)) or ()
    inventory = _named("inventory", _said(cell, "inventory"), pointers) or None
    fonds, creator = _fonds(cell, pointers)
    level = problems.read(lambda: _one_of(cell, "level", "level"))
    if not (files or inventory or fonds or creator or level):
        problems.append(say("facts_no_target"))
    problems.read(lambda: _refuse_widened(cell))
    if not (fonds or creator):
        for reference in (*files, inventory):
            if reference and _is_number(reference):
                problems.append(say("facts_no_fonds", text=reference))
                break
    base = Target(
        inventory=inventory,
        fonds=fonds,
        creator=creator,
        level=level,
        bloc=problems.read(lambda: _one_of(cell, "bloc", "bloc")),
        unit=problems.read(lambda: _unit(cell("unit"))),
        carrier=problems.read(lambda: _one_of(cell, "carrier", "medium")),
    )
    if files:  # terms, years and boxes beside a file describe it
        return About(tuple(replace(base, file=file) for file in files))
    return _narrowed(base, cell, problems)


def _narrowed(base: Target, cell: Cells, problems: Problems) -> About:
    """The target of more than single files with all that narrows it."""
    sort = problems.read(lambda: _sort(cell)) or {}
    told = cell("retention") or sort.get("retention", "")
    retentions = problems.read(lambda: _retentions(told)) or [(None, None)]
    base = replace(
        base,
        years=problems.read(lambda: _years(cell)),
        box=problems.read(lambda: _box(cell)),
        carrier=base.carrier or sort.get("carrier"),
    )
    targets = tuple(replace(base, retention=kind, term=term) for kind, term in retentions)
    conditions: Sequence[Role] = ("retention", "carrier", "years", "box", "sort")
    if base.is_of_level:  # of a fonds or a creator bloc and unit say only which it is
        conditions = (*conditions, "bloc", "unit")
    said = {"retention"} if sort.get("retention") else set[Role]()
    return About(targets, tuple(role for role in conditions if role not in said and cell.empty(role)))


def _said(cell: Cells, role: Role) -> str:
    """A cell of what a row is about; "toàn bộ" names none in particular."""
    text = cell(role)
    return "" if words(text) in headings.forms("every") else text


def _fonds(cell: Cells, pointers: Mapping[Part, Pointer]) -> tuple[str | None, str | None]:
    """The fonds' code, else its name; the creator, which a name beside a code tells too: both are to agree."""
    code = _named("fonds", _said(cell, "fonds"), pointers)
    name, creator = _said(cell, "fonds_name"), _said(cell, "creator")
    told = pointer(name).fonds or name
    if not code:
        return told or None, creator or None
    bare = _PREFIX.sub("", name)
    return code, creator or (bare if recognise(bare) else None)


def _files(text: str, pointers: Mapping[Part, Pointer]) -> tuple[str, ...]:
    """The files that the cell names, in words, as a list or as a run; else that another cell's words name."""
    if not text or pointers["file"].file:
        named = _named("file", text, pointers)
        return (named,) if named else ()
    return tuple(pointer(code).file or code for code in codes(text))


def _named(role: Part, text: str, pointers: Mapping[Part, Pointer]) -> str:
    """The part as its own cell says it, in words or as it stands; else as another cell's words do."""
    if text:
        return getattr(pointers[role], role) or text
    return next((part for told in pointers.values() if (part := str(getattr(told, role)))), "")


def _is_number(reference: str) -> bool:
    return len(reference) < _NUMBER_ALONE and not set(reference) & {"/", "."}


def _refuse_widened(cell: Cells) -> None:
    """Raise BadRow where the closest columns of the table are empty in this row, which would then mean all of what a
    wider one names; "toàn bộ" there says that it does."""
    for roles in _CLOSEST:
        present = [role for role in roles if role in cell.heading.columns]
        if present:
            if not any(words(cell(role)) for role in present):  # a dash says no more than nothing
                label = cell.heading.label(present[0])
                raise BadRow(say("facts_cell_empty", column=label))
            return


def _one_of(cell: Cells, role: Role, table: str) -> str | None:
    """A value of a closed list, None where the cell is empty or limits nothing. Raises BadRow."""
    text = cell(role)
    if words(text) in headings.forms("every"):
        return None
    found = values.one_of(table, text)
    if found is None:
        raise BadRow(say("facts_bad_value", text=text, column=say(f"facts_role_{role}")))
    return found


def _retentions(text: str) -> list[tuple[str | None, str | None]]:
    """The kinds of retention with the very term, one for each that the cell names. Raises BadRow for what is no term
    of its own ("từ 20 năm trở lên")."""
    if words(text) in headings.forms("every"):
        return [(None, None)]
    return [_retention(part.strip()) for part in _TERMS.split(text) if part.strip()]


def _retention(text: str) -> tuple[str, str | None]:
    if kind := _kind_of_retention(text):
        return kind, None
    term = values.retention(text)
    if _EXACT_TERM.fullmatch(term):
        return "fixed", term
    length = None if any(char.isdigit() for char in term) else years(term)
    if length is None:
        raise BadRow(say("facts_bad_value", text=text, column=say("facts_role_retention")))
    return ("permanent", None) if length == math.inf else ("fixed", term)


def _kind_of_retention(text: str) -> str | None:
    return next((kind for kind in ("permanent", "fixed") if words(text) in headings.forms("retention", kind)), None)


def retention_said(text: str) -> str | None:
    """The retention that a text has the words of ("hồ sơ bảo quản có thời hạn", "thời hạn bảo quản 20 năm"), as a cell
    would say it; None where it has none or several."""
    said = f" {words(text)} "
    found = {f"{term} năm" for term in _TERM_SAID.findall(said)}
    if not found:
        found = {form for form in headings.table()["retention_said"] if f" {words(form)} " in said}
    return found.pop() if len(found) == 1 else None


def _sort(cell: Cells) -> dict[str, str]:
    """What a column of kinds of records says: a retention or a carrier. Raises BadRow for other kinds, which no file of
    the store can be compared with."""
    text = cell("sort")
    if words(text) in headings.forms("every"):
        return {}
    if retention := retention_said(text) or (text if _kind_of_retention(text) else None):
        return {"retention": retention}
    if carrier := values.one_of("medium", text):
        return {"carrier": carrier}
    raise BadRow(say("facts_sort_unknown", text=text, column=cell.heading.label("sort")))


def _years(cell: Cells) -> str | None:
    """The years as "1990/1992", None where the row names none. Raises BadRow."""
    text, first, last = cell("years"), cell("years_from"), cell("years_to")
    if words(text) in headings.forms("every"):
        text = ""
    try:
        if text:
            since, until = values.iso_range(text)
            return f"{since[:4]}/{until[:4]}"
        if not (first or last):
            return None
        since, until = (values.iso_date(part)[:4] if part else "" for part in (first, last))
    except BadValue:
        column = say("facts_role_years")
        raise BadRow(say("facts_bad_value", text=text or f"{first} - {last}", column=column)) from None
    if since and until and since > until:
        raise BadRow(say("facts_bad_value", text=f"{first} - {last}", column=say("facts_role_years")))
    return f"{since}/{until}"


def _box(cell: Cells) -> str | None:
    """The boxes, None where the row names none. Raises BadRow for a column that may be of numbers or of a quantity."""
    if text := cell("box_unclear"):
        raise BadRow(say("facts_box_unclear", text=text, column=cell.heading.label("box_unclear")))
    text = cell("box")
    return text if words(text) not in headings.forms("every") and boxes(text) else None


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


def place(cell: Cells, *, room: bool) -> str | None:
    """Where inside the body it lies: store-room, shelf, box, as far as the row says."""
    return ", ".join(_places(cell, room=room)) or None


def _places(cell: Cells, *, room: bool) -> Iterator[str]:
    roles: tuple[Role, ...] = ("room", "shelf", "box") if room else ("shelf", "box")
    for role in roles:
        if text := cell(role):
            number = text.isalnum() and any(char.isdigit() for char in text)
            yield say(f"facts_place_{role}", lang="vi", value=text) if number else text
