"""Errors of the product: each has a code of the contract and one clear line (DESIGN.md §5, "Errors")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

Code = Literal["not_found", "ambiguous", "bad_input", "secret", "unreadable", "unavailable"]


class HosoError(Exception):
    """Something the user can act on. ``message`` is one line that says what to do."""

    code: Code = "bad_input"

    def __init__(self, message: str, *, code: Code | None = None, candidates: Sequence[Any] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.candidates = list(candidates)

    def to_json(self) -> dict[str, Any]:
        """The ``{"error": ...}`` value of the contract."""
        return {"error": {"code": self.code, "message": self.message, "candidates": self.candidates}}


class NotFound(HosoError):
    """What was asked for is not known."""

    code: Code = "not_found"


class Ambiguous(HosoError):
    """Several things answer to what was asked; ``candidates`` lists them."""

    code: Code = "ambiguous"


class Unreadable(HosoError):
    """A computer file that cannot be read; ``reason`` is a key of the catalogue, for the quarantine report."""

    code: Code = "unreadable"

    def __init__(self, message: str, *, reason: str = "unreadable") -> None:
        super().__init__(message)
        self.reason = reason


class Unavailable(HosoError):
    """A store, server or program that is needed and is away, busy or locked: may be tried again."""

    code: Code = "unavailable"
