"""Where public sources disagree about a unit, and what the product holds (DESIGN.md §5)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import HosoError
from kg.messages import say
from ontology import dates
from ontology import disagreements as report
from ontology.model import Disagreement, Unit
from ontology.registry import Ontology, load
from ontology.validity import some_day


def disagreements(
    name: str | None = None, *, kind: str | None = None, within: str | None = None, at: str | None = None
) -> list[dict[str, Any]]:
    """The disagreements about a unit (id, line or name; all its versions, at either end), or about all units:
    ``[{"id", "kind", "unit", "other", "date", "claims": [{"source", "says"}, {"source", "says"}], "held", "reason"}]``.

    Without a unit ``within`` keeps what concerns units below that one, and ``at`` (may be partial) what is of that day.
    Raises HosoError for an unknown kind, BadDate, UnitNotFound, AmbiguousUnit.
    """
    if kind is not None and kind not in report.KINDS:
        raise HosoError(say("disagreements_bad_kind", kind=kind, kinds=", ".join(report.KINDS)))
    day = dates.parse(at) if at else None
    ontology = load()
    if name and name.strip():
        found = report.of_units(_meant(ontology, name.strip(), within, day), kind)
    else:
        keep = _below(ontology, within, day) if within else None
        found = tuple(
            each
            for each in report.all_of(kind)
            if (keep is None or keep(each)) and (day is None or (each.date or "").startswith(day))
        )
    return [as_json(ontology, each) for each in found]


def reason_in(language: str, reason: str) -> str:
    """A reason of a correction in that language: the table has those of Vietnamese; as it stands where it has none."""
    if language != "vi":
        return reason
    for pattern, words in _reasons():
        if match := pattern.fullmatch(reason):
            return words.format(*match.groups())
    return reason


@cache
def _reasons() -> tuple[tuple[re.Pattern[str], str], ...]:
    """English, in which ``*`` stands for what differs, and Vietnamese (``disagreement_reasons.csv``)."""
    text = files("kg").joinpath("questions", "data", "disagreement_reasons.csv").read_text(encoding="utf-8")
    return tuple(
        (re.compile("(.+)".join(re.escape(part) for part in row["en"].split("*"))), row["vi"])
        for row in csv.DictReader(io.StringIO(text))
    )


def as_json(ontology: Ontology, each: Disagreement) -> dict[str, Any]:
    """One disagreement as the command gives it; a day of which only the month or year is known is ``date_partial``."""
    whole = each.date is not None and len(each.date) == len("YYYY-MM-DD")
    value: dict[str, Any] = {
        "id": each.id,
        "kind": each.kind,
        "unit": _unit_json(ontology, each.unit),
        "other": _unit_json(ontology, each.other) if each.other else None,
        "date": each.date if whole else None,
        "claims": [
            {"source": each.source, "says": each.says},
            {"source": each.against, "says": each.against_says},
        ],
        "held": each.held,
        "reason": each.reason,
    }
    return value if whole or each.date is None else value | {"date_partial": each.date}


def _meant(ontology: Ontology, name: str, within: str | None, day: str | None) -> set[str]:
    """The ids of every version of the unit that a name, an id or a line means; with a line, itself."""
    if (versions := ontology.versions(name)) and versions[0].code is None:
        return {name}
    unit = ontology.argument(name, within=within, at=some_day(day) if day else None, prefer="ended").unit
    return {version.id for version in ontology.same(unit)}


def _below(ontology: Ontology, within: str, day: str | None) -> Callable[[Disagreement], bool]:
    """Whether a disagreement concerns a unit that is the one named, or ever lay in it."""
    above = ontology.argument(within, at=some_day(day) if day else None).unit
    wanted = {version.id for version in ontology.same(above)}

    def inside(each: Disagreement) -> bool:
        ends = [_version(ontology, end) for end in (each.unit, each.other) if end]
        return any(end.id in wanted or wanted & ontology.ancestors(end) for end in ends)

    return inside


def _version(ontology: Ontology, unit: str) -> Unit:
    """The version of an id, or the last one of a line."""
    known = ontology.units.get(unit)
    return known or ontology.versions(unit)[-1]


def _unit_json(ontology: Ontology, unit: str) -> dict[str, Any]:
    version = _version(ontology, unit)
    return ontology.unit_json(version, version.valid_to)
