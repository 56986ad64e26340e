"""What it costs to read one name for another: a weighted edit distance (tables ``edit_costs``, ``letter_confusions``).

The costs are general: letters that look alike, marks that get lost, words that join. No name is known here.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from math import inf
from typing import Literal

from ontology.names import rows

Edit = Literal["mark_lost", "mark_changed", "space", "letter", "repeated", "swapped", "digit", "marks_too"]

_MARKS_OF_TONE = frozenset("\u0300\u0301\u0303\u0309\u0323")


def distance(read: str, known: str, limit: float = inf) -> float:
    """The least cost of edits between two names in small letters (NFC); ``inf`` where it is sure to pass ``limit``.

    A letter for a letter, one more or less, two that touch for one, two in each other's place.
    """
    swapped = _costs()["swapped"]
    touching = _touching()
    gaps = [_gap(letter, known[j - 1] if j else "") for j, letter in enumerate(known)]
    merged = [
        touching.get(known[j - 1 : j + 1]) for j in range(len(known))
    ]  # at j: what it and the one before can be
    before: list[float] = []
    last = [0.0]
    for gap in gaps:
        last.append(last[-1] + gap)
    left = ""
    for a in read:
        gap = _gap(a, left)
        one = touching.get(left + a)
        cost = last[0] + gap
        row = [cost]
        right = ""
        for j, b in enumerate(known):
            cost += gaps[j]
            if (other := last[j] + _letter(a, b)) < cost:
                cost = other
            if (other := last[j + 1] + gap) < cost:
                cost = other
            if one is not None and b in one:
                cost = min(cost, before[j] + one[b])
            if (two := merged[j]) is not None and a in two:
                cost = min(cost, last[j - 1] + two[a])
            if a == right and b == left and a != b:
                cost = min(cost, before[j - 1] + swapped)
            row.append(cost)
            right = b
        if min(row) > limit and min(last) > limit:
            return inf
        before, last, left = last, row, a
    return last[-1]


@lru_cache(maxsize=65536)
def _letter(a: str, b: str) -> float:
    if a == b:
        return 0.0
    costs = _costs()
    (plain_a, shape_a, tone_a), (plain_b, shape_b, tone_b) = _taken_apart(a), _taken_apart(b)
    marks = _mark(shape_a, shape_b) + _mark(tone_a, tone_b)
    if plain_a == plain_b:
        return marks
    alike = _alike().get((plain_a, plain_b))
    if alike is not None:
        return alike + (costs["marks_too"] if marks else 0.0)
    if a.isdigit() and b.isdigit():
        return costs["digit"]
    return costs["letter"]


def _mark(a: str, b: str) -> float:
    if a == b:
        return 0.0
    return _costs()["mark_changed" if a and b else "mark_lost"]


@lru_cache(maxsize=65536)
def _gap(letter: str, neighbour: str) -> float:
    """A letter more or less beside its neighbour."""
    costs = _costs()
    if not letter.isalnum():
        return costs["space"]
    if letter.isdigit() and not neighbour.isalpha():
        return costs["digit"]
    if letter == neighbour:
        return costs["repeated"]
    return _alike().get((_taken_apart(letter)[0], ""), costs["letter"])


@cache
def _taken_apart(letter: str) -> tuple[str, str, str]:
    """A letter as its plain form, the mark of its shape (â, ơ, đ) and its tone."""
    if letter in "đð":
        return "d", "-", ""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in parts[1:] if mark in _MARKS_OF_TONE)
    return parts[0], "".join(mark for mark in parts[1:] if mark not in _MARKS_OF_TONE), tone


@cache
def _costs() -> dict[Edit, float]:
    return {row["edit"]: float(row["cost"]) for row in rows("edit_costs.csv")}  # type: ignore[misc]


@cache
def _alike() -> dict[tuple[str, str], float]:
    """Letters taken for one another, both ways; with "" beside it: a letter that is easily lost."""
    found: dict[tuple[str, str], float] = {}
    for row in rows("letter_confusions.csv"):
        if len(row["read"]) == 1:
            found[row["read"], row["meant"]] = found[row["meant"], row["read"]] = float(row["cost"])
    return found


@cache
def _touching() -> dict[str, dict[str, float]]:
    """Two letters that touch → the letter that they are taken for, or that is taken for them."""
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for row in rows("letter_confusions.csv"):
        if len(row["read"]) == 2:
            found[row["read"]][row["meant"]] = float(row["cost"])
    return dict(found)
