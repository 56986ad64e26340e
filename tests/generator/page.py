"""What stands on a page, before anything is typed, drawn or printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["regular", "bold", "italic"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print."""

    text: str
    style: Style = "regular"


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns side by side, each line centred in its own (``flush``: the left one at the margin).
    ``signature`` is the row of the right column at which stamp and signature stand, None where there is none."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    flush: bool = False
    signature: int | None = None


@dataclass(frozen=True, slots=True)
class Centre:
    """A centred line."""

    line: Line


@dataclass(frozen=True, slots=True)
class Right:
    """A line at the right margin."""

    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that is broken into lines by whoever puts it on paper."""

    text: str
    style: Style = "regular"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp with lines of its own (incoming mail, secrecy, restricted use), put on after typing."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a sheet."""


Block = Columns | Centre | Right | Paragraph | Row | Stamp | Gap | Break


def sheets(blocks: tuple[Block, ...]) -> list[list[Block]]:
    """The blocks parted at each Break."""
    found: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Break):
            found.append([])
        else:
            found[-1].append(block)
    return found
