"""Ingest: deliveries read and stored group by group, so that a run that was killed goes on where it stopped."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kg.errors import HosoError
from kg.ingest.backbone import Backbone, tasks
from kg.ingest.ontology_nodes import put_ontology
from kg.ingest.pool import outcomes
from kg.ingest.task import NO_TEXT, FilePlaces, Job, Outcome, Task, TitlesTask, Unchanged
from kg.ingest.withdrawing import Withdrawn, listed_no_more, problems, unplaced, withdraw
from kg.messages import say
from kg.model import Quarantined, RecordGraph, Secret
from kg.questions.file_events import LOGGED
from kg.readers.model import Batch, RowProblem, Skipped
from kg.search.vectors import folders
from kg.store.protocol import Writer
from kg.store.texts import Text
from kg.workspace import Workspace
from ontology.registry import load

_GROUP = 64
"""Records a transaction: small enough that a kill loses little, large enough to be quick."""
_TITLES_A_RECORD = 32
"""Titles of listed files that count as much as one record."""
_WORTH_A_POOL = 60
"""Below this many computer files one process is done before a pool has started."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Brought:
    """What an ingest brought that the store had not, for its log (``kg.questions.file_events``)."""

    roots: dict[str, str] = field(default_factory=dict)
    fonds: dict[str, Counter[str]] = field(default_factory=dict)
    tables: dict[str, set[str]] = field(default_factory=dict)

    def count(self, fonds: str | None, what: str, table: str | None) -> None:
        """Add a file or a document of a fonds, with the table that speaks of it."""
        self.fonds.setdefault(fonds or "", Counter(files=0, documents=0))[what] += 1
        if table:
            self.tables.setdefault(fonds or "", set()).add(table)

    def write(self, writer: Writer) -> None:
        """Put a row into the log, where there is something to tell."""
        if self.fonds:
            fonds = {
                key: {**counted, "tables": sorted(self.tables.get(key, ()))}
                for key, counted in sorted(self.fonds.items())
            }
            writer.log(LOGGED, {"roots": self.roots, "fonds": fonds})


@dataclass(slots=True)
class Report:
    """What an ingest did; the counts of the contract (DESIGN.md §5), the files that were skipped, the rows of tables that
    could not be used, ``no_text``: computer files without a letter that can be read (some are set aside), and what was
    ``withdrawn`` since no table speaks of it any more."""

    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    quarantined: int = 0
    secret: int = 0
    listed: int = 0
    skipped: int = 0
    pages: int = 0
    seconds: float = 0.0
    no_text: int = 0
    skipped_files: list[Skipped] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    withdrawn: Withdrawn = field(default_factory=Withdrawn)
    brought: Brought = field(default_factory=Brought)

    def to_json(self) -> dict[str, Any]:
        """The JSON value of ``hoso ingest``."""
        counts = ("read", "new", "updated", "unchanged", "quarantined", "secret", "listed", "skipped", "pages")
        value: dict[str, Any] = {name: getattr(self, name) for name in counts}
        value["seconds"] = round(self.seconds, 2)
        value["no_text"] = self.no_text
        value["withdrawn"] = {
            kind: len(getattr(self.withdrawn, kind)) for kind in ("records", "files", "fonds", "inventories")
        }
        value["skipped_files"] = [
            {"path": one.source, "reason": one.reason, "message": say(f"skipped_{one.reason}", source=one.source)}
            for one in self.skipped_files
        ]
        value["problems"] = [
            {"row": problem.row, "reason": problem.reason, "message": problem.message} for problem in self.problems
        ]
        return value


