"""The units that the records speak of, with the days on which each form held (``data/places.csv``)."""

from __future__ import annotations

from dataclasses import dataclass

from tests.generator.data_files import table


@dataclass(frozen=True, slots=True)
class Unit:
    """One form of a unit: ``since`` and ``until`` ISO ("" where open), ``within`` the key of the unit above."""

    key: str
    type: str
    name: str
    within: str
    since: str
    until: str
    code: str

    @property
    def title(self) -> str:
        """ "Phường Cửa Nam"."""
        return f"{self.type} {self.name}"

    @property
    def running(self) -> str:
        """ "phường Cửa Nam", as in the middle of a sentence."""
        return f"{self.type.lower()} {self.name}"


def _all() -> dict[str, list[Unit]]:
    units: dict[str, list[Unit]] = {}
    for row in table("places"):
        unit = Unit(row["key"], row["type"], row["name"], row["within"], row["from"], row["until"], row["code"])
        units.setdefault(unit.key, []).append(unit)
    return units


_UNITS = _all()


def at(key: str, day: str) -> Unit:
    """The form of the unit on an ISO day; past its end the last one, before its beginning the first."""
    forms = _UNITS[key]
    held = [unit for unit in forms if unit.since <= day]
    return held[-1] if held else forms[0]


def above(unit: Unit, day: str) -> Unit | None:
    """The unit that contains it on that day."""
    return at(unit.within, day) if unit.within else None


def chain(key: str, day: str) -> tuple[Unit, ...]:
    """The unit and all that contain it, nearest first."""
    found = [at(key, day)]
    while (upper := above(found[-1], day)) is not None:
        found.append(upper)
    return tuple(found)


def within(district: str, day: str) -> list[Unit]:
    """The communes of a district that are in force on that day, in the table's order."""
    return [
        unit
        for forms in _UNITS.values()
        for unit in forms
        if unit.within == district and unit.since <= day and (not unit.until or day <= unit.until)
    ]
