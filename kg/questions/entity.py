"""``hoso entity``: one entity, its names and its links, each with how many records prove it and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.access import Access, readable
from kg.linking.identifier_names import KIND, kinds, place_of
from kg.messages import say
from kg.model import Edge, Node
from kg.questions.evidence import Prover
from kg.questions.forms import Json, is_document, node_json, record_json
from kg.questions.names import find_entity
from kg.questions.reader import Reader
from kg.workspace import Workspace
from ontology.registry import load

LIMIT = 50
EVIDENCE = 3
NEWEST = 20
RELATED_RECORDS = 300
"""Records through which related entities are looked for; more would say the same."""


def entity(
    workspace: Workspace, name_or_id: str, *, kind: str | None = None, limit: int = LIMIT, access: Access = "open"
) -> Json:
    """The ``entity`` form: an agency, person, act, unit, file or fonds by id or name.

    ``links``: at most ``limit``, links to other entities first, then to records, the most proven first;
    ``links_total`` says how many there are. ``place``: the unit within which a number counts; ``caution``: a line where one name may stand for two things. ``related``: other entities of the same records, by how many records they
    share. ``newest``: of a unit, the newest records whose main place is the unit or one that it was made of, at most
    ``NEWEST``. Of each only what the reader may see. Raises NotFound with near names, Ambiguous with candidates.
    """
    reader = Reader(workspace, access)
    node, also = find_entity(reader, name_or_id, [kind] if kind else None)
    prover = Prover(reader)
    edges = reader.edges(workspace.store.edges([node.id]))
    links = _grouped(node.id, edges)
    others = workspace.store.nodes(sorted({other for _, other, _ in links}))
    ranked = sorted(links, key=lambda key: _rank(key, links[key], others))
    shown = [key for key in ranked if key[1] in others]
    seen = reader.nodes(others[key[1]] for key in shown[:limit])
    return {
        "id": node.id,
        "kind": node.kind,
        "name": node.name,
        "aliases": list(node.aliases),
        "props": dict(node.props),
        "place": _place(node),
        "caution": _caution(node),
        "also": [node_json(version) for version in also],
        "links": [_link_json(key, links[key], seen[key[1]], prover) for key in shown[:limit]],
        "links_total": len(shown),
        "by_type": dict(sorted(Counter(key[0] for key in shown).items())),
        "records": len(_records(node, edges)),
        "related": _related(reader, node, edges, limit),
        "newest": _newest(reader, node),
    }


def _place(node: Node) -> Json | None:
    """The unit in which a number counts."""
    unit = place_of(node)
    return load().unit_json(unit) if unit else None


def _caution(node: Node) -> str | None:
    """What the name alone does not prove: maps were drawn anew, each with parcels and sheets numbered from 1."""
    is_land = node.kind == KIND and kinds()[node.props["type"]].scope == "land"
    return say("identifier_namesakes") if is_land else None


_Key = tuple[str, str, bool]


def _grouped(node: str, edges: Sequence[Edge]) -> dict[_Key, list[Edge]]:
    links: dict[_Key, list[Edge]] = {}
    for edge in edges:
        outgoing = edge.source == node
        links.setdefault((edge.type, edge.target if outgoing else edge.source, outgoing), []).append(edge)
    return links


def _rank(key: _Key, edges: Sequence[Edge], others: Mapping[str, Node]) -> tuple[bool, int, str, str]:
    other = others.get(key[1])
    to_record = other is not None and other.kind == "record"
    return (to_record, -len({edge.record for edge in edges if edge.record}), key[0], key[1])


def _link_json(key: _Key, edges: Sequence[Edge], other: Node, prover: Prover) -> Json:
    """One link. ``outgoing`` tells its direction; act, clause and extent stand where the ontology is the source."""
    kind, _, outgoing = key
    props = {
        name: edges[0].props[name]
        for name in ("act", "clause", "extent", "position", "scope")
        if name in edges[0].props
    }
    return {
        "type": kind,
        "other": node_json(other),
        "outgoing": outgoing,
        "records": len({edge.record for edge in edges if edge.record}),
        "evidence": prover.of(edges, EVIDENCE),
        **props,
    }


def _records(node: Node, edges: Sequence[Edge]) -> set[str]:
    if node.kind == "record":
        return {node.id}
    return {edge.record for edge in edges if edge.record}


def _related(reader: Reader, node: Node, edges: Sequence[Edge], limit: int) -> list[Json]:
    """Entities that stand in the same records, by the number of records shared."""
    found: dict[str, set[str]] = {}
    for record, target in _named_beside(reader, node, edges):
        if target != node.id:
            found.setdefault(target, set()).add(record)
    ranked = sorted(found, key=lambda key: (-len(found[key]), key))[:limit]
    others = reader.by_id(ranked)
    return [{"other": node_json(others[key]), "records": len(found[key])} for key in ranked if key in others]


def _named_beside(reader: Reader, node: Node, edges: Sequence[Edge]) -> Iterator[tuple[str, str]]:
    """(record, entity that it names) for the records that name the node and that may be read, so many of them."""
    if node.kind == "record":
        yield from ((node.id, edge.target) for edge in edges if edge.source == node.id and edge.record == node.id)
        return
    left, after, asked = RELATED_RECORDS, "", RELATED_RECORDS
    while left > 0 and (page := reader.workspace.store.beside(node.id, records=asked, after=after)):
        reader.learn([*page, *(other for links in page.values() for _, other in links)])
        shown = [record for record in page if reader.may_read(record)][:left]
        yield from ((record, other) for record in shown for _, other in page[record] if reader.may_name(other))
        left -= len(shown)
        after, asked = max(page), 4 * asked  # each page looks at all edges of the node


def _newest(reader: Reader, node: Node) -> list[Json]:
    if node.kind != "unit":
        return []
    ontology = load()
    unit = ontology.units.get(node.id)
    before = [step.unit.id for step in ontology.predecessors(unit).steps] if unit else []
    units, read = [node.id, *before], 2 * NEWEST
    while True:
        found = reader.workspace.store.newest_records(units, read)
        # Where a record belongs was read from its text.
        shown = [record for record in found if is_document(record) and readable(record, reader.access)]
        if len(shown) >= NEWEST or len(found) < read:
            return [record_json(record) for record in shown[:NEWEST]]
        read *= 4
