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
from nlp.repair.confusion import weighted_distance

_PART = rf"(?:[{UPPER}](?:[{UPPER}0-9]|[rgyhiìí]{{1,2}}(?![{LOWER}]))*(?![{LOWER}]))"
_JOIN = r"(?:\s?[-–]\s?|\s?[/⁄]\s?|\s?&\s?|\.)"
_SMUDGED = r"(?:\s?[-–:.;]){1,3}\s?"
"""What a scan makes of the hyphen behind a type: "TT:-UBND", "NĐ: CP", "QĐ- -UBND"."""

_YEAR = r"(?:19|20)\s?[0-9OolI]\s?[0-9OolI]"
_DIGITS = r"[0-9OlI]{0,5}[0-9][0-9OlI]{0,4}(?:\.?[a-zA-Z])?"
_START = r"(?<![\w/⁄,\-])(?<!\d\.)"


@cache
def _type_alternation() -> str:
    return "|".join(re.escape(row["symbol"]) for row in table("act_types.csv") if len(row["symbol"]) > 1)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The forms and the sign that joins digits and symbol in each: a slash (with or without a year), a hyphen (Party,
    Council of Ministers), a space (``45 CV/UB``, before about 1990)."""
    symbol = rf"(?:(?:{_type_alternation()}){_SMUDGED}(?={_PART}))?{_PART}(?:{_JOIN}{_PART})*"
    slashed = rf"{_START}(?P<digits>{_DIGITS})\s?(?:[/⁄]\s?(?P<year>{_YEAR})\s?)?[/⁄]{{1,2}}\s?(?P<symbol>{symbol})"
    hyphened = (
        rf"{_START}(?P<digits>{_DIGITS})\s?[-–]\s?"
        rf"(?P<symbol>{_PART}(?:[-–&.]{_PART})*(?:\s?[/⁄]\s?{_PART}(?:[-–&.]{_PART})*)?)"
    )
    spaced = (
        rf"{_START}(?P<digits>\d{{1,5}})(?:\s|(?=(?:{_type_alternation()})[/⁄]))"
        rf"(?P<symbol>{_PART}\s?[/⁄]\s?{_PART}(?:[-–]{_PART})*)"
    )
    return ((re.compile(slashed), "/"), (re.compile(hyphened), "-"), (re.compile(spaced), ""))


ASSEMBLY = re.compile(
    rf"{_START}(?P<digits>{_DIGITS})\s?[/⁄]\s?(?P<year>20\s?[0-9Ol]\s?[0-9Ol])\s?[/⁄]{{0,2}}\s?"
    r"[QO0][HŨ]\.?\s?(?P<term>[1Il][0-9IlS])(?!\w)"
)
"""A law or resolution of the National Assembly, "72/2025/QH15", also where a scan made "0H15", "QHI5", "QH 15" of it."""

LISTED = re.compile(r"(?:\d{1,5}\s?(?:,|;|va|và)\s?(?:so\s|số\s)?)+$")
"""The numbers before the last of a row with one symbol ("217, 218 và")."""

_AS_DIGITS = str.maketrans("OolI", "0011")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as found: the full form without spaces; digits (with the year), symbol and the sign between them;
    where it stands in the flat text."""

    text: str
    digits: str
    symbol: str
    joint: str
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


_SMUDGE = re.compile(r"([^\W\d_]+)(?:[-:.;]{2,}|[:;.])(?=\w)")


def tidy_symbol(symbol: str) -> str:
    """A symbol without spaces, with Đ for Ð and the hyphen; a doubled letter in the type ("QĐĐ") is one."""
    plain = (
        _SPACE.sub("", symbol).replace("Ð", "Đ").replace("ð", "đ").replace("–", "-").replace("⁄", "/").rstrip("-/&.")
    )
    if smudge := _SMUDGE.match(plain):
        plain = f"{smudge.group(1)}-{plain[smudge.end() :]}"
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


@cache
def _symbols_of_type() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in table("act_types.csv"):
        if row["symbol"]:
            found.setdefault(row["name"], []).append(row["symbol"])
    return {name: tuple(symbols) for name, symbols in found.items()}


