"""The issuer and its superior as bodies named: a letterhead in two columns breaks their names over lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from nlp.agencies.units import belonging
from nlp.data import column
from nlp.flat import Flat
from nlp.header.heads import head_word
from nlp.home import place_of
from nlp.model import AgencyMention, Extraction
from nlp.resolution import Surroundings
from nlp.zones.lines import Cell
from ontology.agencies import recognise
from ontology.folding import fold

_SPACES = 6
"""Spaces and line ends that two spellings of a name may differ by."""


def headed(flat: Flat, extraction: Extraction, around: Surroundings) -> list[AgencyMention]:
    """Mentions of the issuer and its superior where the text has their names in no one piece. Where such a mention
    stands is where its first words stand."""
    found = []
    for name in (part for whole in (extraction.issuer_parent, extraction.issuer) for part in bodies_of(whole)):
        if _is_mentioned(name, extraction):
            continue
        agency = recognise(name)
        place = _first_words(flat, name, extraction)
        if place is None:
            continue
        if agency is None:
            # The head of a page names a body, also one whose like no list has.
            if head_word(fold(name)) is not None and fold(name) not in _organs():
                unit_id = extraction.issuer_unit if name == extraction.issuer else None
                found.append(AgencyMention(name, *flat.span(*place), name, "other", unit_id))
            continue
        unit, agency = belonging(agency, name, around)
        if not agency.place_name and (named := place_of(name)) is not None:
            unit = around.resolve(*named).unit  # "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI CHI NHÁNH HUYỆN KINH MÔN"
        unit_id = unit.id if unit else (extraction.issuer_unit if name == extraction.issuer else None)
        level = unit.level if unit is not None and agency.level != "central" else agency.level
        found.append(
            AgencyMention(name, *flat.span(*place), agency.canonical, agency.kind, unit_id, level, agency.bloc)
        )
    return found


@cache
def _organs() -> frozenset[str]:
    """Organs that name no body without the one they belong to (BAN THƯỜNG TRỰC)."""
    return frozenset(column("organs.csv", "organ"))


def bodies_of(name: str | None) -> list[str]:
    """The bodies that a head names: several where they issue together ("BỘ TÀI CHÍNH - BỘ NỘI VỤ")."""
    if not name:
        return []
    parts = _BETWEEN.split(name)
    return parts if len(parts) > 1 and all(recognise(part) is not None for part in parts) else [name]


_BETWEEN = re.compile(r"\s[-–]\s")


def pieces(extraction: Extraction, found: list[AgencyMention], cells: Sequence[Cell]) -> list[AgencyMention]:
    """The mentions without those in the lines of the issuer (``cells``) that are pieces of its name or its parent's."""
    if not cells:
        return found
    names = [_letters(part) for whole in (extraction.issuer_parent, extraction.issuer) for part in bodies_of(whole)]
    start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
    kept = []
    for mention in found:
        letters = _letters(mention.surface)
        inside = start <= mention.start < end and letters not in names
        if not (inside and any(letters in name for name in names)):
            kept.append(mention)
    return kept


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
