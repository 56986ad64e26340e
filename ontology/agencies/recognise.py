"""One name to its agency: names of fonds creators, issuers, columns of a manifest."""

from __future__ import annotations

import re
from functools import cache

from ontology.agencies.grammar import AgencyName, read_at
from ontology.folding import fold
from ontology.names import normalise, rows


def recognise(name: str) -> AgencyName | None:
    """The agency a name means ("UBND Q. Đống Đa" → Ủy ban nhân dân quận Đống Đa, district, government); None when
    no head word begins it.

    The office-holder's title before it does not matter. A name in capitals is read as one: "ỦY BAN NHÂN DÂN QUẬN BA ĐÌNH".
    """
    text = normalise(" ".join(name.split()))
    if not text:
        return None
    folded = fold(text)
    if len(folded) != len(text):
        return None
    reading = read_at(text, folded, 0)
    if reading is None and (title := _title().match(folded)):
        reading = read_at(text, folded, title.end())
    return reading.agency if reading else None


@cache
def _title() -> re.Pattern[str]:
    """The title of an office-holder before the body's name ("CHỦ TỊCH ỦY BAN NHÂN DÂN ...")."""
    titles = sorted((fold(row["title"]) for row in rows("office_titles.csv")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, titles))}) ")
