"""Tasks performed in order, here or by worker processes, with a bounded number in flight."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain

from kg.ingest.task import FilePlaces, Job, Outcome, TitlesTask, perform
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
    lost: deque[Job] = deque()
    while (first := next(waiting, None)) is not None:
        yield from _run_pool(chain([first], waiting), workers, lost)
        while lost:
            yield lost[0], _alone(lost[0])
            lost.popleft()


def _run_pool(tasks: Iterator[Job], workers: int, lost: deque[Job]) -> Iterator[tuple[Job, Outcome]]:
    """Perform until done or until a worker dies; the tasks whose outcome is not known are then in ``lost``."""
    with _executor(workers) as pool:
        flying: deque[Future[Outcome]] = deque()
        try:
            for task in tasks:
                lost.append(task)
                flying.append(pool.submit(perform, task))
                if len(flying) >= workers * _IN_FLIGHT:
                    yield _landed(lost, flying)
            while flying:
                yield _landed(lost, flying)
        except BrokenProcessPool:
            return
        finally:
            for future in flying:
                future.cancel()


def _executor(workers: int) -> ProcessPoolExecutor:
    """Worker processes that leave Ctrl-C to the process that started them: it tells the user, and they just end."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        workers, mp_context=context, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    )


def _landed(lost: deque[Job], flying: deque[Future[Outcome]]) -> tuple[Job, Outcome]:
    """The oldest task in flight with its outcome. Raises BrokenProcessPool when its worker died."""
    outcome = flying[0].result()
    flying.popleft()
    return lost.popleft(), outcome


def _alone(task: Job) -> Outcome:
    """Perform one task in a process of its own: the one that kills it is the one to set aside."""
    with _executor(1) as pool:
        try:
            return pool.submit(perform, task).result()
        except BrokenProcessPool:
            if isinstance(task, TitlesTask):
                return FilePlaces(())
            message = say("reader_crashed", source=task.source or task.id)
            fonds = task.fonds.id if task.fonds else None
            return Quarantined(task.source or task.id, "crashed", message, fonds, task.file)
