"""``hoso similar``: the records most like one, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence

from kg.access import Access, readable, visible
from kg.errors import HosoError, NotFound
from kg.messages import say
from kg.model import Record
from kg.questions.forms import Json, node_json, record_json
from kg.questions.reader import Reader
from kg.questions.search import closed_subjects, hits_json, notes, texts_of
from kg.search import meaning
from kg.search.model import ENTITIES, Filters
from kg.search.similar import Source
from kg.workspace import Workspace

LIMIT = 10
NAMES = 5
"""Entities in common that are shown."""
_LINKS = ("MENTIONS", "ISSUED_BY", "SIGNED_BY", "AUTHORED_BY")


def similar(workspace: Workspace, record_id: str, *, limit: int = LIMIT, access: Access = "open") -> Json:
    """``{"record", "hits": [hit of search + "shared": {"words", "entities"}], "method", "notes"}``: best first, never
    the record itself. By words, meaning and what both name; ``method`` is ``words`` where no vectors are kept.

    Raises NotFound for a record that is not there or may not be named, HosoError(bad_input) for one whose text this
    reader may not see.
    """
    store = workspace.store
    record = store.record(record_id)
    if record is None or not visible(record, access):
        raise NotFound(say("record_not_found", id=record_id))
    if not readable(record, access):
        raise HosoError(say("similar_withheld", id=record_id))
    current = workspace.index.refresh(store, workspace.texts)
    body = workspace.texts.get(record_id)
    named = _named(workspace, [record_id])[record_id]
    text = body.text if body is not None and record.readable else ""
    source = Source(record_id, record.title or "", text, tuple(sorted(named)))
    texts = texts_of(access)
    filters = Filters(without_subject=closed_subjects(access))
    near, meant = meaning.like(workspace, record_id, filters, texts)
    hits = workspace.index.similar(source, near, filters=filters, texts=texts, limit=limit)
    shown = hits_json(workspace, [], hits, access)
    _add_shared(workspace, shown, source, access)
    files = store.files([record.file]) if record.file else ()
    return {
        "record": record_json(record, files[0] if files else None),
        "hits": shown,
        "method": "hybrid" if near else "words",
        "notes": notes(meant, current=current),
    }


def _named(workspace: Workspace, ids: Sequence[str]) -> dict[str, set[str]]:
    found = workspace.store.neighbours(ids, types=_LINKS)
    return {ident: {other for _, other, outgoing in found.get(ident, ()) if outgoing} for ident in ids}


def _add_shared(workspace: Workspace, hits: Sequence[Json], source: Source, access: Access) -> None:
    """Say of each hit what it has in common with the record: words that both use, entities that both name."""
    ids = [hit["record"]["id"] for hit in hits]
    records = workspace.store.records(ids)
    open_ones = [ident for ident in ids if _may_read(records.get(ident), access)]
    bodies = {ident: text.text for ident, text in workspace.texts.get_many(open_ones).items()}
    words = workspace.index.shared_words(source.text, bodies)
    named = _named(workspace, open_ones)
    both = {ident: named[ident] & set(source.entities) for ident in open_ones}
    nodes = Reader(workspace, access).by_id(set().union(*both.values())) if both else {}
    degrees = workspace.store.degrees(list(nodes))
    for hit in hits:
        ident = hit["record"]["id"]
        common = [nodes[other] for other in both.get(ident, ()) if other in nodes and nodes[other].kind in ENTITIES]
        common.sort(key=lambda node: (degrees.get(node.id, 0), node.id))
        hit["shared"] = {"words": words.get(ident, []), "entities": [node_json(node) for node in common[:NAMES]]}


def _may_read(record: Record | None, access: Access) -> bool:
    return record is not None and readable(record, access)
