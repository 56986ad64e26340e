"""How a query may have been meant: its spellings with accents, and words that may be slips for others."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Reading:
    """``spellings``: forms of the query for a model of meaning, each with how probable it is; ``restored``: the most
    probable one where accents were put back, else None; ``also``: for a folded word others that it may stand for."""

    spellings: tuple[tuple[str, float], ...]
    restored: str | None = None
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read(workspace: Workspace, query: str) -> Reading:
    """Read a query by the language of the store's own texts."""
    return Reading(((unicodedata.normalize("NFC", query), 1.0),))
