"""The dated agencies that a name can mean, best first."""

from __future__ import annotations

from collections.abc import Iterator

from ontology.agencies.bodies import bodies
from ontology.agencies.dated import Agency, AgencyCandidate
from ontology.agencies.in_time import Agencies
from ontology.agencies.written import Reading, readings
from ontology.model import Candidate
from ontology.names import levels_of, normalise
from ontology.scoring import NO_MATCH, SILENT, WEIGHTS

STYLES = {"organ": 0.9, "organisation": 0.95, "former": 0.9}
"""What is left of the score where not the body's own name stands: that of an organ of it, of the organisation whose
committee it is, or one it no longer bore on that day."""

PART = 0.7
"""Where a part of the body is named ("Văn phòng Quận ủy")."""

MISREAD = 0.6
"""Where what stands before the unit's name only comes near to a body's."""

OTHER_OF_FAMILY = 0.8
"""Where the unit had a body of another name on that day ("UBND xã ..." in 1970: the administrative committee)."""

_TIME = ("in_force_at", "near_validity", "not_in_force_at", "before_first_list")


def meanings(
    name: str, known: Agencies, *, at: str | None = None, within: str | None = None
) -> list[AgencyCandidate]:
    """The agencies that a name can mean, best first; empty when no body or no unit answers to it.

    ``at`` (ISO) is the day on which the name is meant: it ranks by the agency's own days and never excludes. ``within``
    names containing units; of a name without its own unit ("UBND quận") it names the unit itself. Only where no unit of
    that name is known are near misses given.
    """
    for group in readings(name):
        best: dict[str, AgencyCandidate] = {}
        for reading in group:
            for candidate in _of(reading, known, at, within):
                held = best.get(candidate.agency.id)
                if held is None or held.score < candidate.score:
                    best[candidate.agency.id] = candidate
        if best:
            return sorted(best.values(), key=_best_first)
    return []


def _of(reading: Reading, known: Agencies, at: str | None, within: str | None) -> Iterator[AgencyCandidate]:
    for unit in _units(reading, known, at, within):
        if reading.form and not reading.form.scope.holds(unit.unit, known.province(unit.unit)):
            continue
        score, reasons = _without_day(unit)
        for agency in known.of_kind(unit.unit, reading.body.id):
            yield _candidate(agency, reading, score, reasons, at)
        for other in bodies().values() if reading.body.family else ():
            if other.family == reading.body.family and other.id != reading.body.id:
                for agency in known.of_kind(unit.unit, other.id):
                    told = (*reasons, "other_body_of_time")
                    yield _candidate(agency, reading, score * OTHER_OF_FAMILY, told, at)


def _units(reading: Reading, known: Agencies, at: str | None, within: str | None) -> list[Candidate]:
    words = reading.unit_words
    if reading.form and reading.form.names_no_unit:
        units = known.ontology.units.values()
        return [Candidate(unit, 1.0, ("exact",)) for unit in units if reading.form.scope.holds(unit, unit.line)]
    alone = _type_alone(words)
    if not words or alone is not None:
        if not within:
            return []
        found = known.ontology.find(within, at=at)
        return [one for one in found if alone is None or one.unit.type == alone]
    found = known.ontology.find(words, at=at, within=within)
    return [one for one in found if NO_MATCH.isdisjoint(one.reasons)] or found


def _type_alone(words: str) -> str | None:
    """The type of unit that is all that is said ("UBND quận")."""
    text = normalise(words).lower()
    return text if levels_of(text) else None


def _without_day(candidate: Candidate) -> tuple[float, tuple[str, ...]]:
    """The score of a unit without what its own days made of it: the agency's days count."""
    score = candidate.score
    for reason in candidate.reasons:
        if reason in _TIME:
            score /= WEIGHTS[reason]
    return score, tuple(reason for reason in candidate.reasons if reason not in _TIME)


def _candidate(
    agency: Agency, reading: Reading, score: float, reasons: tuple[str, ...], at: str | None
) -> AgencyCandidate:
    told = list(reasons)
    if reading.misread:
        score, told = score * MISREAD, [*told, "body_misread"]
    if reading.part:
        score, told = score * PART, [*told, "part_of_body"]
    elif reading.form and reading.form.style in STYLES and not _still_borne(reading, at):
        score, told = score * STYLES[reading.form.style], [*told, f"name_{reading.form.style}"]
    if at:
        time = agency.time_reason(at)
        score *= WEIGHTS[time]
        told += [time] if time not in SILENT else []
    return AgencyCandidate(agency, round(score, 4), tuple(told))


def _still_borne(reading: Reading, at: str | None) -> bool:
    """Whether a former name was still the one of that day."""
    form = reading.form
    return bool(form and form.style == "former" and at and form.until and at[: len(form.until)] <= form.until)


def _best_first(candidate: AgencyCandidate) -> tuple[float, bool, int, str]:
    """The better score first; then agencies in force, then those that ended last, then by id."""
    closed = candidate.agency.closed
    ended = int("".join((closed.day or "").split("-")).ljust(8, "9")) if closed and closed.day else 99999999
    return (-candidate.score, closed is not None, -ended, candidate.agency.id)
