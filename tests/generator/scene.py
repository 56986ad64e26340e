"""A document in the making: when, where, by whom, and what has been named in it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.generator import people, places
from tests.generator.bodies import Body
from tests.generator.dice import Dice


class Drop(Exception):
    """The paragraph has nothing to name at that time: it is left out."""


@dataclass(slots=True)
class Known:
    """What an earlier document is called by."""

    kind: str
    type: str
    number: str | None
    day: str
    issuer: Body
    abstract: str
    person: people.Person | None
    home: str | None


@dataclass(slots=True)
class Scene:
    """One document in the making. ``creator`` is the unit of the fonds; ``role`` is what acts named now are to it:
    basis, mention or affected; ``bound`` keeps what is named again."""

    seed: int
    day: str
    issuer: Body
    creator: str
    place: str
    project: str
    dice: Dice
    of: tuple[Known, ...]
    earlier: list[Known]
    file: dict[str, str]
    zero_padded: bool
    role: str = "mention"
    bound: dict[str, Any] = field(default_factory=dict)
    cites: list[dict[str, str | None]] = field(default_factory=list)
    affects: list[dict[str, str | None]] = field(default_factory=list)
    found_places: list[dict[str, Any]] = field(default_factory=list)
    found_people: list[str] = field(default_factory=list)

    @property
    def rural(self) -> bool:
        """Whether the place is a commune of the countryside or a district of such."""
        return places.at(self.place, self.day).type in ("Xã", "Huyện")

    def shown(self, day: str) -> str:
        """The day in figures, as the record's time and typist wrote it."""
        year, month, number = day.split("-")
        if self.day < "1990":
            return f"{int(number)}-{int(month)}-{year}"
        return f"{number}/{month}/{year}" if self.zero_padded else f"{int(number)}/{int(month)}/{year}"

    def cite(self, number: str | None, type_: str, day: str, title: str | None) -> None:
        """Notes an act that the text names, once."""
        entry = {"number": number, "type": type_, "date": day, "title": title, "role": self.role}
        if not any((old["number"], old["type"], old["date"]) == (number, type_, day) for old in self.cites):
            self.cites.append(entry)

    def at_place(self, surface: str, key: str) -> str:
        """Notes a place that stands alone in the text and gives the surface back."""
        if not any(old["surface"] == surface for old in self.found_places):
            units = places.chain(key, self.day)
            self.found_places.append(
                {
                    "surface": surface,
                    "unit": ", ".join(unit.title for unit in units),
                    "code": units[0].code or None,
                    "since": units[0].since or None,
                }
            )
        return surface
