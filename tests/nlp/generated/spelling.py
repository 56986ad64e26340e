"""How typists spelt: old tone placement, capitals without tones."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
OLD = [
    ("òa", "oà"),
    ("óa", "oá"),
    ("ỏa", "oả"),
    ("ọa", "oạ"),
    ("ủy", "uỷ"),
    ("úy", "uý"),
    ("ùy", "uỳ"),
    ("ũy", "uỹ"),
    ("ụy", "uỵ"),
    ("òe", "oè"),
    ("óe", "oé"),
    ("ỏe", "oẻ"),
]
"""Tone placement, modern and old."""


def toneless(text: str) -> str:
    """The text without tone marks (the letters' own signs stay)."""
    signs = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in signs if sign not in _TONES))


@dataclass(frozen=True, slots=True)
class Spelling:
    """``old`` tone placement (none, all, small letters only); ``toneless``: capitals without tones."""

    old: str
    toneless: bool

    def __call__(self, text: str) -> str:
        if self.old != "none":
            pairs = (
                OLD
                if self.old == "small"
                else [*OLD, *((a.upper(), b.upper()) for a, b in OLD), ("Ủy", "Uỷ"), ("Hòa ", "Hoà ")]
            )
            for new, old in pairs:
                text = text.replace(new, old)
        if self.toneless:
            words = text.split(" ")
            text = " ".join(
                toneless(word) if sum(map(str.isupper, word)) > 1 and word.isupper() else word for word in words
            )
        return text
