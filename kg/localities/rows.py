"""A row of a local table as the places it names: which hamlet, group, street or houses, before any unit is looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.localities import house_numbers
from kg.localities.headings import Heading, Role
from kg.localities.house_numbers import BadNumbers
from kg.localities.places import BadPlace, OnlyPart, heading_word, spread
from kg.localities.words import forms
from kg.messages import say
from kg.readers.tables.folded import words
from kg.readers.tables.grid import Row
from ontology.localities import HouseNumbers, LocalityKind
from ontology.locality_names import read
from ontology.names import LONGEST_NAME, normalise

_BRACKETED = re.compile(r"\(([^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a row names."""

    kind: LocalityKind
    name: str
    numbers: HouseNumbers | None


class BadRow(ValueError):
    """A row that cannot be taken over; ``why`` is one line in the user's language."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def places(heading: Heading, row: Row) -> list[Place]:
    """The places of a row, one for each name and each run of houses. Raises BadRow."""
    if any(len(heading.cell(row, role)) > LONGEST_NAME for role in heading.columns):
        raise BadRow(say("local_cell_too_long", n=LONGEST_NAME))
    try:
        street, numbers = _street(heading, row)
        hamlets = _named(heading, row, "hamlet")
        names = _joined(hamlets, street)
        numbers += _runs(heading, row)
    except OnlyPart as error:
        raise BadRow(say("local_only_part", text=error)) from error
    except BadPlace as error:
        raise BadRow(say("local_bad_place", text=error)) from error
    except BadNumbers as error:
        raise BadRow(say("local_bad_numbers", text=error)) from error
    if not names:
        raise BadRow(say("local_no_place"))
    if numbers and not street:
        raise BadRow(say("local_numbers_without_street"))
    runs: list[HouseNumbers | None] = [*numbers] or [None]
    return [Place(_kind(name, run, bool(street)), name, run) for name in names for run in runs]


def _named(heading: Heading, row: Row, role: Role) -> tuple[str, ...]:
    cell = heading.cell(row, role)
    return spread(cell, heading_word(heading.label(role))) if cell else ()


def _street(heading: Heading, row: Row) -> tuple[tuple[str, ...], list[HouseNumbers]]:
    """The streets of a row, with the alley that leads off, and the houses named in brackets behind it."""
    cell = heading.cell(row, "street")
    numbers: list[HouseNumbers] = []
    if bracket := _BRACKETED.search(cell):
        try:
            numbers = list(house_numbers.of_text(bracket.group(1)))
            cell = cell[: bracket.start()].strip()
        except BadNumbers:
            pass  # a remark
    streets = spread(cell, heading_word(heading.label("street"))) if cell else ()
    alleys = _named(heading, row, "alley")
    if not alleys:
        return streets, numbers
    if not streets:
        return alleys, numbers
    return tuple(f"{alley} {street}" for alley in alleys for street in streets), numbers


def _joined(hamlets: tuple[str, ...], streets: tuple[str, ...]) -> tuple[str, ...]:
    if hamlets and streets:
        return tuple(f"{hamlet}, {street}" for hamlet in hamlets for street in streets)
    return hamlets or streets


def _runs(heading: Heading, row: Row) -> list[HouseNumbers]:
    text = heading.cell(row, "numbers")
    found = list(house_numbers.of_text(text)) if text and words(text) not in forms("everything") else []
    first, last, parity = (heading.cell(row, role) for role in ("first", "last", "parity"))
    if run := house_numbers.of_cells(first, last, parity):
        if found and parity and not (first or last):
            return [HouseNumbers(one.first, one.last, run.parity) for one in found]
        found.append(run)
    return [run for run in found if run != HouseNumbers()]


def _kind(name: str, run: HouseNumbers | None, on_street: bool) -> LocalityKind:
    reading = read((normalise(name),))
    if run is not None or (reading.street and (reading.number is not None)):
        return "house_range"
    if reading.places:
        return "group" if any(part.kind == "group" for part in reading.places) else "hamlet"
    return "street" if reading.street or on_street else "hamlet"
