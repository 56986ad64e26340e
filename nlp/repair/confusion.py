"""Weighted edit distance for what OCR confuses: marks are cheap, look-alikes cheaper than other letters.

It is kept beside ``ontology.edits``, which weighs names of units: there a figure hardly changes (Phường 1 is not Phường 11)
and letters may touch or change places; here figures and letters stand for one another (Ol, Q0) and a sign read twice is
cheap on the side of what was read alone. Joined under the costs of the names, symbols of numbers came out wrong; under
costs of their own the two would share the loop over the table and nothing else, and the names pay for it in time.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import product

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


def lost_marks(read: str, known: str) -> bool:
    """Whether ``read`` is ``known`` with some of its marks lost and nothing else changed."""
    if len(read) != len(known):
        return False
    return all(set(_marks(a)) <= set(_marks(b)) for a, b in zip(read.upper(), known.upper(), strict=True))


def _marks(char: str) -> str:
    return "D\u0335" if char == "Đ" else unicodedata.normalize("NFD", char)


@cache
def _digits_of(sign: str, *, in_date: bool) -> str:
    """The digits that a sign can stand for, the likeliest first; a letter with marks stands for what it does without."""
    if sign.isascii() and sign.isdigit():
        return sign
    rows = [row for row in table("digits.csv") if row["where"] == "any" or in_date]
    plain = unicodedata.normalize("NFD", sign)[0]
    return "".join(dict.fromkeys(row["digit"] for form in (sign, plain) for row in rows if row["read"] == form))


def as_digits(read: str) -> str | None:
    """The digits that the characters stand for; None when one of them is no digit's look-alike."""
    digits = [_digits_of(char, in_date=False)[:1] for char in read]
    return "".join(digits) if digits and all(digits) else None


def as_number(read: str, most: int) -> int | None:
    """The number from 1 to ``most`` that a date has there: of several digits that a sign can stand for, those that
    make a number in the range (the barred 7 of handwriting is read as T or †, and so is a 1)."""
    options = [_digits_of(char, in_date=True) for char in read]
    if not options or len(options) > _LONGEST:
        return None
    numbers = (int("".join(chosen)) for chosen in product(*options))
    return next((number for number in numbers if 1 <= number <= most), None)


_LONGEST = 4
