"""Names of places as tables write them: one cell may list several ("Các tổ dân phố số 1, 2, 3", "Tổ 1-5")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ontology.folding import fold
from ontology.locality_names import is_word, lead, read
from ontology.names import normalise

_MOST = 500
"""Places that one cell may stand for: more is a slip."""
_PART = re.compile(r"(?:mot phan|phan con lai|1 phan|part of)\b")
_BEFORE = re.compile(r"(?:(?:cac|gom|bao gom|toan bo|nhung|ten)\s+)+")
_LIST = re.compile(r"\s*[,;]\s*|\s+(?:và|&)\s+")
_RANGE = re.compile(r"(?:tu\s+)?(?P<first>[^\d]*\d{1,6})\s*(?:-|den|toi)\s*(?P<last>[^\d]*\d{1,6})")
_LAST_NUMBER = re.compile(r"\d+$")


class OnlyPart(ValueError):
    """The cell names a part of a place: which, it does not say."""


class BadPlace(ValueError):
    """The cell names no place."""


@lru_cache(maxsize=65536)
def spread(cell: str, head: str = "") -> tuple[str, ...]:
    """The places that a cell names, each with its word ("Tổ dân phố 1"); ``head`` is the heading's, for names without
    one. A place within another ("Xóm 3, thôn Đông") stays one. Raises OnlyPart, BadPlace."""
    text = normalise(cell)
    if _PART.match(fold(text)):
        raise OnlyPart(cell)
    if before := _BEFORE.match(fold(text)):
        text = text[before.end() :]
    pieces = [piece for piece in _LIST.split(text) if piece]
    named = [(_head(piece), piece) for piece in pieces]
    written = {kind for kind, _ in named if kind}
    if len(written) > 1:
        return (text,)
    last = ""
    found: list[str] = []
    for own, piece in named:
        last = lead(piece) if own else last or head
        found += _counted(piece if own else f"{last} {piece}".strip())
    if not found or not all(_is_place(one) for one in found) or len(found) > _MOST:
        raise BadPlace(cell)
    return tuple(dict.fromkeys(found))


def _is_place(text: str) -> bool:
    reading = read((text,))
    return bool(reading) or reading.alley is not None


def heading_word(label: str) -> str:
    """The word for a place that a heading is ("Tổ dân phố"), '' for another heading ("Thôn, tổ dân phố")."""
    return normalise(label) if is_word(label) else ""


def _head(piece: str) -> str:
    """What a piece's own word stands for, '' where it has none."""
    reading = read((piece,))
    part = next(iter([*reading.places, *([reading.street] if reading.street else [])]), None)
    if reading.alley is not None and not (part and part.head):
        return "alley"  # "Ngõ 4 Nguyễn Du" under "Phố" is no street of that name
    return part.head if part else ""


def _counted(piece: str) -> Iterator[str]:
    """A piece that counts from one number to another, each of them; any other piece as it stands. Streets are not
    counted: "Đường 3-2" is one."""
    match = _RANGE.fullmatch(fold(piece))
    reading = read((piece,))
    if match is None or reading.street is not None or reading.alley is not None:
        yield piece
        return
    first, last = _last_number(match["first"]), _last_number(match["last"])
    word = lead(piece[match.start("first") :])
    if not word or not first < last <= first + _MOST:
        yield piece
        return
    for number in range(first, last + 1):
        yield f"{word} {number}"


def _last_number(text: str) -> int:
    found = _LAST_NUMBER.search(text)
    return int(found.group()) if found else 0
