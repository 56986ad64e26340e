"""The integrity of a store, its texts, its search index and its vectors, and what can be put right by itself (``hoso doctor``)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import HosoError
from kg.messages import say
from kg.search.vectors.catching_up import may_have_passages
from kg.search.vectors.kept import VectorsDamaged
from kg.workspace import Workspace

if TYPE_CHECKING:
    from kg.search.vectors.index import VectorIndex

_SHOWN = 3
"""Examples named in a line."""
_AT_ONCE = 500
"""Texts read at once."""


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
    checks = [
        Check("store", True, say("doctor_sound")),
        _edges(workspace),
        _unsupported(workspace),
        _texts_file(workspace),
    ]
    if checks[-1].ok:
        checks += [_missing_texts(workspace), _stray_texts(workspace), _index(workspace), *_vectors(workspace)]
    return checks


def repair(workspace: Workspace) -> None:
    """Remove texts that no record has, make the search index anew and bring the vectors in line; those that are
    damaged go (``hoso embed`` makes them again). The graph itself is not touched."""
    from kg.search.vectors import folders

    workspace.texts.remove(sorted(_strays(workspace)))
    workspace.index.rebuild(workspace.store, workspace.texts)
    for index in folders.all_in(workspace.location.data):
        try:
            index.rebuild(workspace.store, workspace.texts)
        except VectorsDamaged:
            index.remove()


def to_json(checks: list[Check]) -> dict[str, Any]:
    """The value of ``hoso doctor --json``."""
    return {"ok": all(check.ok for check in checks), "checks": [asdict(check) for check in checks]}


def _edges(workspace: Workspace) -> Check:
    loose = workspace.store.loose_edges()
    if not loose:
        return Check("edges", True, say("doctor_edges_ok"))
    listed = ", ".join(f"{kind} {n}" for kind, n in loose.items())
    return Check("edges", False, say("doctor_edges_loose", n=sum(loose.values()), listed=listed))


def _unsupported(workspace: Workspace) -> Check:
    """Fonds, inventories and files that are there and of which no record and no list speaks."""
    return _listed("unsupported", [ident for ids in workspace.store.unsupported().values() for ident in ids])


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
        told = "doctor_index_behind" if _behind(index.seq, store.change_seq()) else "doctor_index_foreign"
        return Check("index", False, say(told, index=index.seq, store=store.change_seq()))
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


def _behind(seq: int, last: int) -> bool:
    """Whether what is not current only has to catch up; else it is of another store, or of another form."""
    return seq < last or seq == 0


def _vectors(workspace: Workspace) -> list[Check]:
    """One for each model; that vectors are still to be made is no fault."""
    from kg.search.vectors import folders

    kept = folders.all_in(workspace.location.data)
    if not kept:
        return [Check("vectors", True, say("doctor_vectors_none"))]
    return [_vectors_of(workspace, index) for index in kept]


def _vectors_of(workspace: Workspace, index: VectorIndex) -> Check:
    if problems := index.kept.problems():
        return Check("vectors", False, say("doctor_damaged", what=problems[0], n=len(problems)))
    model, store = index.model, workspace.store
    if not index.is_current(store):
        told = "doctor_vectors_behind" if _behind(index.seq, store.change_seq()) else "doctor_vectors_foreign"
        return Check("vectors", False, say(told, model=model, index=index.seq, store=store.change_seq()))
    if lacking := index.lacking():
        return Check("vectors", False, say("doctor_vectors_lacking", model=model, n=lacking))
    if differing := _differing_passages(workspace, index):
        examples = ", ".join(differing[:_SHOWN])
        said = say("doctor_vectors_differ", model=model, n=len(differing), examples=examples)
        return Check("vectors", False, said)
    counts = index.counts()
    told = "doctor_vectors_ok" if counts.vectors == counts.passages else "doctor_vectors_partly"
    return Check("vectors", True, say(told, model=model, vectors=counts.vectors, passages=counts.passages))


def _differing_passages(workspace: Workspace, index: VectorIndex) -> list[str]:
    """Records with passages that should have none, and the reverse; a text of nothing but blanks has none."""
    have, texts = index.record_ids(), workspace.texts.ids()
    wanted = {
        record.id for record in workspace.store.iter_records() if record.id in texts and may_have_passages(record)
    }
    missing = sorted(wanted - have)
    blank: set[str] = set()
    for first in range(0, len(missing), _AT_ONCE):
        found = workspace.texts.get_many(missing[first : first + _AT_ONCE])
        blank |= {record for record, text in found.items() if not text.text.strip()}
    return sorted((wanted ^ have) - blank)
