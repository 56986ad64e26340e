"""The component: agencies of the text with their units, the issuer's unit, the issuers of cited acts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from spacy.language import Language as _Language

from nlp.agencies.finder import readings
from nlp.agencies.narrower import narrower
from nlp.citations.finder import laws_of, numbers_of
from nlp.flat import Flat, flat_of
from nlp.header.placenames import units_of
from nlp.model import AgencyMention, Citation, Extraction
from nlp.repair.symbols import with_issuer
from nlp.resolution import Surroundings, day_of, surroundings
from nlp.zones.layout import layout_of
from nlp.zones.lines import Cell, is_capital
from ontology.agencies import AgencyName, Reading, place_at, recognise
from ontology.folding import fold
from ontology.model import Unit
from ontology.names import levels_of, normalise

if TYPE_CHECKING:
    from spacy.language import Language

_PARTY_TYPES = {
    "Tỉnh ủy": "tỉnh",
    "Thành ủy": "thành phố",
    "Huyện ủy": "huyện",
    "Quận ủy": "quận",
    "Thị ủy": "thị xã",
}
_OF = re.compile(r"\s?(?:cua|do)\s(?:chu tich\s|bo truong\s|giam doc\s)?")
_SILENT_ZONES = frozenset({"number", "digital_signature", "incoming_stamp", "page_furniture"})
"""What a stamp says, and the symbol beside the number, name no body that the record speaks of."""

_KIND_LEVELS = {"department": "province", "division": None}


class Agencies:
    """Reads issuer, place, date, zones; fills ``agencies``, ``issuer_unit`` and ``Citation.issuer``."""

    def __call__(self, doc: Any) -> Any:
        """Fill in place."""
        extraction: Extraction = doc._.extraction
        if extraction.secrecy is None and extraction.text:
            extraction.issuer_unit = (
                extraction.issuer_unit or issuer_unit(extraction) or _headed_unit(extraction, doc)
            )
            flat = flat_of(doc)
            around = surroundings(extraction)
            silent = flat.mask(laws_of(flat), numbers_of(flat))
            for zone in extraction.zones:
                if zone.kind in _SILENT_ZONES:
                    silent.take(flat.forth(zone.start), flat.forth(zone.end))
            found = readings(flat, silent)
            extraction.agencies = [
                mention for reading in found if (mention := _mention(flat, reading, around)) is not None
            ]
            extraction.cites = [_issued(flat, cite, found) for cite in extraction.cites]
        return doc


@_Language.factory("hoso_agencies")
def make(nlp: Language, name: str) -> Agencies:
    """The factory of the component."""
    return Agencies()


def issuer_unit(extraction: Extraction) -> str | None:
    """The id of the unit version whose body issued the record: by the issuer's name, else its parent's, read with
    the parent line, the place line and the fonds' unit; None for central bodies and where several are possible."""
    around = Surroundings(day_of(extraction), (extraction.context.unit,) if extraction.context.unit else ())
    line: tuple[str, ...] = ()
    if extraction.place:
        line = around.resolve(extraction.place, None).candidates[:_MOST_HINTS]
    parent = _place_of(extraction.issuer_parent)
    above: tuple[str, ...] = ()
    if parent is not None:
        unit = around.resolve(*parent, within=around.units or line, nearby=line).unit
        above = (unit.id,) if unit else ()
    for name in (extraction.issuer, extraction.context.issuer):
        if (agency := recognise(name) if name else None) is not None and agency.level == "central":
            return None
        if (place := _place_of(name)) is not None:
            found = around.resolve(*place, within=above or around.units or line, nearby=line)
            if found.unit is not None:
                return narrower(extraction, found.unit.id)
    return narrower(extraction, above[0]) if above else None


def _headed_unit(extraction: Extraction, doc: Any) -> str | None:
    """The id of the unit version that stands at the head of a paper without an issuer, as on registers and forms ("XÃ
    DỊCH VỌNG - HUYỆN TỪ LIÊM"): the narrowest one, in those around it; None where a name is no unit or several are
    possible."""
    if extraction.issuer is not None:
        return None
    head = layout_of(doc).head
    units = [unit for cell in head.issuer for unit in units_of(cell.text)] if _is_capital_head(head.issuer) else []
    around = Surroundings(day_of(extraction), (extraction.context.unit,) if extraction.context.unit else ())
    within: tuple[str, ...] = ()
    for name, type_ in reversed(units):
        found = around.resolve(name, type_, within=within or around.units).unit
        if found is None:
            return None
        within = (found.id,)
    return within[0] if within else None


_MOST_HEAD = 3
"""Lines of a head that names units alone."""


def _is_capital_head(cells: Sequence[Cell]) -> bool:
    """Whether a head has lines of capitals, and few."""
    return 0 < len(cells) <= _MOST_HEAD and all(is_capital(cell.text) for cell in cells)


_MOST_HINTS = 4


