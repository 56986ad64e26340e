"""How fast names are resolved on this machine, one core: every commune of 30 June 2025 with its day and containing units.

    python -m benchmarks.names [--profile]

``new``: each asked for the first time, one after another; ``again``: asked before; ``misread``: an edit in each name.
"""

from __future__ import annotations

import cProfile
import pstats
import random
import sys
import time
from collections.abc import Sequence

from ontology.registry import Ontology, load
from tests.ontology.noise import can_be_spoiled, spoiled

_DAY = "2025-06-30"
_MISREAD = 2000

Question = tuple[str, str]
"""A name and its containing units."""


def questions(ontology: Ontology) -> list[Question]:
    """The communes of the day, in the order of their codes."""
    return [
        (unit.name, ", ".join(parent.name for parent in ontology.parents(unit, _DAY)))
        for unit in ontology.units.values()
        if unit.level == "commune" and unit.in_force(_DAY)
    ]


def ask(ontology: Ontology, asked: Sequence[Question]) -> float:
    """Answers a second."""
    start = time.perf_counter()
    for name, within in asked:
        ontology.find(name, at=_DAY, within=within)
    return len(asked) / (time.perf_counter() - start)


def misread(asked: Sequence[Question]) -> list[Question]:
    """The first of them, mixed, with one edit in each name."""
    dice = random.Random(1)
    mixed = dice.sample([question for question in asked if can_be_spoiled(question[0])], k=_MISREAD)
    return [(spoiled(name, 1, dice), within) for name, within in mixed]


def main() -> None:
    start = time.perf_counter()
    ontology = load()
    loaded = time.perf_counter()
    ontology.find("Phường Cửa Nam", within="Quận Hoàn Kiếm")
    print(f"tables {loaded - start:.3f} s, first name {time.perf_counter() - loaded:.3f} s")
    asked = questions(ontology)
    fresh = load.__wrapped__()
    fresh.find("Phường Cửa Nam", within="Quận Hoàn Kiếm")
    print(f"new {ask(fresh, asked):,.0f}/s of {len(asked):,}")
    print(f"again {max(ask(fresh, asked) for _ in range(3)):,.0f}/s")
    print(f"misread {ask(fresh, misread(asked)):,.0f}/s")
    if "--profile" in sys.argv:
        again = load.__wrapped__()
        profile = cProfile.Profile()
        profile.runcall(ask, again, asked)
        pstats.Stats(profile).sort_stats("tottime").print_stats(16)


if __name__ == "__main__":
    main()
