"""Parts of an address below the commune, read: "số 12 ngõ 5 phố Khâm Thiên", "TDP số 05", "xóm 3, thôn Đông".

The words are in ``data/locality_words.csv``: ``form`` as written, ``head`` the word it stands for, ``kind``, whether it
counts only ``before_number`` ("đội 3", while "Đội Cấn" is a name), and the ``rank`` of an alley (the highest leaves the
street itself; ngách lie in ngõ, hẻm in ngách).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ontology.folding import fold
from ontology.names import key, normalise, rows

_NUMBER = re.compile(r"[a-z]{0,2}\d+[a-z]?(?:\s*[/.+-]\s*[a-z]?\d+[a-z]?)*(?:\s+(?:bis|ter|[a-h]))?(?=$|[\s,;])")
"""A number as it stands in addresses, in folded text: 12, 12A, 12/3, 5/2/1, 12-14, A5, 12 bis."""
_MARKS = (",", ";", "-")
_EDGES = " ,;-"
_ROMAN = re.compile(r"[ivx]+$")
_DIGITS = re.compile(r"\d+")
_FILLER = re.compile(r"(?:so(?: nha)?)(?=[\s\d.:])[\s.:]*")
_DAY_OF_MONTH = re.compile(r"\d+\s*thang\b")
"""Streets named after days: "12 đường 30 Tháng 4"."""


@dataclass(frozen=True, slots=True)
class Part:
    """One named place: the word before it (``head``, written out, '' where none is written), its ``kind`` (hamlet,
    group, street, '' unknown), and its name as ``ontology.names.key`` makes it, accents kept."""

    head: str
    kind: str
    name: str

    @property
    def is_numbered(self) -> bool:
        """Whether the name is a number: then the word before it is all that tells it from others."""
        return self.name[:1].isdigit()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the parts of an address say: hamlets and groups (``places``), the street, the numbers of the alleys from the
    street inward ("ngách 15/4", "ngách 4 ngõ 15": 15, 4), those of the house ("12A": 12; "12/3": 12, 3); ``bare`` are
    names without a word."""

    places: tuple[Part, ...] = ()
    street: Part | None = None
    alleys: tuple[int, ...] = ()
    houses: tuple[int, ...] = ()
    bare: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.places or self.street or self.bare)

    @property
    def alley(self) -> int | None:
        """The number of the alley that leaves the street."""
        return self.alleys[0] if self.alleys else None

    @property
    def house(self) -> int | None:
        """The number of the house, of "12/3" the first."""
        return self.houses[0] if self.houses else None

    @property
    def last_house(self) -> int | None:
        """The number of the house within its alley, of "12/3" the last."""
        return self.houses[-1] if self.houses else None

    @property
    def is_off_the_street(self) -> bool:
        """Whether the house stands in an alley: its street number is that of the alley ("12/3" is house 3 of alley
        12)."""
        return bool(self.alleys) or len(self.houses) > 1

    @property
    def number(self) -> int | None:
        """The number by which the street's ranges are counted: the alley's, which leaves the street there, else the
        house's."""
        return self.house if self.alley is None else self.alley


@dataclass(frozen=True, slots=True)
class Word:
    """A row of ``locality_words.csv``."""

    form: str
    head: str
    kind: str
    before_number: bool
    rank: int


def is_locality(part: str) -> bool:
    """Whether a part of an address says by a word or a number that it is less than a commune: "Tổ 5", "ngõ 5", "12
    Khâm Thiên". A bare name does not say so."""
    text = normalise(part)
    return _word_at(text, 0) is not None or bool(_NUMBER.match(fold(text)))


@lru_cache(maxsize=65536)
def read(details: tuple[str, ...]) -> Reading:
    """The parts of one address below the commune, taken together."""
    places: list[Part] = []
    bare: list[Part] = []
    street: Part | None = None
    alleys: list[tuple[int, tuple[int, ...]]] = []
    houses: tuple[int, ...] = ()
    for word, text in (segment for part in details for segment in _segments(normalise(part))):
        kind = word.kind if word else ""
        numbers, rest = _numbers_first(text) if kind in ("", "alley", "house") else ((), text)
        if word and kind == "alley" and numbers:
            alleys.append((word.rank, numbers))
        elif kind == "other":
            rest = ""
        elif numbers:
            houses = houses or numbers
        elif word and kind in ("street", "alley"):
            street, rest = street or Part(word.head, "street", key(_without_filler(text))), ""
        elif word and kind in ("hamlet", "group"):
            places.append(Part(word.head, kind, key(_without_filler(text))))
            rest = ""
        if rest:
            bare.append(Part("", "", key(rest)))
    if street is None and bare and (alleys or houses):
        street = Part("", "street", bare.pop(0).name)
    return Reading(tuple(places), street, _way(alleys), houses, tuple(bare))


