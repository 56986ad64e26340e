"""What a writer does again when the server cut it off: the store is as after doing it once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import neo4j
import pytest
from neo4j.exceptions import IncompleteCommit, ServiceUnavailable, SessionExpired

from kg.errors import HosoError, Unavailable
from kg.model import Edge, EdgeType, Node
from kg.store.neo4j import connection
from kg.store.neo4j.address import parse
from kg.store.neo4j.client import Neo4jStore
from kg.store.protocol import Store
from kg.store.sqlite.client import SQLiteStore
from tests.kg.store.contract import about, graph, mention
from tests.neo4j_server import Neo4j

AGENCY = Node("a:1", "agency", "Ủy ban nhân dân phường Hàng Bạc", ("UBND phường Hàng Bạc",))
OTHER = Node("a:1", "agency", "UBND P. Hàng Bạc")
PERSON = Node("p:1", "person", "Nguyễn Văn An")


def fill(store: Store) -> None:
    """Records, one of them read again, one removed."""
    first = graph("r1", mention("r1", "a:1", 0), about("r1", "u1"), nodes=[AGENCY])
    second = graph("r2", mention("r2", "a:1", 0), mention("r2", "p:1", 9), about("r2", "u1"), nodes=[OTHER, PERSON])
    with store.writing() as writer:
        writer.put_nodes([Node("u1", "unit", "Phường Hàng Bạc")], [Edge("u1", "SUCCEEDED_BY", "u2")])
        writer.put_records([first, second])


def change(store: Store) -> None:
    """The transaction that is cut off."""
    again = graph("r1", mention("r1", "p:1", 3), about("r1", "u2"), nodes=[PERSON])
    cites: EdgeType = "CITES"
    third = graph("r3", about("r3", "u1"), Edge("l:1", cites, "l:2", "r3", 1))
    with store.writing() as writer:
        writer.put_records([again, third])
        writer.remove_records(["r2"])
        writer.drop_orphans()
        writer.log("update", {"record": "r1"})


def held(store: Store) -> dict[str, object]:
    """All that a store holds, with its books."""
    return {
        "records": list(store.iter_records()),
        "nodes": list(store.iter_nodes()),
        "edges": list(store.iter_edges()),
        "brought": list(store.iter_brought()),
        "places": dict(store.main_place_counts()),
        "changes": list(store.changes_since(0, 100)),
        "log": [row["kind"] for row in store.logged()],
        "problems": list(store.problems()),
    }


class Cut:
    """A transaction of the driver that breaks once: at one of its statements, before its commit, or after it."""

    def __init__(self, opened: neo4j.Transaction, at: int | str, between: Callable[[], None] | None = None) -> None:
        self._opened, self._at, self._between = opened, at, between
        self._ran = 0

    def run(self, *arguments: Any, **more: Any) -> neo4j.Result:
        self._ran += 1
        if self._ran == self._at:
            raise SessionExpired("cut")
        return self._opened.run(*arguments, **more)

    def commit(self) -> None:
        if self._at == "before the commit":
            raise ServiceUnavailable("cut")
        self._opened.commit()
        if self._between is not None:
            self._between()
        raise IncompleteCommit("cut")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._opened, name)


def breaking(monkeypatch: pytest.MonkeyPatch, at: int | str, between: Callable[[], None] | None = None) -> list[int]:
    """The next transaction that writes breaks there; how many such there were."""
    begin = connection.Server.begin
    begun: list[int] = []

    def cut(server: connection.Server, seconds: float, commit: str) -> Any:
        session, opened, done = begin(server, seconds, commit)
        if seconds != connection.WRITE_SECONDS:  # only asks whether the store is free
            return session, opened, done
        begun.append(len(begun))
        return (session, Cut(opened, at, between), done) if len(begun) == 1 else (session, opened, done)

    monkeypatch.setattr(connection.Server, "begin", cut)
    return begun


@pytest.fixture
def expected(tmp_path: Path) -> dict[str, object]:
    """What a store holds in which all was done once."""
    store = SQLiteStore.open(tmp_path / "kho.db", create=True)
    fill(store)
    change(store)
    found = held(store)
    store.close()
    return found


@pytest.mark.parametrize("at", [1, 3, 5, 9, 14, "before the commit", "after the commit"])
def test_what_is_done_again_leaves_what_once_leaves(
    empty_neo4j: Neo4j, expected: dict[str, object], monkeypatch: pytest.MonkeyPatch, at: int | str
) -> None:
    store = Neo4jStore.open(parse(empty_neo4j.url), create=True)
    fill(store)
    begun = breaking(monkeypatch, at)
    change(store)
    assert len(begun) == 2
    assert held(store) == expected
    store.close()


def test_a_commit_that_took_place_is_not_done_over_what_others_wrote_since(
    empty_neo4j: Neo4j, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, other = (Neo4jStore.open(parse(empty_neo4j.url), create=True) for _ in range(2))
    fill(store)

    def remove() -> None:
        with other.writing() as writer:
            writer.remove_records(["r3"])  # it turned out secret

    breaking(monkeypatch, "after the commit", remove)
    change(store)
    assert list(store.record_ids()) == ["r1"]
    store.close()
    other.close()


def test_a_store_that_another_holds_for_a_moment_is_waited_for(
    empty_neo4j: Neo4j, expected: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.3)
    store = Neo4jStore.open(parse(empty_neo4j.url), create=True)
    fill(store)
    driver = neo4j.GraphDatabase.driver(empty_neo4j.url)
    breaking(monkeypatch, 5)
    original = connection.Transaction.close
    left: list[tuple[neo4j.Session, neo4j.Transaction]] = []

    def close(transaction: connection.Transaction) -> None:
        original(transaction)
        if not left:  # what the cut left behind on the server
            session = driver.session(database="neo4j")
            stale = session.begin_transaction(timeout=1.5)
            stale.run("MATCH (s:HosoStore) SET s.seq = s.seq").consume()
            left.append((session, stale))

    monkeypatch.setattr(connection.Transaction, "close", close)
    change(store)
    assert left
    assert held(store) == expected
    store.close()
    driver.close()


def test_nothing_is_written_to_a_store_that_was_emptied_or_taken_over(empty_neo4j: Neo4j) -> None:
    store = Neo4jStore.open(parse(empty_neo4j.url), create=True)
    empty_neo4j.run("MATCH (s:HosoStore) SET s.schema = 99")
    with pytest.raises(Unavailable, match=r"another version|phiên bản khác"):
        fill(store)
    empty_neo4j.empty()
    with pytest.raises(HosoError, match=r"another version|phiên bản khác"):
        fill(store)
    assert empty_neo4j.run("MATCH (n) RETURN count(n)") == [[0]]
    store.close()


def test_wrong_counts_of_places_are_found_and_mended(empty_neo4j: Neo4j) -> None:
    store = Neo4jStore.open(parse(empty_neo4j.url), create=True)
    fill(store)
    assert list(store.problems()) == []
    for spoil in (
        "MATCH (c:HosoPlace) SET c.count = 7",
        "MATCH (c:HosoPlace) DELETE c",
        "CREATE (:HosoPlace {unit: 'u9', count: 2})",
    ):
        empty_neo4j.run(spoil)
        assert len(store.problems()) == 1, spoil
        Neo4jStore.open(parse(empty_neo4j.url), repair=True).close()
        assert list(store.problems()) == [], spoil
        assert store.main_place_counts() == {"u1": 2}
    store.close()
