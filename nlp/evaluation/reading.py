"""Reading annotated documents and comparing what was read: the product, and underthesea beside it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from nlp import extract, normalise
from nlp.evaluation.fields import Judgement, judge
from nlp.evaluation.gold import Gold, texts
from nlp.evaluation.mentions import NAMES, Compared, UnitFound, lists, units

CHARACTERS_A_PAGE: Final = 1800
SENTENCES: Final = "sentences"
LINES: Final = "lines"
FEEDS: Final = (SENTENCES, LINES)
"""How underthesea is given a text: sentence by sentence as it splits them (over line ends: a title and the name below it
are one), or the sentences of each line by themselves (faster, more people found, names that run over lines are cut)."""
_TAGS: Final = {"PER": "people", "LOC": "places", "ORG": "agencies"}


@dataclass(frozen=True, slots=True)
class Other:
    """What a named-entity recogniser makes of the same text: its lists of names, and its CPU seconds."""

    lists: tuple[Compared, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Read:
    """One document as read at one noise band. ``seconds``: CPU time of this process for the whole extraction."""

    gold: Gold
    band: str
    fields: tuple[Judgement, ...]
    lists: tuple[Compared, ...]
    units: tuple[UnitFound, ...]
    text: str
    seconds: float
    other: Other | None = None


def read_all(golds: Sequence[Gold], band: str, *, underthesea: str | None = None) -> Iterator[Read]:
    """Read each document that has a text of that noise band; ``underthesea``: of FEEDS, to ask its recogniser too.

    Raises BadGold where no document has such a text.
    """
    found = texts(golds, band)
    # The first call loads tables and models: no page of a delivery pays for that.
    extract(found[0][1], context=found[0][0].context(band))
    if underthesea:
        recognise("Hà Nội.", underthesea)
    for gold, text in found:
        yield read(gold, text, band, underthesea=underthesea)


def read(gold: Gold, text: str, band: str, *, underthesea: str | None = None) -> Read:
    """Read one document's text and compare it with its annotation."""
    context = gold.context(band)
    started = time.process_time()
    extraction = extract(text, id=gold.id, context=context)
    seconds = time.process_time() - started
    values = extraction.to_json()
    return Read(
        gold=gold,
        band=band,
        fields=tuple(judge(gold, values)),
        lists=tuple(lists(gold, values)),
        units=tuple(units(gold, extraction)),
        text=text,
        seconds=seconds,
        other=_other(gold, text, underthesea) if underthesea else None,
    )


def _other(gold: Gold, text: str, feed: str) -> Other:
    # It raises on text that is not normalised, so the text is the one that our rules read too.
    text = normalise(text).text
    started = time.process_time()
    found = recognise(text, feed)
    seconds = time.process_time() - started
    return Other(tuple(one for one in lists(gold, found) if one.kind in NAMES), seconds)


def recognise(text: str, feed: str) -> dict[str, Any]:
    """Distinct names by list, by underthesea's recogniser (CRF)."""
    from underthesea import ner, sent_tokenize

    found: dict[str, dict[str, None]] = {kind: {} for kind in NAMES}
    pieces = text.splitlines() if feed == LINES else [text]
    for sentence in (sentence for piece in pieces for sentence in sent_tokenize(piece)):
        if sentence.strip():
            for surface, tag in _entities(ner(sentence)):
                if tag in _TAGS:
                    found[_TAGS[tag]][surface] = None
    return {kind: list(surfaces) for kind, surfaces in found.items()}


def _entities(tokens: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The entities of tokens that end in a BIO tag, as (surface, type)."""
    words: list[str] = []
    kind = ""
    for word, *_, tag in tokens:
        if tag.startswith("I-") and words and tag[2:] == kind:
            words.append(word)
            continue
        if words:
            yield " ".join(words), kind
        words, kind = ([word], tag[2:]) if tag != "O" else ([], "")
    if words:
        yield " ".join(words), kind
