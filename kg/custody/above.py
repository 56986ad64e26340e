"""What stands over an office's table: labelled values, the paper that the list is an annex of, the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.custody import headings
from kg.custody.citing import annexed, own_paper
from kg.custody.headings import Role
from kg.custody.pointing import pointer
from kg.custody.rows import Above
from kg.readers.tables.folded import words
from kg.readers.tables.grid import Row
from kg.readers.tables.heading import Label

_ITEM = re.compile(r"^\d{1,2}[.)]\s*")
"""The number of an item: "1. Tên khối tài liệu giao nộp: ..."."""

_VALUES: frozenset[Role] = frozenset({"inventory", "fonds", "creator", "giver", "body", "holder", "room"})
"""What a line over the table may say of all rows."""


def above(rows: Sequence[Row]) -> Above:
    """What the rows over the heading say. Of values that are said twice the first counts; a title tells the kind of the
    list where it has the words of one kind alone."""
    values: dict[Role, str] = {}
    papers = []
    kinds: set[str] = set()
    for row in rows:
        filled = [cell for cell in row.cells if cell]
        for role, value in _labelled(filled):
            values.setdefault(role, value)
        for cell in filled:
            if paper := annexed(cell):
                papers.append(paper)
            else:
                kinds |= headings.kinds_in(cell)
    kind = kinds.pop() if len(kinds) == 1 else None
    paper = papers[0] if len(set(papers)) == 1 else None
    if not papers and kind in ("handover", "store_list"):
        paper = own_paper(headings.table()["names"][kind], [cell for row in rows for cell in row.cells if cell])
    return Above(values, paper, kind)


def _labelled(filled: Sequence[str]) -> Iterator[tuple[Role, str]]:
    """ "Bên nhận: UBND phường Láng", a label with its value in the next cell, "Phông số 12", "PHÔNG ỦY BAN NHÂN DÂN"."""
    for cell, following in zip(filled, [*filled[1:], ""], strict=True):
        label, colon, value = _ITEM.sub("", cell).partition(":")
        known = headings.meaning(Label(label))
        value = value.strip(" .…") if value.strip() else following
        if known and known[0] in _VALUES and value and (colon or following) and words(value):
            yield known[0], value
        elif not colon:
            told = pointer(cell)
            if told.fonds:
                yield "fonds", told.fonds
            if told.inventory:
                yield "inventory", told.inventory
