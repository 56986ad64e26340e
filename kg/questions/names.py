"""What a user's name or id means among the entities of a store."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.errors import Ambiguous, NotFound
from kg.linking.identifier_names import KIND, place_of
from kg.messages import say
from kg.model import Node
from kg.questions.acts import Acts
from kg.questions.forms import Json, node_json
from kg.questions.identifiers import identifiers_meant
from kg.questions.reader import Reader
from kg.workspace import Workspace
from ontology import names
from ontology.errors import OntologyError
from ontology.folding import fold
from ontology.registry import load

_SHOWN = 20


def find_entity(reader: Reader, asked: str, kinds: Collection[str] | None = None) -> tuple[Node, list[Node]]:
    """The entity an id, a name or the number of an act means, and the others it could have meant (versions of the
    same unit), of those that are there for this reader. Raises NotFound with near names (and for a record that is
    closed to this reader), Ambiguous with candidates when different entities bear the name."""
    workspace = reader.workspace
    direct = workspace.store.nodes([asked]).get(asked)
    if direct is not None and (kinds is None or direct.kind in kinds):
        seen = reader.nodes([direct])
        if direct.kind == "record" and not seen:
            raise NotFound(say("record_closed", id=asked))
        if seen:
            return seen[direct.id], []
    exact, near = _named(reader, asked, kinds)
    if not exact and (kinds is None or KIND in kinds):
        exact, others = identifiers_meant(reader, asked)
        if len(exact) == 1:
            return exact[0], others
    if not exact and "," in asked and (kinds is None or "unit" in kinds):
        exact = _unit_within(workspace, asked)
    if not exact:
        shown = [node_json(node) for node in near]
        raise NotFound(say("entity_not_found", name=asked), candidates=shown)
    exact = _spelt_alike(asked, exact)
    lines = {_line(node) for node in exact}
    placed = [node for node in exact if node.props.get("unit")]
    if len(lines) > 1 and len(placed) == 1 and all(_is_unplaced_agency(node) for node in exact if node not in placed):
        return placed[0], [node for node in exact if node not in placed]
    if len(lines) > 1:
        shown = _candidates(workspace, exact)
        raise Ambiguous(say("entity_ambiguous", name=asked, n=len(exact), example=exact[0].id), candidates=shown)
    if exact[0].kind == "unit":
        exact = sorted(exact, key=lambda node: node.id, reverse=True)
    elif len(exact) > 1:
        often = workspace.store.degrees([node.id for node in exact])
        exact = sorted(exact, key=lambda node: (-often.get(node.id, 0), node.id))
    return exact[0], exact[1:]


def _named(reader: Reader, asked: str, kinds: Collection[str] | None) -> tuple[list[Node], Sequence[Node]]:
    scored = reader.workspace.store.find_nodes(asked, kinds=kinds, limit=_SHOWN)
    seen = reader.nodes(node for node, _ in scored)
    exact = [seen[node.id] for node, score in scored if score >= 1 and _still_named(node, seen.get(node.id), asked)]
    if kinds is None or "legal_act" in kinds:
        acts = list(Acts(reader).numbered(asked))
        read_as = {node for act in acts for node in act.ids}
        exact = [node for node in exact if node.id not in read_as] + [act.nodes[0] for act in acts]
    return exact, [seen[node.id] for node, _ in scored if node.id in seen]


def _still_named(node: Node, seen: Node | None, asked: str) -> bool:
    """Whether what the reader may see of an entity bears the name: not where only a hidden record spelt it so."""
    if seen is None or len(seen.aliases) == len(node.aliases):
        return seen is not None
    return names.folded_key(asked) in map(names.folded_key, (seen.name, *seen.aliases))


def _unit_within(workspace: Workspace, asked: str) -> list[Node]:
    """The unit of a name with its containing units after commas; none where the ontology knows no single one."""
    try:
        unit = load().argument(asked).unit
    except OntologyError:
        return []
    return list(workspace.store.nodes([unit.id]).values())


def _spelt_alike(asked: str, nodes: list[Node]) -> list[Node]:
    """Those spelt with the accents that were typed, where accents were typed and some are ("Sơn Đông" is not
    "Sơn Đồng")."""
    wanted = names.key(asked)
    if fold(wanted) == wanted:
        return nodes
    named = [node for node in nodes if wanted == names.key(node.name)]
    return named or [node for node in nodes if wanted in map(names.key, node.aliases)] or nodes


def _is_unplaced_agency(node: Node) -> bool:
    """An agency read where its place was not: beside the one agency of that name that has a unit it is shown as what
    else the name could mean, not as a choice to make."""
    return node.kind == "agency" and not node.props.get("unit")


def _candidates(workspace: Workspace, nodes: Sequence[Node]) -> list[Json]:
    """Entities of one name, with what tells them apart: ``of`` is the name of their unit or body."""
    beside = {node.id: str(node.props.get("unit") or node.props.get("context") or "") for node in nodes}
    known = workspace.store.nodes(sorted(set(beside.values()) - {""}))

    units = load().units if any(node.kind == "unit" for node in nodes) else {}

    def shown(node: Node) -> Json:
        if node.id in units:
            return node_json(node) | load().unit_json(units[node.id])
        if unit := place_of(node):
            parents = load().parents(unit)
            return node_json(node) | {"of": ", ".join(each.name for each in (unit, *parents))}
        other = known.get(beside[node.id])
        date, issuer = node.props.get("date"), node.props.get("issuer")
        return node_json(node) | {"of": other.name if other else None, "date": date, "issuer": issuer}

    return [shown(node) for node in nodes]


def _line(node: Node) -> str:
    """What counts as one thing to ask about: the versions of a unit, and one body's name in several spellings of its
    unit ("quận Đông Đa" where OCR lost a tone). Every other entity is its own."""
    if node.kind == "unit":
        return f"unit:{node.props.get('line') or node.id.partition('@')[0]}:{node.name}"
    if node.kind == "agency" and node.props.get("unit"):
        return f"agency:{names.folded_key(node.name)}:{node.props['unit']}"
    return node.id
