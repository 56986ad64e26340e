"""What a system's answers to the judged queries are worth, by kind and overall."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Final

from kg.search.evaluate.judged import Query
from kg.search.evaluate.metrics import interval, ndcg, recall, reciprocal_rank

DEPTH: Final = 10
"""Records of an answer that count."""
OVERALL: Final = "overall"

Ask = Callable[[Query], Sequence[str]]
"""A system: a query to the sources of records in its collection, best first."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One query's measures, with the sources it was answered with."""

    query: Query
    ranked: tuple[str, ...]
    ndcg: float
    recall: float
    reciprocal_rank: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Score:
    """Means over the queries of a kind; ``low`` and ``high``: the 95 % interval of nDCG@10."""

    queries: int
    ndcg: float
    low: float
    high: float
    recall: float
    mrr: float

    def to_json(self) -> dict[str, Any]:
        """The measures rounded to three places."""
        return {
            "queries": self.queries,
            "ndcg@10": round(self.ndcg, 3),
            "ndcg@10_95": [round(self.low, 3), round(self.high, 3)],
            "recall@10": round(self.recall, 3),
            "mrr": round(self.mrr, 3),
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores by kind, in the order the kinds come, then ``overall``; and each answer."""

    by_kind: Mapping[str, Score]
    answered: tuple[Answered, ...]

    @property
    def overall(self) -> Score:
        """The mean over all queries."""
        return self.by_kind[OVERALL]

    def failures(self, below: float = 0.5) -> list[Answered]:
        """The answers whose nDCG@10 is less than ``below``, worst first."""
        return sorted((one for one in self.answered if one.ndcg < below), key=lambda one: (one.ndcg, one.query.id))


def evaluate(ask: Ask, queries: Iterable[Query]) -> Scores:
    """Ask each query once and measure the first ten records of its answer."""
    answered = tuple(_answer(ask, query) for query in queries)
    kinds = dict.fromkeys(one.query.kind for one in answered)
    by_kind = {kind: _score([one for one in answered if one.query.kind == kind]) for kind in kinds}
    return Scores({**by_kind, OVERALL: _score(answered)}, answered)


def _answer(ask: Ask, query: Query) -> Answered:
    started = time.perf_counter()
    ranked = tuple(dict.fromkeys(ask(query)))[:DEPTH]
    seconds = time.perf_counter() - started
    return Answered(
        query,
        ranked,
        ndcg(ranked, query.grades, DEPTH),
        recall(ranked, query.grades, DEPTH),
        reciprocal_rank(ranked, query.grades),
        seconds,
    )


def _score(answered: Sequence[Answered]) -> Score:
    if not answered:
        return Score(0, 0.0, 0.0, 0.0, 0.0, 0.0)
    values = [one.ndcg for one in answered]
    low, high = interval(values)
    return Score(
        len(answered),
        fmean(values),
        low,
        high,
        fmean(one.recall for one in answered),
        fmean(one.reciprocal_rank for one in answered),
    )
