"""An address as it stands in a sheet: what is below a commune, and the chain of units from the smallest.

Which words are units is decided by the names of all units through time, not by punctuation or type words alone: an
address may lack commas, type words, accents or its district, or stand from the largest unit to the smallest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby

from ontology import address_text, locality_names
from ontology.address_text import Words, begins_types, clean, details_of, has_name, is_link, locality_lead
from ontology.folding import fold
from ontology.model import Unit
from ontology.name_index import bare_name
from ontology.names import LONGEST_NAME, abbreviations, cut_short, folded_key, key, loose, split_type
from ontology.registry import load
from ontology.tables import aliases

_RANK = {"province": 0, "district": 1, "commune": 2}
_ENDS_IN_NUMBER = re.compile(r"\d\w?$")
_SMALL_NUMERAL = re.compile(r"(?<= )[ivx]+$")
_MOST_WORDS = 7
"""Words of the longest name of a unit."""


@dataclass(frozen=True, slots=True)
class Address:
    """``details``: what is below a commune, in the order written ("Số 12", "ngõ 5", "phố Khâm Thiên"); ``chain``: the
    units from the smallest ("phường Khâm Thiên", "quận Đống Đa", "Hà Nội"), as written. ``former``: the writer says
    that a unit is a former one ("xã Mỹ Đình cũ")."""

    details: tuple[str, ...]
    chain: tuple[str, ...]
    former: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the address. ``units``: what it can mean as a whole; ``typed``: it begins with the type word of a
    unit; ``local``: it begins with a number or a word for something below a commune; ``exact``: its letters
    and accents, if it has any, are those of a unit."""

    text: str
    units: tuple[Unit, ...]
    typed: bool
    local: bool
    exact: bool


@dataclass(slots=True)
class _Reading:
    """The parts taken for units, by position, the largest first; ``around``: the ids that contain what comes next."""

    units: list[int] = field(default_factory=list)
    found: int = 0
    around: frozenset[str] = frozenset()
    rank: int = -1


@lru_cache(maxsize=262_144)
def parse(text: str) -> Address:
    """Take an address (or the name of a unit) apart. Never fails: text without any unit has its parts as details,
    and as chain the part that stands where a unit would, so that it can be reported as not found; one longer than
    ``LONGEST_NAME`` is not read at all."""
    if len(text) > LONGEST_NAME:
        return Address((), (cut_short(text),), former=False)
    written, former = clean(text)
    if len(written) == 1 and written[0].isdigit():
        return Address((), (written[0],), former)
    accented = any(fold(piece) != piece.lower() for piece in written)
    written = [_with_provinces(piece) if "." in piece else piece for piece in written]
    cut = [(number, _part(bit, accented)) for number, piece in enumerate(written) for bit in _cut(piece, accented)]
    parts = [part for _, part in cut]
    if len(written) == 1:
        parts = _unmarked(parts, accented)
        cut = [(0, part) for part in parts]
    units = _best(tuple(part.text if part.units or part.typed else part.local for part in parts), accented)
    chosen = set(units)
    details = [
        " ".join(part.text for _, (_, part) in run)
        for (is_unit, _), run in groupby(enumerate(cut), key=lambda one: (one[0] in chosen, one[1][0]))
        if not is_unit
    ]
    return Address(
        tuple(detail for part in details for detail in details_of(part, accented)),
        tuple(parts[position].text for position in reversed(units)),
        former,
    )


def _unmarked(parts: Sequence[_Part], accented: bool) -> list[_Part]:
    """The parts of an address without commas, runs of names that stand between them cut too."""
    found: list[_Part] = []
    for part in reversed(parts):
        if part.typed or part.units:
            found.insert(0, part)
        else:
            around = found[0].units if found else ()
            found[:0] = [_part(bit, accented) for bit in _run(part.text, around, accented)]
    return found


def _with_provinces(text: str) -> str:
    """The text with "T." written out before the name of a province: before other names it is no type word."""
    folded = fold(text)
    for match in reversed(list(_province().finditer(folded))):
        text = f"{text[: match.start()]}tỉnh {text[match.end() :]}"
    return text


@cache
def _province() -> re.Pattern[str]:
    provinces = {fold(bare_name(unit)) for unit in load().units.values() if unit.level == "province"}
    names = "|".join(re.escape(name) for name in sorted(provinces, key=len, reverse=True))
    return re.compile(rf"(?<![\w.])t\.\s*(?=(?:{names})\b)")


