"""Shortest paths by breadth-first search from both ends, over whatever gives the neighbours of nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Links = Mapping[str, Sequence[tuple[str, str, bool]]]
"""For each node: (edge type, other node, outgoing?), as ``Store.neighbours`` gives them."""

Link = tuple[str, str, str]
"""(source, edge type, target)."""


@dataclass(slots=True)
class _Side:
    """One half of the search: for each node reached, its distance and every link over which a shortest way reaches
    it."""

    frontier: set[str]
    distance: dict[str, int]
    before: dict[str, set[tuple[str, Link]]] = field(default_factory=dict)

    def advance(self, links: Links) -> None:
        """One level further."""
        depth = max(self.distance[node] for node in self.frontier) + 1
        reached: set[str] = set()
        for node in self.frontier:
            for kind, other, outgoing in links.get(node, ()):
                if self.distance.get(other, depth) == depth and other != node:
                    self.distance[other] = depth
                    link = (node, kind, other) if outgoing else (other, kind, node)
                    self.before.setdefault(other, set()).add((node, link))
                    reached.add(other)
        self.frontier = reached

    def leading(self, meeting: set[str]) -> set[Link]:
        """The links of this side that lie on a shortest way to where the sides meet."""
        found: set[Link] = set()
        seen, waiting = set(meeting), list(meeting)
        while waiting:
            for previous, link in self.before.get(waiting.pop(), ()):
                found.add(link)
                if previous not in seen:
                    seen.add(previous)
                    waiting.append(previous)
        return found


def shortest_links(neighbours: Callable[[list[str]], Links], a: str, b: str, max_length: int) -> set[Link]:
    """Every link that lies on a shortest path between two nodes, over links in either direction; none where the two are
    one, or where a path would be longer than ``max_length``."""
    if a == b:
        return set()
    sides = (_Side({a}, {a: 0}), _Side({b}, {b: 0}))
    length = 0
    while length < max_length and all(side.frontier for side in sides):
        side, other = sorted(sides, key=lambda half: len(half.frontier))
        side.advance(neighbours(sorted(side.frontier)))
        length += 1
        meeting = side.frontier & other.distance.keys()
        if meeting:
            return sides[0].leading(meeting) | sides[1].leading(meeting)
    return set()


def levels(links: set[Link], a: str, b: str) -> list[dict[str, set[str]]]:
    """The nodes on shortest paths from ``a`` to ``b`` over these links alone, level by level from ``a``, each with the
    nodes of the level before that it is reached from; empty where none leads there."""
    beside: dict[str, set[str]] = {}
    for source, _, target in links:
        beside.setdefault(source, set()).add(target)
        beside.setdefault(target, set()).add(source)
    found: list[dict[str, set[str]]] = [{a: set()}]
    seen = {a}
    while b not in found[-1]:
        following: dict[str, set[str]] = {}
        for node in found[-1]:
            for other in beside.get(node, set()) - seen:
                following.setdefault(other, set()).add(node)
        if not following:
            return []
        seen |= following.keys()
        found.append(following)
    wanted = {b}
    for number in range(len(found) - 1, -1, -1):
        found[number] = {node: before for node, before in found[number].items() if node in wanted}
        wanted = set().union(*found[number].values())
    return found
