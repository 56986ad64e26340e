"""Blocks as plain text: how a typist, a converter or an archive's contractor hands a page over."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass

from tests.generator.dice import Dice
from tests.generator.page import Block, Centre, Columns, Gap, Paragraph, Right, Row, Stamp, sheets

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
TONELESS_UNTIL = "1990-06-30"  # capitals of typewriters had no tone marks
LEFT, RIGHT = 38, 46


@dataclass(frozen=True, slots=True)
class Habit:
    """How this text was typed: columns ``rows`` (side by side, padded), ``joined`` (one space between) or ``apart``
    (left column first); ``wrap`` the length of lines, 0 for a paragraph a line."""

    columns: str
    wrap: int
    old_y: bool
    toneless: str


def habit(dice: Dice, day: str) -> Habit:
    """A typist of that time."""
    toneless = dice.one(["tones", "all", "tones"]) if day <= TONELESS_UNTIL else ""
    columns = dice.one(["rows", "rows", "rows", "joined", "apart"])
    return Habit(columns, dice.one([0, 0, 78, 88]), dice.chance(0.25), toneless)


def _strip(word: str, every: bool) -> str:
    parts = unicodedata.normalize("NFD", word)
    kept = "".join(sign for sign in parts if not (unicodedata.combining(sign) and (every or sign in _TONES)))
    return unicodedata.normalize("NFC", kept.replace("Đ", "D") if every else kept)


def spelt(text: str, how: Habit) -> str:
    """The words as that typewriter and typist write them."""
    if how.old_y:
        text = text.replace("Ủy", "Uỷ").replace("ủy", "uỷ")
    if how.toneless:
        words = text.split(" ")
        loud = [len(word) > 1 and word.isupper() for word in words]
        text = " ".join(
            _strip(word, how.toneless == "all") if flag else word for word, flag in zip(words, loud, strict=True)
        )
    return text


def _columns(block: Columns, how: Habit) -> list[str]:
    left, right = [line.text for line in block.left], [line.text for line in block.right]
    if how.columns == "apart":
        return [text for text in left if text] + [text for text in right if text]
    rows = max(len(left), len(right))
    left += [""] * (rows - len(left))
    right += [""] * (rows - len(right))
    if how.columns == "joined":
        return [" ".join(part for part in pair if part) for pair in zip(left, right, strict=True)]
    pad = str.ljust if block.flush else str.center
    return [f"{pad(one, LEFT)} {two.center(RIGHT)}".rstrip() for one, two in zip(left, right, strict=True)]


def _lines(block: Block, how: Habit) -> list[str]:
    if isinstance(block, Columns):
        return _columns(block, how)
    if isinstance(block, Gap):
        return [""]
    if isinstance(block, Stamp):
        return list(block.lines)
    if isinstance(block, Row):
        return ["   ".join(block.cells) if how.columns == "rows" else "\t".join(block.cells)]
    if isinstance(block, Centre):
        return [block.line.text.center(LEFT + RIGHT).rstrip() if how.columns == "rows" else block.line.text]
    if isinstance(block, Right):
        return [block.line.text.rjust(LEFT + RIGHT)]
    if isinstance(block, Paragraph):
        return textwrap.wrap(block.text, how.wrap) if how.wrap else [block.text]
    return []


def text(blocks: tuple[Block, ...], how: Habit) -> str:
    """The whole document, sheets parted by form feeds, with a line end at the end."""
    pages = []
    for sheet in sheets(blocks):
        lines = [spelt(line, how) for block in sheet for line in _lines(block, how)]
        pages.append("\n".join(lines).rstrip())
    return "\f".join(page + "\n" for page in pages)
