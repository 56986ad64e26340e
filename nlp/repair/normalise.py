"""The one way from text as read to normalised text: encoding, NFC, odd characters, cut symbols.

Tone placement (Ủy, Uỷ) and the words of the page stay as printed; lines and form feeds stay where they are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from nlp.repair.legacy import convert_legacy
from nlp.repair.offsets import Edited, Layer
from nlp.repair.symbols import JOINT, join_symbol
from nlp.repair.wording import repairs
from nlp.zones.quality import is_scan


@dataclass(frozen=True, slots=True)
class Normalised:
    """The normalised text (NFC, Unicode Vietnamese, ``\\n`` line ends) with the way back to the text as read.

    An Extraction counts in ``text``, which its JSON holds; who has the text as read normalises it again (the same comes
    out) to lead a span of the JSON back.

    ``encoding`` is the legacy code the text was read from (``tcvn3``, ``vni``, ``viqr``), None for Unicode;
    ``scanned`` whether OCR read the text, seen before its known phrases were read again.
    """

    text: str
    layers: tuple[Layer, ...] = ()
    encoding: str | None = None
    scanned: bool = False

    def to_source(self, offset: int) -> int:
        """The offset in the text as read of an offset in ``text`` (0..len inclusive). Monotone."""
        for layer in reversed(self.layers):
            offset = layer.back(offset)
        return offset

    def span_to_source(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of ``text`` as a stretch of the text as read, end exclusive."""
        return self.to_source(start), self.to_source(end)


_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff"
_CLUSTER = re.compile(f"[^{_MARKS}]?[{_MARKS}]+", re.DOTALL)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_ODD = re.compile(
    "\r\n?|[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]|[\u00a0\u2000-\u200a\u202f\u205f\u3000]"
    "|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udfff]|[\u2028\u2029]"
    "|[Ððɖ]|[\u2044\u2215\u29f8]|[\u2010\u2011\u2212]|[\ufb00-\ufb06]"
)
_SPACES = frozenset("\u00a0\u202f\u205f\u3000") | {chr(code) for code in range(0x2000, 0x200B)}
_LETTERS = {"Ð": "Đ", "ɖ": "đ", "ð": "đ"}
"""Letters that are typed or read for Đ: eth and the African d."""
_ESCAPE = re.compile(r"\\(?=[\n\f\-*_.()\[\]#+>|\"'<!\\]|$)")
_PANDOC = re.compile(r"\\-\\-|\\\n")


def _plain(match: re.Match[str]) -> str:
    char = match.group()
    if char[0] == "\r" or char in "\u2028\u2029":
        return "\n"
    if char in _LETTERS:
        return _LETTERS[char]
    if char in _SPACES:
        return " "
    if char in "\u2044\u2215\u29f8":
        return "/"
    if char in "\u2010\u2011\u2212":
        return "-"
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    if "\ufb00" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    return " " if char in "\x00\x0b\x1f" else ""


def _compose(edited: Edited) -> None:
    """Bring the text to NFC."""
    for pattern in (_CLUSTER, _NOT_ASCII):
        if unicodedata.is_normalized("NFC", edited.text):
            return
        edited.substitute(pattern, lambda match: unicodedata.normalize("NFC", match.group()))


def normalise(text: str, method: str | None = None) -> Normalised:
    """Normalise a record's text (pages joined by ``\\f``), which was read in that way (Context.method). Pure; any string
    is taken, none raises."""
    edited = Edited(text)
    encoding = convert_legacy(edited)
    edited.substitute(_ODD, _plain)
    if _PANDOC.search(edited.text):
        edited.substitute(_ESCAPE, lambda match: "")
    _compose(edited)
    edited.substitute(JOINT, join_symbol)
    scanned = is_scan(edited.text, method)
    if scanned:
        edited.replace(repairs(edited.text))
    return Normalised(edited.text, tuple(edited.layers), encoding, scanned)
