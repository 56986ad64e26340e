"""The first component: the page's zones, what is readable at all, and the archive's own pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language as _Language

from nlp.header.component import head_zones
from nlp.model import Extraction, Zone
from nlp.zones.archive import archive_pages
from nlp.zones.furniture import goes_on_stamp, is_incoming_stamp, is_page_number, signature_blocks
from nlp.zones.layout import Layout, read_layout
from ontology.folding import fold

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_READABLE = 10
"""Fewer letters than this on all pages: the reading failed."""


class Zones:
    """Finds the zones and leaves the layout with the doc."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``zones`` and ``readable`` in place."""
        extraction: Extraction = doc._.extraction
        text = extraction.text
        extraction.readable = sum(map(str.isalpha, text[:20000])) >= _READABLE
        archive = archive_pages(text)
        start = _first_page_of_its_own(text, archive)
        scanned = extraction.scanned
        layout = read_layout(text, start, len(text), method=extraction.context.method, scanned=scanned)
        extraction.scanned = layout.scanned
        layout.archive = bool(archive) and not layout.lines
        doc.user_data["layout"] = layout
        extraction.zones += [Zone("archive_page", begin, end) for begin, end in archive]
        extraction.zones += head_zones(layout.head)
        extraction.zones += _text(layout)
        extraction.zones += _furniture(layout)
        return doc


def _first_page_of_its_own(text: str, archive: list[tuple[int, int]]) -> int:
    """Behind the archive's pages that lie on top."""
    start = 0
    for begin, end in archive:
        if text[start:begin].strip():
            break
        start = end
    return start


_BASIS = re.compile(r"\W*(?:can cu|xet |theo de nghi|thuc hien |tren co so)")
_DECIDES = re.compile(r"\W*(?:dieu 1\b|quyet dinh\b|quyet nghi\b|nghi quyet\b|chuong i\b|i\. |1\. )")
_BASIS_LINES = 120


def _text(layout: Layout) -> list[Zone]:
    """The body behind the head and, where it opens with them, the grounds (Căn cứ ..., Xét đề nghị ...)."""
    if layout.head.body is None:
        return []
    zones = [Zone("body", layout.head.body, layout.end)]
    lines = [line for line in layout.lines[layout.head.lines_used :] if line.start >= layout.head.body][:_BASIS_LINES]
    if lines and _BASIS.match(fold(lines[0].text)):
        last = next((i for i, line in enumerate(lines) if _DECIDES.match(fold(line.text))), None)
        if last is not None:
            zones.append(Zone("basis", lines[0].start, lines[last - 1].end))
    return zones


def _furniture(layout: Layout) -> list[Zone]:
    zones: list[Zone] = []
    for line in layout.lines:
        if line.page_top and is_page_number(line):
            zones.append(Zone("page_furniture", line.start, line.end))
    in_stamp = False
    signed = signature_blocks(layout.lines[:40])
    for line in layout.lines[:40]:
        in_stamp = is_incoming_stamp(line.text) or (in_stamp and goes_on_stamp(line.text))
        if line.index in signed:
            zones.append(Zone("digital_signature", line.start, line.end))
        elif in_stamp:
            zones.append(Zone("incoming_stamp", line.start, line.end))
    return zones


@_Language.factory("hoso_zones")
def make(nlp: Language, name: str) -> Zones:
    """The factory of the component."""
    return Zones()
