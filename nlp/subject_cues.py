"""Cue words of subjects and what they weigh, without spaCy: the subject of a record's text, and of a title alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from typing import cast

import ahocorasick_rs

from nlp.data import table
from nlp.flat import Flat
from nlp.model import Subject
from ontology.agencies.words import same_spelling
from ontology.folding import fold

_TITLE_WEIGHT = 3.0
_FIRST_WEIGHT = 1.5
"""The first matter of a title says what is done ("khen thưởng ... trong công tác giải phóng mặt bằng")."""
LEAST = 3.0
"""What a title, or a text with a title that names no matter, must weigh."""
_NAMES_THE_ACCUSED: Subject = "denunciation"
_MOST_COUNTED = 3
DECIDES = "decides"
_PURPOSE = re.compile(
    r"(?<!\w)(?:de (?:thuc hien|giao|xay|phuc vu|lam|mo)|phuc vu|nham|(?:co )?thanh tich(?: xuat sac)? trong)(?!\w)"
)


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, str, float, str], ...]]:
    cues = tuple((row["cue"], row["subject"], float(row["weight"]), row["where"]) for row in table("subjects.csv"))
    return ahocorasick_rs.AhoCorasick([fold(cue) for cue, *_ in cues]), cues


@cache
def signs(sign: str) -> dict[str, tuple[str, str]]:
    """Folded form to subject and weight, of types, issuers or symbols."""
    return {
        fold(row["form"]): (row["subject"], row["weight"])
        for row in table("subject_signs.csv")
        if row["sign"] == sign
    }


def subject_of_title(title: str) -> Subject:
    """The subject that a title alone tells, of a listed record or of a file ("Đơn tố cáo ông ...", "Hồ sơ giải quyết
    tố cáo ..."): a type of document at its head that says it alone, else its words; ``other`` where they weigh too
    little. A type that tells no matter ("Giấy giới thiệu ...") does not outweigh the words, and nothing outweighs a
    denunciation: such a title names the accused, and is closed by this answer."""
    flat = Flat(title)
    heads = sorted(signs("type"), key=len, reverse=True)
    head = next((form for form in heads if re.match(rf"\s*{re.escape(form)}(?!\w)", flat.folded)), None)
    subject, weight = signs("type")[head] if head else ("other", "")
    if weight == DECIDES and subject != "other":
        return cast(Subject, subject)
    scores = weigh(flat, 0, len(flat.folded), title=True)
    if _NAMES_THE_ACCUSED in scores:
        return _NAMES_THE_ACCUSED
    if weight and weight != DECIDES:
        add(scores, {subject: float(weight)})
    return best(scores, LEAST) or "other"


def add(scores: dict[str, float], more: dict[str, float]) -> None:
    for subject, weight in more.items():
        scores[subject] = scores.get(subject, 0.0) + weight


def best(scores: dict[str, float], least: float) -> Subject | None:
    """The heaviest subject; None between equals."""
    ranked = sorted(scores.items(), key=lambda item: -item[1])[:2]
    if not ranked or ranked[0][1] < least:
        return None
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return None
    return cast(Subject, ranked[0][0])


def weigh(flat: Flat, start: int, end: int, *, title: bool) -> dict[str, float]:
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
        if (where == "title" and not title) or not spelt(flat.shown[start + begin : start + stop], cue):
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


def spelt(written: str, cue: str) -> bool:
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
