"""The SQLite store keeps the contract of every store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store.protocol import Store
from kg.store.sqlite.client import SQLiteStore
from tests.kg.store.contract import Opened, StoreContract
from tests.kg.store.withdrawal import WithdrawalContract


class TestSQLite(WithdrawalContract, StoreContract):
    @pytest.fixture
    def store_url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'kho.db'}"

    @pytest.fixture
    def opened(self, tmp_path: Path) -> Iterator[Opened]:
        stores: list[Store] = []

        def open_again() -> Store:
            stores.append(SQLiteStore.open(tmp_path / "kho.db", create=True))
            return stores[-1]

        yield open_again
        for store in stores:
            store.close()
