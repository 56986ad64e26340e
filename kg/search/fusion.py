"""One order out of what speaks for each candidate (``kg.search.signals``), and the cut of what meaning finds.

How much meaning counts is decided from the query itself: by how much of it any passage holds word by word, by whether it
has its accents, by whether it names a number. Weights are a table (``data/fusion.yaml``).
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

_FARTHEST, _NEAREST = -0.2, 1.2

Kind = Literal["number", "accentless", "text"]
"""``number``: a document number is named; ``accentless``: typed without accents; else ``text``."""

ALL_WORDS: Final = 0.85
"""Share of a query from which its words are taken to stand in a record."""
MOST_WORDS: Final = 0.6
CLOSE: Final = 0.6
"""Nearness from which a record is likely to be about what is asked."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns a cosine into a nearness: 0 for what is as near as any passage, about 1 for what answers. Measured in standard
    deviations from the mean of passages at random: models differ in how far apart their cosines lie, and so do
    queries."""

    mean: float
    deviation: float

    def nearness(self, cosine: float) -> float:
        """From -0.2 to 1.2."""
        spreads = (cosine - self.mean) / max(self.deviation, _LEAST_SPREAD)
        return max(_FARTHEST, min(_NEAREST, spreads / float(_table()["spreads"])))


def kind_of(asked: Asked) -> Kind:
    """The kind of a query, from the query itself."""
    if asked.names_a_number:
        return "number"
    return "text" if asked.accented else "accentless"


def near_records(near: Sequence[PassageMatch], scale: Scale) -> dict[str, float]:
    """The nearness of each record's nearest passage, for those near enough: near by themselves, and not far behind
    the nearest (nothing is far from everything: without a cut, meaning finds all that there is)."""
    cut = _table()["cut"]
    found: dict[str, float] = {}
    for passage in near:
        found[passage.record] = max(found.get(passage.record, _FARTHEST), scale.nearness(passage.score))
    least = max(cut["least"], max(found.values(), default=0.0) * cut["of_best"])
    kept = sorted(
        (ident for ident, value in found.items() if value >= least), key=lambda ident: (-found[ident], ident)
    )
    return {ident: found[ident] for ident in kept[: cut["records"]]}


def scores(signals: Mapping[str, Signals], kind: Kind, *, meaning: bool) -> dict[str, float]:
    """What speaks for each candidate in one figure."""
    weights: Mapping[str, float] = _table()["hybrid" if meaning else "words"]
    found = {
        ident: sum(weight * float(getattr(one, name)) for name, weight in weights.items())
        for ident, one in signals.items()
    }
    if meaning:
        told = _table()["meaning"]
        held = max((max(one.passage, one.title) for one in signals.values()), default=0.0)
        share = told["always"] + told["where_words_fail"] * max(0.0, 1.0 - held)
        share *= told.get(kind, 1.0)
        for ident, one in signals.items():
            found[ident] += share * (one.near + told["about"] * one.about + told["head"] * one.head)
    return found


def evidence(signals: Signals, *, matched: bool, near: bool) -> tuple[Evidence, ...]:
    """How a record was found; ``matched``: it holds enough of the words; ``near``: it is near enough."""
    found: list[Evidence] = []
    if signals.number or signals.cites:
        found.append("number")
    if matched or signals.passage >= MOST_WORDS or signals.title >= MOST_WORDS:
        found.append("words")
    if near:
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
