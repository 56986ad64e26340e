"""The issuer and its superior as bodies named: a letterhead in two columns breaks their names over lines."""

from __future__ import annotations

from nlp.agencies.units import belonging
from nlp.flat import Flat
from nlp.home import place_of
from nlp.model import AgencyMention, Extraction
from nlp.resolution import Surroundings
from ontology.agencies import recognise
from ontology.folding import fold

_SPACES = 6
"""Spaces and line ends that two spellings of a name may differ by."""


def headed(flat: Flat, extraction: Extraction, around: Surroundings) -> list[AgencyMention]:
    """Mentions of the issuer and its superior where the text has their names in no one piece. Where such a mention
    stands is where its first words stand."""
    found = []
    for name in (extraction.issuer_parent, extraction.issuer):
        if not name or _is_mentioned(name, extraction):
            continue
        agency = recognise(name)
        place = _first_words(flat, name, extraction)
        if agency is None or place is None:
            continue
        unit, agency = belonging(agency, name, around)
        if not agency.place_name and (named := place_of(name)) is not None:
            unit = around.resolve(*named).unit  # "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI CHI NHÁNH HUYỆN KINH MÔN"
        level = unit.level if unit is not None and agency.level != "central" else agency.level
        found.append(
            AgencyMention(
                name, *flat.span(*place), agency.canonical, agency.kind, unit.id if unit else None, level, agency.bloc
            )
        )
    return found


def _is_mentioned(name: str, extraction: Extraction) -> bool:
    letters, length = _letters(name), len(name)
    return any(
        letters == _letters(mention.surface)
        for mention in extraction.agencies
        if abs(len(mention.surface) - length) <= _SPACES
    )


def _letters(text: str) -> str:
    return "".join(fold(text).split())


def _first_words(flat: Flat, name: str, extraction: Extraction) -> tuple[int, int] | None:
    """Where the longest beginning of the name stands in the head: whole words, in the flat text."""
    zone = extraction.zone("head")
    end = flat.forth(zone.end) if zone else min(len(flat.folded), 600)
    words = fold(name).split()
    for count in range(len(words), 1, -1):
        text = " ".join(words[:count])
        start = flat.folded.find(text, 0, end)
        if start >= 0:
            return start, start + len(text)
    return None