def lead(text: str) -> str:
    """The word for a place that a normalised text begins with, as written ("TDP" of "TDP số 5"); '' for none."""
    found = _word_at(text, 0)
    return text[: found[1]].rstrip(" .:") if found else ""


def is_word(text: str) -> bool:
    """Whether the text is a word for a place and nothing else ("Tổ dân phố")."""
    well = normalise(text).lower()
    return any(word.form == well for word in _by_folded().get(fold(well), ()))


def _way(alleys: list[tuple[int, tuple[int, ...]]]) -> tuple[int, ...]:
    """The numbers of alleys from the street inward. A ngách is numbered by itself or with its ngõ ("15/4")."""
    way: tuple[int, ...] = ()
    for _, numbers in sorted(alleys, key=lambda one: -one[0]):
        goes_on = len(numbers) > len(way) and numbers[: len(way)] == way
        way = numbers if goes_on else way + numbers
    return way


def _numbers_first(text: str) -> tuple[tuple[int, ...], str]:
    """The number that a text begins with, and what follows it: of "12/3" both numbers, of "12-14" the first; () and the
    text for another."""
    text = _without_filler(text)
    folded = fold(text)
    found = None if _DAY_OF_MONTH.match(folded) else _NUMBER.match(folded)
    if found is None:
        return (), text
    digits = (_DIGITS.search(piece) for piece in found.group().split("/"))
    return tuple(int(one.group()) for one in digits if one), text[found.end() :].strip(_EDGES)


def _without_filler(text: str) -> str:
    """ "số 05" as "05"."""
    filler = _FILLER.match(fold(text))
    return text[filler.end() :] if filler and text[filler.end() : filler.end() + 1].isdigit() else text


def _segments(text: str) -> Iterator[tuple[Word | None, str]]:
    """The text cut before the words that begin another place, each with its word. Within a name such a word begins
    none ("phố Hàng Đường", "phố Ngõ Gạch"): only one behind a number or a mark, or with a number behind it."""
    word, start = _word_at(text, 0) or (None, 0)
    position = start
    while (position := text.find(" ", position) + 1) > 0:
        found = _word_at(text, position)
        before = text[start:position].strip(_EDGES)
        apart = text[:position].rstrip().endswith(_MARKS) or _ends_in_number(before)
        if found and before and (apart or _has_number_at(text, found[1])):
            yield word, before
            word, start = found
            position = start - 1
    if rest := text[start:].strip(_EDGES):
        yield word, rest


def _ends_in_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(fold(text).rsplit(" ", 1)[-1]))


def _has_number_at(text: str, position: int) -> bool:
    following = fold(_without_filler(text[position:]))
    return bool(_NUMBER.match(following) or _ROMAN.match(following))


def _word_at(text: str, position: int) -> tuple[Word, int] | None:
    """The word of the table at that place of a normalised text, and where its name begins; None where there is none.
    What is written with accents must have those of the word: "Tố Hữu" is no group."""
    match = _pattern().match(fold(text), position)
    if match is None or match.end() >= len(text):
        return None
    written = text[match.start("form") : match.end("form")].lower()
    for word in _by_folded()[match.group("form")]:
        fits = written in (word.form, fold(word.form))
        if fits and (not word.before_number or _has_number_at(text, match.end())):
            return word, match.end()
    return None


@cache
def _by_folded() -> dict[str, list[Word]]:
    found: dict[str, list[Word]] = {}
    for row in rows("locality_words.csv"):
        form = normalise(row["form"])
        word = Word(form, row["head"], row["kind"], row["before_number"] == "yes", int(row["rank"] or 0))
        found.setdefault(fold(form), []).append(word)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(_by_folded(), key=len, reverse=True)
    return re.compile(rf"(?P<form>{'|'.join(map(re.escape, forms))})(?=[\s\d.:])[\s.:]*")