# Cutting


@lru_cache(maxsize=65_536)
def _cut(piece: str, accented: bool) -> tuple[str, ...]:
    """A piece between commas cut before type words of units and at hyphens that are not inside a name."""
    if not begins_types(piece):
        return tuple(_hyphened(piece, accented))
    words = Words(piece, accented)
    bits: list[str] = []
    start = position = 0
    while position < len(words):
        if words.begins_type(position) and (end := _typed_end(words, position, accented)) is not None:
            bits += _hyphened(words.text(start, position), accented)
            bits.append(words.text(position, end))
            start = position = end
        else:
            position += 1
    return tuple(bit for bit in [*bits, *_hyphened(words.text(start, len(words)), accented)] if bit)


def _typed_end(words: Words, start: int, accented: bool) -> int | None:
    """Where the unit that a type word begins ends: behind the longest name known for it, else, for a type word that
    is plain, before the next type word; None where this is no unit."""
    longest: int | None = None
    for end in range(min(words.next_dot(start), start + _MOST_WORDS + 2), start, -1):
        if not words.is_whole(end) or not _typed_units(words.text(start, end), accented):
            continue
        rest = words.text(end, words.next_boundary(end))
        if not rest or is_link(rest) or _units(rest, accented):
            return end
        longest = longest or end
    if longest and not words.is_hyphen(longest):
        return longest
    return words.next_boundary(words.behind_type(start)) if words.is_plain_type(start) else None


def _hyphened(text: str, accented: bool) -> list[str]:
    """An untyped run cut at its hyphens, names with a hyphen ("Văn Miếu - Quốc Tử Giám") kept whole."""
    bits = [bit for bit in text.split(" - ") if bit and not is_link(bit)]
    found: list[str] = []
    while bits:
        size = next(
            (size for size in range(min(4, len(bits)), 1, -1) if _units(" - ".join(bits[:size]), accented)), 1
        )
        size = (
            2 if size == 1 and len(bits) > 1 and _ENDS_IN_NUMBER.search(bits[0]) and bits[1][:1].isdigit() else size
        )
        found.append(" - ".join(bits[:size]))
        bits = bits[size:]
    return found


def _run(text: str, around: Sequence[Unit], accented: bool) -> list[str]:
    """An address without any mark or type word cut from its end: names of units, each within the one behind it."""
    if _units(text, accented):
        return [text]
    words = text.split()
    found: list[str] = []
    within = frozenset(unit.id for unit in around)
    rank = max((_RANK[unit.level] for unit in around), default=-1)
    while words and rank < _RANK["commune"]:
        for size in range(min(_MOST_WORDS, len(words)), 0, -1):
            inside = _inside(_units(" ".join(words[-size:]), accented), within, rank)
            inside = inside if within else [unit for unit in inside if unit.level != "commune"]
            rest = " ".join(words[:-size])
            if inside and (not rest or inside[0].level != "commune" or has_name(rest, accented)):
                found.append(" ".join(words[-size:]))
                within = frozenset(unit.id for unit in inside)
                rank = min(_RANK[unit.level] for unit in inside)
                words = words[:-size]
                break
        else:
            break
    return [" ".join(words), *reversed(found)] if words else list(reversed(found))


# Which parts are units


@lru_cache(maxsize=65_536)
def _best(written: tuple[str | bool, ...], accented: bool) -> Sequence[int]:
    """The positions of the parts that are units, the largest first, in the order (as usual, or from the largest) that
    finds more of them. ``written``: the text of each part that can be a unit, of any other whether it is ``local``:
    addresses that differ in their house numbers alone have one answer."""
    parts = [_part(one, accented) if isinstance(one, str) else _Part("", (), False, one, False) for one in written]
    usual = _read(parts, range(len(parts) - 1, -1, -1))
    is_complete = usual.found > 1 and usual.rank == _RANK["commune"] and usual.units[0] == len(parts) - 1
    if is_complete or usual.found >= len(parts) or len(parts) < 2:
        return usual.units
    turned = _read(parts, range(len(parts)))
    return turned.units if turned.found > usual.found and turned.found > 1 else usual.units


