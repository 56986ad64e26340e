"""What became of a written address: the new unit where the acts decide it, else every possibility and what would
decide among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from kg.convert.readings import OWN_REASONS, Meant, Reader, Reading, is_one
from kg.questions.units import no_surer_than_the_name
from ontology.addresses import Address, parse
from ontology.folding import fold
from ontology.local_answers import LocalAnswer, decided
from ontology.localities import Localities, Locality
from ontology.model import CERTAINTY_ORDER, Certainty, Lineage, Matter, Step, Unit
from ontology.names import LONGEST_NAME, split_type
from ontology.registry import load

_LONGEST_SHORT = 4
"""Letters of the longest abbreviation of a type word, with its dot."""
_NEAR_MISSES = 5
"""Near misses that are shown for a name that is not known."""
_ELSEWHERE = 3
"""Places among them that are kept for units of that very name that lie elsewhere."""


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


_TOO_LONG = Answer("unknown", "too_long")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a row asks. ``at``: the day (ISO) on which its names are meant; ``dated``: False where it has a day that
    nobody can read; ``has_details``: it says more than the commune (``address.details`` are empty where no table could
    use them: one answer for all of a commune); ``accented``: it is written with accents."""

    address: Address
    at: str | None
    dated: bool
    has_details: bool
    accented: bool


class Answers:
    """Answers for one conversion, each distinct one found once.

    ``on``: the day (ISO) whose map answers; ``at``: the day on which names are meant where a row has none of its own.
    """

    def __init__(self, *, on: str, at: str | None, matter: Matter, localities: Localities) -> None:
        self._on, self._at, self._matter, self._localities = on, at, matter, localities
        self._follow = lru_cache(maxsize=None)(self._lineage)
        self._reader = Reader(self._follow)
        self._remembered = lru_cache(maxsize=None)(self._answer)

    def answer(self, text: str, at: str | None = None, *, dated: bool = True) -> Answer | None:
        """The answer for an address, None for one without any letter or figure. ``at`` (ISO): the day on which this
        row's names are meant; ``dated``: False where the row has a day that cannot be read: no day is taken for it, and
        units of all times that have the name stay possible."""
        if not any(map(str.isalnum, text)):
            return None
        if len(text) > LONGEST_NAME:
            return _TOO_LONG
        address = parse(text)
        details = address.details if self._localities else ()
        accented = not self._localities or fold(text) != text.lower()
        own = Address(details, tuple(map(_written_out, address.chain)), address.former)
        return self._remembered(
            _Asked(own, (at or self._at) if dated else None, dated, bool(address.details), accented)
        )

    def _lineage(self, unit: Unit) -> Lineage:
        return load().successors(unit, self._on, self._matter)

    def _answer(self, asked: _Asked) -> Answer:
        address = asked.address
        if not address.chain:
            return Answer("unknown", "no_unit")
        meant = self._reader.read(address.chain, asked.at, address.former, asked.dated)
        answers = [self._of_reading(reading, asked) for reading in meant.readings]
        if len(answers) == 1:
            return answers[0]
        if answers:
            return _of_several(answers)
        if not meant.sought:
            return Answer("unknown", "not_looked_into", "reading")
        near = _shown(meant)
        if not near:
            return Answer("unknown", "not_found", "reading")
        options = tuple(
            replace(option, decides="spelling", reasons=reading.reasons)
            for reading in near
            for option in _options(self._of_reading(reading, asked))
        )
        if meant.in_context and len(meant.near) == 1:
            return Answer("candidates", "near_miss", "reading", near[0].unit, None, near[0].reasons, (), options)
        return Answer("unknown", "not_found", "reading", options=options)

    def _of_reading(self, reading: Reading, asked: _Asked) -> Answer:
        unit, lineage = reading.unit, self._follow(reading.unit)
        local = self._local(lineage, asked)
        steps, certainty, weakest = lineage.steps, lineage.certainty, lineage.weakest
        if local is not None:
            steps, certainty, weakest = local.steps, local.certainty, local.weakest
        certainty, weakest = no_surer_than_the_name(
            certainty, weakest, [reason for reason in reading.reasons if reason not in OWN_REASONS]
        )
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
        decides = _decides(made)
        if decides == "locality" and asked.has_details:
            decides = "no_row" if local is not None and local.why == "no_row" else "no_table"
        return replace(made, options=_possible(unit, steps, decides, reasons))

    def _local(self, lineage: Lineage, asked: _Asked) -> LocalAnswer | None:
        if not self._localities:
            return None
        return decided(
            lineage, lineage.unit, asked.address.details, self._localities, accented=asked.accented, at=asked.at
        )


def _shown(meant: Meant) -> tuple[Reading, ...]:
    """A handful of the names close to one that is not known, units of that very name elsewhere among them."""
    near = meant.near[: _NEAR_MISSES - min(len(meant.elsewhere), _ELSEWHERE)]
    return (*near, *meant.elsewhere[: _NEAR_MISSES - len(near)])


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
    if lineage.on < lineage.unit.valid_from and lineage.unit.valid_from_certain:
        return "not_yet"
    if lineage.certainty == "unknown":
        return "no_basis"
    if "new_name" in reasons or (lineage.unit.in_force(lineage.on) and lineage.certainty == "certain"):
        return "in_force" if lineage.unit.valid_to is None else "was_in_force"
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
    decides = "commune" if _lacks_its_commune(answers) else "day" if _differ_in_time(answers) else "reading"
    options = [replace(option, decides=decides) for answer in answers for option in _options(answer)]
    return Answer("candidates", "several_readings", "place", options=tuple(dict.fromkeys(options)))


def _lacks_its_commune(answers: Sequence[Answer]) -> bool:
    """Whether the one district (or province) among the readings is named and its commune is not: "Hoàn Kiếm, Hà Nội"
    without type words may be the new ward too, and still it is the commune that would tell."""
    greater = {answer.read.line for answer in answers if answer.read and answer.read.level != "commune"}
    ended = [
        answer.read
        for answer in answers
        if answer.read and answer.read.level == "commune" and _has_ended(answer.read)
    ]
    return len(greater) == 1 and not ended


def _differ_in_time(answers: Sequence[Answer]) -> bool:
    """Whether all readings are of one name in one place: the day of the name alone tells them apart."""
    units = [answer.read for answer in answers if answer.read]
    return all(
        is_one(one, other) and not (one.in_force(other.valid_from) or other.in_force(one.valid_from))
        for one, other in combinations(units, 2)
    )


def _has_ended(unit: Unit | None) -> bool:
    return unit is not None and unit.valid_to is not None
