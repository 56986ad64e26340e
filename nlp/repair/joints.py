"""What stands between two words of a phrase on a scanned page: a space, a line end, the sign that belongs there, dirt."""

from __future__ import annotations

import re
from functools import lru_cache

_DIRT = 0.3
_OTHER_SIGN = 0.2
_SPACE = re.compile(
    r"[^\S\n]{0,2}(?P<behind>[.:'\"“”`´’‘~^ˆ*_=\-–—]{0,2})[^\S\n]{0,2}"
    r"(?P<line>\n[^\S\n]{0,40}(?P<before>[.:'\"“”`´’‘~^ˆ_=\-–—]{0,2})[^\S\n]{0,2})?"
)
_SIGNS = {",": re.compile(r"\s?(?P<sign>[,.;:]?)\s{1,2}"), "-": re.compile(r"\s?(?P<sign>[-–—&~.:]?)\s?")}
_OWN = {",": ",", "-": "-–—&"}
_NEVER_ENDS = frozenset("'\"“”`´’‘~^ˆ*_")
"""Dirt that is no full stop, colon or dash: also before a capital it ends nothing and begins nothing."""
_LINE_DASH = frozenset("-–—")


@lru_cache(maxsize=16384)
def joint(kind: str, between: str, *, small: bool, begun: bool = True) -> tuple[float, str] | None:
    """The cost of reading ``between`` as what joins two words (``" "``, ``","``, ``"-"``), and what stands there then;
    None where it parts them. ``small``: the second word begins with a small letter; ``begun``: two words of the phrase or
    more stand before."""
    if kind != " ":
        match = _SIGNS[kind].fullmatch(between)
        if match is None:
            return None
        sign = match.group("sign")
        if not sign or sign in _OWN[kind]:
            return 0.0, between
        return _OTHER_SIGN, between.replace(sign, kind)
    match = _SPACE.fullmatch(between)
    if match is None or not between:
        return None
    behind, before = match.group("behind"), match.group("before") or ""
    if not behind and not before:
        return 0.0, between
    on_a_line = match.group("line") is None
    if not small:
        # A full stop ends a sentence, a colon opens a list, a dash before a line is an item of one.
        allowed = _NEVER_ENDS if on_a_line else _NEVER_ENDS | _LINE_DASH
        if not (begun and set(behind) <= allowed and set(before) <= _NEVER_ENDS):
            return None
    return _DIRT, " " if on_a_line else "\n"
