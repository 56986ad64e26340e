"""The schema of the Neo4j store: numbered migrations whose statements may be run again, and the indexes they make."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_NAMED = re.compile(r"CREATE (?:CONSTRAINT|\w+ INDEX) (\w+) IF NOT EXISTS")


@cache
def migrations() -> tuple[tuple[str, ...], ...]:
    """The statements of each migration, in order; the first makes version 1."""
    folder = files("kg.store.neo4j.migrations")
    scripts = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".cypher")), key=lambda entry: entry.name
    )
    return tuple(_statements(script.read_text(encoding="utf-8")) for script in scripts)


def current() -> int:
    """The version that this program writes."""
    return len(migrations())


@cache
def names() -> frozenset[str]:
    """The names of the constraints and indexes that a store must have."""
    return frozenset(name for script in migrations() for statement in script for name in _NAMED.findall(statement))


def _statements(script: str) -> tuple[str, ...]:
    kept = "\n".join(line for line in script.splitlines() if not line.startswith("//"))
    return tuple(statement.strip() for statement in kept.split(";") if statement.strip())
