"""What a match is worth: a unit, the reasons for which a name can mean it, and the score they leave."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ontology.model import Candidate, Unit
from ontology.validity import near

WEIGHTS = {
    "exact": 1.0,
    "within": 1.0,
    "in_force_at": 1.0,
    "context": 1.0,
    "context_near": 0.95,
    "context_province": 0.8,
    "context_other": 0.5,
    "nearby": 1.0,
    "nearby_province": 0.95,
    "not_nearby": 0.9,
    "near_validity": 0.95,
    "type_misread": 0.95,
    "spaces_differ": 0.95,
    "within_once": 0.9,
    "accentless": 0.9,
    "alias": 0.85,
    "type_differs": 0.8,
    "within_misread": 0.7,
    "accents_differ": 0.7,
    "before_first_list": 0.7,
    "misspelt": 0.6,
    "level_differs": 0.5,
    "bare_code": 0.5,
    "not_in_force_at": 0.4,
    "not_within": 0.45,
}
"""What a reason leaves of the score: a score is the product of its reasons' weights. Their order is what counts:
spelling and type first, then the day; the figures are conventions, not probabilities."""

NEAR_MISS = frozenset({"misspelt", "within_misread", "not_within"})
"""Reasons for which a unit is shown and never taken for what was meant: its name, or that of what contains it, is not
the one that was written."""

SILENT = frozenset({"in_force_at", "not_nearby"})
"""Reasons that weigh but need no mention."""


class Match(NamedTuple):
    """A unit that a name can mean, with reasons (keys of ``WEIGHTS``); ``closeness`` (0..1): how near the spelling, or
    the units named beside it, come. A tuple, for tens of thousands of them are made a second."""

    unit: Unit
    reasons: tuple[str, ...]
    closeness: float = 1.0

    def also(self, *reasons: str, closeness: float = 1.0) -> Match:
        """The match with further reasons."""
        return Match(self.unit, self.reasons + reasons, self.closeness * closeness)

    @property
    def weight(self) -> float:
        """What the reasons alone leave, in 0..1."""
        return _worth(self.reasons)[0]

    @property
    def score(self) -> float:
        """In 0..1."""
        return round(_worth(self.reasons)[0] * self.closeness, 4)

    def candidate(self) -> Candidate:
        """As it is shown."""
        weight, shown = _worth(self.reasons)
        return Candidate(self.unit, round(weight * self.closeness, 4), shown)


@lru_cache(maxsize=4096)
def _worth(reasons: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
    """The weight of the reasons together, and those of them that are shown."""
    weight = 1.0
    for reason in reasons:
        weight *= WEIGHTS[reason]
    return round(weight, 4), tuple(reason for reason in reasons if reason not in SILENT)


def time_reason(unit: Unit, day: str) -> str:
    """How the unit stands to the day on which its name is meant."""
    if unit.valid_from <= day and (unit.valid_to is None or day <= unit.valid_to):
        return "in_force_at"
    if day < unit.valid_from and not unit.valid_from_certain:
        return "before_first_list"
    return "near_validity" if near(unit, day) else "not_in_force_at"


def best_first(match: Match) -> tuple[float, bool, str, str]:
    """The better score first; then units in force, then those that ended last, then by id."""
    ended = match.unit.valid_to or "9999"
    return (-match.score, match.unit.valid_to is not None, _descending(ended), match.unit.id)


@lru_cache(maxsize=4096)
def _descending(day: str) -> str:
    return "".join(str(9 - int(char)) if char.isdigit() else char for char in day)
