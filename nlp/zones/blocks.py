"""A signature as it is put together from powers, position and name."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.zones.columns import Spot
from nlp.zones.lines import Cell
from nlp.zones.names import person_name
from nlp.zones.positions import is_clerk, is_lay


@dataclass(slots=True)
class Block:
    """A signature being read. ``confirms``: below a heading of those who confirm what another wrote.
    ``body``: for whom it is signed (TM. ỦY BAN NHÂN DÂN XÃ X). ``spot``: where its head stands among those side by
    side; ``doubtful``: what stands below may be another column's."""

    powers: list[str] = field(default_factory=list)
    position: Cell | None = None
    name: str | None = None
    confirms: bool = False
    body: Cell | None = None
    start: int | None = None
    end: int = 0
    spot: Spot | None = None
    doubtful: bool = False

    def touch(self, cell: Cell) -> None:
        self.start = cell.start if self.start is None else min(self.start, cell.start)
        self.end = max(self.end, cell.end)

    def sign(self, cell: Cell, name: str | None = None) -> None:
        """Put the name under it."""
        self.name = name or person_name(cell.text) or cell.text
        self.touch(cell)

    @property
    def lay(self) -> bool:
        """Whether it is no official's: of who declares, witnesses, sells, records."""
        return not self.powers and self.position is not None and is_lay(self.position.text)

    @property
    def clerk(self) -> bool:
        """Whether it stands beside that of the body's head."""
        return not self.powers and self.position is not None and is_clerk(self.position.text)
