"""The unit at the head of a paper without an issuer, as on registers and forms: "XÃ DỊCH VỌNG - HUYỆN TỪ LIÊM"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nlp.header.placenames import units_of
from nlp.model import Extraction
from nlp.resolution import Surroundings, around_day
from nlp.zones.layout import layout_of
from nlp.zones.lines import Cell, is_capital

_MOST_HEAD = 3
"""Lines of a head that names units alone."""


def headed_unit(extraction: Extraction, doc: Any) -> str | None:
    """The id of the unit version that stands at the head of a paper without an issuer: the narrowest one, in those
    around it; None where a name is no unit or several are possible."""
    if extraction.issuer is not None:
        return None
    head = layout_of(doc).head
    units = [unit for cell in head.issuer for unit in units_of(cell.text)] if _is_capital_head(head.issuer) else []
    context = extraction.context
    around = Surroundings(around_day(extraction), (context.unit,) if context.unit else ())
    within: tuple[str, ...] = ()
    for name, type_ in reversed(units):
        found = around.resolve(name, type_, inside=within).unit
        if found is None:
            return None
        within = (found.id,)
    return within[0] if within else None


def _is_capital_head(cells: Sequence[Cell]) -> bool:
    """Whether a head has lines of capitals, and few."""
    return 0 < len(cells) <= _MOST_HEAD and all(is_capital(cell.text) for cell in cells)
