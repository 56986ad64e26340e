"""The names of acts: type words before a number, titles of laws that have none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from nlp.data import table
from nlp.letters import LOWER, UPPER
from ontology.folding import fold

_LEAST_LIKENESS = 78.0
"""Of a type word that a scan damaged, next to "số": "Quyét dịnh" folds alike, "Quyểi định" is like enough."""

_LAW_STOP = re.compile(
    r"\s?(?:ngay\s?\d|so\s?\d|so:|nam\s(?:19|20)\d\d|duoc\s|da\sduoc\s|hien\shanh|va\scac\s|[;.:()“”\"\n]|,\s(?:luat|bo luat|phap lenh)\s"
    r"|va\s(?:luat|nghi dinh|thong tu|quyet dinh|phap lenh)\s(?:so|ngay))"
)
_AMENDING_LAW = re.compile(r"luat\s(?:sua doi|bo sung|sua đoi)")
_LAW_WORD = re.compile(r"(?<!\w)(?:bo luat|luat|phap lenh|hien phap)(?!\w)")
_LONGEST_TITLE = 320
_STOP_LENGTH = 40
"""Characters that a stop can have, so that one at the end of the longest title is seen whole."""


@dataclass(frozen=True, slots=True)
class Law:
    """A law cited by its title: kind ("Luật"), title as written, where it stands in the flat text."""

    kind: str
    title: str | None
    start: int
    end: int


@cache
def types_by_folded() -> dict[str, str]:
    """Folded type name to the well-written one, longest names first."""
    names = sorted({row["name"] for row in table("act_types.csv")}, key=len, reverse=True)
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(fold(name), name)
    return found


@cache
def acting_types() -> frozenset[str]:
    """Types of acts that can amend, replace or repeal others."""
    return frozenset(row["name"] for row in table("act_types.csv") if row["effects"])


@cache
def _type_before() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in types_by_folded())
    return re.compile(
        rf"(?<!\w)(?P<type>{names})(?P<review>\stham (?:tra|dinh))?\s?(?:so|:\s?so)?\s?[:.]?\s?$",
    )


_SO_BEFORE = re.compile(r"(?P<words>(?:\w+\s){1,3})so\s?[:.]?\s?$")


def type_before(folded: str, position: int) -> tuple[str, int] | None:
    """The type word (with "số") that ends at ``position``, and where it begins; damaged words count before "số"."""
    window = folded[max(0, position - 48) : position]
    offset = max(0, position - 48)
    if match := _type_before().search(window):
        name = types_by_folded()[match.group("type")]
        if review := match.group("review"):
            name = f"{name} thẩm {'tra' if review.endswith('tra') else 'định'}"
        return name, offset + match.start()
    if match := _SO_BEFORE.search(window):
        words = match.group("words").split()
        for count in (2, 3, 1):
            if len(words) < count:
                continue
            phrase = " ".join(words[-count:])
            best = process.extractOne(
                phrase, types_by_folded().keys(), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS
            )
            if best and abs(len(best[0]) - len(phrase)) <= 2 and len(phrase) > 6:
                return types_by_folded()[best[0]], offset + window.rindex(words[-count])
    return None


@cache
def _titles() -> re.Pattern[str]:
    titles = sorted((fold(row["title"]) for row in table("laws.csv")), key=len, reverse=True)
    spaced = "|".join(re.escape(title).replace(r"\ ", " ") for title in titles)
    return re.compile(rf"(?:{spaced})(?!\w)")


_CAPITAL_WORDS = re.compile(
    rf"[{UPPER}][{LOWER}]*(?:\s[{LOWER}]+)?(?:(?:,|\svà)?\s[{UPPER}][{LOWER}]*(?:\s[{LOWER}]+)?)*"
)


def laws(shown: str, folded: str) -> list[Law]:
    """Every law, code, ordinance or constitution named by its title, in order. A law that amends others is one:
    the laws in its title are not cited by themselves."""
    found: list[Law] = []
    until = 0
    for match in _LAW_WORD.finditer(folded):
        start = match.start()
        if start < until or not shown[start].isupper():
            continue
        kind = {"luat": "Luật", "bo luat": "Bộ luật", "phap lenh": "Pháp lệnh", "hien phap": "Hiến pháp"}[
            match.group()
        ]
        end = _law_end(shown, folded, start, match.end())
        if end is None:
            continue
        until = end
        title = shown[start:end] if end > match.end() else None
        found.append(Law(kind, title, start, end))
    return found


def _law_end(shown: str, folded: str, start: int, word_end: int) -> int | None:
    """Where the title ends: None where the word names no law ("Luật sư", "Luật này")."""
    if folded.startswith(("luat nay", "luat su ", "luat gia "), start) and shown[start + 5].islower():
        return None
    if folded.startswith("hien phap", start):
        return word_end
    if _AMENDING_LAW.match(folded, start):
        limit = min(len(folded), start + _LONGEST_TITLE + _STOP_LENGTH)
        stop = _LAW_STOP.search(folded, word_end, limit)
        end = stop.start() if stop else limit
        return end if end - start <= _LONGEST_TITLE else None
    if known := _titles().match(folded, start):
        return known.end()
    stop = _LAW_STOP.match(folded, word_end)
    if stop:  # "Luật số 87/2025/QH15"
        return word_end if folded.startswith(("so", " so"), stop.start()) else None
    words = _CAPITAL_WORDS.match(shown, word_end + 1)
    if words is None or word_end >= len(shown) or shown[word_end] != " ":
        return None
    stop = _LAW_STOP.search(folded, word_end, min(len(folded), start + _LONGEST_TITLE + _STOP_LENGTH))
    if (
        stop
        and stop.start() - start < _LONGEST_TITLE
        and folded[stop.start() :].lstrip()[:4].startswith(("ngay", "so", "nam"))
    ):
        return stop.start()
    return words.end()
