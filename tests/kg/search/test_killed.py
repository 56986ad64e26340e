"""``hoso ingest --embed`` ended by ``kill -9`` at each place between store and graph of neighbours: whatever starts next
brings store, texts, index and vectors together, and the answers are those of a run that nobody stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg.ingest.run import ingest
from kg.integrity import examine
from kg.questions.search import search
from kg.readers.batch import discover
from kg.search import learning
from kg.search.embedding.loading import load
from kg.search.language.kept import learned
from kg.search.learning import FEWEST
from kg.search.vectors import folders, tending
from kg.search.vectors.embedding import embed
from kg.workspace import Workspace, open_workspace
from tests.conftest import ROOT
from tests.kg.ingest.batches import deliver, page, whole_graph
from tests.kg.search import tiny_model
from tests.neo4j_server import Neo4j

COUNT, MORE = 14, 22
SIZES = {"GRAPH_FROM": 50, "MORE_FROM": 5, "PACK_FROM": 5, "WASTE": 0.05}
"""So that a small store has a graph, and packs its rows."""
QUERIES = (
    "kinh phí sửa chữa nhà", "kinh phi sua chua nha phuong hang bac", "hỗ trợ người dân", "19/QĐ-UBND", "",
    "Phường Cửa Nam", "Trần Văn Hải",
)  # fmt: skip
KILLED = """
import os, signal, sys
from kg.cli.app import main
from kg.search import documents, index, learning
from kg.search.vectors import embedding, folders, graph, matrix, tending
from kg.store.texts import Texts
tending.GRAPH_FROM, tending.MORE_FROM, tending.PACK_FROM, tending.WASTE = {GRAPH_FROM}, {MORE_FROM}, {PACK_FROM}, {WASTE}
learning.FEWEST = {fewest}
index.BATCH, embedding.BATCH = 16, 16
calls, last, after = 0, int(sys.argv.pop(1)), sys.argv.pop(1) == "after"
step = {owner}.{name}
def killed(*given, **options):
    global calls
    calls += 1
    if calls < last:
        return step(*given, **options)
    if after:
        step(*given, **options)
    os.kill(os.getpid(), signal.SIGKILL)
{owner}.{name} = killed
main()
"""


@dataclass(frozen=True)
class Place:
    """Where the run is killed: before or after the n-th call of a function."""

    owner: str
    name: str
    when: str = "before"
    call: int = 1


BEFORE_LEARNING = Place("index.Index", "_learn")
BEFORE_THE_STORE = Place("Texts", "put", "after")
PLACES = {
    "the store is written, the index is not": Place("index.Index", "sync"),
    "within the index's second commit": Place("documents", "set_state", "after", 2),
    "the index is written, the passages are not": Place("folders", "refresh"),
    "vectors are wiped, the passages still there": Place("matrix", "wipe", "after"),
    "vectors are written, not known to be there": Place("matrix", "write", "after", 2),
    "rows are packed, not named": Place("tending", "_copy", "after"),
    "vectors are there, the graph is not": Place("graph", "build"),
    "the graph is made, not in its place": Place("graph", "build", "after"),
    "the graph is in its place, not named": Place("tending", "_name_graph"),
}


@pytest.fixture(scope="module", autouse=True)
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("model")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOSO_MODEL", str(tiny_model.make(folder / "tiny")))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        for name, value in SIZES.items():
            patch.setattr(tending, name, value)
        yield


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("giao")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, delivery: Path) -> Path:
    """The folder of a store with vectors; the delivery has grown since, and some of it is another now."""
    folder = tmp_path_factory.mktemp("base")
    deliver(delivery, COUNT)
    with open_workspace(url(folder), create=True) as workspace:
        ingest(workspace, discover([delivery], []), workers=1)
        embed(workspace, load())
    deliver(delivery, COUNT + MORE)
    for number in range(1, COUNT + 1, 2):
        file = next(delivery.rglob(f"{number:03d}.txt"))
        file.write_text("Bản sao.\n\n" + page(number + 200), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def wanted(base: Path, delivery: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """Graph and answers of a run that nobody stopped."""
    folder = copied(base, tmp_path_factory.mktemp("whole") / "kho")
    with open_workspace(url(folder)) as workspace:
        ingest(workspace, discover([delivery], []), workers=1)
        embed(workspace, load())
        assert sound(workspace)
        assert graphs(workspace)
        found = answers(workspace)
    assert all(found[query][1] for query in QUERIES)
    return whole_graph(url(folder)), found


@pytest.mark.long
def test_with_a_server_s_store_it_is_the_same(
    tmp_path: Path, empty_neo4j: Neo4j, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSO_DATA", str(tmp_path / "data"))
    delivery = deliver(tmp_path / "giao", COUNT)
    killed(empty_neo4j.url, delivery, Place("index.Index", "sync"))
    with open_workspace(url(tmp_path), create=True) as workspace:
        ingest(workspace, discover([delivery], []), workers=1)
        embed(workspace, load())
        wanted = answers(workspace)
    with open_workspace(empty_neo4j.url) as workspace:
        assert search(workspace, QUERIES[0])["total"] == COUNT
        assert sound(workspace)
        embed(workspace, load())
        assert sound(workspace)
        assert answers(workspace) == wanted


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'kho.db'}"


def copied(folder: Path, to: Path) -> Path:
    return Path(shutil.copytree(folder, to))


def answers(workspace: Workspace) -> dict[str, Any]:
    """Method, hits with their passages, counts of some questions; scores are those of an index of another history."""
    found = {}
    for query in QUERIES:
        answer = search(workspace, query, limit=100)
        hits = [(hit["record"], hit["passages"], hit["found_by"]) for hit in answer["hits"]]
        found[query] = (
            answer["method"],
            answer["total"],
            sorted(hits, key=str),
            answer["facets"],
            answer["understood"],
        )
    return found


def graphs(workspace: Workspace) -> list[str]:
    return [path.name for index in folders.all_in(workspace.location.data) for path in index.folder.glob("*.usearch")]


def sound(workspace: Workspace) -> bool:
    """Whether ``hoso doctor`` finds nothing wrong."""
    return [check for check in examine(workspace) if not check.ok] == []


def kill(base: Path, to: Path, delivery: Path, place: Place, *, fewest: int = FEWEST) -> Path:
    """A copy of the store as the killed run left it; ``fewest``: changes from which a store's language is learned."""
    folder = copied(base, to)
    killed(url(folder), delivery, place, fewest=fewest)
    return folder


