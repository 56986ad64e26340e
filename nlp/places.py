"""Places that stand alone in a record: units by their type word or a well-known name, villages, streets, houses, rivers.

Names inside an agency's name belong to the agency (it ran before). Each unit gets its dated version from the record's
day and its surroundings; "xã Mỹ Đình, huyện Từ Liêm" says its own surroundings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import ahocorasick_rs
from spacy.language import Language as _Language

from nlp.data import table
from nlp.flat import Flat, Mask, flat_of
from nlp.letters import LOWER, UPPER
from nlp.model import Extraction, PlaceMention
from nlp.placing import ROW_JOINT, Spot, resolve, title_of
from nlp.resolution import surroundings
from ontology.agencies.places import CLOSED_TYPES, is_great, is_unit_name, name_at
from ontology.agencies.words import agrees
from ontology.folding import fold
from ontology.gazetteer import names as gazetteer
from ontology.model import Unit
from ontology.names import levels_of, rows
from ontology.registry import load

if TYPE_CHECKING:
    from spacy.language import Language

_PLURAL = re.compile(r"(?<!\w)cac $")
_NUMBER = re.compile(r" ?(?:so )?(?P<number>\d{1,4}[a-zA-Z]?(?:/\d{1,4}[a-zA-Z]?)*)(?![\w])")
_NAME_RUN = re.compile(rf" (?P<name>[{UPPER}][{LOWER}]*(?: (?:[{UPPER}][{LOWER}]*|\d{{1,2}}(?!\d)))*)")
_ONE_SYLLABLE = re.compile(rf"[{UPPER}][{LOWER}]+(?=[,;.)\n]| [{LOWER}(]|$)")
_SKIPPED_ZONES = frozenset({"head", "number", "stamp", "incoming_stamp", "digital_signature", "signature"})
_CAPITAL_AROUND = re.compile(rf"[{UPPER}][{LOWER}]* $")
_NEVER_NUMBERED = frozenset({"h", "x", "tx", "t.x"})
_NOT_BEFORE = re.compile(
    r"(?:truong|cong ty|duong|pho|khach san|nha may|cau|chi nhanh|bao|dai|benh vien|chu tich|hoi|nguoi|tu tuong|cho|ga) $"
)


@dataclass(frozen=True, slots=True)
class _Type:
    """A type word of units with its spelling."""

    form: str
    type: str
    short: bool


class Places:
    """Reads agencies, people, citations and zones; fills ``places``, one an occurrence."""

    def __call__(self, doc: Any) -> Any:
        """Fill in place."""
        extraction: Extraction = doc._.extraction
        if extraction.secrecy is None and extraction.text:
            extraction.places = places(flat_of(doc), extraction)
        return doc


@_Language.factory("hoso_places")
def make(nlp: Language, name: str) -> Places:
    """The factory of the component."""
    return Places()


def places(flat: Flat, extraction: Extraction) -> list[PlaceMention]:
    """Every place that stands alone, in order of the text, with its dated unit."""
    taken = flat.mask_text(extraction.agencies, extraction.people)
    for start, end in _silent(flat, extraction):
        taken.take(start, end)
    spots = _spots(flat, extraction, taken)
    around = surroundings(extraction)
    resolve(flat, spots, around, title_of(flat, extraction))
    return [mention for spot in spots if (mention := _mention(flat, spot, extraction)) is not None]


def _silent(flat: Flat, extraction: Extraction) -> list[tuple[int, int]]:
    """The zones whose places are the issuer's or a stamp's; the abstract within the head speaks."""
    found = []
    abstract = extraction.zone("abstract")
    for zone in extraction.zones:
        if zone.kind not in _SKIPPED_ZONES:
            continue
        pieces = [(zone.start, zone.end)]
        if abstract and zone.start < abstract.end and abstract.start < zone.end:
            pieces = [(zone.start, min(abstract.start, zone.end)), (max(abstract.end, zone.start), zone.end)]
        found += [(flat.forth(start), flat.forth(end)) for start, end in pieces if start < end]
    return found


# finding


def _spots(flat: Flat, extraction: Extraction, taken: Mask) -> list[Spot]:
    found: list[Spot] = []
    line = _place_line(flat, extraction)
    if line is not None:
        found.append(line)
        taken.take(line.start, line.end)
    for finder in (_typed, _other_kinds, _great):
        for spot in finder(flat):
            if taken.free(spot.start, spot.end):
                found.append(spot)
                taken.take(spot.start, spot.end)
    return sorted(found, key=lambda spot: spot.start)


def _place_line(flat: Flat, extraction: Extraction) -> Spot | None:
    """The place of "Hà Nội, ngày ...": whatever the header says stands there."""
    zone = extraction.zone("place_date")
    if not extraction.place or zone is None:
        return None
    start = extraction.text.find(extraction.place, zone.start, zone.end)
    if start < 0:
        return None
    begin, end = flat.forth(start), flat.forth(start + len(extraction.place) - 1) + 1
    match = _type_word().match(flat.folded, begin)
    if match and match.end() < end:
        return Spot(
            begin,
            end,
            flat.shown[match.end() : end].strip(),
            _types()[match.group("form") or match.group("short")][0].type,
        )
    return Spot(begin, end, extraction.place, None)


@cache
def _types() -> dict[str, tuple[_Type, ...]]:
    found: dict[str, list[_Type]] = {}
    for row in rows("type_words.csv"):
        form = row["form"]
        found.setdefault(fold(form), []).append(_Type(form, row["type"], form != row["type"] and len(form) <= 3))
    return {form: tuple(group) for form, group in found.items()}


@cache
def _type_word() -> re.Pattern[str]:
    full = sorted((form for form, group in _types().items() if not group[0].short), key=len, reverse=True)
    short = sorted((form for form, group in _types().items() if group[0].short), key=len, reverse=True)
    return re.compile(
        rf"(?<![\w.])(?:(?P<form>{'|'.join(map(re.escape, full))})(?:: ?| )|(?P<short>{'|'.join(map(re.escape, short))})(?:\. ?|(?= ?\d)| ))"
    )


def _typed(flat: Flat) -> list[Spot]:
    """Units by their type word, and rows of them ("các xã A, B và C")."""
    shown, folded = flat.shown, flat.folded
    found: list[Spot] = []
    until = 0
    for match in _type_word().finditer(folded):
        if match.start() < until:
            continue
        kind = _type_of(shown, match)
        if kind is None:
            continue
        caps = shown[match.start() : match.end()].strip().isupper() and match.group("form") is not None
        colon = ":" in match.group()
        plural = _PLURAL.search(folded[max(0, match.start() - 6) : match.start()]) is not None
        if colon and not plural:
            continue
        end = _unit_name(flat, match.end(), caps, kind)
        if end is None or (not caps and end - match.end() > 1 and shown[match.end() : end].isupper()):
            continue
        if match.group("form") is None and not _short_stands(flat, match, end):
            continue
        start = match.end() if plural else match.start()
        found.append(Spot(start, end, shown[match.end() : end], kind))
        if plural:
            row = _row(flat, end, kind, caps)
            found.extend(row)
            end = row[-1].end if row else end
        until = end
    return found


def _short_stands(flat: Flat, match: re.Match[str], end: int) -> bool:
    """Whether an abbreviation ("TT", "P.", "Q") is a type word: no head of a table's column (alone before a column or
    at the line's beginning), and before a name that is spelt as some unit's."""
    name = flat.shown[match.end() : end]
    if name[:1].isdigit():
        return name[0] != "0" and match.group("short") not in _NEVER_NUMBERED
    if "\t" in flat.text[flat.back(match.start()) : flat.back(match.end())]:
        return False
    return is_unit_name(name, flat.folded[match.end() : end])


def _type_of(shown: str, match: re.Match[str]) -> str | None:
    """The type a form means, its accents and capitals being right."""
    group = "form" if match.group("form") else "short"
    written = shown[match.start(group) : match.end(group)]
    for known in _types()[match.group(group)]:
        if group == "short":
            if written.isupper() or (len(written) > 1 and written[0].isupper()):
                return known.type
        elif agrees(written, known.form):
            return known.type
    return None


def _unit_name(flat: Flat, position: int, caps: bool, kind: str) -> int | None:
    """Where the name behind a type word ends. Provinces, cities and urban districts are a closed list, and so is
    what stands in capitals."""
    closed = caps or kind in CLOSED_TYPES
    if flat.shown[position : position + 1].isdigit() and flat.broken(position - 1, position):
        return None  # the number of the next clause
    end = name_at(flat.shown, flat.folded, position, caps=caps, known_only=closed)
    if end is None and not closed:  # one capital syllable is a name where the word behind it goes on small
        match = _ONE_SYLLABLE.match(flat.shown, position)
        if match and not flat.broken(position - 1, position):
            return match.end()
    return end


def _row(flat: Flat, end: int, kind: str, caps: bool) -> list[Spot]:
    found: list[Spot] = []
    while (joint := ROW_JOINT.match(flat.shown, end)) is not None:
        start = joint.end()
        word = _type_word().match(flat.folded, start)
        if word and _type_of(flat.shown, word):
            break
        stop = name_at(flat.shown, flat.folded, start, caps=caps, known_only=kind in CLOSED_TYPES)
        if stop is None:
            break
        found.append(Spot(start, stop, flat.shown[start:stop], kind))
        end = stop
    return found


@cache
def _other_words() -> tuple[re.Pattern[str], dict[str, dict[str, str]]]:
    known = {fold(row["form"]): row for row in table("place_words.csv")}
    words = "|".join(re.escape(form) for form in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?P<form>{words})(?!\w)"), known


def _other_kinds(flat: Flat) -> list[Spot]:
    """Villages, residential groups, streets, houses, rivers: kinds without a unit of their own."""
    pattern, known = _other_words()
    found: list[Spot] = []
    for match in pattern.finditer(flat.folded):
        row = known[match.group("form")]
        written = flat.shown[match.start() : match.end()]
        if (
            written.isupper()
            or not agrees(written, row["form"])
            or (match.start() and flat.shown[match.start() - 1] in "-/")
        ):
            continue
        before = flat.folded[max(0, match.start() - 10) : match.start()].split()
        if before and before[-1] in row["not_after"].split():
            continue
        end = _other_end(flat, match.end(), row["follows"])
        if end is None:
            continue
        spot = Spot(match.start(), end, flat.shown[match.end() : end].strip(), None, row["type"])
        plural = _PLURAL.search(flat.folded[max(0, match.start() - 6) : match.start()]) is not None
        found.append(spot)
        while (
            plural
            and (joint := ROW_JOINT.match(flat.shown, end))
            and (run := _NAME_RUN.match(flat.shown, joint.end() - 1))
        ):
            found.append(Spot(joint.end(), run.end(), run.group("name"), None, row["type"]))
            end = run.end()
    return found


def _other_end(flat: Flat, position: int, follows: str) -> int | None:
    if follows != "name" and (number := _NUMBER.match(flat.folded, position)):
        return number.end()
    if follows == "number":
        return None
    run = _NAME_RUN.match(flat.shown, position)
    if run is None or flat.broken(position, position + 1):
        return None
    words = run.group("name").split(" ")
    return run.end() if len(words) <= 5 else None


@cache
def _great_automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    units = load().units
    found = tuple(
        name
        for name, ids in gazetteer().items()
        if not name.isdigit() and " " in name.replace("-", " ") and any(units[i].level == "province" for i in ids)
    )
    return ahocorasick_rs.AhoCorasick(list(found), matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST), found


def _great(flat: Flat) -> list[Spot]:
    """Provinces by their bare name, with capitals and their own accents, where no other name goes on around them."""
    automaton, _ = _great_automaton()
    shown, folded = flat.shown, flat.folded
    found: list[Spot] = []
    for _, start, end in automaton.find_matches_as_indexes(folded):
        if (start and folded[start - 1].isalnum()) or folded[end : end + 1].isalnum():
            continue
        written = shown[start:end]
        words = re.split(r"[ -]+", written)
        if (
            written.isupper()
            or not all(word[:1].isupper() for word in words)
            or not is_great(written, folded[start:end])
        ):
            continue
        before, after = shown[max(0, start - 24) : start], shown[end : end + 12]
        if shown[max(0, start - 1) : start] in "-/_@." and start and shown[start - 1] != "\n":
            continue
        if _CAPITAL_AROUND.search(before) and not re.search(r"(?:Tại|Ở|Về|Tỉnh|Và) $", before):
            continue
        if re.match(rf" [{UPPER}][{LOWER}]", after) or _NOT_BEFORE.search(folded[max(0, start - 24) : start]):
            continue
        found.append(Spot(start, end, written, None))
    return found


# output


def _mention(flat: Flat, spot: Spot, extraction: Extraction) -> PlaceMention | None:
    start, end = flat.span(spot.start, spot.end)
    where = _where(start, extraction)
    surface = flat.text[start:end]
    if spot.kind is not None:
        return PlaceMention(surface, start, end, spot.kind, None, "unknown", (), where)
    resolved = spot.resolved
    return PlaceMention(
        surface, start, end, _level(spot, resolved.unit), resolved.unit.id if resolved.unit else None,
        resolved.certainty, resolved.candidates, where,
    )  # fmt: skip


def _level(spot: Spot, unit: Unit | None) -> str | None:
    if unit is not None:
        return unit.level
    levels = levels_of(spot.type)
    return next(iter(levels)) if len(levels) == 1 else None


def _where(start: int, extraction: Extraction) -> str:
    """The zone that counts: the title stands within the head, the place line is the issuer's."""
    kinds = {zone.kind for zone in extraction.zones if zone.start <= start < zone.end}
    if "abstract" in kinds:
        return "title"
    return "issuer" if kinds & {"place_date", "head"} else "body"
