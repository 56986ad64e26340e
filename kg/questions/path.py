"""``hoso path``: the shortest way between two entities, with the passage that proves each step."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Mapping, Sequence

from kg.access import Access
from kg.messages import say
from kg.model import Edge, Node
from kg.questions.evidence import Prover
from kg.questions.forms import Json, node_json
from kg.questions.names import find_entity
from kg.questions.reader import Reader
from kg.store.protocol import Store
from kg.store.walking import Link, Links, levels, shortest_links
from kg.workspace import Workspace

MAX_LENGTH = 8
"""Steps after which two entities count as not linked: beyond it a path proves nothing."""

_UNPROVED = frozenset({"CREATED_BY", "GAVE", "IN_FILE", "IN_FONDS", "IN_INVENTORY", "SUCCEEDED_BY", "TOOK"})
"""Links of the ontology and the backbone: no record proves them."""


def path(workspace: Workspace, a: str, b: str, *, max_length: int = MAX_LENGTH, access: Access = "open") -> Json:
    """The ``path`` form between two entities given by id or name.

    A shortest path over all edges, in either direction; among equally short ones the one through the least connected
    nodes (a path through a people's committee says little, PRACTICE.md §2). What only records prove that may not be read is no way through.
    ``warnings``: codes of the catalogue, such as namesakes that nothing proves to be one person. Raises NotFound, Ambiguous.
    """
    reader = Reader(workspace, access)
    start, _ = find_entity(reader, a)
    end, _ = find_entity(reader, b)
    found, edges = _way(reader, start.id, end.id, max_length)
    if not found:
        return {
            "found": False,
            "from": node_json(start),
            "to": node_json(end),
            "length": None,
            "steps": [],
            "warnings": [],
        }
    nodes = reader.by_id(found)
    steps = _steps(reader, found, edges, nodes)
    inner = [nodes[node] for node in found if node in nodes]
    return {
        "found": True,
        "from": node_json(start),
        "to": node_json(end),
        "length": len(found) - 1,
        "steps": steps,
        "warnings": _warnings(inner),
    }


def shortest(workspace: Workspace, start: str, end: str, *, max_length: int, access: Access) -> list[str] | None:
    """Node ids of the chosen shortest path, both ends included; None when there is none within ``max_length``."""
    return _way(Reader(workspace, access), start, end, max_length)[0] or None


def _way(reader: Reader, start: str, end: str, max_length: int) -> tuple[list[str], list[list[Edge]]]:
    """The nodes of the chosen path, both ends included, and the edges of each of its steps; empty when there is none.

    The store finds the shortest paths for a reader who may see everything. Where this reader may walk one of them to its
    end, it is a shortest one for this reader too; where he may not, the search goes step by step over what he may see.
    """
    if start == end:
        return [start], []
    store = reader.workspace.store
    every = store.shortest(start, end, max_length=max_length)
    shown = reader.edges(every)
    ranks = levels(_links(shown), start, end)
    if every and len(ranks) == len(levels(_links(every), start, end)):
        found = _quietest(store, ranks)
        return found, [_between(shown, pair) for pair in itertools.pairwise(found)]
    if not every:
        return [], []
    links = shortest_links(lambda ids: _walkable(reader, store.neighbours(ids)), start, end, max_length)
    found = _quietest(store, levels(links, start, end))
    return found, [_between(_at_the_quiet_end(reader, pair), pair) for pair in itertools.pairwise(found)]


def _links(edges: Sequence[Edge]) -> set[Link]:
    return {(edge.source, edge.type, edge.target) for edge in edges}


def _walkable(reader: Reader, links: Links) -> Links:
    """The links that are there for the reader. One that starts at a record is proved by it, or is its place in a file;
    one between two entities is told by records that must be asked for."""
    reader.learn({*links, *(other for row in links.values() for _, other, _ in row)})
    kept: dict[str, Sequence[tuple[str, str, bool]]] = {}
    for node, row in links.items():
        told = {kind for kind, other, outgoing in row if reader.record(node if outgoing else other) is None}
        asked = sorted(told - _UNPROVED)
        between = reader.edges(reader.workspace.store.edges([node], types=asked)) if asked else []
        shown: set[tuple[str, str, str]] = {(edge.type, edge.source, edge.target) for edge in between}
        kept[node] = [link for link in row if _may_walk(reader, node, link, shown)]
    return kept


def _may_walk(reader: Reader, node: str, link: tuple[str, str, bool], shown: set[tuple[str, str, str]]) -> bool:
    kind, other, outgoing = link
    source, target = (node, other) if outgoing else (other, node)
    if not (reader.may_name(source) and reader.may_name(target)):
        return False
    if kind in _UNPROVED:
        return True
    return reader.may_read(source) if reader.record(source) else (kind, source, target) in shown


def _quietest(store: Store, ranks: Sequence[Mapping[str, Collection[str]]]) -> list[str]:
    """The path whose inner nodes are named least often (sum of logarithms), ties by the ids from the start on."""
    if not ranks:
        return []
    # Where all paths go through one node, how often it is named decides nothing (and may be long to count).
    contested = sorted(node for rank in ranks if len(rank) > 1 for node in rank)
    degrees = store.degrees(contested) if contested else {}
    best: dict[str, tuple[float, tuple[str, ...]]] = {}
    for rank in ranks:
        for node, before in rank.items():
            cost, way = min((best[previous] for previous in before), default=(0.0, ()))
            best[node] = (cost + math.log2(1 + degrees.get(node, 0)), (*way, node))
    ((_, way),) = (best[node] for node in ranks[-1])
    return list(way)


def _steps(
    reader: Reader, found: Sequence[str], edges_of_steps: Sequence[Sequence[Edge]], nodes: Mapping[str, Node]
) -> list[Json]:
    steps, prover = [], Prover(reader)
    for (one, other), edges in zip(itertools.pairwise(found), edges_of_steps, strict=True):
        first = edges[0]
        same = [edge for edge in edges if edge.type == first.type]
        if all(edge.start is None for edge in same):  # told of the record as a whole: a mention shows where
            same = [edge for edge in edges if edge.start is not None] or same
        steps.append(
            {
                "from": node_json(nodes[one]),
                "type": first.type,
                "to": node_json(nodes[other]),
                "reversed": first.source != one,
                "evidence": prover.of(same),
                "act": first.props.get("act"),
                "clause": first.props.get("clause"),
            }
        )
    return steps


def _between(edges: Sequence[Edge], pair: tuple[str, str]) -> list[Edge]:
    """The edges between two neighbours, those that say most first: a mention says least."""
    found = [edge for edge in edges if (edge.source, edge.target) in (pair, pair[::-1])]
    return sorted(found, key=lambda edge: (edge.type == "MENTIONS", edge.type == "ABOUT_PLACE"))


def _at_the_quiet_end(reader: Reader, pair: tuple[str, str]) -> list[Edge]:
    """The edges that are there at the one of two neighbours that has fewer."""
    degrees = reader.workspace.store.degrees(pair)
    quiet = min(pair, key=lambda node: (degrees.get(node, 0), node))
    return reader.edges(reader.workspace.store.edges([quiet]))


def _warnings(inner: Sequence[Node]) -> list[Json]:
    """What the reader should doubt: a person is known by name within one body, no more."""
    people = [node.name for node in inner if node.kind == "person"]
    return [{"code": "namesakes", "message": say("namesakes", names=", ".join(people))}] if people else []
