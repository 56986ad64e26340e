"""Invented people: anyone, and the holders of a post, who stay for years (``data/names.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass

from tests.generator.data_files import document
from tests.generator.dice import Dice


@dataclass(frozen=True, slots=True)
class Person:
    """A name in Vietnamese order and whether it is a woman's."""

    name: str
    woman: bool


def person(dice: Dice, woman: bool | None = None, surname: str = "") -> Person:
    """Somebody; of a family where a surname is given."""
    names = document("names")
    is_woman = dice.chance(0.45) if woman is None else woman
    middles, givens = (names["women_middle"], names["women"]) if is_woman else (names["men_middle"], names["men"])
    family = surname or dice.one(names["surnames"])
    middle = dice.one(middles)
    given = dice.one([name for name in givens if name not in middle.split() and name != family])
    return Person(f"{family} {middle} {given}", is_woman)


def holder(seed: int, body: str, post: str, day: str, woman: bool = False) -> Person:
    """Who holds a post of a body on an ISO day: the same person for one term of office or two. ``woman``: always one
    (else heads are men, as they mostly were, and deputies either)."""
    terms = document("names")["terms"]
    year = int(day[:4])
    index = max((number for number, start in enumerate(terms) if int(start) <= year), default=0)
    if index % 2 and Dice(seed, f"stays/{body}/{post}/{index}").chance(0.6):
        index -= 1
    return person(Dice(seed, f"post/{body}/{post}/{index}"), woman or (None if post in ("vice", "deputy") else False))
