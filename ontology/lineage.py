"""What became of a unit, and what it was made of, through any number of events (DESIGN.md §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from ontology import extents
from ontology.changes import Changes
from ontology.model import Certainty, Edge, Extent, Lineage, Matter, Step, Unit
from ontology.validity import REFORM, day_before

if TYPE_CHECKING:
    from ontology.registry import Ontology

Verdict = tuple[Certainty, str | None]
"""How sure an answer is, and its weakest link."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the unit asked about another unit has.

    ``pure``: that unit was made of nothing else; ``listed``: some event on the way rests on a list alone;
    ``last``: the edge that led there.
    """

    extent: Extent
    pure: bool
    listed: bool = False
    last: Edge | None = None


_ITSELF = Share("unchanged", pure=True)


@dataclass(slots=True)
class Walk:
    """Where the parts of a unit are on a day, the edges they passed, and the units whose next step is not known.

    ``complete``: all of the unit is known to be at these places, none of it elsewhere.
    """

    at: dict[str, Share]
    passed: list[Edge] = field(default_factory=list)
    lost: list[Unit] = field(default_factory=list)
    complete: bool = True


class Lineages:
    """The questions about what became of a unit, for one ontology."""

    def __init__(self, ontology: Ontology, changes: Changes) -> None:
        self._ontology = ontology
        self._changes = changes
        self._long_walk = lru_cache(maxsize=65536)(self._walk)

    def successors(self, unit: Unit, on: str, matter: Matter) -> Lineage:
        """Where the unit is on the day ``on``; ``unknown`` for a day before its beginning."""
        if on < unit.valid_from:
            return Lineage(unit, on, matter, "unknown", "place")
        if self._level_ended(unit, on):
            communes, later = self._communes(unit)
            if communes:
                return self._through_communes(unit, communes, later, on, matter)
        walk = self.walk(unit, on, matter)
        steps = [self._step(identifier, share) for identifier, share in walk.at.items()]
        certainty, weakest = self._verdict(list(walk.at.values()), walk.lost)
        if certainty == "certain" and matter == "any" and not all(_all_of_it(share) for share in walk.at.values()):
            certainty, weakest = "candidates", "succession"  # where the rest went is not known
        first: Collection[str] = ()
        if certainty == "candidates" and matter == "any" and _some_without_people(walk.passed):
            people = self.walk(unit, on, "civil")
            if self._verdict(list(people.at.values()), people.lost)[0] == "certain":
                certainty, first = "by_population", people.at
                steps = [_all_people(step) if step.unit.id in first else step for step in steps]
        return self._lineage(unit, on, matter, (certainty, weakest), steps, passed=walk.passed, first=first)

    def predecessors(self, unit: Unit, on: str, matter: Matter) -> Lineage:
        """What the unit was on the day ``on``: the units of that day that have it among their successors."""
        if on >= unit.valid_from:
            steps = (Step(unit, "unchanged", None, None),) if unit.in_force(on) else ()
            return Lineage(unit, on, matter, "certain" if steps else "unknown", None if steps else "place", steps)
        if self._ontology.stood(unit, on):
            return Lineage(unit, on, matter, "candidates", "place", (Step(unit, "unchanged", None, None),))
        givers, passed = self._givers(unit, on, matter)
        steps_found = [Step(giver, share.extent, *self._cited(share.last)) for giver, share in givers]
        certainty, weakest = self._verdict([share for _, share in givers], ())
        first: Collection[str] = ()
        if certainty == "candidates" and matter == "any" and _some_without_people(passed):
            people = self._givers(unit, on, "civil")[0]
            if self._verdict([share for _, share in people], ())[0] == "certain":
                certainty, first = "by_population", [giver.id for giver, _ in people]
        if matter == "any":
            steps_found = [
                _all_people(step) if step.extent == "possible" and self._all_people_go(step.unit, unit) else step
                for step in steps_found
            ]
        if certainty != "unknown" and not all(giver.in_force(on) for giver, _ in givers):
            certainty, weakest, first = "candidates", "place", ()  # there by the first list, which is later
        return self._lineage(unit, on, matter, (certainty, weakest), steps_found, passed=passed, first=first)

    def _all_people_go(self, giver: Unit, taker: Unit) -> bool:
        """Whether the giver's answer for that day is that all its people went to the taker."""
        forward = self.successors(giver, taker.valid_from, "any")
        return forward.certainty == "by_population" and forward.steps[0].unit is taker

    # Walking forward

    def walk(self, unit: Unit, on: str, matter: Matter) -> Walk:
        """Where the unit is on the day. Only walks of several steps are remembered: to keep the others costs more, in
        passes of the garbage collector, than to take them again."""
        if unit.valid_to is not None and unit.valid_to < on and (short := self._one_step(unit, on, matter)):
            return short
        return self._long_walk(unit, on, matter)

    def _walk(self, unit: Unit, on: str, matter: Matter) -> Walk:
        walk = Walk({unit.id: _ITSELF})
        while ended := self._ended_first(walk, on):
            self._take_step(walk, ended, matter)
        return walk

    def _one_step(self, unit: Unit, on: str, matter: Matter) -> Walk | None:
        """The walk of a unit that one event brought to where it is on the day, by far the most: no extents to add up,
        nothing that meets again. None for any other."""
        units = self._ontology.units
        at: dict[str, Share] = {}
        edges = []
        for edge in self._changes.leaving(unit.id):
            if extents.counts(edge.extent, matter):
                end = units[edge.target].valid_to
                if edge.target in at or (end is not None and end < on):
                    return None
                at[edge.target] = Share(edge.extent, False, self._changes.is_listed(edge), edge)
                edges.append(edge)
        return Walk(at, edges) if edges else None

    def _ended_first(self, walk: Walk, on: str) -> list[Unit]:
        """The units reached that ended before the day, of these the ones that ended first."""
        reached = (self._ontology.units[identifier] for identifier in walk.at)
        ended = [unit for unit in reached if unit.valid_to is not None and unit.valid_to < on]
        earliest = min((unit.valid_to or "" for unit in ended), default="")
        return [unit for unit in ended if unit.valid_to == earliest]

    def _take_step(self, walk: Walk, ended: Sequence[Unit], matter: Matter) -> None:
        left = {unit.id: walk.at.pop(unit.id) for unit in ended}
        arriving: defaultdict[str, list[Share]] = defaultdict(list)
        for unit in ended:
            edges = [edge for edge in self._changes.leaving(unit.id) if extents.counts(edge.extent, matter)]
            if not edges:
                walk.lost.append(unit)
            walk.complete &= len(edges) > 1 or any(extents.is_all(edge.extent, matter) for edge in edges)
            walk.complete &= all(edge.extent != "possible" for edge in edges)
            for edge in edges:
                walk.passed.append(edge)
                arriving[edge.target].append(self._share(left, edge, matter))
        for target, shares in arriving.items():
            parts = [*shares, walk.at[target]] if target in walk.at else shares
            walk.at[target] = _together(parts)
        if len(walk.at) == 1 and walk.complete:
            ((target, share),) = walk.at.items()
            if not extents.is_all(share.extent, matter) and len(arriving[target]) > 1:
                walk.at[target] = Share("whole", share.pure, share.listed, share.last)

    def _share(self, left: dict[str, Share], edge: Edge, matter: Matter) -> Share:
        before = left[edge.source]
        origins = [other for other in self._changes.arriving(edge.target) if extents.counts(other.extent, matter)]
        pure = all(other.source in left and left[other.source].pure for other in origins)
        extent = extents.along(before.extent, edge.extent, matter, pure=before.pure)
        return Share(extent, pure, before.listed or self._changes.is_listed(edge), edge)

    # Walking back

    def _givers(self, unit: Unit, on: str, matter: Matter) -> tuple[list[tuple[Unit, Share]], list[Edge]]:
        """The units of that day that reach the unit, each with its share and the first edge of its way; and all edges
        of these ways."""
        if (near := self._direct_givers(unit, on, matter)) is not None:
            return near
        sources, edges = self._ways_back(unit, on)
        found: list[tuple[Unit, Share]] = []
        for source in sources:
            share = self.walk(source, unit.valid_from, matter).at.get(unit.id)
            if share is not None:
                leaving = [edge for edge in edges if edge.source == source.id]
                first = min(leaving, key=lambda edge: (edge.extent == "possible", edge.event), default=share.last)
                found.append((source, Share(share.extent, share.pure, share.listed, first)))
        kept = {giver.id for giver, _ in found}
        return found, [
            edge for edge in edges if edge.source in kept or edge.source not in {one.id for one in sources}
        ]

    def _direct_givers(
        self, unit: Unit, on: str, matter: Matter
    ) -> tuple[list[tuple[Unit, Share]], list[Edge]] | None:
        """The same for the eve of the unit's beginning, where all that it was made of was in force until then, by far
        the most: one edge each, nothing to add up. None for any other day or unit."""
        units, eve = self._ontology.units, day_before(unit.valid_from)
        if on != eve:
            return None
        found: list[tuple[Unit, Share]] = []
        passed: list[Edge] = []
        sources: set[str] = set()
        for edge in self._changes.arriving(unit.id):
            source = units[edge.source]
            if source.valid_to != eve or source.id in sources:
                return None
            sources.add(source.id)
            if extents.counts(edge.extent, matter):
                found.append((source, Share(edge.extent, False, self._changes.is_listed(edge), edge)))
                passed.append(edge)
        return found, passed

    def _ways_back(self, unit: Unit, on: str) -> tuple[list[Unit], list[Edge]]:
        """The units in force on the day from which some way leads to the unit, and the edges of these ways."""
        sources: dict[str, Unit] = {}
        edges: dict[Edge, None] = {}
        waiting, seen = [unit], {unit.id}
        while waiting:
            for edge in self._changes.arriving(waiting.pop().id):
                source = self._ontology.units[edge.source]
                if source.valid_to is not None and source.valid_to < on:
                    continue
                edges[edge] = None
                if source.id not in seen:
                    seen.add(source.id)
                    waiting.append(source)  # also one in force: what it took in after the day comes through it
                    if self._ontology.stood(source, on):
                        sources[source.id] = source
        return list(sources.values()), list(edges)

    # Districts

    def _level_ended(self, unit: Unit, on: str) -> bool:
        ended = unit.valid_to is not None and unit.valid_to < on
        return unit.level == "district" and ended and on >= REFORM

    def _communes(self, district: Unit) -> tuple[list[Unit], Walk | None]:
        """The communes of a district on its last day; where they are not known, those of what it became by the eve of
        the day on which the level ended, with the way there."""
        own = list(self._ontology.children(district, district.valid_to))
        if own or (district.valid_to or "") >= day_before(REFORM):
            return own, None
        later = self.walk(district, day_before(REFORM), "any")
        heirs = [self._ontology.units[identifier] for identifier in later.at]
        return [commune for heir in heirs for commune in self._communes(heir)[0]], later

    def _through_communes(
        self, district: Unit, communes: Sequence[Unit], later: Walk | None, on: str, matter: Matter
    ) -> Lineage:
        if later and _some_lost(later):
            return Lineage(district, on, matter, "unknown", "succession")
        own = {commune.id for commune in communes}
        shares: defaultdict[str, list[Share]] = defaultdict(list)
        passed: dict[Edge, None] = dict.fromkeys(later.passed if later else ())
        lost: list[Unit] = []
        for commune in communes:
            walk = self.walk(commune, on, matter)
            passed.update(dict.fromkeys(walk.passed))
            lost += walk.lost
            for identifier, share in walk.at.items():
                shares[identifier].append(share)
        held = {}
        by_list = later is not None and any(share.listed for share in later.at.values())
        for target, parts in shares.items():
            together = _together(parts)
            inside = "possible" if later else self._contained(target, together, own, district.valid_to or on, matter)
            held[target] = Share(inside, False, by_list or together.listed, together.last)
        steps = [self._step(target, share) for target, share in held.items()]
        verdict = self._verdict(list(held.values()), lost)
        return self._lineage(district, on, matter, verdict, steps, passed=passed, level_ended=True)

    def _contained(self, target: str, together: Share, own: Collection[str], day: str, matter: Matter) -> Extent:
        """Whether all that a commune was made of lay in the district on that day (``contains``) or only some of it."""
        if together.extent == "possible":
            return together.extent
        givers, _ = self._givers(self._ontology.units[target], day, matter)
        return "contains" if all(giver.id in own for giver, _ in givers) else "contains_part"

    # Answers

    def _verdict(self, shares: Sequence[Share], lost: Sequence[Unit]) -> Verdict:
        """How sure it is where the unit is: one taker is certain, several are candidates, a list alone proves none."""
        on_list = any(share.listed for share in shares) or any(self._changes.ended_by_list(unit) for unit in lost)
        weakest = "list" if on_list else "succession"
        if not shares:
            return "unknown", weakest
        if len(shares) > 1 or lost or on_list:
            return "candidates", weakest
        return "certain", None

    def _lineage(
        self,
        unit: Unit,
        on: str,
        matter: Matter,
        verdict: Verdict,
        steps: Iterable[Step],
        *,
        passed: Iterable[Edge],
        first: Collection[str] = (),
        level_ended: bool = False,
    ) -> Lineage:
        found = tuple(steps)
        if len(found) > 1:
            found = tuple(
                sorted(found, key=lambda step: (step.unit.id not in first, step.unit.code or "~", step.unit.id))
            )
        return Lineage(unit, on, matter, *verdict, found, level_ended, partial(self._changes.told, passed))

    def _step(self, identifier: str, share: Share) -> Step:
        return Step(self._ontology.units[identifier], share.extent, *self._cited(share.last))

    def _cited(self, edge: Edge | None) -> tuple[str | None, str | None]:
        event = self._changes.events.get(edge.event) if edge else None
        return (event.act, event.clause) if event else (None, None)


