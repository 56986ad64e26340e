"""Which legal act a number means: acts are told apart by number, issuer and date (DESIGN.md §5).

A paper that cites "Quyết định số 59/QĐ-UBND" without issuer or date gives an act of its own. It is read together with
the one act it is compatible with, if there is exactly one; where two would do, it stays apart. Nothing is merged in
the store: this is how an answer is read. An issuer that names no unit ("Phòng Tài chính - Kế hoạch") contradicts none that
does ("Phòng Tài chính - Kế hoạch quận Long Biên"): two acts of one number and date that differ in no more are read as one
where no other unit's does for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.linking.identity import number_key
from kg.model import Edge, Node
from kg.questions.reader import Reader
from ontology import names
from ontology.agencies import recognise
from ontology.agencies.meanings import lacks_unit

Why = Literal["no_date", "no_issuer", "issuer_without_unit", "number_of_the_country"]
"""Why a node is read as the act of another: one of the two has no date, no issuer, an issuer that names no unit; or
nothing but that the number names one act in the whole country."""


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
        """The first value that its nodes have for a property; an issuer that names its unit before one that does
        not, a number with small letters before one in capitals (``55/TTr-TCKH``)."""
        found = [str(node.props[prop]) for node in self.nodes if node.props.get(prop)]
        if prop == "number":
            found.sort(key=str.isupper)
        elif prop == "issuer":
            found.sort(key=_names_no_unit)
        return found[0] if found else None

    @property
    def why(self) -> tuple[tuple[Why, ...], ...]:
        """Why each node but the first is read as this act."""
        return tuple(_why(self.nodes[0], node) for node in self.nodes[1:])

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
    """Whether two nodes of one number can be one act: dates equal or one missing; issuers equal, one missing or one
    without its unit."""
    dates = {str(node.props["date"]) for node in (one, other) if node.props.get("date")}
    return len(dates) <= 1 and _agree(_issuer(one), _issuer(other))


def _issuer(node: Node) -> str | None:
    return str(node.props["issuer"]) if node.props.get("issuer") else None


def _agree(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    return names.folded_key(one) == names.folded_key(other) or _fills(one, other) or _fills(other, one)


@lru_cache(maxsize=65536)
def _names_no_unit(issuer: str) -> bool:
    return lacks_unit(issuer)


@lru_cache(maxsize=65536)
def _fills(full: str, short: str) -> bool:
    """Whether a name is another with the unit that this lacks: nothing but the unit's name stands behind it."""
    name, begun = names.folded_key(full), names.folded_key(short)
    if not name.startswith(f"{begun} ") or not _names_no_unit(short):
        return False
    known, rest = recognise(full), name[len(begun) :].strip()
    if known is None or not known.place_name:
        return False
    return rest in {names.folded_key(place) for place in (known.place, known.place_name) if place}


def _fullness(node: Node) -> tuple[int, int]:
    """What a node tells: whether a date; no issuer, one without its unit, one with it."""
    issuer = _issuer(node)
    return int(bool(node.props.get("date"))), 0 if not issuer else 1 if _names_no_unit(issuer) else 2


def _tells_more(one: Node, other: Node) -> bool:
    """Whether a node tells all that the other does, and more."""
    more, less = _fullness(one), _fullness(other)
    return more != less and all(mine >= its for mine, its in zip(more, less, strict=True))


def _why(head: Node, node: Node) -> tuple[Why, ...]:
    told: list[Why] = []
    if bool(head.props.get("date")) != bool(node.props.get("date")):
        told.append("no_date")
    one, other = _issuer(head), _issuer(node)
    if bool(one) != bool(other):
        told.append("no_issuer")
    elif one and other and names.folded_key(one) != names.folded_key(other):
        told.append("issuer_without_unit")
    return tuple(told) or ("number_of_the_country",)


_YEAR = re.compile(r"/(?:19|20)\d\d/")
_LOCAL = re.compile(r"UBND|H[ĐD]ND|-UB\b|CTUBND")
"""Symbols of local bodies: every province, district and commune begins again at 1 with them."""


def tells_itself(number: str) -> bool:
    """Whether a number with its year names one act in the whole country (``59/2020/QH14``, ``30/2020/NĐ-CP``)."""
    return bool(_YEAR.search(number)) and not _LOCAL.search(number)


def united(nodes: Sequence[Node], held: set[str]) -> list[list[Node]]:
    """Group the nodes of one number: each node that lacks issuer or date joins the one held act it is compatible
    with, or where none is held, the one fuller node; in doubt it stays alone. Two of one date whose issuers differ by
    the unit that one does not name are one, held or not, where all that name it name the same. Under a number that names
    one act in the whole country, all that do not contradict each other are one. The first node of a group is its act."""
    filled = _filled(nodes)
    order = sorted(nodes, key=lambda node: (node.id not in held, -sum(_fullness(node)), node.id))
    groups: list[list[Node]] = []
    for node in order:
        joins = [group for group in groups if _may_join(node, group, filled)]
        with_record = [group for group in joins if group[0].id in held]
        chosen = with_record or joins
        if len(chosen) == 1 and (node.id not in held or _by_unit(node, chosen[0][0], filled)):
            chosen[0].append(node)
        else:
            groups.append([node])
    return groups


def _may_join(node: Node, group: Sequence[Node], filled: Mapping[str, set[str]]) -> bool:
    head = group[0]
    if not all(compatible(member, node) for member in group):
        return False
    if _tells_more(head, node) or _by_unit(node, head, filled):
        return True
    return tells_itself(str(node.props.get("number_key", "")))


def _filled(nodes: Sequence[Node]) -> dict[str, set[str]]:
    """By id of each node with a date and an issuer that names no unit: the issuers (folded) with one, of that date,
    that fill it."""
    named: dict[str, set[str]] = {}
    short = []
    for node in nodes:
        issuer, date = _issuer(node), node.props.get("date")
        if issuer and date and _names_no_unit(issuer):
            short.append((node.id, issuer, str(date)))
        elif issuer and date:
            named.setdefault(str(date), set()).add(issuer)
    return {
        ident: {names.folded_key(full) for full in named.get(date, ()) if _fills(full, issuer)}
        for ident, issuer, date in short
    }


def _by_unit(one: Node, other: Node, filled: Mapping[str, set[str]]) -> bool:
    """Whether two of one date differ by the unit alone, and no third names another."""
    return any(
        filled.get(short.id) == {names.folded_key(_issuer(full) or "")}
        and short.props.get("date") == full.props.get("date")
        for short, full in ((one, other), (other, one))
    )
