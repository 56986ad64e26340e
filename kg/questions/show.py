"""``hoso show``: one record whole: metadata, text, mentions, links, place and custody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.access import Access, readable, visible
from kg.custody.custodian import Custodian
from kg.errors import HosoError, NotFound
from kg.messages import say
from kg.model import Edge, File, Record
from kg.questions.agency_checks import paper_checks
from kg.questions.forms import Json, is_document, record_json
from kg.questions.places import Places, main_edges
from kg.workspace import Workspace
from ontology.registry import load

_CITING = ("BASED_ON", "CITES")
_AFFECTING = ("AMENDS", "REPLACES", "REPEALS")


def show(workspace: Workspace, record_id: str, *, access: Access = "open") -> Json:
    """The ``show`` form of a record by id, or by its path in the delivery when one record has it.

    A secret record raises HosoError(secret). Of a closed one only id, access and subject are told, every other value
    is null or empty; one that the reader may not read comes with its metadata, without what was read from its text
    (``withheld`` says why). ``parts``: the documents of a file that holds several, in order, each with its header
    fields as ``extract`` names them, ``part`` (from 1), ``own`` (whether the record's header is of it), ``start`` and
    ``end`` in the text, ``page`` and ``act``, the id of the act that it carries; what stands in one of them says so in ``cites`` and ``affects`` by ``part``. Raises
    NotFound for an unknown id.
    """
    record = workspace.store.record(record_id)
    if record is None:
        raise _absent(workspace, record_id)
    if record.access == "secret":
        raise HosoError(say("record_secret", id=record_id), code="secret")
    file = next(iter(workspace.store.files([record.file])), None) if record.file else None
    if not visible(record, access):
        return _closed(record)
    shown = record_json(record, file)
    may_read = readable(record, access)
    edges = _owned(workspace, record)
    ontology = load()
    places = Places(ontology)
    place = places.answer(record, main_edges([edge for edge in edges if edge.type == "ABOUT_PLACE"]))
    text = workspace.texts.get(record.id) if may_read else None
    return {
        **shown,
        "text": text.text if text else None,
        "page_starts": list(text.page_starts) if text else [],
        "signers": [dict(signer) for signer in record.signers] if may_read else [],
        "cites": _acts(workspace, edges, _CITING) if may_read else [],
        "affects": _acts(workspace, edges, _AFFECTING) if may_read else [],
        "parts": _parts(record) if may_read else [],
        "mentions": _mentions(workspace, edges) if may_read else [],
        "place": places.to_json(place) if may_read else None,
        "custody": _custody(workspace, record, file),
        "checks": paper_checks(workspace, record, edges),
        "judgements": _judgements(workspace, record),
        "confidence": dict(record.confidence),
        "page_values": record.extra.get("page_values") if may_read else None,
        "withheld": None if may_read else record.access,
    }


def _closed(record: Record) -> Json:
    """What is told of a closed record: that it is there, and why no more."""
    told = {"id": record.id, "access": record.access, "subject": record.subject, "withheld": "closed"}
    lists: Json = {
        key: [] for key in ("page_starts", "signers", "cites", "affects", "parts", "mentions", "judgements", "checks")
    }
    nothing = dict.fromkeys((*record_json(record), "text", "place", "custody", "page_values"))
    return {**nothing, **lists, "confidence": {}, **told}


def _absent(workspace: Workspace, record_id: str) -> HosoError:
    if any(record_id in (secret.id, secret.source) for secret in workspace.store.secrets()):
        return HosoError(say("record_secret", id=record_id), code="secret")
    for row in workspace.store.quarantined():
        if row.source == record_id:
            return HosoError(say("record_quarantined", id=record_id, why=row.message), code="unreadable")
    return NotFound(say("record_not_found", id=record_id))


def _owned(workspace: Workspace, record: Record) -> list[Edge]:
    """The record's edges, and those between entities that it proves: they start at the act it carries."""
    own = list(workspace.store.edges([record.id], direction="out"))
    acts = sorted({edge.target for edge in own if edge.type == "IS_ACT"})
    between = workspace.store.edges(acts, direction="out", types=[*_CITING, *_AFFECTING]) if acts else []
    return own + [edge for edge in between if edge.record == record.id]


def _acts(workspace: Workspace, edges: Iterable[Edge], types: Sequence[str]) -> list[Json]:
    chosen = [edge for edge in edges if edge.type in types]
    nodes = workspace.store.nodes(sorted({edge.target for edge in chosen}))
    found = []
    for edge in chosen:
        node = nodes.get(edge.target)
        props = node.props if node else {}
        found.append(
            {
                "act": edge.target,
                "number": props.get("number"),
                "type": props.get("type") or edge.props.get("act_type"),
                "date": props.get("date"),
                "issuer": props.get("issuer"),
                "title": props.get("title") or edge.props.get("title"),
                "relation": edge.type.lower(),
                "scope": edge.props.get("scope"),
                "start": edge.start,
                "end": edge.end,
                "page": edge.page,
                "part": edge.props.get("part"),
            }
        )
    return sorted(found, key=lambda row: (row["start"] is None, row["start"] or 0, str(row["act"])))


def _parts(record: Record) -> list[Json]:
    """The documents in the record; a store that was filled before they were linked tells nothing of them."""
    return [dict(part) for part in record.extra.get("parts", ()) if "part" in part]


def _mentions(workspace: Workspace, edges: Iterable[Edge]) -> list[Json]:
    chosen = [edge for edge in edges if edge.type == "MENTIONS"]
    nodes = workspace.store.nodes(sorted({edge.target for edge in chosen}))
    return sorted(
        (
            {
                "kind": nodes[edge.target].kind if edge.target in nodes else None,
                "id": edge.target,
                "name": nodes[edge.target].name if edge.target in nodes else None,
                "surface": edge.text,
                "start": edge.start,
                "end": edge.end,
                "page": edge.page,
            }
            for edge in chosen
        ),
        key=lambda row: (row["start"] is None, row["start"] or 0, str(row["id"])),
    )


def _custody(workspace: Workspace, record: Record, file: File | None) -> Json:
    fonds_id = record.fonds or (file.fonds if file else None)
    fonds = {row.id: row for row in workspace.store.fonds([fonds_id])} if fonds_id else {}
    siblings = list(workspace.store.iter_records(file=record.file)) if record.file else [record]
    documents = [row for row in siblings if is_document(row)]
    custodian = Custodian.of_store(workspace.store, load(), fonds, file=file)
    answer = custodian.of(fonds_id, file=file, records=documents)
    return answer.to_json(custodian.proposed(fonds_id, file, documents))


def _judgements(workspace: Workspace, record: Record) -> list[Json]:
    rows = workspace.store.logged("judgement")
    return [dict(row) for row in rows if row.get("record") == record.id]
