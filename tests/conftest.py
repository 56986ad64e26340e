"""Fixtures of the whole suite: the reference data beside the checkout, and what this machine has."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.neo4j_server import Neo4j

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def absent(what: str) -> None:
    """What a test needs is not here: a failure in CI, one clear line elsewhere."""
    if IN_CI:
        pytest.fail(f"{what} (needed in CI)", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference data: HOSO_SHARED, else the folder ``shared`` beside the checkout."""
    folder = Path(os.environ.get("HOSO_SHARED") or ROOT.parent / "shared")
    if not (folder / "admin" / "gold_mapping.csv").is_file():
        absent("no reference data beside the checkout: set HOSO_SHARED")
    return folder


@pytest.fixture(scope="session")
def sample() -> Path:
    """The sample batch that the repository carries."""
    return ROOT / "tests" / "sample"


@pytest.fixture(scope="session")
def tesseract() -> str:
    """The path of tesseract."""
    found = shutil.which("tesseract")
    if found is None:
        absent("tesseract is missing: apt-get install tesseract-ocr tesseract-ocr-vie")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4j]:
    """The session's Neo4j server."""
    from tests.neo4j_server import Neo4j, missing, start

    if running := os.environ.get("HOSO_TEST_NEO4J"):
        yield Neo4j(running)
        return
    if why := missing():
        absent(why)
    server = start(tmp_path_factory.mktemp("neo4j"))
    yield server
    server.stop(kill=True)


@pytest.fixture
def empty_neo4j(neo4j_server: Neo4j) -> Neo4j:
    """The session's Neo4j server with nothing in it."""
    neo4j_server.empty()
    return neo4j_server


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """All tests skipped for want of one thing are told in one line, not in one for each place."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple) and "no Neo4j" in report.longrepr[2]:
        report.longrepr = (__file__, 1, report.longrepr[2])
    return report
