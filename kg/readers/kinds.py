"""What a computer file is, by its first bytes; its name only says which of two meanings was intended."""

from __future__ import annotations

import re
from pathlib import Path

from kg.errors import Unreadable
from kg.messages import say

HEAD = 1 << 16
"""Bytes looked at: hOCR and ALTO name themselves within their first lines, a PDF may have junk before its mark."""

TEXT_SUFFIXES = frozenset({".txt"})
PDF_SUFFIXES = frozenset({".pdf"})
IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})
HOCR_SUFFIXES = frozenset({".hocr"})
MARKUP_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xml"})
"""Read only when they hold hOCR or ALTO."""

TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm"})

READ_SUFFIXES = TEXT_SUFFIXES | PDF_SUFFIXES | IMAGE_SUFFIXES | HOCR_SUFFIXES

_IMAGE_MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")

_FOREIGN_MARKS = (
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word/Excel 97-2003"),
    (b"{\\rtf", "RTF"),
    (b"GIF8", "GIF"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90\x00", "EXE"),
    (b"SQLite format 3\x00", "SQLite"),
)

_PDF_MARK = b"%PDF-"
_PDF_WINDOW = 1024
"""Readers of PDF accept the mark anywhere in the first kilobyte (ISO 32000-1, annex H)."""

_MARKUP = re.compile(rb"\s*<(?:\?xml|!doctype|!--|html|[a-z0-9]*:?alto)", re.IGNORECASE)
_ALTO_ROOT = re.compile(rb"<(?:[A-Za-z0-9_]+:)?alto[\s>]")
_HOCR_PAGE = re.compile(rb"ocr_page|ocr-system", re.IGNORECASE)


def head_of(path: Path) -> bytes:
    """The first bytes of a file. Raises Unreadable when the system does not give them."""
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD)
    except OSError as error:
        message = say("unreadable_no_access", name=path.name, why=error.strerror or type(error).__name__)
        raise Unreadable(message, reason="no_access") from error


def markup_kind(head: bytes) -> str | None:
    """``hocr``, ``alto``, or None for markup that is neither."""
    text = _narrow(head)
    if _ALTO_ROOT.search(text):
        return "alto"
    return "hocr" if _HOCR_PAGE.search(text) else None


def kind_of(head: bytes, path: Path) -> str:
    """``text``, ``pdf``, ``hocr``, ``alto`` or ``image``.

    Raises Unreadable where the bytes are another thing than the name says (a ZIP called .pdf), or nothing at all.
    """
    name, suffix = path.name, path.suffix.lower()
    if not head:
        raise Unreadable(say("unreadable_empty", name=name), reason="empty")
    if _PDF_MARK in head[:_PDF_WINDOW]:
        return "pdf"
    if head.startswith(_IMAGE_MARKS):
        return "image"
    for mark, called in _FOREIGN_MARKS:
        if head.startswith(mark):
            raise Unreadable(say("unreadable_wrong_kind", name=name, kind=called), reason="wrong_kind")
    if suffix in PDF_SUFFIXES:
        raise Unreadable(say("unreadable_broken_pdf", name=name), reason="broken_pdf")
    if suffix in IMAGE_SUFFIXES:
        raise Unreadable(say("unreadable_broken_image", name=name), reason="broken_image")
    if _MARKUP.match(_narrow(head)) and (kind := markup_kind(head)):
        return kind
    if suffix in HOCR_SUFFIXES | MARKUP_SUFFIXES:
        raise Unreadable(say("unreadable_not_ocr_markup", name=name), reason="not_ocr_markup")
    return "text"


def _narrow(head: bytes) -> bytes:
    """Markup in UTF-16 as ASCII enough to look at; the byte order mark of UTF-8 taken off."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")
