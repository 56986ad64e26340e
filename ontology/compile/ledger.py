"""What the compiler writes into: unit versions line by line, events, edges, and what each event took and gave."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from ontology.model import Basis, Extent, Level

FIRST_LIST = "2007-12-17"
"""The earliest list of the whole country that can be rebuilt (DESIGN.md §5)."""


@dataclass(slots=True, eq=False)
class Version:
    """One row of ``units.csv``; the fields are those of ``ontology.model.Unit``.

    Edges refer to the value itself, not to its id: an older source may still move its beginning.
    """

    line: str
    code: str
    name: str
    type: str
    level: Level
    parent: str
    start: str
    certain: bool = True
    end: str = ""
    began_by: str = ""
    ended_by: str = ""
    source: str = ""

    @property
    def id(self) -> str:
        """``code@valid_from``, with the line where there is no code."""
        return f"{self.code or self.line}@{self.start}"

    def in_force(self, day: str) -> bool:
        """Whether it is in force on the day."""
        return self.start <= day and (not self.end or day <= self.end)


@dataclass(slots=True)
class Happening:
    """One row of ``events.csv``."""

    id: str
    date: str
    act: str
    clause: str
    kind: str
    basis: Basis
    certainty: str
    source: str
    note: str = ""


@dataclass(slots=True)
class Dispute:
    """One row of ``disagreements.csv``; the fields are those of ``ontology.model.Disagreement``.

    ``unit`` may be a line where no version is meant.
    """

    id: str
    kind: str
    unit: Version | str
    source: str
    says: str
    against: str
    against_says: str
    held: str
    reason: str
    other: Version | None = None
    date: str = ""


@dataclass(slots=True)
class Ledger:
    """All tables while they grow."""

    lines: dict[str, list[Version]] = field(default_factory=lambda: defaultdict(list))
    events: dict[str, Happening] = field(default_factory=dict)
    edges: dict[tuple[str, Version, Version], Extent] = field(default_factory=dict)
    event_units: dict[tuple[str, Version, str], Extent | None] = field(default_factory=dict)
    aliases: set[tuple[str, str, str, str]] = field(default_factory=set)
    disputes: dict[str, Dispute] = field(default_factory=dict)

    def add(self, version: Version) -> Version:
        """Keep a version; its line stays in order of time."""
        versions = self.lines[version.line]
        if version not in versions:
            versions.append(version)
        versions.sort(key=lambda each: each.start)
        return version

    def at(self, line: str, day: str) -> Version | None:
        """The version of a line in force on a day."""
        return next((each for each in self.lines.get(line, ()) if each.in_force(day)), None)

    def event(self, event: Happening) -> Happening:
        """Keep an event; one that is there already stays as it is."""
        return self.events.setdefault(event.id, event)

    def link(self, event: str, source: Version, target: Version, extent: Extent) -> None:
        """An edge, with what the event took and gave."""
        self.edges[event, source, target] = extent
        self.took(event, source, extent)
        self.gave(event, target)

    def carry_on(self, previous: Version, version: Version, *, kind: str, certainty: str, source: str) -> None:
        """A list shows that the unit went on as ``version``, with an event of its own that changed nothing else."""
        event = self.event(
            Happening(
                id=f"list:{version.start}:{version.code}",
                date=version.start,
                act="",
                clause="",
                kind=kind,
                basis="list",
                certainty=certainty,
                source=source,
            )
        )
        previous.end, previous.ended_by = day_before(version.start), event.id
        version.began_by = event.id
        self.link(event.id, previous, version, "unchanged")

    def took(self, event: str, unit: Version, extent: Extent | None = None) -> None:
        """The event took the unit in; an extent that is known stays."""
        if extent is not None or (event, unit, "took") not in self.event_units:
            self.event_units[event, unit, "took"] = extent

    def gave(self, event: str, unit: Version) -> None:
        """The event gave the unit out."""
        self.event_units.setdefault((event, unit, "gave"), None)

    def dispute(self, dispute: Dispute) -> None:
        """Keep a disagreement of sources. Raises ValueError where its id is taken."""
        if dispute.id in self.disputes:
            raise ValueError(f"two disagreements of one id: {dispute.id}")
        self.disputes[dispute.id] = dispute

    def versions(self) -> list[Version]:
        """All versions, by line and time."""
        return [version for line in sorted(self.lines) for version in self.lines[line]]


def day_before(day: str) -> str:
    """The day before an ISO day; of a month, the month before."""
    if len(day) == len("YYYY-MM"):
        return (date.fromisoformat(f"{day}-01") - timedelta(days=1)).strftime("%Y-%m")
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
