"""The events and the edges they drew, from both ends; where only a list is known, what it makes possible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from ontology.model import Alias, Edge, Event, EventSummary, EventUnit, Extent, Unit
from ontology.names import loose, split_type
from ontology.validity import day_after


class Changes:
    """What every event took in and gave out."""

    def __init__(
        self,
        units: Mapping[str, Unit],
        events: Mapping[str, Event],
        edges: Iterable[Edge],
        event_units: Iterable[EventUnit],
        aliases: Sequence[Alias] = (),
    ) -> None:
        self.events = events
        self._units = units
        self._given_edges = edges
        self._given_event_units = event_units
        self._aliases = aliases

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

    def told(self, passed: Iterable[Edge]) -> tuple[EventSummary, ...]:
        """The events of these edges in order of time: the units reached by them, and all that these were made of."""
        reached: defaultdict[str, set[str]] = defaultdict(set)
        for edge in passed:
            reached[edge.event].add(edge.target)
        found = []
        for name in sorted(reached, key=lambda name: (self.events[name].date, _clause(self.events[name]), name)):
            made = [edge for target in sorted(reached[name]) for edge in self.arriving(target) if edge.event == name]
            took = dict.fromkeys((self._units[edge.source], edge.extent) for edge in sorted(made, key=_by_source))
            gave = dict.fromkeys(self._units[edge.target] for edge in made)
            found.append(EventSummary(self.events[name], tuple(took), tuple(gave)))
        return tuple(found)

    @cached_property
    def _edges(self) -> tuple[Edge, ...]:
        return tuple(self._given_edges)

    @cached_property
    def _event_units(self) -> tuple[EventUnit, ...]:
        return tuple(self._given_event_units)

    @cached_property
    def _all_edges(self) -> tuple[Edge, ...]:
        return self._edges + tuple(self._possible())

    def _possible(self) -> Iterator[Edge]:
        """For a unit of which a list says that it ended or got another name, and not where it went: what it can have
        become, each named once (DESIGN.md §5, "Certainty")."""
        followed = {edge.source for edge in self._edges if edge.extent != "possible"}
        continuing = {edge.source for edge in self._edges}
        explained = {edge.target for edge in self._edges}
        for unit in self._units.values():
            if unit.valid_to is None or unit.id in followed:
                continue
            event = self._list_that_ended(unit)
            if event is None:
                continue
            if unit.id in continuing:  # else it can only have lost land to new units of unknown origin
                targets = {other for other in self._given[event] if other not in explained}
            else:
                targets = self._can_have_become(unit, event)
            for target in sorted(targets):
                if self._units[target].level == unit.level and target != unit.id:
                    yield Edge(event, unit.id, target, "possible")

    def _list_that_ended(self, unit: Unit) -> str | None:
        """The list's event by which the unit ended; a district that no row names ended when its communes left it."""
        named = self._ends_on_list.get(unit.id) or unit.ended_by
        if named is None and unit.level != "commune":
            children = (child for child in self._below[unit.line] if child.valid_to == unit.valid_to)
            named = next((child.ended_by for child in children if child.ended_by), None)
        event = self.events.get(named) if named else None
        return event.id if event and event.basis == "list" else None

    def _can_have_become(self, unit: Unit, event: str) -> set[str]:
        """The units that the same event brought, those that began that day under the same parent, those known by its
        name since, and those that its own communes lay in from that day."""
        assert unit.valid_to is not None
        day = day_after(unit.valid_to)
        begun = {other.id for other in self._begun[day, unit.parent]}
        found = {*self._given[event], *(begun - self._unchanged)}
        names = {loose(unit.name), loose(split_type(unit.name)[1])} if self._aliases else set()
        for known in (known for name in names for known in self._known_as.get(name, ())):
            now = self._on(known.line, day)
            if now and unit.parent in (known.parent, now.parent):
                found.add(now.id)
        for child in self._below.get(unit.line, ()):
            now = self._on(child.line, day) if child.in_force(unit.valid_to) else None
            parent = self._on(now.parent, day) if now and now.parent else None
            if parent:
                found.add(parent.id)
        return found

    def _on(self, line: str, day: str) -> Unit | None:
        return next((unit for unit in self._lines[line] if unit.in_force(day)), None)

    @cached_property
    def _given(self) -> defaultdict[str, list[str]]:
        """Event → the units it gave out."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for part in self._event_units:
            if part.role == "gave":
                found[part.event].append(part.unit)
        return found

    @cached_property
    def _begun(self) -> defaultdict[tuple[str, str | None], list[Unit]]:
        """Day and parent → the units that began there."""
        found: defaultdict[tuple[str, str | None], list[Unit]] = defaultdict(list)
        for unit in self._units.values():
            found[unit.valid_from, unit.parent].append(unit)
        return found

    @cached_property
    def _unchanged(self) -> frozenset[str]:
        """Units of which the one that each was before is known."""
        return frozenset(edge.target for edge in self._edges if edge.extent == "unchanged")

    @cached_property
    def _below(self) -> defaultdict[str, list[Unit]]:
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self._units.values():
            if unit.parent:
                found[unit.parent].append(unit)
        return found

    @cached_property
    def _lines(self) -> defaultdict[str, list[Unit]]:
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self._units.values():
            found[unit.line].append(unit)
        return found

    @cached_property
    def _known_as(self) -> dict[str, list[Unit]]:
        """Loose name → the units that have it as an alias: merged-away units live on in such names."""
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for alias in self._aliases:
            if alias.unit in self._units:
                for name in {loose(alias.alias), loose(split_type(alias.alias)[1])}:
                    found[name].append(self._units[alias.unit])
        return found

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


def _by_source(edge: Edge) -> str:
    return edge.source


def _clause(event: Event) -> tuple[int, str]:
    clause = event.clause or ""
    return (int(clause), "") if clause.isdigit() else (0, clause)
