"""The dated agencies that a name can mean, best first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, zip_longest

from ontology.agencies.bodies import bodies
from ontology.agencies.dated import Agency, AgencyCandidate, after, before
from ontology.agencies.in_time import Agencies
from ontology.agencies.joint import joint_names
from ontology.agencies.written import Reading, by_below, by_forms, by_grammar, by_owner_first
from ontology.folding import fold
from ontology.model import Candidate, Unit
from ontology.name_index import bare_name
from ontology.names import levels_of, normalise, split_type
from ontology.scoring import NO_MATCH, SILENT, WEIGHTS
from ontology.validity import first_day

STYLES = {"organ": 0.9, "organisation": 0.95, "former": 0.9}
"""What is left of the score where not the body's own name stands: that of an organ of it, of the organisation whose
committee it is, or one it no longer bore on that day."""

PART = 0.7
"""Where a part of the body is named ("Văn phòng Quận ủy")."""

BELOW = 0.7
"""Where a body below it is named ("Chi bộ 9 phường Cửa Nam")."""

UNREAD = 0.8
"""Where words of the name were not understood ("HĐND phường Cửa Nam khóa XX")."""

LATER = 0.9
"""Where the name was borne only later than that day."""

MISREAD = 0.6
"""Where what stands before the unit's name only comes near to a body's."""

OTHER_OF_FAMILY = 0.8
"""Where the unit had a body of another name on that day ("UBND xã ..." in 1970: the administrative committee)."""

_LONGEST_NAME = 500
"""Characters of a name at most: what is longer is a text, of which no body is the meaning."""

_LETTERS_A_SLIP = 3
"""Letters of a unit's name for each that may be misread in it."""

_TIME = ("in_force_at", "near_validity", "not_in_force_at", "before_first_list")


def meanings(
    name: str, known: Agencies, *, at: str | None = None, within: str | None = None
) -> list[AgencyCandidate]:
    """The agencies that a name can mean, best first; empty when no body or no unit answers to it.

    ``at`` (ISO) is the day on which the name is meant: it ranks by the agency's own days and never excludes. ``within``
    names containing units; of a name without its own unit ("UBND quận") it names the unit itself. Only where no unit of
    that name is known are near misses given.
    """
    return _type_first(_meanings(name, known, at, within)) if len(name) <= _LONGEST_NAME else []


def _meanings(name: str, known: Agencies, at: str | None, within: str | None) -> list[AgencyCandidate]:
    near: list[AgencyCandidate] = []
    for group in by_forms(name):
        if found := _best(group, known, at, within):
            if NO_MATCH.isdisjoint(found[0].reasons):
                return found
            near = found
            break
    if joined := _of_all([meanings(one, known, at=at, within=within) for one in joint_names(name)], known):
        return joined
    for group in chain(by_below(name), by_owner_first(name)):
        found = _best(group, known, at, within)
        if found and NO_MATCH.isdisjoint(found[0].reasons):
            return found
    if near:
        return near
    return next((found for group in by_grammar(name) if (found := _best(group, known, at, within))), [])


def _of_all(found: list[list[AgencyCandidate]], known: Agencies) -> list[AgencyCandidate]:
    """The agencies of a name that joins several, none of which may be missing; a body above is no other one beside
    them ("UBND phường Cửa Nam, UBND quận Hoàn Kiếm")."""
    if not all(group and NO_MATCH.isdisjoint(group[0].reasons) for group in found):
        return []
    for lower in found:
        others = [one for one in found if one is not lower]
        around = [{unit for one in other for unit in one.agency.units} for other in others]
        inside = [
            one
            for one in lower
            if all(not units.isdisjoint(known.ontology.parents(one.agency.unit)) for units in around)
        ]
        if inside:
            return [replace(one, reasons=tuple(dict.fromkeys((*one.reasons, "within")))) for one in inside]
    in_turn = [one for rank in zip_longest(*found) for one in rank if one]  # the best of each first
    joined: dict[str, AgencyCandidate] = {}
    for one in in_turn:
        joined.setdefault(one.agency.id, replace(one, reasons=(*one.reasons, "joint_name")))
    return sorted(joined.values(), key=lambda one: -one.score)


def _type_first(found: list[AgencyCandidate]) -> list[AgencyCandidate]:
    """The type of unit that is written decides between places: a ward is no commune of another province, though that
    one was there on the day. A unit that had another type at another time is one place."""
    typed = [one for one in found if "type_differs" not in one.reasons]
    lines = {one.agency.unit.line for one in typed}
    most = max((one.score for one in typed), default=0.0) * WEIGHTS["type_differs"]
    if not typed or found[0] in typed:
        return found
    held = [
        one if one in typed or one.agency.unit.line in lines else replace(one, score=min(one.score, round(most, 4)))
        for one in found
    ]
    return sorted(held, key=lambda one: -one.score)


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
    return sorted(best.values(), key=lambda one: _best_first(one, at))


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
                    told = (*reasons, "other_body_of_time")
                    yield _candidate(agency, reading, (score * OTHER_OF_FAMILY, told), at, known)


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
    matching = [one for one in found if NO_MATCH.isdisjoint(one.reasons)]
    return matching or [one for one in found if "misspelt" not in one.reasons or _comes_near(words, one.unit)]


def _comes_near(words: str, unit: Unit) -> bool:
    """Whether the words can be the unit's name misread: at most one letter in three is another; or, where the name
    ends them, its type stands before it. What is further off is another name ("Công an Đồn 12": no xã Đông La)."""
    written, type_ = fold(normalise(words.partition(",")[0])).strip(" .;:-"), fold(unit.type).replace(" ", "")
    bare = fold(bare_name(unit))
    if written.endswith(f" {bare}"):
        return _alike(written[: -len(bare)].replace(" ", "")[-len(type_) :], type_)
    tight = bare.replace(" ", "")
    own = fold(split_type(words.partition(",")[0])[1]).replace(" ", "")
    return _alike(own, tight) or _alike(written.replace(" ", ""), type_ + tight, letters=len(tight))


def _alike(written: str, known: str, letters: int | None = None) -> bool:
    """Whether few letters differ, of that many (default: those of the longer)."""
    from rapidfuzz.distance import Levenshtein

    most = max((letters or max(len(written), len(known))) // _LETTERS_A_SLIP, 1)
    return Levenshtein.distance(written, known, score_cutoff=most) <= most


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
    agency: Agency, reading: Reading, match: tuple[float, tuple[str, ...]], at: str | None, known: Agencies
) -> AgencyCandidate:
    """``match``: score and reasons of the unit."""
    score, told = match[0], list(match[1])
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
        if reading.form and reading.form.since and before(at, reading.form.since):
            score, told = score * LATER, [*told, "name_later"]
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
    """The better score first; then those whose time is nearest to the day; then agencies in force, then those that ended
    last, then by id."""
    closed = candidate.agency.closed
    ended = int("".join((closed.day or "").split("-")).ljust(8, "9")) if closed and closed.day else 99999999
    return (-candidate.score, _days_off(candidate.agency, at), closed is not None, -ended, candidate.agency.id)


def _days_off(agency: Agency, at: str | None) -> int:
    """Days between the agency's time and the day."""
    start, end = agency.opened.day, agency.closed.day if agency.closed else None
    if at and start and before(at, start):
        return abs((first_day(start) - first_day(at)).days)
    return abs((first_day(at) - first_day(end)).days) if at and end and after(at, end) else 0
