"""Names of administrative units as heads print them, read again from the ontology's closed list of all times."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from nlp.repair.confusion import weighted_distance
from nlp.zones.lines import key
from ontology.edits import distance
from ontology.folding import fold
from ontology.name_index import bare_name
from ontology.names import split_type
from ontology.registry import load

_NEAR = 86.0
_SHORTEST = 6
"""Letters that a name must have to be looked up by likeness."""
_ALLOWED = 0.14


@cache
def _spellings() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Type of unit → key of the bare name → its spellings."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    ontology = load()
    for unit in ontology.units.values():
        bare = bare_name(unit)
        found[fold(unit.type)][key(bare)].add(bare)
    return {type_: {name: frozenset(forms) for name, forms in names.items()} for type_, names in found.items()}


@cache
def provinces() -> Mapping[str, str]:
    """Key of a province's bare name → its spelling."""
    ontology = load()
    found: dict[str, str] = {}
    for unit in ontology.units.values():
        if unit.level == "province":
            bare = bare_name(unit)
            found.setdefault(key(bare), bare)
    return found


def is_province(name: str) -> bool:
    """Whether the words are the bare name of a province, its marks aside."""
    return key(name) in provinces()


def near_province(this: str) -> str | None:
    """The one province whose key is near to ``this``; None when none is."""
    if len(this) < _SHORTEST:
        return None
    best = process.extractOne(this, tuple(provinces()), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return provinces()[best[0]] if best else None


@cache
def _types() -> tuple[tuple[str, str], ...]:
    """Keys of the types of units and their capitals, the longest first."""
    ontology = load()
    types = {unit.type for unit in ontology.units.values() if unit.type} | {"khu phố", "tiểu khu"}
    return tuple(sorted(((key(type_), type_.upper()) for type_ in types), key=lambda pair: -len(pair[0])))


def repair_unit(text: str, *, near: bool) -> str | None:
    """``TỈNH QUANG NGAI`` as ``TỈNH QUẢNG NGÃI``, in capitals: a type word and the one name of that type with these
    letters; with ``near`` also the one that is like it. None where no name or several fit."""
    this = key(text)
    for type_key, type_word in _types():
        if this.startswith(type_key) and len(this) > len(type_key) + 1:
            name = _tail(text, len(type_key))
            spelled = _named(name, fold(type_word), near=near)
            if spelled is not None:
                return f"{type_word} {spelled.upper()}"
    return _misread_unit(text) if near else None


_BETWEEN_UNITS = re.compile(r"\s[-–—]\s|,\s|\s{3,}|\n")


def units_of(text: str) -> list[tuple[str, str]]:
    """The units that a heading in capitals names one after the other, each as bare name and type, the narrowest first
    as headings have them ("XA DICH VONG - HUYÊN TƯ LIÊM"); empty where one of them is no unit."""
    found: list[tuple[str, str]] = []
    for part in _BETWEEN_UNITS.split(text):
        whole = repair_unit(part.strip(" .:;_*"), near=True) if part.strip() else None
        if whole is None:
            return []
        type_, name = split_type(whole)
        if type_ is None:
            return []
        found.append((name, type_))
    return found


_OF_A_TYPE = 1.2
"""Cost that the word of a type can bear: one letter lost or another, and marks."""
_OF_A_NAME = 1.2
_MARGIN = 0.4
_SHORTEST_NEAR = 4


def _misread_unit(text: str) -> str | None:
    """A unit whose type word or name lost a letter ("TÀNH PHỐ HÀ NỘI", "HUYỆN GA LẦM"): a misread type needs a name
    that stands as that type has it; a misread name of the upper levels must be the only one near. None else."""
    words = re.sub(r"[^\w\s]", "", text).lower().split()
    found: dict[str, float] = {}
    for _, type_word in _types():
        count = type_word.count(" ") + 1
        name = " ".join(words[count:])
        cost = distance(" ".join(words[:count]), type_word.lower(), _OF_A_TYPE)
        if cost > _OF_A_TYPE or not name:
            continue
        for spelled, more in _like(name, fold(type_word), exact=cost >= 1.0):
            whole = f"{type_word} {spelled.upper()}"
            found[whole] = min(found.get(whole, cost + more), cost + more)
    ranked = sorted((cost, whole) for whole, cost in found.items())
    if not ranked or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < _MARGIN):
        return None
    return ranked[0][1]


def _like(name: str, type_: str, *, exact: bool) -> Iterator[tuple[str, float]]:
    """The names of that type that the letters can be, with their cost; ``exact``: letter for letter alone."""
    own = _spellings().get(type_, {})
    this = key(name)
    if this in own:
        yield from ((form, distance(name, form.lower())) for form in own[this])
    if exact or this in own or len(this) < _SHORTEST_NEAR or len(own) > _MANY:
        return
    for known, _, _ in process.extract(this, tuple(own), scorer=Levenshtein.distance, score_cutoff=1, limit=None):
        for form in own[known]:
            cost = distance(name, form.lower(), _OF_A_NAME)
            if cost <= _OF_A_NAME:
                yield form, cost


_MANY = 2000
"""Names of a type from which a letter more or less tells nothing: communes and wards."""


def bare_unit(text: str) -> str | None:
    """A unit's name without its type, in capitals, of any type: letter for letter but for lost marks."""
    this = key(text)
    if len(this) < 4:
        return None
    forms = {form for names in _spellings().values() for form in names.get(this, ())}
    found = _best(text, forms) if forms else None
    return found.upper() if found else None


def _named(name: str, type_: str, *, near: bool) -> str | None:
    own = _spellings().get(type_, {})
    this = key(name)
    forms = own.get(this) or _elsewhere(this, type_)
    if forms:
        return _best(name, forms)
    if not near or len(this) < _SHORTEST:
        return None
    best = process.extractOne(this, tuple(own), scorer=fuzz.ratio, score_cutoff=_NEAR)
    if best is None:
        return None
    spelled = _best(name, own[best[0]])
    if spelled is None or weighted_distance(name.upper(), spelled.upper()) > _ALLOWED * len(spelled):
        return None
    return spelled


_ALIKE = {
    "khu pho": ("quan",),
    "tieu khu": ("phuong",),
    "quan": ("khu pho", "huyen"),
    "phuong": ("tieu khu", "xa", "thi tran"),
}
"""Types whose names passed on: a unit's list may know the name under the other type only."""


def _elsewhere(this: str, type_: str) -> frozenset[str]:
    return frozenset(form for other in _ALIKE.get(type_, ()) for form in _spellings().get(other, {}).get(this, ()))


def _best(name: str, forms: Iterable[str]) -> str | None:
    """The spelling nearest to what was read; None where two are equally near."""
    ranked = sorted((weighted_distance(name.upper(), form.upper()), form) for form in forms)
    if len(ranked) > 1 and ranked[1][0] == ranked[0][0] and ranked[1][1].upper() != ranked[0][1].upper():
        return None
    return ranked[0][1]


def _tail(text: str, letters: int) -> str:
    count = 0
    for index, char in enumerate(text):
        count += char.isalnum()
        if count == letters:
            return text[index + 1 :].strip(" .,:;-–")
    return ""
