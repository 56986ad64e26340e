"""Bodies that stand below the head: the first party of a contract, who keeps the register, whose voucher it is."""

from __future__ import annotations

import re

from nlp.header.heads import head_word
from nlp.zones.layout import Layout
from nlp.zones.lines import Cell, Line

_PARTY = re.compile(
    r"(?:\d|[a-z]|[ivx]{1,3})?\W*(?:dai dien )?ben (?:a\b|giao\b|cho |ban\b|chu |chuyen |tang )[^:]{0,50}:"
)
_NAME_OF_PARTY = re.compile(r"^\W*(?:ten )?(?:don vi|co quan|to chuc|doanh nghiep|hop tac xa)\b[^:]{0,30}:")
"""The field in which a party below its own heading is named."""
_PARTY_DEPTH = 4
_KEEPER = re.compile(
    r"(?:noi dang ky|dang ky (?:khai sinh|khai tu|ket hon|ho tich )?\s?tai|co quan (?:cap|dang ky)|noi cap)\b[^:]{0,20}:"
)
_OWNER = re.compile(r"\W*(?:ten )?(?:don vi|co quan)(?: bao cao)?\s?:")
_DEPTH = 30
_END = re.compile(r"[,;.(]|\s[-–]\s|\s{3}|\sMẫu(?: số)?\s")
_LABELS = {
    "contract": _PARTY,
    "civil": _KEEPER,
    "form": _KEEPER,
    "voucher": _OWNER,
    "list": _OWNER,
}


def named_body(layout: Layout, family: str | None) -> Cell | None:
    """The body that a labelled field names as the one the paper comes from; None for other families of papers."""
    label = _LABELS.get(family or "")
    if label is None and family == "minutes" and any("hop dong" in cell.folded for cell in layout.head.about):
        label = _PARTY  # what ends a contract or finds it fulfilled has its parties
    if label is None:
        return None
    lines = _lines(layout)
    for index, line in enumerate(lines):
        for cell in line.cells():
            match = label.search(cell.folded)
            if match is None:
                continue
            if label is _PARTY and not cell.text[match.end() :].strip():
                return _named_below(lines[index + 1 : index + 1 + _PARTY_DEPTH])
            if (found := _body(cell, match.end())) is not None:
                return found
    return None


def _body(cell: Cell, start: int) -> Cell | None:
    """The body that stands in the cell from ``start`` on."""
    if head_word(cell.folded[start:].lstrip()) is None:
        return None
    rest = cell.text[start:]
    end = _END.search(rest)
    return cell.cut(start, start + (end.start() if end else len(rest)))


def _named_below(lines: list[Line]) -> Cell | None:
    """The party whose name stands in a field below its heading ("- Tên đơn vị: ...")."""
    for line in lines:
        for cell in line.cells():
            field = _NAME_OF_PARTY.match(cell.folded)
            if (found := _body(cell, field.end() if field else 0)) is not None:
                return found
    return None


def _lines(layout: Layout) -> list[Line]:
    return layout.lines[: layout.head.lines_used + _DEPTH]
