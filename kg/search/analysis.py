"""Words of texts and queries as the index knows them: folded for every spelling, accented for the one typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from vi_textmatch.tone import normalize_tone

from nlp.data import column, table
from ontology.folding import fold

WORD: Final = re.compile(r"[^\W_]+")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
_READ_AS_DIGITS = re.compile(r"(?=[a-z]*\d)(?:[ilo]*\d){1,5}[ilo]{0,3}")
_AS_DIGITS = str.maketrans("ilo", "110")
_TYPED_NUMBER = re.compile(
    r"\b\d{1,5}[a-z]?\s?(?:/\s?(?:19|20)\d\d\s?)?[-/]\s?[a-z]{1,8}\d{0,2}(?:\s?[-/]\s?[a-z]{1,12}\d{0,2}){0,3}\b"
)


def folded(text: str) -> str:
    """Lower case without accents, as long as the NFC text."""
    return fold(text)


def accented(text: str) -> str:
    """Lower case in NFC with every tone mark in its usual place (hoà and hòa alike)."""
    return str(normalize_tone(unicodedata.normalize("NFC", text))).lower()


def words(text: str) -> list[str]:
    """The words of a text that was folded or accented; digits and letters, as the index cuts them."""
    return WORD.findall(text)


def number_key(number: str) -> str:
    """A document number in the form under which it is found: ``05/QĐ-UBND``, ``5 QD UBND`` → ``5 qd ubnd``; digits
    that a scan read as letters are digits (``l23/QĐ-UBND``), a symbol without its hyphen has it (``123/QĐUBND``)."""
    return " ".join(number_words(number))


def number_words(number: str) -> list[str]:
    """The words of ``number_key``."""
    found: list[str] = []
    for place, word in enumerate(words(fold(number))):
        if place == 0 and _READ_AS_DIGITS.fullmatch(word):
            word = word.translate(_AS_DIGITS)  # noqa: PLW2901
        found += _symbol_parts(_LEADING_ZEROS.sub("", word)) if word.isalpha() else [_LEADING_ZEROS.sub("", word)]
    return found


def _symbol_parts(word: str) -> list[str]:
    """A symbol written in one ("qdubnd") in its parts, where they are known."""
    types, bodies = _symbols()
    for length in range(2, len(word) - 1):
        if word[:length] in types and word[length:] in bodies and word not in bodies:
            return [word[:length], word[length:]]
    return [word]


@cache
def _symbols() -> tuple[frozenset[str], frozenset[str]]:
    """The folded symbols of types, and of bodies."""
    types = [form for row in table("types.csv") for form in row["abbreviations"].split()]
    return frozenset(map(fold, types)), frozenset(
        fold(form) for form in column("symbols.csv", "symbol") if len(form) > 2
    )


def typed_numbers(query: str) -> list[tuple[int, int]]:
    """Where a query holds something of the form of a document number (123/QĐ-UBND, 60-NQ/TW): offsets in its NFC
    form."""
    return [match.span() for match in _TYPED_NUMBER.finditer(fold(query))]


def marks(text: str, query: str, readings: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Offsets in ``text`` (a passage, NFC) of the words that ``query`` asks for; touching ones are not joined.

    Accents count where both sides have them: "phóng" marks "PHONG" of a page typed without, never "phòng"; a query
    typed without accents marks every spelling. ``readings``: other forms of the query by which it was searched (slips
    undone); their words are marked too.
    """
    own = words(accented(query))
    typed = {*own, *(word for reading in readings for word in words(accented(reading)))}
    plain = {fold(word) for word in typed}
    accentless = all(word == fold(word) for word in own)
    found = []
    for match in WORD.finditer(text):
        word = accented(match.group())
        folded_word = fold(word)
        if word in typed or (folded_word in plain and (accentless or word == folded_word)):
            found.append(match.span())
    return found
