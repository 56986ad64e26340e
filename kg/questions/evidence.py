"""The passage that proves a link: a record, offsets in its normalised text, the page, and the words around."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.model import Edge, Record
from kg.questions.access import Access, readable, visible
from kg.questions.forms import Json
from kg.store.texts import Text
from kg.workspace import Workspace

CONTEXT = 120
"""Characters shown on each side of the passage."""


class Prover:
    """Turns edges into evidence, reading each record and text once. What the reader may not see is left out: closed
    records altogether, conditional ones without their words."""

    def __init__(self, workspace: Workspace, access: Access) -> None:
        self._workspace = workspace
        self._access: Access = access
        self._records: dict[str, Record] = {}
        self._texts: dict[str, Text | None] = {}

    def shown(self, edges: Iterable[Edge]) -> list[Edge]:
        """The edges whose record may be named; edges of the ontology (no record) are always shown."""
        edges = list(edges)
        self._learn(edge.record for edge in edges if edge.record)
        return [edge for edge in edges if edge.record is None or self._may_name(edge.record)]

    def _may_name(self, record: str) -> bool:
        known = self._records.get(record)
        return known is not None and visible(known, self._access)

    def hidden(self, ids: Iterable[str]) -> set[str]:
        """Those of these ids (of any kind) that are records which may not be named."""
        asked = set(ids)
        self._learn(asked)
        return {record for record in asked & self._records.keys() if not visible(self._records[record], self._access)}

    def _learn(self, ids: Iterable[str]) -> None:
        missing = set(ids) - self._records.keys()
        if missing:
            self._records.update(self._workspace.store.records(missing))

    def record(self, record: str) -> Record | None:
        """A record, from memory where it was read before."""
        self._learn([record])
        return self._records.get(record)

    def of(self, edges: Sequence[Edge], limit: int | None = 3) -> list[Json]:
        """Evidence of these edges, one a record first, at most ``limit``, in the order of the edges."""
        proving = [edge for edge in self.shown(edges) if edge.record]
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
        wanted = {record for record in records - self._texts.keys() if readable(self._records[record], self._access)}
        texts: Mapping[str, Text] = self._workspace.texts.get_many(sorted(wanted)) if wanted else {}
        self._texts.update({record: texts.get(record) for record in records - self._texts.keys()})

    def _evidence(self, edge: Edge) -> Json:
        assert edge.record is not None
        text = self._texts.get(edge.record)
        may_read = readable(self._records[edge.record], self._access)
        value: Json = {
            "record": edge.record,
            "text": edge.text if may_read else None,
            "start": edge.start,
            "end": edge.end,
            "page": edge.page,
            "context": None,
        }
        if text and edge.start is not None and edge.end is not None:
            value["text"] = text.text[edge.start : edge.end]
            value["page"] = edge.page or text.page_of(edge.start)
            value["context"] = around(text.text, edge.start, edge.end)
        if not may_read:
            value["withheld"] = self._records[edge.record].access
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
