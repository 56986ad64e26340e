"""``hoso chain``: what a decision rests on, what it changes, and what changed it, with the passage for each."""

from __future__ import annotations

from collections.abc import Sequence

from kg.access import Access
from kg.errors import Ambiguous, NotFound
from kg.messages import say
from kg.model import Edge
from kg.questions.acts import Act, Acts, tells_itself
from kg.questions.evidence import Prover
from kg.questions.forms import Json
from kg.questions.reader import Reader
from kg.workspace import Workspace
from ontology import dates, names

EFFECTS = ("AMENDS", "REPLACES", "REPEALS")
MAX_NODES = 400
"""A chain is for reading: beyond this many acts it is cut, and says so."""


def chain(
    workspace: Workspace,
    number: str,
    *,
    date: str | None = None,
    issuer: str | None = None,
    access: Access = "open",
    limit: int = MAX_NODES,
) -> Json:
    """The ``chain`` form for an act by number (or by its id).

    Followed: the acts it rests on and theirs; the acts that rest on it or cite it (one step); and whatever amends,
    replaces or repeals along the way, in both directions; all that only records which may not be read tell is left
    out. ``also`` of an act: other ids that are read as it, ``also_why`` for each why (``kg.questions.acts.Why``);
    ``evidence``: where the records that hold it bear its number. ``status`` says what the store knows, no
    more: ``no_change_found`` is never "in force". Raises NotFound, and Ambiguous with the acts that the number can mean.
    """
    reader = Reader(workspace, access)
    acts = Acts(reader)
    start = _asked(acts, reader, number, date, issuer)
    edges, cut = _walk(reader, acts, start, limit)
    members = {act.id: act for edge in edges for act in acts.of([edge.source, edge.target]).values()} | {
        start.id: start
    }
    changes = _changes(reader, acts, list(members.values()))
    prover = Prover(reader)
    return {
        "asked": start.id,
        "nodes": [_node_json(act, changes.get(act.id, []), prover) for act in sorted(members.values(), key=_order)],
        "edges": _edges_json(acts, prover, edges),
        "truncated": cut,
    }


def _asked(acts: Acts, reader: Reader, number: str, date: str | None, issuer: str | None) -> Act:
    direct = reader.by_id([number]).get(number)
    if direct is not None and direct.kind == "legal_act":
        return acts.of([number])[number]
    found = acts.numbered(number)
    if not found:
        raise NotFound(say("act_not_found", number=number))
    day = dates.parse(date) if date else None
    fitting = [act for act in found if _fits(act, day, issuer)]
    if not fitting:
        shown = [act_json(act) for act in found]
        raise NotFound(say("act_not_so", number=number, n=len(found)), candidates=shown)
    if len(fitting) > 1:
        shown = [act_json(act) for act in fitting]
        raise Ambiguous(say("act_ambiguous", number=number, n=len(fitting)), candidates=shown)
    return fitting[0]


def _fits(act: Act, day: str | None, issuer: str | None) -> bool:
    known_day, known_issuer = act.value("date"), act.value("issuer")
    if day and known_day and not known_day.startswith(day):
        return False
    if day and not known_day:
        return False
    if issuer:
        wanted = names.folded_key(issuer)
        return known_issuer is not None and wanted in names.folded_key(known_issuer)
    return True


def _walk(reader: Reader, acts: Acts, start: Act, limit: int) -> tuple[list[Edge], bool]:
    """Edges of the chain. From every act reached: its effects both ways and what it rests on; from the act asked
    about also what rests on it or cites it and what it cites. Each act is expanded once."""
    store = reader.workspace.store
    found: dict[tuple[str, str, str, str | None, int | None], Edge] = {}
    seen, waiting = {start.id}, [start]
    cut = False
    while waiting:
        ids = [node for act in waiting for node in act.ids]
        batch: list[Edge] = list(store.edges(ids, types=EFFECTS))
        batch += store.edges(ids, direction="out", types=["BASED_ON"])
        if start in waiting:
            batch += store.edges(ids, types=["BASED_ON", "CITES"], limit=limit)
        shown = reader.edges(batch)
        members = acts.of({end for edge in shown for end in (edge.source, edge.target)})
        waiting = []
        for edge in shown:
            ends = [members[end] for end in (edge.source, edge.target) if end in members]
            new = [act for act in ends if act.id not in seen]
            if len(ends) < 2 or len(seen) + len(new) > limit:
                cut = True
                continue
            found[(edge.source, edge.type, edge.target, edge.record, edge.start)] = edge
            for act in new:
                if act.id not in seen:
                    seen.add(act.id)
                    waiting.append(act)
    return list(found.values()), cut


def _changes(reader: Reader, acts: Acts, members: Sequence[Act]) -> dict[str, list[Edge]]:
    """What amends, replaces or repeals each act. A change dated before the act it changes is a number that was
    taken for another: it does not count."""
    by_node = {node: act for act in members for node in act.ids}
    edges = reader.edges(reader.workspace.store.edges(list(by_node), direction="in", types=EFFECTS))
    changing = acts.of({edge.source for edge in edges})
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        changed, source = by_node[edge.target], changing.get(edge.source)
        if source is None or source.id == changed.id:
            continue
        when, was = source.value("date"), changed.value("date")
        if dates.is_full(when) and dates.is_full(was) and str(when) < str(was):
            continue
        found.setdefault(changed.id, []).append(edge)
    return found


def status_of(act: Act, changes: Sequence[Edge]) -> str:
    """The status word: the strongest change found; ``unknown`` for an act that could not be told from others (not
    held, without date or issuer), since a change of its namesake may be its own."""
    kinds = {(edge.type, edge.props.get("scope") != "part") for edge in changes}
    if ("REPEALS", True) in kinds:
        return "repealed"
    if ("REPLACES", True) in kinds:
        return "replaced"
    if ("REPEALS", False) in kinds:
        return "partly_repealed"
    if kinds:
        return "amended"
    number, told_by = act.value("number"), act.value("date") or act.value("issuer")
    identified = act.held or told_by or (number and tells_itself(number))
    return "no_change_found" if identified else "unknown"


def act_json(act: Act) -> Json:
    """An act in short, as candidates show it."""
    return {
        "id": act.id,
        "number": act.value("number"),
        "type": act.value("type"),
        "date": act.value("date"),
        "issuer": act.value("issuer"),
        "title": act.value("title"),
        "held": act.held,
        "records": list(act.records),
    }


def _node_json(act: Act, changes: Sequence[Edge], prover: Prover) -> Json:
    return act_json(act) | {
        "status": status_of(act, changes),
        "also": list(act.ids[1:]),
        "also_why": [list(told) for told in act.why],
        "evidence": prover.of(act.carried),
    }


def _order(act: Act) -> tuple[str, str]:
    return (act.value("date") or "", act.id)


def _edges_json(acts: Acts, prover: Prover, edges: Sequence[Edge]) -> list[Json]:
    grouped: dict[tuple[str, str, str, str | None], list[Edge]] = {}
    for edge in edges:
        ends = acts.of([edge.source, edge.target])
        source, target = ends[edge.source].id, ends[edge.target].id
        if source != target:
            grouped.setdefault((source, edge.type, target, edge.props.get("scope")), []).append(edge)
    return [
        {"from": source, "relation": relation.lower(), "scope": scope, "to": target, "evidence": prover.of(proofs)}
        for (source, relation, target, scope), proofs in sorted(grouped.items(), key=lambda item: str(item[0]))
    ]
