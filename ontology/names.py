"""The one normaliser of unit names: the same name written in another way gets the same key.

Names of units are meant ("Phường Cửa Nam", "P. Cửa Nam", "UBND quận 1"), never running text: offsets are not kept.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, cast

from vi_textmatch.tone import normalize_tone

from ontology.folding import fold
from ontology.model import Level

_CHARACTERS = str.maketrans(
    {"Ð": "Đ", "ð": "đ"}
    | dict.fromkeys("’‘ʼʻ`´′", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad", "")
)
LONGEST_NAME: Final = 500
"""Characters of the longest text that is read as a name with its containing units, in whatever normal form: the longest
name in the tables has 49, a full address some 150. What is longer is no unit, so that no text costs more than a name."""
_SHOWN = 60
"""Characters of a text too long for a name that are shown."""

_DIRT = " ,;.:-'\"“”*|_~="
"""What scanners leave before and behind a name."""
_HYPHEN = re.compile(r"\s*-\s*")
_APOSTROPHE = re.compile(r"\s*'\s*")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(IX|IV|V?I{0,3})$")
_LONE_NUMERAL = re.compile(r"[ivx]+$|[IVX]$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_BETWEEN = re.compile(r"[,;()\[\]]")
_LINKING = re.compile(r"(?:\s+-|\s+thuộc|\s+của)$", re.IGNORECASE)
_STOP = re.compile(r"\b(?P<word>\w+)\.[.\s]*")
_FINAL_Y = re.compile(r"(?:qu|[bcdđghklmnprstvx]{1,2})[yỳýỷỹỵ]$")
_PLAIN_WORDS = re.compile(r"[a-z]+(?: [a-z]+)*$")
_MAYBE_ROMAN = re.compile(r"(?:^| )[ivx]+$")
_ODD_LINE = re.compile(r"^(?!(?!(?:.* )?[ivx]+$)[a-z]+(?: [a-z]+)*$).*$", re.MULTILINE)
"""A line that ``_PLAIN_WORDS`` does not match or ``_MAYBE_ROMAN`` does."""
_FOLDED_FINAL_Y = re.compile(r"y(?:(?<=\bquy)|(?<=\b[bcdghklmnprstvx]y)|(?<=\b[bcdghklmnprstvx]{2}y))\b")
_NUMBER_SIGN = re.compile(r"(?:số|so|no\.?)\s+(?=(?:\d+|[ivx]+)$)", re.IGNORECASE)
_Y_AS_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV table of ``ontology/data`` (header first), as read."""
    text = files("ontology").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def cut_short(name: str) -> str:
    """A name as it can be shown: one longer than ``LONGEST_NAME`` by its beginning."""
    return name if len(name) <= LONGEST_NAME else f"{name[:_SHOWN].rstrip()}…"


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """The well-written form of a name, its case left as it is: NFC, Ð as Đ, ’ as ', one space between words,
    " - " between joined names, the tone mark as in "Hòa"."""
    text = unicodedata.normalize("NFC", name).translate(_CHARACTERS)
    text = _HYPHEN.sub(" - ", " ".join(text.split()))
    return str(normalize_tone(text)).strip(_DIRT)


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """What two spellings of one name share, accents kept: lower case, no hyphens or apostrophes, "01" as "1",
    a Roman numeral at the end as a number, final y as i ("Mỹ" and "Mĩ", "Quý" and "Quí"), words of other languages that
    lists spell now so, now so ("Đăk", "Đak", "Đắk": ``word_spellings.csv``)."""
    words = _APOSTROPHE.sub("", normalise(name)).replace("-", " ").split()
    if words and (numeral := _roman(words[-1], alone=len(words) == 1)):
        words[-1] = numeral
    return " ".join(_plain_word(word.lower()) for word in words)


@lru_cache(maxsize=65536)
def folded_key(name: str) -> str:
    """``key`` without accents."""
    folded = fold(name)
    if _PLAIN_WORDS.match(folded) and not _MAYBE_ROMAN.search(folded):
        return _FOLDED_FINAL_Y.sub("i", folded)  # the same, without the detour through accents
    return fold(key(name))


def folded_keys(names: Sequence[str]) -> list[str]:
    """``folded_key`` of many names, most of them in one go (a third of the time)."""
    if not names:
        return []
    text = _ODD_LINE.sub("\0", fold("\n".join(names)))
    found = _FOLDED_FINAL_Y.sub("i", text).split("\n")
    return [folded_key(name) if folded == "\0" else folded for name, folded in zip(names, found, strict=True)]


