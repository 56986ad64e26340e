"""The text of an address before any unit is known: what is no part of it, its pieces, words for what lies below a
commune, and the type words of units."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise

from ontology.folding import fold
from ontology.names import normalise, rows, split_type

_PIECES = re.compile(r"[,;\n\r\t|•]+|(?<=[^\W\d])\s*/\s*(?=[^\W\d]{2})|(?<=\w)\.\s+(?=[^\W\d]{3})")
_BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_LONG_NUMBER = re.compile(r"(?<![\w/])\+?\d(?:[\s.-]?\d){7,}(?!\w)")
_POSTCODE = re.compile(r"(?<=[^\d\s,;])[\s,;.-]*(?<![\d/])\d{5,6}[\s,;.]*$")
_HYPHEN = re.compile(" - ")
_SPACES = re.compile(r"[^\S\n]+")
_LOOK_AHEAD = 8
"""Words in which a type word and a name behind it lie."""
_LONGEST_CODE = 12
"""Digits of the longest number that can stand alone in a cell."""
_PLAIN_LETTERS = 3
"""Letters of a type word that needs no known name behind it; an abbreviation is as plain with a dot."""


def clean(text: str) -> tuple[list[str], bool]:
    """The pieces of an address between its marks, without what is none of it (phones, postcode, country, "nay là
    ..."), and whether it says that a unit is a former one."""
    text = unicodedata.normalize("NFC", text)
    former = False
    if brackets := _BRACKETED.findall(text):
        former = any(_is(bracket, "former", any_accent=True) for bracket in brackets)
        text = _BRACKETED.sub(_without_brackets, text)
    text = _SPACES.sub(" ", text)
    if len(text.strip()) > _LONGEST_CODE:
        text = _POSTCODE.sub("", _LONG_NUMBER.sub(" ", text))
    found = []
    for written in _pieces(text, fold(text) != text.lower()):
        piece, told = _clean_piece(written)
        former |= told
        found.append(piece)
    return [piece for piece in found if piece], former


def _without_brackets(match: re.Match[str]) -> str:
    """What stands in brackets as a piece of its own, unless it is no part of the address."""
    inner = match.group(1).strip()
    return " " if not inner or _starts(inner, "now") or _is(inner, "former", any_accent=True) else f", {inner},"


@lru_cache(maxsize=65_536)
def _clean_piece(written: str) -> tuple[str, bool]:
    piece, former = _without_former(written)
    dropped = _starts(piece, "now") or _is(piece, "country", any_accent=True) or _is(piece, "contact")
    return "" if dropped else _without_ends(piece), former


def _pieces(text: str, accented: bool) -> list[str]:
    """The text at its commas and other marks, and at hyphens before type words, each piece well written."""
    found: list[str] = []
    for piece in map(normalise, _split(text)):
        start = 0
        for match in _HYPHEN.finditer(piece):
            following = piece[match.end() :].split(" ", _LOOK_AHEAD)
            if _type_size(following, 0, accented) or _locality_size(following, 0, accented):
                found.append(piece[start : match.start()])
                start = match.end()
        found.append(piece[start:])
    return [piece for piece in found if piece]


def _split(text: str) -> list[str]:
    found: list[str] = []
    start = 0
    for match in _PIECES.finditer(text):
        if match.group().startswith(".") and _ends_in_type(text[start : match.start()]):
            continue  # the dot of an abbreviation
        found.append(text[start : match.start()])
        start = match.end()
    return [*found, text[start:]]


def _ends_in_type(text: str) -> bool:
    last = text.rsplit(None, 1)[-1] if text.split() else ""
    return len(last) <= 2 or split_type(f"{last}. 1")[0] is not None or fold(last) in _localities()


@lru_cache(maxsize=65_536)
def details_of(text: str, accented: bool) -> tuple[str, ...]:
    """What lies below a commune, cut before each word for such a place: "Số 12 ngõ 5 phố Huế" → three."""
    cuts = [0]
    words = text.split(" ")
    fresh = 0
    for position in range(len(words)):
        size = _locality_size(words, position, accented)
        if position < fresh:
            continue
        if size:
            if position and position > fresh:
                cuts.append(position)
            fresh = position + size
    edges = [*cuts, len(words)]
    found = [" ".join(words[start:end]).strip(" ,;.-:") for start, end in pairwise(edges)]
    return tuple(detail for detail in found if detail)


def locality_lead(text: str, accented: bool) -> bool:
    """Whether the text begins with a word for something below a commune ("phố", "tổ dân phố", "ấp")."""
    words = text.split(" ")
    return (len(words) > 1 and _locality_size(words, 0, accented) > 0) or bool(_GLUED.match(fold(text)))


_GLUED = re.compile(r"(?:tdp|kp|to|so|khu|sn|ql|km|d)\.?\d")


def has_name(text: str, accented: bool) -> bool:
    """Whether the text ends in a name: not in a number or a word for a place below a commune."""
    words = text.split(" ")
    last = words[-1]
    if any(char.isdigit() for char in last):
        return False
    return not any(
        start + size == len(words) for start in range(len(words)) if (size := _locality_size(words, start, accented))
    )


def _locality_size(words: list[str], start: int, accented: bool) -> int:
    """How many words from there are a word for a place below a commune, 0 for none. ``accented``: the writer used
    accents, a word without them is another."""
    if start >= len(words) or not _begins_locality(words[start]):
        return 0
    for size in range(min(3, len(words) - start), 0, -1):
        written = " ".join(words[start : start + size])
        before_number = _locality_form(written, accented)
        if before_number is None or len(written) == 1:
            continue
        following = words[start + size] if start + size < len(words) else ""
        if not before_number or any(char.isdigit() for char in following) or fold(following) == "so":
            return size
    return 0


@lru_cache(maxsize=65_536)
def _locality_form(written: str, accented: bool) -> bool | None:
    """Whether the word for a place below a commune counts only before a number; None where it is no such word."""
    plain = written.lower().rstrip(".:")
    forms = _localities().get(fold(plain), {})
    if plain in forms:
        return forms[plain]
    return min(forms.values()) if forms and not accented else None


def is_link(text: str) -> bool:
    """Whether the text only links what stands around it ("thuộc")."""
    return text.lower() in _forms("link")


class Words:
    """A piece as words, with the type words of units among them. Positions count words."""

    def __init__(self, piece: str, accented: bool) -> None:
        self._words = _spaced(piece).split(" ")
        self._accented = accented
        self._local: set[int] = set()
        position = 0
        while position < len(self._words):
            size = _locality_size(self._words, position, accented)
            self._local |= set(range(position, position + size))
            position += size or self._type_size(position) or 1  # "phố" in "thành phố" is no street

    def __len__(self) -> int:
        return len(self._words)

    def text(self, start: int, end: int) -> str:
        """The words between two positions, well written."""
        return normalise(" ".join(self._words[start:end]))

    def begins_type(self, position: int) -> bool:
        """Whether a type word of a unit begins there that no word for a place below a commune goes before."""
        if position in self._local or (position - 1 in self._local):
            return False
        return self._type_size(position) > 0

    def is_plain_type(self, position: int) -> bool:
        """Whether the type word there can only be one: written in full or with a dot, and no type word's homonym."""
        word = self._words[position]
        return len(word) >= _PLAIN_LETTERS or word.endswith(".") or word.lower() == "xã" or position == 0

    def next_boundary(self, start: int) -> int:
        """Where the next type word or word for a place below a commune begins, from ``start`` on."""
        for position in range(start, len(self._words)):
            if self._type_size(position) or position in self._local:
                return position
        return len(self._words)

    def next_dot(self, start: int) -> int:
        """Where the next abbreviation stands behind the type word at ``start``: no name goes over it."""
        for position in range(start + 1, len(self._words)):
            if self._words[position].endswith("."):
                return position
        return len(self._words)

    def behind_type(self, start: int) -> int:
        """Behind the type word at ``start`` and the first word of its name."""
        return start + max(self._type_size(start), 1) + 1

    def is_hyphen(self, position: int) -> bool:
        """Whether a hyphen stands there."""
        return position < len(self._words) and self._words[position] == "-"

    def is_whole(self, end: int) -> bool:
        """Whether the words before ``end`` do not end in a hyphen or an abbreviation ("H.")."""
        return self._words[end - 1] != "-" and not self._words[end - 1].endswith(".")

    def _type_size(self, position: int) -> int:
        return _type_size(self._words, position, self._accented)


def _type_size(words: list[str], start: int, accented: bool) -> int:
    """How many words from there are a type word of a unit, 0 for none."""
    if not _begins_type(words[start]):
        return 0
    following = words[start : start + _LOOK_AHEAD]
    kind, name = split_type(" ".join(following))
    if kind is None:
        return 0
    size = len(following) - len(name.split(" "))
    word = words[start]
    if accented and " ".join(following[:size]).lower() == fold(kind) != kind:
        return 0  # "Quan" of "Tam Quan Bắc" is no "quận"
    is_short = len(word) <= 2 and not word.endswith(".") and word.lower() not in (kind, fold(kind))
    if is_short and not (word.isupper() or name[:1].isdigit()):
        return 0
    return max(size, 1)


@lru_cache(maxsize=65_536)
def _begins_locality(word: str) -> bool:
    """Whether some word for a place below a commune begins so: most words need no closer look."""
    return fold(word).rstrip(".:") in {form.split(" ")[0] for form in _localities()}


@lru_cache(maxsize=65_536)
def _begins_type(word: str) -> bool:
    """The same for type words of units, and for bodies named after them ("UBND")."""
    letters = _LETTERS.match(fold(word))
    return letters is not None and letters.group() in _first_type_words()


def begins_types(piece: str) -> bool:
    """Whether a piece can have type words of units at all."""
    return any(map(_begins_type, piece.split(" ")))


@cache
def _first_type_words() -> frozenset[str]:
    forms = [row["form"] for table in ("type_words.csv", "body_prefixes.csv") for row in rows(table)]
    return frozenset(match.group() for form in forms if (match := _LETTERS.match(fold(form))))


_LETTERS = re.compile(r"[a-z]+")
_ABBREVIATED = re.compile(r"(?<![^\W\d_])([A-Za-zĐđ]{1,2}\.?[A-Za-zĐđ]?\.)(?=[^\s.\d])")
_NUMBERED = re.compile(r"\s+")


def _spaced(piece: str) -> str:
    """The piece with a blank behind the dot of an abbreviation ("P.Cửa Nam")."""
    return _NUMBERED.sub(" ", _ABBREVIATED.sub(r"\1 ", piece))


def _without_former(piece: str) -> tuple[str, bool]:
    words = piece.split(" ")
    if len(words) > 1 and words[-1].lower().strip(".") in _forms("former"):
        return " ".join(words[:-1]), True
    return piece, False


def _without_ends(piece: str) -> str:
    """The piece without a label before it, a word that links it, a word for a phone or the country behind it."""
    if ":" in piece:
        label, _, rest = piece.partition(":")
        if _is(label, "label", any_accent=True) or _is(label, "contact", any_accent=True):
            piece = rest.strip()
    words = piece.split(" ")
    while len(words) > 1 and words[0].lower() in _forms("link"):
        words = words[1:]
    for size in range(min(9, len(words) - 1), 0, -1) if words and _may_end_a_form(words[-1]) else ():
        for kind in ("contact", "country"):
            if len(words) >= size and _is(" ".join(words[-size:]), kind, any_accent=kind == "country"):
                words = words[:-size]
    return _written_out(normalise(" ".join(words)))


def _written_out(piece: str) -> str:
    """The piece with an abbreviated province at its end written out ("Q. Đống Đa HN")."""
    words = piece.split(" ")
    for size in range(min(3, len(words)), 0, -1):
        if name := _abbreviated_places().get(" ".join(words[-size:]).upper()):
            return " ".join([*words[:-size], name])
    return piece


def _starts(text: str, kind: str) -> bool:
    lowered = " ".join(text.lower().split())
    return any(lowered.startswith(f"{form} ") for form in _forms(kind))


def _is(text: str, kind: str, *, any_accent: bool = False) -> bool:
    lowered = " ".join(text.lower().split()).strip(" .:,-")
    return lowered in _forms(kind) or (any_accent and lowered in _folded_forms(kind))


@lru_cache(maxsize=65_536)
def _may_end_a_form(word: str) -> bool:
    """Whether a word for a phone or the country may end so: most words need no closer look."""
    last = fold(word).strip(" .:,-")
    return not last or last in {
        form.split(" ")[-1] for kind in ("contact", "country") for form in _folded_forms(kind)
    }


@cache
def _folded_forms(kind: str) -> frozenset[str]:
    return frozenset(map(fold, _forms(kind)))


@cache
def _abbreviated_places() -> dict[str, str]:
    return {normalise(row["form"]).upper(): row["name"] for row in rows("address_abbreviations.csv")}


@cache
def _forms(kind: str) -> frozenset[str]:
    return frozenset(row["form"] for row in rows("address_words.csv") if row["kind"] == kind)


@cache
def _localities() -> dict[str, dict[str, bool]]:
    """``{folded form: {form: whether it counts only before a number}}``"""
    found: dict[str, dict[str, bool]] = {}
    for row in rows("locality_words.csv"):
        found.setdefault(fold(row["form"]), {})[row["form"]] = row["before_number"] == "yes"
    return found


REMEMBERED = (_clean_piece, details_of, _locality_form)
"""What keeps pieces of addresses: ``addresses.forget`` empties them."""
