"""How often a misread name still finds its unit: ``python -m tests.ontology.recall [NAMES]`` prints the figures."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ontology.model import Unit
from ontology.name_index import bare_name
from ontology.registry import Ontology, load
from tests.ontology.noise import can_be_spoiled, lookalikes, spoiled

EVE, DAY = "2025-06-30", "2025-07-01"
SEED = 2025


@dataclass(frozen=True)
class Recall:
    """Shares of the names whose unit came first, and among the first three."""

    first: float
    third: float
    asked: int


@dataclass(frozen=True)
class Case:
    """A unit of a list, with the day and the names of what contains it."""

    unit: Unit
    day: str
    parents: tuple[str, ...]


def sample(ontology: Ontology, size: int) -> list[Case]:
    """Communes of the lists of 30 June and 1 July 2025, in the proportion of the lists."""
    cases = [
        Case(unit, day, tuple(parent.name for parent in ontology.parents(unit, day)))
        for day in (EVE, DAY)
        for unit in ontology.units.values()
        if unit.level == "commune" and unit.in_force(day) and can_be_spoiled(bare_name(unit))
    ]
    return random.Random(SEED).sample(cases, k=min(size, len(cases)))


def misread(case: Case, edits: int, dice: random.Random) -> str:
    """The unit's name with edits behind the type word."""
    bare = bare_name(case.unit)
    return case.unit.name[: -len(bare)] + spoiled(bare, edits, dice)


def recall(ontology: Ontology, cases: Sequence[Case], edits: int, *, parents: int = 2, noisy: bool = False) -> Recall:
    """``parents``: 2 all that contain it, 1 the province alone; ``noisy``: an edit in each containing unit too."""
    dice = random.Random(SEED + edits)
    first = third = 0
    for case in cases:
        around = [_noisy(parent, dice) if noisy else parent for parent in case.parents[-parents:]]
        found = ontology.find(misread(case, edits, dice), at=case.day, within=", ".join(around))
        ids = [candidate.unit.id for candidate in found[:3]]
        first += ids[:1] == [case.unit.id]
        third += case.unit.id in ids
    return Recall(first / len(cases), third / len(cases), len(cases))


def _noisy(name: str, dice: random.Random) -> str:
    kind, _, bare = name.partition(" ")
    return f"{kind} {spoiled(bare, 1, dice)}" if can_be_spoiled(bare) else name


def figures(ontology: Ontology, size: int) -> Iterator[tuple[str, Recall]]:
    """Every measurement, with what was asked."""
    cases = sample(ontology, size)
    for edits in (1, 2):
        yield f"{edits} edits, day and parents", recall(ontology, cases, edits)
        yield f"{edits} edits, day and province", recall(ontology, cases, edits, parents=1)
        yield f"{edits} edits, day and misread parents", recall(ontology, cases, edits, noisy=True)


if __name__ == "__main__":
    lookalikes()
    for asked, found in figures(load(), int(sys.argv[1]) if len(sys.argv) > 1 else 5000):
        print(f"{asked}: {found.first:.4f} first, {found.third:.4f} among three, {found.asked} names")
