"""Places inside names of bodies, and proper names of places in running text.

Text comes twice, as written and folded (the same length); positions count in both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ontology.agencies.words import WORD, agrees, place_abbreviations, same_spelling, title_at
from ontology.folding import fold
from ontology.gazetteer import names as gazetteer
from ontology.names import rows, split_type
from ontology.registry import load

_LONGEST_PLACE = 6
_LONGEST_TITLE = 40
_PLURAL = re.compile(r"\s(?:cac|tung|moi|cap|nhung|dia phuong|noi)(?!\w)")
_LISTED_TYPES = re.compile(
    r"\s?[,/]\s?(?:va\s)?(?:tinh|thanh pho|quan|huyen|thi xa|xa|phuong|thi tran|dac khu|tp)(?=\s?[,;/.:)]|\s(?:va|thuoc|truc thuoc|co|tren|trong)\s|$|\n)"
)
_UNDER_CENTRE = re.compile(r"\s(?:truc thuoc|thuoc)\s(?:trung uong|tw|tinh|thanh pho)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a name: type word in full ("quận", None where there is none), bare name as written (None for the
    type alone, "UBND tỉnh"), and where it ends."""

    type: str | None
    name: str | None
    end: int

    @property
    def text(self) -> str:
        """Type and name."""
        return " ".join(part for part in (self.type, self.name) if part)


CLOSED_TYPES = frozenset({"tỉnh", "thành phố", "quận"})
"""Types whose names are all known: what else stands behind the word is no name."""

_WITHOUT_NUMBERS = frozenset({"tỉnh", "thành phố", "huyện", "thị xã"})


@cache
def _place_type() -> re.Pattern[str]:
    words = sorted(
        (row["form"] for row in rows("type_words.csv") if row["form"] == row["type"]), key=len, reverse=True
    )
    spelt = "|".join(re.escape(fold(word)) for word in words)
    return re.compile(
        rf" ?(?:(?P<word>{spelt})(?!\w)|(?P<short>t\.p|t\.x|t\.t|tp|tx|tt|[qhxpf])(?P<dot>\.\s?|\s|(?=[\d,;:)])|$))"
    )


@cache
def _types() -> dict[str, str]:
    return {fold(row["form"]): row["type"] for row in rows("type_words.csv")}


@cache
def _type_forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in rows("type_words.csv"):
        found.setdefault(fold(row["form"]), []).append(row["form"])
    return {key: tuple(forms) for key, forms in found.items()}


def place_at(shown: str, folded: str, position: int, *, caps: bool = False, strict: bool = False) -> Place | None:
    """The place that begins at ``position`` (after a space): type and name, type alone, or a known bare name.

    ``strict``: the type word's accents must be right ("quận" is not "quân"); a generic group ("các xã, phường",
    "cấp tỉnh") is no place.
    """
    if _PLURAL.match(folded, position):
        return None
    if abbreviated := _abbreviated(folded, position):
        return abbreviated
    match = _place_type().match(folded, position)
    if match is None or (match.group("short") and not _short_type(shown, folded, match)):
        return _bare_place(shown, folded, position, caps)
    if strict and match.group("word") and not _type_agrees(shown, match):
        return None
    return _typed_place(shown, folded, match, caps)


def _type_agrees(shown: str, match: re.Match[str]) -> bool:
    written = shown[match.start("word") : match.end("word")]
    return any(agrees(written, known) for known in _type_forms()[match.group("word")])


def _typed_place(shown: str, folded: str, match: re.Match[str], caps: bool) -> Place | None:
    word = match.group("word")
    kind = _types()[word or match.group("short")]
    begin = match.end() + (1 if word and folded[match.end() : match.end() + 1] == " " else 0)
    named = name_at(shown, folded, begin, caps=caps, known_only=kind in CLOSED_TYPES)
    if named is not None and not (kind in _WITHOUT_NUMBERS and shown[begin].isdigit()):
        return Place(kind, " ".join(cased(shown[begin:named]).split()), named)
    end = match.end("word") if word else match.end("short")
    alone = word or match.group("short") == "tp"
    if (
        word
        and not _type_agrees(shown, match)
        and fold(written := shown[match.start("word") : end]) != written.lower()
    ):
        return None  # "UBND quản lý"
    if not alone or _LISTED_TYPES.match(folded, end) or _UNDER_CENTRE.match(folded, end):
        return None
    return Place(kind, None, end)


def _short_type(shown: str, folded: str, match: re.Match[str]) -> bool:
    """ "Q.", "P.", "TP": capitals, and a dot or a name behind (a lone letter before a word is no type)."""
    short = shown[match.start("short") : match.end("short")]
    if not short.isupper() and not short[:1].isupper():
        return False
    return len(short) > 1 or match.group("dot").strip() == "." or folded[match.end() : match.end() + 1].isdigit()


