"""Which of the columns of a signature a cell stands in, by where it stands on its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from nlp.zones.lines import Cell, Line

_CLEARLY = 2.0
"""Characters by which the best order of columns must be nearer than the next one."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of a cell: in characters from the line's edge; in columns where bars or tabs count them
    (``parted``: blank, tab or bar)."""

    parted: str
    middle: float


def spot(line: Line, cell: Cell) -> Spot:
    """Where the cell stands on its line."""
    before = line.lead + line.text[: cell.start - line.start]
    whole = line.lead + line.text
    for sign in "|\t":
        if sign in whole:
            return Spot(sign, _WIDTH * before.count(sign))
    return Spot(" ", len(before) + len(cell.text) / 2)


_WIDTH = 10 * _CLEARLY
"""What a column counts for where signs part them."""


def columns_of(heads: Sequence[Spot], parts: Sequence[Spot]) -> tuple[int, ...] | None:
    """For each part, from left to right, the index of the head that it stands below; None where that cannot be told:
    more parts than heads, other signs between them, or two orders as likely."""
    if not parts or len(parts) > len(heads) or len({one.parted for one in (*heads, *parts)}) > 1:
        return None
    orders = sorted(
        (sum(abs(heads[index].middle - part.middle) for index, part in zip(order, parts, strict=True)), order)
        for order in combinations(range(len(heads)), len(parts))
    )
    if len(orders) > 1 and orders[1][0] - orders[0][0] < _CLEARLY:
        return None
    return orders[0][1]


def stands_alone(cell: Cell, cells: list[Cell]) -> bool:
    """Whether the cell has its line to itself, or beside the recipients' column."""
    return len(cells) == 1 or (
        len(cells) == 2 and cell is not cells[0] and _RECIPIENT.match(cells[0].folded) is not None
    )


_RECIPIENT = re.compile(r"[-–+*•]\s?\S|\W{0,4}\S{0,3}oi (?:nhan|gui)\b")


def loosely(cell: Cell) -> list[Cell]:
    """The parts of a cell at two spaces: names may be too long for their columns."""
    limits = [0, *(match.end() for match in re.finditer(r"\s{2,}", cell.text)), len(cell.text)]
    return [part for begin, end in pairwise(limits) if (part := cell.cut(begin, end)) is not None]
