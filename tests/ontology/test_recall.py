"""Misread names, namesakes and reused names, over the tables; ``python -m tests.ontology.recall`` prints the figures.

The floors lie a little under what was measured. Names spoiled by chance can become other names of their district;
no resolver can know.
"""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from ontology.model import Candidate, Unit
from ontology.name_index import bare_name
from ontology.names import key
from ontology.registry import Ontology, load
from tests.ontology.noise import spoiled
from tests.ontology.recall import DAY, EVE, SEED, recall, sample

SIZE = 600


@pytest.fixture(scope="module")
def vietnam() -> Ontology:
    return load()


def communes(vietnam: Ontology, day: str) -> list[Unit]:
    return [unit for unit in vietnam.units.values() if unit.level == "commune" and unit.in_force(day)]


def around(vietnam: Ontology, unit: Unit, day: str) -> str:
    return ", ".join(parent.name for parent in vietnam.parents(unit, day))


def best(candidates: list[Candidate]) -> set[str]:
    """The ids that come first, with those tied with it."""
    return {one.unit.id for one in candidates if one.score == candidates[0].score}


# Misread names


def test_an_edit_is_made_and_the_seed_decides_which() -> None:
    one, other = (spoiled("Văn Miếu - Quốc Tử Giám", 2, random.Random(3)) for _ in range(2))
    assert one == other != "Văn Miếu - Quốc Tử Giám"


@pytest.mark.parametrize(
    ("edits", "given", "floors"),
    [
        (1, {"parents": 2}, (0.985, 0.995)),
        (2, {"parents": 2}, (0.97, 0.99)),
        (1, {"parents": 1}, (0.965, 0.99)),
        (2, {"parents": 1}, (0.94, 0.98)),
        (1, {"noisy": True}, (0.985, 0.995)),
        (2, {"noisy": True}, (0.97, 0.99)),
    ],
)
def test_misread_names_find_their_unit(
    vietnam: Ontology, edits: int, given: dict[str, int], floors: tuple[float, float]
) -> None:
    """``given``: the province alone, both containing units, or both misread by an edit."""
    found = recall(vietnam, sample(vietnam, SIZE), edits, **given)
    assert found.first >= floors[0], found
    assert found.third >= floors[1], found


def test_a_misread_name_is_never_taken_for_a_unit_in_silence(vietnam: Ontology) -> None:
    """A slip can make another name of the district; else what is found says that it is a near miss or less."""
    dice = random.Random(SEED)
    silent = []
    for case in sample(vietnam, 300):
        name = f"{case.unit.type} {spoiled(bare_name(case.unit), 1, dice)}"
        for one in vietnam.find(name, at=case.day, within=", ".join(case.parents)):
            same = key(bare_name(one.unit)) == key(name.removeprefix(f"{case.unit.type} "))
            doubts = {"misspelt", "accents_differ", "accentless", "spaces_differ", "alias"}
            if not same and not doubts & set(one.reasons):
                silent.append((name, one.unit.id, one.reasons))
    assert silent == []


# Namesakes


def test_namesakes_are_told_apart_by_day_and_district_else_all_are_given(vietnam: Ontology) -> None:
    """Communes of 30 June 2025 that share their full name with another."""
    named: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in communes(vietnam, EVE):
        named[unit.name].append(unit)
    namesakes = {name: units for name, units in named.items() if len(units) > 1}
    assert sum(map(len, namesakes.values())) > 3400
    wrong = []
    for name, units in namesakes.items():
        given = {one.unit.id for one in vietnam.find(name, at=EVE)}
        wrong += [unit.id for unit in units if unit.id not in given]
        for unit in units:
            if best(vietnam.find(name, at=EVE, within=around(vietnam, unit, EVE))) != {unit.id}:
                wrong.append(unit.id)
    assert wrong == []


def test_namesakes_are_told_apart_by_three_communes_of_their_district(vietnam: Ontology) -> None:
    """Numbered wards cannot always be: many towns have a Phường 1 beside a Phường 2. There the right one ties."""
    named: defaultdict[str, list[Unit]] = defaultdict(list)
    beside: defaultdict[str | None, list[Unit]] = defaultdict(list)
    for unit in communes(vietnam, EVE):
        named[key(bare_name(unit))].append(unit)
        beside[unit.parent].append(unit)
    dice = random.Random(SEED)
    namesakes = [unit for units in named.values() if len(units) > 1 for unit in units]
    first, tied = [], []
    for unit in namesakes:
        others = [other.name for other in beside[unit.parent] if other is not unit]
        found = vietnam.find(unit.name, at=EVE, nearby=dice.sample(others, k=min(3, len(others))))
        assert unit.id in best(found)
        (tied if bare_name(unit).isdigit() else first).append(found[0].unit.id == unit.id)
    assert (len(first), len(tied)) > (3500, 0)
    assert sum(first) / len(first) >= 0.99


def test_the_fourteen_pairs_of_one_name_in_old_ha_noi(vietnam: Ontology) -> None:
    pairs: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in communes(vietnam, EVE):
        if vietnam.parents(unit, EVE)[-1].line == "01":
            pairs[unit.name].append(unit)
    pairs = defaultdict(list, {name: units for name, units in pairs.items() if len(units) > 1})
    assert [len(units) for units in pairs.values()] == [2] * 14
    for name, units in pairs.items():
        assert best(vietnam.find(name, at=EVE, within="Hà Nội")) == {unit.id for unit in units}
        for unit in units:
            district = vietnam.parents(unit, EVE)[0].name
            assert best(vietnam.find(name, at=EVE, within=f"{district}, Hà Nội")) == {unit.id}
            assert vietnam.argument(f"{name}, {district}", at=EVE).unit == unit


def test_a_new_unit_with_an_old_name_over_another_territory(vietnam: Ontology) -> None:
    """Phường Cửa Nam of Hoàn Kiếm ended, another began: the day decides between them, without a day both are given."""
    old: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in communes(vietnam, EVE):
        old[unit.name].append(unit)
    asked = 0
    for new in communes(vietnam, DAY):
        here = [
            unit
            for unit in old[new.name]
            if any(vietnam.units[edge.target].parent == new.parent for edge in vietnam.changes.leaving(unit.id))
        ]
        if new.valid_from != DAY or not here:
            continue
        if any(vietnam.changes.extent(unit, new) in ("whole", "unchanged") for unit in here):
            continue
        asked += 1
        province = vietnam.parents(new, DAY)[-1].name
        assert best(vietnam.find(new.name, at=DAY, within=province)) == {new.id}
        assert {new.id, *(unit.id for unit in here)} <= {one.unit.id for one in vietnam.find(new.name)}
        for unit in here:
            found = vietnam.find(unit.name, at=EVE, within=around(vietnam, unit, EVE))
            assert best(found) == {unit.id}
    assert asked > 130
