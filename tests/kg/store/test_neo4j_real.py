"""Genuine documents in both stores: every reading command answers the same, on SQLite and on a Neo4j server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.workspace import open_workspace
from tests.kg.ingest.batches import whole_graph
from tests.kg.store.answers import answers, ingest_into_both
from tests.neo4j_server import Neo4j

pytestmark = [pytest.mark.shared, pytest.mark.long]

EVERY, EVERY_UNIT = 120, 200
"""Of the entities, acts and records, and of the thousands of units that a name may mean, so many are passed over;
``python -m tests.kg.store.answers`` asks for all."""


@pytest.fixture(scope="module")
def stores(neo4j_server: Neo4j, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """URLs of the two stores, the genuine documents in each."""
    folder = tmp_path_factory.mktemp("real")
    urls = (f"sqlite:///{folder / 'kho.db'}", neo4j_server.url)
    neo4j_server.empty()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOSO_DATA", str(folder / "data"))
        ingest_into_both(shared / "corpus" / "real", urls)
        yield urls
    neo4j_server.empty()


def test_both_hold_the_same_and_answer_the_same(stores: tuple[str, str]) -> None:
    one, other = (whole_graph(url) for url in stores)
    assert len(one["records"]) > 300
    for part, held in one.items():
        assert held == other[part], part
    asked = 0
    with open_workspace(stores[0]) as first, open_workspace(stores[1]) as second:
        for mine, theirs in zip(
            answers(first, every=EVERY, every_unit=EVERY_UNIT),
            answers(second, every=EVERY, every_unit=EVERY_UNIT),
            strict=True,
        ):
            assert theirs == mine
            asked += 1
    assert asked > 120
