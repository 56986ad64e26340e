"""What a record is about, of the closed list of DESIGN.md §5, and its retention where the page states it.

An archivist looks at the title first, then at the type of document, the issuer and the symbol, and at the body last.
A few types say it alone, whatever their title (a complaint about land is a complaint). Cue words carry weights:
``nlp/data/subjects.csv``; those of ``other`` are matters that the closed list has no word for (fire safety, reports on
everything), so that a word in passing does not decide. Types, issuers and symbols: ``nlp/data/subject_signs.csv``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import ahocorasick_rs
from spacy.language import Language as _Language

from nlp.data import table
from nlp.flat import Flat, flat_of
from nlp.model import Extraction, Subject
from ontology.agencies.words import same_spelling
from ontology.folding import fold

if TYPE_CHECKING:
    from spacy.language import Language

_TITLE_WEIGHT = 3.0
_FIRST_WEIGHT = 1.5
"""The first matter of a title says what is done ("khen thưởng ... trong công tác giải phóng mặt bằng")."""
_LEAST = 3.0
_LEAST_UNTOLD = 5.0
"""What the body must weigh against a title that names no matter of the list."""
_MOST_COUNTED = 3
_BODY_REACH = 6000
_DECIDES = "decides"
_SILENT = frozenset({"recipients", "signature", "stamp", "incoming_stamp", "digital_signature"})
_TITLE_WORDS = 4
"""A title of fewer words ("(Bản chính)", "của công dân") names no matter."""
_PURPOSE = re.compile(
    r"(?<!\w)(?:de (?:thuc hien|giao|xay|phuc vu|lam|mo)|phuc vu|nham|(?:co )?thanh tich(?: xuat sac)? trong)(?!\w)"
)
_SYMBOL_PART = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)?")
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
    cues = tuple((row["cue"], row["subject"], float(row["weight"]), row["where"]) for row in table("subjects.csv"))
    return ahocorasick_rs.AhoCorasick([fold(cue) for cue, *_ in cues]), cues


@cache
def _signs(sign: str) -> dict[str, tuple[str, str]]:
    """Folded form to subject and weight, of types, issuers or symbols."""
    return {
        fold(row["form"]): (row["subject"], row["weight"])
        for row in table("subject_signs.csv")
        if row["sign"] == sign
    }


def subject_of(flat: Flat, extraction: Extraction) -> Subject:
    """The subject that type, title, issuer, symbol and body point to, in that order; ``other`` where all weigh too
    little."""
    of_type, weight = _signs("type").get(fold(extraction.type or ""), ("other", ""))
    if weight == _DECIDES:
        return cast(Subject, of_type)
    scores = _signed(extraction)
    if weight:
        _add(scores, {of_type: float(weight)})
    told = False
    if abstract := extraction.zone("abstract"):
        _add(scores, _weigh(flat, flat.forth(abstract.start), flat.forth(abstract.end), title=True))
        told = len(flat.text[abstract.start : abstract.end].split()) >= _TITLE_WORDS
    if sure := _best(scores, _LEAST):
        return sure
    for start, end in _speaking(flat, extraction):
        _add(scores, _weigh(flat, start, end, title=False))
    return _best(scores, _LEAST_UNTOLD if told else _LEAST) or "other"


def _signed(extraction: Extraction) -> dict[str, float]:
    """What the issuer's name and the parts of the symbol say."""
    scores: dict[str, float] = {}
    issuer = fold(extraction.issuer or "")
    for form, (subject, weight) in _signs("issuer").items():
        if issuer.startswith(form):
            scores[subject] = max(scores.get(subject, 0.0), float(weight))
    for part in _SYMBOL_PART.findall(fold(extraction.number or "")):
        if known := _signs("symbol").get(part):
            _add(scores, {known[0]: float(known[1])})
    return scores


def _speaking(flat: Flat, extraction: Extraction) -> list[tuple[int, int]]:
    """The stretches of the flat text that are the record's own words: without recipients, signature and stamps."""
    end = min(len(flat.folded), _BODY_REACH)
    found, position = [], 0
    for zone in sorted(extraction.zones, key=lambda zone: zone.start):
        if zone.kind not in _SILENT:
            continue
        start = flat.forth(zone.start)
        if position < min(start, end):
            found.append((position, min(start, end)))
        position = max(position, flat.forth(zone.end))
    return [*found, (position, end)] if position < end else found


def _add(scores: dict[str, float], more: dict[str, float]) -> None:
    for subject, weight in more.items():
        scores[subject] = scores.get(subject, 0.0) + weight


def _best(scores: dict[str, float], least: float) -> Subject | None:
    """The heaviest subject; None between equals."""
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
    aim = _PURPOSE.search(folded) if title else None
    purpose = aim.start() if aim else len(folded)
    until = 0
    for index, begin, stop in hits:
        cue, subject, weight, where = cues[index]
        if begin < until or (begin and folded[begin - 1].isalnum()) or folded[stop : stop + 1].isalnum():
            continue
        if (where == "title" and not title) or not _spelt(flat.shown[start + begin : start + stop], cue):
            continue
        until = stop
        seen[index] += 1
        if seen[index] > _MOST_COUNTED:
            continue
        share = _share(scores, subject, begin > purpose) if title else 1.0
        scores[subject] += weight * share
    return scores


def _share(scores: dict[str, float], subject: str, purpose: bool) -> float:
    """What a cue of the title weighs: the first matter most, a purpose ("để thực hiện dự án ...") as little as the
    body."""
    if purpose:
        return 1.0
    first = subject != "other" and not any(known != "other" for known in scores)
    return _TITLE_WEIGHT * (_FIRST_WEIGHT if first else 1.0)


def _spelt(written: str, cue: str) -> bool:
    """Whether a cue is written there: each syllable as it should be, or without tone or accents (capitals of a
    typewriter, a scan).
    "nhân dân quận" is no militia ("dân quân")."""
    if same_spelling(written, cue):
        return True
    mine, theirs = written.lower().split(), cue.split()
    return len(mine) == len(theirs) > 1 and all(
        one in (fold(other), _toneless(other)) or same_spelling(one, other)
        for one, other in zip(mine, theirs, strict=True)
    )


_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@cache
def _toneless(syllable: str) -> str:
    return unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", syllable)))


def retention_of(flat: Flat) -> str | None:
    """The term the page states ("Thời hạn bảo quản: Vĩnh viễn"), in small letters; None where it states none."""
    match = _RETENTION.search(flat.folded)
    if match is None:
        return None
    return " ".join(flat.shown[match.start("term") : match.end("term")].lower().split())
