"""The numbers that people look for as entities: a parcel of old Đại Mỗ, a certificate's serial, an entry of a register
(PRACTICE.md §2). Only those of which the record says whose they are (``kg.linking.identifier_places``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.linking.draft import Draft
from kg.linking.identifier_names import identifier_node, kinds, number_of
from kg.linking.identifier_places import Places
from kg.model import Node
from nlp.model import Identifier
from ontology.registry import Ontology

_BESIDE: Final = 60
"""Characters between a parcel and its sheet, an entry and its book, that belong to one passage."""


def link_identifiers(draft: Draft, ontology: Ontology) -> None:
    """Every identifier with its passage."""
    found = draft.extraction.identifiers
    if not found:
        return
    places = Places.of(draft, ontology)
    for index, one in enumerate(found):
        if (node := _entity(one, places)) is not None:
            draft.edge(draft.delivered.id, "MENTIONS", draft.node(node), _passage(found, index))


def _entity(one: Identifier, places: Places) -> Node | None:
    """The entity; None where the record does not say whose number it is."""
    number = number_of(one.kind, one.value, one.within)
    if number is None:
        return None
    kind = kinds()[one.kind]
    year = number.year
    if kind.scope == "land":
        unit = places.of_land(one)
    elif kind.scope == "commune":
        unit, year = places.of_register(one, one.kind.partition("_")[0]), year or places.year(one)
    elif kind.scope == "district":
        unit = places.of_district(one)
    elif kind.scope == "permit":
        unit, said = places.of_permit(one)
        year = year or said
    else:
        return identifier_node(number, None)
    if unit is None or (kind.year and not year):
        return None
    return identifier_node(number, unit, year)


def _passage(found: Sequence[Identifier], index: int) -> tuple[int, int]:
    """Where a number stands, with the sheet or book beside it."""
    one = found[index]
    beside = [
        other
        for other in found[max(0, index - 1) : index + 2]
        if one.within is not None and other.value == one.within and other.kind != one.kind
    ]
    for other in beside:
        first, last = min(one.start, other.start), max(one.end, other.end)
        if last - first <= _BESIDE + len(one.value) + len(other.value):
            return first, last
    return one.start, one.end
