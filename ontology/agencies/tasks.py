"""What is known of who does an ended body's work today: ``agencies_tasks.csv``.

No act names who continues and settles: assignments do, and none is loaded. The rows say what acts provide for kinds of
matters; they are no assignment.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ontology.agencies.bodies import Ground, Scope, cell, ground_of
from ontology.agencies.dated import Agency, before
from ontology.names import rows


@dataclass(frozen=True, slots=True)
class TaskRule:
    """A row: for which bodies (of these kinds, or these bodies) that ended since when, about which matter, and where an
    act sends it (codes of the message catalogue)."""

    id: str
    kinds: frozenset[str]
    bodies: frozenset[str]
    scope: Scope
    since: str
    matter: str
    to: str
    ground: Ground


@cache
def task_rules() -> tuple[TaskRule, ...]:
    """The rows of the table."""
    return tuple(
        TaskRule(
            row["id"],
            frozenset(cell(row["kinds"])),
            frozenset(cell(row["bodies"])),
            Scope(frozenset(cell(row["levels"]))),
            row["since"],
            row["matter"],
            row["to"],
            ground_of(row),
        )
        for row in rows("agencies_tasks.csv")
    )


def provided(agency: Agency) -> list[TaskRule]:
    """What acts provide for the tasks of a body that ended with the reform of 2025; nothing for others."""
    return [
        rule
        for rule in task_rules()
        if agency.closed is not None
        and agency.closed.day is not None
        and not before(agency.closed.day, rule.since)
        and (agency.body.kind in rule.kinds or agency.body.id in rule.bodies)
        and rule.scope.holds(agency.unit, agency.province)
    ]