def _place_of(name: str | None) -> tuple[str, str | None] | None:
    """Name and type of the place in a body's name, of a line that is a place alone ("HUYỆN TỪ LIÊM"), or of a place
    that stands further on ("HỘI PHỤ NỮ ... BAN CHẤP HÀNH PHƯỜNG TRÚC BẠCH")."""
    if not name:
        return None
    agency = recognise(name)
    if agency is not None and agency.place_name:
        return agency.place_name, _place_type(agency)
    shown = " " + normalise(name)
    folded = fold(shown)
    for gap in re.finditer(" ", folded):
        place = place_at(shown, folded, gap.start(), caps=shown.isupper(), strict=True)
        if place and place.name and place.type:
            return place.name, place.type
    return None


def _place_type(agency: AgencyName) -> str | None:
    """The type word of the agency's place; a Party committee's own name says it ("Huyện ủy Từ Liêm")."""
    if agency.place_type:
        return agency.place_type
    words = (agency.parent or agency.canonical).split()
    return _PARTY_TYPES.get(" ".join(words[:2]))


def _mention(flat: Flat, reading: Reading, around: Surroundings) -> AgencyMention | None:
    """The mention; None where only a kind of body is meant ("Ủy ban nhân dân xã" in a province's paper)."""
    agency = reading.agency
    start, end = flat.span(reading.start, reading.end)
    name, level = agency.canonical, agency.level
    unit: Unit | None = None
    if agency.place_name:
        unit = around.resolve(agency.place_name, _place_type(agency)).unit
    elif agency.place_type:
        unit = around.own(agency.place_type)
        if unit is None and _is_generic(agency, around):
            return None
        if unit is not None:
            name = _filled(name, agency.place_type, unit)
    elif agency.kind in _KIND_LEVELS or agency.kind in ("party_body", "party_committee", "portal", "office"):
        agency = _of_city(agency, flat.text[start:end], around)
        unit = _own_unit(agency, around)
        name = _located(agency.canonical, agency, unit)
    if unit is not None:
        level = unit.level if level != "central" else level
    return AgencyMention(
        flat.text[start:end], start, end, name, agency.kind, unit.id if unit else None, level, agency.bloc
    )


def _is_generic(agency: AgencyName, around: Surroundings) -> bool:
    levels = levels_of(agency.place_type)
    return bool(levels) and all(around.is_below(level) for level in levels)


def _filled(name: str, type: str, unit: Unit) -> str:
    """ "Ủy ban nhân dân quận" → "Ủy ban nhân dân quận Đống Đa"."""
    if not name.endswith(type):
        return name
    bare = unit.name[len(unit.type) :].strip()
    return f"{name} {bare}"


_COMMITTEES = re.compile(r"(?:Tỉnh|Thành|Quận|Huyện|Thị) (?:ủy|đoàn)$")


def _of_city(agency: AgencyName, surface: str, around: Surroundings) -> AgencyName:
    """ "TTTU" stands for the committee of a province as of a city: the record's own province tells which."""
    if not surface.isupper() or not agency.canonical.endswith("Tỉnh ủy") or around.own("tỉnh"):
        return agency
    if around.at_level("province") is None:
        return agency
    return replace(agency, canonical=agency.canonical.removesuffix("Tỉnh ủy") + "Thành ủy")


def _located(name: str, agency: AgencyName, unit: Unit | None) -> str:
    """The full name of a body that the page names without its place: "Thường trực Quận ủy" → "... Quận ủy Ba Đình",
    "Phòng Tài chính" → "Phòng Tài chính quận Đống Đa"."""
    if unit is None:
        return name
    kind, bare = unit.type, unit.name[len(unit.type) :].strip()
    if _COMMITTEES.search(name):
        return f"{name} {bare}"
    return f"{name} {kind} {bare}" if agency.kind == "division" and unit.level == "district" else name


def _own_unit(agency: AgencyName, around: Surroundings) -> Unit | None:
    """The unit of a body named without a place: a department's province, a committee's own level; none where the
    record's own unit is of another type ("Quận ủy" in a rural district's paper)."""
    if (committee := _COMMITTEES.search(agency.canonical)) is not None:
        return around.own(_PARTY_TYPES[f"{committee.group().split()[0]} ủy"])
    if agency.level in ("province", "district", "commune"):
        return around.at_level(agency.level)
    if agency.kind == "division" and around.level in ("district", "province"):
        return around.ancestors[0]
    if agency.canonical.startswith("Thành ủy") or (agency.parent or "").startswith("Thành ủy"):
        return around.own("thành phố")
    return None


def _issued(flat: Flat, cite: Citation, found: list[Reading]) -> Citation:
    """The citation with the issuer that the text names behind it ("... của Ủy ban nhân dân tỉnh")."""
    end = flat.forth(cite.end)
    match = _OF.match(flat.folded, end)
    if match is None:
        return cite
    for reading in found:
        if reading.start == match.end():
            number = with_issuer(cite.number, reading.agency.canonical) if cite.number else None
            return replace(cite, number=number, issuer=" ".join(flat.shown[reading.start : reading.end].split()))
        if reading.start > match.end():
            break
    return cite
