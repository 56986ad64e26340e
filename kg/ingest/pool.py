"""Tasks performed in order, here or by worker processes, with a bounded number in flight."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from kg.ingest.task import FilePlaces, FileTask, Job, Outcome, perform
from kg.messages import say
from kg.model import Quarantined

_IN_FLIGHT = 8
"""Tasks handed out ahead of the writer, a worker: keeps workers busy and memory flat."""


def outcomes(tasks: Iterable[Job], workers: int) -> Iterator[tuple[Job, Outcome]]:
    """Each task with its outcome, in the order of the tasks.

    Worker processes are spawned, never forked (models and their threads do not survive a fork). A file that takes its
    worker process down with it is quarantined, and the rest goes on.
    """
    if workers <= 1:
        for task in tasks:
            yield task, perform(task)
        return
    waiting = iter(tasks)
    retry: deque[Job] = deque()
    while True:
        pending = _run_pool(_chain(retry, waiting), workers, retry)
        yield from pending
        if not retry:
            return
        yield retry[0], _alone(retry.popleft())


def _chain(first: deque[Job], then: Iterator[Job]) -> Iterator[Job]:
    while first:
        yield first.popleft()
    yield from then


def _run_pool(tasks: Iterator[Job], workers: int, lost: deque[Job]) -> Iterator[tuple[Job, Outcome]]:
    """Perform until done or until a worker dies; the tasks whose outcome is not known are then put in ``lost``."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        flying: deque[tuple[Job, Future[Outcome]]] = deque()
        try:
            for task in islice(tasks, workers * _IN_FLIGHT):
                flying.append((task, pool.submit(perform, task)))
            while flying:
                task, future = flying[0]
                outcome = future.result()
                flying.popleft()
                yield task, outcome
                for following in islice(tasks, 1):
                    flying.append((following, pool.submit(perform, following)))
        except BrokenProcessPool:
            known = {task.id for task, _ in flying}
            lost.extend(task for task, _ in flying if task.id in known)
        finally:
            for _, future in flying:
                future.cancel()


def _alone(task: Job) -> Outcome:
    """Perform one task in a process of its own: the one that kills it is the one to set aside."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        try:
            return pool.submit(perform, task).result()
        except BrokenProcessPool:
            if isinstance(task, FileTask):
                return FilePlaces(())
            message = say("reader_crashed", source=task.source or task.id)
            fonds = task.fonds.id if task.fonds else None
            return Quarantined(task.source or task.id, "crashed", message, fonds, task.file)
