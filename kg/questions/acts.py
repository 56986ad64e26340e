"""Which legal act a number means: acts are told apart by number, issuer and date (DESIGN.md §5).

A paper that cites "Quyết định số 59/QĐ-UBND" without issuer or date gives an act of its own. It is read together with
the one act it is compatible with, if there is exactly one; where two would do, it stays apart. Nothing is merged in
the store: this is how an answer is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.linking.identity import number_key
from kg.model import Edge, Node
from kg.questions.reader import Reader
from ontology import names


@dataclass(frozen=True, slots=True)
class Act:
    """One act as the answer counts it: the nodes read as one, the held or fullest first, and the links of the records
    that carry it, alone or among other documents of one file."""

    nodes: tuple[Node, ...]
    carried: tuple[Edge, ...] = ()

    @property
    def records(self) -> tuple[str, ...]:
        """The records that carry it, by id."""
        return tuple(sorted({edge.source for edge in self.carried}))

    @property
    def id(self) -> str:
        """The id of its fullest node."""
        return self.nodes[0].id

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all its nodes."""
        return tuple(node.id for node in self.nodes)

    def value(self, prop: str) -> str | None:
        """The first value that its nodes have for a property."""
        return next((str(node.props[prop]) for node in self.nodes if node.props.get(prop)), None)

    @property
    def held(self) -> bool:
        """Whether a record of the store carries it."""
        return bool(self.carried)


class Acts:
    """Reads the acts of a store that are there for its reader, each united with what is compatible with it alone;
    remembers what it read."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._store = reader.workspace.store
        self._by_node: dict[str, Act] = {}

    def numbered(self, number: str) -> list[Act]:
        """The different acts with that number, held ones first, then by date and id."""
        found = self._unite(self._numbered(number_key(number)))
        return sorted(found, key=lambda act: (not act.held, act.value("date") or "", act.id))

    def of(self, ids: Iterable[str]) -> dict[str, Act]:
        """The act of each node id (legal acts; a record that is no act stands for itself)."""
        wanted = set(ids)
        nodes = self._reader.by_id(wanted - self._by_node.keys())
        for node in nodes.values():
            if node.id in self._by_node:
                continue
            key = node.props.get("number_key")
            if node.kind == "legal_act" and key:
                self._unite(self._numbered(str(key)))
            else:
                self._by_node.setdefault(node.id, Act((node,), self._carriers([node.id])))
        return {node: self._by_node[node] for node in sorted(wanted) if node in self._by_node}

    def _numbered(self, key: str) -> list[Node]:
        return list(self._reader.nodes(self._store.acts_by_number(key)).values())

    def _carriers(self, ids: Sequence[str]) -> tuple[Edge, ...]:
        return tuple(self._reader.edges(self._store.edges(ids, direction="in", types=["IS_ACT"])))

    def _unite(self, nodes: Sequence[Node]) -> list[Act]:
        carriers = {node.id: self._carriers([node.id]) for node in nodes}
        acts = [
            Act(tuple(group), tuple(edge for node in group for edge in carriers[node.id]))
            for group in united(nodes, {node for node, carried in carriers.items() if carried})
        ]
        self._by_node.update({node.id: act for act in acts for node in act.nodes})
        return acts


def compatible(one: Node, other: Node) -> bool:
    """Whether two nodes of one number can be one act: dates equal or one missing, issuers equal or one missing."""
    dates = {str(node.props["date"]) for node in (one, other) if node.props.get("date")}
    issuers = {names.folded_key(str(node.props["issuer"])) for node in (one, other) if node.props.get("issuer")}
    return len(dates) <= 1 and len(issuers) <= 1


def _fullness(node: Node) -> int:
    return sum(bool(node.props.get(prop)) for prop in ("date", "issuer"))


_YEAR = re.compile(r"/(?:19|20)\d\d/")
_LOCAL = re.compile(r"UBND|H[ĐD]ND|-UB\b|CTUBND")
"""Symbols of local bodies: every province, district and commune begins again at 1 with them."""


def tells_itself(number: str) -> bool:
    """Whether a number with its year names one act in the whole country (``59/2020/QH14``, ``30/2020/NĐ-CP``)."""
    return bool(_YEAR.search(number)) and not _LOCAL.search(number)


def united(nodes: Sequence[Node], held: set[str]) -> list[list[Node]]:
    """Group the nodes of one number: each node that lacks issuer or date joins the one held act it is compatible
    with, or where none is held, the one fuller node; in doubt it stays alone. Under a number that names one act in the
    whole country, all that do not contradict each other are one. The first node of a group is its act."""
    order = sorted(nodes, key=lambda node: (node.id not in held, -_fullness(node), node.id))
    groups: list[list[Node]] = []
    for node in order:
        joins = [group for group in groups if _may_join(node, group)]
        with_record = [group for group in joins if group[0].id in held]
        chosen = with_record or joins
        if node.id not in held and len(chosen) == 1:
            chosen[0].append(node)
        else:
            groups.append([node])
    return groups


def _may_join(node: Node, group: Sequence[Node]) -> bool:
    if not all(compatible(member, node) for member in group):
        return False
    return _fullness(group[0]) > _fullness(node) or tells_itself(str(node.props.get("number_key", "")))
