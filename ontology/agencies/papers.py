"""Whether a paper's date fits the days of its issuer.

A paper dated after its issuer's closing may be honest (a hand-over, a settlement, a certified copy), and one dated
before its opening may be a misread date or the predecessor's: both are to be checked, never called wrong. A day that
is itself to be checked raises no doubt about a paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ontology.agencies.dated import Agency, Bound, after, before
from ontology.agencies.in_time import Agencies
from ontology.agencies.written import by_below, readings
from ontology.model import Unit
from ontology.name_index import bare_name
from ontology.names import folded_key, levels_of, normalise, split_type
from ontology.scoring import NO_MATCH

Doubt = Literal["after_closing", "after_closing_in_transition", "before_opening"]
"""``after_closing_in_transition``: after the unit's end, within the time that the act leaves to the old body."""


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """What is to be checked about a paper: its issuer, its date (ISO, maybe partial) and the day that it does not fit."""

    doubt: Doubt
    agency: Agency
    date: str
    bound: Bound


def check(agency: Agency, date: str) -> PaperCheck | None:
    """What is to be checked about a paper of the agency with that date (ISO, maybe partial: then only what holds for
    every day of it); None for nothing."""
    closed, opened = agency.closed, agency.opened
    if closed and closed.day and closed.ground.sure != "check" and after(date, closed.day):
        in_transition = closed.latest is not None and not after(date, closed.latest)
        return PaperCheck("after_closing_in_transition" if in_transition else "after_closing", agency, date, closed)
    if opened.day and opened.exact and opened.ground.sure != "check" and before(date, opened.day):
        return PaperCheck("before_opening", agency, date, opened)
    return None


def issuer_on(name: str, unit: Unit, date: str | None, known: Agencies) -> Agency | None:
    """The agency that a paper's issuer is: of that name, of that unit (which the record was linked to), on the paper's
    date (ISO, maybe partial); where none was in force then, the last that had closed, else the first to open. Without a
    date only the one that there is: None where the name can mean several of the unit's. None for a body of no kind that
    the tables have, for a part of one, for a body below one and for a name that is misread or not read whole.
    """
    return of_day(named_of(name, unit, known), date)


def named_of(name: str, unit: Unit, known: Agencies) -> tuple[Agency, ...]:
    """The agencies of that unit that an issuer's name can mean, on whatever day; see ``issuer_on``."""
    may_be_below = next(by_below(name), None) is not None
    for group in readings(name):
        meant = [
            agency
            for reading in group
            if not (reading.part or reading.below or reading.misread or reading.unread)
            and not (may_be_below and _is_no_unit(reading.unit_words, known))
            and _says(reading.unit_words, known.span(unit))
            and (reading.form is None or reading.form.scope.holds(unit, known.province(unit)))
            for agency in known.of_kind(unit, reading.body.id)
        ]
        if meant:
            return tuple(dict.fromkeys(meant))
    return ()


def _says(words: str, span: Iterable[Unit]) -> bool:
    """Whether the words behind a body's are the unit's name, with what contains it or not, or only its type; not more
    ("Công đoàn | Trường THPT Kim Liên")."""
    text = folded_key(split_type(words)[1])
    for name in (folded_key(bare_name(unit)) for unit in span):
        rest = text.removeprefix(name)
        if rest == "" or (rest != text and (rest.startswith(",") or split_type(rest.strip())[0])):
            return True
    return not text or bool(levels_of(normalise(words).lower()))


def _is_no_unit(words: str, known: Agencies) -> bool:
    """Whether the words behind a body's are more than a unit's name ("Chi bộ | 9 phường Cửa Nam")."""
    return all(not NO_MATCH.isdisjoint(found.reasons) for found in known.ontology.find(words))


def of_day(meant: Sequence[Agency], date: str | None) -> Agency | None:
    """Of agencies of one name the one that is meant on the day; see ``issuer_on``."""
    if not meant or date is None:
        return meant[0] if len(meant) == 1 else None
    standing = [agency for agency in meant if agency.time_reason(date) in ("in_force_at", "before_first_list")]
    if standing:
        return standing[-1]
    closed = [agency for agency in meant if agency.closed and agency.closed.day and after(date, agency.closed.day)]
    if closed:
        return max(closed, key=lambda agency: (agency.closed.day if agency.closed else None) or "")
    return min(meant, key=lambda agency: agency.opened.day or "")