def killed(store: str, delivery: Path, place: Place, *, fewest: int = FEWEST) -> None:
    """An ingest with vectors that is killed at a place."""
    script = KILLED.format(owner=place.owner, name=place.name, fewest=fewest, **SIZES)
    done = subprocess.run(
        [sys.executable, "-c", script, str(place.call), place.when, "ingest", str(delivery), "--embed",
         "--workers", "1", "--store", store],
        capture_output=True, text=True, cwd=ROOT, env=dict(os.environ), check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_whatever_starts_next_brings_all_together(
    base: Path, delivery: Path, wanted: tuple[Any, Any], tmp_path: Path, place: Place
) -> None:
    left = kill(base, tmp_path / "left", delivery, place)
    for start in ("search", "embed", "ingest"):
        folder = copied(left, tmp_path / start)
        with open_workspace(url(folder)) as workspace:
            if start == "ingest":
                report = ingest(workspace, discover([delivery], []), workers=1)
                assert report.unchanged == COUNT + MORE
            elif start == "search":
                assert search(workspace, QUERIES[0])["total"] == COUNT + MORE
                assert sound(workspace), start
            embed(workspace, load())
            assert sound(workspace), start
            assert graphs(workspace) == [name for name in graphs(workspace) if name.startswith("graph-")] != []
            found = answers(workspace)
        for query, answer in wanted[1].items():
            assert found[query] == answer, (start, query)
        if start == "ingest":
            assert whole_graph(url(folder)) == wanted[0]


@pytest.mark.parametrize("start", ["embed", "ingest"])
def test_what_was_not_learned_of_the_store_s_language_is_learned_next_time(
    base: Path, delivery: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    folder = kill(base, tmp_path / "left", delivery, BEFORE_LEARNING, fewest=1)
    monkeypatch.setattr(learning, "FEWEST", 1)
    with open_workspace(url(folder)) as workspace:
        assert not learned(workspace.location.data)
        if start == "ingest":
            ingest(workspace, discover([delivery], []), workers=1)
        else:
            embed(workspace, load())
        assert learned(workspace.location.data)


def test_killed_before_the_store_is_written_a_second_ingest_does_it_all(
    base: Path, delivery: Path, wanted: tuple[Any, Any], tmp_path: Path
) -> None:
    folder = kill(base, tmp_path / "left", delivery, BEFORE_THE_STORE)
    with open_workspace(url(folder)) as workspace:
        for query in QUERIES:
            for hit in search(workspace, query)["hits"]:  # texts are newer than what is known of them
                for passage in hit["passages"]:
                    assert len(passage["text"]) == passage["end"] - passage["start"] > 0
                    assert passage["text"] == passage["text"].strip()
        report = ingest(workspace, discover([delivery], []), workers=1)
        assert (report.new, report.updated) == (MORE, COUNT // 2)
        embed(workspace, load())
        assert sound(workspace)
        assert answers(workspace) == wanted[1]
    assert whole_graph(url(folder)) == wanted[0]
