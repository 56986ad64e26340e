"""Projects and public works by name: "dự án xây dựng Khu đô thị mới Mỹ Đình - Mễ Trì" (PRACTICE.md §2: all papers of a
project are asked for). Opening and ending words: ``nlp/data/project_words.csv``.

A project is named by a quotation, or by words of building that hold a proper name; "các dự án nâng cấp, cải
tạo" names none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import Any

from spacy.language import Language

from nlp.data import table
from nlp.flat import Flat, flat_of
from nlp.model import Extraction, ProjectMention
from ontology.folding import fold

_CUE = re.compile(r"\b(?:tieu )?(?:du an|cong trinh)(?: thanh phan)?(?: so \d{1,2})?\s?:?\s?")
_QUOTED = re.compile(r"[“\"«]\s?(?P<name>[^“”\"«»\n]{8,220}?)\s?[”\"»]")
_STOP = re.compile(r"[;:()\n“”\"]|\.(?!\d)|,")
_BODY = frozenset({"can cu", "xet de", "xet to", "theo de", "dieu 1."})
_LONGEST = 240
_MOST_WORDS = 32
_FEWEST_WORDS = 3


class Projects:
    """Fills ``projects``."""

    def __call__(self, doc: Any) -> Any:
        """Fill in place, in order of the text."""
        extraction: Extraction = doc._.extraction
        if extraction.text:
            extraction.projects = list(projects(flat_of(doc)))
        return doc


@Language.factory("hoso_projects")
def make(nlp: Language, name: str) -> Projects:
    """The factory of the component."""
    return Projects()


def projects(flat: Flat) -> Iterator[ProjectMention]:
    """The projects that a flat text names, with offsets in its text."""
    for cue in _CUE.finditer(flat.folded):
        quoted = _QUOTED.match(flat.shown, cue.end()) if "du an" in cue.group() else None
        if quoted:
            start, end = quoted.span("name")
        else:
            start, end = cue.end(), _end(flat, cue.end())
            if not _opens().match(flat.shown, start) or not _is_proper(flat.shown[start:end]):
                continue
        name = " ".join(flat.shown[start:end].split()).rstrip(" ,-–")
        if name and len(name.split()) >= _FEWEST_WORDS:
            first, last = flat.span(start, end)
            surface = flat.surface(first, last)
            yield ProjectMention(surface, first, last, name[:1].upper() + name[1:])


def _end(flat: Flat, start: int) -> int:
    """Where the name ends: at a sign or a word that goes on with the sentence. A comma before another word of building
    belongs to it ("cải tạo, nâng cấp đường ...")."""
    limit = min(len(flat.folded), start + _LONGEST)
    here = start
    while (stop := _STOP.search(flat.folded, here, limit)) and stop.group() == ",":
        following = _opens().match(flat.shown, stop.end() + 1)
        if following is None or flat.shown[stop.end() + 1 : stop.end() + 2].isupper():
            break
        here = following.end()
    end = stop.start() if stop else limit
    word = _ends().search(flat.shown, start, end)
    end = _paragraph(flat, start, word.start() if word else end)
    words = re.finditer(r"\S+", flat.shown[start:end])
    spans = [match.end() for _, match in zip(range(_MOST_WORDS), words, strict=False)]
    return start + spans[-1] if spans else start


def _paragraph(flat: Flat, start: int, end: int) -> int:
    """Where the paragraph ends within a stretch: at a line that begins in capitals, or with a number."""
    first = bisect_left(flat.breaks, start)
    for place in flat.breaks[first : bisect_left(flat.breaks, end)]:
        following = flat.shown[place + 1 : place + 40].split(" ")
        if len(following) > 1 and (following[0][:1].isdigit() or (following[0] + following[1]).isupper()):
            return place
        if fold(" ".join(following[:2])) in _BODY:
            return place
    return end


def _is_proper(name: str) -> bool:
    """Whether a name holds a proper one: a capital after its first word. All capitals tell nothing."""
    return not name.isupper() and any(word[:1].isupper() for word in name.split()[1:])


@cache
def _words(role: str) -> list[str]:
    return sorted((row["word"] for row in table("project_words.csv") if row["role"] == role), key=len, reverse=True)


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_words('opens'))})\b", re.IGNORECASE)


@cache
def _ends() -> re.Pattern[str]:
    """With their accents: "đô thị" is no "do", "chợ" no "cho"."""
    return re.compile(rf"(?<= )(?:{'|'.join(_words('ends'))})\b")
