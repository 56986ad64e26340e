"""The questions about units: which does a name mean, what became of it, what was it made of (DESIGN.md §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kg import wording
from kg.errors import HosoError
from kg.messages import say
from ontology import dates
from ontology.errors import UnitNotFound
from ontology.folding import fold
from ontology.model import CERTAINTY_ORDER, Argument, Candidate, Certainty, EventSummary, Lineage, Matter, Step
from ontology.registry import Ontology, load
from ontology.scoring import NEAR_MISS, weakest_link
from ontology.validity import day_before, some_day

if TYPE_CHECKING:
    from ontology.local_answers import LocalAnswer

Direction = Literal["successors", "predecessors"]
MATTERS: tuple[Matter, ...] = ("any", "civil", "land")


NO_UNIT = NEAR_MISS | {"level_differs"}
"""Reasons for which a name is none of the units found: then it may be an address."""

_NEAR_MISSES = 5
"""Units shown for a containing unit that is none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a unit: what its argument means, the parts of an address before it (``details``), whether they
    are written with accents, the day on which it is meant, the matter and the day asked."""

    argument: Argument
    matter: Matter
    day: str | None
    details: tuple[str, ...] = ()
    accented: bool = True
    at: str | None = None


def unit(
    name: str | None = None,
    *,
    id: str | None = None,
    at: str | None = None,
    within: str | None = None,
    nearby: Sequence[str] = (),
    store: str | None = None,
) -> list[dict[str, Any]]:
    """The dated units that a name (or id) can mean, best first: unit values with ``score`` and ``reasons``.

    ``at`` may be partial; ``nearby`` are names of units named close by. For an address the units that it lies in, with
    the reason ``holds_address`` and its parts below the commune (``"locality": {"details"}``); for a locality alone the
    old units under which the local tables beside the store know it, with the reason ``local_table``. Where a table has
    the place, ``locality`` and ``local`` are as in ``successors``. A containing unit that is none is named in
    ``"unknown"``, and the units found are then ``not_within``. Raises BadDate, and HosoError when neither name nor id
    is given.
    """
    day = _day(at)
    known = load().units.get((id or name or "").strip())
    if known is not None:
        return [candidate_json(Candidate(known, 1.0, ("exact",)), on=day)]
    if id:
        return []
    if not name or not name.strip():
        raise HosoError(say("missing_argument", name="name"))
    found = load().find(name, at=day, within=within, nearby=nearby)
    if all(NO_UNIT.intersection(candidate.reasons) for candidate in found):
        from kg.questions import addressed

        return addressed.units(name, within, found, at=day, nearby=nearby, store=store)
    return [candidate_json(candidate, on=day) for candidate in found]


def successors(
    name: str | None = None,
    *,
    id: str | None = None,
    within: str | None = None,
    at: str | None = None,
    on: str | None = None,
    kind: str = "any",
    store: str | None = None,
) -> dict[str, Any]:
    """What became of a unit (the contract's value), or of an address in one, by the local tables beside the store.
    Raises UnitNotFound, AmbiguousUnit, BadDate, HosoError."""
    asked = _asked(name, id, "ended", within=within, at=at, on=on, kind=kind)
    unit = asked.argument.unit
    if asked.day is not None and asked.day < unit.valid_from:
        raise HosoError(
            say("on_before_unit", name=unit.name, start=wording.day(unit.valid_from), on=wording.day(asked.day))
        )
    return _answer(asked, load().successors(unit, asked.day, asked.matter), "successors", store)


def predecessors(
    name: str | None = None,
    *,
    id: str | None = None,
    within: str | None = None,
    at: str | None = None,
    on: str | None = None,
    kind: str = "any",
    store: str | None = None,
) -> dict[str, Any]:
    """What a unit was made of (the contract's value), or where an address in it lay, by the local tables beside the
    store. Raises UnitNotFound, AmbiguousUnit, BadDate, HosoError."""
    asked = _asked(name, id, "in_force", within=within, at=at, on=on, kind=kind)
    unit = asked.argument.unit
    if asked.day is not None and unit.valid_to is not None and asked.day > unit.valid_to:
        raise HosoError(
            say("on_after_unit", name=unit.name, end=wording.day(unit.valid_to), on=wording.day(asked.day))
        )
    return _answer(asked, load().predecessors(unit, asked.day, asked.matter), "predecessors", store)


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
) -> Asked:
    if kind not in MATTERS:
        raise HosoError(say("bad_kind", kind=kind))
    day = dates.parse(on, partial=False) if on else None
    if identifier:
        return Asked(Argument(load().unit(identifier)), kind, day)
    if not name or not name.strip():
        raise HosoError(say("missing_argument", name="name"))
    try:
        return Asked(load().argument(name, within=within, at=_day(at), prefer=prefer), kind, day)
    except UnitNotFound as error:
        from kg.questions import addressed

        address = addressed.read(name, within)
        if address is None:
            raise
        if unknown := addressed.unknown_units(address, name, within):
            near = load().find(unknown[0], at=_day(at)) or error.candidates
            raise UnitNotFound(unknown[0], tuple(near)[:_NEAR_MISSES]) from error
        argument = load().argument(", ".join(address.chain), at=_day(at), prefer=prefer)
        return Asked(argument, kind, day, address.details, accented=fold(name) != name.lower(), at=_day(at))


def _day(text: str | None) -> str | None:
    return some_day(dates.parse(text)) if text else None


def _answer(asked: Asked, lineage: Lineage, direction: Direction, store: str | None) -> dict[str, Any]:
    ontology, argument = load(), asked.argument
    local = _local(asked, lineage, direction, store) if asked.details else None
    steps, sure = (local.steps, local.certainty) if local else (lineage.steps, lineage.certainty)
    certainty, weakest = no_surer_than_the_name(sure, (local or lineage).weakest, argument.reasons)
    asked_on = lineage.on if direction == "predecessors" else None
    value: dict[str, Any] = {
        "unit": ontology.unit_json(lineage.unit, None if asked_on is None else lineage.unit.valid_from),
        "on": lineage.on,
        "kind": lineage.matter,
        "certainty": certainty,
        "weakest": weakest,
        direction: [_step_json(step, lineage) for step in steps],
        "also": [ontology.unit_json(other) for other in argument.also],
        "events": [_event_json(ontology, summary) for summary in lineage.events],
        "reasons": list(argument.reasons),
    }
    if local:
        value |= local.to_json()
    if local and local.rows and local.why != "whole":
        return value  # a place is in one of them
    if lineage.level_ended:
        value |= {"all": True, "level_ended": True}
    elif direction == "predecessors" and len(lineage.steps) > 1 and lineage.weakest == "succession":
        value["all"] = True  # not one of them but all of them made the unit
    return value


def _local(asked: Asked, lineage: Lineage, direction: Direction, store: str | None) -> LocalAnswer:
    from kg.localities import load_localities
    from ontology.local_answers import decided

    tables = load_localities(store)
    return decided(
        lineage, lineage.unit, asked.details, tables, direction=direction, accented=asked.accented, at=asked.at
    )


def _step_json(step: Step, lineage: Lineage) -> dict[str, Any]:
    """A unit of an answer; one that only a local table names says so."""
    value = load().unit_json(step.unit, lineage.on) | {"extent": step.extent, "act": step.act, "clause": step.clause}
    return value if step in lineage.steps else value | {"local": True}


def no_surer_than_the_name(
    certainty: Certainty, weakest: str | None, reasons: Sequence[str]
) -> tuple[Certainty, str | None]:
    """How sure an answer is, and its weakest link, when the name it was asked by was read for these reasons."""
    doubt = weakest_link(reasons)
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
