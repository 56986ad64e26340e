"""Blocks as lines of text, set by a design: how columns stand, where lines break, what comes between pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from tests.nlp.generated.markup import CLOSE, GAP, OPEN, plain

Kind = Literal["paragraph", "centre", "right", "columns", "foot", "row", "raw", "gap", "page", "note"]


@dataclass(slots=True)
class Block:
    """A block: ``lines`` (of a column: the left one), ``right`` of two columns."""

    kind: Kind
    lines: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Design:
    """How a page is set. ``columns`` and ``foot``: rows (side by side, padded), joined (one space between), tabs,
    apart (left first), swapped (right first). ``wrap`` 0: a paragraph a line. ``cut``: symbols may be parted at a line end.
    ``sheet``: lines of a page, 0 for
    no page ends; ``running``: what then stands between two lines of text."""

    columns: str = "rows"
    foot: str = "rows"
    left: int = 36
    right: int = 46
    gap: int = 2
    wrap: int = 0
    indent: int = 0
    centre: bool = False
    blank: int = 0
    cell: str = "   "
    sheet: int = 0
    cut: int = 0
    running: tuple[str, ...] = ()


_STROKE = re.compile("(?<=[0-9A-ZĐ])[/-](?=[A-ZĐ])")
_MARK = re.compile("[\ue000-\uf8ff]")


def width(text: str) -> int:
    """Signs that can be seen."""
    return len(plain(text))


def resumed(lines: Iterable[str]) -> list[str]:
    """Lines in each of which every label that runs over a line end is closed and opened again."""
    found = []
    still: list[int] = []
    for line in lines:
        start = "".join(chr(OPEN + index) for index in still)
        for mark in _MARK.findall(line):
            code = ord(mark)
            if code < CLOSE:
                still.append(code - OPEN)
            else:
                still.remove(code - CLOSE)
        found.append(start + line + "".join(chr(CLOSE + index) for index in reversed(still)))
    return found


def _cut(word: str, room: int) -> tuple[str, str]:
    """A symbol parted behind a stroke so that its beginning has at most ``room`` signs ("", word: it cannot be)."""
    spots = [match.end() for match in _STROKE.finditer(word) if match.end() < len(word)]
    fitting = [spot for spot in spots if width(word[:spot]) <= room and width(word[spot:])]
    return (word[: fitting[-1]], word[fitting[-1] :]) if fitting else ("", word)


def broken(text: str, limit: int, indent: int = 0, cut: int = 0) -> list[str]:
    """The text in lines of at most ``limit`` signs (0: as it is), parted where ``¶`` stands too."""
    found = []
    for piece in text.split("¶"):
        if not limit:
            found.append(" " * indent + piece.strip())
            continue
        current, length = "", indent
        for whole in piece.split():
            word = whole
            size = width(word)
            if cut and current and length + 1 + size > limit:
                start, word = _cut(word, limit - length - 1)
                if start:
                    current += f" {start}"
                size = width(word)
            if current and length + 1 + size > limit:
                found.append(current)
                current, length = word, size
            else:
                current, length = (
                    (f"{current} {word}", length + 1 + size) if current else (" " * indent + word, indent + size)
                )
        found.append(current)
    return resumed(found)


def _pad(text: str, size: int, how: str) -> str:
    room = max(size - width(text), 0)
    before = room // 2 if how == "centre" else 0
    return " " * before + text + " " * (room - before)


def _side(lines: list[str], limit: int) -> list[str]:
    return [piece for line in lines for piece in broken(line, limit)]


def _columns(block: Block, how: str, design: Design, flush: bool) -> list[str]:
    left = _side(block.lines, design.left)
    right = _side(block.right, design.right)
    if how == "apart":
        return left + right
    if how == "swapped":
        return right + left
    if how == "apart_gap":
        return [*left, "", *right]
    rows = max(len(left), len(right))
    left += [""] * (rows - len(left))
    right += [""] * (rows - len(right))
    pairs = list(zip(left, right, strict=True))
    if how == "joined":
        return [" ".join(part for part in pair if part) for pair in pairs]
    if how == "tabs":
        return ["\t".join(pair).rstrip("\t") if pair[1] else pair[0] for pair in pairs]
    if how == "right_rows":
        return [f"{_pad(b, design.right, 'left')}{' ' * design.gap}{a}".rstrip() for a, b in pairs]
    mode = "left" if flush else "centre"
    return [
        f"{_pad(a, design.left, mode)}{' ' * design.gap}{_pad(b, design.right, 'centre')}".rstrip() for a, b in pairs
    ]


def _lines(block: Block, design: Design) -> list[str]:
    page = design.wrap or 86
    if block.kind == "columns":
        return _columns(block, design.columns, design, flush=False)
    if block.kind == "foot":
        return _columns(block, design.foot, design, flush=True)
    if block.kind == "gap":
        return [""]
    if block.kind == "centre":
        lines = broken(block.lines[0], design.wrap)
        return [_pad(line, page, "centre").rstrip() if design.centre else line for line in lines]
    if block.kind == "right":
        return [
            " " * max(page - width(line), 0) * design.centre + line for line in broken(block.lines[0], design.wrap)
        ]
    if block.kind == "row":
        return [design.cell.join(cell.strip() for cell in block.lines)]
    if block.kind in ("raw", "note"):
        return block.lines
    return broken(block.lines[0], design.wrap, design.indent, design.cut)


def page_text(blocks: list[Block], design: Design) -> str:
    """The whole document, a line end at its end; sheets that the template parts are parted by form feeds."""
    found: list[str] = []
    since = sheet = 0
    for block in blocks:
        if block.kind == "page":
            found.append("\f")
            since = 0
            continue
        lines = _lines(block, design)
        for number, line in enumerate(lines):
            if design.sheet and since >= design.sheet and block.kind == "paragraph" and number:
                sheet += 1
                found += [text.replace("{page}", str(sheet + 1)) for text in design.running]
                since = 0
            found.append(line)
            since += 1
        if design.blank and block.kind in ("paragraph", "columns", "centre"):
            found += [""] * design.blank
    return "\n".join(found).replace("\n\f\n", "\n\f").replace(GAP, " ").rstrip() + "\n"
