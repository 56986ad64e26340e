"""Rows of an office's table that are no entries: totals, column numbers, names of groups, the signatures below."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.custody.above import pointed
from kg.custody.headings import Heading, Role, forms, table
from kg.custody.targets import retention_said
from kg.readers.tables.folded import words
from kg.readers.tables.grid import Row
from ontology.folding import fold

_NUMERAL = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|[a-zđ])[.)]?$")
_NUMERAL_BEFORE = re.compile(r"(?:[IVXLC]+|[A-ZĐ])\s*[.)\-]\s*")
_FIGURE = re.compile(r"[\d\s.,%]*$")
_DATE_LINE = re.compile(r"ngay\s*\S{0,4}\s*thang\s*\S{0,4}\s*nam")
_FEW = 2
"""Cells of a line that stretches over the table."""


def is_no_entry(heading: Heading, row: Row) -> bool:
    """The heading said again, the numbers of the columns under it, or a line with nothing but its running number."""
    filled = [cell.strip("()") for cell in row.cells if cell]
    if heading.repeats(row):
        return True
    if len(filled) > _FEW and filled == [str(number) for number in range(1, len(filled) + 1)]:
        return True
    return not any(heading.cell(row, role) for role in heading.columns if role != "row_number")


def may_be_heading(row: Row) -> bool:
    """Whether a row may be the heading of another table, before its labels are looked up: several texts, no figure."""
    filled = [cell for cell in row.cells if cell]
    return len(filled) > _FEW and not any(char.isdigit() for cell in filled for char in cell)


def is_total(heading: Heading, row: Row) -> bool:
    """A line of totals: its word, and figures or one quantity beside it."""
    filled = [cell for cell in row.cells if cell]
    texts = [cell for cell in filled if not _FIGURE.match(cell)]
    if not texts or len(texts) > _FEW or has_running_number(heading, row):
        return False
    said = texts[0].casefold().strip(" :.")
    marks = (*table()["totals"], *table()["totals_of"])
    if any(said == mark or re.match(rf"{mark}\s*[:(\d]", said) for mark in marks):
        return True
    figures = len(texts) == 1 and len(filled) > 1
    return figures and any(said.startswith(f"{mark} ") for mark in table()["totals_of"])


def closes(heading: Heading, row: Row) -> bool:
    """Whether the table has ended there: who signs, place and day, who gets a copy."""
    if has_running_number(heading, row):
        return False
    filled = [cell for cell in row.cells if cell]
    said = [words(cell) for cell in filled]
    if any(one in forms("closing") for one in said):
        return True
    if len(filled) > _FEW:
        return False
    if any(_DATE_LINE.search(fold(cell)) for cell in filled):
        return True
    return any(_says_more(cell, one) for cell, one in zip(filled, said, strict=True))


def _says_more(cell: str, said: str) -> bool:
    """Whether such a line goes on in the cell: "Nơi nhận: ...", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"; not a body whose name
    begins so."""
    marks = [mark for mark in forms("closing") if said.startswith(f"{mark} ")]
    return any(":" in cell or len(mark.split()) > _FEW for mark in marks)


def has_running_number(heading: Heading, row: Row) -> bool:
    """Whether the row has an entry's running number."""
    return heading.cell(row, "row_number").strip(" .").isdigit()


def group_of(heading: Heading, row: Row) -> str | None:
    """The name of the group that begins there, None for other rows: a text of several words alone, or behind "I." """
    texts = [cell for cell in row.cells if cell and not _NUMERAL.match(cell)]
    if len(texts) != 1 or has_running_number(heading, row) or _FIGURE.match(texts[0]):
        return None
    bare = _NUMERAL_BEFORE.sub("", texts[0], count=1)
    return bare if " " in bare else None


def values_of_group(group: str, told: Mapping[Role, str]) -> dict[Role, str]:
    """The values that hold for the rows of a group: its fonds and its retention where the group's name says so, else
    those before."""
    found = dict(told)
    for role, value in pointed(group):
        if role != "inventory":
            found.pop("fonds", None)
            found.pop("fonds_name", None)
            found[role] = value
    if retention := retention_said(group):
        found["retention"] = retention
    return found
