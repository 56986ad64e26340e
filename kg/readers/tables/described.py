"""What a row says, as values of the backbone: a fonds, a file, a document."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.model import File, Fonds
from kg.readers.model import RecordMetadata
from kg.readers.tables import values
from kg.readers.tables.entries import Entry, bare
from kg.readers.tables.folded import words

_FONDS_PREFIXES = ("phong luu tru ", "phong ")
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
    if history := entry.get("fonds_history"):
        extra["history"] = history
    if period := entry.get("period"):
        extra["period"] = period
    if note := entry.get("note"):
        extra["note"] = note
    return replace(
        fonds,
        level=entry.read("fonds_level", lambda text: values.one_of("level", text)),
        bloc=entry.read("fonds_bloc", lambda text: values.one_of("bloc", text)),
        unit=entry.get("fonds_unit"),
        status=entry.read("fonds_status", lambda text: values.one_of("status", text) or text),
        opened=entry.read("fonds_opened", values.iso_date),
        closed=entry.read("fonds_closed", values.iso_date),
        extra=extra,
    )


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
    )
