"""What a difference between list and scans rests on, in words; light enough for every command to import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.messages import say


def why(difference: Mapping[str, Any]) -> str:
    """What has to be said beside a difference: the proofs of a file in two fonds, an estimate of pages, pages listed
    instead of sheets; '' where there is nothing."""
    told = [say(f"why_{reason}") for reason in difference.get("why", ())]
    if difference.get("estimated"):
        told.append(say("why_estimated"))
    if difference.get("unit") == "pages":
        told.append(say("why_pages_listed"))
    return ", ".join(told)
