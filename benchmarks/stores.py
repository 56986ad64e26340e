"""Both stores at scale: loads and questions, beside hand-written Cypher in the same run.

    NEO4J_JARS=... python -m benchmarks.stores [--scale 1.0] [--folder DIR] [--load-only | --reuse]

Scale 1: a million records, 200,000 entities, five million edges, made up but always the same. The graph is written to
SQLite through the store's own writer, exported with ``hoso export neo4j-import``, imported into a server of its own
(``scripts/neo4j``) and asked the same questions on both; 20,000 records more are then written in batches to each.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from kg.export.neo4j_import import export_neo4j_import
from kg.machine import machine
from kg.model import Edge, Node, Record, RecordGraph
from kg.questions.entity import RELATED_RECORDS
from kg.store.neo4j.driver import neo4j
from kg.store.protocol import Store
from kg.workspace import open_workspace

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "neo4j"
BATCH = 5000
MORE = 20_000
"""Records written in batches after the first load, to each store."""
ASKED = 40
WARM = 2
"""Times that every question is asked before it counts: a server compiles what it runs often."""
_SURNAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"]
_MIDDLE = ["Văn", "Thị", "Đức", "Hữu", "Minh", "Thanh", "Quang", "Ngọc", "Xuân", "Kim", "Công", "Bá"]
_GIVEN = [
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hòa",
    "Hùng",
    "Hương",
    "Khánh",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Nam",
    "Nga",
    "Phúc",
    "Sơn",
    "Tâm",
    "Thảo",
    "Tuấn",
    "Yến",
]


@dataclass(frozen=True)
class Graph:
    """The graph of a scale. Who is named, and where things lie, is skewed: a few stand in very many records."""

    scale: float

    def _n(self, full: int) -> int:
        return max(20, int(full * self.scale))

    @property
    def records(self) -> int:
        """How many records the first load has."""
        return self._n(1_000_000)

    @cached_property
    def people(self) -> list[Node]:
        """120,000 at scale 1."""
        dice = random.Random(1)
        return [
            Node(f"person:{n}", "person", f"{dice.choice(_SURNAMES)} {dice.choice(_MIDDLE)} {dice.choice(_GIVEN)}")
            for n in range(self._n(120_000))
        ]

    @cached_property
    def units(self) -> list[Node]:
        """10,000 communes of before, three or so of each new one."""
        return [Node(f"{n:05}@1990-01-01", "unit", f"Xã {_name(n)}") for n in range(self._n(10_000))]

    @cached_property
    def new(self) -> dict[str, list[str]]:
        """The communes that each new one was made of."""
        return {
            f"{n:05}@2025-07-01": [unit.id for unit in self.units[n : n + 3]] for n in range(0, len(self.units), 3)
        }

    @cached_property
    def agencies(self) -> list[Node]:
        """10,000 at scale 1."""
        return [
            Node(f"agency:{n}", "agency", f"Ủy ban nhân dân xã {_name(n)}", (f"UBND xã {_name(n)}",))
            for n in range(self._n(10_000))
        ]

    @cached_property
    def acts(self) -> list[Node]:
        """57,000 at scale 1."""
        return [
            Node(f"act:{n}", "legal_act", f"{n % 900}/{1990 + n % 30}/QĐ-UB", (), {"number": f"{n % 900}"})
            for n in range(self._n(57_000))
        ]

    def backbone(self) -> tuple[list[Node], list[Edge]]:
        """The units, and which became which."""
        after = [Node(ident, "unit", f"Xã mới {_name(n)}") for n, ident in enumerate(self.new)]
        became = [
            Edge(old, "SUCCEEDED_BY", new, props={"extent": "whole"})
            for new, olds in self.new.items()
            for old in olds
        ]
        return [*self.units, *after], became

    def made(self, first: int, count: int) -> Iterator[RecordGraph]:
        """Records from the first-th on, each with five edges."""
        for n in range(first, first + count):
            dice = random.Random(n)
            ident = f"r{n:08}"
            agency, signer = _skewed(dice, self.agencies), _skewed(dice, self.people)
            named, act, unit = dice.choice(self.people), _skewed(dice, self.acts), _skewed(dice, self.units)
            number = f"{n % 1000}/QĐ-UBND"
            record = Record(
                ident, f"{ident}.txt", "F1", None, number, "Quyết định", f"{1990 + n % 34}-{n % 12 + 1:02}-{n % 28 + 1:02}",
                title=f"Về việc giải quyết đơn số {n}", pages=n % 7 + 1, sha256=f"{n:064x}",
            )  # fmt: skip
            edges = (
                Edge(ident, "ISSUED_BY", agency.id, ident, 10, 40, 1, agency.name),
                Edge(ident, "SIGNED_BY", signer.id, ident, 900, 915, 1, signer.name, {"position": "Chủ tịch"}),
                Edge(ident, "MENTIONS", named.id, ident, 400, 415, 1, named.name, {"certainty": "certain"}),
                Edge(ident, "BASED_ON", act.id, ident, 200, 220, 1, act.name),
                Edge(
                    ident, "ABOUT_PLACE", unit.id, ident, props={"rank": 0, "where": "title", "certainty": "certain"}
                ),
            )
            yield RecordGraph(record, "", (0,), (agency, signer, named, act), edges)


def _skewed(dice: random.Random, among: Sequence[Node]) -> Node:
    return among[int(len(among) * dice.random() ** 3)]


def _name(n: int) -> str:
    return f"{_GIVEN[n % len(_GIVEN)]} {_SURNAMES[n // len(_GIVEN) % len(_SURNAMES)]} {n // 300}"


# -- loading


def load(store: Store, graph: Graph, first: int, count: int) -> float:
    """Write records in batches, each in a transaction of its own; seconds."""
    made = graph.made(first, count)
    writing = 0.0
    while batch := list(islice(made, BATCH)):
        start = time.perf_counter()
        with store.writing() as writer:
            writer.put_records(batch)
        writing += time.perf_counter() - start
    return writing


def imported(out: Path, home: Path) -> tuple[str, float]:
    """A fresh server with the tables of a folder: its URL, and the seconds of the import."""
    start = time.perf_counter()
    subprocess.run(
        [SCRIPT, "admin", home, "database", "import", "full", "neo4j", "@import.args"],
        cwd=out, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    took = time.perf_counter() - start
    started = subprocess.run([SCRIPT, "start", home], check=True, capture_output=True, text=True)
    return started.stdout.strip(), took


# -- questions


PLAIN = {
    "newest 50 of a commune": """
        MATCH (u:Unit)<-[e:ABOUT_PLACE]-(r:Record) WHERE u.id IN $units AND e.rank = 0
        RETURN r ORDER BY r.date DESC, r.id LIMIT 50""",
    "2-hop of a person": """
        MATCH (:Person {id: $id})-[a]-(r)-[b]-(x) RETURN DISTINCT r.id, type(b), x.id""",
    "one shortest path": """
        MATCH (a:Person {id: $id}), (b:Person {id: $other}) MATCH p = shortestPath((a)-[*..8]-(b))
        RETURN [n IN nodes(p) | n.id], [e IN relationships(p) | [type(e), e.record, e.page, e.text]]""",
    "shortest paths": """
        MATCH (a:Person {id: $id}), (b:Person {id: $other}) MATCH p = allShortestPaths((a)-[*..8]-(b))
        UNWIND relationships(p) AS e
        RETURN DISTINCT startNode(e).id, type(e), endNode(e).id, e.record, e.page, e.text""",
    "count per commune": """
        MATCH (u:Unit)<-[e:ABOUT_PLACE]-(r:Record) WHERE e.rank = 0 RETURN u.id, count(r)""",
    "full text, names": """
        CALL db.index.fulltext.queryNodes('hoso_names', $words) YIELD node, score
        RETURN node.id, node.name, score LIMIT 20""",
}


def questions(graph: Graph) -> dict[str, list[dict[str, Any]]]:
    """Parameters of each question; always the same."""
    dice = random.Random(7)
    people = [dice.choice(graph.people).id for _ in range(ASKED * 2)]
    pairs = [{"id": a, "other": b} for a, b in zip(people[::2], people[1::2], strict=True) if a != b]
    names = [node.name for node in dice.sample(graph.people, ASKED)]
    return {
        "newest 50 of a commune": [{"units": graph.new[dice.choice([*graph.new])]} for _ in range(ASKED)],
        "2-hop of a person": [{"id": person} for person in people[:ASKED]],
        "one shortest path": pairs,
        "shortest paths": pairs,
        "count per commune": [{}] * (ASKED // 4),
        "full text, names": [{"name": name, "words": " AND ".join(_folded(name))} for name in names],
    }


def _folded(name: str) -> list[str]:
    from kg.store.names import words

    return list(words(name))


def through(store: Store) -> dict[str, Callable[[dict[str, Any]], object]]:
    """The same questions as the product asks them; of equally short paths it wants all, to choose the one that says
    most."""

    def paths(given: dict[str, Any]) -> object:
        return store.shortest(given["id"], given["other"], max_length=8)

    return {
        "newest 50 of a commune": lambda given: store.newest_records(given["units"], 50),
        "2-hop of a person": lambda given: store.beside(given["id"], records=RELATED_RECORDS),
        "one shortest path": paths,
        "shortest paths": paths,
        "count per commune": lambda _: store.main_place_counts(),
        "full text, names": lambda given: store.find_nodes(given["name"], limit=20),
    }


def milliseconds(
    ways: Sequence[Callable[[dict[str, Any]], object]], asked: Sequence[dict[str, Any]]
) -> list[list[float]]:
    """Of several ways to answer, asked in turn so that the machine's noise falls on all alike."""
    took: list[list[float]] = [[] for _ in ways]
    for given in [*asked] * (WARM + 1):
        for way, times in zip(ways, took, strict=True):
            start = time.perf_counter()
            way(given)
            times.append((time.perf_counter() - start) * 1000)
    return [times[-len(asked) :] for times in took]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was measured as JSON and as rows of a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--folder", type=Path, default=Path("stores-benchmark"))
    parser.add_argument("--load-only", action="store_true", help="stop when the SQLite store is made")
    parser.add_argument("--reuse", action="store_true", help="begin with the SQLite store that such a run left")
    given = parser.parse_args(arguments)
    if not given.reuse:
        shutil.rmtree(given.folder, ignore_errors=True)
        given.folder.mkdir(parents=True)
    os.environ["HOSO_DATA"] = str(given.folder.resolve() / "data")
    graph = Graph(given.scale)
    fast = importlib.util.find_spec("neo4j._rust") is not None
    told: dict[str, Any] = {"machine": machine(), "neo4j-rust-ext": fast, "records": graph.records}
    home = given.folder / "server"
    with open_workspace(f"sqlite:///{given.folder.resolve() / 'kho.db'}", create=True) as workspace:
        lite = workspace.store
        if not given.reuse:
            with lite.writing() as writer:
                writer.put_nodes(*graph.backbone())
            told["sqlite_load_s"] = round(load(lite, graph, 0, graph.records), 1)
        counts = lite.counts()
        told["edges"], told["nodes"] = sum(counts["edges"].values()), sum(counts["nodes"].values())
        print(json.dumps(told), file=sys.stderr, flush=True)
        if given.load_only:
            return 0
        start = time.perf_counter()
        export_neo4j_import(workspace, given.folder / "tables")
        told["export_s"] = round(time.perf_counter() - start, 1)
        try:
            url, seconds = imported(given.folder / "tables", home)
            told["import_s"] = round(seconds, 1)
            _measure(lite, url, graph, told)
        finally:
            subprocess.run([SCRIPT, "stop", home], check=False)
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return 0


