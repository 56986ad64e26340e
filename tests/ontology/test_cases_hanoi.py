"""Records of Ha Noi before 2007: the unit of their day, and what became of it on 1 July 2025.

``cases/hanoi.csv`` has the questions; units, parents and takers are worked by hand from the rows of
history_1975_2007.csv and the clauses of 1656/NQ-UBTVQH15 that each line names.
"""

from __future__ import annotations

import pytest

from kg.questions import units
from ontology.registry import Ontology, load
from tests.ontology.cases import rows

DAY = "2025-07-01"
CASES = rows("hanoi")
LATER = [case for case in CASES if case["certainty"]]


@pytest.fixture(scope="module")
def vietnam() -> Ontology:
    return load()


def asked(case: dict[str, str]) -> str:
    return case["question"]


@pytest.mark.parametrize("case", CASES, ids=asked)
def test_the_record_belongs_to_the_unit_of_its_day(vietnam: Ontology, case: dict[str, str]) -> None:
    found = vietnam.find(case["name"], at=case["at"], within=case["within"] or None)
    assert found
    assert (found[0].unit.id, found[0].unit.name) == (case["unit"], case["expected"])
    assert [one.unit.id for one in found[1:] if one.score == found[0].score] == []
    assert "; ".join(parent.name for parent in vietnam.parents(found[0].unit, case["at"])) == case["parents"]


@pytest.mark.parametrize("case", CASES, ids=asked)
def test_the_command_answers_alike(case: dict[str, str]) -> None:
    found = units.unit(case["name"], at=case["at"], within=case["within"] or None)
    assert found[0]["id"] == case["unit"]
    assert "; ".join(parent["name"] for parent in found[0]["parents"]) == case["parents"]
    assert [one["id"] for one in found[1:] if one["score"] == found[0]["score"]] == []


@pytest.mark.parametrize("case", LATER, ids=asked)
def test_what_became_of_it(vietnam: Ontology, case: dict[str, str]) -> None:
    """All takers by the acts; where a list is on the way others may stand beside them, never more than possible."""
    lineage = vietnam.successors(vietnam.unit(case["unit"]), DAY)
    due = case["today"].split("; ")
    named = [step.unit.name for step in lineage.steps]
    assert lineage.certainty == case["certainty"]
    assert set(due) <= set(named)
    others = {step.unit.name: step.extent for step in lineage.steps if step.unit.name not in due}
    assert others == {} or (lineage.weakest == "list" and set(others.values()) == {"possible"})
    if lineage.certainty == "by_population":
        assert named[0] == due[0]


def test_the_cases_are_many_and_of_every_kind() -> None:
    assert len(CASES) >= 80
    assert len(LATER) >= 50
    assert {case["certainty"] for case in LATER} == {"certain", "by_population", "candidates"}
