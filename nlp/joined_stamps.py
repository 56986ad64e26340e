"""Stamps of secrecy that OCR joined with what stands beside them, in the head above the title: "TỐI MẬT ỦY BAN NHÂN DÂN",
"Số 12/KH-UBND TUYỆT MẬT". Noise is let pass: what is missed would let a secret out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from nlp.model import Secrecy
from nlp.zones.lines import Cell, Line, key

_WORD = re.compile(r"\S+")
_VOWEL = frozenset("ÂẬẤẦẪẨẠẶĂ")
"""Of MẬT, and what OCR puts for it."""
_LEVELS: tuple[tuple[str, int, Secrecy], ...] = (("tuyetmat", 2, "tuyet_mat"), ("toimat", 1, "toi_mat"))
"""Folded letters of a stamp of two words, and how many of them may be misread."""
_MAT = re.compile(r"M[ẬÂẦẨẪ][TPSL]?|[ẬÂ]T")
"""MẬT in capitals, and what OCR leaves of it."""
_WHOLE = re.compile(r"M[ẬÂẦẨẪ][TP]")
_ET_AT = re.compile(r"\w*Y?[ỆÊ]T [ẬẠÂ]T")
"""What is left of TUYỆT MẬT where letters are lost at both beginnings."""
_OF_A_PHRASE = frozenset({"bi", "bao", "ma", "toi", "tuyet", "do", "muc", "dau", "tran", "va", "hoac", "thuat"})
"""Beside which MẬT is part of a phrase in capitals (BÍ MẬT NHÀ NƯỚC, KỸ THUẬT MẬT MÃ, MẶT TRẬN)."""
_LABEL = re.compile(r"^\W*[đdĐÐ]{1,2}[oộôố]\s(?:m[aậâấạ]t)\W*$", re.IGNORECASE)
_PERHAPS = re.compile(r"[ẬÂẤẦẪẨẠẶĂA](?:\W?[TPSL]|\W)|M[ẬÂẦẨẪ]")
"""Stands in whatever reads as MẬT."""
_QUOTES = '"“”«»'


def joined_stamps(lines: Sequence[Line]) -> Iterator[tuple[Secrecy, Cell]]:
    """The stamps among the words of a head, each with where it stands. Single letters and signs are dirt."""
    if not any(_PERHAPS.search(line.text) for line in lines):
        return
    words = [
        Cell(line.start + match.start(), match.group(), line.index)
        for line in lines
        for match in _WORD.finditer(line.text)
        if len(key(match.group())) > 1
    ]
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else None
        if after is not None and word.text[0] in _QUOTES and after.text.rstrip(".,;")[-1:] in _QUOTES:
            continue  # a rule that quotes the words of stamps
        level = _of_two(word, after) or _of_one(words, place)
        if level is not None:
            yield level, word


def _of_two(first: Cell, second: Cell | None) -> Secrecy | None:
    """TỐI MẬT or TUYỆT MẬT in two words, one after the other or one below the other; or grown together."""
    if not _shouted(first.text):
        return None
    if second is not None and _shouted(second.text) and _reads_mat(second.text):
        both = key(first.text) + key(second.text)
        if first.line == second.line and _ET_AT.fullmatch(f"{_letters(first.text)} {_letters(second.text)}"):
            return "tuyet_mat"
    elif _reads_mat(first.text[-3:]):
        both = key(first.text)
    else:
        return None
    return next((level for letters, most, level in _LEVELS if Levenshtein.distance(both, letters) <= most), None)


def _of_one(words: Sequence[Cell], place: int) -> Secrecy | None:
    """MẬT at the edge of its line (what is left of it: alone there), or behind the label "Độ mật:"; not as part of a
    phrase in capitals."""
    word = words[place]
    letters = _letters(word.text)
    if not _MAT.fullmatch(letters):
        return None
    before = words[place - 1] if place and words[place - 1].line == word.line else None
    after = words[place + 1] if place + 1 < len(words) and words[place + 1].line == word.line else None
    if before is not None and place > 1 and _LABEL.match(f"{words[place - 2].text} {before.text}"):
        return "mat"
    if any(other is not None and key(other.text) in _OF_A_PHRASE for other in (before, after)):
        return None
    free = before is None or after is None if _WHOLE.fullmatch(letters) else before is None and after is None
    return "mat" if free else None


def _letters(word: str) -> str:
    return "".join(char for char in word if char.isalpha())


def _shouted(word: str) -> bool:
    """Whether a word is in capitals, but for one letter."""
    letters = _letters(word)
    return len(letters) >= 2 and sum(map(str.isupper, letters)) >= len(letters) - (len(letters) > 3)


def _reads_mat(word: str) -> bool:
    return len(key(word)) <= 4 and (not _VOWEL.isdisjoint(word.upper()) or key(word) in {"mat", "at"})
