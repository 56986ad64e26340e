"""The parcel, serial, register number or entry that a user types, among the entities of a store."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kg.linking.identifier_names import KIND, Number, identifier_id, kinds, scope_of
from kg.model import Node
from kg.questions.reader import Reader
from kg.search import widening
from kg.search.identifiers import Scopes, identifiers_asked, scopes
from kg.search.query import understand
from ontology.registry import load

_MOST: Final = 200
"""Namesakes that are looked through where no place is named, or one without a register of its own."""


def identifiers_meant(reader: Reader, asked: str) -> tuple[list[Node], list[Node]]:
    """The identifiers of the store that a text names, by id: those in the places that it names (all of that number where
    it names none), and those in what these places were made of and became."""
    told = identifiers_asked(asked)
    if not told:
        return [], []
    places = widening.terms(understand(asked))
    own, wide = scopes(places)
    units = {unit for place in places if not place.contains for unit in place.units}
    found: dict[str, Node] = {}
    for one in told:
        store = reader.workspace.store
        nodes = [*store.nodes(_ids(one.number, units)).values()] if units else []
        nodes += [node for node, score in store.find_nodes(one.number.short, kinds=[KIND], limit=_MOST) if score >= 1]
        found |= {node.id: node for node in nodes if _is(one.number, node)}
    seen = sorted(reader.nodes(found.values()).values(), key=lambda node: node.id)
    of_name = [node for node in seen if _counts_in(node, own)]
    others = [node for node in seen if node not in of_name and _counts_in(node, wide)]
    return (of_name, others) if of_name else (others, [])


def _counts_in(node: Node, scopes: Scopes) -> bool:
    unit = node.props.get("unit")
    return not unit or scopes is None or unit in scopes


def _ids(number: Number, units: Collection[str]) -> list[str]:
    """The ids that it would have in these units: there may be more namesakes elsewhere than can be looked through."""
    ontology = load()
    known = [ontology.units[unit] for unit in units if unit in ontology.units]
    if kinds()[number.type].year and not number.year:
        return []
    return sorted({identifier_id(number, scope_of(number.type, unit), number.year) for unit in known})


def _is(number: Number, node: Node) -> bool:
    """Whether a node is that number: "45-1" and "45/1" are found alike."""
    told = (number.type, number.value, number.within)
    return told == tuple(node.props.get(name) for name in ("type", "value", "within"))
