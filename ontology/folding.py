"""The one folding of text for matching: lower case, no accents, đ as d, and every character keeps its place."""

from __future__ import annotations

import unicodedata

_LATIN = (range(0x0250), range(0x1E00, 0x1F00))
"""Latin letters with and without marks: Basic to Extended-B, and Extended Additional (Vietnamese)."""

_NO_DECOMPOSITION = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"}
"""Đ has no canonical decomposition; Ð (eth) is typed for it."""


def _plain(char: str) -> str:
    base = _NO_DECOMPOSITION.get(char) or unicodedata.normalize("NFD", char)[0]
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base


_TABLE = {code: _plain(chr(code)) for block in _LATIN for code in block if _plain(chr(code)) != chr(code)}


def fold(text: str) -> str:
    """Lower case without accents, đ/Đ/Ð as d. The result is as long as the NFC form of ``text``, character for
    character, so that offsets in it are offsets in the NFC text."""
    return unicodedata.normalize("NFC", text).translate(_TABLE)
