"""Papers that contradict one another: about one and the same thing, naming different bodies."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from kg.custody.choosing import Key, chain_ends
from kg.custody.facts import HOLDING, Fact
from ontology.custody import name_key


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts about one thing that name different bodies. ``kind``: ``same_day`` (nothing is decided), ``later_wins``,
    ``handed_elsewhere`` (a hand-over to another than who was assigned before)."""

    kind: Literal["same_day", "later_wins", "handed_elsewhere"]
    facts: tuple[Fact, ...]

    def to_json(self) -> dict[str, Any]:
        """As it stands in answers."""
        return {"kind": self.kind, "facts": [fact.to_json() for fact in self.facts]}


def contradictions(
    facts: Sequence[Fact], thing: Callable[[Fact], Hashable] | None = None, key: Key = name_key
) -> list[Contradiction]:
    """Facts of one kind of question (who holds, who must receive, who took over) about one and the same thing that name
    different bodies. A hand-over that goes on from the body that held before is none. ``thing``: what a fact is about,
    by which facts are compared (None: as its row says); ``key``: what names of one body share."""
    groups: dict[Hashable, dict[str, list[Fact]]] = {}
    for fact in facts:
        if fact.body:
            about = thing(fact) if thing else fact.target.thing()
            groups.setdefault(about, {}).setdefault(_question(fact.kind), []).append(fact)
    found = []
    for questions in groups.values():
        for question, group in questions.items():
            found += _within(sorted(group, key=lambda fact: (fact.since, fact.id)), question, key)
        found += _elsewhere(questions, key)
    return found


def _within(group: list[Fact], question: str, key: Key) -> list[Contradiction]:
    found: list[Contradiction] = []
    before: Fact | None = None
    for _, of_day in groupby(group, key=lambda fact: fact.since):
        day = list(of_day)
        ends = chain_ends(day, key) if question == "holding" else day
        bodies = {key(fact.body or ""): fact for fact in reversed(ends)}
        if len(bodies) > 1:
            found.append(Contradiction("same_day", tuple(sorted(bodies.values(), key=lambda fact: fact.id))))
        held = key(before.body or "") if before else ""
        if before and held not in bodies and not any(_goes_on(fact, held, key) for fact in day):
            found.append(Contradiction("later_wins", (before, ends[0])))
        before = ends[0]
    return found


def _goes_on(fact: Fact, held: str, key: Key) -> bool:
    """Whether it is a hand-over by who held it before."""
    return fact.kind == "handover" and bool(fact.giver) and key(fact.giver or "") == held


def _elsewhere(questions: dict[str, list[Fact]], key: Key) -> list[Contradiction]:
    """The last hand-over, where it went to another than the last assignment before it says, nor to who arranges it."""
    given = max((f for f in questions.get("holding", ()) if f.kind == "handover"), key=_when, default=None)
    assigned = [fact for fact in questions.get("assignment", ()) if given and fact.since <= given.since]
    named = max(assigned, key=_when, default=None)
    if given is None or named is None:
        return []
    meant = {key(fact.body or "") for fact in (*assigned, *questions.get("arrangement", ()))}
    return [] if key(given.body or "") in meant else [Contradiction("handed_elsewhere", (named, given))]


def _when(fact: Fact) -> tuple[str, str]:
    return fact.since, fact.id


def _question(kind: str) -> str:
    if kind in HOLDING:
        return "holding"
    return "task" if kind in ("task", "open_matter") else kind
