"""Which versions of a unit are one unit to its bodies."""

from __future__ import annotations

from ontology.model import Unit
from ontology.registry import Ontology


def span_of(unit: Unit, ontology: Ontology) -> tuple[Unit, ...]:
    """The versions of the unit through which its bodies live on, the earliest first: the very unit (``Ontology.same``),
    under one type (``ontology.agencies.dated`` says why)."""
    versions = ontology.same(unit)
    start = end = versions.index(unit)
    while start > 0 and _alike(versions[start - 1], unit):
        start -= 1
    while end + 1 < len(versions) and _alike(versions[end + 1], unit):
        end += 1
    return versions[start : end + 1]


def _alike(one: Unit, other: Unit) -> bool:
    return one.type == other.type and one.level == other.level
