"""Exceptions to the rules about the days of bodies: plain values, and the package's own table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from ontology.agencies.bodies import Body, Ground, Scope, cell, ground_of, scope_of
from ontology.model import Unit
from ontology.names import rows

Effect = Literal["absent", "opens", "closes", "renamed", "founded", "none"]
"""What a row says of the bodies of its units: there were none in that time; their first, their last day; they bore
another name; there was a body that the tables lack; nothing (it takes the package's row of that id away)."""


@dataclass(frozen=True, slots=True)
class BodyException:
    """A row of the exceptions, for the bodies and units named (none: all in the scope). ``heirs``: who took over where
    it closes a body, kinds of bodies of the same unit or ids of agencies; ``source`` (a file and its row), ``note`` and
    ``name`` (as it is written, with ``{unit}``): of a row of the archive's own, None for the package's."""

    id: str
    bodies: frozenset[str]
    scope: Scope
    effect: Effect
    since: str
    until: str
    ground: Ground
    heirs: tuple[str, ...] = ()
    source: str | None = None
    note: str | None = None
    name: str | None = None

    def holds(self, body: Body, unit: Unit, province: str) -> bool:
        """Whether it is about that body of that unit."""
        return (not self.bodies or body.id in self.bodies) and self.scope.holds(unit, province)

    @property
    def overrides(self) -> bool:
        """Whether it sets also a day that follows from the kind of body: an archive's row that names the bodies does."""
        return self.source is not None and bool(self.bodies)


@cache
def built_in() -> tuple[BodyException, ...]:
    """The package's exceptions, in the order of the table."""
    return tuple(
        BodyException(
            row["id"],
            frozenset(cell(row["bodies"])),
            scope_of(row),
            cast(Effect, row["effect"]),
            row["since"],
            row["until"],
            ground_of(row),
            tuple(cell(row["heirs"])),
        )
        for row in rows("agencies_exceptions.csv")
    )
