"""Two people search while records are stored and indexed: no error, no half-written record."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.messages import say
from kg.questions.search import search
from kg.questions.similar import similar
from kg.search.index import Index
from kg.search.passages import cut
from kg.store.texts import Text
from kg.workspace import Workspace, open_workspace
from tests.kg.search.conftest import Put

ROOT = Path(__file__).resolve().parents[3]
WRITER = """
import sys
from kg.model import Record, RecordGraph
from kg.store.texts import Text
from kg.workspace import open_workspace

with open_workspace(sys.argv[1], create=True) as workspace:
    print("ready", flush=True)
    sys.stdin.readline()
    for version in range(5):
        graphs = []
        for n in range(12):
            text = f"Điều {n}. Thu hồi đất lần {version}, mã {n}x{version} và mã {n}x{version}."
            graphs.append(RecordGraph(Record(f"r{n}", f"{n}.txt", title=f"Bản {n}x{version}"), text))
        workspace.texts.put((graph.record.id, Text(graph.text)) for graph in graphs)
        with workspace.store.writing() as writer:
            writer.put_records(graphs)
        workspace.index.sync(workspace.store, workspace.texts)
"""


def test_searches_beside_an_ingest_see_whole_records_and_no_error(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kho.db'}"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "ready"

        def look() -> list[int]:
            """The totals seen until the writer has ended."""
            totals = []
            with open_workspace(url) as workspace:
                while writer.poll() is None:
                    found = search(workspace, "thu hồi đất", limit=20)
                    totals.append(found["total"])
                    for hit in found["hits"]:
                        assert hit["record"]["title"].startswith("Bản ")
                        for passage in hit["passages"]:
                            assert len(passage["text"]) == passage["end"] - passage["start"]
                            assert passage["text"].startswith("Điều ")
            return totals

        with ThreadPoolExecutor(2) as people:
            looking = [people.submit(look) for _ in range(2)]
            writer.stdin.write("go\n")
            writer.stdin.flush()
            seen = [future.result() for future in looking]
    assert writer.returncode == 0
    assert all(set(totals) <= {0, 12} for totals in seen), seen
    with open_workspace(url) as workspace:
        assert search(workspace, "thu hồi đất")["total"] == 12


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")


def test_a_search_that_the_index_cannot_follow_says_so(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất")
    assert search(workspace, "thu hồi đất")["total"] == 1
    put("r2", "thu hồi đất")
    with Index(workspace.index.folder)._alone(0):
        for query in ("thu hồi đất", ""):
            found = search(workspace, query)
            assert (found["total"], found["notes"][0]) == (1, say("search_index_behind"))
        assert similar(workspace, "r1")["notes"][0] == say("search_index_behind")
    found = search(workspace, "thu hồi đất")
    assert (found["total"], say("search_index_behind") in found["notes"]) == (2, False)


def test_passages_stand_in_the_text_as_it_is_now(workspace: Workspace, put: Put) -> None:
    text = "Điều 1. Thu hồi đất của hộ ông A.\nĐiều 2. Giao cho phòng tài chính thu hồi đất.\n"
    put("r1", text)
    search(workspace, "thu hồi đất")
    for beginning in ("Bản sao.\n", "Căn cứ biên bản họp ngày 3.\n\n" * 9, "ab "):
        changed = beginning + text
        workspace.texts.put([("r1", Text(changed, (0, len(beginning))))])
        with Index(workspace.index.folder)._alone(0):
            (hit,) = search(workspace, "thu hồi đất")["hits"]
        assert hit["passages"]
        pieces = {(piece.start, piece.end) for piece in cut(changed)}
        for passage in hit["passages"]:
            assert (passage["start"], passage["end"]) in pieces
            assert passage["text"] == changed[passage["start"] : passage["end"]]
            assert passage["page"] == Text(changed, (0, len(beginning))).page_of(passage["start"])


def test_of_a_text_that_is_shorter_now_nothing_is_shown_that_is_not_there(workspace: Workspace, put: Put) -> None:
    put("r1", "Điều 1. Thu hồi đất của hộ ông A.\nĐiều 2. Giao cho phòng tài chính thu hồi đất.\n")
    search(workspace, "thu hồi đất")
    for short in ("Điều 1. Bỏ.", " ", ""):
        workspace.texts.put([("r1", Text(short))])
        with Index(workspace.index.folder)._alone(0):
            (hit,) = search(workspace, "thu hồi đất")["hits"]
        assert [passage["text"] for passage in hit["passages"]] == ([short] if short.strip() else [])
