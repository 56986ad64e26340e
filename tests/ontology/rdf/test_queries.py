"""Every query answers as the program does, for many units; parameters are terms, never text."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
import rdflib

from ontology import disagreements, extents, registry
from ontology.dates import is_full
from ontology.errors import BadDate
from ontology.model import Matter, Unit
from ontology.names import loose, split_type
from ontology.rdf import queries
from ontology.rdf.facts import Facts
from ontology.validity import REFORM, day_before
from tests.ontology.rdf.answers import ask
from tests.ontology.rdf.conftest import written
from tests.ontology.rdf.small import small_facts

ONTOLOGY = registry.load()
TODAY = "2026-01-01"
SAMPLED = 15


def sample(units: Iterable[Unit], seed: int) -> list[Unit]:
    """Some of the units, the same each time."""
    known = sorted(units, key=lambda unit: unit.id)
    return random.Random(seed).sample(known, min(SAMPLED, len(known)))


def ended(level: str) -> list[Unit]:
    return [unit for unit in ONTOLOGY.units.values() if unit.level == level and unit.valid_to]


def ids(rows: Iterable[dict[str, str | None]], column: str) -> set[str | None]:
    return {row[column] for row in rows}


def test_every_query_says_what_it_asks_and_runs_as_it_stands(store: ox.Store) -> None:
    for name in queries.names():
        head = queries.text(name).splitlines()[:2]
        assert all(line.startswith("# ") for line in head), name
        assert queries.parameters(name), name
        assert list(store.query(queries.text(name))), f"{name}: the example has no answer"


def test_names_mean_the_units_that_the_program_finds(store: ox.Store) -> None:
    for unit in sample(ONTOLOGY.units.values(), 1):
        day = unit.valid_to if unit.valid_to and is_full(unit.valid_to) else TODAY
        found = ask(store, "units_named", name=unit.name, day=day)
        expected = {each.id for each in ONTOLOGY.units.values() if each.name == unit.name and each.in_force(day)}
        assert {row["id"] for row in found if row["how"] == "name"} == expected
        resolved = {each.unit for each in ONTOLOGY.find(unit.name, at=day) if {"exact"} == set(each.reasons)}
        assert {each.id for each in resolved if each.name == unit.name and each.in_force(day)} <= expected
        for row in found:
            parents = [parent.name for parent in ONTOLOGY.parents(ONTOLOGY.unit(str(row["id"])), day)]
            assert [row["parentName"], row["grandparentName"]] == [*parents[:2], None, None][:2]


def test_names_without_accents_mean_the_same(store: ox.Store, whole: Facts) -> None:
    for unit in sample(ONTOLOGY.units.values(), 2):
        bare = split_type(unit.name)[1]
        found = ids(ask(store, "units_by_key", key=loose(bare), day="2013-06-30"), "id")
        expected = {
            each.id
            for each in ONTOLOGY.units.values()
            if each.in_force("2013-06-30") and loose(split_type(each.name)[1]) == loose(bare)
        }
        assert expected <= found
        named = {alias.unit for alias in whole.aliases if loose(split_type(alias.alias)[1]) == loose(bare)}
        assert found - expected == {each for each in named - expected if ONTOLOGY.unit(each).in_force("2013-06-30")}


def test_versions_of_a_code(store: ox.Store) -> None:
    for unit in sample((unit for unit in ONTOLOGY.units.values() if unit.code), 3):
        found = ask(store, "versions_of_code", code=unit.code or "")
        versions = [each for each in ONTOLOGY.units.values() if each.code == unit.code]
        assert ids(found, "id") == {each.id for each in versions}
        same = {
            row["id"] for row in found if row["unit"] == next(row["unit"] for row in found if row["id"] == unit.id)
        }
        assert same == {each.id for each in ONTOLOGY.same(unit) if each.code == unit.code}


def test_units_below_a_unit(store: ox.Store) -> None:
    for unit in sample(ended("district"), 4):
        if unit.valid_to and len(unit.valid_to) == 10:
            found = ids(ask(store, "units_below", id=unit.id, day=unit.valid_to), "childId")
            below = ONTOLOGY.children(unit, unit.valid_to)  # also those whose beginning is not known
            assert found == {child.id for child in below if child.in_force(unit.valid_to)}


def test_direct_successors_and_predecessors(store: ox.Store) -> None:
    for unit in sample(ONTOLOGY.units.values(), 5):
        for name, edges, end in (
            ("direct_successors", ONTOLOGY.changes.leaving(unit.id), "takerId"),
            ("direct_predecessors", ONTOLOGY.changes.arriving(unit.id), "giverId"),
        ):
            found = {
                (row[end], row["extent"], row["date"], row["act"], row["clause"], row["basis"])
                for row in ask(store, name, id=unit.id)
            }
            expected = set()
            for edge in edges:
                event = ONTOLOGY.changes.events[edge.event]
                other = edge.target if end == "takerId" else edge.source
                expected.add((other, edge.extent, event.date, event.act, event.clause, event.basis))
            assert found == expected, unit.id


@pytest.mark.parametrize("day", [TODAY, "2025-06-30", "2013-12-31", "1996-12-31"])
def test_successors_through_any_number_of_events(store: ox.Store, day: str) -> None:
    communes = [unit for unit in ended("commune") if unit.valid_from <= day]
    through_lists = [unit for unit in communes if (unit.valid_to or "") < "2025-06-30"]
    for unit in [*sample(communes, 6), *sample(through_lists, 7), *sample(ended("province"), 8)]:
        if unit.valid_from <= day:
            answer = ONTOLOGY.successors(unit, day)
            found = ask(store, "successors_on_day", id=unit.id, day=day)
            assert ids(found, "successorId") == {step.unit.id for step in answer.steps}, (unit.id, day)
            if answer.certainty == "certain":
                assert ids(found, "sure") == {"true"}, (unit.id, day)


@pytest.mark.parametrize("eve", ["2025-06-30", "2013-12-31", "1994-12-31"])
def test_predecessors_are_the_inverse(store: ox.Store, eve: str) -> None:
    begun = [unit for unit in ONTOLOGY.units.values() if unit.valid_from > eve]
    for unit in sample(begun, 9):
        found = ids(ask(store, "predecessors_on_day", id=unit.id, day=eve), "predecessorId")
        answer = ONTOLOGY.predecessors(unit, eve)  # it also has units of the first list that stood before it
        assert {step.unit.id for step in answer.steps if step.unit.in_force(eve)} <= found, (unit.id, eve)
        for predecessor in found:
            forward = ONTOLOGY.successors(ONTOLOGY.unit(str(predecessor)), unit.valid_from)
            assert forward.level_ended or unit.id in {step.unit.id for step in forward.steps}, (unit.id, predecessor)


def test_communes_of_a_district_and_where_they_are(store: ox.Store) -> None:
    with_communes = [
        unit
        for unit in ended("district")
        if unit.valid_to == day_before(REFORM) and ONTOLOGY.children(unit, unit.valid_to)
    ]
    for unit in sample(with_communes, 10):
        found = ask(store, "district_communes", id=unit.id, day=TODAY)
        assert ids(found, "communeId") == {child.id for child in ONTOLOGY.children(unit, unit.valid_to)}
        answer = ONTOLOGY.successors(unit, TODAY)
        assert answer.level_ended
        assert ids(found, "successorId") == {step.unit.id for step in answer.steps}


def test_what_a_clause_took_and_gave(store: ox.Store) -> None:
    events = [event for event in ONTOLOGY.changes.events.values() if event.act and event.clause]
    for event in random.Random(11).sample(sorted(events, key=lambda event: event.id), SAMPLED):
        found = {
            (row["giverId"], row["extent"], row["takerId"])
            for row in ask(store, "clause_of_act", act=event.act or "", clause=event.clause or "")
        }
        expected = {
            (edge.source, edge.extent, edge.target)
            for unit in ONTOLOGY.units
            for edge in ONTOLOGY.changes.leaving(unit)
            if edge.event == event.id
        }
        assert found == expected


@pytest.mark.parametrize("matter", ["any", "civil", "land"])
def test_takers_that_count_for_a_matter(store: ox.Store, matter: Matter) -> None:
    odd = {"part_area_only", "part_area_all_pop", "part_pop", "whole_area_only"}
    divided = [u for u in ended("commune") if any(e.extent in odd for e in ONTOLOGY.changes.leaving(u.id))]
    for unit in sample(divided, 12):
        found = {(row["takerId"], row["all"]) for row in ask(store, "takers_for_matter", id=unit.id, matter=matter)}
        expected = {
            (edge.target, str(extents.is_all(edge.extent, matter)).lower())
            for edge in ONTOLOGY.changes.leaving(unit.id)
            if extents.counts(edge.extent, matter)
        }
        assert found == expected
        assert {taker for taker, _ in found} == {s.unit.id for s in ONTOLOGY.successors(unit, REFORM, matter).steps}


def test_units_known_from_a_list_alone(store: ox.Store) -> None:
    events = ONTOLOGY.changes.events
    for district in sample(ended("district"), 13):
        found = {(row["unitId"], row["role"]) for row in ask(store, "known_from_list", id=district.id)}
        expected = set()
        for unit in ONTOLOGY.units.values():
            if unit.parent == district.line and district.id in ONTOLOGY.ancestors(unit):
                for role, event in (("began", unit.began_by), ("ended", unit.ended_by)):
                    if event and events[event].basis == "list":
                        expected.add((unit.id, role))
        assert found == expected, district.id


def test_other_names_with_their_sources(store: ox.Store, whole: Facts) -> None:
    for alias in random.Random(14).sample(list(whole.aliases), SAMPLED):
        found = {(row["otherName"], row["source"]) for row in ask(store, "other_names", id=alias.unit)}
        expected = {(each.alias, each.source) for each in whole.aliases if each.unit == alias.unit and each.source}
        assert found == expected


@pytest.mark.parametrize("day", ["1979-01-01", "2008-08-01", "2020-03-01", "2025-06-30", "2025-07-01", TODAY])
def test_counts_of_a_day(store: ox.Store, day: str) -> None:
    found = {row["level"]: int(row["units"] or 0) for row in ask(store, "counts_by_level", day=day)}
    expected: dict[str, int] = {}
    for unit in ONTOLOGY.units.values():
        if unit.in_force(day):
            expected[unit.level] = expected.get(unit.level, 0) + 1
    assert found == expected


def test_disagreements_of_a_kind(store: ox.Store) -> None:
    for kind in disagreements.KINDS:
        found = ask(store, "disagreements", kind=kind)
        expected = {each.id: each for each in disagreements.all_of(kind)}
        assert ids(found, "disagreement") == set(expected)
        for row in found:
            each = expected[str(row["disagreement"])]
            assert (row["about"], row["other"], row["held"]) == (each.unit, each.other, each.held)


def test_disagreements_of_a_code(store: ox.Store) -> None:
    codes = sorted({disagreements.line_of(each.unit) for each in disagreements.all_of()})
    for code in random.Random(15).sample(codes, SAMPLED):
        found = ids(ask(store, "disagreements_of_code", code=code), "disagreement")
        assert found == {each.id for each in disagreements.of_units([code])}


# Another engine


@pytest.mark.parametrize("name", queries.names())
def test_rdflib_answers_as_pyoxigraph_does(name: str) -> None:
    given = {
        "name": "Xã Bốn", "key": "bon", "code": "00003", "id": "00003@2010-01-01", "act": "1/NQ-UBTVQH15",
        "clause": "1", "matter": "civil", "kind": "edge", "day": TODAY,
    }  # fmt: skip
    given |= {
        "units_below": {"id": "001@1978-12", "day": "2010-06-30"},
        "other_names": {"id": "00002@2000-01-01"},
    }.get(name, {})
    if name in ("units_named", "units_by_key"):
        given["day"] = "2024-01-01"
    if name in ("predecessors_on_day", "direct_predecessors"):
        given |= {"id": "00002@2025-07-01", "day": "2005-01-01"}
    if name == "known_from_list":
        given["id"] = "001@1978-12"
    if name == "district_communes":
        given["id"] = "003@1990-01-01"
    asked = queries.query(name, **{each: given[each] for each in queries.parameters(name)})
    facts = small_facts()
    store = ox.Store()
    store.bulk_load(written(facts), format=ox.RdfFormat.N_TRIPLES)
    solutions = store.query(asked)
    assert isinstance(solutions, ox.QuerySolutions)
    one = sorted([None if term is None else term.value for term in row] for row in solutions)
    graph = rdflib.Graph().parse(data=written(facts), format="nt")
    other = sorted([None if term is None else str(term) for term in row] for row in graph.query(asked))
    assert one == other
    assert one or name == "district_communes"


# Parameters


def test_a_parameter_is_a_term_whatever_it_says(store: ox.Store) -> None:
    for trick in ('" } #', '") } ?s ?p ?o . { ("', "\\", "\\u0022", "a\nb", "$1 \\g<0>", "<x>", "?name"):
        assert ask(store, "units_named", name=trick, day="2020-01-01") == []
        assert f"{ox.Literal(trick)}" in queries.query("units_named", name=trick, day="2020-01-01")


def test_parameters_are_checked() -> None:
    with pytest.raises(TypeError, match="name, day"):
        queries.query("units_named", name="Xã A")
    with pytest.raises(TypeError):
        queries.query("units_named", name="Xã A", day="2020-01-01", limit="1")
    with pytest.raises(BadDate):
        queries.query("units_named", name="Xã A", day="31/02/2020")
    with pytest.raises(BadDate):
        queries.query("units_named", name="Xã A", day="2020")
    with pytest.raises(KeyError):
        queries.query("../shapes", name="Xã A")
    assert '"2020-06-30"^^<' in queries.query("counts_by_level", day="30/06/2020")
