"""Words of texts and queries as the index knows them: folded for every spelling, accented for the one typed."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from vi_textmatch.tone import normalize_tone

from ontology.folding import fold

WORD: Final = re.compile(r"[^\W_]+")
_LEADING_ZEROS = re.compile(r"0+(?=\d)")
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
    """A document number in the form under which it is found: ``05/QĐ-UBND``, ``5 QD UBND`` → ``5 qd ubnd``."""
    return " ".join(_LEADING_ZEROS.sub("", word) for word in words(fold(number)))


def typed_numbers(query: str) -> list[tuple[int, int]]:
    """Where a query holds something of the form of a document number (123/QĐ-UBND, 60-NQ/TW): offsets in its NFC
    form."""
    return [match.span() for match in _TYPED_NUMBER.finditer(fold(query))]


def marks(text: str, query: str) -> list[tuple[int, int]]:
    """Offsets in ``text`` (a passage, NFC) of the words that ``query`` asks for; touching ones are not joined.

    Accents count where both sides have them: "phóng" marks "PHONG" of a page typed without, never "phòng"; a query
    typed without accents marks every spelling.
    """
    typed = set(words(accented(query)))
    plain = {fold(word) for word in typed}
    accentless = typed == plain
    found = []
    for match in WORD.finditer(text):
        word = accented(match.group())
        folded_word = fold(word)
        if word in typed or (folded_word in plain and (accentless or word == folded_word)):
            found.append(match.span())
    return found
