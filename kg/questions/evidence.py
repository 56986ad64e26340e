"""The passage that proves a link: a record, offsets in its normalised text, the page, the document of the file (``part``,
from 1; None where the file is one document) and the words around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.model import Edge
from kg.questions.forms import Json
from kg.questions.reader import Reader
from kg.store.texts import Text

CONTEXT = 120
"""Characters shown on each side of the passage."""


class Prover:
    """Turns edges into evidence, reading each text once. What the reader may not read proves nothing."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._texts: dict[str, Text | None] = {}

    def of(self, edges: Sequence[Edge], limit: int | None = 3) -> list[Json]:
        """Evidence of these edges, one a record first, at most ``limit``, in the order of the edges."""
        proving = [edge for edge in self._reader.edges(edges) if edge.record]
        first: dict[str, Edge] = {}
        again = []
        for edge in proving:
            if edge.record in first:
                again.append(edge)
            elif edge.record:
                first[edge.record] = edge
        chosen = [*first.values(), *again][:limit]
        self._read({edge.record for edge in chosen if edge.record})
        return [self._evidence(edge) for edge in chosen]

    def _read(self, records: set[str]) -> None:
        missing = sorted(records - self._texts.keys())
        texts: Mapping[str, Text] = self._reader.workspace.texts.get_many(missing) if missing else {}
        self._texts.update({record: texts.get(record) for record in missing})

    def _evidence(self, edge: Edge) -> Json:
        assert edge.record is not None
        text = self._texts.get(edge.record)
        value: Json = {
            "record": edge.record,
            "text": edge.text,
            "start": edge.start,
            "end": edge.end,
            "page": edge.page,
            "part": edge.props.get("part"),
            "context": None,
        }
        if text and edge.start is not None and edge.end is not None:
            value["text"] = text.text[edge.start : edge.end]
            value["page"] = edge.page or text.page_of(edge.start)
            value["context"] = around(text.text, edge.start, edge.end)
        return value


def around(text: str, start: int, end: int, width: int = CONTEXT) -> str:
    """The passage with up to ``width`` characters on each side, cut between words, on one line."""
    left, right = max(0, start - width), min(len(text), end + width)
    if left:
        left = max(left, text.find(" ", left, start) + 1)
    if right < len(text):
        cut = text.rfind(" ", end, right)
        right = cut if cut > end else right
    return ("… " if left else "") + " ".join(text[left:right].split()) + (" …" if right < len(text) else "")
