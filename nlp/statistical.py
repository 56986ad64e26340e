"""People whom no rule finds: runs of words with capitals that hold a surname, judged by a trained net (nlp/tagger.py).

The rules need a title, a cue or a list before a name; a scan loses them, and the surname's accents too. The net only adds:
what a rule found stays. It is kept for people alone, where it raises the figures on real documents (docs/statistical.md).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from spacy.language import Language as _Language

from nlp.data import column
from nlp.letters import LOWER, UPPER
from nlp.model import Extraction, PersonMention
from nlp.person_names import nearly_surname
from nlp.tagger import tagger
from ontology.agencies.places import is_unit_name
from ontology.folding import fold

if TYPE_CHECKING:
    from spacy.language import Language

LEAST: Final = 0.8
"""Probability from which a name counts, chosen on layouts that the net was not trained on."""
_WORD = rf"(?:[{UPPER}][{LOWER}]{{0,6}}|[{UPPER}]{{2,7}})"
_RUN = re.compile(rf"(?<!\w){_WORD}(?:[ \n]{_WORD}){{1,19}}(?!\w)")
_NEXT = re.compile(r"\s?\S{1,20}")
_CAPITAL_BEFORE = re.compile(rf"[{UPPER}][{LOWER}]+ $")
_CAPITAL_BEHIND = re.compile(rf" [{UPPER}]|\w")
_LONGEST: Final = 5
"""Words of a name."""


class TrainedPeople:
    """Reads agencies, citations, people and places; adds to ``people``."""

    def __call__(self, doc: Any) -> Any:
        """Fill in place."""
        extraction: Extraction = doc._.extraction
        if extraction.secrecy is None and extraction.text and (more := found(extraction)):
            extraction.people = sorted((*extraction.people, *more), key=lambda mention: mention.start)
        return doc


@_Language.factory("hoso_trained_people")
def make(nlp: Language, name: str) -> TrainedPeople:
    """The factory of the component."""
    return TrainedPeople()


def found(extraction: Extraction) -> list[PersonMention]:
    """The people that the net adds, in order of the text."""
    text = extraction.text
    runs = _runs(text, _spots(extraction))
    if not runs:
        return []
    mentions = []
    for start, end, label, chance in tagger().spans(text, runs):
        if label == "PERSON" and chance >= LEAST and _is_name(text, start, end):
            surface = text[start:end]
            mentions.append(PersonMention(surface, start, end, " ".join(surface.split())))
    return mentions


def _spots(extraction: Extraction) -> list[tuple[int, int]]:
    """Where the rules found something, in order."""
    groups = (extraction.agencies, extraction.people, extraction.places, extraction.cites)
    return sorted((one.start, one.end) for group in groups for one in group)


def _runs(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of words with capitals that may hold a name, each with the word that follows: where the net lets the name go
    on there, only a part of it was left whole."""
    runs: list[tuple[int, int]] = []
    spots = iter(taken)
    spot = next(spots, None)
    for match in _RUN.finditer(text):
        start, end = match.span()
        while spot is not None and spot[1] <= start:
            spot = next(spots, None)
        if (spot is not None and spot[0] < end) or not _may_name(match.group()):
            continue
        behind = _NEXT.match(text, end)
        runs.append((max(start, runs[-1][1] if runs else 0), behind.end() if behind else end))
    return runs


def _may_name(run: str) -> bool:
    """Whether a word of the run but the last is a surname."""
    return any(map(nearly_surname, run.split()[:-1]))


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a stretch is a whole name: two to five words, a surname first, no unit's name, and no word with a capital
    goes on before or behind it."""
    words = text[start:end].split()
    if not 2 <= len(words) <= _LONGEST or not nearly_surname(words[0]):
        return False
    if _CAPITAL_BEFORE.search(text, max(0, start - 12), start) or _CAPITAL_BEHIND.match(text, end):
        return False
    name = " ".join(words)
    return name not in _never() and not is_unit_name(name, fold(name))


@cache
def _never() -> frozenset[str]:
    """Names that mean no person of the record."""
    return frozenset(column("not_people.csv", "name"))
