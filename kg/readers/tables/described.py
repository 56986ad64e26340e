"""What a row says, as values of the backbone: a fonds, a file, a document."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

from kg.model import File, Fonds
from kg.readers.model import RecordMetadata, Register
from kg.readers.tables import values
from kg.readers.tables.entries import Entry, bare
from kg.readers.tables.folded import data, words
from ontology.folding import fold

FONDS_FIELDS = (
    "name", "archive", "history", "period", "total", "paper_total", "paper_digitised", "scheme", "other_types",
    "language", "lookup_tools", "backup", "insured_pages", "note",
)  # fmt: skip
"""What a table of fonds says beside code, creator, level, bloc, status, opening and closing, as keys of ``Fonds.extra``:
the fields of Circular 05/2025/TT-BNV, and of Circular 02/2019/TT-BNV for older tables (LAW.md §7.1, 7.3; likely).
``total``, ``paper_total``, ``paper_digitised`` and ``insured_pages`` are numbers. ``opened_basis`` and ``closed_basis``
are ``history`` where the day is read from the history of the creator."""
_FONDS_COUNTS = frozenset({"total", "paper_total", "paper_digitised", "insured_pages"})
_FONDS_PREFIXES = ("phong luu tru ", "phong ")
_DAY = r"(?:ngay\s+)?(?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4})"
_YEAR = r"(?:thang\s+)?(?P<year>(?:\d{1,2}[/.-])?\d{4})(?!\d)"
_KEPT_OF_FILE = ("condition", "paper_file_code", "position")


def creator_of(entry: Entry) -> str | None:
    """The fonds' creator, else the body that it is named after ("Phông Ủy ban nhân dân xã ...")."""
    fonds_name = entry.get("fonds_name")
    if creator := entry.get("fonds_creator"):
        return creator
    if not fonds_name:
        return None
    folded = words(fonds_name) + " "
    for prefix in _FONDS_PREFIXES:
        if folded.startswith(prefix):
            return " ".join(fonds_name.split()[len(prefix.split()) :]) or fonds_name
    return fonds_name


def described_fonds(fonds: Fonds, entry: Entry) -> Fonds:
    """The fonds as a row of a table of fonds says."""
    extra: dict[str, Any] = dict(entry.unknown)
    for field in FONDS_FIELDS:
        key = field if field in ("period", "note") else f"fonds_{field}"
        value = entry.read(key, values.total) if field in _FONDS_COUNTS else entry.get(key)
        if value is not None:
            extra[field] = value
    opened = entry.read("fonds_opened", values.iso_date)
    closed = entry.read("fonds_closed", values.iso_date)
    for name, told in (("opened", opened), ("closed", closed)):
        if told is None and _day_in(entry.get("fonds_history"), name):
            extra[f"{name}_basis"] = "history"
    return replace(
        fonds,
        level=entry.read("fonds_level", lambda text: values.one_of("level", text)),
        bloc=entry.read("fonds_bloc", lambda text: values.one_of("bloc", text)),
        unit=entry.get("fonds_unit"),
        status=entry.read("fonds_status", lambda text: values.one_of("status", text) or text),
        opened=opened or _day_in(entry.get("fonds_history"), "opened"),
        closed=closed or _day_in(entry.get("fonds_history"), "closed"),
        extra=extra,
    )


def _day_in(history: str | None, event: str) -> str | None:
    """The day that a history gives for the founding (``opened``) or the end (``closed``) of the creator, where it gives
    one and no other: "kết thúc hoạt động ngày 30/06/2025", "Thành lập năm 1961"."""
    if not history:
        return None
    folded = " ".join(fold(history).split())
    found = set()
    for match in _told_of(event).finditer(folded):
        try:
            found.add(values.iso_date(match.group("day") or match.group("year")))
        except values.BadValue:
            continue
    return found.pop() if len(found) == 1 else None


@cache
def _told_of(event: str) -> re.Pattern[str]:
    """A phrase of values.yaml with the day or the year behind it."""
    phrases = "|".join(re.escape(words(form)) for form in data("values.yaml")[f"fonds_{event}"])
    return re.compile(rf"\b(?:{phrases})\s+(?:ke\s+)?(?:tu\s+|vao\s+)?(?:nam\s+|het\s+)?(?:{_DAY}|{_YEAR})")


