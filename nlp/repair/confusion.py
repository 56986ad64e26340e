"""Weighted edit distance for what OCR confuses: marks are cheap, look-alikes cheaper than other letters."""

from __future__ import annotations

from functools import cache

from nlp.data import table
from ontology.folding import fold

_SAME_LETTER = 0.2
_DOUBLED = 0.3


@cache
def _lookalikes() -> dict[frozenset[str], float]:
    costs: dict[frozenset[str], float] = {}
    for row in table("confusions.csv"):
        costs[frozenset((row["a"], row["b"]))] = float(row["cost"])
    return costs


@cache
def _cost(a: str, b: str) -> float:
    if a == b:
        return 0.0
    plain_a, plain_b = fold(a), fold(b)
    if plain_a == plain_b:
        return _SAME_LETTER
    return _lookalikes().get(frozenset((plain_a, plain_b)), 1.0)


def weighted_distance(read: str, known: str) -> float:
    """The cost of making ``known`` from ``read``. Compare like with like: both in one case."""
    previous: list[float] = [0.0]
    for b in known:
        previous.append(previous[-1] + _gap(b))
    for i, a in enumerate(read):
        current = [previous[0] + _gap(a)]
        for j, b in enumerate(known):
            doubled = i > 0 and read[i - 1] == a
            current.append(
                min(
                    previous[j] + _cost(a, b),
                    previous[j + 1] + (_DOUBLED if doubled else _gap(a)),
                    current[-1] + _gap(b),
                )
            )
        previous = current
    return previous[-1]


def _gap(char: str) -> float:
    return 1.0 if char.isalnum() else _SAME_LETTER


@cache
def digit_lookalikes() -> dict[str, str]:
    """Characters that OCR reads where a digit stands, and the digit."""
    return {row["read"]: row["digit"] for row in table("digits.csv")}


def as_digits(read: str) -> str | None:
    """The digits that the characters stand for; None when one of them is no digit's look-alike."""
    known = digit_lookalikes()
    digits = [char if char.isascii() and char.isdigit() else known.get(char, "") for char in read]
    return "".join(digits) if digits and all(digits) else None
