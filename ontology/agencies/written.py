"""A body's name as pages write it: what kinds of bodies it can mean, and the words that say of which unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from ontology.agencies.below import Below, below_at
from ontology.agencies.bodies import Body, Form, bodies, forms
from ontology.agencies.grammar import read_at
from ontology.agencies.name_heads import WORD, Head, heads_at, misread_heads_at
from ontology.agencies.places import is_unit_name
from ontology.agencies.recognise import behind, read_name
from ontology.agencies.words import office_titles
from ontology.folding import fold
from ontology.names import normalise, rows, split_type

_BETWEEN = " ,;.:-"
_AROUND = f"{_BETWEEN}–—()[]/"
_OFFICES = frozenset({"division", "department", "office", "inspectorate", "centre"})
"""Kinds of bodies that work for a people's committee."""
_OF = re.compile(r"^(?:trực thuộc|thuộc|của|truc thuoc|thuoc|cua)\s+(?=\S)", re.IGNORECASE)
_TERM = re.compile(
    r"[\s,(–-]*(?<!\w)(?:kh[óo][aá]|khoá|nhiệm kỳ|nhiem ky|năm|nam)(?: thứ| thu)? (?:[ivxlc]+|\d+)(?:\s*[-–]\s*\d{4})?(?!\w)\)?",
    re.IGNORECASE,
)
"""A body's term, or the year that is meant."""
_GROUP = re.compile(
    r"(?:cac|nhung|moi|tung|cap) (?:tinh|thanh pho|quan|huyen|thi xa|xa|phuong|thi tran|dac khu)(?!\w)"
)
"""Folded: what makes a name that of a group of bodies ("UBND các xã", "UBND cấp huyện")."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A name read as that of a kind of body: ``form`` is how it is written (None: only the grammar knows it); ``place``
    is what it says of the unit, '' where it says nothing; ``part``: a part of the body is named, not the body;
    ``misread``: the words before the unit's name only come near to a body's; ``below``: the name of a body below this
    one, which is the one named ("Chi bộ 9"), and ``levels`` those of the unit that this one is of where not that named
    ('' and empty: neither); ``unread``: words of the name that are neither the body's nor the unit's."""

    body: Body
    form: Form | None
    place: str
    part: bool = False
    misread: bool = False
    below: str = ""
    levels: frozenset[str] = frozenset()
    unread: str = ""

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


def by_forms(name: str) -> Iterator[list[Reading]]:
    """The ways to read a name as one of the table's, those by the longest words before the unit first; none where no
    body of the table begins it.

    The title of an office-holder before the name does not matter. Accents and case need not be right, but where there
    are accents they count.
    """
    text, found = _begun(name)
    yield from _by_forms(text, found)


def by_below(name: str) -> Iterator[list[Reading]]:
    """The ways to read a name as that of a body below one of the table's ("Chi bộ 9 phường Cửa Nam")."""
    for cut in _cuts(_well_written(name)):
        above = [
            replace(reading, below=cut.name)
            for group in _by_forms(cut.rest, heads_at(cut.rest))
            for reading in group
            if reading.body.id in cut.kind.of
        ]
        if not above and cut.may_be_unit:
            of, levels = (bodies()[body] for body in cut.kind.of), cut.kind.levels
            above = [Reading(body, None, cut.rest, below=cut.name, levels=levels) for body in of]
        if above:
            yield above


def _owner(place: str) -> tuple[frozenset[str], str]:
    """The kinds of bodies whose name stands where the unit's should, and what is behind it ("Chi bộ | Công an | phường
    Cửa Nam"): names of units are read through a body's, so it would be lost. Mostly none, and all of it."""
    owner = _OF.sub("", place)
    near = owner.partition(",")[0]
    type_, bare = split_type(near)
    before = near.removesuffix(bare).strip(_BETWEEN)
    found = heads_at(before) if before else []
    if not (found or type_) and (found := heads_at(near)) and (found[0][0] < len(near) or _is_unit(near)):
        found = []
    if not found:
        return frozenset(), owner if split_type(owner)[0] else place
    end, _ = found[0]
    return frozenset(form.body for _, head in found for form in head.forms), owner[end:].strip(_BETWEEN)


def _is_unit(bare: str) -> bool:
    """Whether a name without type word is that of some unit."""
    return is_unit_name(bare, fold(bare))


def _is_office_of(body: str, owners: frozenset[str]) -> bool:
    """Whether a body is one that its committee's name may stand beside ("Phòng Kinh tế UBND quận Ba Đình")."""
    return bodies()[body].kind in _OFFICES and any(bodies()[owner].family == "committee" for owner in owners)


def _cuts(text: str) -> list[Below]:
    """The ways to cut the name of a body below another; the title of an office-holder before it does not matter."""
    found = list(below_at(text))
    if not found and (title := office_titles().match(fold(text))):
        return list(below_at(text[title.end() :].strip(_BETWEEN)))
    return found


def by_grammar(name: str) -> Iterator[list[Reading]]:
    """The ways to read a name that the table's forms do not: as the grammar has it, and as that of a body which it only
    comes near to."""
    text, _ = _begun(name)
    if read := _by_grammar(text):
        yield read
    if text and not _is_known(text):
        yield from _by_forms(text, misread_heads_at(text), misread=True)


