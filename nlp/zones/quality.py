"""Whether a text came from a scan, seen from the text alone."""

from __future__ import annotations

import re

from nlp.letters import LOWER
from nlp.repair.syllables import is_syllable
from nlp.repair.wording import misread
from ontology.folding import fold

_SAMPLE = 5000
_WORD = re.compile(rf"(?<![\w/.\-@&])[{LOWER}]{{2,7}}(?![\w/\-@&])")
_DIRT = re.compile(
    rf"[¬ˆ`|¦€£¥©®§»«¿¡ø†ÊÈŸ]|(?<=\w )[.:'\"_]{{1,2}}(?= \w)|\w[;:,](?=[{LOWER}]{{2}})|(?<=[{LOWER}])\.(?= [{LOWER}])"
)
_MISREAD = 0.004
_DIRTY = 0.012


def looks_scanned(text: str, method: str | None = None) -> bool:
    """Whether OCR read the text: said by the reader (``method``), else seen in words that are no syllables and dirt.

    Plain text and the text layer of a PDF may come from OCR too, so that those methods prove nothing.
    """
    if method in {"ocr", "hocr", "alto"}:
        return True
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    dirt = len(_DIRT.findall(sample))
    if len(words) < 20:
        return dirt > 5
    wrong = sum(not word.isascii() and not is_syllable(word) for word in words)
    return wrong >= max(2, _MISREAD * len(words)) or dirt >= max(3, _DIRTY * len(words))


_JOINED = re.compile(
    r"^[^\n]{0,80}[^\W\d_](?!.?[^\S\n]{3})[^a-z0-9\n\t|¦]{1,5}(?:cong hoa xa hoi|doc lap -|dang cong san viet)",
    re.MULTILINE,
)
_TOP = 3000


def is_scan(text: str) -> bool:
    """Whether OCR read the text: its two columns of the head stand on one line, its words show it, or a name that
    everybody knows stands there with other letters or marks."""
    top = text[:_TOP]
    return _JOINED.search(fold(top)) is not None or looks_scanned(text) or misread(top)
