"""One name to its agency: names of fonds creators, issuers, columns of a manifest."""

from __future__ import annotations

from ontology.agencies.grammar import read_at
from ontology.agencies.parts import AgencyName, Reading
from ontology.agencies.words import office_titles
from ontology.folding import fold
from ontology.names import normalise, split_type, without_remarks

_BETWEEN = " ,;.:-"


def recognise(name: str) -> AgencyName | None:
    """The agency a name means ("UBND Q. Đống Đa" → Ủy ban nhân dân quận Đống Đa, district, government); None when
    no head word begins it.

    The office-holder's title before it does not matter. A name in capitals is read as one: "ỦY BAN NHÂN DÂN QUẬN BA ĐÌNH".
    """
    reading = read_name(normalise(" ".join(name.split())))
    return reading.agency if reading else None


def recognise_whole(name: str) -> AgencyName | None:
    """The same, and None where words are left that are neither the body's nor a containing unit's ("UBND quận Đống Đa và
    UBND quận Ba Đình", "UBND quận Đống Đa - Phòng Tư pháp"): what they mean would be lost."""
    text = normalise(" ".join(name.split()))
    reading = read_name(text)
    return reading.agency if reading and not behind(text[reading.end :])[1] else None


def behind(rest: str) -> tuple[str, str]:
    """What stands behind a body's name: containing units, and words that are none."""
    near, _, around = without_remarks(rest).partition(",")
    near = near.strip(_BETWEEN)
    if near and split_type(near)[0]:
        return ", ".join(part for part in (near, around.strip(_BETWEEN)) if part), ""
    return around, near


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
