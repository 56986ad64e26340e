"""The one folding of text for matching: lower case, no accents, đ as d, and every character keeps its place."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    if text.isascii():
        return text.lower()
    if len(text) <= _OFTEN:
        return _folded(text)
    composed = unicodedata.normalize("NFC", text)
    return _in_one_go(composed) if len(composed) > _PAGE else composed.translate(_TABLE)


_OFTEN = 64
"""Characters of words and names, which are folded again and again."""
_PAGE = 256
"""Characters from which looking all of them up at once is faster (a page: 6 µs for 100)."""


@lru_cache(maxsize=32768)
def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_TABLE)


@cache
def _codes() -> NDArray[np.uint32]:
    import numpy as np

    return np.array([ord(_TABLE.get(code, chr(code))) for code in range(_LATIN[-1].stop)], dtype="<u4")


def _in_one_go(text: str) -> str:
    import numpy as np

    table = _codes()
    read = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded = np.where(read < len(table), table[np.minimum(read, len(table) - 1)], read)
    return folded.tobytes().decode("utf-32-le", "surrogatepass")
