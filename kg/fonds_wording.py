"""How fonds are said on the command line, on the pages and in lists. Values are told as they stand: who prints them makes
them harmless."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg import wording
from kg.messages import knows, language, say

_NAMED = 10
"""Fonds named in a sentence."""


def day_label(row: Mapping[str, Any], key: str) -> str:
    """The opening or closing day, with where it was read when no column gives it; '' for none."""
    shown = wording.day(row[key])
    basis = row.get(f"{key}_basis")
    if not shown or basis is None:
        return shown
    sure = row.get(f"{key}_sure")
    return say(f"fonds_day_of_{basis}", day=shown, sure=say(f"agency_sure_{sure}") if sure else "")


def status_label(row: Mapping[str, Any]) -> str:
    """Open or closed; what a table says otherwise as it stands; '' for none."""
    status = row["status"]
    return "" if status is None else say(f"status_{status}") if knows(f"status_{status}") else str(status)


def files_label(row: Mapping[str, Any]) -> str:
    """How many files a fonds has, its bundles not counted: what nobody arranged is no file yet."""
    return wording.figure(row["files"] - row["bundles"], 0, language())


def counted_label(row: Mapping[str, Any]) -> str:
    """What there is of a file: documents, sheets, pages, box, metres with how they were had, whether it is scanned."""
    lang = language()
    numbers = {name: wording.figure(row[name], 0, lang) for name in ("documents", "sheets", "pages") if row[name]}
    if row["box"]:
        numbers["boxes"] = str(row["box"])
    if row["metres"] is not None:
        numbers["metres"] = f"{wording.shelf(row['metres'], lang)} ({say('basis_' + row['metres_basis'])})"
    numbers["scanned"] = say("answer_yes" if row["scanned"] else "answer_no").lower()
    return " · ".join(f"{say(f'column_{name}')}: {told}" for name, told in numbers.items())


def creator_label(row: Mapping[str, Any]) -> str:
    """The creator of a fonds; where it is not known, whether the fonds is."""
    return str(row["creator"] or "") or say("fonds_creator_unknown" if row["id"] else "fonds_unknown")


def without_creator(rows: Iterable[Mapping[str, Any]]) -> str:
    """What to do for the fonds that have a code and no creator; '' where there are none."""
    ids = [row["id"] for row in rows if row["id"] and not row["creator"]]
    told = ", ".join(ids[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
    return say("fonds_add_creator", ids=told) if ids else ""
