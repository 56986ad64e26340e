"""Made documents with the places of their names in the text, as printed and as read from scans: what a tagger learns from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nlp.repair.normalise import normalise
from tests.generator.dice import Dice
from tests.nlp.generated import noise
from tests.nlp.generated.make import Made, make
from tests.nlp.generated.markup import CLOSE, OPEN, plain

LABELS: Final = {
    "a": "AGENCY", "agency": "AGENCY", "issuer": "AGENCY", "parent": "AGENCY", "person": "PERSON", "name": "PERSON",
    "author": "PERSON", "place": "PLACE", "at": "PLACE",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marked:
    """The normalised text of a document and its names: (start, end, label), in order, none within another."""

    layout: str
    band: str
    text: str
    spans: tuple[tuple[int, int, str], ...]


def documents(count: int, seed: int, split: str) -> Iterator[Marked]:
    """So many documents of that part of the layouts, each as printed and at every strength of noise."""
    for made in make(count, seed):
        if made.gold["split"] == split:
            yield _marked(made, "clean", made.clean)
            dice = Dice(seed, f"{made.id}-marked")
            zones = {i: mark.name for i, mark in enumerate(made.document.marks) if mark.name in ("name", "position")}
            for level in noise.LEVELS:
                yield _marked(made, level, noise.noisy(made.paper, level, zones, dice))


def _marked(made: Made, band: str, text: str) -> Marked:
    raw: list[tuple[int, int, int, str]] = []
    open_: dict[int, int] = {}
    at = 0
    for sign in text:
        code = ord(sign)
        if OPEN <= code < CLOSE:
            open_[code - OPEN] = at
        elif CLOSE <= code <= 0xF8FF:
            label = LABELS.get(made.document.marks[code - CLOSE].name)
            start = open_.pop(code - CLOSE, at)
            if label and start < at:
                raw.append((start, at, code - CLOSE, label))
        else:
            at += 1
    normalised = normalise(plain(text))
    back = [normalised.to_source(offset) for offset in range(len(normalised.text) + 1)]
    found: list[tuple[int, int, str]] = []
    before = -1
    for start, end, index, label in sorted(raw, key=lambda span: (span[0], -span[1])):
        first, last = bisect_left(back, start), bisect_left(back, end)
        piece = normalised.text[first:last]
        first, last = first + len(piece) - len(piece.lstrip()), first + len(piece.rstrip())
        if first >= last or (found and first < found[-1][1]):
            continue
        if index == before and not normalised.text[found[-1][1] : first].strip():
            # A line ended within the name.
            found[-1] = (found[-1][0], last, label)
        else:
            found.append((first, last, label))
        before = index
    return Marked(made.gold["layout"], band, normalised.text, tuple(found))
