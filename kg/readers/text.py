"""Plain text: one page, or as many as form feeds make."""

from __future__ import annotations

from pathlib import Path

from kg.errors import Unreadable
from kg.messages import say
from kg.readers.encodings import UndecidableEncoding, decode
from kg.readers.model import Page, Reading
from kg.readers.ocr import OcrSettings

PAGE_BREAK = "\f"


def read(path: Path, ocr: OcrSettings) -> Reading:
    """Read a plain text. Raises Unreadable: ``empty``, or ``encoding`` where it cannot be decided."""
    try:
        decoded = decode(path.read_bytes())
    except UndecidableEncoding:
        raise Unreadable(say("unreadable_encoding", name=path.name), reason="encoding") from None
    if not decoded.text:
        raise Unreadable(say("unreadable_empty", name=path.name), reason="empty")
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    parts = text.split(PAGE_BREAK)
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    pages = tuple(Page(number, part) for number, part in enumerate(parts, start=1))
    return Reading(pages, PAGE_BREAK in text, "text", decoded.encoding)
