"""The parts that the name of a body is read into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ontology.agencies.places import Place
from ontology.agencies.words import Head

PARTY = frozenset({"party_committee", "party_organisation", "party_cell"})
"""Kinds of bodies that are the Party's own at some level."""


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A body by its name. ``canonical`` is the full form, with the place as far as the name says it; ``place`` its
    place ("quận Đống Đa", or the type alone), ``parent`` the body it belongs to where the name says so."""

    kind: str
    canonical: str
    level: str | None
    bloc: str | None
    place: str | None = None
    place_type: str | None = None
    place_name: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An agency's name found at ``start``..``end``; ``proper``: the tail names something of its own; ``known``: a
    closed list or the gazetteer has it."""

    agency: AgencyName
    start: int
    end: int
    proper: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Site:
    """Where a tail is read: the text behind the head word, ``caps`` whether the head stands in capitals, ``depth``
    how many bodies' names it is already inside of, ``read`` what reads the name of a body inside this one (text as
    written, folded, position, head word if known, depth)."""

    shown: str
    folded: str
    after: int
    head: Head
    caps: bool
    read: Callable[[str, str, int, Head | None, int], Reading | None]
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands behind a head word: its text in the canonical form, where it ends, its place and the body it
    belongs to; ``proper`` and ``known`` as in :class:`Reading`."""

    text: str
    end: int
    place: Place | None = None
    owner: AgencyName | None = None
    proper: bool = True
    known: bool = True
