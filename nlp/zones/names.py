"""Persons' names in a signature: alone in a cell, in capitals, side by side, behind a rank."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from unicodedata import normalize

from nlp.data import column, table
from nlp.header.heads import head_word
from nlp.header.placenames import is_province
from nlp.letters import LOWER, UPPER
from nlp.person_names import surnames
from nlp.zones.lines import Cell
from ontology.folding import fold

_BEFORE_SIGNERS = frozenset({"rank", "degree", "honour", "clergy", "address"})
_LETTERED = re.compile(rf"(?P<letters>[{UPPER}{LOWER}]{{2,8}})\.\s?(?=[{UPPER}])")


@cache
def _titles() -> re.Pattern[str]:
    """What may stand before a signer's name: rank, degree, honour, form of address, each parted from what follows."""
    return re.compile(rf"(?:(?i:{titles_before_names(_BEFORE_SIGNERS)})(?:\s?[.:,]\s?|\s|[-–/]))+(?=[{UPPER}])")


def titles_before_names(kinds: frozenset[str], *, cased: bool = False) -> str:
    """The titles of these kinds that may stand before a name, as the alternatives of a pattern, longest first; ``cased``:
    as the table has them and with a capital."""
    known = {row["title"] for row in table("name_titles.csv") if row["kind"] in kinds}
    if cased:
        known |= {title[:1].upper() + title[1:] for title in known}
    return "|".join(map(re.escape, sorted(known, key=len, reverse=True)))


@cache
def _no_titles() -> frozenset[str]:
    """Letters with a stop that open a place's name or a power, not a person's."""
    places = {row["title"] for row in table("name_titles.csv") if row["kind"] == "place"}
    return frozenset(places | {form for row in table("powers.csv") for form in row["forms"].split(";")})


def _untitled(text: str) -> str:
    """The name without what stands before it; letters with a stop before a surname are a degree, listed or not."""
    known = _titles().match(text)
    plain = text[known.end() :] if known is not None else text
    other = _LETTERED.match(plain)
    if other is None or sum(map(str.isupper, other.group("letters"))) < _CAPITALS:
        return plain
    behind = plain[other.end() :]
    titled = other.group("letters") not in _no_titles() and behind.split(maxsplit=1)[0].capitalize() in surnames()
    return behind if titled else plain


_CAPITALS = 2
"""Capitals of letters that may be a degree which the table lacks."""
NAME_WORD = rf"(?:[HK][’'])?[{UPPER}][{LOWER}’']{{0,6}}"
_NAME = re.compile(rf"^(?:(?:{NAME_WORD}\s){{1,4}}{NAME_WORD}|[HK][’'][{UPPER}][{LOWER}]+)$")
"""A name alone: two words or more, of the Central Highlands one ("K'Brơi")."""
NAME_AT_END = re.compile(rf"(?:(?<=\s)|^)((?:{NAME_WORD}\s){{1,4}}{NAME_WORD})\W{{0,3}}$")
_CAPITAL_NAME = re.compile(rf"^(?:[{UPPER}]{{1,7}}\s){{1,4}}[{UPPER}]{{1,7}}$")


def person_name(text: str) -> str | None:
    """The person's name when the cell is one, without rank or degree; capitals come out as written."""
    plain = _untitled(" ".join(text.split())).strip(" .,;:_-–*")
    if _NAME.match(plain) and not is_common(plain):
        return plain
    if _CAPITAL_NAME.match(plain) and _opens_with_surname(plain):
        return " ".join(word.capitalize() for word in plain.split())
    return None


def _opens_with_surname(plain: str) -> bool:
    """Whether capitals open with a surname; in three words or more also one whose tone mark a typewriter lacked."""
    words = plain.split()
    return words[0].capitalize() in surnames() or (len(words) > 2 and words[0].capitalize() in _toneless_surnames())


@cache
def _toneless_surnames() -> frozenset[str]:
    """Surnames without tone marks, the letters' own signs kept."""
    stripped = ("".join(sign for sign in normalize("NFD", name) if sign not in _TONES) for name in surnames())
    return frozenset(normalize("NFC", name) for name in stripped)


_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def is_common(plain: str) -> bool:
    """Whether the words are no person's name: a body's, a province's, or opened by no surname and short."""
    if is_province(plain) or plain == "Việt Nam":
        return True
    first = plain.split(maxsplit=1)[0]
    return first not in surnames() and (fold(first) in _NO_NAMES or head_word(fold(plain)) is not None)


_NO_NAMES = frozenset(column("no_names.csv", "word"))


def split_names(cell: Cell, count: int) -> list[Cell]:
    """The persons' names in one cell, at most ``count``: each begins with a surname and has two words or more."""
    plain = cell.cut(0, len(cell.text))
    if plain is None or not _NAMES.match(plain.text):
        return [plain] if plain is not None and person_name(plain.text) is not None else []
    words = list(re.finditer(r"\S+", plain.text))
    starts = [index for index, word in enumerate(words) if word.group() in surnames()]
    best: list[int] = []
    for index in starts:
        if (index == 0 or (best and index - best[-1] >= 2)) and len(words) - index >= 2 and len(best) < count:
            best.append(index)
    if len(best) < 2 or best[0] != 0:
        return [plain] if person_name(plain.text) is not None else []
    # A middle name may be a surname too: the cuts that leave parts of like length are the names.
    if count == 2:
        middle = min((i for i in starts if i >= 2 and len(words) - i >= 2), key=lambda i: abs(2 * i - len(words)))
        best = [0, middle]
    limits = [words[index].start() for index in best] + [len(plain.text)]
    parts = [plain.cut(begin, end) for begin, end in pairwise(limits)]
    return [part for part in parts if part is not None]


_NAMES = re.compile(rf"^(?:{NAME_WORD}\s+){{3,}}{NAME_WORD}$")
