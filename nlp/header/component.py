"""The header's fields from the head's layout: issuer, number, type, place, date, abstract, each with its confidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.header import confidence as sure
from nlp.header.body_names import repair_place, typed_place
from nlp.header.heads import head_word
from nlp.header.issuer import Issuer, is_hamlet, read_issuer
from nlp.header.types import family, type_before, type_of_number
from nlp.model import Extraction, Zone
from nlp.repair.symbols import with_issuer
from nlp.zones.head import Head
from nlp.zones.late import late_date, late_number
from nlp.zones.layout import Layout, layout_of
from nlp.zones.lines import Cell, key
from nlp.zones.parties import named_body
from nlp.zones.positions import opens_with_position
from ontology.folding import fold

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

from spacy.language import Language as _Language

_KEEPS_NO_ISSUER = frozenset({"personal"})


class Header:
    """Fills the header fields of ``doc._.extraction`` from the layout that the zones found."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill the fields in place."""
        extraction: Extraction = doc._.extraction
        fill_header(extraction, layout_of(doc))
        return doc


@_Language.factory("hoso_header")
def make(nlp: Language, name: str) -> Header:
    """The factory of the component."""
    return Header()


def fill_header(extraction: Extraction, layout: Layout) -> None:
    """Write the fields that the head of ``layout`` shows into ``extraction``, with confidences and zones."""
    if not extraction.readable or layout.archive:
        return
    head = layout.head
    _type(extraction, head, layout)
    _number(extraction, head, layout)
    _date(extraction, head, layout)
    _place(extraction, head, layout)
    _issuer(extraction, head, layout)
    _abstract(extraction, head, layout)


def _issuer(extraction: Extraction, head: Head, layout: Layout) -> None:
    if family(extraction.type) in _KEEPS_NO_ISSUER and head.number is None:
        return
    text = extraction.text[layout.start : min(layout.end, layout.start + 6000)]
    issuer = read_issuer(head.issuer, scanned=layout.scanned, text=text)
    if issuer is None and (authority := _behind_post(head.authority)) is not None:
        # Certificates have no left column: the body that certifies stands below the heading.
        issuer = read_issuer([authority], scanned=layout.scanned, text=text)
    if issuer is not None and not _is_body(issuer, head):
        issuer = None
    named = named_body(layout, family(extraction.type)) if issuer is None else None
    if named is not None:
        issuer = Issuer(" ".join(named.text.split()), None, named.start, named.end, known=True, repaired=False)
    if issuer is None or not _is_body(issuer, head):
        return
    extraction.issuer, extraction.issuer_parent = issuer.name, issuer.parent
    other = extraction.context.issuer
    extraction.confidence["issuer"] = sure.issuer_confidence(
        scanned=layout.scanned,
        known=issuer.known,
        repaired=issuer.repaired,
        motto=bool(head.motto),
        context_agrees=None if other is None else _same_body(issuer, other),
    )
    if issuer.parent is not None:
        extraction.confidence["issuer_parent"] = extraction.confidence["issuer"]
    if layout.scanned and extraction.number is not None:
        extraction.number = with_issuer(extraction.number, issuer.name)


def _behind_post(authority: Cell | None) -> Cell | None:
    """The body of the authority's line, behind its post: "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN ĐÔNG ANH"."""
    if authority is None or head_word(authority.folded) is not None:
        return authority
    if not opens_with_position(authority.text):
        return None
    starts = (match.start() for match in re.finditer(r"\S+", authority.folded))
    at = next(
        (start for start in starts if (found := head_word(authority.folded[start:])) and found[1] == "place"), None
    )
    return authority.cut(at, len(authority.text)) if at is not None else None


def _is_body(issuer: Issuer, head: Head) -> bool:
    """Whether the line can be an issuer: with a motto or a number beside it any capitals can, else it must open with
    the head word of a body."""
    if len(issuer.name) < 4 or len(issuer.name) > 200:
        return False
    folded = fold(issuer.name)
    return (
        head_word(folded) is not None
        or is_hamlet(issuer.name)
        or (bool(head.motto) and head.number_cell is not None)
        or folded.endswith(" uy")
    )


def _same_body(issuer: Issuer, other: str) -> bool:
    whole = key(f"{issuer.parent or ''} {issuer.name}")
    return key(other).replace("ubnd", "uybannhandan") in whole.replace("ubnd", "uybannhandan") or key(
        issuer.name
    ) in key(other)


def _number(extraction: Extraction, head: Head, layout: Layout) -> None:
    number = head.number
    if number is None and family(extraction.type) == "certification" and (late := late_number(layout)) is not None:
        number, head.number_cell = late
    if number is None:
        return
    value = number.number
    when = head.when
    issued = number.written or (when is not None and (when.date is not None or not when.clean))
    unread = value is None and bool(number.symbol) and layout.scanned and issued
    if unread:
        # The scan lost the handwritten digits: the symbol is still worth having, and says that it is not whole.
        value = number.symbol if number.symbol.startswith(("/", "-")) else f"/{number.symbol}"
    if value is None:
        return
    year = (head.when.date or head.when.partial or "")[:4] if head.when else ""
    value = _with_year(value, year, scanned=layout.scanned)
    extraction.number = value
    extraction.confidence["number"] = sure.number_confidence(
        number, value, scanned=layout.scanned, context=extraction.context
    )


