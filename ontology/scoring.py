"""What a match is worth: a unit, the reasons for which a name can mean it, and the score they leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from ontology.model import Candidate, Unit
from ontology.validity import near

Link = Literal["reading", "place"]
"""The link of an answer's chain that a reason makes weak: what was written, or which unit of that day it is."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What it means that a name stands for a unit for this reason.

    ``weight``: what it leaves of the score, in 0..1; ``silent``: it weighs but needs no mention; ``near_miss``: the
    unit's name, or that of what contains it, is not the one that was written; ``doubt``: it keeps a place named in a
    text from being ``certain``; ``weakest``: the link for which an answer is no surer than ``candidates``
    (PRACTICE.md §1.12, 1.14), None where the answer may be certain.

    A wrong type word lowers the score and is said (DESIGN.md §5) but makes no link weak: where a unit of the type
    written bears the name in the same place it ranks first, and where several units are left the name is ambiguous. In
    a running text, where nobody is asked, it is a doubt.
    """

    weight: float
    silent: bool = False
    near_miss: bool = False
    doubt: bool = False
    weakest: Link | None = None


REASONS: Final[Mapping[str, Reason]] = {
    "exact": Reason(1.0),
    "within": Reason(1.0),
    "in_force_at": Reason(1.0, silent=True),
    "context": Reason(1.0),
    "context_above": Reason(0.96),
    "context_below": Reason(0.92),
    "context_near": Reason(0.88),
    "context_province": Reason(0.6),
    "context_once": Reason(0.55),
    "context_other": Reason(0.35),
    "nearby": Reason(1.0),
    "nearby_province": Reason(0.95),
    "not_nearby": Reason(0.9, silent=True),
    "near_validity": Reason(0.95),
    "type_misread": Reason(0.95, doubt=True),
    "spaces_differ": Reason(0.95),
    "within_once": Reason(0.9),
    "accentless": Reason(0.9),
    "alias": Reason(0.85, doubt=True, weakest="place"),
    "type_differs": Reason(0.8, doubt=True),
    "within_misread": Reason(0.7, near_miss=True, doubt=True, weakest="reading"),
    "accents_differ": Reason(0.7, doubt=True, weakest="reading"),
    "before_first_list": Reason(0.7, doubt=True, weakest="place"),
    "misspelt": Reason(0.6, near_miss=True, doubt=True, weakest="reading"),
    "level_differs": Reason(0.5, doubt=True, weakest="reading"),
    "bare_code": Reason(0.5, doubt=True, weakest="reading"),
    "not_in_force_at": Reason(0.4, doubt=True, weakest="place"),
    "not_within": Reason(0.45, near_miss=True, doubt=True, weakest="place"),
}
"""All reasons: the one table that the sets below follow from. The order of the weights is what counts: spelling and type
first, then the day; the figures are conventions, not probabilities."""

WEIGHTS: Final = {name: reason.weight for name, reason in REASONS.items()}
"""What a reason leaves of the score: a score is the product of its reasons' weights."""

SILENT: Final = frozenset(name for name, reason in REASONS.items() if reason.silent)
"""Reasons that weigh but need no mention."""

NEAR_MISS: Final = frozenset(name for name, reason in REASONS.items() if reason.near_miss)
"""Reasons for which a unit is shown and never taken for what was meant: its name, or that of what contains it, is not
the one that was written."""

NO_MATCH: Final = NEAR_MISS | {"level_differs"}
"""Reasons for which a unit is shown and never taken for what a user meant: near misses, and a district for a commune."""

DOUBTS: Final = frozenset(name for name, reason in REASONS.items() if reason.doubt)
"""Reasons for which a place named in a text is not certain."""

OTHER_TYPE: Final = frozenset({"type_differs", "level_differs"})
"""Reasons for which the type word written is not the unit's."""

OTHER_NAME: Final = frozenset({"alias", "accents_differ", "misspelt", "level_differs"})
"""Reasons for which the name written is not the unit's own and may have been meant for another."""


def weakest_link(reasons: Iterable[str]) -> Link | None:
    """The link for which an answer asked by a name that was read for these reasons is no surer than ``candidates``: of
    the reason that weighs heaviest, the first among equals; None where none of them makes a link weak."""
    doubts = [REASONS[reason] for reason in reasons if REASONS[reason].weakest]
    return min(doubts, key=lambda doubt: doubt.weight).weakest if doubts else None


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