def _measure(lite: Store, url: str, graph: Graph, told: dict[str, Any]) -> None:
    start = time.perf_counter()
    from kg.store.neo4j.address import parse
    from kg.store.neo4j.client import Neo4jStore

    store = Neo4jStore.open(parse(url), repair=True)
    told["indexes_s"] = round(time.perf_counter() - start, 1)
    print(json.dumps(told), file=sys.stderr, flush=True)
    products, lites = through(store), through(lite)
    with (
        neo4j.GraphDatabase.driver(url) as driver,
        driver.session(database="neo4j", default_access_mode="READ") as session,
    ):

        def plain(name: str) -> Callable[[dict[str, Any]], object]:
            return lambda given: session.run(PLAIN[name], given).values()

        print("| question | SQLite | Neo4j | plain Cypher | Neo4j : plain |\n|---|---|---|---|---|")
        for name, asked in questions(graph).items():
            times = milliseconds([lites[name], products[name], plain(name)], asked)
            shown = [f"{statistics.median(each):.1f} / {_p95(each):.1f}" for each in times]
            ratio = statistics.median(times[1]) / statistics.median(times[2])
            print(f"| {name} | {' | '.join(shown)} | {ratio:.2f} |", flush=True)
            told[name] = {"ms (median / p95)": shown, "ratio": round(ratio, 2)}
    rows = MORE * 6  # records and edges; what is merged or named besides is not counted
    for name, each in (("sqlite", lite), ("neo4j", store)):
        seconds = load(each, graph, graph.records, MORE)
        told[f"{name}_batches"] = {"records/s": round(MORE / seconds), "records and edges/s": round(rows / seconds)}
    store.close()


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


if __name__ == "__main__":
    sys.exit(main())
