"""The sample batch in both stores: every reading command answers the same, on SQLite and on a Neo4j server."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.access import Access
from kg.questions.agency import agency
from kg.questions.fonds import fonds
from kg.questions.moved import moved
from kg.questions.show import show
from kg.store.neo4j import rows
from kg.workspace import Workspace, open_workspace
from tests.kg.custody.making import ASSIGNED, ASSIGNMENTS, HANDED_OVER, HANDOVERS, list_csv
from tests.kg.ingest.batches import hoso, whole_graph
from tests.kg.questions.planted import check_reconciliation, check_totals
from tests.kg.store.answers import answers, ingest_into_both, without_own
from tests.neo4j_server import Neo4j

EVERY = 12
"""Of the entities, acts and records so many are passed over; ``python -m tests.kg.store.answers`` asks for all."""


@pytest.fixture(scope="module")
def stores(neo4j_server: Neo4j, sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """URLs of the two stores, the sample batch in each."""
    folder = tmp_path_factory.mktemp("both")
    urls = (f"sqlite:///{folder / 'kho.db'}", neo4j_server.url)
    neo4j_server.empty()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOSO_DATA", str(folder / "data"))
        ingest_into_both(sample, urls)
        yield urls
    neo4j_server.empty()


def test_both_hold_the_same_in_the_same_order(stores: tuple[str, str]) -> None:
    one, other = (whole_graph(url) for url in stores)
    for part, held in one.items():
        assert held == other[part], part


@pytest.mark.parametrize(("access", "every"), [("open", EVERY), ("conditional", 5 * EVERY), ("closed", 5 * EVERY)])
def test_both_answer_the_same(stores: tuple[str, str], access: Access, every: int) -> None:
    with open_workspace(stores[0]) as one, open_workspace(stores[1]) as other:
        asked = 0
        for (question, expected), (same, found) in zip(
            answers(one, every=every, every_unit=every // EVERY, access=access),
            answers(other, every=every, every_unit=every // EVERY, access=access),
            strict=True,
        ):
            assert (same, found) == (question, expected)
            asked += 1
    assert asked > 4000 / every


def test_both_export_the_same(stores: tuple[str, str], tmp_path: Path) -> None:
    for name, url in zip(("one", "other"), stores, strict=True):
        assert hoso("export", "csv", str(tmp_path / name), "--store", url).returncode == 0
        assert hoso("export", "graphml", str(tmp_path / f"{name}.graphml"), "--store", url).returncode == 0
    tables = sorted(path.name for path in (tmp_path / "one").glob("*.csv"))
    assert "edges.csv" in tables
    for name in tables:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes(), name
    assert (tmp_path / "one.graphml").read_bytes() == (tmp_path / "other.graphml").read_bytes()


def test_the_pages_open_on_a_server(stores: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.testing.v1 import AppTest

    monkeypatch.setenv("HOSO_STORE", stores[1])
    monkeypatch.setenv("HOSO_LANG", "vi")
    for name in sorted(_pages()):
        app = AppTest.from_string(
            f"from ui.desk import guarded\nfrom ui.views import {name}\nwith guarded():\n    {name}.page()\n",
            default_timeout=60,
        ).run()
        assert not app.exception, name
        assert not app.error, (name, [error.value for error in app.error])


def _pages() -> set[str]:
    views = Path(__file__).resolve().parents[3] / "ui" / "views"
    return {
        path.stem
        for path in views.glob("*.py")
        if "def page()" in path.read_text(encoding="utf-8") and not path.stem.startswith("_")
    }


def test_a_server_tells_every_planted_difference_and_its_totals_add_up(stores: tuple[str, str]) -> None:
    with open_workspace(stores[1]) as workspace:
        check_reconciliation(workspace)
        check_totals(workspace)


def test_both_follow_the_same_papers(stores: tuple[str, str], tmp_path: Path) -> None:
    """An assignment and a signed hand-over, loaded into both: custody of every file is the same, and all adds up."""
    with open_workspace(stores[0]) as workspace:
        before = moved(workspace, by="custody")
        rows = [row for row in _files(workspace) if "năm" in (row["retention"] or "")]
    assert rows
    papers = (
        ("assigned.csv", ASSIGNMENTS, (*ASSIGNED[:2], "P02", *ASSIGNED[3:4], "UBND phường Cửa Nam", *ASSIGNED[5:])),
        ("handed.csv", HANDOVERS, ("P02", rows[0]["code"], "UBND phường Hàng Bài", "UBND phường Cửa Nam", *HANDED_OVER[4:])),
    )  # fmt: skip
    for name, heading, row in papers:
        path = list_csv(tmp_path, heading, row, name=name)
        for url in stores:
            done = hoso("custody", "load", str(path), "--store", url)
            assert done.returncode == 0, done.stderr
    told = []
    for url in stores:
        with open_workspace(url) as workspace:
            check_totals(workspace)
            record = next(workspace.store.iter_records(file=rows[0]["id"])).id
            told.append(
                json.dumps(
                    without_own(
                        [
                            moved(workspace, by="custody"),
                            moved(workspace, by="custody", target="Phường Cửa Nam"),
                            fonds(workspace, "P02"),
                            show(workspace, record),
                            agency("UBND quận Hoàn Kiếm", limit=1, store=workspace.store),
                        ]
                    )
                )
            )
    assert told[0] == told[1]
    whole, received, _, shown, (committee,) = json.loads(told[0])
    assert whole["totals"] == before["totals"]
    assert received["totals"]["files"] >= len(rows)
    assert whole["by_certainty"]["fact"]["files"] == before["by_certainty"]["fact"]["files"] + 1
    assert whole["by_certainty"]["assigned"]["files"] == before["by_certainty"]["assigned"]["files"] + len(rows) - 1
    assert shown["custody"]["held_now"]["name"] == "UBND phường Cửa Nam"
    assert committee["today"]["records"][1]["name"] == "UBND phường Cửa Nam"


def _files(workspace: Workspace) -> list[dict[str, Any]]:
    """The files of a fonds of the sample, as ``hoso fonds`` has them."""
    one = fonds(workspace, "P02")
    assert isinstance(one, dict)
    return list(one["file"])


def test_a_second_ingest_changes_nothing(stores: tuple[str, str], sample: Path) -> None:
    before = whole_graph(stores[1])
    done = hoso("ingest", str(sample), "--store", stores[1], "--json", env=dict(os.environ))
    assert done.returncode == 0, done.stderr
    assert '"unchanged": 320' in done.stdout
    assert whole_graph(stores[1]) == before


# -- the page for people


ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "neo4j.md").read_text(encoding="utf-8")
STYLE = (ROOT / "docs" / "neo4j" / "style.grass").read_text(encoding="utf-8")
EVIDENCE = {"record", "start", "end", "page", "text", "part"}


def documented(section: str) -> dict[str, tuple[str, set[str]]]:
    """The rows of a table of the page: name → (second column, properties)."""
    body = PAGE.partition(f"## {section}\n")[2].partition("\n## ")[0]
    found = {}
    for name, middle, last in re.findall(r"^\| `(\w+)` \| (.*?) \| ?(.*?) ?\|$", body, re.MULTILINE):
        found[name] = (middle, set(re.findall(r"`(\w+)`", last)) | (EVIDENCE if "evidence" in last else set()))
    return found


def test_the_page_names_every_label_and_property(stores: tuple[str, str], neo4j_server: Neo4j) -> None:
    told = documented("Nodes")
    assert set(told) == set(rows.LABELS.values())
    there = {
        label for (label,) in neo4j_server.run("MATCH (n:Entity) UNWIND labels(n) AS label RETURN DISTINCT label")
    }
    assert told.keys() == there - {"Entity", "Missing"}
    found = neo4j_server.run(
        "MATCH (n:Entity) UNWIND labels(n) AS label UNWIND keys(n) AS key RETURN DISTINCT label, key ORDER BY label, key"
    )
    for label, key in found:
        assert label in {"Entity", "Missing"} or key in told[label][1], (label, key)


def test_the_page_names_every_relationship_with_its_ends(stores: tuple[str, str], neo4j_server: Neo4j) -> None:
    told = documented("Relationships")
    assert set(told) == set(rows.EDGE_TYPES)
    ends = neo4j_server.run(
        "MATCH (a)-[e]->(b) UNWIND labels(a) AS source UNWIND labels(b) AS target "
        "RETURN DISTINCT source, type(e), target ORDER BY type(e)"
    )
    for source, kind, target in ends:
        sources, targets = told[kind][0].split(" → ")
        assert source in {"Entity", "Missing", *sources.split(", ")}, (source, kind)
        assert target in {"Entity", "Missing", *targets.split(", ")}, (kind, target)
    for kind, key in neo4j_server.run("MATCH ()-[e]->() UNWIND keys(e) AS key RETURN DISTINCT type(e), key"):
        assert key in told[kind][1], (kind, key)


def test_the_style_sheet_speaks_of_this_graph() -> None:
    nodes, links = documented("Nodes"), documented("Relationships")
    rules = re.findall(r"^(node|relationship)(?:\.(\w+))? \{\n(.*?)^\}", STYLE, re.MULTILINE | re.DOTALL)
    assert len(rules) == STYLE.count("{\n")
    assert {name for kind, name, _ in rules if kind == "node"} == {"", *nodes}
    for kind, name, body in rules:
        caption = dict(re.findall(r"^  ([a-z-]+): (.*?);$", body, re.MULTILINE))["caption"].strip('"')
        told = nodes if kind == "node" else links
        assert not name or caption == "<type>" or caption.strip("{}") in told[name][1], (name, caption)


@pytest.mark.parametrize("query", re.findall(r"```cypher\n(.*?)```", PAGE, re.DOTALL))
def test_each_question_of_the_page_has_an_answer(stores: tuple[str, str], neo4j_server: Neo4j, query: str) -> None:
    parameters, _, text = query.removeprefix(":param ").partition("\n")
    values = dict(re.findall(r"(\w+): '(.*?)'", parameters))
    assert neo4j_server.run(text, **values)