def _abbreviated(folded: str, position: int) -> Place | None:
    begin = position + (1 if folded[position : position + 1] == " " else 0)
    dash = 2 if folded.startswith("- ", begin) else 0
    for form, name in place_abbreviations().items():
        if folded.startswith(form, begin + dash) and not folded[begin + dash + len(form) :][:1].isalnum():
            kind, _, bare = name.rpartition(" phố ")
            return Place((kind + " phố").lower(), bare, begin + dash + len(form))
    return None


def _bare_place(shown: str, folded: str, position: int, caps: bool) -> Place | None:
    if folded[position : position + 1] != " ":
        return None
    end = name_at(shown, folded, position + 1, caps=caps, known_only=True)
    if end is None or not is_great(shown[position + 1 : end], folded[position + 1 : end]):
        return None
    return Place(None, cased(shown[position + 1 : end]), end)


@cache
def _great_names() -> dict[str, tuple[str, ...]]:
    units = load().units
    found: dict[str, tuple[str, ...]] = {}
    for name, ids in gazetteer().items():
        great = {split_type(units[i].name)[1] for i in ids if units[i].level != "commune"}
        if great and not name.isdigit():
            found[name] = tuple(great)
    return found


def is_unit_name(written: str, folded: str) -> bool:
    """Whether a bare name is that of some unit, accents and all."""
    units = load().units
    return any(same_spelling(written, split_type(units[i].name)[1]) for i in gazetteer().get(folded, ()))


def is_great(written: str, folded: str) -> bool:
    """Whether a bare name is that of a province or district, accents and all: communes need their type word."""
    return any(agrees(written, name) for name in _great_names().get(folded, ()))


def cased(name: str) -> str:
    """A name in capitals as it is written in running text."""
    if not name.isupper() or len(name) <= 3:
        return name
    return " ".join(word.capitalize() for word in name.split(" "))


def name_at(shown: str, folded: str, position: int, *, caps: bool = False, known_only: bool = False) -> int | None:
    """Where a proper place name that begins at ``position`` ends: the longest known name, else a run of capitals."""
    ends: list[int] = []
    cursor = position
    while len(ends) < _LONGEST_PLACE and (word := WORD.match(shown, cursor)):
        text = word.group()
        if not (text.isupper() if caps and not text.isdigit() else text[0].isupper() or text.isdigit()):
            break
        ends.append(word.end())
        cursor = word.end()
        if shown.startswith(" - ", cursor) and not caps:
            cursor += 3
        elif shown[cursor : cursor + 1] in (" ", "-"):
            cursor += 1
        else:
            break
    known = gazetteer()
    hits = [end for end in reversed(ends) if folded[position:end] in known]
    if hits:
        return _spelt_best(shown, folded, position, hits)
    if known_only or not ends:
        return None
    return _unknown_name(shown, position, ends, caps)


def _spelt_best(shown: str, folded: str, position: int, hits: list[int]) -> int:
    """The longest of the known names, or a shorter one of several syllables where only that is spelt as it should
    be: "Hưng Yên năm" is not "Hưng Yên Nam"."""
    for end in hits:
        written = shown[position:end]
        if " " in written and is_unit_name(written, folded[position:end]):
            return end
        if folded[position:end] == written.lower():
            break  # no accents at all
    return hits[0]


def _unknown_name(shown: str, position: int, ends: list[int], caps: bool) -> int | None:
    first = shown[position : ends[0]]
    if not caps and first.isupper() and len(first) > 1 and shown[ends[0] : ends[0] + 1] == " ":
        stop = position + _LONGEST_TITLE
        following = WORD.match(shown, ends[0] + 1)
        if (
            following is not None
            and following.group().isupper()
            and title_at(shown[position:stop], fold(shown[position:stop]))
        ):
            return None  # the signer's title in the next column: "Công an huyện CHỦ TỊCH"
    if first.lower() in _NO_NAMES:
        return None
    if first.isdigit():
        return ends[0] if len(first) <= 2 else None
    if first.isupper() and len(first) > 1 and not caps:
        return ends[0] if len(first) <= 4 else None
    if len(ends) < 2 or (caps and len(ends) > 3):
        return None  # "Công an tỉnh Chỉ đạo ..."; capitals that run on are a heading
    return ends[min(len(ends), 4) - 1]


_NO_NAMES = frozenset(
    {"ngày", "số", "căn", "kính", "nơi", "điều", "theo", "trong", "để", "sau", "hiện", "tại", "thời", "nay", "xét"}
)
"""Capitalised words that open the next line of a page, and no name."""


def begins_place(shown: str, folded: str) -> bool:
    """Whether the stretch begins with a type word of units and a name behind it."""
    match = _place_type().match(folded)
    if match is None or not match.group("word"):
        return False
    return name_at(shown, folded, match.end() + 1, caps=shown[:4].isupper()) is not None