def agreed(symbol: str, type: str | None, *, scanned: bool) -> str:
    """The symbol with its first part as the type word beside it demands, where one letter is lost or wrong ("Nghị định
    ... /NĐ-C" → "NĐ-CP"); any other as it stands. The symbol of another type is wrong only on a ``scanned`` page
    ("Tờ trình số 407/TT-UBND"): offices that wrote TT for Tờ trình are found by it."""
    expected = _symbols_of_type().get(type or "", ())
    kind, joint, rest = _split(symbol)
    if type == "Nghị định" and kind in ("NĐ", "ND") and (not rest or "CP".startswith(rest)):
        return "NĐ-CP"
    if not expected or kind in expected or len(kind) < 2 or not rest:
        return symbol
    if kind.upper() in type_symbols() and not scanned:
        return symbol
    near = min(expected, key=lambda known: weighted_distance(kind, known))
    return near + joint + rest if weighted_distance(kind, near) <= 1.0 else symbol


def digits_of(raw: str) -> str:
    """Digits with the letters a scan puts for them; a letter behind them ("12a") stays."""
    tail = raw[-1] if raw[-1].isalpha() and raw[-1] not in "OlI" else ""
    return raw[: len(raw) - len(tail)].translate(_AS_DIGITS) + tail


def type_of_symbol(symbol: str) -> str | None:
    """The type a symbol names: its first or second part, "QH15" (Luật or Nghị quyết: None), Công văn for ORG-UNIT."""
    parts = [part.upper() for part in re.split(r"[-/&.]", symbol) if part]
    known = type_symbols()
    for part in parts[:2]:
        if part in known:
            return known[part]
    if parts and (parts[-1] in _lone("typeless") or _ASSEMBLY_BODY.fullmatch(parts[-1])):
        return None
    return "Công văn" if len(parts) > 1 else None


_ASSEMBLY_BODY = re.compile(r"(?:UBTV|TV)?QH\d*|HĐNN\d*")


@cache
def _lone(use: str) -> frozenset[str]:
    return frozenset(row["symbol"] for row in table("act_symbols.csv") if row[use])


@cache
def _powers() -> frozenset[str]:
    return frozenset(form.upper() for row in table("powers.csv") for form in row["forms"].split(";"))


def names_no_act(symbol: str) -> bool:
    """Whether a symbol belongs to a book of certifications ("01-SCT/BS") or is a signing power ("K/T")."""
    return symbol.upper() in _powers() or re.split(r"[-/&.]", symbol.upper(), maxsplit=1)[0] in _lone("no_act")


def numbers(shown: str) -> list[Number]:
    """Every full number in one-line text, in order, none overlapping; ``Number.text`` is the full form."""
    found: list[Number] = []
    taken = bytearray(len(shown))

    def keep(match: re.Match[str], joint: str, symbol: str) -> None:
        start, end = match.start(), match.start() + len(match.group().rstrip("-/&. "))
        taken[start:end] = b"\x01" * (end - start)
        year = _SPACE.sub("", match.groupdict().get("year") or "").translate(_AS_DIGITS)
        front = digits_of(match.group("digits")) + (f"/{year}" if year else "")
        found.append(Number(front + joint + symbol, front, symbol, joint, start, end))

    for match in ASSEMBLY.finditer(shown):
        keep(match, "/", "QH" + match.group("term").translate(_AS_DIGITS).replace("S", "5"))
    for pattern, joint in _patterns():
        for match in pattern.finditer(shown):
            if taken.find(1, match.start(), match.end()) >= 0:
                continue
            symbol = tidy_symbol(match.group("symbol"))
            if _plausible(symbol, joint):
                keep(match, joint, symbol)
    return sorted(found, key=lambda number: number.start)


def _plausible(symbol: str, joint: str) -> bool:
    """Two letters at least; a lone short word behind a slash ("2/A") or a hyphen ("2-A") names no act."""
    letters = sum(char.isalpha() for char in symbol)
    if letters < 2:
        return False
    if joint == "/":
        return True
    parts = [part.upper() for part in re.split(r"[-/&.]", symbol) if part]
    return len(parts) > 1 or parts[0] in _lone("lone")
