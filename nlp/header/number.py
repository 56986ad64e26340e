"""The grammar of a document's own number: state, Party, older forms, blanks for handwriting, and what OCR makes of them.

``1656/NQ-UBTVQH15``, ``68 /2024/QĐ-UBND``, ``414/BNV-VTLTNN``, ``29-CT/TU``, ``194-HĐBT``, ``25/UB-QĐ``, ``45 CV/UB``
(RECORDS.md §1-2, PRACTICE.md §5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.letters import LOWER, UPPER
from nlp.repair.confusion import as_digits
from nlp.repair.symbols import is_known_part, is_known_symbol, repair_symbol

_PART = rf"(?:QyĐ|[{UPPER}0](?![{LOWER}])(?:[{UPPER}0-9&]|[a-zđ]{{1,3}}(?![{LOWER}]))*(?![{LOWER}]))"
"""One part of a symbol: capitals, perhaps a few small letters behind the second (TTg, TTr); a word with one capital
is a place that OCR put behind the number."""
_SYMBOL = rf"{_PART}(?:(?:\s{{0,2}}[-–/&]{{1,2}}\s{{0,2}}|[.,](?=[{UPPER}]{{2}})|\.){_PART})*"
_MARK = re.compile(
    r"^[\W_]{0,8}?(?:(?:cv|(?:ban an|quyet dinh|hop dong|nghi quyet|nghi dinh|thong tu|chi thi|thong bao|giay phep|phap lenh|luat|cong van)(?=\s+so\s?:.{0,30}$))\s+)?(?:[s5§][oö06ọ]|§[oõ]|[ngz8§$][oö]|o(?=:))(?:\s{0,2}(?:ky hieu|hieu|luu tru|chung thuc|cong van|gp(?:xd)?(?=\s?:)))?(?:\s{0,2}[:;]\s{0,40}|\s{0,2}[.]?\s{0,40}(?=[^a-z\s]|$))"
)
_BEHIND = re.compile(
    rf"(?P<digits>[^/]{{0,14}}?)\s{{0,40}}/\s{{0,3}}(?:(?P<year>(?:19|20)[0-9OolI]{{2}})\s{{0,2}}/\s{{0,3}})?(?P<symbol>{_SYMBOL})"
)
_PARTY = re.compile(
    rf"(?P<digits>[^/\-–]{{0,10}}?)\s{{0,20}}[-–]\s{{0,2}}(?P<symbol>{_PART}\s{{0,2}}/\s{{0,2}}{_SYMBOL})"
)
_SPACED = re.compile(
    rf"(?P<digits>\d{{1,5}}[a-z]?)(?:\s{{1,4}}|(?=[{UPPER}]{{2}})(?![OQISBZ]+\W))(?P<symbol>{_PART}\s{{0,2}}[/\-]\s{{0,2}}{_SYMBOL})"
)
_POINTED = re.compile(rf"(?P<digits>\d{{1,5}}[a-z]?)\s?\.\s?(?P<symbol>{_PART}\s{{0,2}}[/\-]\s{{0,2}}{_SYMBOL})")
_LONE = re.compile(rf"(?P<digits>\d{{1,5}}[a-z]?)\s{{1,3}}(?P<symbol>[{UPPER}]{{2,6}})(?=\s{{2}}|\s*$|\s+ngày)")
_PLAIN = re.compile(
    rf"(?P<digits>\d{{1,5}}[a-z]?)\s{{0,2}}-\s{{0,2}}(?P<symbol>{_PART}(?:\s?-\s?{_PART}){{0,3}})(?=\s|$)"
)
_BARE = re.compile(
    rf"(?P<digits>\d{{1,6}}[a-z]?|\d{{2}}[A-Z]\d{{5,8}})(?=\s{{3}}|\s*$|\s?[,;.–/-]?\s*[Qq]uyển|\s+[{UPPER}][{LOWER}]+[\s,])"
)
"""A number without a symbol: of certificates and vouchers, of business households (01A8012345), of an entry in a
register (``Số: 45, Quyển số: 01/1987``)."""
_DIGITS = re.compile(r"(?P<n>\d{1,5}(?:\.\d{1,2})?)\s?(?P<letter>[a-zđ]{0,3}|BIS|(?<=\d)[ACDĐE])$")
_YEAR_BEHIND = re.compile(
    r"(?P<n>\d{1,5}[a-z]?)(?:[\s/.,\-]{1,3}|(?<=\d\d)|(?<=[a-z]))(?P<year>(?:19[4-9]|20[0-4])\d)$"
)
"""A glued year needs two digits before it: five digits are a number like any other."""
_THOUSANDS = re.compile(r"\d{1,2}\.\d{3}")
"""A number with a point for the thousands ("2.145/QĐ-UBND")."""
_GAP = re.compile(r"\s$")


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A number as read. ``number`` is the full form without spaces, None where the digits are blank or unreadable;
    ``symbol`` all but the digits (``/QĐ-UBND``, ``-CT/TU``). ``gap``: a space between digits and symbol, as where
    the digits were written by hand. ``clean``: nothing was repaired. ``written``: something stands for the digits.
    ``start``, ``end``: in the cell. ``digits_clean``: the digits needed no repair."""

    number: str | None
    symbol: str
    gap: bool
    clean: bool
    written: bool
    start: int
    end: int
    digits_clean: bool = True


