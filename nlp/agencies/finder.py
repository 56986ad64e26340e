"""From one-line text to the readings of agency names: head words by Aho-Corasick, the rest by their grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import ahocorasick_rs

from nlp.data import column
from nlp.flat import Flat, Mask
from ontology.agencies.grammar import SMALL_HEADS, read_at
from ontology.agencies.parts import Reading
from ontology.agencies.places import is_unit_name, name_at
from ontology.agencies.words import Head, domains_by_first, fits, heads
from ontology.folding import fold

_GROUP_BEFORE = re.compile(r"(?:^|\W)(?:cac|nhung|moi|tung|hai|ba|lien)\s$")
_NATIONAL = re.compile(
    r"cong\s?hoa\s+(?:xa\s+hoi\s+chu\s+nghia|xhcn)\s+viet\s*nam|viet nam dan chu cong hoa|doc lap\s?[-–]\s?tu do\s?[-–]\s?hanh phuc|dang cong san viet nam"
)
_INVITED = re.compile(r"(?<!\w)[mM]ời\s$")
"""Folded, "mời" and "mọi" are one."""
_HEADS_IT = re.compile(r"TRƯỞNG\s$")
_COMMITTEE_BEFORE = re.compile(r"(?<!\w)uy\s$")
_DEPUTIES = re.compile(r"(?:dai bieu|bau cu)\s$")


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...], dict[str, tuple[Head, ...]]]:
    by_folded: dict[str, list[Head]] = {}
    for head in heads():
        by_folded.setdefault(head.folded, []).append(head)
    patterns = tuple(by_folded)
    automaton = ahocorasick_rs.AhoCorasick(list(patterns))
    return automaton, patterns, {folded: tuple(group) for folded, group in by_folded.items()}


@cache
def _written_small() -> frozenset[str]:
    """Head words that may begin with a small letter: one syllable alone is then mostly part of another word."""
    return frozenset(head.folded for head in heads() if head.syllables > 1 or head.canonical in SMALL_HEADS)


def _hits(shown: str, folded: str) -> list[tuple[int, list[str]]]:
    """Where head words stand, and which, longest first; those that need their capital only where they have it."""
    automaton, patterns, _ = _automaton()
    small = [pattern in _written_small() for pattern in patterns]
    by_start: dict[int, list[str]] = {}
    for index, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
        if (
            (small[index] or not shown[start].islower())
            and not (start and folded[start - 1].isalnum())
            and not folded[end : end + 1].isalnum()
        ):
            by_start.setdefault(start, []).append(patterns[index])
    return [(start, sorted(found, key=len, reverse=True)) for start, found in sorted(by_start.items())]


def readings(flat: Flat, silent: Mask | None = None) -> list[Reading]:
    """Every agency's name in the flat text, none inside another. ``silent`` stretches (titles of laws) are left out."""
    shown, folded = _masked(flat)
    _, _, by_folded = _automaton()
    found: list[Reading] = []
    until = 0
    for start, forms in _hits(shown, folded):
        if start < until or (silent and not silent.free(start, start + 1)):
            continue
        candidates = [
            head
            for form in forms
            for head in by_folded[form]
            if fits(head, shown[start : start + len(form)]) and not _is_symbol(shown, start, head)
        ]
        reading = _first(shown, folded, start, candidates)
        if reading is None:
            until = max([until, *(start + len(head.folded) for head in candidates if head.syllables > 1)])
            continue
        until = reading.end
        if _counts(flat, reading):
            found.append(reading)
    return found


_IN_SYMBOL = re.compile(r"\d[A-ZĐ]?[-/]$")


def _is_symbol(shown: str, start: int, head: Head) -> bool:
    """Whether the letters of a body are those of a form's or paper's symbol: "Mẫu 2C-BNV/2008"."""
    return head.acronym and head.tail == "fixed" and _IN_SYMBOL.search(shown, max(0, start - 3), start) is not None


def _masked(flat: Flat) -> tuple[str, str]:
    """The text with the national title and motto blanked, and lines that open with a form's label, the mark of a list,
    a number or a word that no name goes on with parted from the line before: names stand before and behind, never
    across."""
    shown, folded = flat.shown, flat.folded
    parted = [
        (position, position + 1)
        for position in flat.breaks
        if shown[position : position + 1] == " "
        and (
            _OPENS.match(shown, position + 1)
            or (_BULLET.match(shown, position + 1) and not _second_parts().match(folded, position + 1))
            or _labels().match(folded, position + 1)
        )
    ]
    blanks = sorted({*parted, *_national(folded)})
    return _blanked(shown, blanks), _blanked(folded, blanks)


def _blanked(text: str, stretches: list[tuple[int, int]]) -> str:
    """The text with line feeds in place of some stretches, which may overlap; in one pass, whatever their number."""
    pieces: list[str] = []
    position = 0
    for start, end in stretches:
        if end > position:
            pieces += (text[position:start], "\n" * (end - max(start, position)))
            position = end
    return "".join([*pieces, text[position:]])