def _some_lost(walk: Walk) -> bool:
    """Whether some of what was walked is known to have gone elsewhere, and not where."""
    leaving: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in walk.passed:
        leaving[edge.source].append(edge)
    lone = (edges[0] for edges in leaving.values() if len(edges) == 1)
    return bool(walk.lost) or any(
        edge.extent != "possible" and not extents.is_all(edge.extent, "any") for edge in lone
    )


def _all_people(step: Step) -> Step:
    """The taker of all people, which some path through a mixed unit left as merely possible."""
    return replace(step, extent="part_area_all_pop") if step.extent == "possible" else step


def _all_of_it(share: Share) -> bool:
    return extents.is_all(share.extent, "any")


def _some_without_people(passed: Iterable[Edge]) -> bool:
    """Whether on some edge land alone was handed over: else the people are wherever the land is."""
    return any(not extents.counts(edge.extent, "civil") for edge in passed)


def _together(shares: Sequence[Share]) -> Share:
    """The parts that reach one unit as one; what is sure among them is cited."""
    if len(shares) == 1:
        return shares[0]
    cited = min(shares, key=lambda share: share.extent == "possible")
    extent = extents.meeting([share.extent for share in shares])
    return Share(extent, all(share.pure for share in shares), any(share.listed for share in shares), cited.last)
