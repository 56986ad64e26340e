"""Places that stand alone in a record: units by their type word or a well-known name, villages, streets, houses, rivers.

Names inside an agency's name belong to the agency (it ran before). Each unit gets its dated version from the record's
day and its surroundings; "xã Mỹ Đình, huyện Từ Liêm" says its own surroundings.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import ahocorasick_rs
from spacy.language import Language as _Language

from nlp.data import column, table
from nlp.dated_places import dated_places
from nlp.flat import Flat, Mask, flat_of
from nlp.letters import LOWER, UPPER
from nlp.model import Extraction, PlaceMention, Zone
from nlp.placing import ROW_JOINT, Spot, resolve, title_of
from nlp.resolution import Surroundings, surroundings
from nlp.typed_places import PLURAL, type_word, typed, types
from ontology.agencies.places import is_great
from ontology.agencies.words import agrees
from ontology.folding import fold
from ontology.gazetteer import names as gazetteer
from ontology.model import Unit
from ontology.names import levels_of
from ontology.registry import load

if TYPE_CHECKING:
    from spacy.language import Language

_NUMBER = re.compile(r" ?(?:so )?(?P<number>\d{1,4}[a-zA-Z]?(?:/\d{1,4}[a-zA-Z]?)*)(?![\w])")
_NAME_RUN = re.compile(rf" (?P<name>[{UPPER}][{LOWER}]*(?: (?:[{UPPER}][{LOWER}]*|\d{{1,2}}(?![\d/]|[.-]\d)))*)")
_SKIPPED_ZONES = frozenset({"head", "number", "stamp", "incoming_stamp", "digital_signature", "signature"})
_TELLING_ZONES = frozenset({"abstract", "place_date", "head"})
_CAPITAL_AROUND = re.compile(rf"[{UPPER}][{LOWER}]* $")
_WHERE = re.compile(r"(?:^|[\s(])(?:tai|o|tu|ve|den|vao|ra|tinh|qua) $")
"""Before a place, where the name could be a person's."""
_ROW = 3
"""Characters between two names of a row: ", ", " - "."""


@cache
def _not_before() -> re.Pattern[str]:
    words = sorted(column("not_places.csv", "before"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))}) $")


@cache
def _persons() -> frozenset[str]:
    return frozenset(fold(name) for name in column("not_people.csv", "name"))


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
    around: Surroundings = flat.memo.get("surroundings") or surroundings(extraction)
    resolve(flat, spots, around, title_of(flat, extraction))
    zones = [zone for zone in extraction.zones if zone.kind in _TELLING_ZONES]
    return [_mention(flat, spot, zones) for spot in spots]


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
    dated = [
        spot
        for spot in dated_places(flat)
        if taken.free(spot.start, spot.end) or _in_place_line(flat, spot, extraction)
    ]
    line = _place_line(flat, extraction)
    if line is not None and all(spot.end <= line.start or line.end <= spot.start for spot in dated):
        dated.append(line)
    for spot in dated:
        found.append(spot)
        taken.take(spot.start, spot.end)
    for finder in (typed, _other_kinds, _great):
        for spot in finder(flat):
            if taken.free(spot.start, spot.end):
                found.append(spot)
                taken.take(spot.start, spot.end)
    return sorted(found, key=lambda spot: spot.start)


def _in_place_line(flat: Flat, spot: Spot, extraction: Extraction) -> bool:
    zone = extraction.zone("place_date")
    return zone is not None and zone.start <= flat.back(spot.start) < zone.end


def _place_line(flat: Flat, extraction: Extraction) -> Spot | None:
    """The place of "Hà Nội, ngày ...": whatever the header says stands there."""
    zone = extraction.zone("place_date")
    if not extraction.place or zone is None:
        return None
    start = extraction.text.find(extraction.place, zone.start, zone.end)
    if start < 0:
        return None
    begin, end = flat.forth(start), flat.forth(start + len(extraction.place) - 1) + 1
    match = type_word().match(flat.folded, begin)
    if match and match.end() < end:
        return Spot(
            begin,
            end,
            flat.shown[match.end() : end].strip(),
            types()[match.group("form") or match.group("short")][0].type,
        )
    return Spot(begin, end, extraction.place, None)


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
        if end is None or (
            written[0].isupper() and flat.folded[match.start() : end].startswith(_great_automaton()[1])
        ):
            continue  # "Hồ" of "Hồ Chí Minh" is no lake
        spot = Spot(match.start(), end, flat.shown[match.end() : end].strip(), None, row["type"])
        plural = PLURAL.search(flat.folded[max(0, match.start() - 6) : match.start()]) is not None
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
    end = _before_row_end(flat, position + 1, run.end())
    return end if len(flat.shown[position + 1 : end].split(" ")) <= 5 else None


_SHORT_LINE = 50


def _before_row_end(flat: Flat, start: int, end: int) -> int:
    """Where a name ends at the latest: at the end of a short line, as rows of a list are, or before a row's number."""
    if not flat.broken(start, end):
        return end
    for at in range(start + 1, end):
        ends = flat.shown[at] == " " and flat.broken(at, at + 1)
        if ends and (flat.shown[at + 1].isdigit() or at - flat.line_start(at) < _SHORT_LINE):
            return at
    return end


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
        if re.match(rf" [{UPPER}][{LOWER}]", after) or _not_before().search(folded[max(0, start - 24) : start]):
            continue
        in_row = bool(found) and start - found[-1].end <= _ROW
        if folded[start:end] in _persons() and not in_row and not _WHERE.search(folded[max(0, start - 8) : start]):
            continue  # who gave the place its name
        found.append(Spot(start, end, written, None))
    return found


# output


def _mention(flat: Flat, spot: Spot, zones: list[Zone]) -> PlaceMention:
    start, end = flat.span(spot.start, spot.end)
    where = _where(start, zones)
    surface = flat.surface(start, end)
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


def _where(start: int, zones: list[Zone]) -> str:
    """The zone that counts: the title stands within the head, the place line is the issuer's."""
    kinds = {zone.kind for zone in zones if zone.start <= start < zone.end}
    if "abstract" in kinds:
        return "title"
    return "issuer" if kinds else "body"
