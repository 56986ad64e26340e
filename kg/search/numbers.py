"""Document numbers in a query, in whatever form they are typed, and the forms under which a number is found.

``123/QĐ-UBND``, ``123 QD UBND``, ``123/2003/QĐ-UB``, ``qd 123``, ``quyết định số 123``, ``60-NQ/TW``, ``nghị quyết 60 năm
2005``, ``số 388 NQ-CP``, ``QĐ 15/2010 UBND``; digits that a scan read as letters (``l23``, ``12O``) count as digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.search.analysis import number_words
from nlp.data import column, table
from ontology.folding import fold

MOST_WORDS: Final = 60
"""Words of a query in which numbers are looked for."""
MOST_SYMBOLS: Final = 4

_TOKEN = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d{1,5}[a-z]?")
_YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d")
_SYMBOL = re.compile(r"[a-z]{1,12}\d{0,2}")
_JOINED = re.compile(r"\s*[-/–.]{1,2}\s*")
_DATE = re.compile(r"(?<![\d/.-])\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:19|20)?\d\d(?![\w/])")
_VOWEL = re.compile(r"[aeiouy]")
_STREETS: Final = frozenset({"pho", "duong", "ngo", "ngach", "nha", "hem"})
_TYPE_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class NumberAsked:
    """A document number at ``query[start:end]`` (NFC): ``digits`` without leading zeros; the year in the number or
    said beside it; the parts of its symbol, folded; the folded name of the type that the query says ("quyet dinh", also
    from the symbol's abbreviation)."""

    start: int
    end: int
    digits: str
    year: str | None = None
    symbols: tuple[str, ...] = ()
    type: str | None = None

    def forms(self) -> tuple[str, ...]:
        """What ``number_forms`` of the record's number can hold, the most telling first: with year and symbol, without
        the year, with the first part of the symbol alone, the digits alone."""
        year = (self.year,) if self.year else ()
        symbols = list(_spellings(self.symbols, self.type))
        rows = [(self.digits, *middle, *symbol) for middle in ((year, ()) if year else ((),)) for symbol in symbols]
        rows += [(self.digits, *year)] if year else []
        return tuple(dict.fromkeys([*map(" ".join, rows), self.digits]))


def numbers_asked(query: str) -> list[NumberAsked]:
    """The document numbers that a query names, in order; dates, house numbers and the like are none."""
    query = unicodedata.normalize("NFC", query)
    folded = fold(query)
    dates = [match.span() for match in _DATE.finditer(folded)]
    tokens = [match for match in _TOKEN.finditer(folded) if not _inside(match.start(), dates)][:MOST_WORDS]
    found: list[NumberAsked] = []
    place = 0
    while place < len(tokens):
        asked, place = _at(query, folded, tokens, place)
        if asked:
            found.append(asked)
    return found


def number_forms(number: str) -> tuple[str, ...]:
    """The keys under which a record's number is found, its whole key first: its beginnings, and these without the year
    (``123/2003/QĐ-UB``: also as "123 qd ub", "123 qd", "123"). For an index; see ``NumberAsked.forms``."""
    row = number_words(number)
    rows = [row]
    if len(row) > 2 and _YEAR.fullmatch(row[1]):
        rows.append([row[0], *row[2:]])
    forms = [" ".join(one[:length]) for one in rows for length in range(len(one), 0, -1)]
    return tuple(dict.fromkeys(forms))


# -- reading
def _at(query: str, folded: str, tokens: Sequence[re.Match[str]], place: int) -> tuple[NumberAsked | None, int]:
    """The number whose digits stand at a place, and the place after it."""
    digits, after = _digits(folded, tokens, place)
    if digits is None:
        return None, place + 1
    kind, start = _type_before(tokens, place)
    year: str | None = None
    if after < len(tokens) and _YEAR.fullmatch(tokens[after].group()) and _is_joined(folded, tokens, after):
        year, after = tokens[after].group(), after + 1
    symbols, after = _symbols(query, folded, tokens, after)
    if year is None and [token.group() for token in tokens[after : after + 1]] == ["nam"]:
        said = tokens[after + 1].group() if after + 1 < len(tokens) else ""
        if _YEAR.fullmatch(said):
            year, after = said, after + 2
            if not symbols:
                symbols, after = _symbols(query, folded, tokens, after)
    if not symbols and not _stands_alone(tokens, place, after, kind, digits if year is None else ""):
        return None, place + 1
    first = tokens[place].start() if start is None else start
    kind = kind or next((_types()[symbol] for symbol in symbols if symbol in _types()), None)
    return NumberAsked(first, tokens[after - 1].end(), digits, year, symbols, kind), after


def _digits(folded: str, tokens: Sequence[re.Match[str]], place: int) -> tuple[str | None, int]:
    """The digits at a place ("66.7" as "66 7", which is its key), and the place after them."""
    row = number_words(tokens[place].group())
    if len(row) != 1 or not _DIGITS.fullmatch(row[0]):
        return None, place + 1
    if place + 1 < len(tokens) and folded[tokens[place].end() : tokens[place + 1].start()] == ".":
        further = tokens[place + 1].group()
        if further.isdigit() and len(further) <= 2:
            return f"{row[0]} {number_words(further)[0]}", place + 2
    return row[0], place + 1


def _stands_alone(tokens: Sequence[re.Match[str]], place: int, after: int, kind: str | None, digits: str) -> bool:
    """Whether digits without a symbol are a number: after a type or "số", neither a year nor a house's number."""
    if kind is None:
        return False
    after_so = place > 0 and tokens[place - 1].group() == "so"
    if _YEAR.fullmatch(digits) and not after_so:
        return False
    return kind != "" or after >= len(tokens) or tokens[after].group() not in _STREETS


def _symbols(query: str, folded: str, tokens: Sequence[re.Match[str]], place: int) -> tuple[tuple[str, ...], int]:
    """The parts of a symbol from a place on: joined by a sign, known, or in capitals."""
    found: list[str] = []
    while place < len(tokens) and len(found) < MOST_SYMBOLS:
        word = tokens[place].group()
        written = query[tokens[place].start() : tokens[place].end()]
        parts = number_words(word)
        known = all(part.rstrip("0123456789") in _known() for part in parts)
        symbolic = known or (len(word) > 1 and (written.isupper() or not _VOWEL.search(word)))
        joined = _is_joined(folded, tokens, place)
        followed = place + 1 < len(tokens) and _is_joined(folded, tokens, place + 1)
        if not _SYMBOL.fullmatch(word) or not (
            known or (joined and (symbolic or bool(found) or len(word) <= 5)) or (symbolic and followed)
        ):
            break
        found += parts
        place += 1
    return tuple(found), place


def _is_joined(folded: str, tokens: Sequence[re.Match[str]], place: int) -> bool:
    """Whether a sign joins a word to the one before it."""
    return place > 0 and _JOINED.fullmatch(folded[tokens[place - 1].end() : tokens[place].start()]) is not None


def _type_before(tokens: Sequence[re.Match[str]], place: int) -> tuple[str | None, int | None]:
    """The folded type named right before a number, with or without "số" (None for none, "" for "số" alone), and where
    that begins."""
    end = place
    start: int | None = None
    if end > 0 and tokens[end - 1].group() == "so":
        end -= 1
        start = tokens[end].start()
    for length in range(min(_TYPE_WORDS, end), 0, -1):
        name = " ".join(token.group() for token in tokens[end - length : end])
        if name in _type_names() or (length == 1 and name in _types() and len(name) > 1):
            return _types().get(name, name), tokens[end - length].start()
    return ("" if start is not None else None), start


def _spellings(symbols: tuple[str, ...], type_name: str | None) -> Iterator[tuple[str, ...]]:
    """The symbols that may be meant. UB became UBND about 2005, and either is typed for the other; the type's part may
    be left to its name ("nghị quyết 1685 UBTVQH15")."""
    rows = [symbols] if symbols else []
    if type_name and not any(symbol in _types() for symbol in symbols):
        rows = [(form, *symbols) for form in _symbols_of(type_name)] + rows
    for row in rows:
        yield row
        for one, other in (("ubnd", "ub"), ("ub", "ubnd")):
            if one in row:
                yield tuple(other if part == one else part for part in row)
    yield from (row[:1] for row in rows if len(row) > 1)


def _inside(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


# -- tables
@cache
def _types() -> dict[str, str]:
    """Folded abbreviation → folded name of the type; the first of several."""
    bodies = set(column("symbols.csv", "symbol"))
    found: dict[str, str] = {}
    for row in table("types.csv"):
        for form in row["abbreviations"].split():
            if form not in bodies:
                found.setdefault(fold(form), fold(row["name"]))
    return found


@cache
def _type_names() -> frozenset[str]:
    return frozenset(fold(name) for name in column("types.csv", "name"))


@cache
def _symbols_of(type_name: str) -> tuple[str, ...]:
    return tuple(symbol for symbol, name in _types().items() if name == type_name)


@cache
def _known() -> frozenset[str]:
    """Folded symbols of types and bodies."""
    bodies = [*column("symbols.csv", "symbol"), *column("act_symbols.csv", "symbol")]
    acts = [row["symbol"] for row in table("act_types.csv") if row["symbol"]]
    return frozenset(map(fold, [*bodies, *acts])) | frozenset(_types())
