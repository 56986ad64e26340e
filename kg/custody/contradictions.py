"""Papers that contradict one another: about one and the same thing, naming different bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from kg.custody.facts import HOLDING, Fact, Target, reference
from ontology.custody import name_key


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts about one thing that name different bodies. ``kind``: ``same_day`` (nothing is decided), ``later_wins``."""

    kind: Literal["same_day", "later_wins"]
    facts: tuple[Fact, ...]

    def to_json(self) -> dict[str, Any]:
        """As it stands in answers."""
        return {"kind": self.kind, "facts": [fact.to_json() for fact in self.facts]}


def contradictions(facts: Sequence[Fact]) -> list[Contradiction]:
    """Facts of one kind of question (who holds, who must receive, who took over) about one and the same thing that name
    different bodies. A hand-over that goes on from the body that held before is none."""
    groups: dict[tuple[str, tuple[str, ...]], list[Fact]] = {}
    for fact in facts:
        if fact.body:
            groups.setdefault((_question(fact.kind), _key(fact.target)), []).append(fact)
    found = []
    for group in groups.values():
        found += _within(sorted(group, key=lambda fact: (fact.since, fact.id)))
    return found


def _within(group: list[Fact]) -> list[Contradiction]:
    found: list[Contradiction] = []
    for former, later in pairwise(group):
        if name_key(former.body or "") == name_key(later.body or ""):
            continue
        if former.since == later.since:
            found.append(Contradiction("same_day", (former, later)))
        elif not (later.kind == "handover" and later.giver and name_key(later.giver) == name_key(former.body or "")):
            found.append(Contradiction("later_wins", (former, later)))
    return found


def _question(kind: str) -> str:
    if kind in HOLDING:
        return "holding"
    return "task" if kind in ("task", "open_matter") else kind


def _key(target: Target) -> tuple[str, ...]:
    """What makes two rows speak of one thing."""
    named = (target.file, target.inventory, target.fonds)
    creator = name_key(target.creator) if target.creator else ""
    rest = (
        target.level,
        target.bloc,
        target.unit,
        target.retention,
        target.carrier,
        target.term,
        target.years,
        target.box,
    )
    return (*(reference(part) for part in named), creator, *(part or "" for part in rest))
