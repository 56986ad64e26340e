"""Every question of the product over a whole store, as JSON lines, so that two stores can be compared."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from kg.access import Access
from kg.cli.common import translated
from kg.questions.agency import agency
from kg.questions.chain import chain
from kg.questions.entity import entity
from kg.questions.fonds import fonds
from kg.questions.moved import moved
from kg.questions.path import path
from kg.questions.search import search
from kg.questions.show import show
from kg.questions.stats import stats
from kg.workspace import Workspace

Answer = tuple[str, str]
_APART = ("score", "seconds", "schema", "at")
"""What two stores may say differently."""


def answers(
    workspace: Workspace, *, every: int = 1, every_unit: int = 1, access: Access = "open"
) -> Iterator[Answer]:
    """(question, answer) over all units that records name, all their entities, acts, records and fonds, as a reader of
    that level asks; ``every``: only each so many of the records, entities and acts; ``every_unit``: of the units."""
    store = workspace.store
    yield _asked("stats", lambda: stats(workspace))
    yield _asked("quarantine", lambda: [asdict(row) for row in store.quarantined()])
    yield _asked("fonds", lambda: fonds(workspace, access=access))
    for row in store.fonds():
        yield _asked(f"fonds {row.id}", lambda row=row: fonds(workspace, row.id, access=access))
        if row.creator:
            yield _asked(f"agency {row.creator}", lambda row=row: agency(row.creator, limit=2, store=store))
    records = list(store.iter_records())[::every]
    for record in records:
        yield _asked(f"show {record.id}", lambda record=record: show(workspace, record.id, access=access))
    for record in records[::4]:
        query = " ".join((record.title or record.number or record.id).split()[:6])
        yield _asked(f"search {query}", lambda query=query: search(workspace, query, access=access))
    named = sorted({edge.target for edge in store.iter_edges(["ABOUT_PLACE", "MENTIONS", "OF_UNIT"])})
    units = [node for node in store.nodes(named).values() if node.kind == "unit"][::every_unit]
    for unit in units:
        yield _asked(f"moved from {unit.id}", lambda unit=unit: moved(workspace, source=unit.id, access=access))
        yield _asked(f"entity {unit.id}", lambda unit=unit: entity(workspace, unit.id, access=access))
    yield _asked("moved", lambda: moved(workspace, access=access))
    for by in ("place", "custody"):
        for target in ("Phường Cửa Nam", "Thành phố Hà Nội"):
            yield _asked(
                f"moved to {target} {by}", lambda t=target, by=by: moved(workspace, target=t, by=by, access=access)
            )
    entities = list(store.iter_nodes(["agency", "person", "legal_act", "project", "identifier"]))[::every]
    for node in entities:
        yield _asked(f"entity {node.id}", lambda node=node: entity(workspace, node.id, access=access))
        yield _asked(f"entity {node.name}", lambda node=node: entity(workspace, node.name, access=access))
    for node in entities:
        if node.kind == "legal_act" and node.props.get("number"):
            yield _asked(f"chain {node.id}", lambda node=node: chain(workspace, node.id, access=access))
            number = str(node.props["number"])
            yield _asked(f"chain {node.name}", lambda number=number: chain(workspace, number, access=access))
    for one, other in pairwise(entities[::7]):
        yield _asked(f"path {one.id} {other.id}", lambda a=one.id, b=other.id: path(workspace, a, b, access=access))


def ingest_into_both(batch: Path, urls: Sequence[str]) -> None:
    """Read one delivery into two stores, side by side."""
    command = [sys.executable, "-m", "kg.cli.app", "ingest", str(batch), "--workers", "1", "--store"]
    running = [
        subprocess.Popen([*command, url], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for url in urls
    ]
    for process in running:
        _, problem = process.communicate()
        assert process.returncode == 0, problem


def _asked(question: str, answer: Callable[[], Any]) -> Answer:
    try:
        value = answer()
    except Exception as error:  # the translation re-raises what is no error of ours
        value = translated(error).to_json()
    return question, json.dumps(without_own(value), ensure_ascii=False)


def without_own(value: Any) -> Any:
    """The answer without what two stores may say differently."""
    if isinstance(value, dict):
        return {key: without_own(item) for key, item in value.items() if key not in _APART}
    return [without_own(item) for item in value] if isinstance(value, list) else value


def main(urls: list[str]) -> int:
    """Ask both stores everything; print what differs. Exit status 1 when something does."""
    from kg.workspace import open_workspace

    asked = differing = 0
    with open_workspace(urls[0]) as one, open_workspace(urls[1]) as other:
        for access in get_args(Access):
            for (question, expected), (same, found) in zip(
                answers(one, access=access), answers(other, access=access), strict=True
            ):
                asked += 1
                if (question, expected) != (same, found):
                    differing += 1
                    print(f"{access}: {question}\n  {expected}\n  {found}")
    print(f"{asked} questions, {differing} answered differently")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
