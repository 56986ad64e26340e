"""Lineages worked by hand: ``cases/lineage_by_hand.csv``, each line with its reason from an act's text or a list's row.

``match``: "exact" (all steps, with extent, act and clause), "names" (the units alone), "at_least" (these steps; what
else a list makes possible may stand beside them).
"""

from __future__ import annotations

import pytest

from ontology.model import Lineage, Matter
from ontology.registry import Ontology, load
from tests.ontology.cases import rows

CASES = rows("lineage_by_hand")
Cited = tuple[str, str | None, str | None]


@pytest.fixture(scope="module")
def vietnam() -> Ontology:
    return load()


def due(case: dict[str, str]) -> dict[str, Cited]:
    """Unit name → extent, act, clause, from "Name = extent @ act#clause; ..."."""
    found: dict[str, Cited] = {}
    for part in case["expected"].split("; "):
        name, _, rest = part.partition(" = ")
        extent, _, cited = rest.partition(" @ ")
        act, _, clause = cited.partition("#")
        found[name] = (extent, act or None, clause or None)
    return found


def asked(case: dict[str, str]) -> str:
    return "{direction}-{unit}-{on}-{kind}".format(**case)


def answer(vietnam: Ontology, case: dict[str, str]) -> Lineage:
    matter: Matter = next(kind for kind in ("any", "civil", "land") if kind == case["kind"])  # type: ignore[assignment]
    unit = vietnam.unit(case["unit"])
    ask = vietnam.successors if case["direction"] == "successors" else vietnam.predecessors
    return ask(unit, case["on"], matter)


@pytest.mark.parametrize("case", CASES, ids=asked)
def test_lineage_is_as_worked_by_hand(vietnam: Ontology, case: dict[str, str]) -> None:
    lineage = answer(vietnam, case)
    assert lineage.unit.name == case["name"]
    assert (lineage.certainty, lineage.weakest or "") == (case["certainty"], case["weakest"])
    got = {step.unit.name: (step.extent, step.act, step.clause) for step in lineage.steps}
    wanted = due(case)
    if case["match"] == "names":
        assert set(got) == set(wanted)
    elif case["match"] == "exact":
        assert got == wanted
    else:
        assert {name: got.get(name) for name in wanted} == wanted
        assert {extent for name, (extent, _, _) in got.items() if name not in wanted} <= {"possible"}


@pytest.mark.parametrize("case", [case for case in CASES if case["certainty"] == "by_population"], ids=asked)
def test_who_took_all_the_people_comes_first(vietnam: Ontology, case: dict[str, str]) -> None:
    assert answer(vietnam, case).steps[0].unit.name == next(iter(due(case)))


def test_no_case_stands_twice() -> None:
    assert len({asked(case) for case in CASES}) == len(CASES) >= 60
