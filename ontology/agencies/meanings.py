"""The dated agencies that a name can mean, best first."""

from __future__ import annotations

from collections.abc import Iterator

from ontology.agencies.bodies import bodies
from ontology.agencies.dated import Agency, AgencyCandidate
from ontology.agencies.in_time import Agencies
from ontology.agencies.written import Reading, by_below, by_forms, by_grammar
from ontology.model import Candidate, Unit
from ontology.names import levels_of, normalise
from ontology.scoring import NO_MATCH, SILENT, WEIGHTS

STYLES = {"organ": 0.9, "organisation": 0.95, "former": 0.9}
"""What is left of the score where not the body's own name stands: that of an organ of it, of the organisation whose
committee it is, or one it no longer bore on that day."""

PART = 0.7
"""Where a part of the body is named ("Văn phòng Quận ủy")."""

BELOW = 0.7
"""Where a body below it is named ("Chi bộ 9 phường Cửa Nam")."""

UNREAD = 0.8
"""Where words of the name were not understood ("HĐND phường Cửa Nam khóa XX")."""

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
    near: list[AgencyCandidate] = []
    for group in by_forms(name):
        if found := _best(group, known, at, within):
            if NO_MATCH.isdisjoint(found[0].reasons):
                return found
            near = found
            break
    for group in by_below(name):
        found = _best(group, known, at, within)
        if found and NO_MATCH.isdisjoint(found[0].reasons):
            return found
    if near:
        return near
    return next((found for group in by_grammar(name) if (found := _best(group, known, at, within))), [])


def lacks_unit(name: str) -> bool:
    """Whether the name is that of a body without its unit, or with the unit's type alone ("Ban Tổ chức Chính quyền
    Thành phố"): it can mean no agency until a containing unit says which."""
    for group in by_forms(name):
        return all(
            not reading.unit_words or _type_alone(reading.unit_words) is not None
            for reading in group
            if not (reading.form and reading.form.names_no_unit)
        )
    return False


def _best(group: list[Reading], known: Agencies, at: str | None, within: str | None) -> list[AgencyCandidate]:
    """The agencies that a name can mean by these readings, best first."""
    best: dict[str, AgencyCandidate] = {}
    for reading in group:
        for candidate in _of(reading, known, at, within):
            held = best.get(candidate.agency.id)
            if held is None or held.score < candidate.score:
                best[candidate.agency.id] = candidate
    return sorted(best.values(), key=lambda candidate: _best_first(candidate, at))


def _of(reading: Reading, known: Agencies, at: str | None, within: str | None) -> Iterator[AgencyCandidate]:
    for unit in _units(reading, known, at, within):
        if reading.form and not reading.form.scope.holds(unit.unit, known.province(unit.unit)):
            continue
        score, reasons = _without_day(unit)
        own = _of_levels(unit.unit, reading.levels, known, at)
        for agency in known.of_kind(own, reading.body.id):
            yield _candidate(agency, reading, (score, reasons), at, known)
        for other in bodies().values() if reading.body.family else ():
            if other.family == reading.body.family and other.id != reading.body.id:
                for agency in known.of_kind(own, other.id):
                    worth = score * OTHER_OF_FAMILY, (*reasons, "other_body_of_time")
                    yield _candidate(agency, reading, worth, at, known)


def _of_levels(unit: Unit, levels: frozenset[str], known: Agencies, at: str | None) -> Unit:
    """The unit, or the nearest one around it that is of these levels: a school in a ward was the district's."""
    if not levels or unit.level in levels:
        return unit
    return next((above for above in known.ontology.parents(unit, at) if above.level in levels), unit)


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
    agency: Agency, reading: Reading, worth: tuple[float, tuple[str, ...]], at: str | None, known: Agencies
) -> AgencyCandidate:
    score, told = worth[0], list(worth[1])
    if reading.misread:
        score, told = score * MISREAD, [*told, "body_misread"]
    if reading.unread:
        score, told = score * UNREAD, [*told, "words_unread"]
    if reading.below:
        score, told = score * BELOW, [*told, "body_below"]
    elif reading.part:
        score, told = score * PART, [*told, "part_of_body"]
    elif reading.form and reading.form.style in STYLES and not _still_borne(reading, at):
        score, told = score * STYLES[reading.form.style], [*told, f"name_{reading.form.style}"]
    if at:
        time = agency.time_reason(at)
        score *= WEIGHTS[time]
        told += [time] if time not in SILENT else []
        told += ["body_absent"] if known.absent_on(agency, at) else []
    return AgencyCandidate(agency, round(score, 4), tuple(told), reading.below or None, reading.unread or None)


def _still_borne(reading: Reading, at: str | None) -> bool:
    """Whether a former name was still the one of that day."""
    form = reading.form
    return bool(form and form.style == "former" and at and form.until and at[: len(form.until)] <= form.until)


def _best_first(candidate: AgencyCandidate, at: str | None) -> tuple[float, int, bool, int, str]:
    """The better score first; then those nearest to the day, agencies in force, those that ended last, then by id."""
    closed = candidate.agency.closed
    ended = int("".join((closed.day or "").split("-")).ljust(8, "9")) if closed and closed.day else 99999999
    away = candidate.agency.days_from(at) if at else 0
    return (-candidate.score, away, closed is not None, -ended, candidate.agency.id)
