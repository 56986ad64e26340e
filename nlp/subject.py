"""What a record is about, of the closed list of DESIGN.md §5, and its retention where the page states it.

Cue words carry weights; those of the title count thrice. The table is ``nlp/data/subjects.csv``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import ahocorasick_rs
from spacy.language import Language as _Language

from nlp.data import table
from nlp.flat import Flat, flat_of
from nlp.model import Extraction, Subject
from ontology.agencies.words import agrees

if TYPE_CHECKING:
    from spacy.language import Language

_TITLE_WEIGHT = 3.0
_LEAST = 3.0
_MOST_COUNTED = 3
_BODY_REACH = 6000
_RETENTION = re.compile(
    r"thoi han (?:bao quan|luu tru)(?: ho so| tai lieu)?\s?[:.]\s?(?P<term>vinh vien|lau dai|tam thoi|(?:\d{1,2}|\w+ muoi|nam|muoi) nam)"
)


class SubjectKind:
    """Reads title, type and body; fills ``subject`` and ``retention``."""

    def __call__(self, doc: Any) -> Any:
        """Fill in place."""
        extraction: Extraction = doc._.extraction
        if extraction.secrecy is None and extraction.text:
            flat = flat_of(doc)
            extraction.subject = subject_of(flat, extraction)
            extraction.retention = extraction.retention or retention_of(flat)
        return doc


@_Language.factory("hoso_subject")
def make(nlp: Language, name: str) -> SubjectKind:
    """The factory of the component."""
    return SubjectKind()


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, str, float, str], ...]]:
    from ontology.folding import fold

    cues = tuple((row["cue"], row["subject"], float(row["weight"]), row["where"]) for row in table("subjects.csv"))
    return ahocorasick_rs.AhoCorasick([fold(cue) for cue, *_ in cues]), cues


def subject_of(flat: Flat, extraction: Extraction) -> Subject:
    """The subject whose cues weigh most, title first; ``other`` where they weigh too little."""
    scores: defaultdict[str, float] = defaultdict(float)
    abstract = extraction.zone("abstract")
    if abstract:
        title = (flat.forth(abstract.start), flat.forth(abstract.end))
        weighed = _weigh(flat, *title, title=True)
        if sure := _best(weighed, _LEAST):
            return sure
        _add(scores, weighed)
    _add(scores, _weigh(flat, 0, min(len(flat.folded), _BODY_REACH), title=False))
    return _best(scores, _LEAST) or "other"


def _add(scores: dict[str, float], more: dict[str, float]) -> None:
    for subject, weight in more.items():
        scores[subject] = scores.get(subject, 0.0) + weight


def _best(scores: dict[str, float], least: float) -> Subject | None:
    ranked = sorted(scores.items(), key=lambda item: -item[1])[:2]
    if not ranked or ranked[0][1] < least:
        return None
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return None
    return cast(Subject, ranked[0][0])


def _weigh(flat: Flat, start: int, end: int, *, title: bool) -> dict[str, float]:
    """Weight of each subject in a stretch; a cue counts three times at most, one inside a longer cue not at all."""
    automaton, cues = _automaton()
    folded = flat.folded[start:end]
    hits = sorted(automaton.find_matches_as_indexes(folded, overlapping=True), key=lambda hit: (hit[1], -hit[2]))
    seen: Counter[int] = Counter()
    scores: defaultdict[str, float] = defaultdict(float)
    until = 0
    for index, begin, stop in hits:
        cue, subject, weight, where = cues[index]
        if stop <= until or (begin and folded[begin - 1].isalnum()) or folded[stop : stop + 1].isalnum():
            continue
        if (where == "title" and not title) or not agrees(flat.shown[start + begin : start + stop], cue):
            continue
        until = stop
        seen[index] += 1
        if seen[index] <= _MOST_COUNTED:
            scores[subject] += weight * (_TITLE_WEIGHT if title else 1.0)
    return scores


def retention_of(flat: Flat) -> str | None:
    """The term the page states ("Thời hạn bảo quản: Vĩnh viễn"), in small letters; None where it states none."""
    match = _RETENTION.search(flat.folded)
    if match is None:
        return None
    return " ".join(flat.shown[match.start("term") : match.end("term")].lower().split())
