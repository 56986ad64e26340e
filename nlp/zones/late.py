"""The date, place and number where the head has none: above the signature of forms and certificates, in the first lines
of minutes and contracts, in the certifying note."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.header.heads import head_word
from nlp.header.number import DocNumber, number_mark, parse_number
from nlp.header.when import When, find_date
from nlp.zones.layout import Layout
from nlp.zones.lines import Cell, Line
from ontology.folding import fold

_TODAY = re.compile(r"\bhom nay\b|^\W*(?:thoi gian\s?:|vao hoi\b|vao luc\b|luc\b|hoi\b|ngay\s{0,3}\d)")
_MEETING = re.compile(r"\W*(?:hom nay,? )?ngay\s?\d{1,2}\s?thang\s?\d{1,2}\s?nam\s?\d{4}, tai\b")
"""How acts of assemblies open: on which day and where they met."""
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
    if lines and (first := Cell(lines[0].start, lines[0].text, lines[0].index)) and _MEETING.match(first.folded):
        when = find_date(first.text, first.folded)
        if when is not None and when.date is not None:
            return LateDate(when, first.cut(when.start, when.end), None)
    opening = _TODAY if minutes else _THIS_DAY
    if (minutes or today) and (meeting := _today(lines[:_MINUTES_DEPTH], opening)) is not None:
        return meeting
    bare: LateDate | None = None
    for index, line in enumerate(lines):
        if "năm" not in line.text and "ngày" not in line.text.lower():
            continue
        for cell in _with_rest(lines, index):
            if form and (labelled := _labelled(cell)) is not None:
                return labelled
            when = find_date(cell.text, cell.folded) if len(cell.text) <= _LONGEST_SENTENCE else None
            if when is None or when.date is None:
                continue
            before, behind = cell.text[: when.start].strip(), cell.text[when.end :].strip(" .,;:")
            if form and _DONE.match(cell.folded[: when.start].strip()):
                made_at = _made_at(cell, when.start)
                body = made_at is not None and head_word(made_at.folded) is not None
                return LateDate(when, cell.cut(when.start, when.end), None if body else made_at)
            if behind or len(cell.text) > _LONGEST or not ((before == "" and form) or before.endswith(",")):
                continue
            place = _place(cell, when.start)
            if place is not None:
                return LateDate(when, cell.cut(when.start, when.end), place)
            if before == "" or (before.endswith(",") and _MADE_AT.match(fold(before))):
                # Alone on its line it may be the rest of a sentence: the last one stands above the signature.
                bare = LateDate(when, cell.cut(when.start, when.end), None)
    return bare


def _labelled(cell: Cell) -> LateDate | None:
    """The day in figures behind the field that asks for it: "Ngày đăng ký: 5/6/1987"."""
    label = _DAY_OF.match(cell.folded)
    if label is None:
        return None
    shown = f"{'ngày':>{label.end()}} {cell.text[label.end() :].lstrip()}"
    when = find_date(shown, fold(shown))
    if when is None or when.date is None:
        return None
    return LateDate(when, cell.cut(0, min(when.end, len(cell.text))), None)


_DAY_OF = re.compile(
    r"\W*ngay(?:,? thang,? nam)? (?:dang ky|vao so|lap(?: so| phieu)?|lam don|cap(?: giay)?)\s?:(?=\s*\d)"
)


def _with_rest(lines: list[Line], index: int) -> list[Cell]:
    """The cells of a line; the only one with the line below it, where the line end cut a date."""
    cells = lines[index].cells()
    follows = lines[index + 1] if index + 1 < len(lines) else None
    if (
        follows is None
        or len(cells) != 1
        or not _CUT_DATE.search(cells[0].folded)
        or not _REST.match(fold(follows.text))
    ):
        return cells
    gap = " " * (follows.start - cells[0].end)
    return [Cell(cells[0].start, f"{cells[0].text}{gap}{follows.text}", cells[0].line)]


_CUT_DATE = re.compile(r"\bngay(?:\s*\d{1,2}(?:\s*thang(?:\s*\d{1,2}(?:\s*nam)?)?)?)?$")
_REST = re.compile(r"(?:\d{1,4}|thang|nam)\b.{0,30}$")
_MADE_AT = re.compile(r"\W*(?:lam |viet |lap )?tai [^.;:]{2,40},$")
_DONE = re.compile(
    r"(?:(?:so |giay |ban |duoc )?(?:lap|mo|lam|dang ky)(?: so)?(?: tai [^,;]{2,40})?|dang ky (?:lan dau|thay doi lan thu \S+)"
    r"|ngay (?:lam|lap|khai|ke khai|viet|ky)(?: (?:ly lich|to khai|ban khai|ho so|don|phieu|so))?|(?:lam|lap|khai|viet) tai\b[^,;]{0,50})\s?[:,]?$"
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
_NUMBERED = frozenset({"quận", "phường", "khu"})
"""Kinds of units that have a number for a name: "Quận 3, ngày ..."."""
_MOST_WORDS = 6


def _place(cell: Cell, end: int) -> Cell | None:
    """The place right before the date: capitalised words, behind a serial number or a colon where one stands."""
    words = list(re.finditer(r"\S+", cell.text[:end].rstrip(" ,")))
    first = len(words)
    for index in range(len(words) - 1, -1, -1):
        word = words[index].group()
        numbered = word.isdigit() and index > 0 and words[index - 1].group().lower() in _NUMBERED
        if not (word[:1].isupper() or word in _KINDS or numbered) or word.endswith(":"):
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
