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
from ontology.scoring import NEAR_MISS
from ontology.validity import day_before, some_day

if TYPE_CHECKING:
    from kg.questions.localities import LocalAnswer
    from ontology.addresses import Address

Direction = Literal["successors", "predecessors"]
MATTERS: tuple[Matter, ...] = ("any", "civil", "land")

_DOUBTS: dict[str, str] = {
    "accents_differ": "reading",
    "alias": "place",
    "before_first_list": "place",
    "not_in_force_at": "place",
}
"""Reasons for which a name is matched by less than name and day: the answer is then never surer than ``candidates``,
and this is its weakest link (PRACTICE.md §1.14-15)."""


_NO_UNIT = NEAR_MISS | {"level_differs"}
"""Reasons for which a name is none of the units found: then it may be an address."""


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
) -> list[dict[str, Any]]:
    """The dated units that a name (or id) can mean, best first: unit values with ``score`` and ``reasons``.

    ``at`` may be partial; ``nearby`` are names of units named close by. For an address the units that it lies in, with
    the reason ``holds_address`` and its parts below the commune (``"locality": {"details"}``). Raises BadDate, and
    HosoError when neither name nor id is given.
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
    if all(_NO_UNIT.intersection(candidate.reasons) for candidate in found):
        address = _address(name, within)
        held = load().find(", ".join(address.chain), at=day, nearby=nearby) if address else []
        if address and any(not _NO_UNIT.intersection(candidate.reasons) for candidate in held):
            locality = {"locality": {"details": list(address.details)}}
            holding = [
                Candidate(one.unit, one.score, (*one.reasons, "holds_address"))
                for one in held
                if not _NO_UNIT.intersection(one.reasons)
            ]
            return [candidate_json(one, on=day) | locality for one in holding]
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
    except UnitNotFound:
        address = _address(name, within)
        if address is None:
            raise
        argument = load().argument(", ".join(address.chain), at=_day(at), prefer=prefer)
        return Asked(argument, kind, day, address.details, accented=fold(name) != name.lower(), at=_day(at))


def _address(name: str, within: str | None) -> Address | None:
    """A name that is no unit's as an address: parts below a commune, then units; None where it has not both."""
    from ontology.addresses import parse

    address = parse(f"{name}, {within}" if within else name)
    return address if address.details and address.chain else None


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
    if local and local.why == "table":
        return value
    if lineage.level_ended:
        value |= {"all": True, "level_ended": True}
    elif direction == "predecessors" and len(lineage.steps) > 1 and lineage.weakest == "succession":
        value["all"] = True  # not one of them but all of them made the unit
    return value


def _local(asked: Asked, lineage: Lineage, direction: Direction, store: str | None) -> LocalAnswer:
    from kg.localities import load_localities
    from kg.questions.localities import decided

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
