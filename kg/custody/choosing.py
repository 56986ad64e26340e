"""Which of several facts decides: of what is decided the closest, of where the paper is the latest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from kg.custody.facts import Fact
from ontology.custody.bodies import name_key

Key = Callable[[str], str]
"""What all names of one body share."""
Rank = Callable[[Fact], tuple[int, int]]
"""How close a fact is: the smaller, the closer."""

LATER_WIDER = "later_wider_paper"
"""A later paper about more (the fonds, not the file) names another body: the closer one stands."""

WIDER_DECIDES = "wider_paper_decides"
"""Who holds the file is told by a later paper about more than it, and an earlier one about it names another body."""

GIVER_DID_NOT_HOLD = "giver_did_not_hold"
"""Who gave it is not who held it by the paper before."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The fact that decides (None: none does), those of its day that contradict one another, and what to check."""

    fact: Fact | None = None
    against: tuple[Fact, ...] = ()
    doubts: tuple[str, ...] = ()


def _rank(fact: Fact) -> tuple[int, int]:
    return fact.target.rank


def choose(facts: Iterable[Fact], key: Key = name_key, rank: Rank = _rank) -> Chosen:
    """What is decided: the closest fact, among equals the latest; none where two of that day name different bodies."""
    ordered = sorted(facts, key=lambda fact: (rank(fact), _descending(fact.since), fact.id))
    if not ordered:
        return Chosen()
    first = ordered[0]
    equals = [fact for fact in ordered if rank(fact) == rank(first) and fact.since == first.since]
    if len(_bodies(equals, key)) > 1:
        return Chosen(None, tuple(equals))
    later = (fact for fact in ordered if fact.since > first.since and fact.body)
    differs = any(key(fact.body or "") != key(first.body or "") for fact in later)
    return Chosen(first, (), (LATER_WIDER,) if differs else ())


def latest(facts: Iterable[Fact], key: Key = name_key, rank: Rank = _rank) -> Chosen:
    """Who holds it: whom the papers of the latest day name, of a chain of hand-overs the last receiver, among papers
    beside one another the closest; none where those name different bodies."""
    ordered = sorted((fact for fact in facts if fact.body), key=lambda fact: (fact.since, fact.id))
    if not ordered:
        return Chosen()
    last = [fact for fact in ordered if fact.since == ordered[-1].since]
    ends = chain_ends(last, key)
    closest = min(rank(fact) for fact in ends)
    found = [fact for fact in ends if rank(fact) == closest] if len(_bodies(ends, key)) > 1 else ends
    if len(_bodies(found, key)) > 1:
        return Chosen(None, tuple(found))
    fact = min(found, key=lambda one: (rank(one), one.id))
    before = latest(ordered[: -len(last)], key, rank).fact
    return Chosen(fact, (), _doubts(fact, before, last, key, rank) if before else ())


def chain_ends(facts: Sequence[Fact], key: Key) -> list[Fact]:
    """Of hand-overs of one day those whose receiver did not give it on; all, where everybody did."""
    giving = {key(fact.giver) for fact in facts if fact.giver and fact.body and key(fact.giver) != key(fact.body)}
    ends = [fact for fact in facts if key(fact.body or "") not in giving]
    return ends or list(facts)


def _doubts(fact: Fact, before: Fact, day: Sequence[Fact], key: Key, rank: Rank) -> tuple[str, ...]:
    """What does not follow from the paper before."""
    held = key(before.body or "")
    if held == key(fact.body or "") or any(held == key(one.giver) for one in day if one.giver):
        return ()
    if rank(fact)[0] > rank(before)[0]:
        return (WIDER_DECIDES,)
    return (GIVER_DID_NOT_HOLD,) if fact.giver else ()


def _bodies(facts: Collection[Fact], key: Key) -> set[str]:
    return {key(fact.body or "") for fact in facts}


def _descending(day: str) -> tuple[int, ...]:
    return tuple(-ord(char) for char in day.ljust(len("YYYY-MM-DD")))
