"""How a query may have been meant: its spellings with accents, and words that may be slips for others."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.search.language.kept import open_language
from kg.workspace import Workspace

FORMS: Final = 3
"""Spellings with accents that are taken for one without."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``spellings``: forms of the query for a model of meaning, each with how probable it is; ``restored``: the most
    probable one where accents were put back, else None; ``also``: for a folded word others that it may stand for."""

    spellings: tuple[tuple[str, float], ...]
    restored: str | None = None
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read(workspace: Workspace, query: str) -> Reading:
    """Read a query by the language of the store's own texts. Accents that were left out are put back for a model of
    meaning, which knows words by them; the index of words needs none."""
    from kg.search.accents import Restorer, needs_accents

    typed = unicodedata.normalize("NFC", query)
    if not needs_accents(typed):
        return Reading(((typed, 1.0),))
    found = Restorer(open_language(workspace.location.data, workspace.store.meta("store_id"))).restore(typed, FORMS)
    best = found[0].text
    return Reading(tuple((form.text, form.probability) for form in found), best if best != typed else None)
