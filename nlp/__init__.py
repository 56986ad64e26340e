"""Page text to Extraction: repair, zones, header fields, mentions (DESIGN.md §6). Pure: no files, no databases."""

from __future__ import annotations

from nlp.model import Context, Extraction
from nlp.repair.normalise import Normalised, normalise

__all__ = ["Context", "Extraction", "Normalised", "extract", "normalise"]


def extract(text: str, *, id: str = "", source: str | None = None, context: Context | None = None) -> Extraction:
    """Read one record: the raw text of its pages (``\\f`` between pages) to its Extraction.

    spaCy is imported by the first call, not with the package.
    """
    from nlp.pipeline import extract as read

    return read(text, id=id, source=source, context=context)
