"""A first load: a store written as tables, imported into a fresh server, is the same store."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.export.neo4j_import import ARGUMENTS, export_neo4j_import
from kg.model import Edge, Node, Record, RecordGraph
from kg.store.texts import Text
from kg.workspace import open_workspace
from tests.conftest import absent
from tests.kg.ingest.batches import deliver, hoso, whole_graph
from tests.kg.store.answers import answers
from tests.kg.store.contract import HOSTILE
from tests.neo4j_server import Neo4j, missing, script, start


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """A small delivery."""
    return deliver(tmp_path / "lô 1", 8)


@pytest.fixture
def source(tmp_path: Path, batch: Path) -> str:
    """A SQLite store: the delivery, and records with names that break tables."""
    url = f"sqlite:///{tmp_path / 'kho.db'}"
    assert hoso("ingest", str(batch), "--store", url).returncode == 0
    with open_workspace(url) as workspace:
        workspace.texts.put((name, Text("x")) for name in HOSTILE)
        with workspace.store.writing() as writer:
            writer.put_records(
                RecordGraph(
                    Record(
                        name, name, title=name, signers=({"name": name, "power": ["KT."]},), confidence={"date": 0.1}
                    ),
                    "x",
                    (0,),
                    (Node(f"a:{name}", "agency", name, (name + "x", ""), {"unit": name, "odd": {"a": [None, 1.5]}}),),
                    (
                        Edge(
                            name, "MENTIONS", f"a:{name}", name, 0, 1, 1, name, {name: name, "power": [name], "e": ""}
                        ),
                    ),
                )
                for name in HOSTILE
            )
            writer.put_nodes((), [Edge(HOSTILE[0], "ABOUT_PLACE", "nơi không có", HOSTILE[0], props={"rank": 0})])
            writer.remove_records([HOSTILE[1]])
            writer.log("update", {"record": "r1"})
    return url


@pytest.fixture
def imported(source: str, tmp_path: Path) -> Iterator[Neo4j]:
    """A fresh server with that store."""
    if why := missing():
        absent(why)
    out = tmp_path / "bảng của kho"
    with open_workspace(source) as workspace:
        told = export_neo4j_import(workspace, out)
    place, tool = told["command"].split(" && ")
    assert shlex.split(place) == ["cd", str(out)]
    assert shlex.split(tool)[0] == "neo4j-admin"
    script("admin", str(tmp_path / "server"), *shlex.split(tool)[1:], folder=out)
    server = start(tmp_path / "server")
    yield server
    server.stop(kill=True)


def test_an_imported_store_is_the_same_store(
    imported: Neo4j, source: str, batch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSO_DATA", str(tmp_path / "kho.db-data"))
    told = hoso("doctor", "--fix", "--json", "--store", imported.url)
    checks = {check["name"]: check["ok"] for check in json.loads(told.stdout)["checks"]}
    assert checks == {name: name != "edges" for name in checks}, told.stdout  # the one edge to what is not there
    assert whole_graph(imported.url) == whole_graph(source)
    with open_workspace(source) as one, open_workspace(imported.url) as other:
        assert list(answers(other, every=3)) == list(answers(one, every=3))
        assert other.store.meta("store_id") == one.store.meta("store_id")
        assert other.store.change_seq() == one.store.change_seq()
        assert list(other.store.changes_since(0, 1000)) == list(one.store.changes_since(0, 1000))
        assert list(other.store.iter_brought()) == list(one.store.iter_brought())
        assert list(other.store.logged()) == list(one.store.logged())
        for workspace in (one, other):  # and goes on where the other stood
            with workspace.store.writing() as writer:
                writer.remove_records([HOSTILE[0]])
                assert writer.drop_orphans() == 1 + 1  # one was left by the record removed before
    assert whole_graph(imported.url) == whole_graph(source)
    again = hoso("ingest", str(batch), "--json", "--store", imported.url)
    assert json.loads(again.stdout)["unchanged"] == 8


def test_an_export_replaces_only_an_export(source: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert hoso("export", "neo4j-import", str(out), "--store", source).returncode == 0
    assert (out / ARGUMENTS).is_file()
    assert hoso("export", "neo4j-import", str(out), "--store", source).returncode == 1
    assert hoso("export", "neo4j-import", str(out), "--force", "--store", source).returncode == 0
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x").touch()
    assert hoso("export", "neo4j-import", str(tmp_path / "other"), "--force", "--store", source).returncode == 1
