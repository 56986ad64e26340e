"""Where public sources disagree: what each says of a unit, what the product holds, and why.

A claim is a phrase of a closed list, with a value behind a colon where it has one ("called: Xã Ia Dreh", "on:
2013-12-28"): words for a reader, and a key for whoever translates them. Reasons are written likewise, or freely.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ontology import tables
from ontology.model import Disagreement

KINDS: Final = ("edge", "extent", "name", "date", "parent", "existence", "unconfirmed")
"""What is in dispute: whether one unit went to another; how much of it; what it was called; since when; where it lay;
whether it was there at all. ``unconfirmed``: one source alone, second-hand, with nothing to compare it with."""

CLAIMS: Final = (
    "goes there",
    "does not go there",
    "gives all or most of it to",
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
)
"""The phrases of ``says``, ``against_says`` and ``held``. "goes there" has an extent (``ontology.model.Extent``)."""

REASONS: Final = (
    "the act's text",
    "the act's spelling",
    "the act says where it goes",
    "the act's other clauses take land only",
    "another unit of the name goes there",
    "a name passes to another code when the two units are joined",
    "the act wins over a list that is late",
    "the act is not at hand",
    "divided between them, or one source is wrong",
    "the same bare name in the same district",
    "the list has the unit to the end, an older one of that name may be meant",
    "the district has no communes then, that the counts mean it is inferred",
)
"""The phrases of ``reason``; the reason of a correction is free text."""


def taken_apart(text: str) -> tuple[str, str]:
    """A claim or a reason as phrase and value ('' where it has none): "on: 2013-12-28" → ("on", "2013-12-28")."""
    phrase, _, value = text.partition(": ")
    return phrase, value


def all_of(kind: str | None = None) -> tuple[Disagreement, ...]:
    """All disagreements, or those of a kind, in the order of the table."""
    return tuple(each for each in tables.disagreements() if kind is None or each.kind == kind)


def of_units(units: Iterable[str], kind: str | None = None) -> tuple[Disagreement, ...]:
    """Those with one of the units at either end. A version id means that version, a line all of its versions."""
    wanted = set(units)
    return tuple(
        each
        for each in all_of(kind)
        if any(end in wanted or line_of(end) in wanted for end in (each.unit, each.other) if end is not None)
    )


def line_of(unit: str) -> str:
    """The line of a version id; a line as it is."""
    return unit.partition("@")[0]
