"""One order out of what speaks for each candidate (``kg.search.signals``): weights by kind of query, and the cut.

The kind is decided from the query itself. Weights are a table (``data/fusion.yaml``), fitted on judged queries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import yaml

from kg.search.asked import Asked
from kg.search.model import Certainty, Evidence
from kg.search.signals import Signals
from kg.search.vectors.model import PassageMatch

_LEAST_SPREAD: Final = 0.01
"""Of few passages that happen to be alike."""

Kind = Literal["number", "place", "accentless", "text"]
"""``number``: a document number is named; ``place``: a place is; ``accentless``: typed without accents; else text."""

ALL_WORDS: Final = 0.85
"""Share of a query from which its words are taken to stand in a record."""
MOST_WORDS: Final = 0.6
CLOSE: Final = 0.6
"""Nearness from which a record is likely to be about what is asked."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns a cosine into a nearness from 0 (as any passage) to 1: ``spreads`` standard deviations above the mean of
    passages at random. Models differ in how far apart their cosines lie, and so do queries; spreads do not."""

    mean: float
    deviation: float

    def nearness(self, cosine: float) -> float:
        """From 0 to 1."""
        spreads = (cosine - self.mean) / max(self.deviation, _LEAST_SPREAD)
        return max(0.0, min(1.0, spreads / float(_table()["cut"]["spreads"])))


def kind_of(asked: Asked, accentless: bool) -> Kind:
    """The kind of a query."""
    if asked.names_a_number:
        return "number"
    if asked.places:
        return "place"
    return "accentless" if accentless else "text"


def near_records(near: Sequence[PassageMatch], scale: Scale) -> dict[str, float]:
    """The nearness of each record's nearest passage, for those near enough: near by themselves, and not far behind
    the nearest (nothing is far from everything: without a cut, meaning finds all that there is)."""
    cut = _table()["cut"]
    found: dict[str, float] = {}
    for passage in near:
        nearness = scale.nearness(passage.score)
        found[passage.record] = max(found.get(passage.record, 0.0), nearness)
    best = max(found.values(), default=0.0)
    least = max(cut["least"], best * cut["of_best"])
    kept = sorted(
        (ident for ident, value in found.items() if value >= least), key=lambda ident: (-found[ident], ident)
    )
    return {ident: found[ident] for ident in kept[: cut["records"]]}


def score(signals: Signals, kind: Kind, *, meaning: bool) -> float:
    """What speaks for a record in one figure."""
    weights: Mapping[str, float] = _table()["weights" if meaning else "words_only"][kind]
    return sum(weight * float(getattr(signals, name)) for name, weight in weights.items())


def evidence(signals: Signals, matched: bool) -> tuple[Evidence, ...]:
    """How a record was found; ``matched``: it holds enough of the words."""
    found: list[Evidence] = []
    if signals.number or signals.cites:
        found.append("number")
    if matched or signals.passage >= MOST_WORDS or signals.title >= MOST_WORDS:
        found.append("words")
    if signals.near:
        found.append("meaning")
    if signals.place:
        found.append("place")
    if signals.entity:
        found.append("entity")
    return tuple(found) or ("words",)


def certainty(signals: Signals) -> Certainty:
    """How far a record answers."""
    if signals.number >= 1 or max(signals.passage, signals.title) >= ALL_WORDS:
        return "certain"
    if max(signals.passage, signals.title, signals.whole) >= MOST_WORDS or signals.near >= CLOSE or signals.number:
        return "likely"
    return "possible"


@cache
def _table() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(
        files("kg.search").joinpath("data", "fusion.yaml").read_text(encoding="utf-8")
    )
    return loaded
