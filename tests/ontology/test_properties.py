"""What holds for every unit of the compiled tables: the whole tables are walked, nothing is sampled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import pytest

from ontology import extents, tables
from ontology.model import Edge, Lineage, Matter, Unit
from ontology.registry import Ontology, load
from ontology.validity import day_after

EVE, DAY = "2025-06-30", "2025-07-01"
DAYS = (EVE, "2024-12-31", "2013-12-01", "2008-07-31", "2007-12-31", "1990-01-01")
MATTERS: tuple[Matter, ...] = ("any", "civil", "land")

BEYOND = {"250@1977-07-05"}
"""Huyện Mê Linh of 1977: what it gave out beside Mê Linh went to districts outside today's Ha Noi, whose rows are not here."""

UNNAMED = {"x-thi-tran-phuc-yen-me-linh-vinh-phuc"}
"""Thị trấn Phúc Yên became a thị xã in 2003 (153/2003/NĐ-CP); which phường it made is not said."""


@pytest.fixture(scope="module")
def vietnam() -> Ontology:
    return load()


@pytest.fixture(scope="module")
def edges() -> dict[str, list[Edge]]:
    """Unit id → the edges that leave it."""
    found: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in tables.edges():
        found[edge.source].append(edge)
    return found


def today(vietnam: Ontology, matter: Matter = "any") -> Iterator[tuple[Unit, Lineage]]:
    """Every unit version and what it is on 1 July 2025 (one that began later: on its first day)."""
    for unit in vietnam.units.values():
        yield unit, vietnam.successors(unit, max(DAY, unit.valid_from), matter)


# Lineage


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("day", DAYS)
def test_predecessors_and_successors_are_inverse(vietnam: Ontology, day: str, matter: Matter) -> None:
    """Unit u of a day has v of 1 July 2025 among its successors, with some extent, where v has u among its
    predecessors, with the same. Districts that ended go to communes, which have communes as predecessors."""
    forward = {
        (unit.id, step.unit.id): step.extent
        for unit in vietnam.units.values()
        if vietnam.stood(unit, day)
        for lineage in (vietnam.successors(unit, DAY, matter),)
        if not lineage.level_ended
        for step in lineage.steps
    }
    backward = {
        (step.unit.id, unit.id): step.extent
        for unit in vietnam.units.values()
        if unit.in_force(DAY)
        for step in vietnam.predecessors(unit, day, matter).steps
    }
    assert len(forward) > 400
    assert forward.items() ^ backward.items() == set()


@pytest.mark.parametrize("between", ["2020-01-01", "2008-08-01", "1996-11-22"])
def test_a_walk_in_two_stages_reaches_the_same_units(vietnam: Ontology, between: str) -> None:
    wrong = []
    for unit in vietnam.units.values():
        if unit.valid_to is None or not unit.valid_from <= between or unit.level == "district":
            continue
        middle = vietnam.successors(unit, between).steps
        staged = {step.unit.id for half in middle for step in vietnam.successors(half.unit, DAY).steps}
        direct = {step.unit.id for step in vietnam.successors(unit, DAY).steps}
        if staged != direct:
            wrong.append((unit.id, unit.name, staged ^ direct))
    assert wrong == []


def test_a_unit_on_its_last_day_is_itself(vietnam: Ontology) -> None:
    for unit in vietnam.units.values():
        if unit.valid_to is not None and unit.valid_to >= unit.valid_from:
            lineage = vietnam.successors(unit, unit.valid_to)
            assert lineage.certainty == "certain"
            assert [(step.unit, step.extent) for step in lineage.steps] == [(unit, "unchanged")]


@pytest.mark.parametrize("matter", MATTERS)
def test_a_list_or_an_alias_never_makes_an_answer_certain(vietnam: Ontology, matter: Matter) -> None:
    for unit, lineage in today(vietnam, matter):
        if lineage.certainty in ("certain", "by_population"):
            assert {summary.event.basis for summary in lineage.events} <= {"act", "reviewed"}, unit.id
        elif lineage.weakest == "list":
            assert lineage.certainty in ("candidates", "unknown"), unit.id


def test_possible_is_never_certain(vietnam: Ontology) -> None:
    for unit, lineage in today(vietnam):
        if lineage.certainty == "certain":
            assert "possible" not in {step.extent for step in lineage.steps}, unit.id


def test_what_is_certain_for_every_matter_is_handed_over_whole(vietnam: Ontology) -> None:
    wrong = [
        (unit.id, unit.name)
        for unit, lineage in today(vietnam)
        if lineage.certainty == "certain" and not lineage.level_ended
        if len(lineage.steps) != 1 or not extents.is_all(lineage.steps[0].extent, "any")
    ]
    assert wrong == []


def test_people_and_land_go_nowhere_that_the_unit_does_not(vietnam: Ontology) -> None:
    for unit, lineage in today(vietnam):
        takers = {step.unit.id for step in lineage.steps}
        for matter in ("civil", "land"):
            steps = vietnam.successors(unit, max(DAY, unit.valid_from), matter).steps  # type: ignore[arg-type]
            assert {step.unit.id for step in steps} <= takers, unit.id


def test_unknown_is_empty_and_everything_else_is_not(vietnam: Ontology) -> None:
    for unit, lineage in today(vietnam):
        assert (lineage.certainty == "unknown") == (lineage.steps == ()), unit.id
        assert (lineage.weakest is None) == (lineage.certainty == "certain"), unit.id


