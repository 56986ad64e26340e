"""What local tables say of an address, as people read it below the answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.cli.printing import day, plain, put
from kg.messages import say

_SHOWN = 5
"""Rows of tables named before "and n more"."""


def show_locality(value: dict[str, Any]) -> None:
    """Which row of which table decides, or why none does. ``value``: an answer with ``locality``."""
    locality = value["locality"]
    details = plain(", ".join(locality["details"]))
    rows = locality["rows"]
    if not rows:
        if locality["why"] in ("no_table", "no_row"):
            put(say(f"local_why_{locality['why']}", details=details, unit=value["unit"]["name"]))
        return
    if locality["why"] in ("several", "conflict"):
        old = "_old" if locality["why"] == "several" and "predecessors" in value else ""
        put(say(f"local_why_{locality['why']}{old}", details=details))
    for row in rows[:_SHOWN]:
        put(f"  {_row(row)}" if locality["why"] != "table" else _row(row))
    if len(rows) > _SHOWN:
        put(f"  {say('local_more', n=len(rows) - _SHOWN)}")
    for doubt in locality["doubts"]:
        put(say("local_doubt", doubt=say(f"reason_{doubt}")))


def show_rows(units: Iterable[dict[str, Any]]) -> None:
    """What tables say of a place in each of the units that it may lie in; versions of one unit share their rows."""
    shown: set[tuple[str, int, str]] = set()
    for unit in units:
        rows = {(row["table"], row["row"], row["name"]) for row in unit.get("locality", {}).get("rows", ())}
        if not rows <= shown:
            show_locality(unit)
            shown |= rows


def numbers_shown(numbers: dict[str, Any] | None) -> str:
    """A run of houses: "1–99 (lẻ)"; '' for None."""
    if numbers is None:
        return ""
    first, last = numbers["from"], numbers["to"]
    run = f"{first or 1}–{last or '…'}" if first != last or first is None else str(first)
    return run if numbers["parity"] == "all" else f"{run} ({say('local_' + numbers['parity'])})"


def _row(row: dict[str, Any]) -> str:
    numbers = numbers_shown(row.get("numbers"))
    return say(
        "local_by",
        place=plain(f"{row['name']} {numbers}".strip()),
        unit=row["new_name"],
        old=row["old_name"],
        table=plain(row["table"]),
        row=row["row"],
        source=plain(row["source"]) or say("local_no_source"),
        date=day(row["date"]) or say("local_no_date"),
    )
