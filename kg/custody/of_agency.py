"""What papers say of an agency as a whole: who took over its tasks, who must receive its records, who holds them.

Papers name fonds, creators or levels. An agency has the fonds of the store that its name and unit tell; where the store
has none, papers about its name are bound to it if the name means no other ended body, and papers about its level as to a
fonds of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain

from kg.custody.choosing import Chosen, Rank, choose, latest
from kg.custody.facts import Asked, Fact, Facts
from kg.custody.lists import facts_of
from kg.custody.receivers import Receivers
from kg.model import Fonds
from kg.store.protocol import Store
from ontology.agencies.dated import Agency
from ontology.agencies.in_time import Agencies
from ontology.agencies.meanings import meanings
from ontology.custody import name_key

TERMS = ("permanent", "fixed")
_COMES = {"assignment": "assigned", "arrangement": "arranges", "task": "tasks", "open_matter": "tasks"}
_WHOLE = frozenset({"fonds", "creator", "level"})
"""Scopes of papers that speak of more than single files or inventories."""


@dataclass(frozen=True, slots=True)
class AgencyPapers:
    """``task``: who took over; ``whole`` by retention (permanent, fixed) the papers about its fonds as wholes, ``rank``
    how close each is; ``single`` counts papers about single files, inventories and other parts of its fonds, which decide
    for those alone."""

    task: Chosen
    whole: Mapping[str, Sequence[Fact]]
    rank: Rank
    single: int


@dataclass(frozen=True, slots=True)
class Received:
    """What papers in use say that comes to an agency: what it holds, what was assigned to it, what it is to arrange,
    whose tasks and open matters it took over. ``arrived``: the ids of what was assigned and is held by it."""

    holds: tuple[Fact, ...] = ()
    assigned: tuple[Fact, ...] = ()
    arranges: tuple[Fact, ...] = ()
    tasks: tuple[Fact, ...] = ()
    arrived: frozenset[str] = frozenset()


class PapersOfAgencies:
    """The papers of a store, read once."""

    def __init__(self, store: Store, known: Agencies) -> None:
        self._known = known
        self._fonds = list(store.fonds())
        self._facts = facts_of(store, known.ontology)
        self.receivers = Receivers(known.ontology)

    def of(self, agency: Agency) -> AgencyPapers:
        """What the papers in use say of the agency."""
        facts = self._facts
        if not facts.all:
            return AgencyPapers(Chosen(), dict.fromkeys(TERMS, ()), facts.rank, 0)
        own = self._own(agency)
        if not own:
            own = [Fonds(agency.id, agency.name, agency.unit.level, agency.body.bloc, unit=agency.unit.id)]
            facts = Facts(facts.all, [*self._fonds, *own], self._known.ontology)
        found = {term: [fact for fact in _about(facts, own, term) if self._means(fact, agency)] for term in TERMS}
        mine = frozenset(row.id for row in own)
        tasks = (fact for fact in dict.fromkeys(chain(*found.values())) if fact.kind == "task" and fact.body)
        return AgencyPapers(
            choose(tasks, partial(self.receivers.key, near=agency.unit), facts.rank),
            found,
            facts.rank,
            sum(_of_parts(fact) and not mine.isdisjoint(facts.fonds_of(fact)) for fact in facts.all),
        )

    def received(self, agency: Agency) -> Received:
        """What comes to the agency by papers."""
        mine = self._received.get(agency.id, {})
        held = {self._facts.thing(fact) for fact in mine.get("holds", ())}
        assigned = mine.get("assigned", ())
        return Received(
            tuple(mine.get("holds", ())),
            tuple(assigned),
            tuple(mine.get("arranges", ())),
            tuple(mine.get("tasks", ())),
            frozenset(fact.id for fact in assigned if self._facts.thing(fact) in held),
        )

    def creators(self, fact: Fact) -> list[tuple[str, str | None]]:
        """The fonds of the store that a paper means: id and creator."""
        wanted = set(self._facts.fonds_of(fact))
        return [(row.id, row.creator) for row in self._fonds if row.id in wanted]

    @cached_property
    def _received(self) -> Mapping[str, Mapping[str, list[Fact]]]:
        """By the body's key and by what it is: of all papers about one thing the one that counts."""
        things: defaultdict[tuple[str, Hashable], list[Fact]] = defaultdict(list)
        for fact in self._facts.all:
            if fact.body:
                things[_COMES.get(fact.kind, "holds"), self._facts.thing(fact)].append(fact)
        found: defaultdict[str, defaultdict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        for (what, _), facts in things.items():
            pick = latest if what == "holds" else choose
            counts = pick(facts, self.receivers.key, self._facts.rank).fact
            if counts:
                found[self.receivers.key(counts.body or "")][what].append(counts)
        return found

    def _own(self, agency: Agency) -> list[Fonds]:
        """The fonds of the store that the agency formed."""
        units = {unit.id for unit in agency.units}
        names = {name_key(name) for name in (agency.name, *self._known.names(agency))}
        return [row for row in self._fonds if row.unit in units and row.creator and name_key(row.creator) in names]

    def _means(self, fact: Fact, agency: Agency) -> bool:
        """Whether a paper that says nothing but a name means this agency: no other ended body bears it."""
        if not fact.target.creator or fact.target.fonds or fact.target.unit:
            return True
        found = [one for one in meanings(fact.target.creator, self._known) if one.agency.closed]
        return {one.agency.id for one in found if one.score == found[0].score} == {agency.id}


def _about(facts: Facts, fonds: Iterable[Fonds], term: str) -> list[Fact]:
    """Papers about these fonds as wholes, or about all of one kind of retention."""
    found = (fact for row in fonds for fact in facts.of(Asked(row, None, term, "paper")))
    return [fact for fact in dict.fromkeys(found) if not _of_parts(fact)]


def _of_parts(fact: Fact) -> bool:
    """Whether a paper decides for some files alone: single ones, those of one term, of some years or boxes."""
    target = fact.target
    return target.scope not in _WHOLE or any((target.term, target.years, target.box))
