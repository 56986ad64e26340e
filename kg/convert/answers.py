"""What became of a written address: the new unit where the acts decide it, else every possibility and what would
decide among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.convert.readings import Reader, Reading
from kg.questions.localities import LocalAnswer, decided
from kg.questions.units import no_surer_than_the_name
from ontology.addresses import Address, parse
from ontology.localities import Localities, Locality
from ontology.model import CERTAINTY_ORDER, Certainty, Lineage, Matter, Step, Unit
from ontology.names import split_type
from ontology.registry import load

_LONGEST_SHORT = 4
"""Letters of the longest abbreviation of a type word, with its dot."""
_NEAR_MISSES = 5
"""Near misses that are shown for a name that is not known."""


@dataclass(frozen=True, slots=True)
class Option:
    """One possibility of an undecided row: ``read`` is the old unit that its words may mean, ``new`` the new unit (None
    where none is known), ``decides`` the code of what would decide."""

    read: Unit
    new: Step | None
    decides: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for a row. ``taker``: the new unit, where it is decided. ``why``: code of what the answer rests on or
    lacks; ``read``: the unit that the words were read as, where it is one; ``others``: takers of land beside the one
    that took the people; ``rows``: what the office's own tables say."""

    certainty: Certainty
    why: str
    weakest: str | None = None
    read: Unit | None = None
    taker: Step | None = None
    reasons: tuple[str, ...] = ()
    others: tuple[Step, ...] = ()
    options: tuple[Option, ...] = ()
    rows: tuple[Locality, ...] = ()
    lineage: Lineage | None = None


class Answers:
    """Answers for one conversion, each distinct one found once.

    ``on``: the day (ISO) whose map answers; ``at``: the day on which names are meant where a row has none of its own.
    """

    def __init__(self, *, on: str, at: str | None, matter: Matter, localities: Localities) -> None:
        self._on, self._at, self._matter, self._localities = on, at, matter, localities
        self._follow = lru_cache(maxsize=None)(self._lineage)
        self._reader = Reader(self._follow)
        self._remembered = lru_cache(maxsize=None)(self._answer)

    def answer(self, text: str, at: str | None = None) -> Answer | None:
        """The answer for an address, None for one without any letter or figure. ``at`` (ISO): the day on which this row's names are
        meant."""
        if not any(map(str.isalnum, text)):
            return None
        address = parse(text)
        details = address.details if self._localities else ()
        address = Address(details, tuple(map(_written_out, address.chain)), address.former)
        return self._remembered(address, at or self._at)

    def _lineage(self, unit: Unit) -> Lineage:
        return load().successors(unit, self._on, self._matter)

    def _answer(self, address: Address, at: str | None) -> Answer:
        if not address.chain:
            return Answer("unknown", "no_unit")
        meant = self._reader.read(address.chain, at, address.former)
        answers = [self._of_reading(reading, address.details) for reading in meant.readings]
        if len(answers) == 1:
            return answers[0]
        if answers:
            return _of_several(answers)
        near = meant.near[:_NEAR_MISSES]
        if not near:
            return Answer("unknown", "not_found", "reading")
        options = tuple(
            replace(option, decides="spelling", reasons=reading.reasons)
            for reading in near
            for option in _options(self._of_reading(reading, address.details))
        )
        if meant.in_context and len(meant.near) == 1:
            return Answer("candidates", "near_miss", "reading", near[0].unit, None, near[0].reasons, (), options)
        return Answer("unknown", "not_found", "reading", options=options)

    def _of_reading(self, reading: Reading, details: Sequence[str]) -> Answer:
        unit, lineage = reading.unit, self._follow(reading.unit)
        local = decided(lineage, unit, details, self._localities) if self._localities else None
        steps, certainty, weakest = lineage.steps, lineage.certainty, lineage.weakest
        if local is not None:
            steps, certainty, weakest = local.steps, local.certainty, local.weakest
        certainty, weakest = no_surer_than_the_name(certainty, weakest, reading.reasons)
        reasons = (*reading.reasons, *(local.doubts if local else ()))
        rows = local.rows if local else ()
        made = Answer(certainty, _why(lineage, local, reasons), weakest, unit, None, reasons, (), (), rows, lineage)
        if unit.level != "commune" and steps and not _is_commune_by_table(local):
            return replace(
                made,
                certainty="candidates",
                why=f"only_{unit.level}",
                options=_possible(unit, steps, "commune", reasons),
            )
        if certainty == "certain" and len(steps) == 1:
            return replace(made, taker=steps[0])
        if certainty == "by_population":
            return replace(made, taker=steps[0], others=steps[1:])
        return replace(made, options=_possible(unit, steps, _decides(made), reasons))


@lru_cache(maxsize=65_536)
def _written_out(name: str) -> str:
    """A unit's name with its type word in full: one answer for all abbreviations of it."""
    kind, bare = split_type(name)
    return (
        f"{kind.capitalize()} {bare}"
        if kind and name.partition(".")[0].isalpha() and "." in name[:_LONGEST_SHORT]
        else name
    )


def _is_commune_by_table(local: LocalAnswer | None) -> bool:
    return local is not None and local.why == "table" and local.certainty == "certain"


def _why(lineage: Lineage, local: LocalAnswer | None, reasons: Sequence[str]) -> str:
    if local is not None and local.why in ("table", "several", "conflict"):
        return f"local_{local.why}"
    if lineage.certainty == "unknown":
        return "no_basis"
    if "new_name" in reasons or (lineage.unit.in_force(lineage.on) and lineage.certainty == "certain"):
        return "in_force"
    return lineage.certainty


def _decides(answer: Answer) -> str:
    if answer.weakest == "list":
        return "act"
    if answer.weakest == "reading":
        return "spelling"
    if answer.weakest == "place":
        return "day"
    return {"local_conflict": "table", "local_several": "table"}.get(answer.why, "locality")


def _possible(unit: Unit, steps: Sequence[Step], decides: str, reasons: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(unit, step, decides, tuple(reasons)) for step in steps)


def _options(answer: Answer) -> tuple[Option, ...]:
    """The answer of one reading as possibilities of a row that has several."""
    if answer.options:
        return answer.options
    assert answer.read is not None
    steps = (*([answer.taker] if answer.taker else ()), *answer.others)
    return tuple(Option(answer.read, step, "reading", answer.reasons) for step in steps or (None,))


def _of_several(answers: Sequence[Answer]) -> Answer:
    """Several readings: decided where all lead to one unit, else all possibilities of all of them."""
    takers = {answer.taker.unit.id for answer in answers if answer.taker}
    if len(takers) == 1 and all(answer.taker for answer in answers):
        least = max(answers, key=lambda answer: (CERTAINTY_ORDER.index(answer.certainty), _has_ended(answer.read)))
        others = tuple(dict.fromkeys(step for answer in answers for step in answer.others))
        return replace(least, why="readings_agree", others=others)
    options = [replace(option, decides="reading") for answer in answers for option in _options(answer)]
    return Answer("candidates", "several_readings", "place", options=tuple(dict.fromkeys(options)))


def _has_ended(unit: Unit | None) -> bool:
    return unit is not None and unit.valid_to is not None
