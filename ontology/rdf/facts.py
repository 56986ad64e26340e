"""What is written as RDF: the tables, and what is derived from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ontology import tables
from ontology.model import Alias, Disagreement, Edge, Event, EventUnit, Unit
from ontology.registry import Ontology


@dataclass(frozen=True)
class Facts:
    """The tables of one ontology; units and events by id."""

    units: Mapping[str, Unit]
    events: Mapping[str, Event]
    edges: Sequence[Edge] = ()
    event_units: Sequence[EventUnit] = ()
    aliases: Sequence[Alias] = ()
    disagreements: Sequence[Disagreement] = ()

    @cached_property
    def ontology(self) -> Ontology:
        """The same tables as the object that answers: parents, versions, what a list makes possible."""
        return Ontology(self.units, self.events, self.edges, self.event_units, self.aliases)

    def first_version(self, unit: Unit) -> Unit:
        """The earliest version of the very unit; it names the unit, since a code passes to others."""
        return self.ontology.same(unit)[0]

    def parents(self, unit: Unit) -> list[Unit]:
        """The versions of the direct parent that have a day in common with the unit, the earliest first."""
        versions = self.ontology.versions(unit.parent) if unit.parent else ()
        return [
            parent
            for parent in versions
            if (parent.valid_to is None or unit.valid_from <= parent.valid_to)
            and (unit.valid_to is None or parent.valid_from <= unit.valid_to)
        ]

    @cached_property
    def named_by_sources(self) -> frozenset[Edge]:
        """The edges of the table; others are possibilities that the ontology adds (``Changes.leaving``)."""
        return frozenset(self.edges)


def of_package() -> Facts:
    """The facts of the package's tables."""
    return Facts(
        tables.units(),
        tables.events(),
        tables.edges(),
        tables.event_units(),
        tables.aliases(),
        tables.disagreements(),
    )
