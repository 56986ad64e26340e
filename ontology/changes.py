"""The events and the edges they drew, from both ends; where only a list is known, what it makes possible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from ontology.model import Edge, Event, EventSummary, EventUnit, Extent, Unit
from ontology.validity import day_after


class Changes:
    """What every event took in and gave out."""

    def __init__(
        self,
        units: Mapping[str, Unit],
        events: Mapping[str, Event],
        edges: Iterable[Edge],
        event_units: Iterable[EventUnit],
    ) -> None:
        self.events = events
        self._units = units
        self._edges = tuple(edges)
        self._event_units = tuple(event_units)

    def leaving(self, unit: str) -> tuple[Edge, ...]:
        """The edges from a unit (id): those of acts and lists, and the possible ones of a list that names no taker."""
        return self._by_source.get(unit, ())

    def arriving(self, unit: str) -> tuple[Edge, ...]:
        """The edges to a unit (id)."""
        return self._by_target.get(unit, ())

    def extent(self, source: Unit, target: Unit) -> Extent | None:
        """The extent of the direct edge between two units, None where there is none."""
        return next((edge.extent for edge in self.leaving(source.id) if edge.target == target.id), None)

    def is_listed(self, edge: Edge) -> bool:
        """Whether the edge rests on a list, not on an act."""
        return edge.extent == "possible" or self.events[edge.event].basis == "list"

    def ended_by_list(self, unit: Unit) -> bool:
        """Whether all that is known of the unit's end is that a list no longer has it."""
        return unit.id in self._ends_on_list

    def summaries(self, passed: Iterable[Edge]) -> Iterator[EventSummary]:
        """The events of these edges in order of time, each with all it took in and gave out."""
        by_event: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in passed:
            by_event[edge.event].append(edge)
        for name in sorted(by_event, key=lambda name: (self.events[name].date, _clause(self.events[name]), name)):
            edges = self._edges_of.get(name) or by_event[name]
            took = dict.fromkeys((self._units[edge.source], edge.extent) for edge in edges)
            gave = dict.fromkeys(self._units[edge.target] for edge in edges)
            yield EventSummary(self.events[name], tuple(took), tuple(gave))

    @cached_property
    def _all_edges(self) -> tuple[Edge, ...]:
        return self._edges + tuple(self._possible())

    def _possible(self) -> Iterator[Edge]:
        """For a unit that a list drops or renames without saying where it went: the units that the same event
        brought, and those that began that day in the same district (DESIGN.md §5, "Certainty")."""
        followed = {edge.source for edge in self._edges if edge.extent != "possible"}
        drawn = {(edge.source, edge.target) for edge in self._edges}
        given: defaultdict[str, list[str]] = defaultdict(list)
        for part in self._event_units:
            if part.role == "gave":
                given[part.event].append(part.unit)
        begun: defaultdict[tuple[str, str | None], list[str]] = defaultdict(list)
        for unit in self._units.values():
            begun[unit.valid_from, unit.parent].append(unit.id)
        for identifier, event in self._ends_on_list.items():
            unit = self._units[identifier]
            if identifier in followed or unit.valid_to is None:
                continue
            beside = begun[day_after(unit.valid_to), unit.parent]
            for target in sorted({*given[event], *beside} - {identifier}):
                if (identifier, target) not in drawn:
                    yield Edge(event, identifier, target, "possible")

    @cached_property
    def _ends_on_list(self) -> dict[str, str]:
        """Unit id → the list's event that dropped it."""
        return {
            part.unit: part.event
            for part in self._event_units
            if part.role == "took" and self.events[part.event].basis == "list"
        }

    @cached_property
    def _by_source(self) -> dict[str, tuple[Edge, ...]]:
        found: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in self._all_edges:
            found[edge.source].append(edge)
        return {unit: tuple(edges) for unit, edges in found.items()}

    @cached_property
    def _by_target(self) -> dict[str, tuple[Edge, ...]]:
        found: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in self._all_edges:
            found[edge.target].append(edge)
        return {unit: tuple(edges) for unit, edges in found.items()}

    @cached_property
    def _edges_of(self) -> dict[str, tuple[Edge, ...]]:
        found: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in self._edges:
            found[edge.event].append(edge)
        return {event: tuple(edges) for event, edges in found.items()}


def _clause(event: Event) -> tuple[int, str]:
    clause = event.clause or ""
    return (int(clause), "") if clause.isdigit() else (0, clause)
