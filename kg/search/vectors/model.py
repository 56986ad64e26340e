"""Values that a search by vectors takes and gives; light to import."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

Allowed = Collection[str] | Callable[[Sequence[str]], Collection[str]]
"""The records whose texts may be asked: their ids, or a function that gives those of some ids that are among them. Ids
suit a filter that leaves few; a function one that leaves many (it is asked about the nearest first, in hundreds; its
attribute ``share``, where it has one, says how many of all it lets pass)."""


@dataclass(frozen=True, slots=True)
class PassageMatch:
    """A passage near to what was asked: offsets in its record's normalised text, page from 1, cosine as score."""

    record: str
    start: int
    end: int
    page: int
    score: float


@dataclass(frozen=True, slots=True)
class Counts:
    """What is kept: records with passages, their passages, and those of them whose vector is there."""

    records: int
    passages: int
    vectors: int
