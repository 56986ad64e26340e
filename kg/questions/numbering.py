"""The numbers of an inventory's files: from which to which, repeated (số trùng) and missing (số khuyết).

The closing sheet of an inventory counts them: "Từ số: ... đến số ..., trong đó có ... số trùng, ... số khuyết"
(QĐ 3999/QĐ-BTC, Mẫu 05; LAW.md §1).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg.model import File
from kg.questions.forms import Json
from ontology.folding import fold

_NUMBER = re.compile(r"(?<!\d)\d{1,7}(?!\d)")
_LETTER = re.compile(r"\s*[-./]?\s*(?P<letter>[a-z]|bis)(?![^\W_])")
_VOLUME = re.compile(r"\s*[-.,(]?\s*\b(?:tap|quyen|phan)\b\s*(?:so\s*)?[\divx]+\s*\)?$")
"""A volume of a file has the file's number."""
_MOST_DIGITS = 18
_YEARS = range(1900, 2101)
_MOST_SHOWN = 200
"""Numbers that are repeated, and stretches of missing ones, that are listed; all are counted."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A file's code taken apart: what stands before and behind the number, which parts the series."""

    front: str
    number: int
    rest: str


def numbering(files: Iterable[File]) -> list[Json]:
    """``{"inventory", "from", "to", "files", "repeated", "repeated_count", "missing", "missing_count",
    "missing_scanned"}`` of each series of numbers among listed files (bundles have marks of their own): one an inventory,
    and one for each beginning ("H", "TC-", "P01.01.H") or ending (".TCCB", "/2001") that its codes have. ``missing`` are
    stretches ("7", "12-15"); ``missing_scanned`` are files of these numbers that have scans and no row.

    A number is repeated where two rows bear it, or where letters or volumes part it ("12a", "12b"; "12 (tập 1)").
    """
    series: dict[tuple[str, str, str], list[tuple[int, File]]] = defaultdict(list)
    unlisted: dict[tuple[str, str], list[tuple[int, File]]] = defaultdict(list)
    for file in files:
        if not file.code or file.extra.get("bundle") or (taken := _apart(file.code)) is None:
            continue
        if file.listed:
            series[file.inventory or "", taken.front, taken.rest].append((taken.number, file))
        else:
            unlisted[taken.front, taken.rest].append((taken.number, file))
    return [
        _told(place[0] or None, members, unlisted.get(place[1:], ()))
        for place, members in sorted(series.items())
        if _is_series(members)
    ]


def _apart(code: str) -> _Numbered | None:
    """The number is the last in the code that is no year ("P01.01.H001", "12/2001")."""
    text = _VOLUME.sub("", fold(code).strip())
    runs = list(_NUMBER.finditer(text))
    if not runs:
        return None
    found = next((run for run in reversed(runs) if int(run.group()) not in _YEARS), runs[-1])
    rest = text[found.end() :]
    if match := _LETTER.match(rest):
        rest = rest[match.end() :]
    return _Numbered(text[: found.start()], int(found.group()), rest)


def _is_series(members: Sequence[tuple[int, File]]) -> bool:
    """Whether the numbers count files: two at least, and not years."""
    return len(members) > 1 and not all(number in _YEARS for number, _ in members)


def natural(code: str | None) -> tuple[tuple[int, int, str], ...]:
    """The order in which people count: 2 before 10, "H2" before "H10", numbers before names."""
    parts = (part for part in re.split(r"(\d+)", fold(code or "")) if part)
    return tuple((0, int(part[:_MOST_DIGITS]), part) if part.isdecimal() else (1, 0, part) for part in parts)


def in_order(files: Iterable[File]) -> list[File]:
    """Files by inventory and number, as people count; those in no inventory last."""
    known = sorted(files, key=lambda file: (natural(file.code or file.id), file.id))
    order = lru_cache(natural)  # many files lie in one inventory
    return sorted(known, key=lambda file: (file.inventory is None, order(file.inventory)))


def _told(inventory: str | None, members: Sequence[tuple[int, File]], unlisted: Sequence[tuple[int, File]]) -> Json:
    ordered = sorted(members, key=lambda member: (member[0], member[1].code or ""))
    bearing: dict[int, list[str]] = defaultdict(list)
    for number, file in ordered:
        bearing[number] += [file.code or ""] * (1 + len(file.extra.get("repeated_in", ())))
    repeated = [codes for codes in bearing.values() if len(codes) > 1]
    missing = list(_gaps(sorted(bearing)))
    return {
        "inventory": inventory,
        "from": ordered[0][1].code,
        "to": ordered[-1][1].code,
        "files": sum(len(codes) for codes in bearing.values()),
        "repeated": [", ".join(dict.fromkeys(codes)) for codes in repeated[:_MOST_SHOWN]],
        "repeated_count": sum(len(codes) - 1 for codes in repeated),
        "missing": [str(first) if first == last else f"{first}-{last}" for first, last in missing[:_MOST_SHOWN]],
        "missing_count": sum(last - first + 1 for first, last in missing),
        "missing_scanned": sorted(
            file.code or ""
            for number, file in unlisted
            if number not in bearing and ordered[0][0] < number < ordered[-1][0]
        )[:_MOST_SHOWN],
    }


def _gaps(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    for before, after in pairwise(numbers):
        if after > before + 1:
            yield before + 1, after - 1
