"""Cells that name a file in words: "hồ sơ số 12 mục lục 3 phông UBND quận Đống Đa"."""

from __future__ import annotations

import re
from typing import NamedTuple

_PART = re.compile(
    r"(?<!\w)(?:(?P<file>hồ sơ|hs|đvbq|đơn vị bảo quản)|(?P<inventory>mục lục(?:\s+hồ sơ)?|ml)"
    r"|(?P<fonds>phông(?:\s+lưu trữ)?))(?!\w)\.?\s*(?:số\b)?\s*[:.]?\s*",
    re.IGNORECASE,
)
_EDGES = " ,;:/-–.()"
_LONGEST_CODE = 60


class Pointer(NamedTuple):
    """What words name, as written; '' for what they do not."""

    file: str = ""
    inventory: str = ""
    fonds: str = ""


def pointer(text: str) -> Pointer:
    """The parts that a text in words names, all '' for a text that does not begin with one of the words, and for one of
    which a part is no code ("hồ sơ xin cấp giấy")."""
    matches = list(_PART.finditer(text))
    if not matches or matches[0].start() != 0:
        return Pointer()
    found: dict[str, str] = {}
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        role = match.lastgroup or ""
        value = text[match.end() : following.start() if following else len(text)].strip(_EDGES)
        if not value or role in found or (role != "fonds" and not _is_code(value)):
            return Pointer()
        found[role] = value
    return Pointer(**found)


def _is_code(value: str) -> bool:
    return len(value) <= _LONGEST_CODE and " " not in value and any(char.isdigit() for char in value)
