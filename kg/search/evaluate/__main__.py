"""Measure the search: ``python -m kg.search.evaluate``.

Each collection of the judged queries is ingested by the product into a store that is thrown away (``--cache``: kept, and
caught up next time), every system is asked, and nDCG@10, recall@10 and MRR are printed by kind, overall, and the same
again without accents (``--accentless``).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from kg.errors import HosoError
from kg.machine import machine
from kg.search.evaluate import judged
from kg.search.evaluate.collections import Collection, embed, folder_of, names, open_collection, opened
from kg.search.evaluate.scores import Scores, evaluate
from kg.search.evaluate.systems import BY_MEANING, SYSTEMS, system
from kg.workspace import open_workspace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the evaluation; 2 for what cannot be meant."""
    options = _options().parse_args(arguments)
    try:
        return _run(options)
    except (ValueError, HosoError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kg.search.evaluate", description=__doc__)
    parser.add_argument("--systems", default=",".join(SYSTEMS), help=f"of {', '.join(SYSTEMS)} (default: all)")
    parser.add_argument("--kinds", help=f"of {', '.join(judged.KINDS)} (default: all)")
    parser.add_argument("--accentless", action="store_true", help="ask the queries without accents too")
    parser.add_argument("--collection", action="append", default=[], metavar="NAME[=FOLDER]", help="only these")
    parser.add_argument(
        "--store", action="append", default=[], metavar="NAME=URL", help="a store that holds it already"
    )
    parser.add_argument("--no-embed", action="store_true", help="make no vectors: the product by words alone")
    parser.add_argument("--queries", type=Path, help="CSV: id, kind, collection, query")
    parser.add_argument("--judgements", type=Path, help="CSV: query, record, grade")
    parser.add_argument("--cache", type=Path, help="keep the stores here")
    parser.add_argument("--failures", action="store_true", help="list the queries that are answered badly")
    parser.add_argument("--json", action="store_true")
    return parser


def _run(options: argparse.Namespace) -> int:
    queries = judged.load(options.queries, options.judgements)
    if options.kinds:
        queries = [query for query in queries if query.kind in options.kinds.split(",")]
    with ExitStack() as stack:
        collections = _collections(options, stack, {query.collection for query in queries})
        queries = [query for query in queries if query.collection in collections]
        systems = options.systems.split(",")
        if not options.no_embed and BY_MEANING.intersection(systems):
            for collection in collections.values():
                embed(collection)
        if not queries:
            raise ValueError("no query is left to ask: the documents of its collection are not here")
        variants = {"": queries}
        if options.accentless:
            variants[" without accents"] = judged.accentless(queries)
        results: dict[str, Scores] = {}
        for name in systems:
            ask = system(name, collections)
            for variant, asked in variants.items():
                results[name + variant] = evaluate(ask, asked)
    if options.json:
        print(json.dumps(_json(results, options.failures), ensure_ascii=False))
    else:
        _print(results, options.failures)
    return 0


def _collections(options: argparse.Namespace, stack: ExitStack, wanted: set[str]) -> dict[str, Collection]:
    """The collections that are asked, open; of those not named, the ones whose documents are here."""
    stores = dict(_pair(given) for given in options.store)
    folders = {name: Path(folder) for name, folder in map(_pair, options.collection) if folder}
    only = {_pair(given)[0] for given in options.collection} | set(stores)
    if unknown := sorted(only - wanted):
        raise ValueError(f"no query asks a collection called {unknown[0]}")
    work = options.cache or Path(stack.enter_context(tempfile.TemporaryDirectory()))
    work.mkdir(parents=True, exist_ok=True)
    found: dict[str, Collection] = {}
    for name in sorted(only or wanted):
        if name in stores:
            found[name] = opened(name, open_workspace(stores[name]))
        elif name not in folders and name not in names():
            raise ValueError(f"where are the documents of {name}? --collection {name}=FOLDER")
        elif name in only or folder_of(name):
            found[name] = open_collection(name, work, folders.get(name))
        else:
            print(f"left out: the documents of the collection {name} are not here", file=sys.stderr)
            continue
        stack.callback(found[name].close)
    return found


def _pair(given: str) -> tuple[str, str]:
    name, _, value = given.partition("=")
    return name, value


def _json(results: Mapping[str, Scores], failures: bool) -> dict[str, Any]:
    value: dict[str, Any] = {"machine": machine(), "systems": {}}
    for name, scores in results.items():
        entry: dict[str, Any] = {kind: score.to_json() for kind, score in scores.by_kind.items()}
        if failures:
            entry["failures"] = [
                {
                    "id": one.query.id,
                    "query": one.query.text,
                    "ndcg@10": round(one.ndcg, 3),
                    "found": list(one.ranked),
                    "judged": dict(one.query.grades),
                }
                for one in scores.failures()
            ]
        value["systems"][name] = entry
    return value


def _print(results: Mapping[str, Scores], failures: bool) -> None:
    print(machine())
    for name, scores in results.items():
        print(f"\n{name}\n  {'kind':<12}{'queries':>8}{'nDCG@10':>9}{'95 %':>13}{'recall@10':>11}{'MRR':>7}")
        for kind, score in scores.by_kind.items():
            span = f"{score.low:.2f}-{score.high:.2f}"
            print(f"  {kind:<12}{score.queries:>8}{score.ndcg:>9.3f}{span:>13}{score.recall:>11.3f}{score.mrr:>7.3f}")
        if failures:
            for one in scores.failures():
                print(f"  {one.ndcg:.2f}  {one.query.id}  {one.query.text}")
                for place, source in enumerate(one.ranked, start=1):
                    print(f"          {place:>2}  {one.query.grades.get(source, 0)}  {source}")
                missed = [source for source in one.query.grades if source not in one.ranked]
                if missed:
                    print(f"           missed: {', '.join(missed)}")


if __name__ == "__main__":
    sys.exit(main())