def test_each_new_unit_was_made_of_something(vietnam: Ontology) -> None:
    new = [unit for unit in vietnam.units.values() if unit.level == "commune" and unit.in_force(DAY)]
    assert len(new) == 3321
    assert [unit.id for unit in new if not vietnam.predecessors(unit, EVE).steps] == []


def test_a_district_goes_where_its_communes_go(vietnam: Ontology) -> None:
    ended = [unit for unit in vietnam.units.values() if unit.level == "district" and unit.valid_to == EVE]
    assert len(ended) == 696
    for district in ended:
        communes = vietnam.children(district, EVE)
        if communes:
            own = {step.unit.id for one in communes for step in vietnam.successors(one, DAY).steps}
            assert {step.unit.id for step in vietnam.successors(district, DAY).steps} == own


# Edges


def test_no_whole_unit_is_handed_over_twice(edges: dict[str, list[Edge]]) -> None:
    wrong = []
    for source, leaving in edges.items():
        given = [edge.extent for edge in leaving]
        if {"whole", "unchanged"} & set(given) and len(given) > 1:
            wrong.append((source, leaving))
        if given.count("part_area_all_pop") > 1 or given.count("whole_area_only") > 1:
            wrong.append((source, leaving))
        if "whole_area_only" in given and set(given) - {"whole_area_only", "part_pop"}:
            wrong.append((source, leaving))
    assert wrong == []


def test_a_lone_part_is_no_account_of_an_act(vietnam: Ontology, edges: dict[str, list[Edge]]) -> None:
    """Where an act divided a unit, at least two units have a part of it."""
    wrong = []
    for source, leaving in edges.items():
        events = {vietnam.changes.events[edge.event].basis for edge in leaving}
        if source in BEYOND:
            continue
        if events == {"act"} and len({edge.target for edge in leaving}) == 1 and leaving[0].extent.startswith("part"):
            wrong.append((source, leaving))
    assert wrong == []


def test_edges_join_the_eve_to_the_day_of_their_event(vietnam: Ontology) -> None:
    """The source ended on the eve; the target began that day, or was there before and took the source in."""
    for edge in tables.edges():
        source, target = vietnam.unit(edge.source), vietnam.unit(edge.target)
        date = vietnam.changes.events[edge.event].date
        assert source.valid_to, edge
        assert _next(source.valid_to) == date, edge
        assert target.valid_from <= date <= (target.valid_to or date), edge


def test_what_an_act_began_came_from_something_and_what_it_ended_went_somewhere(vietnam: Ontology) -> None:
    """Only a list may begin a unit out of nothing known; the districts of 2025 went to communes."""
    wrong = []
    for unit in vietnam.units.values():
        began = vietnam.changes.events[unit.began_by].basis if unit.began_by else "list"
        ended = vietnam.changes.events[unit.ended_by] if unit.ended_by else None
        if began != "list" and not vietnam.changes.arriving(unit.id):
            wrong.append((unit.id, unit.name, unit.began_by))
        if unit.line in UNNAMED:
            continue
        if ended and ended.basis != "list" and ended.kind != "abolish" and not vietnam.changes.leaving(unit.id):
            wrong.append((unit.id, unit.name, unit.ended_by))
    assert wrong == []


# Validity


def test_versions_of_a_line_follow_one_another(vietnam: Ontology) -> None:
    """No two versions under one code are in force on a day; a gap only where an event ended the code and another gave
    it out again, to a unit that is not the former one."""
    for unit in vietnam.units.values():
        versions = vietnam.versions(unit.line)
        if versions[0] is not unit:
            continue
        for former, later in pairwise(versions):
            assert former.valid_to, later.id
            assert former.valid_to < later.valid_from, later.id
            if _next(former.valid_to) != later.valid_from:
                assert former.ended_by, later.id
                assert later.began_by, later.id
                assert former not in vietnam.same(later), later.id
                assert vietnam.changes.extent(former, later) is None, later.id


def test_every_unit_lies_in_a_unit_in_force_all_its_time(vietnam: Ontology) -> None:
    for unit in vietnam.units.values():
        if unit.parent is None:
            assert unit.level == "province"
            continue
        around = [one for one in vietnam.versions(unit.parent) if _overlap(one, unit)]
        assert around, unit.id
        assert around[0].valid_from <= unit.valid_from, unit.id
        for former, later in pairwise(around):
            assert former.valid_to, unit.id
            assert _next(former.valid_to) == later.valid_from, unit.id
        assert (unit.valid_to or "9999") <= (around[-1].valid_to or "9999"), unit.id
        assert {one.level for one in around} <= (
            {"province"} if unit.level == "district" else {"district", "province"}
        )


@pytest.mark.parametrize("day", [*DAYS, DAY, "2026-05-01"])
def test_children_and_parents_agree(vietnam: Ontology, day: str) -> None:
    for unit in vietnam.units.values():
        if vietnam.stood(unit, day):
            assert all(vietnam.parents(child, day)[:1] == (unit,) for child in vietnam.children(unit, day)), unit.id
            for above in vietnam.parents(unit, day)[:1]:
                assert unit in vietnam.children(above, day), unit.id


def _overlap(around: Unit, unit: Unit) -> bool:
    begins_after = unit.valid_to is not None and around.valid_from > unit.valid_to
    ends_before = around.valid_to is not None and around.valid_to < unit.valid_from
    return not begins_after and not ends_before


def _next(day: str) -> str:
    """The day (or, of a month alone, the month) after."""
    if len(day) == 10:
        return day_after(day)
    year, month = int(day[:4]), int(day[5:7])
    return f"{year + month // 12}-{month % 12 + 1:02d}"