def by_owner_first(name: str) -> Iterator[list[Reading]]:
    """The ways to read a name that begins with the body above the one that it names, as the lines of a letterhead do
    ("UBND quận Đống Đa - Phòng Tư pháp", "Công an quận Đống Đa (Đội Cảnh sát giao thông)")."""
    text, _ = _begun(name)
    read = read_name(text)
    if read is None or not (rest := text[read.end :].strip(_AROUND)):
        return
    own, _, around = rest.partition(",")
    turned = _joined(f"{own.strip(_AROUND)} {text[read.start : read.end]}", around)
    for group in chain(_by_forms(turned, heads_at(turned)), by_below(turned)):
        if named := [reading for reading in group if reading.form]:
            yield named


def readings(name: str) -> Iterator[list[Reading]]:
    """All ways to read a name as that of a body itself, or of a part of it, the surest first."""
    yield from by_forms(name)
    yield from by_grammar(name)


def _well_written(name: str) -> str:
    return normalise(" ".join(name.split()))


def _begun(name: str) -> tuple[str, list[tuple[int, Head]]]:
    """The name, without the title of an office-holder, and the heads that begin it."""
    text = _well_written(name)
    found = heads_at(text)
    if not found and (title := office_titles().match(fold(text))):
        rest = text[title.end() :].strip(_BETWEEN)
        for start in (word.start() for word in reversed(list(WORD.finditer(text[: title.end()])))):
            if not heads_at(rest) and (found := heads_at(text[start:])):
                return text[start:], found  # "Trưởng phòng Nội vụ": a word of the title is the body's too
        text, found = rest, heads_at(rest)
    return text, found


def _by_forms(text: str, found: Iterable[tuple[int, Head]], *, misread: bool = False) -> Iterator[list[Reading]]:
    for end, head in found:
        place, terms = _without_terms(text[end:].strip(_BETWEEN))
        if _GROUP.match(fold(place)):
            continue
        owners, rest = _owner(place)
        fitting = [form for form in head.forms if not owners or _is_office_of(form.body, owners)]
        if fitting:
            kinds = bodies()
            yield [
                Reading(kinds[form.body], form, unit, misread=misread, unread=terms)
                for form in fitting
                for unit in _under_each_type(rest)
            ]


def _without_terms(place: str) -> tuple[str, str]:
    """A place without the term or year of the body's that is given with it ("khóa XI quận Đống Đa", "quận Đống Đa nhiệm
    kỳ 2016 - 2021"), and these words."""
    terms = [match.group().strip(f"{_AROUND} ") for match in _TERM.finditer(place)]
    return (_TERM.sub(" ", place).strip(_AROUND), " ".join(terms)) if terms else (place, "")


def _under_each_type(place: str) -> list[str]:
    """The names of a unit that is given under two types ("xã, phường Dịch Vọng"); mostly the one name."""
    match = _two_types().match(place)
    if match is None or fold(match["one"]) == fold(match["other"]):
        return [place]
    return [f"{match[which]} {match['name']}" for which in ("other", "one")]


@cache
def _two_types() -> re.Pattern[str]:
    types = "|".join(re.escape(row["type"]) for row in rows("unit_types.csv"))
    between = r"\s*(?:,|/|\(|-|–|\bvà\b|\bhoặc\b)\s*"
    return re.compile(rf"(?P<one>{types}){between}(?P<other>{types})\)?\s+(?P<name>\w.*)", re.IGNORECASE)


def _by_grammar(text: str) -> list[Reading]:
    """The kinds of bodies of a name that no form of the table begins, or that goes on behind the unit: a board of the
    body, its office or its standing committee is a part of it. Words that tell nothing of body and unit are kept as
    ``unread``."""
    read = read_name(text)
    if read is None:
        return []
    known = read.agency
    around, unread = behind(text[read.end :])
    if known.parent:
        parent = normalise(known.parent)
        for group in chain(_by_forms(parent, heads_at(parent)), by_below(parent)):
            return [
                replace(reading, place=_joined(reading.place, around), part=True, unread=unread) for reading in group
            ]
    found = []
    for body in bodies().values():
        if body.kind != known.kind:
            continue
        # what stands between the head and the unit makes it another body: "Sở Y tế dự phòng" is no "Sở Y tế"
        if _without(known.canonical, known.place or "") in {form.head for form in forms()[body.id]}:
            found.append(Reading(body, None, _joined(known.place or "", around), unread=unread))
    return found


def _without(name: str, place: str) -> str:
    """A body's name without its place at the end."""
    ends = bool(place) and name.casefold().endswith(place.casefold())
    return (name[: -len(place)] if ends else name).strip(_BETWEEN)


def _is_known(text: str) -> bool:
    """Whether the grammar's closed lists have the name as it stands ("Sở Nông nghiệp"): then it is no other misread."""
    folded = fold(text)
    reading = read_at(text, folded, 0) if len(folded) == len(text) else None
    return reading is not None and reading.known


def _joined(place: str, around: str) -> str:
    """A place with the containing units behind it."""
    return ", ".join(part for part in (place, around.strip(_BETWEEN)) if part)
