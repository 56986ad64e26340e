"""Symbols of documents (``QĐ-UBND``, ``TTr-SXD``): put together where a line end or a space cut them, and read again
where OCR confused letters, by weighted distance to the closed list of types and frequent issuers."""

from __future__ import annotations

import re
from functools import cache

from nlp.data import table
from nlp.repair.confusion import weighted_distance

JOINT = re.compile(r"(?<=/)([A-ZĐ0][A-Za-zĐđ]{0,6})(\s{0,3})([-–])(\s{0,3})(?:\n[ \t]{0,60})?(?=[A-ZĐ]{2})")
"""A type and an issuer with a hyphen between them, perhaps cut: ``QĐ- UBND``, ``QĐ-\\nUBND``."""

_NEAR = 0.45


def join_symbol(match: re.Match[str]) -> str:
    """The type and the hyphen without what cut them, the type repaired."""
    return repair_part(match.group(1)) + "-"


@cache
def _known() -> dict[str, str]:
    types = {abbreviation for row in table("types.csv") for abbreviation in row["abbreviations"].split()}
    issuers = {row["symbol"] for row in table("symbols.csv")}
    return {part.upper(): part for part in types | issuers}


@cache
def repair_part(part: str) -> str:
    """One part of a symbol as printed, or the known part that OCR made it from (``QĐĐ``, ``0Đ`` → ``QĐ``)."""
    if part.upper() in _known() or len(part) > 8 or len(part) < 2:
        return part
    ranked = sorted((weighted_distance(part.upper(), known), known) for known in _known() if abs(len(known) - len(part)) < 2)
    if not ranked or ranked[0][0] > _NEAR or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < 0.1):
        return part
    return _known()[ranked[0][1]]


def repair_symbol(symbol: str) -> str:
    """A whole symbol without spaces, each part repaired; separators stay."""
    pieces = re.split(r"([-/–])", re.sub(r"\s+", "", symbol))
    return "".join("-" if piece == "–" else piece if piece in "-/" else repair_part(piece) for piece in pieces)