def _read(parts: Sequence[_Part], order: Sequence[int]) -> _Reading:
    reading = _Reading()
    before = reading.around
    for place in order:
        part = parts[place]
        inside = [] if part.local and not part.units else _inside(part.units, reading.around, reading.rank)
        if part.local and not part.typed:
            inside = [unit for unit in inside if unit.level != "commune"]
        if not inside and part.typed and reading.rank == _RANK["commune"] and not parts[reading.units[-1]].typed:
            inside = _inside(part.units, before, -1)  # a typed commune wins over a plain name that is one too
            if inside:
                reading.units.pop()
                reading.found -= 1
        if inside:
            before = before if reading.rank == _RANK["commune"] else reading.around
            reading.units.append(place)
            reading.found += 1
            reading.around = frozenset(unit.id for unit in inside)
            reading.rank = min(_RANK[unit.level] for unit in inside)
        elif part.typed and reading.rank < _RANK["commune"]:
            reading.units.append(place)
            if part.units:
                reading.rank = max(_RANK[unit.level] for unit in part.units)
    if reading.rank < _RANK["commune"]:
        _add_smallest(parts, order, reading)
    return reading


def _add_smallest(parts: Sequence[_Part], order: Sequence[int], reading: _Reading) -> None:
    """Where no commune was found: the part that stands where one would. A name that is a word for a place below a
    commune too ("Bản Phố") counts where the units named have such a commune."""
    behind = order[order.index(reading.units[-1]) + 1 :] if reading.units else order
    for place in behind:
        part = parts[place]
        if part.local and part.exact and _inside(part.units, reading.around, reading.rank):
            reading.units.append(place)
            reading.found += 1
            return
    near = next((place for place in behind if not parts[place].local), None) if not reading.units else None
    if reading.units and behind and not parts[behind[0]].local:
        near = behind[0]
    if near is None:
        return
    reading.units.append(near)
    after = order[order.index(near) + 1 :]
    if after and reading.found and not parts[after[0]].local and _is_greater(parts[near]) and parts[after[0]].units:
        reading.units.append(after[0])


def _is_greater(part: _Part) -> bool:
    return any(unit.level != "commune" for unit in part.units)


def _inside(units: Sequence[Unit], around: frozenset[str], rank: int) -> list[Unit]:
    """The units that lie, or once lay, in one of these, below that rank."""
    if not around:
        return list(units)
    ontology = load()
    return [unit for unit in units if _RANK[unit.level] > rank and not around.isdisjoint(ontology.ancestors(unit))]


@lru_cache(maxsize=262_144)
def _part(text: str, accented: bool) -> _Part:
    units = _units(text, accented)
    kind = split_type(text)[0]
    written = folded_key if text.lower() == fold(text) else key
    exact = any(written(bare_name(unit)) == written(text) for unit in units)
    local = locality_lead(text, accented) or text[:1].isdigit()
    return _Part(text, units, kind is not None and not (local and not units), local, exact)


@lru_cache(maxsize=262_144)
def _units(text: str, accented: bool) -> tuple[Unit, ...]:
    """The units that the text as a whole can mean, of the type written where there are such."""
    name = abbreviations().get(fold(text), text)
    name = _with_numeral(name)
    if name.isdigit():
        return ()
    matches = [match for match in load().resolver.names.spelt(name, accented) if "level_differs" not in match.reasons]
    typed = [match for match in matches if "type_differs" not in match.reasons]
    return tuple(match.unit for match in typed or matches)


def _typed_units(text: str, accented: bool) -> tuple[Unit, ...]:
    kind, bare = split_type(text)
    if fold(text) in abbreviations():
        return _units(text, accented)
    return _units(text, accented) if kind and loose(_with_numeral(bare)) in _known() else ()


def _with_numeral(name: str) -> str:
    """A name in small letters with its Roman numeral in capitals: in small ones it counts for a word."""
    return _SMALL_NUMERAL.sub(lambda match: match.group().upper(), name) if name.islower() else name


@cache
def _known() -> frozenset[str]:
    """The loose keys of all names: a beginning of a run of words that is none of them needs no closer look."""
    own = {loose(bare_name(unit)) for unit in load().units.values()}
    return frozenset(own | {loose(split_type(alias.alias)[1]) for alias in aliases()})


def forget() -> None:
    """Drop what is remembered of the texts read: addresses are people's."""
    for remembered in (parse, _cut, _best, _part, _units, *address_text.REMEMBERED, locality_names.read):
        remembered.cache_clear()
