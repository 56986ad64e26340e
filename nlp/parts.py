"""Several documents in one computer file: each head of its own begins a part (DESIGN.md §5: a record is one file)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language as _Language

from nlp.following import following_heads
from nlp.header.component import fill_header, head_zones
from nlp.header.confidence import agrees
from nlp.header.heads import head_word
from nlp.header.types import family
from nlp.model import Context, Extraction
from nlp.signers import fill_signers
from nlp.zones.head import Head
from nlp.zones.layout import Layout, layout_of, read_layout
from nlp.zones.lines import Line
from nlp.zones.motto import find_motto

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_WITHOUT_NUMBER = frozenset({"personal", "minutes", "contract"})
"""Families of papers that are whole without a number or a day in the head."""
_TOP = 14
"""How many lines below a page's top a head may begin (stamps and signature blocks stand above)."""


class Parts:
    """Fills ``parts`` where a file holds several documents; one document has none."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill in place: one Extraction with header fields a document, the first one included."""
        extraction: Extraction = doc._.extraction
        if extraction.readable and extraction.secrecy is None:
            layout = layout_of(doc)
            starts = _beginnings(extraction, layout) if "\f" in extraction.text else [layout.start]
            starts = _with_following(extraction, layout, starts)
            if len(starts) > 1:
                limits = [*starts[1:], layout.end]
                extraction.parts = [
                    _part(extraction, begin, end, first=begin == starts[0])
                    for begin, end in zip(starts, limits, strict=True)
                ]
        return doc


@_Language.factory("hoso_parts")
def make(nlp: Language, name: str) -> Parts:
    """The factory of the component."""
    return Parts()


def _beginnings(extraction: Extraction, layout: Layout) -> list[int]:
    """Where documents begin: the record's own beginning and every page with a head whose own number, date or type
    differs from a form's blanks."""
    starts = [layout.start]
    lines = layout.lines
    text = extraction.text
    archive = [(zone.start, zone.end) for zone in extraction.zones if zone.kind == "archive_page"]
    for index, line in enumerate(lines):
        if not line.page_top or index == 0 or any(begin <= line.start < end for begin, end in archive):
            continue
        window = lines[index : index + _TOP]
        shown = [candidate for candidate in window if candidate.page == line.page]
        end = _page_end(text, line.start)
        if any(map(_has_title, shown)):
            begins = _stands_alone(extraction, line.start, end)
        else:
            begins = any(map(_is_numbered, shown)) and _is_whole(_layout(extraction, line.start, end).head)
        if begins:
            starts.append(line.start)
    return starts


def _with_following(extraction: Extraction, layout: Layout, starts: list[int]) -> list[int]:
    """The beginnings with those of documents that follow another without a page break."""
    text = extraction.text
    found = sorted({*starts, *(layout.lines[index].start for index in following_heads(text, layout))})
    kept = found[:1]
    for position, start in enumerate(found[1:], 1):
        end = found[position + 1] if position + 1 < len(found) else layout.end
        if start in starts or _stands_alone(extraction, start, min(end, _page_end(text, start))):
            kept.append(start)
    return kept


def _layout(whole: Extraction, start: int, end: int) -> Layout:
    """The layout of a stretch of the record, read as the record was."""
    return read_layout(whole.text, start, end, method=whole.context.method, scanned=whole.scanned)


def _stands_alone(whole: Extraction, start: int, end: int) -> bool:
    """Whether a document begins there: a head with number or day, minutes or a contract of a day, or a letter that
    names its author; a form to be filled in has none of these."""
    head = _layout(whole, start, end).head
    if _is_document(head):
        return True
    kind = family(head.type.name) if head.type is not None else None
    if kind not in _WITHOUT_NUMBER:
        return False
    part = _part(whole, start, end, first=False)
    return part.author is not None if kind == "personal" else part.date is not None


def _has_title(line: Line) -> bool:
    return any((motto := find_motto(cell)) is not None and motto.title for cell in line.cells())


_NUMBER = re.compile(r"\W*so\s?:?\s?\d")


def _is_numbered(line: Line) -> bool:
    return any(_NUMBER.match(cell.folded) for cell in line.cells())


def _is_whole(head: Head) -> bool:
    """A letterhead without the national title is a document's where body, number, day and type are all there."""
    numbered = head.number is not None and head.number.number is not None and bool(head.number.symbol)
    dated = head.when is not None and head.when.date is not None
    named = any(head_word(cell.folded) is not None for cell in head.issuer)
    return numbered and dated and named and head.type is not None


def _page_end(text: str, start: int) -> int:
    end = text.find("\f", start)
    return len(text) if end < 0 else end


def _is_document(head: Head) -> bool:
    """A head with an issuer or a type, and a number or a date that is filled in: forms annexed to a rule are blank."""
    numbered = head.number is not None and head.number.number is not None
    dated = head.when is not None and head.when.date is not None
    return (bool(head.issuer) or head.type is not None) and (numbered or dated)


def _part(whole: Extraction, start: int, end: int, *, first: bool) -> Extraction:
    """One document of the file; its text is its stretch of the record's, its offsets count in that."""
    text = whole.text[start:end]
    layout = read_layout(text, 0, len(text), method=whole.context.method, scanned=whole.scanned)
    part = Extraction(
        text=text,
        id=whole.id,
        source=whole.source,
        context=_context(whole.context, layout.head, first=first),
        scanned=layout.scanned,
    )
    part.zones += head_zones(layout.head)
    fill_header(part, layout)
    fill_signers(part, layout)
    return part


def _context(known: Context, head: Head, *, first: bool) -> Context:
    """What is known of the record, for one of its documents: number, day and title are those of the first, or of the
    one that bears the number."""
    number = head.number.number if head.number is not None else None
    if first or agrees(number, known.number):
        return known
    return replace(known, number=None, date=None, title=None)
