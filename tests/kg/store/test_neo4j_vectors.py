"""Passages with their vectors on a server: imported, asked by the server's own index, gone with their record."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.export.neo4j_import import export_neo4j_import
from kg.model import Record, RecordGraph
from kg.search.vectors.embedding import embed
from kg.store.texts import Text
from kg.workspace import open_workspace
from tests.conftest import absent
from tests.kg.search.vectors import DIMENSIONS, Words, near
from tests.neo4j_server import Neo4j, missing, script, start

TEXTS = {"r1": "thu hồi đất ở phường", "r2": "bầu cử đại biểu", "r3": "khen thưởng"}
PAGE = Path(__file__).resolve().parents[3] / "docs" / "neo4j.md"


def documented() -> list[str]:
    """The statements of the page's section on vectors."""
    section = PAGE.read_text("utf-8").partition("\n## Vectors\n")[2].partition("\n## ")[0]
    code = "\n".join(line for line in section.splitlines() if line.startswith("    "))
    return code.split(";")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Neo4j]:
    """A server with a small store and its passages."""
    if why := missing():
        absent(why)
    monkeypatch.setattr("kg.search.embedding.loading.describe", lambda: SimpleNamespace(model="words", version="1"))
    monkeypatch.setenv("HOSO_DATA", str(tmp_path / "data"))
    with open_workspace(f"sqlite:///{tmp_path / 'kho.db'}", create=True) as workspace:
        workspace.texts.put((ident, Text(text)) for ident, text in TEXTS.items())
        with workspace.store.writing() as writer:
            writer.put_records(
                [RecordGraph(Record(ident, f"{ident}.txt"), text, (0,)) for ident, text in TEXTS.items()]
            )
        embed(workspace, Words())
        told = export_neo4j_import(workspace, tmp_path / "tables", vectors=True)
    tool = shlex.split(told["command"].split(" && ")[1])
    script("admin", str(tmp_path / "server"), *tool[1:], folder=tmp_path / "tables")
    running = start(tmp_path / "server")
    yield running
    running.stop(kill=True)


def test_passages_are_asked_by_their_vectors_and_go_with_their_record(server: Neo4j) -> None:
    create, ask = documented()
    server.run(create.replace("384", str(DIMENSIONS)))
    server.run("CALL db.awaitIndexes(60)")
    found = server.run(ask, vector=near(Words(), "bầu cử đại biểu").tolist())
    assert found[0][0] == "r2"
    assert found[0][3:5] == [0, len(TEXTS["r2"])]
    assert {row[0] for row in found} == set(TEXTS)
    with open_workspace(server.url, repair=True) as workspace, workspace.store.writing() as writer:
        writer.remove_records(["r2"])
        writer.put_records([RecordGraph(Record("r3", "r3.txt"), "khác", (0,))])
    assert server.run("MATCH (p:Passage) RETURN p.record") == [["r1"]]
