"""The last component: every labelled stretch of the record as spans, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language as _Language

from nlp.model import Extraction, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_FIELD_ZONES = frozenset({"number", "place_date", "type", "abstract", "signature"})


class Spans:
    """Fills ``spans`` from mentions, citations and the zones of header fields."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill in place, sorted by beginning, then end."""
        extraction: Extraction = doc._.extraction
        extraction.spans = sorted(_spans(extraction), key=lambda span: (span.start, span.end, span.label))
        return doc


@_Language.factory("hoso_spans")
def make(nlp: Language, name: str) -> Spans:
    """The factory of the component."""
    return Spans()


def _spans(extraction: Extraction) -> set[Span]:
    text = extraction.text
    found: set[Span] = set()
    for label, mentions in (
        ("cite", extraction.cites),
        ("affects", extraction.affects),
        ("agency", extraction.agencies),
        ("person", extraction.people),
        ("place", extraction.places),
        ("project", extraction.projects),
    ):
        found |= {Span(m.start, m.end, label, text[m.start : m.end]) for m in mentions}
    found |= {Span(one.start, one.end, one.kind, text[one.start : one.end]) for one in extraction.identifiers}
    found |= {
        Span(zone.start, zone.end, zone.kind, text[zone.start : zone.end])
        for zone in extraction.zones
        if zone.kind in _FIELD_ZONES
    }
    return found