def described_file(file: File, entry: Entry, title: str | None, *, of_document: bool = False) -> File:
    """The file as the row says. ``of_document``: the row is a document's, whose own columns say nothing of the file."""
    cells_of_file = of_document
    access = entry.access(of_file=of_document)
    if access == "secret" or (entry.secrecy and not of_document):
        return replace(file, title=None, extra={"access": "secret"})
    since, until = entry.read("period", values.iso_range) or (None, None)
    sheets = entry.read("sheets", values.count, of_file=cells_of_file)
    pages = entry.read("pages", values.count, of_file=cells_of_file)
    if not of_document:
        both = entry.read("sheets_or_pages", values.sheets_and_pages) or (None, None)
        sheets, pages = sheets or both[0], pages or both[1]
    length = entry.read("metres", values.metres)
    return replace(
        file,
        title=None if of_document and entry.secrecy else title,
        since=entry.read("since", values.iso_date, of_file=False) or since,
        until=entry.read("until", values.iso_date, of_file=False) or until,
        retention=_retention(entry, of_file=of_document),
        sheets=sheets,
        pages=pages,
        metres=length[0] if length else None,
        metres_basis=length[1] if length else None,
        box=entry.get("box"),
        arranged=entry.read("arranged", values.flag),
        medium=entry.read("medium", lambda text: values.one_of("medium", text)),
        held_by=entry.get("held_by"),
        held_since=entry.read("held_since", values.iso_date),
        held_paper=entry.get("held_paper"),
        extra=_file_extra(entry, access, of_document=of_document),
    )


def _file_extra(entry: Entry, access: str | None, *, of_document: bool) -> dict[str, Any]:
    cells = entry.file_cells if of_document else entry.cells
    extra: dict[str, Any] = {key: cells[key] for key in (*_KEPT_OF_FILE, "note") if cells.get(key)}
    if archive_code := entry.get("file_archive_code"):
        extra["archive_code"] = archive_code
    if access:
        extra["access"] = access
    if entry.group and not of_document:
        extra["group"] = entry.group
    if not of_document:
        extra.update(entry.unknown)
        if _is_handwritten(entry):
            extra["handwritten"] = True
    return extra


def _retention(entry: Entry, *, of_file: bool) -> str | None:
    coded = entry.read("retention_code", lambda text: values.retention(text, coded=True), of_file=of_file)
    return entry.read("retention", values.retention, of_file=of_file) or coded


def _is_handwritten(entry: Entry) -> bool:
    told = entry.read("handwritten", values.flag)
    return bool(told) or any(values.is_handwritten(entry.cells.get(key, "")) for key in ("note", "condition"))


def described_document(entry: Entry, fonds: str | None, inventory: str | None, file: File | None) -> RecordMetadata:
    """The document as a row says, in the fonds (id), inventory (code) and file that it was found to stand in."""
    access = entry.access()
    code = entry.get("doc_code") or entry.get("doc_identifier")
    placed = RecordMetadata(
        entry.row, code, entry.get("path"), fonds, inventory, file.code if file else None, access=access
    )
    if access == "secret":
        return replace(placed, values=bare(entry))
    sheets, pages = entry.read("sheets_or_pages", values.sheets_and_pages) or (None, None)
    number = entry.get("number")
    if number is None and (entry.get("number_part") or entry.get("notation_part")):
        number = values.full_number(entry.get("number_part") or "", entry.get("notation_part") or "")
    title = entry.get("title") or (
        None if entry.get("file_title") and entry.kind == "register" else entry.get("title_any")
    )
    kind = entry.get("type")
    if entry.kind == "register":
        kind, title = kind or "Sổ", title or _book_title(entry)
    return replace(
        placed,
        number=number,
        type=kind,
        date=entry.read("date", values.iso_date),
        issuer=entry.get("issuer"),
        title=title,
        pages=entry.read("pages", values.count) or pages,
        sheets=entry.read("sheets", values.count) or sheets,
        retention=_retention(entry, of_file=False),
        note=entry.get("note"),
        handwritten=_is_handwritten(entry),
        values=entry.values,
        register=_register(entry) if entry.kind == "register" else None,
    )


def _register(entry: Entry) -> Register:
    opened, closed = entry.read("book_years", values.iso_range) or (None, None)
    return Register(
        entry.get("book_kind"),
        entry.get("book_number"),
        entry.read("book_opened", values.iso_date) or opened,
        entry.read("book_closed", values.iso_date) or closed,
        entry.read("book_cases", values.count),
    )


def _book_title(entry: Entry) -> str | None:
    """ "Sổ đăng ký khai sinh, quyển số 01, 1987-1988"."""
    number, years = entry.get("book_number"), entry.get("book_years")
    parts = [entry.get("book_kind"), f"quyển số {number}" if number else None, years]
    return ", ".join(part for part in parts if part) or None


def restricted(document: RecordMetadata, access: str | None) -> RecordMetadata:
    """The document under an access level; of a secret one only place, path and level are left (DESIGN.md §4.11)."""
    if access != "secret" or document.access == "secret":
        return replace(document, access=access)
    return RecordMetadata(
        document.row,
        document.code,
        document.path,
        document.fonds,
        document.inventory,
        document.file,
        access="secret",
        values={"secrecy": "mat"},
        table=document.table,
    )
