"""Search at scale: hybrid queries with facets over made records, and the recall of the graph of neighbours.

    python -m benchmarks.search [--passages 1000000] [--folder DIR]
    python -m benchmarks.search --recall [--vectors 25000] [--folder DIR]

Records and links are those of ``benchmarks.stores``; a text is put together from passages of the sample batch with its
figures changed. Vectors are made with the spread of real ones (``benchmarks.spread``), since to embed a million takes half
a day. Queries are the judged ones, asked through the product's own search. A folder that is there is used on: what a run
that was stopped has done, is done.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.spread import Made, Spread, real_vectors, sample_passages
from benchmarks.stores import Graph
from kg.machine import machine
from kg.model import RecordGraph
from kg.questions.search import search
from kg.search.embedding.loading import describe, load
from kg.search.vectors import embedding, folders, graph, nearest
from kg.search.vectors.index import VectorIndex
from kg.store.texts import Text
from kg.workspace import Workspace, open_workspace

A_RECORD = 5
"""Passages that are put together to a record; its head goes with the first one now and then."""
RECORDS = 0.21
"""Records for each passage that is wanted, so that there are no fewer."""
BATCH = 2000
ASKED = 100
SPREAD_FROM = 600
"""Real passages embedded for the spread of made vectors."""
_BLOCS = ["government", "party", "mass_organisation"]
_LEVELS = ["commune", "commune", "district", "province"]
_SUBJECTS = ["land", "civil_status", "finance", "personnel", "construction", "elections", "other"]
_FILTERS: list[dict[str, Any]] = [
    {},
    {"bloc": "party"},
    {"since": "2001", "until": "2003"},
    {"subject": "land", "level": "district"},
]


def told(**figures: Any) -> None:
    """One line of figures, as they come."""
    print(json.dumps({**figures, "at_s": round(time.perf_counter() - START)}, ensure_ascii=False), flush=True)


START = time.perf_counter()


# -- making the store


def made_records(first: int, count: int, passages: Sequence[str]) -> Iterator[tuple[RecordGraph, str]]:
    """Records from the first-th on with their texts; always the same."""
    graph_of = Graph(1.0)
    for n, one in enumerate(graph_of.made(first, count), first):
        dice = random.Random(-n)
        title = _changed(dice, dice.choice(passages)[:120].replace("\n", " "))
        chosen = enumerate(dice.choices(passages, k=A_RECORD - 1))
        body = "\n\n".join(f"{_changed(dice, passage)} ({n}/{part})" for part, passage in chosen)  # none twice
        record = replace(
            one.record, title=title, bloc=dice.choice(_BLOCS), level=dice.choice(_LEVELS),
            subject=dice.choice(_SUBJECTS), issuer=f"Ủy ban nhân dân xã {n % 997}", retention="vĩnh viễn", fonds=f"F{n % 50}",
        )  # fmt: skip
        yield replace(one, record=record), f"{record.issuer}\nSố: {record.number}\n\n{title}\n\n{body}\n"


def _changed(dice: random.Random, text: str) -> str:
    return re.sub(r"\d", lambda _: str(dice.randrange(10)), text)


def fill(workspace: Workspace, count: int, passages: Sequence[str]) -> None:
    """Store records until there are ``count``."""
    store = workspace.store
    first = store.counts()["totals"]["records"]
    if first == 0:
        with store.writing() as writer:
            writer.put_nodes(*Graph(1.0).backbone())
    made = made_records(first, count - first, passages)
    while batch := list(islice(made, BATCH)):
        workspace.texts.put((one.record.id, Text(text)) for one, text in batch)
        with store.writing() as writer:
            writer.put_records([one for one, _ in batch])
        first += len(batch)
        if first % (BATCH * 10) == 0 or first == count:
            told(records_stored=first)


class _MadeModel:
    """The model that search uses, with made vectors for passages."""

    def __init__(self, made: Made) -> None:
        source = describe()
        self.model, self.version, self.dimensions = source.model, source.version, source.dimensions
        self._made = made

    def passages(self, texts: Sequence[str]) -> Any:
        """As many made vectors."""
        return self._made.draw(len(texts))

    def queries(self, texts: Sequence[str]) -> Any:
        """As the model makes them."""
        return load().queries(texts)


def _progress(name: str) -> Callable[[int, int], None]:
    last = [0.0]

    def show(done: int, total: int) -> None:
        if time.perf_counter() - last[0] > 20 or done == total:
            last[0] = time.perf_counter()
            told(**{name: done, "of": total})

    return show


def build(workspace: Workspace, folder: Path) -> VectorIndex:
    """Bring the index of words and the vectors to the store; what each took."""
    start = time.perf_counter()
    workspace.index.sync(workspace.store, workspace.texts, _progress("words_indexed"))
    told(index_of_words_s=round(time.perf_counter() - start, 1))
    embedding.BATCH = 4096
    spread = Spread(real_vectors(folder, SPREAD_FROM, told))
    start = time.perf_counter()
    done = embedding.embed(workspace, _MadeModel(Made(spread)), _progress("vectors_kept"), _progress("graph"))
    told(vectors_s=round(time.perf_counter() - start, 1), passages=done.passages)
    (index,) = folders.all_in(workspace.location.data)
    return index


# -- asking


def queries() -> list[str]:
    """Judged queries of all kinds."""
    lines = files("kg.search").joinpath("data", "judged_queries.csv").read_text("utf-8").splitlines()
    return [row["query"] for row in csv.DictReader(lines)]


def times(name: str, asked: Sequence[Any], way: Callable[[Any], object]) -> dict[str, Any]:
    """Ask each twice, and tell the second round: median and 95th percentile in milliseconds."""
    took = []
    for _ in range(2):
        took = []
        for one in asked:
            start = time.perf_counter()
            way(one)
            took.append((time.perf_counter() - start) * 1000)
    figures = {"asked": len(took), "median_ms": round(statistics.median(took), 1), "p95_ms": round(p95(took), 1)}
    told(what=name, **figures)
    return figures


def p95(took: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(took)[min(len(took) - 1, int(len(took) * 0.95))]


def ask(workspace: Workspace, index: VectorIndex) -> None:
    """The product's search, and its parts alone."""
    dice = random.Random(4)
    asked = dice.sample(queries(), ASKED)
    start = time.perf_counter()
    search(workspace, asked[0])
    told(what="first search of a process", ms=round((time.perf_counter() - start) * 1000))
    for given in _FILTERS:
        times(f"hybrid, filters {given}", asked, lambda query, given=given: search(workspace, query, **given))  # type: ignore[misc]
    times("words alone", asked, workspace.index.search)
    model = load()
    times("the query's vector", asked, lambda query: model.queries([query]))
    vectors = list(model.queries(asked))
    times("vectors alone, 200 nearest", vectors, lambda vector: index.search(vector, 200))

    def half(ids: Sequence[str]) -> list[str]:
        return [one for one in ids if int(one[1:]) % 2]

    times("vectors, a filter that leaves half", vectors, lambda vector: index.search(vector, 200, allowed=half))
    few = [f"r{n:08}" for n in range(4000)]
    times("vectors of 4,000 records", vectors, lambda vector: index.search(vector, 200, allowed=few))
    recall_of(index, vectors)


