"""What a match is worth: a unit, the reasons for which a name can mean it, and the score they leave."""

from __future__ import annotations

from dataclasses import dataclass

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
    "not_nearby": 0.9,
    "near_validity": 0.95,
    "within_once": 0.9,
    "accentless": 0.9,
    "alias": 0.85,
    "type_differs": 0.8,
    "accents_differ": 0.7,
    "before_first_list": 0.7,
    "level_differs": 0.5,
    "bare_code": 0.5,
    "not_in_force_at": 0.4,
    "misspelt": 0.6,
}
"""What a reason leaves of the score: a score is the product of its reasons' weights. Their order is what counts:
spelling and type first, then the day; the figures are conventions, not probabilities."""

SILENT = frozenset({"in_force_at", "not_nearby"})
"""Reasons that weigh but need no mention."""


@dataclass(frozen=True, slots=True)
class Match:
    """A unit that a name can mean, with reasons (keys of ``WEIGHTS``); ``closeness``: 1 for a name spelt as it is."""

    unit: Unit
    reasons: tuple[str, ...]
    closeness: float = 1.0

    def also(self, *reasons: str) -> Match:
        """The match with further reasons."""
        return Match(self.unit, self.reasons + reasons, self.closeness)

    @property
    def score(self) -> float:
        """In 0..1."""
        score = self.closeness
        for reason in self.reasons:
            score *= WEIGHTS[reason]
        return round(score, 4)

    def candidate(self) -> Candidate:
        """As it is shown."""
        return Candidate(self.unit, self.score, tuple(reason for reason in self.reasons if reason not in SILENT))


def time_reason(unit: Unit, day: str) -> str:
    """How the unit stands to the day on which its name is meant."""
    if unit.in_force(day):
        return "in_force_at"
    if day < unit.valid_from and not unit.valid_from_certain:
        return "before_first_list"
    return "near_validity" if near(unit, day) else "not_in_force_at"


def best_first(match: Match) -> tuple[float, bool, str, str]:
    """The better score first; then units in force, then those that ended last, then by id."""
    ended = match.unit.valid_to or "9999"
    return (-match.score, match.unit.valid_to is not None, _descending(ended), match.unit.id)


def _descending(day: str) -> str:
    return "".join(str(9 - int(char)) if char.isdigit() else char for char in day)
