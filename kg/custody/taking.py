"""Several lists loaded at once: each stands for itself, what is wrong with one keeps no other out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.custody.headings import Role
from kg.custody.lists import changed_from, keep
from kg.custody.loading import Read, read_list
from kg.custody.reports import Json, loaded_json, rejected_json
from kg.custody.rows import Defaults
from kg.errors import HosoError
from kg.messages import say
from kg.store.protocol import Store


@dataclass(frozen=True, slots=True)
class Taking:
    """A file that was to be loaded: ``read`` (without anything where it could not be), and ``problem``, why none of it
    is."""

    read: Read
    problem: HosoError | None = None


def read_lists(paths: Sequence[Path], columns: Mapping[Role, str], defaults: Defaults) -> list[Taking]:
    """Read files, each for itself. Raises HosoError(bad_input) for a heading in ``columns`` that no table has."""
    found = []
    for path in paths:
        try:
            read = read_list(path, columns=columns, defaults=defaults)
        except HosoError as error:
            found.append(Taking(Read.of_nothing(path.name), error))
        else:
            found.append(Taking(read, _all_rejected(read)))
    there = [one.read for one in found if one.read.columns]
    for role, label in columns.items():
        if there and not any(role in read.given for read in there):
            raise HosoError(say("facts_no_such_heading", heading=label.strip(), role=say(f"facts_role_{role}")))
    return found


def take(store: Store, taken: Sequence[Taking], by: str, *, check: bool, partial: bool) -> list[Json]:
    """What came of each file, written unless it is a ``check``. ``partial``: the good rows of each; else all rows of all
    files or nothing. Raises HosoError where nothing at all can be loaded, which tells of each file why."""
    if not partial:
        _refuse_parts(taken)
    if all(one.problem for one in taken):
        raise _nothing(taken)
    earlier = [changed_from(store, one.read) for one in taken]
    if not partial:
        lists = [] if check else keep(store, [one.read for one in taken], by)
        return [
            loaded_json(store, one.read, lists[number] if lists else None, earlier[number])
            for number, one in enumerate(taken)
        ]
    found, told = [], []
    for one, former in zip(taken, earlier, strict=True):
        kept, problem = None, one.problem
        if not (check or problem):
            try:
                (kept,) = keep(store, [one.read], by)
            except HosoError as error:
                problem = error
        told.append(Taking(one.read, problem))
        found.append(loaded_json(store, one.read, kept, former, problem))
    if all(one.problem for one in told):
        raise _nothing(told)
    return found


def _all_rejected(read: Read) -> HosoError | None:
    if read.facts:
        return None
    message = say("local_all_rejected", path=read.file, n=len(read.rejected))
    return HosoError(message, candidates=rejected_json(read))


def _refuse_parts(taken: Sequence[Taking]) -> None:
    """Raise HosoError where not every row of every file is good."""
    for one in taken:
        if one.problem:
            raise one.problem
    bad = [one.read for one in taken if one.read.rejected]
    if bad:
        rows = [row for read in bad for row in rejected_json(read)]
        files, good = ", ".join(read.file for read in bad), sum(len(one.read.facts) for one in taken)
        raise HosoError(say("facts_rejected", path=files, n=len(rows), good=good), candidates=rows)


def _nothing(taken: Sequence[Taking]) -> HosoError:
    """Why none of the files is loaded, each thing once."""
    problems = [one.problem for one in taken if one.problem]
    if len(problems) == 1:
        return problems[0]
    message = " ".join(dict.fromkeys(problem.message for problem in problems))
    rows = [row for problem in problems for row in problem.candidates]
    return HosoError(message, code=problems[0].code, candidates=rows)