def _with_year(value: str, year: str, *, scanned: bool) -> str:
    """A number whose slash before the year was lost (``062019/TT-BYT``): the page's own year shows where."""
    match = re.match(r"(\d{1,3})[/.]?(\d{4})(/.*)$", value)
    if scanned and match and match.group(2) == year and len(value.split("/", maxsplit=1)[0]) > 4:
        return f"{match.group(1)}/{match.group(2)}{match.group(3)}"
    return value


def _type(extraction: Extraction, head: Head, layout: Layout) -> None:
    symbol = head.number.symbol if head.number is not None else ""
    by_symbol = type_of_number(symbol) if symbol else None
    if head.type is not None:
        name, exact = head.type.name, head.type.exact
        agreed = None if by_symbol is None or by_symbol == "Công văn" else by_symbol == name
        if agreed is False and not exact and by_symbol is not None:
            name = by_symbol
        extraction.type = name
        extraction.confidence["type"] = sure.type_confidence(heading=True, exact=exact, symbol_agrees=agreed)
        return
    named = type_before(head.number_cell) if head.number_cell is not None else None
    if named is not None:
        extraction.type = named
        extraction.confidence["type"] = sure.type_confidence(heading=False, exact=False, symbol_agrees=True)
        return
    decided = _OPERATIVE.search(extraction.text, layout.start, min(layout.end, layout.start + _DECIDES_WITHIN))
    if symbol and by_symbol in {None, "Công văn"} and not head.about and decided is not None:
        # Older acts have no heading: the line before the articles says what they are.
        extraction.type = (
            "Nghị quyết" if decided.group("kind") == "QUYẾT NGHỊ" else decided.group("kind").capitalize()
        )
        extraction.confidence["type"] = sure.type_confidence(heading=False, exact=False, symbol_agrees=True) - 0.05
        return
    letter = bool(head.about) or "kinhgui" in key(extraction.text[layout.start : layout.start + 3000])
    if by_symbol is not None and by_symbol != "Công văn" and not (letter and head.about):
        extraction.type = by_symbol
        extraction.confidence["type"] = sure.type_confidence(heading=False, exact=False, symbol_agrees=True) - 0.05
    elif symbol and (letter or by_symbol == "Công văn"):
        extraction.type = "Công văn"
        both = letter and by_symbol == "Công văn"
        extraction.confidence["type"] = 0.95 if both and not layout.scanned else 0.85 if letter else 0.6


_OPERATIVE = re.compile(r"^[^\w\n]*(?P<kind>QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ ĐỊNH)\s?:?\W*$", re.MULTILINE)
_DECIDES_WITHIN = 4000


def _date(extraction: Extraction, head: Head, layout: Layout) -> None:
    when, cell = head.when, None
    kind = family(extraction.type)
    if when is None or (when.date is None and when.partial is None):
        late = late_date(
            layout,
            minutes=kind in {"minutes", "contract", "certification"},
            today=kind in {None, "personal", "form", "civil"},
            form=kind not in {None, "act", "letter"},
        )
        if late is not None:
            when, cell = late.when, late.cell
            head.place = head.place or late.place
    if when is None:
        return
    extraction.date, extraction.date_partial = when.date, when.partial
    if cell is not None:
        head.when, head.date_cell = when, cell
    if when.date or when.partial:
        confidence = sure.date_confidence(when, scanned=layout.scanned, context=extraction.context)
        field = "date" if when.date else "date_partial"
        extraction.confidence[field] = confidence if cell is None else min(confidence, 0.75)


def _place(extraction: Extraction, head: Head, layout: Layout) -> None:
    place = re.sub(r"\s+", " ", head.place.text).strip(" .,:;_-'`") if head.place is not None else ""
    if layout.scanned and head.before_date is not None:
        place = repair_place(place, head.before_date.text)
    else:
        place = typed_place(place)
    if place:
        extraction.place = place
        extraction.confidence["place"] = 0.75 if layout.scanned else 0.95


def _abstract(extraction: Extraction, head: Head, layout: Layout) -> None:
    cells = [_trim(cell) for cell in head.about]
    text = re.sub(r"\s+", " ", " ".join(cells)).strip(" \t_-–—~*|\\")
    text = text.strip()
    if text:
        extraction.abstract = text
        extraction.confidence["abstract"] = sure.abstract_confidence(
            text, scanned=layout.scanned, context=extraction.context
        )


def _trim(cell: Cell) -> str:
    return (
        re.sub(r"^[\W_]+(?=[\w(“\"])|[\s_\-–—~*|\\`ˆ.:]+$", "", cell.text)
        if cell.text[:1] not in '(“"'
        else cell.text
    )


def head_zones(head: Head) -> list[Zone]:
    """The zones of the head: where its fields stand."""
    zones: list[Zone] = []
    if head.start is not None and head.body is not None and head.body > head.start:
        zones.append(Zone("head", head.start, head.body))
    zones += _zone("number", [head.number_cell] if head.number_cell else [])
    if head.date_cell is not None:
        start = (
            head.place.start
            if head.place is not None and head.place.start < head.date_cell.start
            else head.date_cell.start
        )
        zones.append(Zone("place_date", start, head.date_cell.end))
    zones += _zone("type", [head.type_cell] if head.type_cell else [])
    return zones + _zone("abstract", head.about)


def _zone(kind: str, cells: list[Cell]) -> list[Zone]:
    return [Zone(kind, cells[0].start, cells[-1].end)] if cells else []
