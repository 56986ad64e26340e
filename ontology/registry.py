"""The dated units of Viet Nam as one object: what a name means on a day, what stood above and below, what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any, Literal, TypeVar

from ontology import dates
from ontology.changes import Changes
from ontology.errors import UnitNotFound
from ontology.lineage import Lineages
from ontology.model import Alias, Argument, Candidate, Edge, Event, EventUnit, Lineage, Matter, Unit
from ontology.name_index import same_name
from ontology.resolver import Resolver
from ontology.snapshot import Snapshot
from ontology.validity import REFORM, common, day_after, day_before, within_time
from ontology.vintage import Vintage, vintage

Row = TypeVar("Row")


class Ontology:
    """Units, and what the acts did to them. Indexes are built when first needed; nothing is written to."""

    def __init__(
        self,
        units: Mapping[str, Unit],
        events: Mapping[str, Event] | None = None,
        edges: Iterable[Edge] = (),
        event_units: Iterable[EventUnit] = (),
        aliases: Sequence[Alias] = (),
    ) -> None:
        self.units = units
        self.changes = Changes(units, events or {}, edges, event_units, aliases)
        self._lineages = Lineages(self, self.changes)
        self.resolver = Resolver(self, aliases)
        self._around = lru_cache(maxsize=65536)(self._one_around)
        self._early = lru_cache(maxsize=64)(self._early_on)
        self._containers = lru_cache(maxsize=None)(self._all_containers)
        self._parents_on = lru_cache(maxsize=65536)(lambda unit, day: tuple(self._above(unit, day)))

    # Units through time

    def unit(self, identifier: str) -> Unit:
        """The unit version of that id. Raises UnitNotFound."""
        try:
            return self.units[identifier]
        except KeyError:
            raise UnitNotFound(identifier) from None

    def versions(self, line: str) -> tuple[Unit, ...]:
        """All versions under one code (or slug), the earliest first. A code passes to other units: see ``same``."""
        return self._lines.get(line, ())

    def version_on(self, line: str, day: str) -> Unit | None:
        """The version of that line in force on the day, else the nearest in time; None for an unknown line."""
        versions = self.versions(line)
        past = [version for version in versions if version.valid_from <= day]
        return past[-1] if past else next(iter(versions), None)

    def same(self, unit: Unit) -> tuple[Unit, ...]:
        """The versions of the line that are this very unit, the earliest first: a code given to another unit, as on
        1 July 2025, ends the row."""
        versions = self.versions(unit.line)
        start = end = versions.index(unit)
        while start > 0 and self._continues(versions[start - 1], versions[start]):
            start -= 1
        while end + 1 < len(versions) and self._continues(versions[end], versions[end + 1]):
            end += 1
        return versions[start : end + 1]

    def _continues(self, former: Unit, later: Unit) -> bool:
        extent = self.changes.extent(former, later)
        if extent == "unchanged":
            return True
        touching = former.valid_to is not None and day_after(former.valid_to) >= later.valid_from
        return touching and later.valid_from != REFORM and same_name(former, later)

    def parents(self, unit: Unit, on: str | None = None) -> tuple[Unit, ...]:
        """The containing units on that day (by default, and for a day outside its time, its last or first day in
        force), nearest first. A unit whose beginning is not known lay in what there was on the earlier day."""
        day = on or dates.today()
        if unit.valid_from_certain or day >= unit.valid_from:
            day = within_time(unit, day)
        return self._parents_on(unit, day)

    def _above(self, unit: Unit, day: str) -> Iterable[Unit]:
        line = unit.parent
        while line is not None and (parent := self._around(line, day)) is not None:
            yield parent
            line = parent.parent

    def _one_around(self, line: str, day: str) -> Unit | None:
        """The version of a containing line on the day. Of a line that an act began after it: what that was made of,
        where it is one unit of the same level (before the thị xã Kỳ Anh the huyện), None where it is several."""
        found = self.version_on(line, day)
        if found is None or day >= found.valid_from or self.stood(found, day):
            return found
        former = {step.unit.id: step.unit for step in self.predecessors(found, day).steps}
        alike = [unit for unit in former.values() if unit.level == found.level]
        return alike[0] if len(alike) == 1 else None

    def lay_once(self, unit: Unit, place: Unit) -> bool:
        """Whether a unit of unknown beginning can have lain in a place of an earlier day, by what its containing units
        were made of (huyện Lý Nhân, first listed in Hà Nam: in Hà Nam Ninh)."""
        if unit.valid_from_certain or place.valid_from >= unit.valid_from:
            return False
        day = min(place.valid_to or unit.valid_from, day_before(unit.valid_from))
        line = unit.parent
        while line is not None and (above := self.version_on(line, day)) is not None:
            former = [above]
            if day < above.valid_from and not self.stood(above, day):
                former = [step.unit for step in self.predecessors(above, day).steps]
            if place in former:
                return True
            around = self._around(line, day)
            line = around.parent if around else None
        return False

    def children(self, unit: Unit, on: str | None = None) -> tuple[Unit, ...]:
        """The units directly below on that day (as for ``parents``), by code; those whose beginning is not known too,
        where it lies after that day."""
        day = within_time(unit, on or dates.today())
        found = [child for child in self._below.get(unit.line, ()) if child.in_force(day)]
        early = self._early(day).get(unit.id, ())
        return tuple(sorted([*found, *early], key=lambda child: child.id)) if early else tuple(found)

    def _early_on(self, day: str) -> dict[str, list[Unit]]:
        """Unit id → the units of unknown beginning that lay in it on a day before the list that has them first."""
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for line, units in self._begun_unknown.items():
            early = [unit for unit in units if day < unit.valid_from]
            if early and (home := self._around(line, day)):
                found[home.id] += early
        return found

    def stood(self, unit: Unit, day: str) -> bool:
        """Whether the unit was there on the day for all that is known: in force, or the first of its line, found in the
        first list that there is, with a beginning that is not known."""
        if unit.in_force(day):
            return True
        unknown = day < unit.valid_from and not unit.valid_from_certain
        return unknown and self.versions(unit.line)[0] is unit

    def ancestors(self, unit: Unit) -> frozenset[str]:
        """The ids of every version that contained the unit at any time of its validity."""
        return self._containers(unit.line, unit.parent, unit.valid_from, unit.valid_to)

    def _all_containers(self, line: str, parent: str | None, start: str, end: str | None) -> frozenset[str]:
        found: set[str] = set()
        for version in self.versions(parent) if parent else ():
            if overlap := common(version, start, end):
                found |= {version.id} | self._containers(version.line, version.parent, *overlap)
        return frozenset(found)

    def under(self, unit: Unit) -> frozenset[str]:
        """The ids of all versions of the unit, with all units that were ever below them."""
        found: set[str] = set()
        waiting = [(version, version.valid_from, version.valid_to) for version in self.same(unit)]
        while waiting:
            version, start, end = waiting.pop()
            found.add(version.id)
            for child in self._below.get(version.line, ()):
                if child.id not in found and (overlap := common(child, start, end)):
                    waiting.append((child, *overlap))
        return frozenset(found)

    def as_of(self, day: str) -> Snapshot:
        """The map of a day (ISO)."""
        return Snapshot(self, day)

    @cached_property
    def _begun_unknown(self) -> dict[str, list[Unit]]:
        """Containing line → the units below it that stood before the list that has them first."""
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            if unit.parent and not unit.valid_from_certain and self.versions(unit.line)[0] is unit:
                found[unit.parent].append(unit)
        return found

    @cached_property
    def _lines(self) -> dict[str, tuple[Unit, ...]]:
        lines: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            lines[unit.line].append(unit)
        return {line: tuple(sorted(found, key=lambda unit: unit.valid_from)) for line, found in lines.items()}

    @cached_property
    def _below(self) -> dict[str, tuple[Unit, ...]]:
        below: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            if unit.parent:
                below[unit.parent].append(unit)
        return {line: tuple(sorted(found, key=lambda unit: unit.id)) for line, found in below.items()}

    # Names

    def find(
        self, name: str, at: str | None = None, within: str | None = None, nearby: Sequence[str] = ()
    ) -> list[Candidate]:
        """The dated units that a name can mean, best first; empty when there is none.

        ``name`` may have containing units after commas; ``at`` (ISO) ranks and never excludes; ``nearby`` are names
        of units named close by: more and nearer ones rank higher. Only where no name fits in the containing units are
        near misses given, with one of the reasons ``scoring.NEAR_MISS``: names misread (``misspelt``), containing units
        misread (``within_misread``), and beside these the units of that very name elsewhere (``not_within``).
        """
        return self.resolver.find(name, at=at, within=within, nearby=nearby)

    def argument(
        self,
        text: str,
        *,
        within: str | None = None,
        at: str | None = None,
        prefer: Literal["ended", "in_force"] | None = None,
    ) -> Argument:
        """The unit that a user's UNIT argument means: an id, or a name with its containing units (DESIGN.md §5).

        Without ``at``, ``prefer`` chooses between ended units and units in force where there are both.
        Raises UnitNotFound (with near misses) and AmbiguousUnit.
        """
        return self.resolver.argument(text, within=within, at=at, prefer=prefer)

    def resolve(
        self,
        name: str,
        type: str | None = None,
        *,
        on: str | None = None,
        within_units: Sequence[str] = (),
        inside: Sequence[str] = (),
        nearby: Sequence[str] = (),
        levels: Collection[str] = (),
        former: bool = False,
    ) -> list[Candidate]:
        """What a place named in a text can mean, best first. ``type``: its type word in full, lower case.

        ``on``: the record's date; ``within_units``: ids of units the record is about (of its fonds, its issuer),
        which contain the place or neighbour on it; ``inside``: ids of what one unit can be that the text itself puts
        around it ("xã A, huyện B"); ``nearby``: ids of places named close by; ``levels``: at which it can stand;
        ``former``: the text says that it is no more ("xã A (cũ)"). A decided place is a
        single candidate; several are those that cannot be told apart.
        """
        return self.resolver.resolve(
            name, type, on=on, within_units=within_units, inside=inside, nearby=nearby, levels=levels, former=former
        )

    # What became of a unit

    def successors(self, unit: Unit, on: str | None = None, matter: Matter = "any") -> Lineage:
        """What the unit's territory and people belong to on a day (default: today)."""
        return self._lineages.successors(unit, on or dates.today(), matter)

    def predecessors(self, unit: Unit, on: str | None = None, matter: Matter = "any") -> Lineage:
        """What the unit was made of on a day (default: the day before it began)."""
        return self._lineages.predecessors(unit, on or day_before(unit.valid_from), matter)

    def vintage(self, names: Iterable[str], *, within: str | None = None, whole: Unit | None = None) -> Vintage:
        """The days to which a list of names belongs; see ``ontology.vintage``."""
        return vintage(self, names, within=within, whole=whole)

    def unit_json(self, unit: Unit, on: str | None = None) -> dict[str, Any]:
        """The ``unit`` value of the contract, its parents as on that day."""
        return {
            "id": unit.id,
            "code": unit.code,
            "name": unit.name,
            "type": unit.type,
            "level": unit.level,
            "parents": [{"id": parent.id, "name": parent.name} for parent in self.parents(unit, on)],
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
            "valid_from_certain": unit.valid_from_certain,
        }


@cache
def load() -> Ontology:
    """The ontology of the package's tables, read once."""
    from ontology import tables

    return Ontology(
        tables.units(),
        tables.events(),
        _when_needed(tables.edges),
        _when_needed(tables.event_units),
        tables.aliases(),
    )


def _when_needed(read: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    """The rows of a table that is read when the first of them is asked for: a name needs no edges."""
    yield from read()
