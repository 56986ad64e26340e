"""A body's name as pages write it: what kinds of bodies it can mean, and the words that say of which unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ontology.agencies.bodies import Body, Form, bodies, forms
from ontology.agencies.recognise import recognise
from ontology.agencies.words import agrees, office_titles
from ontology.folding import fold
from ontology.names import normalise, rows, split_type

_MARKS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")
_ABBREVIATION = re.compile(r"(?<!và) (?!và)")
_BETWEEN = " ,;.:-"
_GROUP = re.compile(
    r"(?:cac|nhung|moi|tung|cap) (?:tinh|thanh pho|quan|huyen|thi xa|xa|phuong|thi tran|dac khu)(?!\w)"
)
"""Folded: what makes a name that of a group of bodies ("UBND các xã", "UBND cấp huyện")."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A name read as that of a kind of body: ``form`` is how it is written (None: only the grammar knows it); ``place``
    is what it says of the unit, '' where it says nothing; ``part``: a part of the body is named, not the body."""

    body: Body
    form: Form | None
    place: str
    part: bool = False

    @property
    def unit_words(self) -> str:
        """The words that name the unit, with the type that the body's name implies ("Quận ủy Đống Đa": quận Đống Đa)."""
        implied = self.form.implied_type if self.form else None
        if implied is None or not self.place:
            return self.place
        own, _ = split_type(self.place.partition(",")[0])
        if own:
            return self.place
        plain = fold(self.place) == self.place.lower()  # accents decide for the whole name
        return f"{fold(implied) if plain else implied} {self.place}"


@dataclass(frozen=True, slots=True)
class _Head:
    """The words before the unit's name in some forms: folded, without marks; and as the table writes them."""

    folded: str
    written: str
    forms: tuple[Form, ...]


def readings(name: str) -> Iterator[list[Reading]]:
    """The ways to read a name, those by the longest words before the unit first; none where no body begins it.

    The title of an office-holder before the name does not matter. Accents and case need not be right, but where there
    are accents they count ("Sở" is no "Số").
    """
    text = normalise(" ".join(name.split()))
    if not text:
        return
    found = list(_by_forms(text))
    if not found and (title := office_titles().match(fold(text))):
        text = text[title.end() :].strip(_BETWEEN)
        found = list(_by_forms(text))
    yield from found
    if read := _by_grammar(text):
        yield read


def _by_forms(text: str) -> Iterator[list[Reading]]:
    words = [(fold(match.group()), match.end()) for match in _WORD.finditer(text)]
    accented = fold(text) != text.lower()
    tight = ""
    ends: dict[str, int] = {}
    for word, end in words:
        tight += word
        ends.setdefault(tight, end)
    found = []
    for tight, end in ends.items():
        for head in _heads().get(tight, ()):
            if _fits(text[:end], head, accented=accented):
                found.append((end, head))
    for end, head in sorted(found, key=lambda pair: -pair[0]):
        place = text[end:].strip(_BETWEEN)
        if _GROUP.match(fold(place)):
            continue
        yield [Reading(bodies()[form.body], form, place) for form in head.forms]


def _fits(written: str, head: _Head, *, accented: bool) -> bool:
    """Whether the accents are those of the words; a text without any agrees with all, and so do abbreviations in
    capitals or dots (their letters are compared one by one)."""
    if not accented:
        return True
    own, theirs = _spaced(written), _spaced(head.written)
    if head.written.isupper() or "." in head.written:
        return fold(own) != own.lower() or fold(theirs) == theirs.lower()
    return agrees(own, theirs) or _letters(own) == _letters(theirs)


def _spaced(text: str) -> str:
    return " ".join(_WORD.findall(normalise(text)))


def _letters(text: str) -> str:
    return normalise("".join(text.split())).lower()


@cache
def _heads() -> dict[str, tuple[_Head, ...]]:
    """What stands before the unit's name, without marks and accents → the forms that begin so."""
    grouped: dict[str, dict[str, list[Form]]] = {}
    for group in forms().values():
        for form in group:
            for written in _spellings(form.head):
                tight = _tight(written)
                grouped.setdefault(tight, {}).setdefault(_spaced(written).lower(), []).append(form)
    return {
        tight: tuple(_Head(tight, written, tuple(group)) for written, group in by_writing.items())
        for tight, by_writing in grouped.items()
    }


def _tight(text: str) -> str:
    return _MARKS.sub("", fold(text))


def _spellings(head: str) -> list[str]:
    """The head, and for a department's the abbreviations of its field ("Phòng TC-KH")."""
    first, _, field = head.partition(" ")
    return [head, *(f"{first} {short}" for short in _abbreviations().get(field, ()))]


@cache
def _abbreviations() -> dict[str, list[str]]:
    return {
        row["name"]: [short for short in _ABBREVIATION.split(row["abbreviations"]) if short]
        for row in rows("agency_domains.csv")
    }


def _by_grammar(text: str) -> list[Reading]:
    """The kinds of bodies of a name that no form of the table begins: a board of the body, its office or its standing
    committee is a part of it."""
    known = recognise(text)
    if known is None:
        return []
    _, _, around = text.partition(",")
    words = _joined(known.place or "", around)
    if known.parent:
        for group in _by_forms(normalise(known.parent)):
            return [replace(reading, place=_joined(reading.place, around), part=True) for reading in group]
    alike = [body for body in bodies().values() if body.kind == known.kind]
    heads = {body.id: {form.head for form in forms()[body.id]} for body in alike}
    named = [body for body in alike if any(known.canonical.startswith(f"{head} ") for head in heads[body.id])]
    return [Reading(body, None, words) for body in named]


def _joined(place: str, around: str) -> str:
    """A place with the containing units behind it."""
    return ", ".join(part for part in (place, around.strip(_BETWEEN)) if part)
