"""The bodies that issue papers: names, heads of page, numbers and signatures as each time wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.generator import places
from tests.generator.data_files import document
from tests.generator.dice import Dice
from tests.generator.people import Person, holder

TYPED_ERA = "1989"  # until then many signatures stood without the words of power, or with a slash


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a unit: ``role`` of ``data/bodies.yaml`` and the key of the unit."""

    role: str
    place: str

    @property
    def key(self) -> str:
        """A name for streams of chance and counters."""
        return f"{self.role}@{self.place}"

    @property
    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = document("bodies")[self.role]
        return facts

    @property
    def bloc(self) -> str:
        """government, party or mass_organisation."""
        return str(self._facts.get("bloc", "government"))

    def _of(self, field: str, day: str) -> dict[str, Any]:
        return next(form for form in self._facts[field] if day <= form.get("until", "9999"))

    def _fill(self, pattern: str, day: str) -> str:
        unit = places.at(self.place, day)
        upper = places.above(unit, day) or unit
        small = {"{unit}": unit.running, "{name}": unit.name, "{above}": upper.running}
        for slot, value in small.items():
            pattern = pattern.replace(slot, value).replace(slot.upper(), value.upper())
        return pattern.replace("{COLLECTIVE}", self._collective(day))

    def _collective(self, day: str) -> str:
        return str(self._of("collective", day)["text"]) if "collective" in self._facts else ""

    @property
    def yearly(self) -> int | None:
        """How many numbered papers of a kind it issues in a year, where the table says so."""
        return int(self._facts["yearly"]) if "yearly" in self._facts else None

    def name(self, day: str, short: bool = False) -> str:
        """How running text calls it."""
        form = self._of("name", day)
        return self._fill(form["short" if short else "text"], day)

    def head(self, day: str, dice: Dice) -> tuple[list[str], list[str]]:
        """The lines of the parent (may be empty) and of the body itself, top left of the page."""
        pattern = self._fill(dice.one(self._of("heads", day)["any"]), day)
        parent, parted, issuer = pattern.rpartition("||")
        lines = [part.strip() for part in parent.split("|")] if parted else []
        return lines, [part.strip() for part in issuer.split("|")]

    def symbol(self, day: str, number: str, abbreviation: str, unit: str, dice: Dice, *, ruling: bool = False) -> str:
        """The number as printed; ``unit`` names the drafting office of a letter, ``ruling`` asks for the year
        within (legal normative acts, 1997-2016)."""
        form = self._of("symbols", day)
        options = form["letter"] if abbreviation == "CV" and "letter" in form else form["any"]
        if abbreviation not in ("QĐ", "CT", "NQ"):
            options = [option for option in options if "{y}" not in option] or options
        pattern = dice.one(options)
        if ruling and "1997" <= day < "2016-07" and "{y}" not in pattern:
            pattern = pattern.replace("{n}/", "{n}/{y}/")
        values = {"{n}": number, "{t}": abbreviation, "{y}": day[:4], "{u}": unit}
        for slot, value in values.items():
            pattern = pattern.replace(slot, value)
        return str(pattern)

    def signature(self, post: str, day: str, dice: Dice) -> list[str]:
        """The lines over the name; the last one is the position."""
        lines = [self._fill(line, day) for line in self._facts["posts"][post]]
        if self.bloc == "government" and day < TYPED_ERA and len(lines) > 1:
            style = dice.randrange(3)
            if style == 0:
                return lines[1:]
            if style == 1:
                return [
                    line.replace("TM. ", "T/M ").replace("KT. ", "K/T ").replace("TL. ", "T/L ") for line in lines
                ]
        return lines

    def signer(self, seed: int, post: str, day: str) -> Person:
        """Who signs in that post on that day."""
        held = post.removesuffix("_alone").replace("executive", "secretary").replace("certifier", "vice")
        return holder(seed, self.key, held, day, woman="women" in self._facts)


def of(role: str, place: str, day: str) -> Body:
    """The body of that role which stands over or in the unit: its own, its district's or its city's."""
    level = document("bodies")[role]["level"]
    units = places.chain(place, day)
    if level == "city":
        return Body(role, units[-1].key)
    if level == "district" and len(units) > 2:
        return Body(role, units[-2].key)
    return Body(role, place)
