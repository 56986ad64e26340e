"""The grammar of the numbers of legal acts, on one-line text: state, Party and older forms, with the spaces of a scan.

``1656/NQ-UBTVQH15``, ``44/2005/QĐ-UBND``, ``414/BNV-VTLTNN``, ``60-NQ/TW``, ``194-HĐBT``, ``91/CP``, ``157/QĐ-NĐ-UB``,
``45 CV/UB`` (RECORDS.md §1, PRACTICE.md §5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nlp.data import table
from nlp.letters import LOWER, UPPER

_PART = rf"(?:[{UPPER}](?:[{UPPER}0-9]|[rgyhi]{{1,2}}(?![{LOWER}]))*(?![{LOWER}]))"
_JOIN = r"(?:\s?[-–]\s?|\s?[/⁄]\s?|\s?&\s?|\.)"
_SYMBOL = rf"{_PART}(?:{_JOIN}{_PART})*"
_YEAR = r"(?:19|20)[0-9OolI]{2}"
_DIGITS = r"[0-9OlI]{0,5}[0-9][0-9OlI]{0,4}[a-zA-Z]?"

SLASHED = re.compile(
    rf"(?<![\w/⁄.,\-])(?P<digits>{_DIGITS})\s?(?:[/⁄]\s?(?P<year>{_YEAR})\s?)?[/⁄]\s?(?P<symbol>{_SYMBOL})"
)
"""Digits, perhaps a year, a slash and a symbol."""

HYPHENED = re.compile(
    rf"(?<![\w/⁄.,\-])(?P<digits>{_DIGITS})\s?[-–]\s?(?P<symbol>{_PART}(?:[-–&.]{_PART})*(?:\s?[/⁄]\s?{_PART}(?:[-–&.]{_PART})*)?)"
)
"""Party numbers and those of the Council of Ministers: a hyphen behind the digits."""

SPACED = re.compile(rf"(?<![\w/⁄.,\-])(?P<digits>\d{{1,5}})\s(?P<symbol>{_PART}\s?[/⁄]\s?{_PART}(?:[-–]{_PART})*)")
"""``45 CV/UB``: older, a space behind the digits."""

LISTED = re.compile(r"(?:\d{1,5}\s?(?:,|;|va|và)\s?(?:so\s|số\s)?)+$")
"""The numbers before the last of a row with one symbol ("217, 218 và")."""

_AS_DIGITS = str.maketrans("OolI", "0011")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as found: the full form without spaces, its digits and symbol, where it stands in the flat text."""

    text: str
    digits: str
    symbol: str
    start: int
    end: int


@cache
def type_symbols() -> dict[str, str]:
    """Symbol of a type ("QĐ") to its name ("Quyết định")."""
    found: dict[str, str] = {}
    for row in table("act_types.csv"):
        if row["symbol"]:
            found.setdefault(row["symbol"].upper(), row["name"])
    return found


def tidy_symbol(symbol: str) -> str:
    """A symbol without spaces, with Đ for Ð and the hyphen; a doubled letter in the type ("QĐĐ") is one."""
    plain = (
        _SPACE.sub("", symbol).replace("Ð", "Đ").replace("ð", "đ").replace("–", "-").replace("⁄", "/").rstrip("-/&.")
    )
    kind, joint, rest = _split(plain)
    if kind.upper() not in type_symbols():
        single = re.sub(r"(.)\1", r"\1", kind)
        if single != kind and single.upper() in type_symbols():
            return single + joint + rest
    return plain


def _split(symbol: str) -> tuple[str, str, str]:
    match = re.match(r"([^\-/]*)([\-/]?)(.*)$", symbol, re.DOTALL)
    assert match is not None
    return match.group(1), match.group(2), match.group(3)


def digits_of(raw: str) -> str:
    """Digits with the letters a scan puts for them; a letter behind them ("12a") stays."""
    tail = raw[-1] if raw[-1].isalpha() and raw[-1] not in "OlI" else ""
    return raw[: len(raw) - len(tail)].translate(_AS_DIGITS) + tail


def type_of_symbol(symbol: str) -> str | None:
    """The type a symbol names: its first or second part, "QH15" (Luật or Nghị quyết: None), Công văn for ORG-UNIT."""
    parts = [part.upper() for part in re.split(r"[-/&.]", symbol) if part]
    known = type_symbols()
    if parts and parts[0] == "HĐBT":
        return None
    for part in parts[:2]:
        if part in known:
            return known[part]
    if parts and re.fullmatch(r"(?:UBTV)?QH\d*|HĐBT|HĐCP|CP|TTG|ĐKTK|LCT|HĐNN\d*|TVQH\d*", parts[-1]):
        return None
    return "Công văn" if len(parts) > 1 else None


def numbers(shown: str) -> list[Number]:
    """Every full number in one-line text, in order, none overlapping; ``Number.text`` is the full form."""
    found: list[Number] = []
    taken = bytearray(len(shown))
    for pattern, joint in ((SLASHED, "/"), (HYPHENED, "-"), (SPACED, "")):
        for match in pattern.finditer(shown):
            start, end = match.start(), match.end()
            if taken.find(1, start, end) >= 0:
                continue
            symbol = tidy_symbol(match.group("symbol"))
            if not _plausible(symbol, joint):
                continue
            digits = digits_of(match.group("digits"))
            year = match.groupdict().get("year")
            text = digits + (f"/{year.translate(_AS_DIGITS)}" if year else "") + joint + symbol
            taken[start:end] = b"\x01" * (end - start)
            found.append(Number(text, digits, symbol, start, start + len(match.group().rstrip("-/&. "))))
    return sorted(found, key=lambda number: number.start)


def _plausible(symbol: str, joint: str) -> bool:
    """Two letters at least; a lone short word behind a slash ("2/A") or a hyphen ("2-A") names no act."""
    letters = sum(char.isalpha() for char in symbol)
    if letters < 2:
        return False
    if joint == "/":
        return True
    parts = [part.upper() for part in re.split(r"[-/&.]", symbol) if part]
    return len(parts) > 1 or parts[0] in {"HĐBT", "CP", "TTG", "CT", "TƯ", "TW", "UB", "QĐ", "NQ", "TC", "LN", "BT"}