def loose(name: str) -> str:
    """``folded_key`` without spaces: what "Ma Đa Guôi" and "Mađaguôi" share, and keys of other sources ("minhtien")."""
    return folded_key(name).replace(" ", "")


def _plain_word(word: str) -> str:
    if word.isdigit():
        return word.lstrip("0") or "0"
    word = _word_spellings().get(word, word)
    return word.translate(_Y_AS_I) if _FINAL_Y.match(word) else word


def _roman(word: str, *, alone: bool) -> str | None:
    """A Roman numeral up to 39 as digits. Small letters count only where they are the whole name ("phường iv")."""
    numeral = word.upper() if alone else word
    if not _ROMAN.match(numeral):
        return None
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return str(sum(-value if value < after else value for value, after in zip(values, following, strict=True)))


def is_lone_numeral(name: str) -> bool:
    """Whether a name is nothing but a Roman numeral that only a type word makes one ("phường iv", "Quận I"): in small
    letters, or one letter, which alone is an initial or a "xã" cut short."""
    return bool(_LONE_NUMERAL.match(normalise(name)))


def split_chain(text: str) -> list[str]:
    """A name and the containing units behind its commas or in brackets, abbreviations of places written out
    ("TP.HCM"), remarks dropped; never empty."""
    parts = [part for part in (normalise(part) for part in _BETWEEN.split(without_remarks(text))) if part]
    if len(parts) > 1:
        parts = [part for part in parts if fold(part) not in _remarks("part")] or parts
    return [abbreviations().get(fold(part), part) for part in parts] or [""]


@lru_cache(maxsize=65536)
def without_remarks(text: str) -> str:
    """A name without what is said about it (``name_remarks.csv``): "Tỉnh Hà Tây cũ", "Huyện Từ Liêm (trước đây)",
    "xã Dịch Vọng (nay là phường Dịch Vọng, quận Cầu Giấy)". A text that is nothing but a remark stays as it is."""
    text = unicodedata.normalize("NFC", text)
    kept: list[str] = []
    end = 0
    for remark in _remark().finditer(fold(text)):
        written = text[slice(*remark.span("itself"))].lower()
        if written and _remarks("itself")[fold(written)] != written and " " not in written:
            continue  # names end in "Cú" and "Cư": one word is a remark only with its own accents
        kept.append(text[end : remark.start()])
        end = remark.end()
    left = "".join([*kept, text[end:]])
    return left if any(char.isalnum() for char in left) else text


def split_run(name: str, *, strict: bool = False) -> list[str]:
    """The same for a name written without commas, cut before type words of districts and provinces:
    "Phường Cửa Nam thuộc quận Hoàn Kiếm" → two parts.

    ``strict``: a type word counts with its own accents only ("Văn Quan" has no quận), and a full stop may stand for a
    comma.
    """
    text = normalise(without_remarks(name))
    folded = fold(text)
    found = [match for match in _greater_type().finditer(folded) if match.start()]
    if strict:
        accented = folded != text.lower()
        found = [match for match in found if _accents_agree(text[slice(*match.span())], accented=accented)]
    cuts = {match.start() for match in found}
    for stop in _STOP.finditer(folded) if strict else ():
        if len(stop["word"]) > 1 and stop["word"] not in _types_by_folded():  # else "T.P", "Q. 1"
            cuts.add(stop.end())
    edges = [0, *sorted(cuts), len(text)]
    parts = [_LINKING.sub("", text[start:end].strip()) for start, end in pairwise(edges)]
    return [part for part in (normalise(part) for part in parts) if part]


def _accents_agree(written: str, *, accented: bool) -> bool:
    """Whether a type word has its own accents, or none in a text without any."""
    return any(
        written.lower() in (form, "" if accented else fold(form)) for form, _ in _types_by_folded()[fold(written)]
    )


@lru_cache(maxsize=65536)
def split_type(name: str) -> tuple[str | None, str]:
    """The type word (lower case, written in full, None where there is none) and the bare name, well written.

    Bodies named after the unit ("UBND", "Ủy ban nhân dân", "Huyện ủy") are taken off first; abbreviations ("P.", "TP",
    "T/P", "Q1") and forms without accents ("phuong") count.
    """
    return _split(name, strict=True)


