"""Which encoding the bytes of a plain text are in, decided for the whole file by a stated rule.

1. A byte order mark decides: UTF-8, UTF-16, UTF-32.
2. NUL bytes, or control characters in more than one byte of a hundred: no text.
3. Valid UTF-8 is UTF-8 (a character cut off by the file's end is dropped, nothing else is forgiven).
4. Otherwise the eight-bit encodings that Vietnamese offices used are tried: windows-1258, TCVN3 (.Vn fonts) and VNI.
   The one under which the words with accents are Vietnamese syllables wins, if seven in ten are and the next best has
   at least a tenth less; else the encoding is undecidable and the file is not read.

TCVN3 keeps capitals in a font of their own, so that they come out as small letters: the bytes do not tell them apart.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from nlp.repair.syllables import is_syllable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32 before UTF-16: the little-endian mark of one begins that of the other."""

_CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n\v\f\r\x1a\x1b")
_CONTROL_SHARE = 0.01
_SHARE = 0.7
_LEAD = 0.1
_CUT_OFF = 3
"""The longest beginning of a UTF-8 character that lacks its end, in bytes."""

_OUTER = re.compile(r"^[\x00-\x40\[-`{-~“”‘’„–—…•·§°«»\xa0]+|[\x00-\x40\[-`{-~“”‘’„–—…•·§°«»\xa0]+$")
_INNER = re.compile(r"[\s\x00-\x2f:;<=>?@\[\]_/]+")


class UndecidableEncoding(ValueError):
    """No encoding fits the bytes."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the name of the encoding that its bytes were in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Bytes of a plain text as text, newlines as they are. Raises UndecidableEncoding (see the rule above)."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, name)
    if b"\x00" in data or sum(map(data.count, (bytes([code]) for code in _CONTROLS))) > _CONTROL_SHARE * len(data):
        raise UndecidableEncoding
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and len(data) - error.start <= _CUT_OFF and error.start:
            return Decoded(data[: error.start].decode("utf-8"), "utf-8")
    return _eight_bit(data)


def _strict(data: bytes, name: str) -> Decoded:
    try:
        return Decoded(data.decode(name).removeprefix("\ufeff"), name)
    except UnicodeDecodeError:
        raise UndecidableEncoding from None


def _eight_bit(data: bytes) -> Decoded:
    ranked: list[tuple[float, Decoded]] = []
    for name, read in _CANDIDATES.items():
        try:
            text = read(data)
        except UnicodeDecodeError:
            continue
        ranked.append((vietnamese_share(text), Decoded(text, name)))
    ranked.sort(key=lambda item: -item[0])
    shares = [share for share, _ in ranked] + [0.0, 0.0]
    if shares[0] < _SHARE or shares[0] - shares[1] < _LEAD:
        raise UndecidableEncoding
    return ranked[0][1]


def vietnamese_share(text: str) -> float:
    """Of the words that have a letter outside ASCII, the share (0..1) that are Vietnamese syllables; 0 without any."""
    marked = valid = 0
    for chunk in text.split():
        for word in _INNER.split(_OUTER.sub("", chunk)):
            if word.isascii():
                continue
            marked += 1
            valid += is_syllable(word)
    return valid / marked if marked else 0.0


def _cp1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258"))


def _tcvn3(data: bytes) -> str:
    return _legacy(_western(data), "tcvn3")


def _vni(data: bytes) -> str:
    text = _western(data)
    for pair, letter in _VNI_MISSING.items():
        text = text.replace(pair, letter)
    return _legacy(text, "vni")


_VNI_MISSING = {"aú": "ẳ", "AÚ": "Ẳ", "aü": "ẵ", "AÜ": "Ẵ"}
"""Pairs that viparse's table of VNI lacks."""


def _western(data: bytes) -> str:
    """Bytes as the characters of windows-1252, the five that it lacks as Latin-1: what the fonts' tables speak of."""
    return "".join(_WESTERN[byte] for byte in data)


_WESTERN = [
    bytes([code]).decode("cp1252") if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(code) for code in range(256)
]


def _legacy(text: str, name: str) -> str:
    import viparse

    return str(viparse.fix(text, encoding=name))


_CANDIDATES: dict[str, Callable[[bytes], str]] = {"cp1258": _cp1258, "tcvn3": _tcvn3, "vni": _vni}
