"""An entity and its links as a picture: drawn in the browser by the component's own files, nothing from the web."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ui.words import t, term

LINKS = 24
"""Links drawn at most: with more of them no label could be read."""

_LABEL = 48
_STYLES = {
    "agency": ("#1f5fa8", "business"),
    "person": ("#b3541e", "person"),
    "legal_act": ("#6b4fa0", "assured_workload"),
    "unit": ("#2c7a4b", "place"),
    "event": ("#8a6d1d", "swap_horiz"),
    "record": ("#5c6670", "description"),
    "file": ("#5c6670", "folder"),
    "fonds": ("#3d4650", "inventory"),
    "project": ("#a03c6b", "flag"),
    "identifier": ("#7a5c1e", "key"),
}
_OTHER = ("#444444", "sell")
_LAYOUT = {"name": "preset", "fit": True, "padding": 30}
_INNER = 8
"""Links on the inner ring; the others stand on the outer one."""

_RINGS = ((250, 135), (455, 275))
"""Half axes of the rings in the picture's own units: wider than high, as the picture is."""


@dataclass(frozen=True, slots=True)
class _Style:
    """One rule of the picture's style sheet, in the component's form."""

    selector: str
    style: Mapping[str, Any]

    def dump(self) -> dict[str, Any]:
        """What the component is given."""
        return {"selector": self.selector, "style": dict(self.style)}


@dataclass(frozen=True, slots=True)
class Elements:
    """What is drawn: nodes and edges in the component's form, the rules of their look, and the entity of each node."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    styles: list[_Style]
    entities: Mapping[str, str]


def draw(entity: Mapping[str, Any], key: str) -> str | None:
    """Draw the entity in the middle with its most proven links around it; the id of the node that was double-clicked."""
    from st_link_analysis import Event, st_link_analysis

    made = elements(entity)
    event = st_link_analysis(
        {"nodes": made.nodes, "edges": made.edges},
        layout=_LAYOUT,
        node_styles=made.styles,
        height=620,
        key=key,
        events=[Event("open", "dbltap", "node")],
    )
    target = ((event or {}).get("data") or {}).get("target_id")
    return made.entities.get(target) if target else None


def elements(entity: Mapping[str, Any]) -> Elements:
    """The picture of an ``entity`` answer.

    The component writes what it knows of a node into its panel as HTML: ids of our own, and no angle brackets.
    """
    nodes = {entity["id"]: entity}
    links = entity["links"][:LINKS]
    for link in links:
        nodes.setdefault(link["other"]["id"], link["other"])
    short = {node: f"n{number}" for number, node in enumerate(nodes)}
    edges = []
    for number, link in enumerate(links):
        ends = [short[entity["id"]], short[link["other"]["id"]]]
        source, target = ends if link["outgoing"] else reversed(ends)
        label = term("relation", link["type"].lower())
        edges.append({"data": {"id": f"e{number}", "source": source, "target": target, "label": label}})
    places = _places(len(nodes) - 1)
    return Elements(
        nodes=[
            {"data": _node(short[node], value), "position": place}
            for (node, value), place in zip(nodes.items(), places, strict=True)
        ],
        edges=edges,
        styles=_styles(short, nodes, entity["id"]),
        entities={name: node for node, name in short.items()},
    )


def _node(short: str, value: Mapping[str, Any]) -> dict[str, str]:
    return {
        "id": short,
        "label": term("entity_kind", value["kind"]),
        t("column_name"): _harmless(value["name"]),
    }


def _places(others: int) -> list[dict[str, float]]:
    """Where the centre and then the others stand: on one ring, or two when they are many."""
    inner = others if others <= _INNER + 2 else _INNER
    places = [{"x": 0.0, "y": 0.0}]
    for ring, (first, last) in enumerate(((0, inner), (inner, others))):
        wide, high = _RINGS[ring]
        step = 2 * math.pi / max(1, last - first)
        for number in range(last - first):
            angle = step * (number + ring / 2)
            places.append({"x": wide * math.sin(angle), "y": -high * math.cos(angle)})
    return places


def _styles(short: Mapping[str, str], nodes: Mapping[str, Mapping[str, Any]], centre: str) -> list[_Style]:
    rules = [
        _Style("*", {"min-zoomed-font-size": 0}),
        _Style("node", {"width": 26, "height": 26, "font-size": 13, "text-wrap": "wrap", "text-max-width": 150}),
        _Style(
            "edge",
            {
                "label": "data(label)",
                "font-size": 11,
                "color": "#5c6670",
                "text-background-color": "#ffffff",
                "width": 1.2,
                "target-arrow-shape": "triangle",
                "text-background-opacity": 0.85,
            },
        ),
    ]
    for node, value in nodes.items():
        color, icon = _STYLES.get(value["kind"], _OTHER)
        name = _harmless(value["name"])
        own: dict[str, Any] = {
            "label": name if len(name) <= _LABEL else name[: _LABEL - 1] + "…",
            "background-color": color,
            "background-image": f"./icons/{icon}.svg",
        }
        if node == centre:
            own |= {"width": 40, "height": 40, "font-size": 15, "font-weight": "bold"}
        rules.append(_Style(f"#{short[node]}", own))
    return rules


def _harmless(text: str) -> str:
    return " ".join(text.replace("<", "‹").replace(">", "›").split())
