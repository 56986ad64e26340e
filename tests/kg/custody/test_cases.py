"""The table of cases: what each rests on, rule or paper, and what follows from it, with real units of the ontology."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

import tests
from kg.custody.custodian import Custodian
from kg.custody.facts import Fact, Facts, Target
from kg.custody.paper import Paper
from kg.model import File, Fonds
from ontology.custody import rules, ruling
from ontology.custody.model import Change, Succession
from ontology.registry import load

_TABLE = Path(tests.__file__).parent / "ontology" / "custody" / "cases.csv"
_CASES = list(csv.DictReader(_TABLE.open(encoding="utf-8")))
_PAPERS = ("assignment", "task", "handover", "store_list")


def _facts(case: dict[str, str], fonds: Fonds) -> Facts:
    if not case["fact"]:
        return Facts([], [fonds], load())
    target = {
        "file": Target(file="F/1/01"),
        "inventory": Target(inventory="1", fonds="F"),
        "fonds": Target(fonds="F", retention="fixed" if case["fact"] == "assignment" else None),
        "creator": Target(creator=case["creator"]),
        "level": Target(level=case["level"], bloc=case["bloc"], retention="fixed"),
    }[case["fact_scope"]]
    paper = Paper(*case["fact_paper"].split("|"))
    return Facts([Fact("L#1", case["fact"], target, case["fact_body"], case["fact_since"], paper)], [fonds], load())


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["case"])
def test_a_case_follows_its_rule_or_its_paper(case: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """``told``: no unit of the tables has had that change yet; the case tells it."""
    if case["told"]:
        change, _, day = case["told"].partition("@")
        here = load().argument(case["unit"], prefer="ended").unit
        happened = Succession(next(one for one in get_args(Change) if one == change), here, day)
        monkeypatch.setattr(ruling, "succession", lambda *_: happened)
    unit = load().argument(case["unit"], prefer="ended").unit.id if case["unit"] else None
    fonds = Fonds("F", case["creator"], case["level"], case["bloc"], unit)
    file = File("F/1/01", "F", "F/1", "01", title=case["title"] or None, retention=case["retention"] or None,
                medium=case["carrier"], until=case["until"] or None,
                arranged={"yes": True, "no": False}.get(case["arranged"]), extra={"matter": case["matter"]})  # fmt: skip
    value = Custodian({"F": fonds}, load(), _facts(case, fonds), on=case["on"]).of("F", file=file).to_json()
    destination = value["destination"]
    told = {key: destination[key] or "" for key in ("change", "name", "via", "certainty", "basis", "law_sure")}
    told |= {
        "rests_on": case["fact"] if destination["fact"] else destination["rule"],
        "due": value["due"] or "",
        "held_now": value["held_now"]["name"] if value["held_now"] else "",
        "to_check": "|".join(value["to_check"]),
    }
    assert told == {key: case[key] for key in told}
    assert (value["certainty"] == "fact") == bool(case["held_now"])


def test_no_case_says_fact_or_assigned_without_its_paper() -> None:
    for case in _CASES:
        if case["certainty"] == "assigned" or case["held_now"]:
            assert case["fact"] in _PAPERS, case["case"]
            name, number, day, issuer = case["fact_paper"].split("|")
            assert all((name, number, day, issuer)), case["case"]


def test_every_rule_has_a_case_and_every_case_its_source() -> None:
    """The source is where the act or the practice was checked, beside the act that the answer itself names."""
    assert len(_CASES) >= 60
    assert len({case["case"] for case in _CASES}) == len(_CASES)
    reached = {case["rests_on"] for case in _CASES}
    assert {rule.id for rule in rules()} - reached == set()
    assert reached - {rule.id for rule in rules()} <= set(_PAPERS)
    for case in _CASES:
        assert re.match(r"(LAW|PRACTICE)\.md §\d", case["source"]), case["case"]
    assert {case["change"] for case in _CASES} == {
        "continues", "split_off", "merged", "divided", "district_ended", "ended_earlier", "unknown"
    }  # fmt: skip
    assert {case["certainty"] for case in _CASES} == {"assigned", "by_rule_sure", "by_rule_likely", "not_assigned"}
    levels = Counter(case["level"] for case in _CASES)
    assert min(levels[level] for level in ("province", "district", "commune")) >= 5