@lru_cache(maxsize=65536)
def split_misread_type(name: str) -> tuple[str | None, str]:
    """``split_type`` where the accents of the type word need not be right: "Phưòng", "Thi trấn", "Huỵện"."""
    return _split(name, strict=False)


def _split(name: str, *, strict: bool) -> tuple[str | None, str]:
    kind, text = _without_body(normalise(name))
    if match := _type_word().match(fold(text).replace("/", ".")):
        folded, rest = match.group("form"), text[match.end() :].strip()
        while folded:
            written = text[: len(folded)].lower().replace("/", ".")
            for form, known in _types_by_folded().get(folded, ()):
                if rest and (written in (form, fold(form)) or not strict):
                    return known, _NUMBER_SIGN.sub("", rest)
            folded = folded.rpartition(" ")[0]  # "Xã Đào Xá" is no xã đảo but a xã
            rest = text[len(folded) :].strip()
    return kind, text


def _without_body(text: str) -> tuple[str | None, str]:
    """The type of unit that a body in front says ("Huyện ủy": huyện), and the name without it."""
    if body := _body().match(fold(text)):
        written = text[: body.end("form")].lower()
        form, kind = _bodies()[body.group("form")]
        if written in (form, fold(form)) and body.end() < len(text):
            return kind or None, text[body.end() :].strip()
    return None, text


def levels_of(type_word: str | None) -> frozenset[Level]:
    """The levels at which a type of unit stands ("thành phố": province and district); empty when it is not known."""
    return _levels().get(type_word or "", frozenset())


@cache
def abbreviations() -> dict[str, str]:
    """Folded abbreviations of places written out: "tp.hcm" → "Thành phố Hồ Chí Minh"."""
    return {fold(normalise(row["form"])): row["name"] for row in rows("place_abbreviations.csv")}


@cache
def short_names() -> dict[str, tuple[str, ...]]:
    """Loose keys of short or popular names of provinces and districts → their names: "hn", "saigon"."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("place_short_names.csv"):
        form = loose(row["form"])
        found[form] = (*found.get(form, ()), row["name"])
    return found


@cache
def _word_spellings() -> dict[str, str]:
    return {row["form"]: row["as"] for row in rows("word_spellings.csv")}


@cache
def _levels() -> dict[str, frozenset[Level]]:
    return {row["type"]: frozenset(cast(list[Level], row["levels"].split())) for row in rows("unit_types.csv")}


@cache
def _types_by_folded() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows("type_words.csv"):
        form = normalise(row["form"])
        found.setdefault(fold(form), []).append((form, row["type"]))
    return found


@cache
def _type_word() -> re.Pattern[str]:
    """A type word or its abbreviation before a space, a dot or a number ("TP HCM", "P.10", "Q1", "Phường10")."""
    return re.compile(rf"(?P<form>{_any_of(_types_by_folded())})(?=[\s\d.])[\s.]*")


@cache
def _greater_type() -> re.Pattern[str]:
    """A type word of a district or province, with what comes before it."""
    greater = [
        form for form, pairs in _types_by_folded().items() if any(levels_of(kind) - {"commune"} for _, kind in pairs)
    ]
    return re.compile(rf"(?<=\s)(?:{_any_of(greater)})(?=[\s\d.])")


@cache
def _bodies() -> dict[str, tuple[str, str]]:
    """Folded body → the body, and the type of unit that it says by itself, else ""."""
    return {fold(form := normalise(row["form"])): (form, row["type"]) for row in rows("body_prefixes.csv")}


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"(?P<form>{_any_of(_bodies())})[\s.]+")


@cache
def _remarks(drops: str) -> dict[str, str]:
    forms = (normalise(row["form"]).lower() for row in rows("name_remarks.csv") if row["drops"] == drops)
    return {fold(form): form for form in forms}


@cache
def _remark() -> re.Pattern[str]:
    """A remark that goes on to the end of the text or bracket, or one that stands alone, with what joins it; a run of
    what joins is looked at from its beginning only."""
    return re.compile(
        rf"(?<![\s,;(\[-])[\s,;(\[-]+(?:(?:{_any_of(_remarks('rest'))})(?!\w)[^)\]]*|"
        rf"(?P<itself>{_any_of(_remarks('itself'))})(?=\s*(?:[,;)\]]|$)))[)\]]?"
    )


def _any_of(forms: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
