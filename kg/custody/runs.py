"""Cells that name several files: "H001-H004", "H001, H002", "từ số 1 đến số 10"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.localities.rows import BadRow
from kg.messages import say

MOST = 5000
"""Files of one run: a run of more is a slip."""
_SEPARATORS = re.compile(r"\s*[,;]\s*|\s+và\s+")
_RUN = re.compile(
    r"(?:từ\s+)?(?:hồ sơ\s+)?(?:số\s+)?(?P<head>[^\W\d_]*[.\-]?)(?P<first>\d+)"
    r"(?:\s*[–—-]\s*|\s*(?:đến|->|→)\s*(?:hết\s+)?(?:hồ sơ\s+)?(?:số\s+)?)(?P<again>[^\W\d_]*[.\-]?)(?P<last>\d+)",
    re.IGNORECASE,
)
_YEAR = range(1900, 2100)
"""Behind a smaller number: "12-2005" is a code with its year, no run."""


def codes(text: str) -> tuple[str, ...]:
    """The codes that a cell names, each once; a text that is no list of codes as it stands. Raises BadRow for a run that
    goes backwards or has more than ``MOST`` files."""
    parts = [part for part in _SEPARATORS.split(text) if part]
    found: dict[str, None] = {}
    for part in parts:
        run = _RUN.fullmatch(part)
        if run and _is_run(run):
            found |= dict.fromkeys(_run(run, part))
        elif len(parts) > 1 and not (" " not in part and any(char.isdigit() for char in part)):
            return (text,)
        else:
            found[part] = None
    return tuple(found)


def _is_run(run: re.Match[str]) -> bool:
    head, again = run["head"].casefold(), run["again"].casefold()
    if again not in ("", head):
        return False
    return bool(head) or not (int(run["last"]) in _YEAR and int(run["first"]) not in _YEAR)


def _run(run: re.Match[str], text: str) -> Iterator[str]:
    first, last = int(run["first"]), int(run["last"])
    if not first <= last < first + MOST:
        raise BadRow(say("facts_bad_run", text=text, most=MOST))
    width = len(run["first"]) if run["first"].startswith("0") else 0
    for number in range(first, last + 1):
        yield f"{run['head']}{number:0{width}d}"
