"""Who issued an act, by its symbol and its time: ``bodies.csv``.

CP stood for the Government Council (Hội đồng Chính phủ) until 1981 and stands for the Government (Chính phủ) since 1992;
between them acts were the Council of Ministers' (HĐBT): constitutions of 1959, 1980 and 1992.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ontology.folding import fold

_SYMBOL = re.compile(r"[-/](?P<symbol>[^\W\d_]+)\d*$")


@dataclass(frozen=True, slots=True)
class Body:
    """A body that issues acts; ``since`` and ``until`` (ISO, '' where open) are the days between which it did."""

    id: str
    name_vi: str
    name_en: str
    symbol: str
    words: str
    since: str
    until: str


@cache
def bodies() -> tuple[Body, ...]:
    """All bodies of the table."""
    written = files("ontology.rdf").joinpath("data", "bodies.csv").read_text(encoding="utf-8")
    return tuple(Body(**row) for row in csv.DictReader(io.StringIO(written)))


def issuer(act: str, day: str) -> Body | None:
    """The body that issued the act of which something took effect on the day (ISO, may be partial); None where its
    symbol or its words say nothing."""
    found = _SYMBOL.search(act)
    symbol, words = (found["symbol"] if found else ""), fold(act)
    for body in bodies():
        named = (
            symbol == body.symbol
            if body.symbol and symbol
            else bool(body.words) and words.startswith(fold(body.words))
        )
        if named and (not body.since or body.since <= day) and (not body.until or day <= body.until):
            return body
    return None
