"""Measures of a ranked answer, as trec_eval has them, and their confidence intervals. Plain Python: no other package."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import Final

ANSWERS: Final = 2
"""The grade of a record that answers the query; 1: it is also about it; 0 or not judged: neither."""
_RESAMPLES: Final = 1000
_SEED: Final = 7


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], k: int = 10) -> float:
    """Normalised discounted cumulative gain of the first ``k``, 0 to 1; a record's gain is its grade, divided by
    log2 of its place plus one (Järvelin and Kekäläinen 2002; trec_eval's ``ndcg_cut``). A record ranked twice
    counts once."""
    gains = [grades.get(record, 0) for record in dict.fromkeys(ranked)]
    ideal = _discounted(sorted(grades.values(), reverse=True)[:k])
    return _discounted(gains[:k]) / ideal if ideal else 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, int], k: int = 10) -> float:
    """The share of the records which answer that are among the first ``k``; of at most ``k``, so that 1 can be
    reached by every query."""
    answers = _answers(grades)
    found = answers & set(list(dict.fromkeys(ranked))[:k])
    return len(found) / min(k, len(answers)) if answers else 0.0


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """1 divided by the place of the first record which answers; 0 when there is none."""
    answers = _answers(grades)
    for place, record in enumerate(dict.fromkeys(ranked), start=1):
        if record in answers:
            return 1 / place
    return 0.0


def interval(values: Sequence[float], level: float = 0.95) -> tuple[float, float]:
    """The confidence interval of the mean by resampling the queries (bootstrap, percentiles); the same on every run."""
    if len(values) < 2:
        return (values[0], values[0]) if values else (0.0, 0.0)
    chance = random.Random(_SEED)
    means = sorted(math.fsum(chance.choices(values, k=len(values))) / len(values) for _ in range(_RESAMPLES))
    outside = int((1 - level) / 2 * _RESAMPLES)
    return means[outside], means[_RESAMPLES - 1 - outside]


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, start=1))


def _answers(grades: Mapping[str, int]) -> set[str]:
    return {record for record, grade in grades.items() if grade >= ANSWERS}
