"""Two people and the program's own commands search while a delivery comes in, vectors included: no error, no half-written
record, and what is there does not go away."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kg.search.passages import cut
from kg.workspace import open_workspace
from tests.conftest import ROOT
from tests.kg.ingest.batches import deliver, hoso, page
from tests.kg.search import tiny_model
from tests.kg.search.beside import QUERIES, look, whole
from tests.neo4j_server import Neo4j

pytestmark = pytest.mark.long

COUNT = 24
HEAD = "Bản sao lưu tại văn phòng, kèm theo tờ trình của phòng tài chính.\n\n"
"""What a record that changes has at its beginning then: every passage lies elsewhere."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("model")
    made = tiny_model.make(folder / "tiny")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOSO_MODEL", str(made))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.delenv("HOSO_ACCESS", raising=False)
        yield made


def test_people_search_while_a_delivery_comes_in(tmp_path: Path, model: Path) -> None:
    _beside(f"sqlite:///{tmp_path / 'kho.db'}", tmp_path / "giao", more=24)


def test_people_search_a_server_s_store_while_a_delivery_comes_in(
    tmp_path: Path, model: Path, empty_neo4j: Neo4j, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSO_DATA", str(tmp_path / "data"))
    _beside(empty_neo4j.url, tmp_path / "giao", more=12)


def _beside(url: str, folder: Path, *, more: int) -> None:
    """A delivery with vectors, then one of so many ``more`` in which every third record of the first is another, beside
    which people search."""
    deliver(folder, COUNT)
    done = hoso("ingest", str(folder), "--embed", "--store", url)
    assert done.returncode == 0, done.stderr
    before = _texts(url)
    assert len(before) == COUNT
    deliver(folder, COUNT + more)
    for number in range(3, COUNT + 1, 3):
        file = next(folder.rglob(f"{number:03d}.txt"))
        file.write_text(HEAD + page(number).replace("kinh phí sửa", "thêm kinh phí sửa"), encoding="utf-8")
    people = [_person(url), _person(url, "--again")]
    try:
        for person in people:
            assert person.stdout is not None
            assert person.stdout.readline().strip() == "ready", person.communicate()[1]
        with subprocess.Popen(
            [sys.executable, "-m", "kg.cli.app", "ingest", str(folder), "--embed", "--store", url, "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        ) as ingest:  # fmt: skip
            while ingest.poll() is None:
                _commands(url)
                _page(url)
                time.sleep(2)
            told = ingest.communicate()[0]
        assert ingest.returncode == 0
        counts = json.loads(told)
        assert (counts["new"], counts["updated"], counts["unchanged"]) == (more, COUNT // 3, COUNT - COUNT // 3)
        seen = [_asked_to_stop(person) for person in people]
    finally:
        for person in people:
            person.kill()
    after = _texts(url)
    pieces = {ident: _pieces(before.get(ident), after[ident]) for ident in after}
    for one in seen:
        assert one["rounds"] > 1
        assert one["methods"] == ["hybrid", "words"]  # the empty question lists by words alone
        for query in (QUERIES[0], QUERIES[-1]):
            totals = one["totals"][query]
            assert totals == sorted(totals), f"{query}: records went away: {totals}"
            assert totals[0] >= COUNT
        for ident, _, passage in one["seen"]:
            assert passage in pieces[ident], (ident, passage)
    for query in QUERIES:
        assert look(url, None, query)["total"]
    assert look(url, None, QUERIES[0])["total"] == COUNT + more
    doctor = hoso("doctor", "--store", url, "--json")
    assert doctor.returncode == 0, doctor.stdout


def _person(url: str, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.kg.search.beside", url, *options],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip


def _asked_to_stop(person: subprocess.Popen[str]) -> dict[str, Any]:
    told, errors = person.communicate("stop\n", timeout=120)
    assert person.returncode == 0, errors
    assert "Traceback" not in errors
    value: dict[str, Any] = json.loads(told)
    return value


def _commands(url: str) -> None:
    """The program's own command, each time from cold."""
    done = hoso("search", QUERIES[0], "--store", url, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    whole(json.loads(done.stdout))


def _page(url: str) -> None:
    """The search page, as a reader's browser has it run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOSO_STORE", url)
        app = AppTest.from_string("from ui.views import search\nsearch.page()\n", default_timeout=60)
        app.query_params["q"] = QUERIES[0]
        app.run()
    assert not app.exception
    assert not app.error
    assert len([element for element in app.get("html") if "hoso-passage" in element.proto.body]) > 0


def _texts(url: str) -> dict[str, str]:
    with open_workspace(url) as workspace:
        return {ident: text.text for ident, text in workspace.texts.get_many(workspace.texts.ids()).items()}


def _pieces(*texts: str | None) -> set[str]:
    return {text[piece.start : piece.end] for text in texts if text for piece in cut(text)}
