"""Lists of units: those of a day, and the day to which a list belongs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from kg.errors import HosoError
from kg.messages import say
from ontology import dates
from ontology.model import Level, Unit
from ontology.registry import Ontology, load
from ontology.validity import some_day
from ontology.vintage import Period, Stay


def units(on: str | None = None, *, within: str | None = None, level: str | None = None) -> list[dict[str, Any]]:
    """The units in force on a day (default: today), below ``within`` and of that level, by code: unit values.

    Raises BadDate, UnitNotFound, AmbiguousUnit.
    """
    day = some_day(dates.parse(on)) if on else dates.today()
    ontology = load()
    above = _meant(ontology, within, day) if within else None
    found = ontology.as_of(day).units(cast("Level | None", level), within=above)
    return [ontology.unit_json(unit, day) for unit in found]


def versions(identifier: str) -> list[dict[str, Any]]:
    """The versions of a unit (id) that are this very unit, the latest first: unit values, each with its containing
    units on its last day. Raises UnitNotFound."""
    ontology = load()
    return [ontology.unit_json(unit, unit.valid_to) for unit in reversed(ontology.same(ontology.unit(identifier)))]


def vintage(names: Sequence[str], *, within: str | None = None, whole: str | None = None) -> dict[str, Any]:
    """The days to which a list of names belongs: the periods that fit best, the names that do not fit (with the
    times at which they did), names of no unit and, with ``whole``, units of it that the list lacks.

    Raises HosoError for an empty list, UnitNotFound and AmbiguousUnit for ``whole``.
    """
    ontology = load()
    if not any(name.strip() for name in names):
        raise HosoError(say("vintage_no_names"))
    found = ontology.vintage(names, within=within, whole=_meant(ontology, whole, None) if whole else None)
    return {
        "names": found.names,
        "fitting": found.periods[0].fitting if found.periods else 0,
        "certainty": found.certainty,
        "periods": [_period_json(period) for period in found.periods],
        "misfits": [
            {"name": name, "in_force": [_stay_json(ontology, stay) for stay in stays]}
            for name, stays in found.misfits.items()
        ],
        "missing": [_unit_json(ontology, unit) for unit in found.missing],
        "unknown": list(found.unknown),
    }


def _meant(ontology: Ontology, name: str, day: str | None) -> Unit:
    return ontology.argument(name, at=day).unit


def _period_json(period: Period) -> dict[str, Any]:
    return {
        "since": period.since,
        "until": period.until,
        "fitting": period.fitting,
        "missing": period.missing,
    }


def _stay_json(ontology: Ontology, stay: Stay) -> dict[str, Any]:
    since = stay.since or stay.unit.valid_from
    return {"unit": ontology.unit_json(stay.unit, since), "since": stay.since, "until": stay.until}


def _unit_json(ontology: Ontology, unit: Unit) -> dict[str, Any]:
    return ontology.unit_json(unit, unit.valid_from)
