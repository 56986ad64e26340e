"""What a conversion is asked to do, and what it did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ontology.model import CERTAINTY_ORDER, Matter

Progress = Callable[[str, int, int], None]
"""Called with what is being done (key of the catalogue), how many rows are done and of how many (0: not known)."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to convert. ``columns``, ``date``: headings or letters; ``sheet``: a title; ``at``, ``on``: dates as typed;
    ``force``: an earlier result may be replaced."""

    columns: Sequence[str] = ()
    at: str | None = None
    on: str | None = None
    matter: Matter = "any"
    sheet: str | None = None
    date: str | None = None
    force: bool = False


@dataclass(slots=True)
class Report:
    """What a conversion did: rows by certainty, the columns read (headings), the sheets, the rows of possibilities
    and where they stand, what the workbook lost (keys), sheets left out because their columns were not clear, rows
    whose own day could not be read, rows of unknown names for which near misses were not looked for; ``stages``: seconds of reading, answering, adding and writing."""

    out: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*CERTAINTY_ORDER, "blank"), 0))
    columns: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    ambiguous: int = 0
    ambiguous_at: str | None = None
    losses: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    unread_dates: int = 0
    not_looked_into: int = 0
    stages: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The contract's value."""
        return {
            "rows": sum(self.counts.values()),
            **self.counts,
            "out": self.out,
            "ambiguous": self.ambiguous,
            "ambiguous_at": self.ambiguous_at,
            "columns": self.columns,
            "sheets": self.sheets,
            "lost": self.losses,
            "skipped": self.skipped,
            "unread_dates": self.unread_dates,
            "not_looked_into": self.not_looked_into,
            "seconds": round(self.seconds, 2),
        }
