"""A body's name as pages write it: what kinds of bodies it can mean, and the words that say of which unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ontology.agencies.bodies import Body, Form, bodies, forms
from ontology.agencies.grammar import read_at
from ontology.agencies.name_heads import Head, heads_at, misread_heads_at
from ontology.agencies.recognise import recognise
from ontology.agencies.words import office_titles
from ontology.folding import fold
from ontology.names import normalise, split_type

_BETWEEN = " ,;.:-"
_GROUP = re.compile(
    r"(?:cac|nhung|moi|tung|cap) (?:tinh|thanh pho|quan|huyen|thi xa|xa|phuong|thi tran|dac khu)(?!\w)"
)
"""Folded: what makes a name that of a group of bodies ("UBND các xã", "UBND cấp huyện")."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A name read as that of a kind of body: ``form`` is how it is written (None: only the grammar knows it); ``place``
    is what it says of the unit, '' where it says nothing; ``part``: a part of the body is named, not the body;
    ``misread``: the words before the unit's name only come near to a body's."""

    body: Body
    form: Form | None
    place: str
    part: bool = False
    misread: bool = False

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


def readings(name: str) -> Iterator[list[Reading]]:
    """The ways to read a name, those by the longest words before the unit first; none where no body begins it.

    The title of an office-holder before the name does not matter. Accents and case need not be right, but where there
    are accents they count. Last come the bodies whose
    names it only comes near to.
    """
    text = normalise(" ".join(name.split()))
    if not text:
        return
    found = heads_at(text)
    if not found and (title := office_titles().match(fold(text))):
        text = text[title.end() :].strip(_BETWEEN)
        found = heads_at(text)
    yield from _by_forms(text, found)
    if read := _by_grammar(text):
        yield read
    if not _is_known(text):
        yield from _by_forms(text, misread_heads_at(text), misread=True)


def _by_forms(text: str, found: Iterable[tuple[int, Head]], *, misread: bool = False) -> Iterator[list[Reading]]:
    for end, head in found:
        place = text[end:].strip(_BETWEEN)
        if not _GROUP.match(fold(place)):
            yield [Reading(bodies()[form.body], form, place, misread=misread) for form in head.forms]


def _by_grammar(text: str) -> list[Reading]:
    """The kinds of bodies of a name that no form of the table begins: a board of the body, its office or its standing
    committee is a part of it."""
    known = recognise(text)
    if known is None:
        return []
    _, _, around = text.partition(",")
    words = _joined(known.place or "", around)
    if known.parent:
        parent = normalise(known.parent)
        for group in _by_forms(parent, heads_at(parent)):
            return [replace(reading, place=_joined(reading.place, around), part=True) for reading in group]
    alike = [body for body in bodies().values() if body.kind == known.kind]
    heads = {body.id: {form.head for form in forms()[body.id]} for body in alike}
    named = [body for body in alike if any(known.canonical.startswith(f"{head} ") for head in heads[body.id])]
    return [Reading(body, None, words) for body in named]


def _is_known(text: str) -> bool:
    """Whether the grammar's closed lists have the name as it stands ("Sở Nông nghiệp"): then it is no other misread."""
    folded = fold(text)
    reading = read_at(text, folded, 0) if len(folded) == len(text) else None
    return reading is not None and reading.known


def _joined(place: str, around: str) -> str:
    """A place with the containing units behind it."""
    return ", ".join(part for part in (place, around.strip(_BETWEEN)) if part)
