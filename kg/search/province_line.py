"""A province through its time: what it was made of and what it went into, not the neighbours with whom it changed pieces.

Who asks for Hà Nội means the city of every year and Hà Tây, which went into it whole; Mê Linh lay in Vĩnh Phúc until
2008, but the papers of Vĩnh Phúc are not those of Hà Nội. What a piece brought with it is found by its own name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from ontology import dates
from ontology.model import Unit
from ontology.registry import load

_WHOLE: Final = frozenset({"whole", "unchanged"})


@lru_cache(maxsize=256)
def province_line(unit_id: str) -> frozenset[str]:
    """The ids of all versions of a province, of the provinces that ended and of which it was made or was a part, and of
    those into which it went when it ended, step by step to today: of these only the versions since then."""
    unit = load().units[unit_id]
    found = {version.id for version in load().same(unit)}
    found.update(version.id for version in _made_of(unit))
    found.update(version.id for version in _went_into(unit))
    return frozenset(found)


def _made_of(unit: Unit, *, parts: bool = True) -> Iterator[Unit]:
    """Of what a province was made. ``parts``: also of what it was a part of itself (Bắc Giang, of Hà Bắc)."""
    for version in _line(unit):
        steps = load().predecessors(version).steps
        for step in steps:
            whole = step.extent in _WHOLE
            ended = _line(step.unit)[-1] == step.unit
            if _other_province(step.unit, unit) and ended and (whole or parts):
                yield from _line(step.unit)
                if whole:
                    yield from _made_of(step.unit, parts=parts and len(steps) == 1)


def _went_into(unit: Unit, *, parts: bool = True) -> Iterator[Unit]:
    """Into what a province went. ``parts``: also into those that took a part of it: not once it was joined with others,
    whose parts those may be."""
    last = _line(unit)[-1]
    if last.valid_to is None or not dates.is_full(last.valid_to):
        return
    after = (date.fromisoformat(last.valid_to) + timedelta(days=1)).isoformat()
    for step in load().successors(last, on=after).steps:
        whole = step.extent in _WHOLE
        if _other_province(step.unit, unit) and (whole or parts):
            yield from (version for version in _line(step.unit) if version.valid_from >= step.unit.valid_from)
            yield from _went_into(step.unit, parts=parts and len(load().predecessors(step.unit).steps) == 1)


def _other_province(found: Unit, unit: Unit) -> bool:
    return found.level == "province" and found not in _line(unit)


def _line(unit: Unit) -> tuple[Unit, ...]:
    """The versions of a unit, first to last."""
    return load().same(unit)
