"""Which of the passages found are of records that may be shown: a filter is asked about the nearest ones first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from kg.search.vectors.model import PassageMatch

AT_A_TIME: Final = 400
"""Records about which a filter is asked at once."""

Filter = Callable[[Sequence[str]], Collection[str]]


def among(ids: Collection[str]) -> Filter:
    """The filter that these ids are."""
    known = ids if isinstance(ids, set | frozenset) else frozenset(ids)
    return lambda asked: [record for record in asked if record in known]


def remembering(allowed: Filter) -> Filter:
    """The filter, asked about no record twice."""
    known: dict[str, bool] = {}

    def ask(ids: Sequence[str]) -> list[str]:
        if new := [record for record in ids if record not in known]:
            passing = set(allowed(new))
            known.update((record, record in passing) for record in new)
        return [record for record in ids if known[record]]

    return ask


def first(found: Sequence[PassageMatch], allowed: Filter, k: int) -> list[PassageMatch]:
    """The first ``k`` whose records are allowed; the filter is asked about the best ones first."""
    order = list(dict.fromkeys(match.record for match in found))
    passing: set[str] = set()
    for done in range(0, len(order), AT_A_TIME):
        asked = order[done : done + AT_A_TIME]
        passing |= set(allowed(asked)) & set(asked)
        known = set(order[: done + AT_A_TIME])
        kept = [match for match in found if match.record in passing]
        if len(kept) >= k and _settled(found, known, kept[k - 1]):
            return kept[:k]
    return [match for match in found if match.record in passing][:k]


def _settled(found: Sequence[PassageMatch], known: Collection[str], last: PassageMatch) -> bool:
    """Whether the filter was asked about every record that stands before ``last``."""
    return all(match.record in known for match in found[: found.index(last)])
