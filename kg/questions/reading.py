"""How a query may have been meant: its spellings with accents, and words that may be slips for others."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.search.accents import Restorer, needs_accents
from kg.search.analysis import accented, words
from kg.search.language.kept import open_language
from kg.search.spelling import corrections
from kg.workspace import Workspace

FORMS: Final = 3
"""Spellings with accents that are taken for one without."""
MEANT: Final = 0.5
"""What a spelling without its slips counts beside the one that was typed, which may have been meant after all."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``spellings``: forms of the query for a model of meaning, each by how much it counts; ``restored``: the most
    probable one where accents were put back, ``respelt``: where slips were mended (else None); ``also``: for a folded
    word others that it may stand for."""

    spellings: tuple[tuple[str, float], ...]
    restored: str | None = None
    respelt: str | None = None
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read(workspace: Workspace, query: str) -> Reading:
    """Read a query by the language of the store's own texts. A model of meaning knows words by their accents, so what
    was left out is put back for it; the index of words needs no accents, but the words that were meant."""
    typed = unicodedata.normalize("NFC", query)
    if not typed.strip():
        return Reading(())
    grams = open_language(workspace.location.data, workspace.store.meta("store_id"))
    restorer = Restorer(grams)
    also: dict[str, tuple[str, ...]] = {}
    for slip in corrections(words(accented(typed)), grams):
        also[slip.word] = (*also.get(slip.word, ()), slip.replacement)
    plain = needs_accents(typed)
    forms = [(form.text, form.probability) for form in restorer.restore(typed, FORMS)] if plain else [(typed, 1.0)]
    restored = forms[0][0] if forms[0][0] != typed else None
    mended = restorer.respell(typed, {word: found[0] for word, found in also.items()}, 1)
    respelt = mended[0].text if mended and mended[0].text != forms[0][0] and (also or not plain) else None
    if respelt is not None:
        forms = [*((text, weight * (1 - MEANT)) for text, weight in forms), (respelt, MEANT)]
    return Reading(tuple(forms), restored, respelt, also)
