"""What a difference between list and scans rests on, in words; light enough for every command to import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.messages import say

_NAMED = 5


def kind_of(difference: Mapping[str, Any]) -> str:
    """The kind of a difference with the list that it is with: files that are not scanned are counted apart from documents
    (``difference_<kind>`` in the catalogue)."""
    return f"{difference['kind']}_{difference['list']}" if difference.get("list") else str(difference["kind"])


def label(difference: Mapping[str, Any]) -> str:
    """The kind of a difference, with the list that it is with: a finding aid (mục lục hồ sơ) or a manifest (bảng kê văn
    bản)."""
    return say(f"difference_{kind_of(difference)}")


def fonds_label(fonds_id: str | None) -> str:
    """The id of a fonds; in words where it is not known."""
    return fonds_id or say("fonds_unknown")


def why(difference: Mapping[str, Any], *, with_list: bool = False) -> str:
    """What has to be said beside a difference: the proofs of a file in two fonds, an estimate of pages, pages listed
    instead of sheets, the documents themselves; '' where there is nothing. ``with_list``: the list that it is with too,
    where the label does not stand beside it."""
    told = [say(f"list_{difference['list']}")] if with_list and difference.get("list") else []
    told += [say(f"why_{reason}") for reason in difference.get("why", ())]
    if difference.get("estimated"):
        told.append(say("why_estimated"))
    if difference.get("unit") == "pages":
        told.append(say("why_pages_listed"))
    if named := difference.get("named"):
        shown = [*named[:_NAMED], *(["…"] if len(named) > _NAMED else [])]
        told.append("; ".join(shown))
    return ", ".join(told)