def ingest(
    workspace: Workspace,
    batch: Batch,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read a delivery (``kg.readers.batch.discover``) into the store. ``workers``: processes (default: as many as pay).

    Each group of records is committed as one, its texts before its graph; a record whose bytes and row are those the
    store has is left alone. The same folders with corrected tables give the store that the corrected ones alone give:
    what a table said before and says no more is withdrawn at the end. Raises Unavailable when another writer holds the store, HosoError(unreadable) at the end
    when nothing at all could be read.
    """
    started = time.perf_counter()
    store = workspace.store
    backbone = Backbone(batch, load(), store)
    planned = tasks(batch, backbone, store)
    put_ontology(store)
    report = Report(
        listed=batch.catalogue.rows,
        skipped=len(batch.skipped),
        skipped_files=batch.skipped,
        problems=[*batch.catalogue.problems, *batch.problems],
    )
    lost = unplaced(store) if backbone.accounts.retold else None
    with store.writing() as writer:
        backbone.write(writer)
    for file in backbone.changed():
        report.brought.count(file.fonds, "files", file.extra.get("listed_in"))
    planned = _with_fingerprints(workspace, planned)
    done, total = 0, sum(map(_items, planned))
    for group in _grouped(outcomes(planned, workers or _worth(total)), _GROUP):
        _store_group(workspace, group, backbone, report)
        done += sum(_items(task) for task, _ in group)
        if progress:
            progress(done, total)
    _withdraw(workspace, backbone, planned, report)
    if lost is not None:
        report.problems += problems(unplaced(store) - lost)
    with store.writing() as writer:
        report.brought.write(writer)
        writer.drop_orphans()
    workspace.index.sync(store, workspace.texts)
    folders.refresh(workspace)
    report.seconds = time.perf_counter() - started
    if report.read and report.quarantined == report.read:
        raise HosoError(say("nothing_readable", n=report.read), code="unreadable")
    return report


def _withdraw(workspace: Workspace, backbone: Backbone, planned: Sequence[Job], report: Report) -> None:
    """Take out what the tables listed before and list no more, then what nothing supports."""
    listed = {task.id for task in planned if isinstance(task, Task) and task.path is None}
    gone = listed_no_more(workspace.store, backbone, listed)
    if gone:
        with workspace.store.writing() as writer:
            workspace.texts.remove(gone)
            writer.remove_records(gone)
    report.withdrawn.records = gone
    withdraw(workspace.store, backbone, report.withdrawn)


def _items(task: Job) -> int:
    """Records or files that a task is about."""
    return len(task.titles) if isinstance(task, TitlesTask) else 1


def _weight(task: Job) -> float:
    return len(task.titles) / _TITLES_A_RECORD if isinstance(task, TitlesTask) else 1


def _worth(items: int) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores if items >= _WORTH_A_POOL else 1


def _with_fingerprints(workspace: Workspace, planned: Sequence[Job]) -> list[Job]:
    known = workspace.store.fingerprints([task.id for task in planned if isinstance(task, Task)])
    return [replace(task, known=known.get(task.id)) if isinstance(task, Task) else task for task in planned]


def _grouped(pairs: Iterable[tuple[Job, Outcome]], size: float) -> Iterator[list[tuple[Job, Outcome]]]:
    group: list[tuple[Job, Outcome]] = []
    weight = 0.0
    for pair in pairs:
        group.append(pair)
        weight += _weight(pair[0])
        if weight >= size:
            yield group
            group, weight = [], 0.0
    if group:
        yield group


def _store_group(
    workspace: Workspace, group: Sequence[tuple[Job, Outcome]], backbone: Backbone, report: Report
) -> None:
    graphs = [outcome for _, outcome in group if isinstance(outcome, RecordGraph)]
    quarantined = [outcome for _, outcome in group if isinstance(outcome, Quarantined)]
    secrets = [outcome for _, outcome in group if isinstance(outcome, Secret)]
    known = {task.id for task, _ in group if task.known is not None}
    read = [task for task, _ in group if isinstance(task, Task)]
    blank = {row.source for row in quarantined if row.reason == NO_TEXT}
    superseded = _superseded(workspace, read, graphs, secrets, blank)
    listed = {graph.record.id for graph in graphs if graph.record.source is None}
    opened = {row.id for row in workspace.store.secrets() if row.id in listed} if listed else set()
    withdrawn = sorted(opened.union(superseded))
    former = {source: was for was, source in superseded.items() if source}
    for task, outcome in group:
        if isinstance(task, Task) and task.path is None:
            secret = outcome.id if isinstance(outcome, Secret) else None
            table = task.metadata.table if task.metadata else None
            backbone.accounts.lists_alone(table, task.fonds.id if task.fonds else None, secret=secret)
    with workspace.store.writing() as writer:
        # Inside the transaction, so that a store that is locked leaves the texts as they were; committed before the
        # graph is, so that what the graph names, the texts hold, and that no secret text outlives a crash; new ones at
        # the last moment, so that who reads beside it hardly ever sees a text that its record is behind.
        workspace.texts.remove(withdrawn)
        writer.clear_outcome([task.source or task.id for task in read])
        writer.remove_records(withdrawn)
        writer.put_records(graphs)
        writer.put_files(
            backbone.files[listed.file] for task, _ in group if isinstance(task, TitlesTask) for listed in task.titles
        )
        writer.put_nodes(
            (), [edge for _, outcome in group if isinstance(outcome, FilePlaces) for edge in outcome.edges]
        )
        writer.put_quarantined(quarantined)
        writer.put_secret(secrets)
        for graph in graphs:
            if was := former.get(graph.record.source or ""):
                writer.log("update", {"record": graph.record.id, "source": graph.record.source, "was": was})
            elif graph.record.id in known:
                writer.log("update", {"record": graph.record.id, "source": graph.record.source or ""})
        workspace.texts.put((graph.record.id, Text(graph.text, graph.page_starts)) for graph in graphs)
    _count(group, report, former)


def _superseded(
    workspace: Workspace,
    read: Sequence[Task],
    graphs: Sequence[RecordGraph],
    secrets: Sequence[Secret],
    blank: Collection[str],
) -> dict[str, str | None]:
    """Records that must go, each with the source that another record has now (None where none has): those of the same
    computer file under another id (its fonds or file was corrected), those of a file that is blank now (``blank``:
    sources), and all with the bytes of a record that is secret."""
    kept = {graph.record.id for graph in graphs}
    roots = {task.source: task.root for task in read}
    hidden = {secret.sha256 for secret in secrets if secret.sha256}
    changed = [graph.record.source for graph in graphs if graph.record.source]
    gone: dict[str, str | None] = {secret.id: None for secret in secrets}
    sources = [*changed, *blank, *(secret.source for secret in secrets if secret.source)]
    for delivery in workspace.store.delivered(sources, sorted(hidden)):
        same_file = delivery.source in roots and delivery.root is not None and delivery.root == roots[delivery.source]
        if delivery.sha256 in hidden:
            gone[delivery.record] = None
        elif same_file and delivery.record not in kept:
            gone[delivery.record] = delivery.source if delivery.source in changed else None
    return gone


def _count(group: Sequence[tuple[Job, Outcome]], report: Report, former: Collection[str]) -> None:
    """``former``: sources of which the store had a record under another id."""
    for task, outcome in group:
        if isinstance(task, Task) and isinstance(outcome, RecordGraph):
            row = task.metadata.row if task.metadata else ""
            report.brought.count(outcome.record.fonds, "documents", row.rpartition(":")[0])
            if task.root and task.folder:
                report.brought.roots[task.root] = task.folder
        if task.path is None:
            continue
        report.read += 1
        match outcome:
            case RecordGraph():
                report.pages += outcome.record.pages or 0
                report.no_text += not outcome.record.readable
                if task.known is None and task.source not in former:
                    report.new += 1
                else:
                    report.updated += 1
            case Quarantined():
                report.quarantined += 1
                report.no_text += outcome.reason == NO_TEXT
            case Secret():
                report.secret += 1
            case Unchanged():
                report.unchanged += 1
