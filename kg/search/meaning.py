"""A query compared in meaning with the passages whose vectors are kept: the model and the vectors put together.

Nothing heavy is imported where a store has no vectors.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from kg.errors import HosoError, Unavailable
from kg.messages import say
from kg.search.model import Filters
from kg.search.vectors.model import Allowed, Counts, PassageMatch
from kg.workspace import Workspace

if TYPE_CHECKING:
    from kg.search.vectors.index import VectorIndex


_LIBRARY_ERRORS: Final = (ImportError, OSError, RuntimeError, ValueError, MemoryError)
"""What the libraries of models and vectors raise where files or the machine fail them."""


MOST_NEAR: Final = 1000
"""Passages nearest to a query that a large store is asked for, where a filter lets few of them pass."""


class MeaningFailed(Unavailable):
    """Model or vectors failed; the message says why in one line."""


class QueryMeaning:
    """The forms of a query (each with how much it counts) and the vectors that are kept of the same model; the query's
    own vector is made when it is first asked for. Raises MeaningFailed."""

    def __init__(self, index: VectorIndex, forms: Sequence[tuple[str, float]]) -> None:
        self._index = index
        self._forms = forms

    @cached_property
    def _vector(self) -> Any:
        from kg.search.embedding.loading import load

        vectors = load().queries([text for text, _ in self._forms])
        return _mean(vectors, [weight for _, weight in self._forms])

    def nearest(self, limit: int, allowed: Allowed | None = None) -> Sequence[PassageMatch]:
        """See ``kg.search.model.Meaning``."""
        with _telling():
            return self._index.search(self._vector, limit, allowed=allowed, most=MOST_NEAR)

    def background(self, allowed: Allowed | None = None) -> tuple[float, float]:
        """See ``kg.search.model.Meaning``."""
        with _telling():
            return self._index.background(self._vector, allowed=allowed)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What is to be had by meaning: ``meaning`` is None where there are no vectors, or where ``problem`` says in one
    line why they cannot be used; ``counts``: passages and vectors that are kept."""

    meaning: QueryMeaning | None = None
    problem: str | None = None
    counts: Counts | None = None


def kept(workspace: Workspace) -> VectorIndex | None:
    """The vectors of the model that the setting names, brought to the store's journal; None where there are none.

    Raises HosoError where the model is not on this machine or the vectors cannot be read.
    """
    if not (workspace.location.data / "vectors").is_dir():
        return None
    from kg.search.embedding.loading import describe
    from kg.search.vectors.folders import of_version, refresh

    refresh(workspace)
    source = describe()
    return of_version(workspace.location.data, source.model, source.version)


def understood(workspace: Workspace, forms: Sequence[tuple[str, float]]) -> Understanding:
    """A query by meaning: its spellings (NFC), each with how probable it is. Never raises for what ails model or
    vectors: the search goes on by words, and says why."""
    try:
        with _telling():
            return _understood(workspace, forms)
    except MeaningFailed as error:
        return Understanding(problem=error.message)


def _understood(workspace: Workspace, forms: Sequence[tuple[str, float]]) -> Understanding:
    index = kept(workspace)
    if index is None:
        return Understanding()
    counts = index.counts()
    if not counts.vectors:
        return Understanding()
    told = [(text, weight) for text, weight in forms if text.strip()]
    if not told:
        return Understanding(counts=counts)
    return Understanding(QueryMeaning(index, told), counts=counts)


MOST_ALIKE: Final = 50
"""Records that are near to a record in meaning."""


def like(
    workspace: Workspace, record: str, filters: Filters, texts: Collection[str] | None
) -> tuple[Sequence[PassageMatch], Understanding]:
    """The records nearest in meaning to a record, each with its nearest passage, of those that pass the filters and
    whose text the reader may see; no model is loaded for it. Never raises for what ails model or vectors."""

    def allowed(ids: Sequence[str]) -> Collection[str]:
        return workspace.index.passing(ids, filters, texts)

    try:
        with _telling():
            vectors = kept(workspace)
            if vectors is None:
                return (), Understanding()
            return vectors.similar(record, MOST_ALIKE, allowed=allowed), Understanding(counts=vectors.counts())
    except MeaningFailed as error:
        return (), Understanding(problem=error.message)


@contextmanager
def _telling() -> Iterator[None]:
    """Turn whatever ails model or vectors into MeaningFailed."""
    try:
        yield
    except HosoError as error:
        raise MeaningFailed(error.message) from error
    except _LIBRARY_ERRORS as error:
        raise MeaningFailed(say("search_meaning_error", kind=type(error).__name__)) from error


def _mean(vectors: Any, weights: Sequence[float]) -> Any:
    """One vector of unit length for all spellings, each by its weight."""
    import numpy as np

    if len(weights) == 1:
        return vectors[0]
    mixed = np.asarray(weights, np.float32) @ vectors
    return mixed / max(float(np.linalg.norm(mixed)), 1e-12)
