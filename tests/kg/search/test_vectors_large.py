"""What a large store needs: a graph of neighbours, rows packed. The sizes from which it does are made small here."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

from kg.model import Record, RecordGraph
from kg.search import learning
from kg.search.vectors import folders, graph, matrix, tending
from kg.search.vectors import index as module
from kg.search.vectors.embedding import embed
from kg.search.vectors.index import VectorIndex
from kg.store.texts import Text
from kg.workspace import Workspace, open_workspace
from tests.kg.search.conftest import Put
from tests.kg.search.vectors import Words, near

ROOT = Path(__file__).resolve().parents[3]
UNLEARNED = 1_000_000
WORDS = ["thu", "hồi", "đất", "bầu", "cử", "khen", "thưởng", "hộ", "tịch", "nhà", "ở", "cầu", "học", "y", "tế"]


@pytest.fixture
def large(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[VectorIndex]:
    """An index of 150 passages with a graph; the language of its texts, which takes seconds, is not learned."""
    monkeypatch.setattr(learning, "FEWEST", UNLEARNED)
    monkeypatch.setattr(tending, "GRAPH_FROM", 60)
    monkeypatch.setattr(tending, "MORE_FROM", 10)
    monkeypatch.setattr(tending, "PACK_FROM", 20)
    dice = random.Random(5)
    put_all(workspace, {f"r{n:03}": text(dice, n) for n in range(150)})
    embed(workspace, Words())
    index = folders.of_embedder(workspace.location.data, Words())
    assert graph_name(index)
    yield index
    index.kept.close()


def put_all(workspace: Workspace, texts: Mapping[str, str]) -> None:
    workspace.texts.put((ident, Text(one)) for ident, one in texts.items())
    with workspace.store.writing() as writer:
        writer.put_records(
            [RecordGraph(Record(ident, f"{ident}.txt"), one, (0,), ()) for ident, one in texts.items()]
        )


def text(dice: random.Random, n: int) -> str:
    return f"{' '.join(dice.choices(WORDS, k=5))} {n}"


def graph_name(index: VectorIndex) -> str:
    return index.kept.meta()["graph"]


def files(index: VectorIndex) -> set[str]:
    return {path.name for path in index.folder.iterdir() if not path.name.startswith("passages.db")}


def by_every_row(index: VectorIndex, query: str, k: int) -> list[str]:
    """The records nearest by comparing each row."""
    alone = VectorIndex(index.folder)
    alone._opened = lambda state: None  # type: ignore[method-assign]
    return [match.record for match in alone.search(near(Words(), query), k)]


def by_graph(index: VectorIndex, query: str, k: int) -> list[str]:
    fresh = VectorIndex(index.folder)
    found = [match.record for match in fresh.search(near(Words(), query), k)]
    assert fresh._graph is not None
    return found


def test_a_graph_finds_the_nearest(large: VectorIndex) -> None:
    for query in ("thu hồi đất", "y tế", "cầu học 77"):
        exact, found = by_every_row(large, query, 20), by_graph(large, query, 20)
        assert len(set(exact) & set(found)) >= 18
        assert found[:3] == exact[:3]


def test_a_graph_and_a_filter(large: VectorIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 0)
    monkeypatch.setattr(module, "MOST_BY_GRAPH", 100)
    far = by_every_row(large, "thu hồi đất", 150)[-3:]
    found = VectorIndex(large.folder).search(near(Words(), "thu hồi đất"), 3, allowed=far)
    assert [match.record for match in found] == far


def test_what_came_after_the_graph_is_found_too(large: VectorIndex, workspace: Workspace, put: Put) -> None:
    put("later", "khiếu nại đất")
    name = graph_name(large)
    embed(workspace, Words())
    assert graph_name(large) == name
    assert by_graph(large, "khiếu nại đất", 1) == ["later"]


def test_a_graph_is_extended_when_it_lacks_many(large: VectorIndex, workspace: Workspace) -> None:
    name = graph_name(large)
    put_all(workspace, {f"later{n:02}": f"khiếu nại đất {n}" for n in range(12)})
    embed(workspace, Words())
    assert graph_name(large) != name
    assert name not in files(large)
    assert len(graph.Graph(large.folder / graph_name(large), 48)) == 162
    assert by_graph(large, "khiếu nại đất 7", 12)[0] == "later07"


def test_what_is_removed_is_wiped_from_the_graph(large: VectorIndex, workspace: Workspace) -> None:
    dice = random.Random(5)
    texts = [text(dice, n) for n in range(150)]
    copies = [graph._bfloat16(np.asarray([near(Words(), one)], np.float16)).tobytes() for one in texts]
    path = large.folder / graph_name(large)
    assert all(copy in path.read_bytes() for copy in copies)
    with workspace.store.writing() as writer:
        writer.remove_records(["r007", "r008"])
    reader = VectorIndex(large.folder)
    assert reader.search(near(Words(), texts[7]), 1)[0].record == "r007"
    assert folders.refresh(workspace)
    assert [copy in path.read_bytes() for copy in copies] == [n not in (7, 8) for n in range(150)]
    assert "r007" not in [match.record for match in reader.search(near(Words(), texts[7]), 150)]
    assert by_graph(large, texts[9], 1) == ["r009"]


def test_a_graph_that_cannot_be_wiped_goes(
    large: VectorIndex, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph, "_HEAD", 16)
    with workspace.store.writing() as writer:
        writer.remove_records(["r007"])
    assert folders.refresh(workspace)
    assert graph_name(large) == ""
    assert not [name for name in files(large) if "usearch" in name]
    assert len(by_every_row(large, "đất", 200)) == 149
    embed(workspace, Words())
    assert graph_name(large)


@pytest.mark.parametrize("damage", ["cut off", "gone", "nonsense"])
def test_without_a_sound_graph_every_row_is_compared(large: VectorIndex, workspace: Workspace, damage: str) -> None:
    path = large.folder / graph_name(large)
    exact = by_every_row(large, "thu hồi đất", 20)
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:999] if damage == "cut off" else b"nonsense" * 500)
    fresh = VectorIndex(large.folder)
    assert [match.record for match in fresh.search(near(Words(), "thu hồi đất"), 20)] == exact
    os.fstat(0)  # usearch closes it where it is given a file that is not there
    embed(workspace, Words())
    assert by_graph(large, "thu hồi đất", 3) == exact[:3]


def test_rows_that_are_of_no_use_are_packed(large: VectorIndex, workspace: Workspace) -> None:
    kept = by_every_row(large, "thu hồi đất", 150)
    gone = {f"r{n:03}" for n in range(0, 150, 2)}
    reader = VectorIndex(large.folder)
    assert len(reader.search(near(Words(), "thu hồi đất"), 150)) == 150
    with workspace.store.writing() as writer:
        writer.remove_records(sorted(gone))
    told = embed(workspace, Words())
    assert (told.new, told.removed, told.passages) == (0, 75, 75)
    meta = large.kept.meta()
    assert (meta["slots"], meta["matrix"]) == ("75", "vectors-2.f16")
    assert files(large) == {"vectors-2.f16", meta["graph"]}
    assert len(matrix.opened(large.folder / meta["matrix"], 48)) == 75
    wanted = [record for record in kept if record not in gone]
    found = [match.record for match in reader.search(near(Words(), "thu hồi đất"), 9)]
    assert reader._graph is not None
    assert (set(found) <= set(wanted), found[:3]) == (True, wanted[:3])
    assert by_every_row(large, "thu hồi đất", 150) == wanted
    assert [match.record for match in reader.search(near(Words(), "thu hồi đất"), 150)] == wanted


def test_a_store_that_has_become_small_has_no_graph(large: VectorIndex, workspace: Workspace) -> None:
    with workspace.store.writing() as writer:
        writer.remove_records([f"r{n:03}" for n in range(20, 150)])
    embed(workspace, Words())
    assert graph_name(large) == ""
    assert len(by_every_row(large, "đất", 50)) == 20


def test_what_goes_while_a_graph_is_made_is_not_in_it(
    large: VectorIndex, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = graph_name(large)
    build = graph.build

    def meanwhile(*given: object, **options: object) -> None:
        build(*given, **options)  # type: ignore[arg-type]
        with workspace.store.writing() as writer:
            writer.remove_records(["r007"])
        folders.refresh(workspace)

    put_all(workspace, {f"later{n:02}": f"khiếu nại đất {n}" for n in range(12)})
    with monkeypatch.context() as patch:
        patch.setattr(graph, "build", meanwhile)
        embed(workspace, Words())
    assert graph_name(large) == name
    assert files(large) == {"vectors-1.f16", name}
    assert by_graph(large, "khiếu nại đất 7", 12)[0] == "later07"


@pytest.mark.parametrize("step", ["tending._copy", "graph.build"])
def test_killed_while_tending_the_next_run_puts_it_in_order(
    large: VectorIndex, workspace: Workspace, step: str
) -> None:
    kept = by_every_row(large, "thu hồi đất", 150)
    with workspace.store.writing() as writer:
        writer.remove_records([f"r{n:03}" for n in range(0, 150, 2)])
    script = (
        "import os, signal, sys\n"
        "from kg.search.vectors import embedding, graph, tending\n"
        "from kg.workspace import open_workspace\n"
        "from tests.kg.search.vectors import Words\n"
        "tending.GRAPH_FROM, tending.MORE_FROM, tending.PACK_FROM = 60, 10, 20\n"
        f"before = {step}\n"
        "def killed(*given, **options):\n"
        "    before(*given, **options)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        f"{step} = killed\n"
        "with open_workspace(sys.argv[1]) as w:\n"
        "    embedding.embed(w, Words())\n"
    )
    done = subprocess.run([sys.executable, "-c", script, workspace.location.url], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    wanted = [record for record in kept if int(record[1:]) % 2]
    assert by_every_row(large, "thu hồi đất", 150) == wanted
    embed(workspace, Words())
    assert by_every_row(large, "thu hồi đất", 150) == wanted
    assert files(large) == {"vectors-2.f16", graph_name(large)}
    assert len(by_graph(large, "thu hồi đất", 9)) == 9


ROUNDS, RECORDS = 8, 80


def in_round(n: int, turn: int) -> str:
    """What a record says in a round of the writer."""
    return f"{WORDS[(7 * n + turn) % 15]} {WORDS[(3 * n + 5 * turn) % 15]} {n} {turn}"


def write_rounds(url: str) -> None:
    """Change every record, remove some, embed, again and again; rows are packed and graphs made on the way."""
    tending.GRAPH_FROM, tending.MORE_FROM, tending.PACK_FROM = 30, 5, 20  # type: ignore[misc]
    learning.FEWEST = UNLEARNED  # type: ignore[misc]
    with open_workspace(url) as workspace:
        for turn in range(ROUNDS):
            put_all(workspace, {f"r{n}": in_round(n, turn) for n in range(RECORDS)})
            embed(workspace, Words())
            with workspace.store.writing() as writer:
                writer.remove_records([f"r{n}" for n in range(turn % 3, RECORDS, 3)])
            embed(workspace, Words())


def test_readers_beside_a_writer_never_take_one_passage_for_another(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "FEWEST", UNLEARNED)
    put_all(workspace, {f"r{n}": in_round(n, 0) for n in range(RECORDS)})
    embed(workspace, Words())
    vector = near(Words(), "đất nhà ở 7")
    turns = [np.stack([near(Words(), in_round(n, turn)) for n in range(RECORDS)]) @ vector for turn in range(ROUNDS)]
    reader = folders.of_embedder(workspace.location.data, Words())
    script = "import sys; from tests.kg.search.test_vectors_large import write_rounds; write_rounds(sys.argv[1])"
    seen, searches = set(), 0
    with subprocess.Popen([sys.executable, "-c", script, workspace.location.url], cwd=ROOT) as process:
        while process.poll() is None:
            for match in reader.search(vector, 10):
                number = int(match.record[1:])
                assert min(abs(turn[number] - match.score) for turn in turns) < 2e-3
                seen.add(round(match.score, 3))
            assert "r1" not in [match.record for match in reader.similar("r1", 3)]
            assert sum(len(places) for places, _ in reader.pages(size=30)) <= RECORDS
            reader.background(vector)
            searches += 1
    assert process.returncode == 0
    assert searches > ROUNDS
    assert len(seen) > 20  # of several rounds
