"""Values that a search takes and gives; light to import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FACETS: tuple[str, ...] = (
    "issuer",
    "type",
    "year",
    "unit",
    "bloc",
    "level",
    "subject",
    "retention",
    "access",
    "fonds",
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the records found must satisfy: each field given, by one of its values (none given: any).

    ``type``, ``retention`` and ``issuer`` are compared without case and accents; an issuer matches when the words
    given stand in its name one after another. ``units``: ids of unit versions of which the record is about one or
    mentions one (None: any place; an empty tuple finds nothing). ``since`` and ``until`` are ISO dates, partial ones
    meaning their first and last day; a record dated by month or year matches when part of it lies within.
    """

    fonds: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    bloc: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    retention: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    units: tuple[str, ...] | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceTerms:
    """Part of a query that names a place: its words (folded), and the unit ids that it stands for: the units of that
    name with their predecessors and successors."""

    words: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage of the record that answers: offsets in its normalised text, page from 1."""

    start: int
    end: int
    page: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found, with its best passages (best first; none where title or number alone matched)."""

    record: str
    score: float
    passages: tuple[PassageHit, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """``total`` and ``facets`` count all records that match, not only those in ``hits``.

    ``facets``: for each of FACETS, (value, count) by count, then value. ``number``: the document number (its key)
    by which records were found, when the query names one that the index knows.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    number: str | None = None
