"""The date, place and number where the head has none: above the signature of forms and certificates, in the first lines
of minutes and contracts, in the certifying note."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.header.number import DocNumber, number_mark, parse_number
from nlp.header.when import When, find_date
from nlp.zones.layout import Layout
from nlp.zones.lines import Cell, Line
from ontology.folding import fold

_TODAY = re.compile(r"\bhom nay\b|^\W*(?:thoi gian\s?:|vao hoi\b|vao luc\b|luc\b|hoi\b|ngay\s{0,3}\d)")
_THIS_DAY = re.compile(r"^\W*(?:ngay )?hom nay\b")
_LONGEST = 60
_LONGEST_SENTENCE = 100
_MINUTES_DEPTH = 25


@dataclass(frozen=True, slots=True)
class LateDate:
    """A date below the head: its cell, and the place before it where one stands."""

    when: When
    cell: Cell | None
    place: Cell | None


def late_date(layout: Layout, *, minutes: bool, form: bool, today: bool = False) -> LateDate | None:
    """The date below the head: for minutes the day of the meeting, for papers between people (``today``) that of "Hôm
    nay, ngày ...", else the first short cell that is a place and a
    date (of a form: or a date alone, or behind the word for what was done that day: "Sổ lập ngày ...")."""
    lines = layout.lines[layout.head.lines_used :]
    opening = _TODAY if minutes else _THIS_DAY
    if (minutes or today) and (meeting := _today(lines[:_MINUTES_DEPTH], opening)) is not None:
        return meeting
    bare: LateDate | None = None
    for line in lines:
        if "năm" not in line.text and "ngày" not in line.text.lower():
            continue
        for cell in line.cells():
            when = find_date(cell.text, cell.folded) if len(cell.text) <= _LONGEST_SENTENCE else None
            if when is None or when.date is None:
                continue
            before, behind = cell.text[: when.start].strip(), cell.text[when.end :].strip(" .,;:")
            if form and _DONE.match(cell.folded[: when.start].strip()):
                return LateDate(when, cell.cut(when.start, when.end), _made_at(cell, when.start))
            if behind or len(cell.text) > _LONGEST or not ((before == "" and form) or before.endswith(",")):
                continue
            place = _place(cell, when.start)
            if place is not None:
                return LateDate(when, cell.cut(when.start, when.end), place)
            if before == "" or (before.endswith(",") and _MADE_AT.match(fold(before))):
                # Alone on its line it may be the rest of a sentence: the last one stands above the signature.
                bare = LateDate(when, cell.cut(when.start, when.end), None)
    return bare


_MADE_AT = re.compile(r"\W*(?:lam |viet |lap )?tai [^.;:]{2,40},$")
_DONE = re.compile(
    r"(?:(?:so |giay |ban |duoc )?(?:lap|mo|lam|dang ky)(?: so)?(?: tai [^,;]{2,40})?|dang ky (?:lan dau|thay doi lan thu \S+)"
    r"|(?:lam|lap|khai|viet) tai\b[^,;]{0,50})\s?[:,]?$"
)
"""What a date in a form can be of, right before it: of making, opening, registering the paper; not of birth, nor of
the identity card it names."""


def _today(lines: list[Line], opening: re.Pattern[str]) -> LateDate | None:
    """The day of the meeting; its sentence may go on below."""
    for index, line in enumerate(lines):
        cell = Cell(line.start, line.text, line.index)
        if not opening.search(cell.folded):
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        for text in (line.text, f"{line.text} {following.text}" if following else ""):
            whole = Cell(line.start, text, line.index)
            when = find_date(whole.text, whole.folded)
            if when is not None and when.date is not None:
                return LateDate(when, whole.cut(when.start, when.end), None)
    return None


_KINDS = frozenset({"phố", "xã", "trấn", "phường", "thị", "quận", "huyện", "tỉnh", "thành"})
"""The small words of unit types."""
_MOST_WORDS = 6


def _place(cell: Cell, end: int) -> Cell | None:
    """The place right before the date: capitalised words, behind a serial number or a colon where one stands."""
    words = list(re.finditer(r"\S+", cell.text[:end].rstrip(" ,")))
    first = len(words)
    for index in range(len(words) - 1, -1, -1):
        word = words[index].group()
        if not (word[:1].isupper() or word in _KINDS) or word.endswith(":"):
            break
        first = index
    before = words[first - 1].group() if first else ""
    if first == len(words) or len(words) - first > _MOST_WORDS or (before and not _ends(before)):
        return None
    return cell.cut(words[first].start(), words[-1].end())


def _made_at(cell: Cell, end: int) -> Cell | None:
    """The bare name of the place at which a form was filled in ("Làm tại: Tân Lập, ngày ...")."""
    place = _place(cell, end)
    return place if place is not None and place.text[:1].isupper() else None


def _ends(word: str) -> bool:
    """Whether what stands before a place is no part of its sentence."""
    return word[-1:] in ":.-–" or word.isdigit() or word == "tại"


_ENTRY = re.compile(r"^\W*so chung thuc\b")


def late_number(layout: Layout) -> tuple[DocNumber, Cell] | None:
    """The number of a certifying note, which stands below it: "Số chứng thực: 122, quyển số 01-SCT/HĐ,GD"."""
    for line in layout.lines[layout.head.lines_used :]:
        for cell in line.cells():
            mark = number_mark(cell.folded) if _ENTRY.match(cell.folded) else None
            number = parse_number(cell.text, mark) if mark is not None else None
            if number is not None and number.number is not None:
                return number, cell
    return None
