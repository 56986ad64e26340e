"""Text in the codes from before Unicode: TCVN3 (.VnTime), VNI, VIQR. Decided per document, never per line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from nlp.repair.offsets import Edited
from nlp.repair.syllables import share_of_syllables

_MODERN = re.compile(r"[ăđơưĂĐƠƯẠ-ỹ]")
_SUSPECT = re.compile(r"[\u00a1-\u00bf\u00c0-\u00ff\u00ad]")
_VIQR = re.compile(
    r"[aeoAEO]\^[`'?~.]?|[aA]\([`'?~.]?|[ouOU]\+[`'?~.]?|(?<![a-zA-Z])[dD][dD](?=[a-zA-Z])|[aeiouyAEIOUY][`?~](?=[a-z\s])"
)
_SAMPLE = 6000
_VNI_MISSING = {"aú": "ẳ", "AÚ": "Ẳ", "aü": "ẵ", "AÜ": "Ẵ"}
"""What viparse's table of VNI lacks (MEASUREMENTS.md §5)."""


def convert_legacy(edited: Edited) -> str | None:
    """Convert a text in a legacy code to Unicode in place; the code's name, None where it was Unicode already."""
    sample = edited.text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if letters < 20 or len(_MODERN.findall(sample)) > 0.01 * letters:
        return None
    if len(_SUSPECT.findall(sample)) > 0.05 * letters:
        scored = {name: share_of_syllables(_translate(sample, table)) for name, table in _tables().items()}
        best = max(scored, key=lambda name: scored[name])
        if scored[best] > 0.7 and scored[best] > share_of_syllables(sample) + 0.15:
            table = _tables()[best]
            edited.substitute(_pattern(best), lambda match: table[match.group()])
            return best
        return None
    if len(_VIQR.findall(sample)) > 0.04 * letters:
        converted = _VIQR_MARK.sub(_viqr, sample)
        if share_of_syllables(converted) > max(0.7, share_of_syllables(sample) + 0.1):
            edited.substitute(_VIQR_MARK, _viqr)
            return "viqr"
    return None


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    from viparse.normalize.tcvn3 import TCVN3
    from viparse.normalize.vni import VNI

    return {"tcvn3": dict(TCVN3.pairs), "vni": dict(VNI.pairs) | _VNI_MISSING}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    keys = sorted(_tables()[name], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, keys)))


def _translate(text: str, table: Mapping[str, str]) -> str:
    name = next(name for name, known in _tables().items() if known is table)
    return _pattern(name).sub(lambda match: table[match.group()], text)


_VIQR_MARK = re.compile(r"[dD][dD]|([aAeEoO]\^|[aA]\(|[oOuU]\+|[aAeEiIoOuUyY])([`'?~.](?=[a-zA-Z\s,;:]|$))?")
_VIQR_BASE = {"a^": "â", "e^": "ê", "o^": "ô", "a(": "ă", "o+": "ơ", "u+": "ư"}
_VIQR_TONE = {"`": "\u0300", "'": "\u0301", "?": "\u0309", "~": "\u0303", ".": "\u0323"}


def _viqr(match: re.Match[str]) -> str:
    whole = match.group()
    if whole in ("dd", "DD", "Dd"):
        return "đ" if whole == "dd" else "Đ"
    base, tone = match.group(1), match.group(2)
    if base is None or (len(base) == 1 and tone is None):
        return whole
    after = match.string[match.end() : match.end() + 1]
    if tone in {".", "?", "'"} and len(base) == 1 and not after.isalpha():
        # A full stop, question mark or quote behind a bare vowel ends a sentence far more often than it is a tone.
        return whole
    letter = _VIQR_BASE.get(base.lower(), base.lower())
    letter = letter if base[0].islower() else letter.upper()
    import unicodedata

    return unicodedata.normalize("NFC", letter + _VIQR_TONE.get(tone or "", ""))
