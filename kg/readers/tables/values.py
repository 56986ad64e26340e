"""Cells as values: dates and ranges, retention, access, numbers. What cannot be read raises BadValue."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.readers.tables.folded import data, reversed_table, words
from ontology import dates
from ontology.custody.retention import written_out
from ontology.errors import BadDate
from ontology.folding import fold

_CODE = re.compile(r"0[1-467]$")
"""A bare code of Circular 05/2025 that is no term in years: no schedule has terms of 1, 2, 3, 4, 6 or 7 years."""
_YEARS = re.compile(r"(\d{1,3})\s*(?:năm|nam|years?|n)?\.?$", re.IGNORECASE)
_COUNT = re.compile(
    r"(\d{1,3}(?:[. ]\d{3})+|\d+)\s*(tờ|trang|to|tr|t|trường hợp|tài liệu|văn bản)?\.?$", re.IGNORECASE
)
_METRES = re.compile(
    r"(?P<before>[^\d(]*?)\s*(?P<number>\d+(?:[.,]\d+)*)\s*(?P<unit>[^\W\d][^()]*?)?\s*(?:\((?P<note>[^()]*)\))?\.?$"
)
_ABOUT = ("~", "≈")
_BETWEEN_BOXES = re.compile(r" ?(?:[,;+&]|\bva\b) ?")
_BOX_NUMBER = re.compile(r"\d+[a-z]?$")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_LONGEST_NUMBER = 12
"""Digits that are looked at: Python reads no number of thousands of them."""
_DASH = re.compile(r"\s*[-–—]\s*")


class BadValue(ValueError):
    """A cell that does not hold what its column says; ``kind``: bad_date, bad_number, bad_access."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind
        self.text = text


def iso_date(text: str) -> str:
    """A date, in part or whole, as ISO. Raises BadValue for 31/02 and for what is no date."""
    try:
        return dates.parse(text)
    except BadDate:
        raise BadValue("bad_date", text) from None


def iso_range(text: str) -> tuple[str, str]:
    """The first and last date of "1994 - 1996", "05/1994 đến 12/1996", "1994". Raises BadValue."""
    cleaned = _without_lead(text)
    try:
        only = dates.parse(cleaned)
    except BadDate:
        pass
    else:
        return only, only
    for first, last in _halves(cleaned):
        try:
            since, until = dates.parse(_without_lead(first)), dates.parse(_without_lead(last))
        except BadDate:
            continue
        if since[:4] > until[:4]:
            break
        return since, until
    raise BadValue("bad_date", text)


def _without_lead(text: str) -> str:
    head, _, rest = text.strip().partition(" ")
    return rest if words(head) in _forms("range_from") and rest else text.strip()


def _halves(text: str) -> list[tuple[str, str]]:
    """Every way to take a range apart: at a word for "to", else at each dash."""
    parts = text.split()
    for position, part in enumerate(parts):
        if words(part) in _forms("range"):
            return [(" ".join(parts[:position]), " ".join(parts[position + 1 :]))]
    return [(text[: match.start()], text[match.end() :]) for match in _DASH.finditer(text)]


def retention(text: str, *, coded: bool = False) -> str:
    """``vĩnh viễn``, ``N năm``, or as it stands. ``coded``: 01-07 of Circular 05/2025 are understood; elsewhere a bare
    "01" stays as it is and "05" is five years. The forms are those of ``ontology.custody.retention``."""
    value = text.strip()
    if known := written_out(value, coded=coded):
        return known
    if (match := _YEARS.match(value)) and not _CODE.match(value):
        return f"{int(match.group(1))} năm"
    return value


def access(text: str) -> str:
    """open, conditional or secret. Raises BadValue for words that are not known: they never mean open."""
    if found := _table("access").get(words(text)):
        return found
    raise BadValue("bad_access", text)


def secrecy(text: str) -> str | None:
    """The level of secrecy that a cell names: mat, toi_mat, tuyet_mat, or None. Accents count ("mặt" is no secret)."""
    value = " ".join(text.lower().split())
    for level, forms in data("values.yaml")["secrecy"].items():
        if value in forms:
            return str(level)
    return None


def is_no_secrecy(text: str) -> bool:
    """Whether a cell of secrecy says that there is none."""
    return not words(text) or words(text) in _forms("no_secrecy")


def note_access(text: str) -> str | None:
    """What a note says of access: conditional, secret or None."""
    value = " ".join(text.lower().split())
    if secrecy(value) and not value.isdigit():
        return "secret"
    if any(form in value for form in data("values.yaml")["note_secret"]):
        return "secret"
    return "conditional" if any(form in value for form in data("values.yaml")["note_conditional"]) else None


def is_handwritten(text: str) -> bool:
    """Whether a note or a condition says that the record is written by hand."""
    value = words(text)
    return any(form in value for form in _forms("handwritten"))


def flag(text: str) -> bool | None:
    """Yes, no, or None for another word."""
    value = words(text)
    if value in _forms("true"):
        return True
    return False if value in _forms("false") else None


def one_of(table: str, text: str) -> str | None:
    """The value of a closed list (status, level, bloc, medium) that a cell names."""
    return _table(table).get(words(text))


