"""Where public sources disagree: what each says of a unit, what the product holds, and why (DESIGN.md §5, issue of trust).

A claim is a phrase of a closed list, with a value behind a colon where it has one ("called: Xã Ia Dreh", "on:
2013-12-28"): words for a reader, and a key for whoever translates them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ontology import tables
from ontology.model import Disagreement

KINDS: Final = ("edge", "extent", "name", "date", "parent", "existence", "unconfirmed")
"""What is in dispute: whether one unit went to another; how much of it; what it was called; since when; where it lay;
whether it was there at all. ``unconfirmed``: one source alone, second-hand, with nothing to compare it with."""

PHRASES: Final = (
    "goes there",
    "does not go there",
    "gives all or most of it to",
    "not in the table",
    "called",
    "on",
    "lies in",
    "exists",
    "exists until",
    "exists from",
    "does not exist",
    "is only renamed",
    "ends that day",
    "comes back as added",
    "not said",
    "says the rest",
    "names",
    "means",
    "no other source",
)
"""The phrases of claims; ``claim`` takes one apart."""


def claim(text: str) -> tuple[str, str]:
    """A claim as phrase and value ('' where it has none): "on: 2013-12-28" → ("on", "2013-12-28")."""
    phrase, _, value = text.partition(": ")
    return phrase, value


def all_of(kind: str | None = None) -> tuple[Disagreement, ...]:
    """All disagreements, or those of a kind, in the order of the table."""
    return tuple(each for each in tables.disagreements() if kind is None or each.kind == kind)


def of_units(units: Iterable[str], kind: str | None = None) -> tuple[Disagreement, ...]:
    """Those with one of the units (version ids or lines) at either end: all versions of a line count as one unit."""
    lines = {line_of(unit) for unit in units}
    return tuple(
        each
        for each in all_of(kind)
        if line_of(each.unit) in lines or (each.other is not None and line_of(each.other) in lines)
    )


def line_of(unit: str) -> str:
    """The line of a version id; a line as it is."""
    return unit.partition("@")[0]
