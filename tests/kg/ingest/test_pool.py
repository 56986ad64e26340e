"""Worker processes: outcomes in order, and a file that kills its worker is set aside alone."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from kg.ingest import pool
from kg.ingest.task import Job, Outcome, Task, Unchanged
from kg.model import Quarantined


def perform(task: Job) -> Outcome:
    """Stands in for reading: some files take their process down."""
    if "deadly" in str(task.source):
        os.kill(os.getpid(), signal.SIGKILL)
    return Unchanged(str(task.source))


def tasks(names: list[str]) -> list[Task]:
    return [Task(Path(name), name, None, None, None) for name in names]


@pytest.mark.parametrize("deadly", [(), (0,), (5,), (39,), (3, 4), (0, 20, 39)])
def test_every_task_has_its_outcome_in_order(monkeypatch: pytest.MonkeyPatch, deadly: tuple[int, ...]) -> None:
    monkeypatch.setattr(pool, "perform", perform)
    names = [f"{number:02d}-{'deadly' if number in deadly else 'fine'}.txt" for number in range(40)]
    pairs = list(pool.outcomes(tasks(names), workers=2))
    assert [task.source for task, _ in pairs] == names
    for name, (_, outcome) in zip(names, pairs, strict=True):
        if "deadly" in name:
            assert isinstance(outcome, Quarantined)
            assert (outcome.source, outcome.reason) == (name, "crashed")
        else:
            assert outcome == Unchanged(name)
