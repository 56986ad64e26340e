"""Values that a search takes and gives; light to import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from kg.search.vectors.model import Allowed, PassageMatch

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


ENTITIES: tuple[str, ...] = ("agency", "person", "legal_act", "project", "identifier")
"""Kinds of nodes by whose name records are found; units have a way of their own."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the records found must satisfy: each field given, by one of its values (none given: any).

    ``type``, ``retention`` and ``issuer`` are compared without case and accents; an issuer matches when the words
    given stand in its name one after another. ``units``: ids of unit versions of which the record is about one or
    mentions one (None: any place; an empty tuple finds nothing); ``unit``: values of the facet, units that the record is
    about or in which what it is about lies. ``since`` and ``until`` are ISO dates, partial ones
    meaning their first and last day; a record dated by month or year matches when part of it lies within.
    ``without_subject``: subjects of which nothing is found, nor looked at.
    """

    fonds: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    bloc: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    retention: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    units: tuple[str, ...] | None = None
    since: str | None = None
    until: str | None = None
    without_subject: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceTerms:
    """Part of a query that names a place: its words (folded), and the unit ids that it stands for: the units of that
    name with their predecessors and successors. ``contains``: it says where another place of the query lies, and is
    not asked for by itself. ``own``: the units of that name alone."""

    words: tuple[str, ...]
    units: tuple[str, ...]
    contains: bool = False
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityTerms:
    """Part of a query that names an agency, a person, an act, a project or an identifier of the store: its words (folded)
    and the entities of that name. ``identifier``: how far it is the very number that is asked (0: it is none), 1 where
    the place is of the name that is typed, less for what became of it or what it was made of."""

    words: tuple[str, ...]
    ids: tuple[str, ...]
    identifier: float = 0.0


class Meaning(Protocol):
    """A query as a model of meaning understands it, ready to be compared with the passages whose vectors are kept."""

    def nearest(self, limit: int, allowed: Allowed | None = None) -> Sequence[PassageMatch]:
        """The ``limit`` passages nearest to the query, nearest first: of all records, or of those allowed alone."""

    def background(self, allowed: Allowed | None = None) -> tuple[float, float]:
        """Mean and standard deviation of the cosines of the query with passages taken here and there: what has
        nothing to do with it is about as near."""


Evidence = Literal["number", "words", "meaning", "place", "entity"]
"""How a record was found."""

Certainty = Literal["certain", "likely", "possible"]
"""How far what was found answers the query: ``certain`` where the number or all words stand in it."""


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage of the record that answers: offsets in its normalised text, page from 1."""

    start: int
    end: int
    page: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found, with its best passages (best first; none where title or number alone matched), how it was found
    and how far it answers."""

    record: str
    score: float
    passages: tuple[PassageHit, ...] = ()
    found_by: tuple[Evidence, ...] = ()
    certainty: Certainty = "possible"


@dataclass(frozen=True, slots=True)
class Results:
    """``total`` and ``facets`` count all records that match, not only those in ``hits``.

    ``facets``: for each of FACETS, (value, count) by count, then value. ``number``: the document number (its key)
    by which records were found, when the query names one that the index knows. ``by_meaning``: how many of ``total``
    only their meaning brought; ``entities``: what the query names of the store; ``sure``: whether any record, on this
    page or another, certainly answers.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    number: str | None = None
    by_meaning: int = 0
    entities: tuple[EntityTerms, ...] = ()
    sure: bool = True
