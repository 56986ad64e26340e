"""Whether a text came from a scan, seen from the text alone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from nlp.data import column
from nlp.letters import LOWER
from nlp.repair.syllables import is_syllable
from nlp.repair.wording import misread
from nlp.zones.lines import is_capital, key, lines_of
from nlp.zones.motto import find_motto, shares_line
from ontology.registry import load

_SAMPLE = 5000
_WORD = re.compile(rf"(?<![\w/.\-@&])[{LOWER}]{{2,7}}(?![\w/\-@&])")
_DIRT = re.compile(
    rf"[¬ˆ`¦€£¥©®§»«¿¡ø†Ÿ]|(?<=\w )[.'\"]{{1,2}}(?= \w)|\w[;:,](?=[{LOWER}]{{2}})|(?<=[{LOWER}])\.(?= [{LOWER}])"
    r"|(?<=\w)\||\|(?=\w)"
)
"""Signs that no page has, and those that stand where none belongs: a stop or comma before a small letter, a bar within a
word. A colon behind a space is a typist's."""
_BAR = re.compile(r"^(?:[ \t]*\|[^|\n]*|[^|\n]*\|[ \t]*)$", re.MULTILINE)
"""A bar alone at one end of a line: no rule between the cells of a table."""
_MISREAD = 0.004
_DIRTY = 0.012


_OF_OCR = frozenset({"ocr", "hocr", "alto"})
ROWS = "pdf"
"""The method whose readers give whole rows of a page, both columns on one line."""


def _looks_scanned(text: str) -> bool:
    """Whether words that are no syllables, and dirt, show OCR."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    dirt = len(_DIRT.findall(sample)) + len(_BAR.findall(sample))
    if len(words) < 20:
        return dirt > 5
    wrong = sum(not word.isascii() and not is_syllable(word) and not _run_on(word) for word in words)
    return wrong >= max(2, _MISREAD * len(words)) or dirt >= max(3, _DIRTY * len(words))


_TOP = 3000
_MARKED = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)
_ANY_WORD = re.compile(r"(?<![\w/.\-@&’'])[^\W\d_]{2,7}(?![\w/\-@&])")
_STOPPED = re.compile(r"[ptc]h?$")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_LETTERHEAD = 20
_MISSPELT = 2
"""Misspelt words, each counted once, that a printed page does not have; in capitals of the letterhead one will do."""


def is_scan(text: str, method: str | None = None) -> bool:
    """Whether OCR read the text: said by the reader (``method``), else because its two columns of the head stand on one
    line (a reader of text layers gives rows as well), its words show it, its letterhead is misspelt, or a name that
    everybody knows stands there with other letters or marks.

    Plain text and the text layer of a PDF may come from OCR too, so that those methods prove nothing.
    """
    if method in _OF_OCR:
        return True
    top = text[:_TOP]
    return (
        (method != ROWS and any(shares_line(cell) for line in lines_of(top) for cell in line.cells()))
        or _looks_scanned(text)
        or len(_misspelt(text[:_SAMPLE])) >= _MISSPELT
        or _letterhead_misspelt(top)
        or misread(top)
    )


def _misspelt(text: str) -> set[str]:
    """Words with marks that are no syllables; those that lost a tone ("VIÊT", of a typewriter) and the names of places
    in other tongues are let pass."""
    words = {word.lower() for word in _ANY_WORD.findall(text) if not word.isascii()}
    return {word for word in words if _MARKED.search(word) and not is_syllable(word) and not _excused(word)}


def _excused(word: str) -> bool:
    toneless = _STOPPED.search(word) is not None and _TONES.search(unicodedata.normalize("NFD", word)) is None
    return toneless or word in _place_words() or _run_on(word)


def _run_on(word: str) -> bool:
    """Whether two words lost the space between them ("vàcác"), as editors of digital text lose it."""
    return any(
        word[cut] in _CONSONANTS and is_syllable(word[:cut]) and is_syllable(word[cut:])
        for cut in range(2, len(word) - 1)
    )


_CONSONANTS = frozenset("bcdđghklmnpqrstvx")


@cache
def _place_words() -> frozenset[str]:
    return frozenset(word for unit in load().units.values() for word in unit.name.lower().split())


def _letterhead_misspelt(top: str) -> bool:
    """Whether a line in capitals at the top has a word that is no syllable, or the national title is misspelt."""
    lines = list(lines_of(top))[:_LETTERHEAD]
    if any(_misspelt(line.text) for line in lines if is_capital(line.text)):
        return True
    return any(
        (motto := find_motto(cell)) is not None and not motto.exact and not _spelt(cell.text)
        for line in lines
        for cell in line.cells()
    )


def _spelt(text: str) -> bool:
    """Whether a national title or motto stands there with all its letters: with other spaces and hyphens, or the part
    that a line holds."""
    letters = key(text)
    for title in column("mottoes.csv", "folded"):
        words = re.findall(r"\w+", title)
        if "".join(words) in letters:
            return True
        for count in range(_PART, len(words)):
            if letters.endswith("".join(words[:count])) or letters.startswith("".join(words[-count:])):
                return True
    return False


_PART = 4
"""Words of a title that one line may hold of it."""
