"""What a difference between list and scans rests on, in words; light enough for every command to import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.messages import say

_NAMED = 5


def kind_of(difference: Mapping[str, Any]) -> str:
    """The kind of a difference as people count them: whole files that are not scanned apart from single documents of
    files that are (``difference_<kind>`` in the catalogue)."""
    kind = str(difference["kind"])
    return f"{kind}_documents" if kind == "not_scanned" and "documents" in difference else kind


def why(difference: Mapping[str, Any]) -> str:
    """What has to be said beside a difference: the proofs of a file in two fonds, an estimate of pages, pages listed
    instead of sheets, which documents are missing; '' where there is nothing."""
    told = [say(f"why_{reason}") for reason in difference.get("why", ())]
    if difference.get("estimated"):
        told.append(say("why_estimated"))
    if difference.get("unit") == "pages":
        told.append(say("why_pages_listed"))
    if named := difference.get("named"):
        shown = [*named[:_NAMED], *(["…"] if len(named) > _NAMED else [])]
        told.append("; ".join(shown))
    return ", ".join(told)
