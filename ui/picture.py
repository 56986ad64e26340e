"""An entity and its links as a picture: drawn in the browser by the component's own files, nothing from the web."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ui.words import t

_LINKS = 40
_LABEL = 42
_STYLES = {
    "agency": ("#1f5fa8", "business"),
    "person": ("#b3541e", "person"),
    "legal_act": ("#6b4fa0", "article"),
    "unit": ("#2c7a4b", "location_on"),
    "event": ("#8a6d1d", "event"),
    "record": ("#5c6670", "description"),
    "file": ("#5c6670", "folder"),
    "fonds": ("#3d4650", "inventory"),
    "project": ("#a03c6b", "construction"),
}


def draw(entity: Mapping[str, Any], key: str) -> None:
    """Draw the entity in the middle with its most proven links around it."""
    from st_link_analysis import EdgeStyle, NodeStyle, st_link_analysis

    nodes = {entity["id"]: _node(entity)}
    edges = []
    kinds = {entity["kind"]}
    relations = set()
    for number, link in enumerate(entity["links"][:_LINKS]):
        other = link["other"]
        nodes.setdefault(other["id"], _node(other))
        kinds.add(other["kind"])
        relation = t(f"relation_{link['type'].lower()}")
        relations.add(relation)
        source, target = (entity["id"], other["id"]) if link["outgoing"] else (other["id"], entity["id"])
        edges.append({"data": {"id": f"e{number}", "label": relation, "source": source, "target": target}})
    st_link_analysis(
        {"nodes": list(nodes.values()), "edges": edges},
        layout="cose",
        node_styles=[NodeStyle(kind, *_style(kind)) for kind in sorted(kinds)],
        edge_styles=[EdgeStyle(relation, caption="label", directed=True) for relation in sorted(relations)],
        height=520,
        key=key,
    )


def _style(kind: str) -> tuple[str, str, str]:
    color, icon = _STYLES.get(kind, ("#444444", "circle"))
    return color, "name", icon


def _node(node: Mapping[str, Any]) -> dict[str, Any]:
    name = node["name"]
    short = name if len(name) <= _LABEL else name[: _LABEL - 1] + "…"
    return {
        "data": {"id": node["id"], "label": node["kind"], "name": short, "kind": t(f"entity_kind_{node['kind']}")}
    }
