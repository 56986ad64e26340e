"""What a user's name or id means among the entities of a store."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.errors import Ambiguous, NotFound
from kg.messages import say
from kg.model import Node
from kg.questions.access import Access, visible
from kg.questions.acts import Acts
from kg.questions.forms import Json, node_json
from kg.workspace import Workspace

_SHOWN = 20
_NEWEST_FIRST = ("unit",)


def find_entity(
    workspace: Workspace, asked: str, kinds: Collection[str] | None = None, *, access: Access = "open"
) -> tuple[Node, list[Node]]:
    """The entity an id, a name or the number of an act means, and the others it could have meant (versions of the
    same unit). Raises NotFound with near names (and for a record that is closed to this reader), Ambiguous with
    candidates when different entities bear the name."""
    direct = workspace.store.nodes([asked]).get(asked)
    if direct is not None and (kinds is None or direct.kind in kinds):
        record = workspace.store.record(direct.id) if direct.kind == "record" else None
        if record is not None and not visible(record, access):
            raise NotFound(say("record_closed", id=asked))
        return direct, []
    exact, near = _named(workspace, asked, kinds)
    if not exact:
        shown = [node_json(node) for node in near]
        raise NotFound(say("entity_not_found", name=asked), candidates=shown)
    lines = {_line(node) for node in exact}
    if len(lines) > 1:
        shown = _candidates(workspace, exact)
        raise Ambiguous(say("entity_ambiguous", name=asked, n=len(exact), example=exact[0].id), candidates=shown)
    latest = sorted(exact, key=lambda node: node.id, reverse=True)
    return latest[0], latest[1:]


def _named(workspace: Workspace, asked: str, kinds: Collection[str] | None) -> tuple[list[Node], Sequence[Node]]:
    scored = workspace.store.find_nodes(asked, kinds=kinds, limit=_SHOWN)
    exact = [node for node, score in scored if score >= 1]
    if kinds is None or "legal_act" in kinds:
        acts = list(Acts(workspace.store).numbered(asked))
        read_as = {node for act in acts for node in act.ids}
        exact = [node for node in exact if node.id not in read_as] + [act.nodes[0] for act in acts]
    return exact, [node for node, _ in scored]


def _candidates(workspace: Workspace, nodes: Sequence[Node]) -> list[Json]:
    """Entities of one name, with what tells them apart: ``of`` is the name of their unit or body."""
    beside = {node.id: str(node.props.get("unit") or node.props.get("context") or "") for node in nodes}
    known = workspace.store.nodes(sorted(set(beside.values()) - {""}))

    def shown(node: Node) -> Json:
        other = known.get(beside[node.id])
        date, issuer = node.props.get("date"), node.props.get("issuer")
        return node_json(node) | {"of": other.name if other else None, "date": date, "issuer": issuer}

    return [shown(node) for node in nodes]


def _line(node: Node) -> str:
    """Versions of one unit are one thing to ask about; every other entity is its own."""
    return (
        f"unit:{node.props.get('line') or node.id.partition('@')[0]}:{node.name}" if node.kind == "unit" else node.id
    )