_OPENS = re.compile(
    r"[+*•]\s|\d{1,2}\s?[.)/](?=\s|[A-ZĐ])|\d{1,2}[./]\d{1,2}[.)]|[a-zđ]\)\s|[IVX]{1,4}\s?[.)/-]\s|\d{1,5}\s?[/-]\s?[A-ZĐ]{2}"
    r"|Trang \d|(?:Số|Ngày)(?=[\s:])|(?:Nơi (?:nhận|gửi)|Người (?:khai|làm|viết|nhận|lập|ký|ghi)|Kính (?:gửi|trình)|Căn cứ"
    r"|Điều \d|Ông |Đại diện|Theo|Xét|Về việc|V/v|Hôm nay|Tôi|Chúng tôi|Họ và tên|Họ tên|Tên )"
)
"""What opens a line that does not go on with the name at the end of the line before."""

_BULLET = re.compile(r"[-–]\s")


@cache
def _second_parts() -> re.Pattern[str]:
    """What names of bodies have behind a hyphen, also at the beginning of a line ("Lao động / - Thương binh")."""
    names = [
        *(domain.form for group in domains_by_first().values() for domain in group),
        *(head.form for head in heads()),
    ]
    parts = {fold(part.split()[0]) for name in names if " - " in name for part in name.split(" - ")[1:]}
    return re.compile(rf"[-–]\s(?:{'|'.join(map(re.escape, sorted(parts)))})(?!\w)")


_LONGEST_TITLE = 60


def _national(folded: str) -> Iterator[tuple[int, int]]:
    """Where the national title, the motto and the Party's title stand: looked for around their rarest words."""
    until = 0
    for at in sorted(at for words in _RARE for at in _everywhere(folded, words)):
        if at < until:
            continue
        match = _NATIONAL.search(folded, max(until, at - _LONGEST_TITLE), at + _LONGEST_TITLE)
        if match is not None:
            yield match.span()
            until = match.end()


_RARE = ("chu nghia", "xhcn", "dan chu cong hoa", "hanh phuc", "cong san viet nam")


def _everywhere(folded: str, words: str) -> Iterator[int]:
    at = folded.find(words)
    while at >= 0:
        yield at
        at = folded.find(words, at + len(words))


@cache
def _labels() -> re.Pattern[str]:
    """The label of a form's field: "Nơi sinh: Bệnh viện Bạch Mai / Dân tộc: Kinh"."""
    words = "|".join(re.escape(fold(label)) for label in column("form_labels.csv", "label"))
    return re.compile(rf"(?:{words})\s?:")


def _first(shown: str, folded: str, start: int, candidates: list[Head]) -> Reading | None:
    failed = False
    unnamed: set[str] = set()
    for head in candidates:
        if head.tail == "skip" or (failed and head.tail in ("domain", "purpose")):
            return None
        if head.syllables == 1 and head.tail == "name" and head.kind in unnamed:
            return None  # "Trường Mầm non" without a name is no school called "Mầm non"
        if head.syllables == 1 and not head.acronym and _is_place(shown, folded, start, start + len(head.folded)):
            return None
        if head.kind == "prime_minister" and folded[max(0, start - 4) : start] == "pho ":
            continue
        reading = read_at(shown, folded, start, head)
        if reading is not None:
            return reading
        failed = failed or head.tail == "place"
        if head.tail == "name":
            unnamed.add(head.kind)
    return None


def _is_place(shown: str, folded: str, start: int, head_end: int) -> bool:
    """Whether a commune's name begins with the head word: "Trường Xuân", "Hội Xuân"."""
    end = name_at(shown, folded, start, known_only=True)
    return end is not None and end > head_end and is_unit_name(shown[start:end], folded[start:end])


def _counts(flat: Flat, reading: Reading) -> bool:
    """Whether a reading names one body: not a group ("các Sở Y tế"), nor "đại biểu Quốc hội"."""
    before = flat.folded[max(0, reading.start - 12) : reading.start]
    if _HEADS_IT.search(flat.shown, max(0, reading.start - 12), reading.start) and flat.shown[
        reading.start : reading.end
    ].startswith("PHÒNG "):
        return False  # the signer's title: "TRƯỞNG PHÒNG KINH TẾ"
    if reading.agency.kind == "village" and _COMMITTEE_BEFORE.search(before):
        return False  # "Ủy / ban nhân dân" over two columns
    group = _GROUP_BEFORE.search(before)
    if (
        group
        and not reading.agency.place_name
        and not _INVITED.search(flat.shown[max(0, reading.start - 12) : reading.start])
    ):
        return False
    return not (reading.agency.kind == "national_assembly" and _DEPUTIES.search(before))
