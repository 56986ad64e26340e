"""How extents add up along a path and where parts meet again (DESIGN.md §5, "Extents along a path").

Land-only takers do not count for civil-status matters, people-only takers not for land: which matter follows what is
the product's reading of the extents (people or territory), not a rule of an act.
"""

from __future__ import annotations

from collections.abc import Collection

from ontology.model import Extent, Matter

_ALL: dict[Matter, frozenset[Extent]] = {
    "any": frozenset({"whole", "unchanged"}),
    "civil": frozenset({"whole", "unchanged", "part_area_all_pop"}),
    "land": frozenset({"whole", "unchanged", "whole_area_only"}),
}
_NOTHING: dict[Matter, frozenset[Extent]] = {
    "any": frozenset(),
    "civil": frozenset({"part_area_only", "whole_area_only"}),
    "land": frozenset({"part_pop"}),
}
_MEETING: tuple[Extent, ...] = ("whole", "unchanged", "whole_area_only", "part_area_all_pop", "part")
"""What says most where several parts reach one unit."""


def counts(extent: Extent, matter: Matter) -> bool:
    """Whether a taker with that extent counts for the matter."""
    return extent not in _NOTHING[matter]


def is_all(extent: Extent, matter: Matter) -> bool:
    """Whether that extent hands over all that the matter is about."""
    return extent in _ALL[matter]


def along(first: Extent, then: Extent, matter: Matter, *, pure: bool) -> Extent:
    """The extent of a path of two: ``pure`` where the middle unit was made of the first unit alone."""
    if then in ("whole", "unchanged"):
        return then if first == "unchanged" else first
    if is_all(first, matter) and (pure or is_all(then, matter)):
        return then
    return "possible"


def meeting(parts: Collection[Extent]) -> Extent:
    """What one unit has of another when these parts of it arrive there."""
    sure = set(parts) - {"possible"}
    if not sure:
        return "possible"
    if len(sure) == 1:
        return sure.pop()
    return next((extent for extent in _MEETING if extent in sure), "part")
