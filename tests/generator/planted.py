"""Where the lists of the delivery and its scans differ on purpose: what the reconciliation has to find, and nothing else."""

from __future__ import annotations

from typing import Any

from tests.generator.dice import Dice
from tests.generator.plan import FileItem, Fonds
from tests.generator.tables import sheets_of

_IMAGES = frozenset({"jpg", "png", "scan", "pdf"})
"""Media of which everybody can count the pages."""


def differences(
    boxes: list[Fonds], rows: list[dict[str, Any]], broken: dict[str, str], seed: int
) -> list[dict[str, str]]:
    """``{"fonds", "file", "kind"}`` of each, in order. Of a file with a scan that cannot be read, or a secret one, nobody can
    tell whether its sheets are right; without a manifest only far too many sheets speak against texts without pages."""
    found: list[dict[str, str]] = []
    for box in boxes:
        unread = {path.split("/")[1] for path in broken if path.startswith(f"{box.folder}/")}
        unread |= {row["file"] for row in rows if row["fonds"] == box.code and row["secrecy"]}
        for item in box.files:
            mine = [
                row
                for row in rows
                if (row["fonds"], row["file"]) == (box.code, item.code) and not row["archive_page"]
            ]
            kinds = [
                kind
                for kind, planted in (
                    ("not_scanned", item.listed and not mine and item.code not in unread),
                    ("not_listed", bool(mine) and not item.listed),
                    ("sheets", item.code not in unread and _too_many_sheets(box, item, mine, seed)),
                    ("in_two_fonds", _is_elsewhere(box, item, boxes)),
                )
                if planted
            ]
            found += [{"fonds": box.code, "file": item.code, "kind": kind} for kind in kinds]
    return found


def _too_many_sheets(box: Fonds, item: FileItem, rows: list[dict[str, Any]], seed: int) -> bool:
    if not item.listed or not rows:
        return False
    pages = sum(int(row["pages"]) for row in rows)
    sheets = sheets_of(item, pages, Dice(seed, f"sheets/{box.code}/{item.code}"))
    counted = box.table or all(row["medium"] in _IMAGES for row in rows)
    return sheets > (pages if counted else 2 * pages)


def _is_elsewhere(box: Fonds, item: FileItem, boxes: list[Fonds]) -> bool:
    """Whether the list of another fonds has the same row."""
    return any(
        (item.code, item.title) == (other.code, other.title)
        for another in boxes
        if another.code != box.code
        for other in another.files
    )
