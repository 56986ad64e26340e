"""The benchmark of the units: how fast names and lineages are answered on this machine, on one core.

Each figure stands beside a yardstick of the same run: ``vietnamadminunits.parse_address``, which finds the codes of an
address of 63 provinces without days, where that package is installed.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from kg.machine import machine
from ontology.model import Unit
from ontology.registry import Ontology, load
from ontology.validity import REFORM, day_before

_YARDSTICK = 300
"""Addresses that the yardstick parses: about a second."""
_STARTS = 5

T = TypeVar("T")


def bench_units() -> dict[str, Any]:
    """Questions a second of one core's time, first asked and asked again: the names of all communes of 30 June 2025 with that day and
    their containing units; what became of each, and of all communes that ended at any time; what each commune of
    1 July 2025 was made of. Seconds of a core to load the tables, and of a clock to answer ``hoso unit`` and to start Python alone.
    """
    loading = _fresh_load()
    ontology = load()
    eve = day_before(REFORM)
    last = ontology.as_of(eve).units("commune")
    new = ontology.as_of(REFORM).units("commune")
    ended = [unit for unit in ontology.units.values() if unit.level == "commune" and unit.valid_to]
    names = [_asked(ontology, unit, eve) for unit in last]
    ontology.successors(last[0])  # the indexes are built when first needed
    find = partial(_find, ontology)
    find(names[0])
    value: dict[str, Any] = {"units": len(ontology.units), "seconds_to_load": round(loading, 3)}
    value["names_a_second"] = _twice(find, names)
    value["names_a_second"]["of_a_hundred_thousand"] = _hundred_thousand(names)
    value["successors_a_second"] = _twice(ontology.successors, last)
    value["successors_of_all_ended_a_second"] = _twice(ontology.successors, ended)
    value["predecessors_a_second"] = _twice(ontology.predecessors, new)
    yardstick = _yardstick([", ".join([name, within]) for name, within, _ in names[:: len(names) // _YARDSTICK]])
    value["yardstick"] = "vietnamadminunits.parse_address"
    value["yardstick_a_second"] = round(yardstick) if yardstick else None
    value["ratio"] = round(value["names_a_second"]["first"] / yardstick, 1) if yardstick else None
    hoso = Path(sys.executable).with_name("hoso")
    value["seconds_to_answer_unit"] = _start([str(hoso), "unit", "Phường Cửa Nam, Hoàn Kiếm", "--json"])
    value["seconds_to_start_python"] = _start([sys.executable, "-c", "pass"])
    return value | {"machine": machine()}


def _asked(ontology: Ontology, unit: Unit, day: str) -> tuple[str, str, str]:
    return unit.name, ", ".join(parent.name for parent in ontology.parents(unit, day)), day


def _find(ontology: Ontology, question: tuple[str, str, str]) -> None:
    name, within, day = question
    ontology.find(name, at=day, within=within)


def _hundred_thousand(names: Sequence[tuple[str, str, str]]) -> int:
    """The rate of 100,000 questions to an ontology that was asked nothing before, names coming back as they do in the
    rows of a register."""
    drawn = random.Random(1).choices(names, k=100_000)
    fresh = load.__wrapped__()
    fresh.find(*names[0][:1])
    return round(_rate(partial(_find, fresh), drawn))


def _fresh_load() -> float:
    """Seconds to read the tables and build the ontology, in a process of its own."""
    script = "import time; s = time.process_time(); from ontology.registry import load; load(); print(time.process_time() - s)"
    done = [
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        for _ in range(_STARTS)
    ]
    return sorted(float(one.stdout) for one in done)[_STARTS // 2]


def _twice(ask: Callable[[T], object], questions: Sequence[T]) -> dict[str, int]:
    """Questions a second when each is asked for the first time, and asked again."""
    return {"first": round(_rate(ask, questions)), "again": round(_rate(ask, questions))}


def _rate(ask: Callable[[T], object], questions: Sequence[T]) -> float:
    started = time.process_time()  # of this process alone: others on the machine do not count
    for question in questions:
        ask(question)
    return len(questions) / (time.process_time() - started)


def _yardstick(addresses: Sequence[str]) -> float | None:
    try:
        from vietnamadminunits import parse_address
    except ImportError:
        return None
    parse_address(addresses[0], mode="LEGACY")
    return _rate(lambda address: parse_address(address, mode="LEGACY"), addresses)


def _start(command: Sequence[str]) -> float | None:
    """Seconds of a whole process, the median of several; None where the program is not installed."""
    if not Path(command[0]).exists():
        return None
    seconds = []
    for _ in range(_STARTS):
        started = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        seconds.append(time.perf_counter() - started)
    return round(sorted(seconds)[_STARTS // 2], 3)
