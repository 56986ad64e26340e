"""What the ontology raises; the layers above turn it into the error forms of the contract."""

from __future__ import annotations

from ontology.model import Candidate


class OntologyError(Exception):
    """Base of the ontology's errors."""


class UnitNotFound(OntologyError):
    """No unit of that name or id is known; ``candidates`` are near misses."""

    def __init__(self, name: str, candidates: tuple[Candidate, ...] = ()) -> None:
        super().__init__(name)
        self.name = name
        self.candidates = candidates


class AmbiguousUnit(OntologyError):
    """Several different units answer to the name; ``candidates`` lists them, best first."""

    def __init__(self, name: str, candidates: tuple[Candidate, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.candidates = candidates


class BadDate(OntologyError, ValueError):
    """A date that does not exist (31/02) or cannot be read."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
