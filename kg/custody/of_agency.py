"""What papers say of an agency as a whole: who took over its tasks, who must receive its records, who holds them.

Papers name fonds, creators or levels. An agency has the fonds of the store that its name and unit tell; where the store
has none, papers about its name are bound to it if the name means no other ended body, and papers about its level as to a
fonds of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from kg.custody.choosing import Chosen, choose
from kg.custody.facts import HOLDING, Asked, Fact, Facts
from kg.custody.lists import facts_of
from kg.model import Fonds
from kg.store.protocol import Store
from ontology.agencies.dated import Agency
from ontology.agencies.in_time import Agencies
from ontology.agencies.meanings import meanings
from ontology.custody import name_key

TERMS = ("permanent", "fixed")
_WHOLE = frozenset({"fonds", "creator", "level"})
"""Scopes of papers that speak of more than single files or inventories."""


@dataclass(frozen=True, slots=True)
class AgencyPapers:
    """``task``: who took over; ``assigned`` and ``held`` by retention (permanent, fixed); ``single`` counts papers about
    single files and inventories of its fonds, which decide for those alone."""

    task: Chosen
    assigned: Mapping[str, Chosen]
    held: Mapping[str, Chosen]
    single: int


class PapersOfAgencies:
    """The papers of a store, read once."""

    def __init__(self, store: Store, known: Agencies) -> None:
        self._known = known
        self._fonds = list(store.fonds())
        self._facts = facts_of(store, known.ontology)

    def of(self, agency: Agency) -> AgencyPapers:
        """What the papers in use say of the agency."""
        if not self._facts.all:
            return AgencyPapers(Chosen(), dict.fromkeys(TERMS, Chosen()), dict.fromkeys(TERMS, Chosen()), 0)
        own = self._own(agency)
        facts = self._facts
        if not own:
            own = [Fonds(agency.id, agency.name, agency.unit.level, agency.body.bloc, unit=agency.unit.id)]
            facts = Facts(facts.all, [*self._fonds, *own], self._known.ontology)
        found = {term: [fact for fact in _about(facts, own, term) if self._means(fact, agency)] for term in TERMS}
        mine = frozenset(row.id for row in own)
        return AgencyPapers(
            choose(fact for fact in dict.fromkeys(chain(*found.values())) if fact.kind == "task" and fact.body),
            {term: choose(fact for fact in of_term if fact.kind == "assignment") for term, of_term in found.items()},
            {term: choose(fact for fact in of_term if fact.kind in HOLDING) for term, of_term in found.items()},
            sum(fact.target.scope not in _WHOLE and not mine.isdisjoint(facts.fonds_of(fact)) for fact in facts.all),
        )

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
    """Papers about these fonds as wholes."""
    found = (fact for row in fonds for fact in facts.of(Asked(row, None, term, "paper")))
    return [fact for fact in dict.fromkeys(found) if fact.target.scope in _WHOLE]
