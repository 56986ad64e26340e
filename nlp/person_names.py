"""Names of persons: their syllables and surnames, and where a name ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from nlp.data import column, table
from nlp.flat import Flat
from nlp.letters import LOWER, UPPER
from ontology.agencies.places import is_unit_name
from ontology.agencies.words import hard_stops
from ontology.folding import fold

WORD = rf"(?:[HK][’'])?[{UPPER}][{LOWER}’']{{0,6}}"
"""A syllable of a name, a pattern; H'Hen and K'Brơi are names of the Central Highlands."""
NAME = re.compile(rf"{WORD}(?: {WORD}){{1,4}}(?![{LOWER}\w])")
_HIGHLAND = re.compile(rf"[HK][’'][{UPPER}][{LOWER}]+(?: {WORD}){{0,3}}(?![{LOWER}\w])")
_CAPITAL_NAME = re.compile(rf"[{UPPER}]{{2,7}}(?: [{UPPER}]{{1,7}}){{1,4}}(?![{LOWER}\w])")
_TITLES = frozenset({"Ông"})
"""Titles that are surnames too."""
_ROMAN = re.compile(r"[IVXL]+")
_SIGNS_BEHIND = re.compile(rf" (?:số )?(?:(?P<number>\d)|(?P<name>[{UPPER}]))")
"""A number or a name, which makes the word before it that of a place: "Nguyễn Thị Hoa Xóm 5"."""
_FOLLOWING = re.compile(r"[ ,/(]{1,2}(\w+)")
_GOES_ON = re.compile(rf" ?(?::|(?!(?:về|và|với|đã|có|được|do|cho|đến|của|thì|không)\b)[{LOWER}])")
"""Behind the first word of a new field ("Cư trú tại"): not the words with which a sentence goes on behind a name."""
_FULL_LINE = 55
"""Characters of a line that was broken because it was full."""
_TWO = 2
_WHOLE = 3
"""Words of a name behind which the word of a place begins what follows."""
_MISREAD: Final = 3
"""Letters from which a surname with one misread letter is still known."""


@cache
def surnames() -> frozenset[str]:
    """All surnames."""
    return frozenset(column("surnames.csv", "surname"))


@cache
def common_surnames() -> frozenset[str]:
    """The surnames of nine in ten."""
    return frozenset(row["surname"] for row in table("surnames.csv") if row["common"])


@cache
def folded_surnames() -> frozenset[str]:
    """All surnames without accents."""
    return frozenset(fold(name) for name in surnames())


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the flat text."""

    start: int
    end: int
    role: str


def is_surname(word: str) -> bool:
    """Whether a word, with its accents or with none at all, is a surname."""
    if word[1:2] in {"'", "’"}:
        return True
    if word.isupper():
        return fold(word) in folded_surnames()
    return word in surnames() or (fold(word) == word.lower() and word.lower() in folded_surnames())


@cache
def _tail_words() -> dict[str, frozenset[str]]:
    """Words that begin what follows a name; those that are given names too only before the words named with them
    (``#``: a number, ``A``: a name)."""
    return {
        row["word"]: frozenset(_BEHIND.get(word) or fold(word) for word in row["before"].split())
        for row in table("name_ends.csv")
    }


_BEHIND = {"#": "number", "A": "name"}


@cache
def _named_after() -> re.Pattern[str]:
    """Words before a name that is that of a place, a school or a prize."""
    words = "|".join(sorted(map(fold, column("named_after.csv", "word")), key=len, reverse=True))
    return re.compile(rf"(?:{words})[ .:\"“]{{1,3}}$")


@cache
def never() -> frozenset[str]:
    """Names that mean no person of the record."""
    return frozenset(column("not_people.csv", "name"))


@cache
def _titles() -> re.Pattern[str]:
    titles = sorted((fold(title) for title in column("positions.csv", "title")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, titles))})(?!\w)")


