"""The creator of a fonds: which agency, of which unit, level and bloc (PRACTICE.md §1.2)."""

from __future__ import annotations

from dataclasses import replace

from kg.linking.identity import agency_node
from kg.model import Edge, Fonds, Node
from ontology.agencies import recognise
from ontology.registry import Ontology


def describe_creator(fonds: Fonds, ontology: Ontology) -> tuple[Fonds, tuple[Node, ...], tuple[Edge, ...]]:
    """The fonds with level, bloc and unit filled in where its creator's name tells them, with the creator as an
    agency of its unit. A name that is not recognised leaves them empty: "chưa xác định phông"."""
    if not fonds.creator:
        return fonds, (), ()
    known = recognise(fonds.creator)
    if known is None:
        node = agency_node(fonds.creator, fonds.unit)
        return fonds, (node,), (Edge(fonds.id, "CREATED_BY", node.id),)
    unit = fonds.unit
    if unit is None and known.place:
        found = ontology.resolve(known.place, known.place_type, on=fonds.closed or fonds.opened)
        if found and (len(found) == 1 or found[0].score > found[1].score):
            unit = found[0].unit.id
    fonds = replace(fonds, level=fonds.level or known.level, bloc=fonds.bloc or known.bloc, unit=unit)
    node = agency_node(
        known.canonical, unit, surface=fonds.creator, kind=known.kind, level=known.level, bloc=known.bloc
    )
    edges = [Edge(fonds.id, "CREATED_BY", node.id)]
    if unit:
        edges.append(Edge(node.id, "OF_UNIT", unit))
    return fonds, (node,), tuple(edges)