def recall_of(index: VectorIndex, vectors: Sequence[Any]) -> None:
    """How many of the ten nearest the graph finds, and how long every row takes."""
    state = index._state()
    rows, opened = index._rows(state), index._opened(state)
    exact = times("every row compared", vectors, lambda vector: nearest.exact(rows, vector, 200))
    if opened is None:
        return
    shares = []
    for vector in vectors:
        best = nearest.exact(rows, vector, 40)
        best = best[np.argsort(-nearest.scores(rows, best, vector), kind="stable")][:10]
        shares.append(len(set(best.tolist()) & set(nearest.by_graph(opened, rows, vector, 10).tolist())) / 10)
    told(what="recall@10 of the graph", recall=round(statistics.mean(shares), 4), rows=len(rows), every_row=exact)


def room(workspace: Workspace) -> None:
    """Memory and disk."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    memory = {key: f"{int(status[key].split()[0]) // 1024} MB" for key in ("RssAnon", "RssFile") if key in status}
    memory["peak"] = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    data = workspace.location.data
    disk = {name: _size(data / name) for name in ("index", "vectors", "texts.db")}
    for path in sorted((data / "vectors").rglob("*")):
        if path.is_file() and path.stat().st_size > 1 << 20:
            disk[path.name] = _size(path)
    assert workspace.location.file is not None
    told(memory=memory, disk=disk | {"graph": _size(workspace.location.file)})


def _size(path: Path) -> str:
    whole = (
        sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
        if path.is_dir()
        else path.stat().st_size
    )
    return f"{whole >> 20} MB"


# -- recall on real vectors


def recall(folder: Path, count: int) -> None:
    """Of the graph against comparing every row: all real passages, the rest made."""
    real = real_vectors(folder, None, told)
    spread = Spread(real)
    told(real=len(real), spread=spread.told(real), made=spread.told(Made(spread).draw(4000)))
    made = Made(spread).draw(max(0, count - len(real)))
    rows32 = np.concatenate([real, made])[:count]
    rows = rows32.astype(np.float16)
    vectors = list(load().queries(queries()))
    truth = np.argsort(-(np.stack(vectors) @ rows32.T), axis=1, kind="stable")[:, :10]
    halves = np.argsort(-(np.stack(vectors) @ rows.astype(np.float32).T), axis=1, kind="stable")[:, :10]
    told(what="ten nearest in half precision that are those in single", share=_shared(truth, halves))
    path = folder / "recall.usearch"
    start = time.perf_counter()
    graph.build(path, rows, np.arange(len(rows)), progress=_progress("graph"))
    told(graph_s=round(time.perf_counter() - start, 1), rows=len(rows), disk=_size(path))
    opened = graph.Graph(path, rows.shape[1])
    for looking in (128, 256, 512, graph.LOOKING):
        graph.LOOKING = looking  # type: ignore[misc]
        found = [nearest.by_graph(opened, rows, vector, 10) for vector in vectors]
        figures = times(
            f"graph, looking at {looking}", vectors, lambda vector: nearest.by_graph(opened, rows, vector, 10)
        )
        told(what="recall@10", looking=looking, recall=_shared(truth, found), **figures)
    times("every row compared", vectors, lambda vector: nearest.exact(rows, vector, 10))


def _shared(truth: Any, found: Sequence[Any]) -> float:
    return round(
        statistics.mean(len(set(a.tolist()) & set(b.tolist())) / 10 for a, b in zip(truth, found, strict=True)), 4
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was measured, a line of JSON each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument(
        "--recall", action="store_true", help="measure the graph of neighbours on real vectors instead"
    )
    parser.add_argument("--vectors", type=int, default=25_000)
    parser.add_argument("--folder", type=Path, default=Path("search-benchmark"))
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    told(machine=machine(), threads=nearest.threads())
    if given.recall:
        recall(given.folder, given.vectors)
        return 0
    url = f"sqlite:///{given.folder.resolve() / f'kho-{given.passages}.db'}"
    with open_workspace(url, create=True) as workspace:
        fill(workspace, int(given.passages * RECORDS), sample_passages())
        index = build(workspace, given.folder)
        ask(workspace, index)
        room(workspace)
    return 0


if __name__ == "__main__":
    sys.exit(main())
