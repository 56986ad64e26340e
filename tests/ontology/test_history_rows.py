"""history_1975_2007.csv row by row: what an act moved, renamed, divided or joined is so in the tables, on its day.

A small reader of its own takes the rows apart. ``cases/counts.csv`` has how many communes an act says that a district
had, which the tables must meet without having read it.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from ontology.model import Candidate, Unit
from ontology.names import key
from ontology.registry import Ontology, load
from ontology.validity import day_before
from tests.ontology.cases import rows

_UNIT = re.compile(r"(?P<part>một phần |[\d.,]+ ha )?(?P<name>.+?)(?: \((?P<within>[^)]*)\))?$")
_NO_UNIT = re.compile(r"(?:thôn|xóm) |tiểu khu$")

CONTEXT = {"61"}
"""Row 61 gives former names whose day is not known: kept as aliases, no change."""


@pytest.fixture(scope="module")
def vietnam() -> Ontology:
    return load()


@dataclass(frozen=True)
class Named:
    """A unit as a row has it."""

    name: str
    within: str
    part: bool


@dataclass(frozen=True)
class Row:
    """A row on communes with its number, its day known."""

    number: str
    date: str
    kind: str
    act: str
    certainty: str
    before: tuple[Named, ...]
    after: tuple[Named, ...]


@pytest.fixture(scope="module")
def acts(shared: Path) -> list[Row]:
    with (shared / "admin" / "history_1975_2007.csv").open(encoding="utf-8-sig", newline="") as stream:
        read = [(str(number), row) for number, row in enumerate(csv.DictReader(stream), 1)]
    return [
        Row(
            number, row["date"], row["kind"], row["act"], row["certainty"],
            named(row["units_before"]), named(row["units_after"]),
        )
        for number, row in read
        if row["level"] == "commune" and len(row["date"]) == 10 and number not in CONTEXT
    ]  # fmt: skip


def named(text: str) -> tuple[Named, ...]:
    found = [_UNIT.match(part.strip()) for part in text.split(";") if part.strip()]
    return tuple(
        Named(match["name"], match["within"] or "", bool(match["part"]))
        for match in found
        if match and not _NO_UNIT.match(match["name"])
    )


def only(vietnam: Ontology, unit: Named, day: str) -> Unit:
    """The one unit in force that the row's words mean on the day."""
    found: list[Candidate] = vietnam.find(unit.name, at=day, within=unit.within or None)
    best = [one.unit for one in found if one.score == found[0].score]
    assert len(best) == 1, (unit, day, [one.id for one in best])
    assert best[0].in_force(day), (unit, day, best[0].id)
    assert found[0].score == 1, (unit, day, best[0].id, found[0].reasons)
    return best[0]


@pytest.mark.shared
def test_every_unit_of_a_row_is_there_before_and_begins_with_it(vietnam: Ontology, acts: list[Row]) -> None:
    seen = 0
    for row in acts:
        for unit in row.before:
            only(vietnam, unit, day_before(row.date))
            seen += 1
        for unit in row.after:
            assert only(vietnam, unit, row.date).valid_from == row.date, row
            seen += 1
    assert seen > 400


@pytest.mark.shared
def test_what_a_row_does_is_what_became_of_its_units(vietnam: Ontology, acts: list[Row]) -> None:
    """Rows of one day are read together: a unit can be renamed by one and lose land by another."""
    due: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    alone: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in acts:
        for place, unit in enumerate(row.before):
            one = only(vietnam, unit, day_before(row.date))
            each = row.kind in ("type_change", "rename", "transfer") and len(row.before) == len(row.after)
            names = [row.after[place]] if each else row.after
            due[one.id, row.date] |= {key(after.name) for after in names}
            if unit.part and row.kind in ("create", "transfer"):
                due[one.id, row.date].add(key(one.name))
            alone[one.id, row.date].append(row)
    wrong = []
    for (unit_id, day), names in due.items():
        lineage = vietnam.successors(vietnam.unit(unit_id), day)
        got = {key(step.unit.name) for step in lineage.steps}
        held = [row for row in alone[unit_id, day] if row.certainty == "sure" and row.act]
        if not names <= got or (lineage.certainty == "certain" and len(held) < len(alone[unit_id, day])):
            wrong.append((unit_id, day, names, got, lineage.certainty))
    assert wrong == []
    assert len(due) > 200


@pytest.mark.parametrize("case", rows("counts"), ids=lambda case: "{unit}-{on}-{types}".format(**case))
def test_a_district_has_as_many_communes_as_the_act_says(vietnam: Ontology, case: dict[str, str]) -> None:
    district = vietnam.version_on(case["unit"], case["on"])
    assert district is not None
    found = [one.name for one in vietnam.children(district, case["on"]) if one.type == case["types"]]
    assert len(found) == int(case["count"])


@pytest.mark.parametrize(("day", "count"), [("2004-08-31", 229), ("2005-01-20", 232), ("2007-12-31", 232)])
def test_ha_noi_has_as_many_communes_as_the_list_says(vietnam: Ontology, day: str, count: int) -> None:
    """history_snapshots.csv, column hanoi_communes."""
    city = vietnam.version_on("01", day)
    assert city is not None
    assert sum(len(vietnam.children(district, day)) for district in vietnam.children(city, day)) == count
