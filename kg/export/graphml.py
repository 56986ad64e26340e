"""``hoso export graphml``: the graph for Gephi, yEd and NetworkX, written as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from kg.access import Access
from kg.errors import HosoError
from kg.export.visible import VisibleGraph
from kg.messages import say
from kg.model import Edge
from kg.sheets import write_atomically
from kg.workspace import Workspace

_NODE_KEYS = ("kind", "name", "number", "date")
_EDGE_KEYS = ("type", "record", "page", "start", "end", "act", "clause", "extent", "scope")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export_graphml(
    workspace: Workspace, out: Path, *, access: Access = "open", force: bool = False
) -> dict[str, Any]:
    """Write the graph to the file ``out`` and give ``{"path", "tables": {"nodes": n, "edges": n}}``.

    Written whole or not at all; a file that is there is replaced only with ``force``. Raises HosoError(bad_input).
    """
    if out.exists() and not force:
        raise HosoError(say("export_exists", path=out))
    graph = VisibleGraph(workspace, access)
    counts = {"nodes": 0, "edges": 0}

    def fill(stream: IO[bytes]) -> None:
        for part, line in _lines(graph):
            if part:
                counts[part] += 1
            stream.write(line.encode())

    write_atomically(out, fill)
    return {"path": str(out), "tables": counts}


def _lines(graph: VisibleGraph) -> Iterator[tuple[str, str]]:
    yield "", _HEAD
    for domain, names in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name in names:
            yield "", f'<key id="{domain}-{name}" for="{domain}" attr.name="{name}" attr.type="string"/>\n'
    yield "", '<graph edgedefault="directed">\n'
    known = set()
    for record in graph.records():
        known.add(record.id)
        yield (
            "nodes",
            _node(record.id, {"kind": "record", "name": record.title, "number": record.number, "date": record.date}),
        )
    for node in graph.entities():
        known.add(node.id)
        props = {
            "kind": node.kind,
            "name": node.name,
            "number": node.props.get("number"),
            "date": node.props.get("date"),
        }
        yield "nodes", _node(node.id, props)
    for edge in graph.edges():
        if edge.source in known and edge.target in known:
            yield "edges", _edge(edge)
    yield "", "</graph>\n</graphml>\n"


def _node(identifier: str, values: Mapping[str, Any]) -> str:
    return f"<node id={_attribute(identifier)}>{_data('node', values)}</node>\n"


def _edge(edge: Edge) -> str:
    values = {"type": edge.type, "record": edge.record, "page": edge.page, "start": edge.start, "end": edge.end}
    values |= {name: edge.props.get(name) for name in _EDGE_KEYS if name in edge.props}
    return f"<edge source={_attribute(edge.source)} target={_attribute(edge.target)}>{_data('edge', values)}</edge>\n"


def _data(domain: str, values: Mapping[str, Any]) -> str:
    return "".join(
        f'<data key="{domain}-{name}">{escape(_NOT_XML.sub(" ", str(value)))}</data>'
        for name, value in values.items()
        if value is not None
    )


def _attribute(value: str) -> str:
    return quoteattr(_NOT_XML.sub(" ", value))