def count(text: str) -> int:
    """The sheets, pages or cases of one file: "45", "1.250", "45 tờ". Raises BadValue, for more than a file can have
    too."""
    return _counted(text, "file")


def total(text: str) -> int:
    """What a whole fonds comes to, likewise: "1.250.000"."""
    return _counted(text, "fonds")


def _counted(text: str, of: str) -> int:
    match = _COUNT.match(text.strip())
    if match is None:
        raise BadValue("bad_number", text)
    digits = re.sub(r"[. ]", "", match.group(1))
    if len(digits) > _LONGEST_NUMBER or int(digits) > data("values.yaml")["most"][of]:
        raise BadValue("bad_number", text)
    return int(digits)


def sheets_and_pages(text: str) -> tuple[int | None, int | None]:
    """ "Số tờ/Số trang": one number means sheets (files of five years and more are numbered by sheet, Decree 30/2020
    art. 29.4) unless "trang" is written; "45/87" is both. Raises BadValue."""
    parts = [part.strip() for part in text.split("/")]
    if len(parts) == 2:
        return count(parts[0]), count(parts[1])
    number = count(text)
    return (None, number) if "tr" in text.lower() else (number, None)


def metres(text: str) -> tuple[float, str]:
    """Metres of shelf and how they were had, as the cell says: "0,25" by the finding aid (``finding_aid``), "0,25 m (đo)"
    ``measured``, "khoảng 30 cm" and "0,3 (ước tính)" ``estimated``. Raises BadValue for all that is not a length
    ("2 hộp", "-3") and for more than the heap of a fonds."""
    match = _METRES.match(text.strip())
    unit = _table("length").get(words(match.group("unit") or "")) if match else None
    basis = _metres_basis(match.group("before"), match.group("note")) if match else None
    if match is None or basis is None or (match.group("unit") and unit is None):
        raise BadValue("bad_number", text)
    value = _decimal(match.group("number")) * float(unit or 1)
    if value > data("values.yaml")["most"]["metres"]:
        raise BadValue("bad_number", text)
    return round(value, 4), basis


def _metres_basis(before: str, note: str | None) -> str | None:
    """How a length was had, by the words before it or in brackets behind it; None where what stands before is no such
    word (a minus, "hộp")."""
    known = _table("metres_basis")
    if before in _ABOUT:
        return "estimated"
    if before:
        return known.get(words(before))
    return known.get(words(note or ""), "finding_aid")


def _decimal(written: str) -> float:
    """ "0,25", "0.25", "1.250,5" and "1,250.5": the last mark is the decimal one."""
    whole, mark, decimals = written, "", ""
    if position := max(written.rfind("."), written.rfind(",")) + 1:
        whole, mark, decimals = written[: position - 1], written[position - 1], written[position:]
    if mark in whole and mark:
        raise BadValue("bad_number", written)
    return float(f"{re.sub('[.,]', '', whole)}.{decimals or 0}")


@lru_cache(maxsize=65536)
def boxes(text: str) -> tuple[str, ...]:
    """The boxes that a cell names: "01", "Hộp số 1" and "1" are one ("1"), "1-3" and "1, 2, 3" are three. What is no
    number is a name ("h-05")."""
    bare = " ".join(_box_word().sub(" ", fold(text)).split())
    if match := _box_range().match(bare):
        first, last = int(match.group(1)), int(match.group(2))
        if first < last < first + data("values.yaml")["most"]["boxes"]:
            return tuple(str(number) for number in range(first, last + 1))
    parts = _BETWEEN_BOXES.split(bare)
    if not all(_BOX_NUMBER.match(part) for part in parts):
        parts = [bare]
    return tuple(dict.fromkeys(_ZEROS.sub("", part) for part in parts if part))


@cache
def _box_word() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_forms('box'), key=len, reverse=True))})\b[.:]?")


@cache
def _box_range() -> re.Pattern[str]:
    return re.compile(rf"(?:tu )?(\d{{1,6}}) ?(?:[-–—]|{'|'.join(_forms('range'))}) ?(\d{{1,6}})$")


def full_number(number: str, notation: str) -> str | None:
    """The full number of a document from number and symbol ("59", "QĐ-UBND" → "59/QĐ-UBND"); the Party's symbol has
    the slash itself ("60", "NQ/TW" → "60-NQ/TW", guidance 36-HD/VPTW)."""
    number, notation = number.strip(), notation.strip()
    if not number or not notation:
        return number or notation or None
    if notation.startswith((number + "/", number + "-")):
        return notation
    if notation[0] in "/-":
        return number + notation
    # "1998/QĐ-UB" has the year in front: only a symbol that begins with its type is joined by a hyphen.
    hyphenated = "/" in notation and not notation[0].isdigit()
    return f"{number}-{notation}" if hyphenated else f"{number}/{notation}"


@cache
def _table(name: str) -> dict[str, str]:
    return reversed_table(data("values.yaml")[name])


@cache
def _forms(name: str) -> frozenset[str]:
    return frozenset(words(form) for form in data("values.yaml")[name])
