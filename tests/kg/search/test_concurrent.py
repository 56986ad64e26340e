"""Two people search while records are stored and indexed: no error, no half-written record."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kg.questions.search import search
from kg.workspace import open_workspace

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
