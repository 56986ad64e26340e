"""Cells as values: dates and ranges, retention, access, numbers. What cannot be read raises BadValue."""

from __future__ import annotations

import re
from functools import cache

from kg.readers.tables.folded import data, reversed_table, words
from ontology import dates
from ontology.errors import BadDate

_YEARS = re.compile(r"(\d{1,3})\s*(?:năm|nam|years?|n)?\.?$", re.IGNORECASE)
_COUNT = re.compile(
    r"(\d{1,3}(?:[. ]\d{3})+|\d+)\s*(tờ|trang|to|tr|t|trường hợp|tài liệu|văn bản)?\.?$", re.IGNORECASE
)
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)*")
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
    """``vĩnh viễn``, ``N năm``, or as it stands ("đến khi văn bản hết hiệu lực"). ``coded``: 01-07 of Circular
    05/2025 are understood."""
    value = text.strip()
    if coded and value in data("values.yaml")["retention_codes"]:
        return str(data("values.yaml")["retention_codes"][value])
    if known := _table("retention").get(words(value)):
        return known
    if match := _YEARS.match(value):
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
    """A number of sheets or pages: "45", "1.250", "45 tờ". Raises BadValue."""
    match = _COUNT.match(text.strip())
    if match is None:
        raise BadValue("bad_number", text)
    return int(re.sub(r"[. ]", "", match.group(1)))


def sheets_and_pages(text: str) -> tuple[int | None, int | None]:
    """ "Số tờ/Số trang": one number means sheets (files of five years and more are numbered by sheet, Decree 30/2020
    art. 29.4) unless "trang" is written; "45/87" is both. Raises BadValue."""
    parts = [part.strip() for part in text.split("/")]
    if len(parts) == 2:
        return count(parts[0]), count(parts[1])
    number = count(text)
    return (None, number) if "tr" in text.lower() else (number, None)


def metres(text: str) -> tuple[float, str]:
    """Metres of shelf and how they were had: "0,25" measured, "0,3 (ước tính)" estimated. Raises BadValue."""
    match = _DECIMAL.search(text)
    if match is None:
        raise BadValue("bad_number", text)
    written = match.group()
    if "," in written:
        written = written.replace(".", "").replace(",", ".")
    try:
        value = float(written)
    except ValueError:
        raise BadValue("bad_number", text) from None
    rest = words(text[match.end() :] + " " + text[: match.start()])
    estimated = any(form in rest.split() or form in rest for form in _forms("metres_estimated"))
    return value, "estimated" if estimated else "measured"


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