def name_at(
    shown: str,
    folded: str,
    position: int,
    *,
    strong: bool,
    capitals: bool = False,
    in_form: bool = False,
    behind_body: bool = False,
) -> int | None:
    """Where the name ends that begins at ``position``; None when no surname stands there. ``in_form``: the label of a
    name stands before it; ``behind_body``: what stands before it is a body's name, not the word of a place or a
    school."""
    match = NAME.match(shown, position) or _HIGHLAND.match(shown, position)
    if match is None:
        match = _CAPITAL_NAME.match(shown, position)
        if match is None or not (capitals or strong) or not (in_form or _is_common(match.group())):
            return None
    words = match.group().split(" ")
    if words[0] in _TITLES and len(words) > 2 and is_surname(words[1]):
        return None
    if not is_surname(words[0]) or _titles().match(folded, position):
        return None
    if not behind_body and _named_after().search(folded[max(0, position - 16) : position]):
        return None
    for count in range(_WHOLE, len(words) - 1):
        if "name" in _tail_words().get(words[count], ()):
            words = words[:count]  # "Nguyễn Thị Hoa Xóm Đông": the place's name is not the person's
            break
    while len(words) > 2 and _ends_before(words, shown, folded, position):
        words.pop()
    name = " ".join(words)
    if _ends_before(words, shown, folded, position) or name in never() or _is_other(name, words):
        return None
    return position + len(name)


def _next_word(folded: str, position: int) -> str:
    match = _FOLLOWING.match(folded, position)
    return match.group(1) if match else ""


def _is_common(name: str) -> bool:
    """Whether a name in capitals begins with a common surname: rare ones are words too ("PHẦN", "VIỆT")."""
    return name.split(" ", maxsplit=1)[0].capitalize() in common_surnames()


def _ends_before(words: list[str], shown: str, folded: str, position: int) -> bool:
    """Whether the last word with a capital begins what follows the name: "Nguyễn Văn A Giám đốc", "PHẠM THỊ B TẠI".
    The word behind it tells: "Lê Văn Quyết" is a name, "Lê Văn A Quyết định" goes on, "Lê Văn Thôn" does not."""
    if words[-1].lower() in hard_stops():
        return True
    before = _tail_words().get(words[-1])
    if not before:
        return before is not None
    end = position + len(" ".join(words))
    signs = _SIGNS_BEHIND.match(shown, end)
    return _next_word(folded, end) in before or (signs is not None and signs.lastgroup in before)


def _is_other(name: str, words: list[str]) -> bool:
    """Two words that rather are a place with a rare surname's letters ("Sơn Đông"), or a heading ("Chương I")."""
    if len(words) != _TWO or words[0] in common_surnames():
        return False
    return _ROMAN.fullmatch(words[1]) is not None or is_unit_name(name, fold(name))


def within_line(flat: Flat, start: int, end: int) -> int:
    """Where the name ends if what stands on the next line begins a new field: "Tôi là Lê Văn A / Cư trú tại ...".
    Only a line that was not full ends so."""
    for count, match in enumerate(re.finditer(" ", flat.shown[start:end]), 1):
        gap = start + match.start()
        if count > 1 and flat.broken(gap, gap + 1) and _GOES_ON.match(flat.shown, end):
            return gap if gap - flat.line_start(start) < _FULL_LINE else end
    return end


@lru_cache(maxsize=4096)
def nearly_surname(word: str) -> bool:
    """Whether it is a surname, or a common one without its accents or with a letter misread: wider than
    :func:`is_surname`, for what something else judges too. In capitals common ones alone: rare ones are words too
    ("PHẦN", "VIỆT")."""
    if word in surnames():
        return True
    bare = fold(word)
    return bare in _folded_common() or (
        len(bare) >= _MISREAD
        and any(
            len(name) >= _MISREAD and Levenshtein.distance(bare, name, score_cutoff=1) <= 1
            for name in _folded_common()
        )
    )


@cache
def _folded_common() -> tuple[str, ...]:
    return tuple(fold(name) for name in common_surnames())
