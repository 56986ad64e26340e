"""The questions about units: which does a name mean, what became of it, what was it made of (DESIGN.md §5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from kg.errors import HosoError
from kg.messages import say
from ontology import dates
from ontology.model import CERTAINTY_ORDER, Argument, Candidate, Certainty, EventSummary, Lineage, Matter
from ontology.registry import Ontology, load
from ontology.validity import day_before, some_day

MATTERS: tuple[Matter, ...] = ("any", "civil", "land")

_DOUBTS: dict[str, str] = {
    "accents_differ": "reading",
    "alias": "place",
    "before_first_list": "place",
    "not_in_force_at": "place",
}
"""Reasons for which a name is matched by less than name and day: the answer is then never surer than ``candidates``,
and this is its weakest link (PRACTICE.md §1.14-15)."""


def unit(
    name: str | None = None, *, id: str | None = None, at: str | None = None, within: str | None = None
) -> list[dict[str, Any]]:
    """The dated units that a name (or id) can mean, best first: unit values with ``score`` and ``reasons``.

    ``at`` may be partial. Raises BadDate, and HosoError when neither name nor id is given.
    """
    day = _day(at)
    known = load().units.get((id or name or "").strip())
    if known is not None:
        return [candidate_json(Candidate(known, 1.0, ("exact",)), on=day)]
    if id:
        return []
    if not name or not name.strip():
        raise HosoError(say("missing_argument", name="name"))
    return [candidate_json(candidate, on=day) for candidate in load().find(name, at=day, within=within)]


def successors(
    name: str | None = None,
    *,
    id: str | None = None,
    within: str | None = None,
    at: str | None = None,
    on: str | None = None,
    kind: str = "any",
) -> dict[str, Any]:
    """What became of a unit (the contract's value). Raises UnitNotFound, AmbiguousUnit, BadDate, HosoError."""
    argument, matter, day = _asked(name, id, "ended", within=within, at=at, on=on, kind=kind)
    if day is not None and day < argument.unit.valid_from:
        raise HosoError(say("on_before_unit", name=argument.unit.name, start=argument.unit.valid_from, on=day))
    return _answer(load(), argument, load().successors(argument.unit, day, matter), "successors")


def predecessors(
    name: str | None = None,
    *,
    id: str | None = None,
    within: str | None = None,
    at: str | None = None,
    on: str | None = None,
    kind: str = "any",
) -> dict[str, Any]:
    """What a unit was made of (the contract's value). Raises UnitNotFound, AmbiguousUnit, BadDate, HosoError."""
    argument, matter, day = _asked(name, id, "in_force", within=within, at=at, on=on, kind=kind)
    end = argument.unit.valid_to
    if day is not None and end is not None and day > end:
        raise HosoError(say("on_after_unit", name=argument.unit.name, end=end, on=day))
    return _answer(load(), argument, load().predecessors(argument.unit, day, matter), "predecessors")


def candidate_json(candidate: Candidate, *, on: str | None = None) -> dict[str, Any]:
    """A unit value with its ``score`` (0..1) and ``reasons`` (codes, ``reason_<code>`` in the catalogue)."""
    return load().unit_json(candidate.unit, on) | {"score": candidate.score, "reasons": list(candidate.reasons)}


def _asked(
    name: str | None,
    identifier: str | None,
    prefer: Literal["ended", "in_force"],
    *,
    within: str | None,
    at: str | None,
    on: str | None,
    kind: str,
) -> tuple[Argument, Matter, str | None]:
    if kind not in MATTERS:
        raise HosoError(say("bad_kind", kind=kind))
    day = dates.parse(on, partial=False) if on else None
    if identifier:
        return Argument(load().unit(identifier)), kind, day
    if not name or not name.strip():
        raise HosoError(say("missing_argument", name="name"))
    argument = load().argument(name, within=within, at=_day(at), prefer=prefer)
    return argument, kind, day


def _day(text: str | None) -> str | None:
    return some_day(dates.parse(text)) if text else None


def _answer(ontology: Ontology, argument: Argument, lineage: Lineage, direction: str) -> dict[str, Any]:
    certainty, weakest = no_surer_than_the_name(lineage.certainty, lineage.weakest, argument.reasons)
    asked_on = lineage.on if direction == "predecessors" else None
    value: dict[str, Any] = {
        "unit": ontology.unit_json(lineage.unit, None if asked_on is None else lineage.unit.valid_from),
        "on": lineage.on,
        "kind": lineage.matter,
        "certainty": certainty,
        "weakest": weakest,
        direction: [
            ontology.unit_json(step.unit, lineage.on)
            | {"extent": step.extent, "act": step.act, "clause": step.clause}
            for step in lineage.steps
        ],
        "also": [ontology.unit_json(other) for other in argument.also],
        "events": [_event_json(ontology, summary) for summary in lineage.events],
        "reasons": list(argument.reasons),
    }
    if lineage.level_ended:
        value |= {"all": True, "level_ended": True}
    elif direction == "predecessors" and len(lineage.steps) > 1 and lineage.weakest == "succession":
        value["all"] = True  # not one of them but all of them made the unit
    return value


def no_surer_than_the_name(
    certainty: Certainty, weakest: str | None, reasons: Sequence[str]
) -> tuple[Certainty, str | None]:
    """How sure an answer is, and its weakest link, when the name it was asked by was read for these reasons."""
    doubt = next((_DOUBTS[reason] for reason in reasons if reason in _DOUBTS), None)
    surer = CERTAINTY_ORDER.index(certainty) < CERTAINTY_ORDER.index("candidates")
    return ("candidates", doubt) if doubt and surer else (certainty, weakest)


def _event_json(ontology: Ontology, summary: EventSummary) -> dict[str, Any]:
    event = summary.event
    eve = day_before(event.date)
    return {
        "date": event.date,
        "act": event.act,
        "clause": event.clause,
        "basis": event.basis,
        "took": [ontology.unit_json(one, eve) | {"extent": extent} for one, extent in summary.took],
        "gave": [ontology.unit_json(one, event.date) for one in summary.gave],
    }
