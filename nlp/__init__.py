"""Page text to Extraction: repair, zones, header fields, mentions (DESIGN.md §6). Pure: no files, no databases."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from nlp.model import Context, Extraction

if TYPE_CHECKING:
    from nlp.repair.normalise import Normalised, normalise

__all__ = ["Context", "Extraction", "Normalised", "extract", "normalise"]


def extract(text: str, *, id: str = "", source: str | None = None, context: Context | None = None) -> Extraction:
    """Read one record: the raw text of its pages (``\\f`` between pages) to its Extraction.

    spaCy is imported by the first call, not with the package.
    """
    from nlp.pipeline import extract as read

    return read(text, id=id, source=source, context=context)


def __getattr__(name: str) -> Any:
    """``normalise`` and its result, imported when they are asked for: who wants a closed list of ``nlp.model`` does not
    wait for the tables of the repair."""
    if name not in ("Normalised", "normalise"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("nlp.repair.normalise"), name)
