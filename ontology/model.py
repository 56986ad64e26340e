"""Plain values of the ontology: dated units, what each act changed, and the answers given from them.

Dates are ISO strings: ``YYYY-MM-DD``, or ``YYYY-MM`` / ``YYYY`` where no more is known; they compare as strings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["province", "district", "commune"]
Extent = Literal[
    "whole",
    "part",
    "part_area_only",
    "part_area_all_pop",
    "part_pop",
    "whole_area_only",
    "unchanged",
    "possible",
    "contains",
    "contains_part",
]
Matter = Literal["any", "civil", "land"]
Certainty = Literal["certain", "by_population", "candidates", "unknown"]
Basis = Literal["act", "list", "reviewed"]

CERTAINTY_ORDER: tuple[Certainty, ...] = ("certain", "by_population", "candidates", "unknown")
"""From the surest to the least sure: the answer shows the least of its parts (DESIGN.md §4.12)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One version of an administrative unit: it begins when code, name, type, level, direct parent or territory changes.

    ``id`` is ``code@valid_from``; ``line`` is what its versions share (the code, or an ``x-`` slug for a unit
    without one); ``parent`` is the *line* of the direct parent (``None`` for a province), whose version is looked up
    by day, so that a change further up makes no new version here. ``valid_to`` is the last day in force, or None.
    ``began_by`` and ``ended_by`` are events, None where the change is not known.
    ``name`` has its type word ("Phường Cửa Nam"); ``type`` is lower case ("phường").
    """

    id: str
    line: str
    code: str | None
    name: str
    type: str
    level: Level
    parent: str | None
    valid_from: str
    valid_to: str | None = None
    valid_from_certain: bool = True
    began_by: str | None = None
    ended_by: str | None = None

    def __hash__(self) -> int:
        """Of the id, which is unique: units are keys wherever lineages are remembered."""
        return hash(self.id)

    def in_force(self, day: str) -> bool:
        """Whether the version is in force on ``day`` (ISO)."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Edge:
    """``source`` (unit id) went to ``target`` (unit id) with ``extent`` by one event.

    ``clause`` is the number of the clause in article 1 as a string, None where there is none.
    """

    event: str
    source: str
    target: str
    extent: Extent


@dataclass(frozen=True, slots=True)
class Event:
    """One change: an act's clause, or a day and district of a list where the act's text is not known (``basis="list"``).

    ``certainty`` is that of the source: "sure", "likely", "check".
    """

    id: str
    date: str
    act: str | None
    clause: str | None
    kind: str
    basis: Basis
    source: str = ""
    certainty: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventUnit:
    """A unit (id) that an event took in (``role`` "took") or gave out ("gave").

    Stands also where the event is known from a list and no edge is: ``extent`` is None when it is not known.
    """

    event: str
    unit: str
    role: str
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a unit: ``unit`` is a version's id. ``year`` is that of the source, None where unknown."""

    unit: str
    alias: str
    source: str
    year: str | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two public sources that differ about ``unit`` (a version's id, or a line), or about what joins it with ``other``.

    ``source`` is contradicted by ``against``; ``held`` is what the product holds, ``reason`` why. Kinds and phrases are
    those of ``ontology.disagreements``. ``date`` is the day that it is about, None where there is none.
    """

    id: str
    kind: str
    unit: str
    other: str | None
    date: str | None
    source: str
    says: str
    against: str
    against_says: str
    held: str
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a name can mean. ``score`` is in 0..1; ``reasons`` are codes of the message catalogue."""

    unit: Unit
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """The unit a user's argument means, and the other versions of that name it could have meant."""

    unit: Unit
    also: tuple[Unit, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One unit at the far end of a lineage, with the last event's act and clause."""

    unit: Unit
    extent: Extent
    act: str | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class EventSummary:
    """An event on the path: what it took in and gave out (unit, extent)."""

    event: Event
    took: tuple[tuple[Unit, Extent], ...]
    gave: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """What became of a unit (or what it was made of) on a day, for a kind of matter.

    ``tell`` gives the events of the way: most questions do not ask for them.
    """

    unit: Unit
    on: str
    matter: Matter
    certainty: Certainty
    weakest: str | None
    steps: tuple[Step, ...] = ()
    level_ended: bool = False
    tell: Callable[[], tuple[EventSummary, ...]] = field(default=tuple, repr=False, compare=False)

    @property
    def events(self) -> tuple[EventSummary, ...]:
        """The events on the way in order of time, each with all that it took in and gave out there."""
        return self.tell()
