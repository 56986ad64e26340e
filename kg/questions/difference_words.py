"""What a difference between list and scans rests on, in words; light enough for every command to import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.messages import say


def label(difference: Mapping[str, Any]) -> str:
    """The kind of a difference, with the list that it is with: a finding aid (mục lục hồ sơ) or a manifest (bảng kê văn
    bản)."""
    kind = difference["kind"]
    return say(f"difference_{kind}_{difference['list']}" if difference.get("list") else f"difference_{kind}")


def fonds_label(fonds_id: str | None) -> str:
    """The id of a fonds; in words where it is not known."""
    return fonds_id or say("fonds_unknown")


def why(difference: Mapping[str, Any]) -> str:
    """What has to be said beside a difference: the list that it is with, the proofs of a file in two fonds, an estimate
    of pages, pages listed instead of sheets; '' where there is nothing."""
    told = [say(f"list_{difference['list']}")] if difference.get("list") else []
    told += [say(f"why_{reason}") for reason in difference.get("why", ())]
    if difference.get("estimated"):
        told.append(say("why_estimated"))
    if difference.get("unit") == "pages":
        told.append(say("why_pages_listed"))
    return ", ".join(told)
