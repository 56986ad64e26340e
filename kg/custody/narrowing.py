"""Years and boxes that narrow what a paper means: of a fonds, an inventory or a level, the files of these years, in these
boxes. A file of which neither years nor box are known is not among them: nothing shows that the paper means it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

from kg.model import File

_NUMBERS = re.compile(r"(\d+)\s*(?:-|–|đến)\s*(\d+)")
_PARTS = re.compile(r"[,;]|\bvà\b")


class Narrowed(Protocol):
    """What a paper's target says of years ("1990/1992", "/1980", "1981/") and boxes ("12", "3, 5-8")."""

    @property
    def years(self) -> str | None: ...

    @property
    def box(self) -> str | None: ...


def within(target: Narrowed, file: File | None) -> bool:
    """Whether a file lies within the years and the boxes that a paper names; always, where it names none."""
    if target.years is not None and not (file and _of_years(file, target.years)):
        return False
    return target.box is None or bool(file and file.box and _box(file.box) in boxes(target.box))


def is_silent(target: Narrowed, file: File) -> bool:
    """Whether a paper names years or boxes of which the file says nothing."""
    return bool((target.years and not (file.since or file.until)) or (target.box and not file.box))


def _of_years(file: File, years: str) -> bool:
    first, _, last = years.partition("/")
    since, until = (file.since or file.until or "")[:4], (file.until or file.since or "")[:4]
    return bool(since) and (not first or first <= since) and (not last or until <= last)


@lru_cache(maxsize=1024)
def boxes(text: str) -> frozenset[str]:
    """The boxes of "12", "3, 5-8", as they are compared."""
    found: set[str] = set()
    for part in _PARTS.split(text):
        run = _NUMBERS.fullmatch(part.strip())
        if run and int(run.group(1)) <= int(run.group(2)):
            found |= {str(number) for number in range(int(run.group(1)), int(run.group(2)) + 1)}
        elif part.strip():
            found.add(_box(part))
    return frozenset(found)


def _box(text: str) -> str:
    bare = re.sub(r"^(?:hộp|cặp|số|\s|\.|:)+", "", text.casefold().strip())
    return bare.lstrip("0") or bare
