"""Symbols of documents (``QĐ-UBND``, ``TTr-SXD``): put together where a line end or a space cut them, and read again
where OCR confused letters, by weighted distance to the closed list of types and frequent issuers."""

from __future__ import annotations

import re
from functools import cache

from nlp.data import table
from nlp.repair.confusion import weighted_distance
from ontology.folding import fold

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
    # Of two parts with the same letters the type's is meant, and the one with small letters ("TTr", "QyĐ").
    return {part.upper(): part for part in (*sorted(issuers), *sorted(types))}


@cache
def repair_part(part: str) -> str:
    """One part of a symbol as printed, or the known part that OCR made it from (``QĐĐ``, ``0Đ`` → ``QĐ``)."""
    if part.upper() in _known() or len(part) > 8 or len(part) < 2:
        return part
    ranked = sorted(
        (weighted_distance(part.upper(), known), known) for known in _known() if abs(len(known) - len(part)) < 2
    )
    if not ranked or ranked[0][0] > _NEAR or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < 0.1):
        return part
    return _known()[ranked[0][1]]


def repair_symbol(symbol: str) -> str:
    """A whole symbol without spaces, each part repaired; separators stay."""
    pieces = re.split(r"([-/–])", re.sub(r"\s+", "", symbol))
    if len(pieces) > 2 and len(pieces[0]) == 1 and pieces[1] == "/" and pieces[2].upper() in _known():
        # A digit that was read as a letter stands before the slash.
        pieces = pieces[2:]
    first = next((index for index, piece in enumerate(pieces) if piece[:1].isalpha()), None)
    return "".join(
        "-" if piece == "–" else piece if piece in ("-", "/") else _parted(repair_part(piece), opens=index == first)
        for index, piece in enumerate(pieces)
    )


@cache
def _types() -> frozenset[str]:
    return frozenset(part.upper() for row in table("types.csv") for part in row["abbreviations"].split())


@cache
def _parted(part: str, *, opens: bool) -> str:
    """A type and a body whose hyphen OCR lost (``TTrUBND``, at the symbol's beginning) or two parts between which it
    was read as a letter (``QĐNLĐLĐ``), with it again."""
    whole = part.upper()
    if whole in _known() or len(part) < _JOINED:
        return part
    for gap in (0, 1) if opens else (1,):
        for cut in range(2, len(whole) - gap - 1):
            front, back = whole[:cut], whole[cut + gap :]
            if front in (_types() if opens else _known()) and back in _known():
                return f"{_known()[front]}-{_known()[back]}"
    return part


_JOINED = 5
"""Letters that two parts have at least, joined."""


def is_known_symbol(symbol: str) -> bool:
    """Whether a symbol opens with a known type or body, and has a part behind it."""
    parts = [part.upper() for part in re.split(r"[-/]", symbol) if part and not part.isdigit()]
    return len(parts) > 1 and parts[0] in _known()


def is_known_part(part: str) -> bool:
    """Whether it is the abbreviation of a type or a body."""
    return part.upper() in _known()


@cache
def _issuer_symbols() -> dict[str, tuple[str, ...]]:
    """Folded body → its symbols, in alphabetical order."""
    found: dict[str, set[str]] = {}
    for row in table("symbols.csv"):
        found.setdefault(fold(row["body"]), set()).add(row["symbol"])
    return {body: tuple(sorted(symbols)) for body, symbols in found.items()}


def with_issuer(number: str, issuer: str) -> str:
    """A scanned number whose last part is the issuer's symbol with one letter lost or wrong (``CĐ-TT`` of the Prime
    Minister → ``CĐ-TTg``): the head's issuer is the second witness. Any other number as it stands, and one as near to
    two symbols of the body."""
    folded = fold(issuer)
    body = max((known for known in _issuer_symbols() if folded.startswith(known)), key=len, default=None)
    front, joint, last = number.rpartition("-")
    if body is None or not joint or "/" in last or last in _issuer_symbols()[body]:
        return number
    near = sorted((weighted_distance(last.upper(), known.upper()), known) for known in _issuer_symbols()[body])
    alone = len(near) == 1 or near[0][0] < near[1][0]
    return f"{front}-{near[0][1]}" if alone and near[0][0] <= 1.0 else number
