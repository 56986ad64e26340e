"""Several documents in one computer file: each head of its own begins a part (DESIGN.md §5: a record is one file)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language as _Language

from nlp.following import following_heads
from nlp.header.component import fill_header
from nlp.header.heads import head_word
from nlp.header.types import family
from nlp.model import Extraction
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
            starts = _beginnings(extraction.text, layout, extraction) if "\f" in extraction.text else [layout.start]
            starts = _with_following(extraction.text, layout, starts)
            if len(starts) > 1:
                limits = [*starts[1:], layout.end]
                extraction.parts = [_part(extraction, begin, end) for begin, end in zip(starts, limits, strict=True)]
        return doc


@_Language.factory("hoso_parts")
def make(nlp: Language, name: str) -> Parts:
    """The factory of the component."""
    return Parts()


def _beginnings(text: str, layout: Layout, extraction: Extraction) -> list[int]:
    """Where documents begin: the record's own beginning and every page with a head whose own number, date or type
    differs from a form's blanks."""
    starts = [layout.start]
    lines = layout.lines
    archive = [(zone.start, zone.end) for zone in extraction.zones if zone.kind == "archive_page"]
    for index, line in enumerate(lines):
        if not line.page_top or index == 0 or any(begin <= line.start < end for begin, end in archive):
            continue
        window = lines[index : index + _TOP]
        shown = [candidate for candidate in window if candidate.page == line.page]
        end = _page_end(text, line.start)
        if any(map(_has_title, shown)):
            begins = _stands_alone(text, line.start, end)
        else:
            begins = any(map(_is_numbered, shown)) and _is_whole(read_layout(text, line.start, end).head)
        if begins:
            starts.append(line.start)
    return starts


def _with_following(text: str, layout: Layout, starts: list[int]) -> list[int]:
    """The beginnings with those of documents that follow another without a page break."""
    found = sorted({*starts, *(layout.lines[index].start for index in following_heads(text, layout))})
    kept = found[:1]
    for position, start in enumerate(found[1:], 1):
        end = found[position + 1] if position + 1 < len(found) else layout.end
        if start in starts or _stands_alone(text, start, min(end, _page_end(text, start))):
            kept.append(start)
    return kept


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a document begins there: a head with number or day, minutes or a contract of a day, or a letter that
    names its author; a form to be filled in has none of these."""
    head = read_layout(text, start, end).head
    if _is_document(head):
        return True
    kind = family(head.type.name) if head.type is not None else None
    if kind not in _WITHOUT_NUMBER:
        return False
    part = Extraction(text=text[start:end])
    layout = read_layout(part.text, 0, len(part.text))
    fill_header(part, layout)
    fill_signers(part, layout)
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


def _part(whole: Extraction, start: int, end: int) -> Extraction:
    """One document of the file; its text is its stretch of the record's."""
    text = whole.text[start:end]
    part = Extraction(text=text, id=whole.id, source=whole.source)
    layout = read_layout(text, 0, len(text), method=whole.context.method, scanned=whole.scanned)
    fill_header(part, layout)
    fill_signers(part, layout)
    return part
