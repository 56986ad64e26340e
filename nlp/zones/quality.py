"""Whether a text came from a scan, seen from the text alone."""

from __future__ import annotations

import re

from nlp.repair.syllables import is_syllable

_SAMPLE = 5000
_WORD = re.compile(r"(?<![\w/.\-@&])[a-zà-ỹđ]{2,}(?![\w/\-@&])")
_DIRT = re.compile(r"[¬ˆ`~|¦€£¥©®§»«¿¡ø†°]|(?<=\s)[.:;'\"\-_]{1,2}(?=\s)|\w[;:.,](?=[a-zà-ỹ]{2})")
_MISREAD = 0.006
_DIRTY = 0.02


def looks_scanned(text: str, method: str | None = None) -> bool:
    """Whether OCR read the text: said by the reader (``method``), else seen in words that are no syllables and dirt."""
    if method is not None:
        return method in {"ocr", "hocr", "alto"}
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    if len(words) < 20:
        return len(_DIRT.findall(sample)) > 5
    wrong = sum(not is_syllable(word) for word in words)
    return wrong > _MISREAD * len(words) or len(_DIRT.findall(sample)) > _DIRTY * len(words)
