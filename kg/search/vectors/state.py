"""What the vectors' file says of itself at a moment, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

FORMAT: Final = "1"
"""Of the folder: one of another is not read, and made anew by ``hoso embed``."""

PLACES: Final = """
SELECT p.slot, r.id, p.start, p."end", p.page FROM json_each(?) AS asked
JOIN passages AS p ON p.slot = asked.value JOIN records AS r ON r.n = p.record
JOIN pieces AS t ON t.slot = p.slot WHERE t.done"""
OF_RECORDS: Final = """
SELECT p.slot, r.id, p.start, p."end", p.page FROM json_each(?) AS asked
JOIN records AS r ON r.id = asked.value JOIN passages AS p ON p.record = r.n
JOIN pieces AS t ON t.slot = p.slot WHERE t.done"""

Mark = tuple[str, int, int]
"""Of a file that is mapped into memory: its name, inode and size."""
Place = tuple[int, str, int, int, int]
"""Slot, record, start, end and page of a passage."""


@dataclass(frozen=True, slots=True)
class State:
    """What the file says of itself."""

    meta: dict[str, str]

    @property
    def usable(self) -> bool:
        """Whether there are vectors, in the form that is known here."""
        return self.meta.get("format") == FORMAT

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self.meta["dimensions"])

    @property
    def graphed(self) -> int:
        """The slots below are in the graph, those from here on are not; 0 without a graph."""
        return int(self.meta["graphed"]) if self.meta["graph"] else 0


class Packed(Exception):
    """Slots have got other numbers while they were looked for."""


def mark_of(path: Path) -> Mark | None:
    """None where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return path.name, found.st_ino, found.st_size
