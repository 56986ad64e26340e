"""Where the main place of a record lies now, and how sure that is: the weakest of reading, place and succession."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.model import Edge, Record
from kg.questions.forms import Json
from ontology.errors import UnitNotFound
from ontology.model import CERTAINTY_ORDER, Certainty, Lineage, Matter, Step, Unit
from ontology.registry import Ontology

DOUBTFUL = 0.5
"""A header field read with less confidence than this is doubtful until a second witness agrees (DESIGN.md §6)."""

_FIELD_OF_ZONE = {"title": ("abstract", "title"), "issuer": ("issuer",)}


@dataclass(frozen=True, slots=True)
class Place:
    """The units a record's main place can be (one when it is decided), where it was read, and what they are now."""

    units: tuple[Unit, ...]
    where: str | None
    certainty: Certainty
    weakest: str | None
    steps: tuple[Step, ...]


NOWHERE = Place((), None, "unknown", "place", ())
"""No place was found in title, body or issuer."""


class Places:
    """Answers for the records of a store, for one kind of matter; lineages are worked out once a unit."""

    def __init__(self, ontology: Ontology, matter: Matter = "any", on: str | None = None) -> None:
        self._ontology = ontology
        self._matter: Matter = matter
        self._on = on
        self._lineages: dict[str, Lineage | None] = {}

    def lineage(self, unit: str) -> Lineage | None:
        """What became of a unit by today; None for an id that the ontology does not know."""
        if unit not in self._lineages:
            try:
                known = self._ontology.unit(unit)
                self._lineages[unit] = self._ontology.successors(known, self._on, self._matter)
            except UnitNotFound:
                self._lineages[unit] = None
        return self._lineages[unit]

    def now(self, unit: str) -> frozenset[str]:
        """The ids of the units that it can be today: itself while it is in force."""
        lineage = self.lineage(unit)
        if lineage is None:
            return frozenset()
        return frozenset({step.unit.id for step in lineage.steps} or {lineage.unit.id})

    def answer(self, record: Record | None, edges: Sequence[Edge]) -> Place:
        """The place of a record from its ABOUT_PLACE edges of rank 0 (several: it can be any of these units)."""
        lineages = [lineage for edge in edges if (lineage := self.lineage(edge.target)) is not None]
        if not lineages:
            return NOWHERE
        where = str(edges[0].props.get("where") or "body")
        links: list[tuple[Certainty, str | None]] = [
            ("candidates" if _doubtful(record, where, edges) else "certain", "reading"),
            (_place_certainty(edges), "place"),
            *((lineage.certainty, lineage.weakest or "succession") for lineage in lineages),
        ]
        certainty, weakest = max(links, key=lambda link: CERTAINTY_ORDER.index(link[0]))
        steps: dict[str, Step] = {}
        for lineage in lineages:
            for step in lineage.steps:
                steps.setdefault(step.unit.id, step)
        units = tuple(lineage.unit for lineage in lineages)
        ordered = tuple(steps.values()) if len(lineages) == 1 else tuple(steps[key] for key in sorted(steps))
        return Place(units, where, certainty, None if certainty == "certain" else weakest, ordered)

    def to_json(self, place: Place) -> Json:
        """The ``place`` value of the contract. ``old`` is null while several units are possible: ``old_candidates``."""
        units = [self._ontology.unit_json(unit) for unit in place.units]
        return {
            "old": units[0] if len(units) == 1 else None,
            "old_candidates": units if len(units) > 1 else [],
            "new": [self._step_json(step) for step in place.steps],
            "where": place.where,
            "certainty": place.certainty,
            "weakest": place.weakest,
        }

    def _step_json(self, step: Step) -> Json:
        return self._ontology.unit_json(step.unit) | {"extent": step.extent, "act": step.act, "clause": step.clause}


def main_edges(edges: Sequence[Edge]) -> list[Edge]:
    """The ABOUT_PLACE edges of the main place, in the order of their units."""
    return sorted((edge for edge in edges if edge.props.get("rank", 0) == 0), key=lambda edge: edge.target)


def _place_certainty(edges: Sequence[Edge]) -> Certainty:
    if len({edge.target for edge in edges}) > 1:
        return "candidates"
    said = edges[0].props.get("certainty", "certain")
    return next((word for word in CERTAINTY_ORDER if word == said), "unknown")


def _doubtful(record: Record | None, where: str, edges: Sequence[Edge]) -> bool:
    """Whether the reading of the place, or of the date that chose the unit's version, is doubtful."""
    if record is None:
        return False
    confidence: Mapping[str, float] = record.confidence
    own = [float(edge.props["confidence"]) for edge in edges if "confidence" in edge.props]
    fields = [confidence[name] for name in (*_FIELD_OF_ZONE.get(where, ()), "date") if name in confidence]
    return min([*own, *fields], default=1.0) < DOUBTFUL
