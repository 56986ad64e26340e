"""The integrity of a store, its texts and its search index, and what can be put right by itself (``hoso doctor``)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from kg.errors import HosoError
from kg.messages import say
from kg.workspace import Workspace

_SHOWN = 3
"""Examples named in a line."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: ``name`` is its code, ``detail`` one line for people."""

    name: str
    ok: bool
    detail: str


def examine(workspace: Workspace) -> list[Check]:
    """Look at everything; changes nothing."""
    problems = workspace.store.problems()
    if problems:
        return [Check("store", False, say("doctor_damaged", what=problems[0], n=len(problems)))]
    checks = [Check("store", True, say("doctor_sound")), _edges(workspace), _texts_file(workspace)]
    if checks[-1].ok:
        checks += [_missing_texts(workspace), _stray_texts(workspace), _index(workspace)]
    return checks


def repair(workspace: Workspace) -> None:
    """Remove texts that no record has, and make the search index anew. The graph itself is not touched."""
    workspace.texts.remove(sorted(_strays(workspace)))
    workspace.index.rebuild(workspace.store, workspace.texts)


def to_json(checks: list[Check]) -> dict[str, Any]:
    """The value of ``hoso doctor --json``."""
    return {"ok": all(check.ok for check in checks), "checks": [asdict(check) for check in checks]}


def _edges(workspace: Workspace) -> Check:
    loose = workspace.store.loose_edges()
    if not loose:
        return Check("edges", True, say("doctor_edges_ok"))
    listed = ", ".join(f"{kind} {n}" for kind, n in loose.items())
    return Check("edges", False, say("doctor_edges_loose", n=sum(loose.values()), listed=listed))


def _texts_file(workspace: Workspace) -> Check:
    problems = workspace.texts.problems()
    if problems:
        return Check("texts", False, say("doctor_damaged", what=problems[0], n=len(problems)))
    return Check("texts", True, say("doctor_sound"))


def _missing_texts(workspace: Workspace) -> Check:
    """Records that were read from a computer file must have a text; those that are only listed have none."""
    have = workspace.texts.ids()
    missing = [
        record.id
        for record in workspace.store.iter_records()
        if record.source is not None and record.readable and record.id not in have
    ]
    return _listed("records_without_text", missing)


def _stray_texts(workspace: Workspace) -> Check:
    return _listed("texts_without_record", sorted(_strays(workspace)))


def _strays(workspace: Workspace) -> set[str]:
    return workspace.texts.ids() - set(workspace.store.record_ids())


def _listed(name: str, ids: list[str]) -> Check:
    if not ids:
        return Check(name, True, say("doctor_none"))
    return Check(name, False, say("doctor_some", n=len(ids), examples=", ".join(ids[:_SHOWN])))


def _index(workspace: Workspace) -> Check:
    store, index = workspace.store, workspace.index
    if not index.is_current(store):
        return Check("index", False, say("doctor_index_behind", index=index.seq, store=store.change_seq()))
    wanted = {
        record.id for record in store.iter_records() if record.kind != "archive_page" and record.access != "secret"
    }
    try:
        differing = wanted ^ index.record_ids()
    except HosoError as error:
        return Check("index", False, error.message)
    if differing:
        examples = ", ".join(sorted(differing)[:_SHOWN])
        return Check("index", False, say("doctor_index_differs", n=len(differing), examples=examples))
    return Check("index", True, say("doctor_index_ok", n=len(wanted)))
