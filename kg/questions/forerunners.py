"""The units that a unit was made of, with the districts that they lay in: whose records it waits for."""

from __future__ import annotations

from ontology.model import Unit
from ontology.registry import Ontology


def forerunners(unit: Unit, ontology: Ontology) -> frozenset[str]:
    """The ids of all versions of the communes that became the commune, and of the districts around them then; none for
    a unit of another level, of which everything lies inside."""
    if unit.level != "commune":
        return frozenset()
    found: set[str] = set()
    for step in ontology.predecessors(unit).steps:
        around = (parent for parent in ontology.parents(step.unit) if parent.level == "district")
        for one in (step.unit, *around):
            found |= {version.id for version in ontology.same(one)}
    return frozenset(found)
