"""The component: agencies of the text with their units, the issuer's unit, the issuers of cited acts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from spacy.language import Language as _Language

from nlp.agencies.finder import readings
from nlp.agencies.headed_unit import headed_unit
from nlp.agencies.letterhead import headed, pieces
from nlp.agencies.units import mention
from nlp.citations.finder import laws_of, numbers_of
from nlp.flat import Flat, flat_of
from nlp.home import issuer_unit, place_type, spoken_of
from nlp.model import Citation, Extraction
from nlp.repair.symbols import with_issuer
from nlp.resolution import around_day, surroundings
from nlp.typed_places import typed
from nlp.votes import Named, Page
from nlp.zones.layout import layout_of
from ontology.agencies import Reading

if TYPE_CHECKING:
    from spacy.language import Language

_OF = re.compile(r"\s?(?:cua|do)\s(?:chu tich\s|bo truong\s|giam doc\s)?")
_SILENT_ZONES = frozenset({"number", "digital_signature", "incoming_stamp", "page_furniture"})
"""What a stamp says, and the symbol beside the number, name no body that the record speaks of."""


class Agencies:
    """Reads issuer, place, date, zones; fills ``agencies``, ``issuer_unit`` and ``Citation.issuer``."""

    def __call__(self, doc: Any) -> Any:
        """Fill in place."""
        extraction: Extraction = doc._.extraction
        if extraction.secrecy is None and extraction.text:
            flat = flat_of(doc)
            silent = flat.mask(laws_of(flat), numbers_of(flat))
            for zone in extraction.zones:
                if zone.kind in _SILENT_ZONES:
                    silent.take(flat.forth(zone.start), flat.forth(zone.end))
            found = readings(flat, silent)
            page = _page(flat, found)
            extraction.issuer_unit = (
                extraction.issuer_unit or issuer_unit(extraction, page) or headed_unit(extraction, doc)
            )
            known = extraction.issuer_unit or extraction.context.unit
            around = surroundings(
                extraction, None if known else spoken_of(extraction, page), Page(page, around_day(extraction))
            )
            flat.memo["surroundings"] = around
            extraction.agencies = [one for reading in found if (one := mention(flat, reading, around)) is not None]
            extraction.agencies = pieces(extraction, extraction.agencies, layout_of(doc).head.issuer)
            extraction.agencies = sorted(
                [*extraction.agencies, *headed(flat, extraction, around)], key=lambda one: (one.start, one.end)
            )
            at = {reading.start: reading for reading in reversed(found)}
            extraction.cites = [_issued(flat, cite, at, scanned=extraction.scanned) for cite in extraction.cites]
        return doc


@_Language.factory("hoso_agencies")
def make(nlp: Language, name: str) -> Agencies:
    """The factory of the component."""
    return Agencies()


def _page(flat: Flat, found: list[Reading]) -> list[Named]:
    """The units that the page names: of bodies, and by their type words."""
    places = [
        Named(reading.agency.place_name, kind)
        for reading in found
        if reading.agency.place_name and (kind := place_type(reading.agency))
    ]
    taken = flat.mask(found)
    return places + [Named(spot.name, spot.type) for spot in typed(flat) if taken.free(spot.start, spot.end)]


def _issued(flat: Flat, cite: Citation, found: Mapping[int, Reading], *, scanned: bool) -> Citation:
    """The citation with the issuer that the text names behind it ("... của Ủy ban nhân dân tỉnh")."""
    end = flat.forth(cite.end)
    match = _OF.match(flat.folded, end)
    if match is None:
        return cite
    reading = found.get(match.end())
    if reading is None:
        return cite
    number = with_issuer(cite.number, reading.agency.canonical) if cite.number and scanned else cite.number
    return replace(cite, number=number, issuer=" ".join(flat.shown[reading.start : reading.end].split()))
