"""``scripts/neo4j`` without a server: what it says when something is missing. (What it starts, the store's tests use.)"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.neo4j_server import SCRIPT


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The script with these variables and no others about Neo4j and Java."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "JAVA_"))}
    return subprocess.run(
        [SCRIPT, *arguments], capture_output=True, text=True, check=False, env={**kept, **environment}
    )


@pytest.fixture
def java(tmp_path: Path) -> Path:
    """A Java that does nothing."""
    program = tmp_path / "jdk" / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    return tmp_path / "jdk"


@pytest.mark.parametrize("arguments", [[], ["start"], ["begin", "x"]])
def test_wrong_usage_shows_how_it_is_used(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "scripts/neo4j start HOME" in done.stderr


def test_a_folder_without_jars_is_told(tmp_path: Path, java: Path) -> None:
    for variable in ("NEO4J_HOME", "NEO4J_JARS"):
        done = run("start", str(tmp_path / "home"), JAVA_HOME=str(java), **{variable: str(tmp_path)})
        assert done.returncode == 1
        assert done.stderr.startswith("neo4j: no jars of Neo4j in")
    assert not (tmp_path / "home").exists()


def test_without_neo4j_and_maven_it_says_what_is_missing(tmp_path: Path, java: Path) -> None:
    bare = tmp_path / "bin"
    bare.mkdir()
    for tool in ("bash", "mkdir", "dirname", "cat"):
        (bare / tool).symlink_to(Path("/usr/bin") / tool)
    done = run(
        "start", str(tmp_path / "home"), JAVA_HOME=str(java), PATH=str(bare), XDG_CACHE_HOME=str(tmp_path / "cache")
    )
    assert done.returncode == 1
    assert "set NEO4J_HOME" in done.stderr
    assert "Maven" in done.stderr


def test_stopping_what_does_not_run_is_no_error(tmp_path: Path) -> None:
    assert run("stop", str(tmp_path / "home")).returncode == 0
