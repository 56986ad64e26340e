"""Names as a scanner or a typist spoils them, from a seed.

Nothing here is taken from the resolver's table of costs: which letters look alike is measured on their glyphs, the
rest is chance. An edit is one letter read as another, a mark lost or changed, a letter or a space lost or added.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from functools import cache
from string import ascii_lowercase

import numpy as np
from PIL import Image, ImageDraw, ImageFont

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SHAPES = ("", "\u0302", "\u0306", "\u031b")
BEARERS = {"a": ("", "\u0302", "\u0306"), "e": ("", "\u0302"), "o": ("", "\u0302", "\u031b"), "u": ("", "\u031b")}
VOWELS = frozenset("aeiouy")
ALIKE = 5
"""The letters nearest to a letter in print count as looking like it."""


@cache
def lookalikes() -> dict[str, tuple[str, ...]]:
    """Letter → the letters whose printed shape covers most of the same paper."""
    font = ImageFont.load_default(size=40)
    shapes = {}
    for letter in ascii_lowercase:
        image = Image.new("L", (40, 60))
        ImageDraw.Draw(image).text((8, 4), letter, font=font, fill=255)
        shapes[letter] = np.asarray(image) > 127
    return {
        one: tuple(
            sorted(
                (other for other in ascii_lowercase if other != one),
                key=lambda other: -(shapes[one] & shapes[other]).sum() / (shapes[one] | shapes[other]).sum(),
            )[:ALIKE]
        )
        for one in ascii_lowercase
    }


def spoiled(name: str, edits: int, dice: random.Random) -> str:
    """The name after that many edits at different letters; never the name itself, never without letters."""
    while True:
        letters = list(unicodedata.normalize("NFC", name))
        places = dice.sample([i for i, letter in enumerate(letters) if letter.isalpha() or letter in " -"], k=edits)
        for place in places:
            letters[place] = _edit(letters[place], dice)
        found = "".join(letters)
        if found != name and any(letter.isalpha() for letter in found):
            return found


def can_be_spoiled(name: str) -> bool:
    """Whether a name has letters enough: a number with another figure is another name, not a slip."""
    return sum(letter.isalpha() for letter in name) >= 3


def _edit(letter: str, dice: random.Random) -> str:
    if not letter.isalpha():
        return ""  # joined words
    plain, marks = _apart(letter)
    kinds: list[tuple[float, Callable[[], str]]] = [
        (0.30, lambda: _dressed(dice.choice(lookalikes()[plain]), marks, dice)),
        (0.15, lambda: _dressed(dice.choice(ascii_lowercase), marks, dice)),
        (0.10, lambda: ""),
        (0.05, lambda: letter + dice.choice(ascii_lowercase)),
        (0.05, lambda: letter + letter.lower()),
        (0.05, lambda: letter + " "),
    ]
    if marks:
        kinds.append((0.20, lambda: plain))
    if plain in VOWELS:
        kinds.append((0.20, lambda: _composed(plain, _shape(marks) + dice.choice(TONES))))
        shapes = BEARERS.get(plain, ("",))
        kinds.append((0.15, lambda: _composed(plain, dice.choice(shapes) + _tone(marks))))
    edit = dice.choices([do for _, do in kinds], weights=[weight for weight, _ in kinds])[0]
    found = edit()
    return found.upper() if letter.isupper() and len(found) == 1 else found


def _apart(letter: str) -> tuple[str, str]:
    if letter in "đĐ":
        return "d", "-"
    plain, *marks = unicodedata.normalize("NFD", letter.lower())
    return plain, "".join(marks)


def _composed(plain: str, marks: str) -> str:
    return unicodedata.normalize("NFC", plain + marks)


def _dressed(plain: str, marks: str, dice: random.Random) -> str:
    """Another letter, where it can bear them with the marks as often as without."""
    return _composed(plain, marks) if plain in VOWELS and marks != "-" and dice.random() < 0.5 else plain


def _shape(marks: str) -> str:
    return "".join(mark for mark in marks if mark in SHAPES)


def _tone(marks: str) -> str:
    return "".join(mark for mark in marks if mark in TONES)
