"""What stands before the unit's name in the names of bodies ("Ủy ban nhân dân", "Phòng TC-KH"), as written and as
misread."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain, product

from ontology.agencies.bodies import Form, cell, forms
from ontology.agencies.own import OwnTable, own_table
from ontology.agencies.words import agrees
from ontology.folding import fold
from ontology.names import normalise, rows

WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r" và | - |, ")
_ABBREVIATION = re.compile(r"(?<!và) (?!và)")

_DIVISION, _LETTER = "Phòng", "P"
"""The word that begins the names of a district's departments, and how tables shorten it ("P. Nội vụ")."""

_LONGEST_HEAD = 120
"""Letters of a head at most (the longest of the package's tables has 40)."""

_LETTERS_A_SLIP = 6
"""Letters of a head for each letter that may be misread in it: a shorter one is another word with any letter changed."""
_MOST_SLIPS = 3
_NEAREST = 4
"""Misread heads that are tried."""


@dataclass(frozen=True, slots=True)
class Head:
    """The words before the unit's name in some forms: ``tight`` are their letters, folded; ``acronym``: capitals alone."""

    tight: str
    written: str
    acronym: bool
    forms: tuple[Form, ...]

    @property
    def bears(self) -> int:
        """How many of its letters can be misread."""
        short = self.acronym or self.written.startswith(f"{_LETTER} ")
        return 0 if short else min(len(self.tight) // _LETTERS_A_SLIP, _MOST_SLIPS)


def heads_at(text: str) -> list[tuple[int, Head]]:
    """The heads that begin the text, whole words of it, each with where it ends; the longest first. Accents count, but
    in a text without any; spaces and marks do not."""
    accented = fold(text) != text.lower()
    found = []
    seen: set[str] = set()
    tight, known = "", _heads()
    for word in WORD.finditer(text):
        tight += fold(word.group())
        if len(tight) > _LONGEST_HEAD:
            break
        for head in known.get(tight, ()) if tight not in seen else ():
            if not accented or _agrees(text[: word.end()], head):
                found.append((word.end(), head))
        seen.add(tight)
    return sorted(found, key=lambda pair: -pair[0])


def misread_heads_at(text: str) -> list[tuple[int, Head]]:
    """The heads that the beginning of the text comes nearest to, where none begins it, each with where it ends: letters
    misread, lost or joined to the next word ("Ủy bna nhân dânphường ..."). The nearest first, then the longest."""
    from rapidfuzz.distance import Levenshtein

    letters = [(fold(char), at + 1) for at, char in enumerate(text) if char.isalnum()]
    spelt = "".join(letter for letter, _ in letters)
    found: list[tuple[int, int, int, Head]] = []
    for head in (head for group in _heads().values() for head in group if head.bears):
        length = len(head.tight)
        costs = [
            (
                Levenshtein.distance(head.tight, spelt[:end], score_cutoff=head.bears),
                not _at_edge(text, letters, end),
                end,
            )
            for end in range(max(1, length - head.bears), min(len(spelt), length + head.bears) + 1)
        ]
        cost, _, end = min(costs, default=(head.bears + 1, True, 0))
        if cost <= head.bears:
            found.append((cost, -length, letters[end - 1][1], head))
    found.sort(key=lambda one: one[:3])
    return [(end, head) for _, _, end, head in found[:_NEAREST]]


def _at_edge(text: str, letters: list[tuple[str, int]], end: int) -> bool:
    """Whether a word of the text ends with that many of its letters."""
    position = letters[end - 1][1]
    return not text[position : position + 1].isalnum()


def _agrees(written: str, head: Head) -> bool:
    own, theirs = _spaced(written), head.written
    if head.acronym and own.isupper():
        return True
    return agrees(own, theirs) or _joined(own) == _joined(theirs)


def _spaced(text: str) -> str:
    return " ".join(WORD.findall(normalise(text)))


def _joined(text: str) -> str:
    return normalise("".join(text.split())).lower()


def _heads() -> dict[str, tuple[Head, ...]]:
    """Folded letters → the heads that have them."""
    return _heads_of(own_table())


@lru_cache(maxsize=4)
def _heads_of(_own: OwnTable) -> dict[str, tuple[Head, ...]]:
    grouped: dict[str, dict[str, list[Form]]] = {}
    for form in (form for group in forms().values() for form in (*group, *_of_organs(group))):
        for written in _spellings(form.head):
            spaced = _spaced(written)
            grouped.setdefault(fold(spaced).replace(" ", ""), {}).setdefault(spaced, []).append(form)
    return {
        tight: tuple(Head(tight, written, written.isupper(), tuple(group)) for written, group in by_writing.items())
        for tight, by_writing in grouped.items()
    }


def _of_organs(group: Iterable[Form]) -> list[Form]:
    """The forms with the organs before them that act for the body ("BTV Đoàn phường", ``agencies_organs.csv``): pages put
    them before every name of it, which are no names of its own to be listed."""
    return [
        replace(form, style="organ", text=f"{organ} {form.text}")
        for form in group
        if form.style in ("full", "short")
        for organ in _organs().get(form.body, ())
    ]


@cache
def _organs() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows("agencies_organs.csv"):
        for body in cell(row["bodies"]):
            found.setdefault(body, []).append(row["organ"])
    return found


def _spellings(head: str) -> list[str]:
    """The head, and for a department's the abbreviations of its field ("Phòng TC-KH"); with "và" between two words of it
    written as a mark or left out ("&", "-": marks do not count), and the other way about; "P." for its first word."""
    first, _, field = head.partition(" ")
    found = [head, *(f"{first} {short}" for short in (*_abbreviations().get(field, ()), *_in_part(field)))]
    found += [spelling.replace("&", " và ") for spelling in found if "&" in spelling]
    found += [spelling.replace(" và ", " ") for spelling in found if " và " in spelling]
    found += [head.replace(" - ", " và ")]
    found += [f"{_LETTER} {spelling.partition(' ')[2]}" for spelling in found if first == _DIVISION]
    return list(dict.fromkeys(found))


def _in_part(field: str) -> list[str]:
    """A department's field with some of its parts in letters, as pages mix them ("Nông nghiệp và PTNT", "Lao động -
    TBXH"); none of what is no such field."""
    if field not in _abbreviations():
        return []
    marks, parts = _PARTS.findall(field), _PARTS.split(field)
    ways = [(part, "".join(word[0] for word in part.split()).upper()) for part in parts]
    mixed = [mix for mix in product(*ways) if any(map(str.isupper, mix)) and not all(map(str.isupper, mix))]
    return ["".join(chain.from_iterable(zip(mix, [*marks, ""], strict=True))) for mix in mixed]


@cache
def _abbreviations() -> dict[str, list[str]]:
    return {
        row["name"]: [short for short in _ABBREVIATION.split(row["abbreviations"]) if short]
        for row in rows("agency_domains.csv")
    }
