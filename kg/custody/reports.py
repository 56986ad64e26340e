"""What was loaded of facts, as the commands answer it: lists, their papers, what they speak of, contradictions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from kg.custody.checking import left_open, remarks_on
from kg.custody.contradictions import Contradiction, contradictions
from kg.custody.facts import Fact, Facts
from kg.custody.lists import FactList, counting, get, lists
from kg.custody.loading import Read
from kg.custody.pending import InStore
from kg.custody.receivers import Receivers
from kg.custody.remarks import Remark
from kg.errors import HosoError
from kg.store.protocol import Store
from ontology.registry import load

Json = dict[str, Any]


def rejected_json(read: Read) -> list[Json]:
    """The rows of a file that are not taken over, each with its file."""
    return [{"file": read.file, **one.to_json()} for one in read.rejected]


def loaded_json(
    store: Store, read: Read, kept: FactList | None, earlier: FactList | None, problem: HosoError | None = None
) -> Json:
    """A file that was read: ``kept`` as it was written (None: only checked, or not loaded for the ``problem``),
    ``earlier`` the list in use that came from a file of that name with other bytes. ``pending``: facts about what the
    store does not have yet."""
    numbered = (replace(fact, id=str(number)) for number, fact in enumerate(read.facts))
    facts = kept.facts if kept else tuple(numbered)
    bound = _bound(facts, store)
    pending = InStore(store, bound).pending(facts)
    return {
        "id": kept.id if kept else None,
        "file": read.file,
        "sha256": read.sha256,
        "facts": len(facts),
        "kinds": _kinds(facts),
        "unbound": _unbound(facts, bound),
        "ambiguous": len(bound.ambiguous),
        "contrary": [{"row": fact.row, "sheet": fact.sheet} for fact in bound.contrary],
        "pending": [
            {"row": fact.row, "sheet": fact.sheet, "kind": fact.kind, "scope": fact.target.scope, **named.to_json()}
            for fact, named in pending
        ],
        "columns": [table.to_json() for table in read.columns],
        "body_from": dict(read.body_from),
        "sheets_left": list(read.sheets_left),
        "taken": [{"sheet": sheet, "row": row} for sheet, row in read.taken],
        "unread": [{"sheet": sheet, "row": row} for sheet, row in read.unread],
        "to_check": [one.to_json() for one in (*read.remarks, *_remarks(store, facts))],
        "rejected": rejected_json(read),
        "repeated": read.repeated,
        "changed_from": {"id": earlier.id, "loaded": earlier.loaded} if earlier else None,
        "written": kept is not None,
        "problem": {"code": problem.code, "message": problem.message} if problem else None,
    }


def lists_json(store: Store) -> Json:
    """All lists, and the contradictions among the facts in use."""
    known = lists(store)
    facts = _bound([fact for one in known for fact in one.in_use], store)
    there = InStore(store, facts)
    return {
        "lists": [_list_json(one, facts, there) for one in known],
        "contradictions": [
            _named_in(one, there)
            for one in contradictions(list(counting(facts.all)), facts.thing, Receivers(load()).key)
        ],
    }


def list_json(store: Store, identifier: str) -> Json:
    """One list with its facts. Raises NotFound."""
    found = get(store, identifier)
    facts = _bound(found.facts, store)
    there = InStore(store, facts)
    used = {fact.id for fact in found.in_use}
    rows = [
        fact.to_json() | {"in_use": fact.id in used, "named": there.named(fact).to_json()} for fact in found.facts
    ]
    to_check = [one.to_json() for one in (*left_open(found.in_use), *_remarks(store, found.in_use))]
    return _list_json(found, facts, there) | {"facts": rows, "to_check": to_check}


def _remarks(store: Store, facts: Sequence[Fact]) -> list[Remark]:
    """What to look at in facts, among all that are in use."""
    mine = {fact.id for fact in facts}
    others = [fact for one in lists(store) for fact in one.in_use if fact.id not in mine]
    return remarks_on(facts, _bound([*others, *facts], store), store)


def _named_in(one: Contradiction, there: InStore) -> Json:
    facts = [fact.to_json() | {"named": there.named(fact).to_json()} for fact in one.facts]
    return {"kind": one.kind, "facts": facts}


def _list_json(one: FactList, facts: Facts, there: InStore) -> Json:
    mine = {fact.id for fact in one.in_use}
    return {
        "id": one.id,
        "file": one.file,
        "sha256": one.sha256,
        "loaded": one.loaded,
        "by": one.by,
        "withdrawn": one.withdrawn,
        "withdrawn_by": one.withdrawn_by,
        "why": one.why,
        "rows": len(one.facts),
        "in_use": len(mine),
        "kinds": _kinds(one.facts),
        "papers": [paper.to_json() for paper in one.papers],
        "unbound": _unbound(one.in_use, facts),
        "ambiguous": sum(fact.id in mine for fact in facts.ambiguous),
        "contrary": [{"row": fact.row, "sheet": fact.sheet} for fact in facts.contrary if fact.id in mine],
        "pending": len(there.pending(one.in_use)),
    }


def _bound(facts: Sequence[Fact], store: Store) -> Facts:
    return Facts(facts, store.fonds(), load())


def _unbound(facts: Iterable[Fact], bound: Facts) -> int:
    """How many of them speak of fonds that the store does not have."""
    unclear = {fact.id for fact in (*bound.ambiguous, *bound.contrary)}
    return sum(not bound.is_bound(fact) and fact.id not in unclear for fact in facts)


def _kinds(facts: Collection[Fact]) -> dict[str, int]:
    return dict(Counter(fact.kind for fact in facts))
