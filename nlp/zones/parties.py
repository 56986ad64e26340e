"""Bodies that stand below the head: the first party of a contract, who keeps the register, whose voucher it is."""

from __future__ import annotations

import re

from nlp.header.heads import head_word
from nlp.zones.layout import Layout
from nlp.zones.lines import Cell, Line

_PARTY = re.compile(r"\W*(?:dai dien )?ben (?:a\b|giao\b|cho |ban\b|chu |chuyen |tang )[^:]{0,40}:")
_KEEPER = re.compile(
    r"(?:noi dang ky|dang ky (?:khai sinh|khai tu|ket hon|ho tich )?\s?tai|co quan (?:cap|dang ky)|noi cap)\b[^:]{0,20}:"
)
_OWNER = re.compile(r"\W*(?:ten )?(?:don vi|co quan)(?: bao cao)?\s?:")
_DEPTH = 30
_END = re.compile(r"[,;.(]|\s[-–]\s|\s{3}")
_LABELS = {"contract": _PARTY, "civil": _KEEPER, "form": _KEEPER, "voucher": _OWNER, "list": _OWNER}


def named_body(layout: Layout, family: str | None) -> Cell | None:
    """The body that a labelled field names as the one the paper comes from; None for other families of papers."""
    label = _LABELS.get(family or "")
    if label is None:
        return None
    for line in _lines(layout):
        for cell in line.cells():
            match = label.search(cell.folded)
            if match is None or head_word(cell.folded[match.end() :].lstrip()) is None:
                continue
            rest = cell.text[match.end() :]
            end = _END.search(rest)
            return cell.cut(match.end(), match.end() + (end.start() if end else len(rest)))
    return None


def _lines(layout: Layout) -> list[Line]:
    return layout.lines[: layout.head.lines_used + _DEPTH]
