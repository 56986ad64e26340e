"""What a record is about, of the closed list of DESIGN.md §5, and its retention where the page states it.

An archivist looks at the title first, then at the type of document, the issuer and the symbol, and at the body last.
A few types say it alone, whatever their title (a complaint about land is a complaint). Cue words carry weights:
``nlp/data/subjects.csv``; those of ``other`` are matters that the closed list has no word for (fire safety, reports on
everything), so that a word in passing does not decide. Types, issuers and symbols: ``nlp/data/subject_signs.csv``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from spacy.language import Language as _Language

from nlp.flat import Flat, flat_of
from nlp.model import Extraction, Subject
from nlp.retention import retention_of
from nlp.subject_cues import DECIDES, LEAST, add, best, signs, subject_of_title, weigh
from ontology.folding import fold

__all__ = ["SubjectKind", "make", "subject_of", "subject_of_title"]

if TYPE_CHECKING:
    from spacy.language import Language

_LEAST_UNTOLD = 5.0
"""What the body must weigh against a title that names no matter of the list."""
_BODY_REACH = 6000
_SILENT = frozenset({"recipients", "signature", "stamp", "incoming_stamp", "digital_signature"})
_TITLE_WORDS = 4
"""A title of fewer words ("(Bản chính)", "của công dân") names no matter."""
_SYMBOL_PART = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)?")


class SubjectKind:
    """Reads title, type and body; fills ``subject`` and ``retention``."""

    def __call__(self, doc: Any) -> Any:
        """Fill in place."""
        extraction: Extraction = doc._.extraction
        if extraction.secrecy is None and extraction.text:
            flat = flat_of(doc)
            extraction.subject = subject_of(flat, extraction)
            extraction.retention = retention_of(extraction.text, extraction.zones)
        return doc


@_Language.factory("hoso_subject")
def make(nlp: Language, name: str) -> SubjectKind:
    """The factory of the component."""
    return SubjectKind()


def subject_of(flat: Flat, extraction: Extraction) -> Subject:
    """The subject that type, title, issuer, symbol and body point to, in that order; ``other`` where all weigh too
    little."""
    of_type, weight = signs("type").get(fold(extraction.type or ""), ("other", ""))
    if weight == DECIDES:
        return cast(Subject, of_type)
    scores = _signed(extraction)
    if weight:
        add(scores, {of_type: float(weight)})
    told = False
    if abstract := extraction.zone("abstract"):
        add(scores, weigh(flat, flat.forth(abstract.start), flat.forth(abstract.end), title=True))
        told = len(flat.text[abstract.start : abstract.end].split()) >= _TITLE_WORDS
    if sure := best(scores, LEAST):
        return sure
    for start, end in _speaking(flat, extraction):
        add(scores, weigh(flat, start, end, title=False))
    return best(scores, _LEAST_UNTOLD if told else LEAST) or "other"


def _signed(extraction: Extraction) -> dict[str, float]:
    """What the issuer's name and the parts of the symbol say."""
    scores: dict[str, float] = {}
    issuer = fold(extraction.issuer or "")
    for form, (subject, weight) in signs("issuer").items():
        if issuer.startswith(form):
            scores[subject] = max(scores.get(subject, 0.0), float(weight))
    for part in _SYMBOL_PART.findall(fold(extraction.number or "")):
        if known := signs("symbol").get(part):
            add(scores, {known[0]: float(known[1])})
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
