"""One name to its agency: names of fonds creators, issuers, columns of a manifest."""

from __future__ import annotations

from ontology.agencies.grammar import read_at
from ontology.agencies.parts import AgencyName, Reading
from ontology.agencies.words import office_titles
from ontology.folding import fold
from ontology.names import normalise


def recognise(name: str) -> AgencyName | None:
    """The agency a name means ("UBND Q. Đống Đa" → Ủy ban nhân dân quận Đống Đa, district, government); None when
    no head word begins it.

    The office-holder's title before it does not matter. A name in capitals is read as one: "ỦY BAN NHÂN DÂN QUẬN BA ĐÌNH".
    """
    reading = read_name(normalise(" ".join(name.split())))
    return reading.agency if reading else None


def read_name(text: str) -> Reading | None:
    """The same with where the agency's name ends in the text, which is well written (``names.normalise``)."""
    if not text:
        return None
    folded = fold(text)
    if len(folded) != len(text):
        return None
    reading = read_at(text, folded, 0)
    if reading is None and (title := office_titles().match(folded)):
        # the title of an office-holder before the body's name ("CHỦ TỊCH ỦY BAN NHÂN DÂN ...")
        reading = read_at(text, folded, title.end() + 1)
    return reading
