"""Retention of a file (PRACTICE.md §1.1): the finding aid's term, else the longest of its documents; a proposal beside
it where nothing says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.access import hides_title, visible
from kg.model import File, Record
from ontology.agencies import recognise
from ontology.custody.bodies import name_key
from ontology.custody.retention import kind, longest, undetermined, years
from ontology.custody.schedules import Author, Proposal, propose, propose_longest

__all__ = ["kind", "longest", "proposed", "term_of", "undetermined", "years"]

_LEVELS = ("central", "province", "district", "commune")
"""The highest first."""


def term_of(file: File | None, terms: Iterable[str | None]) -> str | None:
    """The term of a file: as the finding aid says, else the longest of its documents' (``terms``)."""
    return (file.retention if file else None) or longest(terms)


def too_short(file: File | None, terms: Iterable[str | None]) -> bool:
    """Whether the finding aid gives the file less than one of its documents has (``terms``): it is kept as long as the
    longest of them."""
    own, needed = years(file.retention if file else None), years(longest(terms))
    return own is not None and needed is not None and own < needed


def proposed(file: File | None, records: Sequence[Record], creator: str | None) -> Proposal | None:
    """The term that the schedules would give a file from its title and its documents (the longest of them), None where
    a term is known or no row of the schedules fits. ``creator`` is that of the fonds: a paper of its own is kept
    otherwise than a superior's. Titles that are closed to open readers tell nothing."""
    if term_of(file, (record.retention for record in records)):
        return None
    shown = [record for record in records if visible(record, "open")]
    told = [propose(record.type, record.title, _author(record.issuer, creator)) for record in shown]
    if file is not None and not hides_title(file, len(records), len(records) - len(shown), "open"):
        told.append(propose(None, file.title))
    return propose_longest(told)


@lru_cache(maxsize=4096)
def _author(issuer: str | None, creator: str | None) -> Author | None:
    """Whether the fonds' creator wrote the paper, or a body of a level above its own; None where neither is known."""
    if not issuer or not creator:
        return None
    if name_key(issuer) == name_key(creator):
        return "own"
    theirs, ours = (_rank(name) for name in (issuer, creator))
    return "superior" if theirs is not None and ours is not None and theirs < ours else None


def _rank(name: str) -> int | None:
    known = recognise(name)
    return _LEVELS.index(known.level) if known and known.level in _LEVELS else None
