"""The layout of a record or of a document inside it: lines, head, and how the page was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nlp.zones.head import Head, read_head
from nlp.zones.lines import Line, lines_of
from nlp.zones.quality import ROWS


@dataclass(slots=True)
class Layout:
    """Lines from ``start`` to ``end`` of the normalised text. ``archive``: only the archive's own pages."""

    lines: list[Line]
    head: Head
    scanned: bool
    start: int
    end: int
    archive: bool = False


def read_layout(text: str, start: int, end: int, *, method: str | None = None, scanned: bool = False) -> Layout:
    """The layout of the document that stands from ``start`` to ``end``. ``scanned``: OCR read the record; else the head
    itself may still show it, where other pages lie on top."""
    lines = list(lines_of(text, start, end))
    rows = method == ROWS
    head = read_head(lines, scanned=scanned, rows=rows)
    return Layout(lines, head, scanned or (head.joined and not rows), start, end)


def layout_of(doc: Any) -> Layout:
    """The layout that the zones left with the doc."""
    layout = doc.user_data["layout"]
    assert isinstance(layout, Layout)
    return layout
