"""The numbers of an inventory's files: from which to which, repeated (số trùng) and missing (số khuyết).

The closing sheet of an inventory counts them: "Từ số: ... đến số ..., trong đó có ... số trùng, ... số khuyết"
(QĐ 3999/QĐ-BTC, Mẫu 05; LAW.md §1).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kg.model import File
from kg.questions.forms import Json
from ontology.folding import fold

_CODE = re.compile(r"(?P<front>\D*?)(?P<number>\d{1,7})\s*[-./]?\s*(?P<letter>[a-z]|bis)?(?P<rest>[./ -].*)?$")
_YEARS = range(1900, 2101)
_MOST_SHOWN = 200
"""Stretches of missing numbers that are listed; all are counted."""


def numbering(files: Iterable[File]) -> list[Json]:
    """``{"inventory", "from", "to", "files", "repeated", "repeated_count", "missing", "missing_count"}`` of each series
    of numbers among listed files (bundles have marks of their own): one an inventory, and one for each beginning ("H",
    "TC-") or ending (".TCCB") that its codes have. ``missing`` are stretches ("7", "12-15").

    A number is repeated where two rows bear it, or where letters part it ("12a", "12b").
    """
    series: dict[tuple[str, str, str], list[tuple[int, File, bool]]] = defaultdict(list)
    for file in files:
        if not file.listed or not file.code or file.extra.get("bundle"):
            continue
        match = _CODE.match(fold(file.code).strip())
        if match is None:
            continue
        place = (file.inventory or "", match.group("front"), match.group("rest") or "")
        series[place].append((int(match.group("number")), file, match.group("letter") is not None))
    return [_told(place[0] or None, members) for place, members in sorted(series.items()) if _is_series(members)]


def _is_series(members: Sequence[tuple[int, File, bool]]) -> bool:
    """Whether the numbers count files: two at least, and not years."""
    numbers = {number for number, _, _ in members}
    return len(numbers) > 1 and not all(number in _YEARS for number in numbers)


def _told(inventory: str | None, members: Sequence[tuple[int, File, bool]]) -> Json:
    ordered = sorted(members, key=lambda member: (member[0], member[1].code or ""))
    bearing: dict[int, list[str]] = defaultdict(list)
    for number, file, _ in ordered:
        bearing[number] += [file.code or ""] * (1 + len(file.extra.get("repeated_in", ())))
    repeated = [codes for codes in bearing.values() if len(codes) > 1]
    missing = list(_gaps(sorted(bearing)))
    return {
        "inventory": inventory,
        "from": ordered[0][1].code,
        "to": ordered[-1][1].code,
        "files": sum(len(codes) for codes in bearing.values()),
        "repeated": [", ".join(dict.fromkeys(codes)) for codes in repeated],
        "repeated_count": sum(len(codes) - 1 for codes in repeated),
        "missing": [str(first) if first == last else f"{first}-{last}" for first, last in missing[:_MOST_SHOWN]],
        "missing_count": sum(last - first + 1 for first, last in missing),
    }


def _gaps(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    for before, after in pairwise(numbers):
        if after > before + 1:
            yield before + 1, after - 1
