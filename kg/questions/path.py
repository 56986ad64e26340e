"""``hoso path``: the shortest way between two entities, with the passage that proves each step."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.messages import say
from kg.model import Edge, Node
from kg.questions.access import Access, Reader
from kg.questions.evidence import Prover
from kg.questions.forms import Json, node_json
from kg.questions.names import find_entity
from kg.workspace import Workspace

MAX_LENGTH = 8
"""Steps after which two entities count as not linked: beyond it a path proves nothing."""

_UNPROVED = frozenset({"CREATED_BY", "GAVE", "IN_FILE", "IN_FONDS", "IN_INVENTORY", "SUCCEEDED_BY", "TOOK"})
"""Links of the ontology and the backbone: no record proves them."""

Links = Mapping[str, Sequence[tuple[str, str, bool]]]


@dataclass(slots=True)
class _Side:
    """One half of the search: for each node reached, its distance and every node it was reached from on a shortest
    way (so that the best of equally short paths can be chosen at the end)."""

    frontier: set[str]
    distance: dict[str, int]
    before: dict[str, set[str]] = field(default_factory=dict)

    def advance(self, links: Links) -> None:
        """One level further, over links that are there for the reader."""
        depth = max(self.distance[node] for node in self.frontier) + 1
        reached: set[str] = set()
        for node in self.frontier:
            for _, other, _ in links.get(node, ()):
                if self.distance.get(other, depth) == depth and other != node:
                    self.distance[other] = depth
                    self.before.setdefault(other, set()).add(node)
                    reached.add(other)
        self.frontier = reached


def path(workspace: Workspace, a: str, b: str, *, max_length: int = MAX_LENGTH, access: Access = "open") -> Json:
    """The ``path`` form between two entities given by id or name.

    A shortest path over all edges, in either direction; among equally short ones the one through the least connected
    nodes (a path through a people's committee says little, PRACTICE.md §2). What only records prove that may not be read is no way through.
    ``warnings``: codes of the catalogue, such as namesakes that nothing proves to be one person. Raises NotFound, Ambiguous.
    """
    reader = Reader(workspace, access)
    start, _ = find_entity(reader, a)
    end, _ = find_entity(reader, b)
    found = shortest(workspace, start.id, end.id, max_length=max_length, access=access)
    if found is None:
        return {
            "found": False,
            "from": node_json(start),
            "to": node_json(end),
            "length": None,
            "steps": [],
            "warnings": [],
        }
    nodes = reader.by_id(found)
    steps = _steps(reader, found, nodes)
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
    if start == end:
        return [start]
    reader = Reader(workspace, access)
    sides = (_Side({start}, {start: 0}), _Side({end}, {end: 0}))
    length = 0
    while length < max_length and all(side.frontier for side in sides):
        side, other = sorted(sides, key=lambda half: len(half.frontier))
        links = workspace.store.neighbours(sorted(side.frontier))
        side.advance(_walkable(reader, links))
        length += 1
        meeting = side.frontier & other.distance.keys()
        if meeting:
            return _best(workspace, sides, meeting)
    return None


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


def _best(workspace: Workspace, sides: tuple[_Side, _Side], meeting: set[str]) -> list[str]:
    """The path whose inner nodes are named least often (sum of logarithms), ties by id."""
    used = [_leading(side, meeting) for side in sides]
    degrees = workspace.store.degrees(sorted(used[0] | used[1]))
    halves = [_cheapest(side, nodes, degrees) for side, nodes in zip(sides, used, strict=True)]
    middle = min(meeting, key=lambda node: (halves[0][node][0] + halves[1][node][0] - _cost(node, degrees), node))
    return [*halves[0][middle][1], *reversed(halves[1][middle][1][:-1])]


def _cost(node: str, degrees: Mapping[str, int]) -> float:
    return math.log2(1 + degrees.get(node, 0))


def _leading(side: _Side, meeting: set[str]) -> set[str]:
    """The nodes of one side that lie on a shortest way to where the sides meet."""
    used, waiting = set(meeting), list(meeting)
    while waiting:
        new = side.before.get(waiting.pop(), set()) - used
        used |= new
        waiting.extend(new)
    return used


def _cheapest(side: _Side, nodes: set[str], degrees: Mapping[str, int]) -> dict[str, tuple[float, tuple[str, ...]]]:
    """For each of these nodes: the cost and the nodes of the cheapest shortest way to it (itself last)."""
    best: dict[str, tuple[float, tuple[str, ...]]] = {}
    for node in sorted(nodes, key=lambda key: (side.distance[key], key)):
        ways = [best[previous] for previous in side.before.get(node, ())]
        cost, way = min(ways, default=(0.0, ()))
        best[node] = (cost + _cost(node, degrees), (*way, node))
    return best


def _steps(reader: Reader, found: Sequence[str], nodes: Mapping[str, Node]) -> list[Json]:
    steps, prover = [], Prover(reader)
    for one, other in itertools.pairwise(found):
        edges = _between(reader, one, other)
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


def _between(reader: Reader, one: str, other: str) -> list[Edge]:
    """The edges between two neighbours, those that say most first: a mention says least."""
    store = reader.workspace.store
    degrees = store.degrees([one, other])
    quiet, busy = sorted((one, other), key=lambda node: (degrees.get(node, 0), node))
    edges = [edge for edge in store.edges([quiet]) if busy in (edge.source, edge.target)]
    return sorted(reader.edges(edges), key=lambda edge: (edge.type == "MENTIONS", edge.type == "ABOUT_PLACE"))


def _warnings(inner: Sequence[Node]) -> list[Json]:
    """What the reader should doubt: a person is known by name within one body, no more."""
    people = [node.name for node in inner if node.kind == "person"]
    return [{"code": "namesakes", "message": say("namesakes", names=", ".join(people))}] if people else []