def number_mark(folded: str) -> int | None:
    """Where the number begins in a cell that opens with the word Số (folded); None in any other cell."""
    if len(folded) < 3:
        return None
    match = _MARK.match(folded)
    return match.end() if match else None


def parse_number(text: str, start: int = 0, *, repair: bool = True) -> DocNumber | None:
    """Read the number that begins at ``start``; None where no form fits. ``repair``: parts of the symbol are read
    again as known ones, as scans need."""
    found: list[DocNumber] = []
    for pattern, joint in ((_PARTY, "-"), (_BEHIND, "/"), (_SPACED, ""), (_POINTED, "."), (_PLAIN, "-")):
        match = pattern.match(text, start)
        made = _made(match, joint, repair=repair) if match is not None else None
        if made is not None:
            found.append(made)
    if found:
        # Digits that stand there as they are come before digits that letters have to be read as.
        return min(found, key=lambda made: (made.number is None, not made.digits_clean))
    lone = _LONE.match(text, start)
    if lone is not None and is_known_part(lone.group("symbol")):
        return _made(lone, "", repair=repair)
    match = _BARE.match(text, start)
    if match is not None:
        return DocNumber(match.group("digits"), "", gap=False, clean=True, written=True, start=start, end=match.end())
    return None


_ANYWHERE = re.compile(
    rf"(?P<digits>\S{{0,7}}?)\s?(?:/\s?(?P<year>(?:19|20)[0-9OolI]{{2}})\s?)?/\s?(?P<symbol>{_SYMBOL})"
)


def find_number(text: str) -> DocNumber | None:
    """The number of a scanned cell whose word Số is lost: known by a symbol that opens with a known type or body."""
    for match in _ANYWHERE.finditer(text):
        made = _made(match, "/")
        if made is not None and is_known_symbol(made.symbol):
            return made
    return None


def _made(match: re.Match[str], joint: str, *, repair: bool = True) -> DocNumber | None:
    raw_symbol = match.group("symbol")
    symbol = repair_symbol(_trimmed(raw_symbol)) if repair else _trimmed(raw_symbol)
    letters = sum(char.isalpha() for char in symbol)
    if letters < 2:
        return None
    raw = match.group("digits")
    year = match.groupdict().get("year")
    digits, repaired = _digits(raw, year)
    if (digits is None and joint == "") or (joint == "-" and digits is None and re.search(r"[^\W\d_]{2}", raw)):
        return None
    middle = f"/{as_digits(year)}" if year else ""
    gap = match.start("symbol") > match.end("digits") and text_gap(match)
    tail = f"{joint}{symbol}"
    if digits is not None and "/" in digits:
        digits, middle = digits.split("/")[0], "/" + digits.split("/")[1]
    return DocNumber(
        number=f"{digits}{middle}{tail}" if digits is not None else None,
        symbol=f"{middle}{tail}",
        gap=gap,
        clean=not repaired and _trimmed(raw_symbol) == symbol,
        written=bool(raw.strip(" .…_")),
        start=match.start(),
        end=match.start("symbol") + len(raw_symbol.rstrip(" -–/.,&")),
        digits_clean=not repaired,
    )


def text_gap(match: re.Match[str]) -> bool:
    """Whether a space stands right behind the digits."""
    return match.string[match.end("digits") : match.end("digits") + 1].isspace() or bool(
        _GAP.search(match.group("digits"))
    )


def _trimmed(raw: str) -> str:
    """The symbol without spaces; a dot or comma between a known type and a known body is a hyphen misread."""
    symbol = re.sub(r"\s+", "", raw).replace("–", "-")
    symbol = _DOTTED.sub(
        lambda match: match.group().replace(match.group(2), "-") if _both_known(match) else match.group(), symbol
    )
    return re.sub(r"-{2,}", "-", symbol).rstrip("-/.,&")


_DOTTED = re.compile(rf"([{UPPER}]{{2,}})([.,])([{UPPER}]{{2,}})")


def _both_known(match: re.Match[str]) -> bool:
    return is_known_symbol(f"{match.group(1)}-{match.group(3)}") and is_known_symbol(
        f"{match.group(3)}-{match.group(1)}"
    )


def _digits(raw: str, year: str | None) -> tuple[str | None, bool]:
    """The digits (``68``, ``66.7``, ``12a``, or ``68/2024`` where the year hangs behind them) and whether they were
    repaired; None where they are blank or cannot be read."""
    shown = raw.strip(" .…_:;,-'`\"—*")
    if not shown:
        return None, False
    if _THOUSANDS.fullmatch(shown):
        return shown.replace(".", ""), False
    match = _DIGITS.match(shown)
    if match is not None and (year or not _YEAR_BEHIND.match(shown)):
        return match.group("n") + match.group("letter"), False
    if year is None and (hanging := _YEAR_BEHIND.match(shown)) is not None:
        return f"{hanging.group('n')}/{hanging.group('year')}", True
    digits = as_digits(re.sub(r"\s+", "", shown))
    return (digits, True) if digits is not None and len(digits) <= 5 else (None, True)
