"""A UNIT argument that means every unit of a name, with what it was and became (``search --place``)."""

from __future__ import annotations

from ontology.errors import UnitNotFound
from ontology.model import Unit
from ontology.registry import Ontology
from ontology.scoring import NEAR_MISS, OTHER_TYPE

_OTHER = OTHER_TYPE | {"accents_differ"}


def every_meaning(ontology: Ontology, name: str, within: str | None = None) -> list[Unit]:
    """Every unit that bears the name (or the one of that id), best first; those of another type or spelt with other
    accents only where none fits better. Raises UnitNotFound with near misses."""
    if name in ontology.units:
        return [ontology.units[name]]
    candidates = ontology.find(name, within=within)
    known = [candidate for candidate in candidates if NEAR_MISS.isdisjoint(candidate.reasons)]
    if not known:
        raise UnitNotFound(name, tuple(candidates[:5]))
    sure = [candidate for candidate in known if not _OTHER.intersection(candidate.reasons)]
    return [candidate.unit for candidate in sure or known]


def units_of_place(ontology: Ontology, name: str, within: str | None = None) -> tuple[str, ...]:
    """The ids of every unit of that name, in all versions, with predecessors, successors and all that lies below; of a
    commune all that it was made of, back to the first, and all that it became. Raises UnitNotFound."""
    from kg.search.query import widened
    from kg.search.widening import line

    units = every_meaning(ontology, name, within)
    found = {below for unit in units for below in ontology.under(unit)}
    return tuple(sorted(found.union(widened(ontology, units), *(line(unit.id) for unit in units))))
