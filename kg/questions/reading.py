"""How a query may have been meant: its spellings with accents, and words that may be slips for others."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.search.accents import Restorer, needs_accents
from kg.search.analysis import accented, words
from kg.search.language.counts import Grams
from kg.search.language.kept import open_language
from kg.search.spelling import corrections
from kg.workspace import Workspace
from ontology.folding import fold

FORMS: Final = 1
"""Spellings with accents that are taken for one without: two or three find nothing more (nDCG@10 of queries by meaning
.620, .613, .614 with one, two, three), and each costs a vector."""
KNOWN: Final = 2.0
"""Weight in the vocabulary from which a word is one of the language."""
MEANT: Final = 0.5
"""What a spelling without its slips counts beside the one that was typed, which may have been meant after all."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``spellings``: forms of the query for a model of meaning, each by how much it counts; ``restored``: the most
    probable one where accents were put back, ``respelt``: where slips were mended (else None); ``also``: for a folded
    word others that it may stand for; ``known``: the share of the words (numbers left out) that the language has, accents
    aside, 1 where there is none."""

    spellings: tuple[tuple[str, float], ...]
    restored: str | None = None
    respelt: str | None = None
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: float = 1.0


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
    if restored and fold(typed) != typed.lower():  # among words with accents one without may be of another language
        forms = [(restored, 1 - MEANT), (typed, MEANT)]
    if respelt is not None:
        forms = [*((text, weight * (1 - MEANT)) for text, weight in forms), (respelt, MEANT)]
    return Reading(tuple(forms), restored, respelt, also, _known(typed, grams))


def _known(typed: str, grams: Grams) -> float:
    vocabulary = grams.vocabulary()
    found = [fold(word) for word in words(accented(typed)) if not word.isdigit()]
    known = sum(vocabulary.get(word, 0.0) >= KNOWN for word in found)
    return known / len(found) if found else 1.0
