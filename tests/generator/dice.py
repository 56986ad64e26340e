"""Randomness with a name: each record, post and scan draws from a stream of its own, so that adding one record
does not change the others."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice(random.Random):
    """A stream of chance that depends on the seed and a key alone (strings seed by SHA-512: the same everywhere)."""

    def __init__(self, seed: int, key: str) -> None:
        super().__init__(f"{seed}/{key}")

    def one(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.randrange(len(options))]

    def some(self, count: int, options: Sequence[T]) -> list[T]:
        """``count`` different options in their own order (all when there are fewer)."""
        chosen = sorted(self.sample(range(len(options)), min(count, len(options))))
        return [options[index] for index in chosen]

    def chance(self, probability: float) -> bool:
        """True with that probability."""
        return self.random() < probability


_SPAN = re.compile(r"(-?\d+)(?:(?:\.\.|-)(-?\d+))?$")


def span(text: str) -> tuple[int, int]:
    """``"3-8"`` as (3, 8), ``"-40..-5"`` as (-40, -5), ``"-4"`` as (-4, -4). Raises ValueError for anything else."""
    match = _SPAN.match(text)
    if match is None:
        raise ValueError(f"not a span: {text!r}")
    return int(match.group(1)), int(match.group(2) or match.group(1))
