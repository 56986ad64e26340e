"""Tables of parcels: a heading that names map sheet and parcel, and the rows of numbers below it (land registers,
certificates, lists of compensation: Decision 499-QĐ/ĐC of 1995; PRACTICE.md §5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.model import Identifier
from nlp.zones.lines import Cell, lines_of

_HEADING = re.compile(r"th[ửuưừữ]a", re.IGNORECASE)
_SHEET = re.compile(r"^(?:so )?(?:hieu )?to(?: (?:ban do|b[dđ]|so|bddc))*(?: dia chinh)?(?: so)?$")
_PARCEL = re.compile(r"^(?:so )?(?:hieu )?thua(?: dat)?(?: so)?$")
_NUMBER = re.compile(r"\d{1,5}(?:[-/]\d{1,3}|\(\d{1,3}\))?[a-z]?$")
_MOST_BETWEEN = 2
"""Lines between the heading and a row that hold no numbers there (a heading of two lines, the numbers of columns)."""


def identifiers_of_tables(text: str) -> Iterator[Identifier]:
    """Parcels and map sheets of the tables, with offsets in the text; a parcel is within the sheet of its row."""
    if not _HEADING.search(text):
        return
    columns: tuple[int, int] | None = None
    missed = 0
    for line in lines_of(text):
        cells = line.cells()
        found = _columns(cells)
        if found is not None:
            columns, missed = found, 0
        elif columns is not None:
            row = [cells[place] if place < len(cells) else None for place in columns]
            sheet, parcel = row
            if sheet and parcel and _NUMBER.match(sheet.folded) and _NUMBER.match(parcel.folded):
                yield Identifier("map_sheet", sheet.text, sheet.start, sheet.end)
                yield Identifier("parcel", parcel.text, parcel.start, parcel.end, within=sheet.text)
                missed = 0
            else:
                missed += 1
                columns = columns if missed <= _MOST_BETWEEN else None


def _columns(cells: Sequence[Cell]) -> tuple[int, int] | None:
    """Which columns of a heading are sheet and parcel."""
    sheet = next((place for place, cell in enumerate(cells) if _SHEET.match(cell.folded)), None)
    parcel = next((place for place, cell in enumerate(cells) if _PARCEL.match(cell.folded)), None)
    return None if sheet is None or parcel is None else (sheet, parcel)
