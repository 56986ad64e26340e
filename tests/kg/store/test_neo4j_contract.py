"""The Neo4j store keeps the contract of every store, on a live server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store.neo4j.address import parse
from kg.store.neo4j.client import Neo4jStore
from kg.store.protocol import Store
from tests.kg.store.contract import Opened, StoreContract
from tests.kg.store.withdrawal import WithdrawalContract
from tests.neo4j_server import Neo4j


class TestNeo4j(WithdrawalContract, StoreContract):
    @pytest.fixture
    def store_url(self, empty_neo4j: Neo4j, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setenv("HOSO_DATA", str(tmp_path / "data"))
        return empty_neo4j.url

    @pytest.fixture
    def opened(self, store_url: str) -> Iterator[Opened]:
        stores: list[Store] = []

        def open_again() -> Store:
            stores.append(Neo4jStore.open(parse(store_url), create=True))
            return stores[-1]

        yield open_again
        for store in stores:
            store.close()
