"""What an agency became and what it was made of, through the changes of its unit and of its kind of body.

Where the unit ended, the bodies of the same kind in the units that took it are the successors, with the extent of that
change: the map says which, no act names who continues and settles. Where the kind of body ended, its heirs in the same
unit are. A body of a level that ended without an heir has none.
"""

from __future__ import annotations

from collections.abc import Iterable

from ontology.agencies.bodies import bodies, heirs_of
from ontology.agencies.dated import Agency, AgencyLink, after, before
from ontology.agencies.in_time import Agencies
from ontology.agencies.own import exceptions
from ontology.model import Edge, Unit
from ontology.validity import NEAR_DAYS, first_day


def successors(agency: Agency, known: Agencies) -> list[AgencyLink]:
    """The agencies that took over when this one ended, by id; empty for one that goes on or ended without an heir."""
    if agency.closed is None:
        return []
    if agency.ended_by == "body":
        heirs = _heirs(agency, known)
        return [
            AgencyLink(heir, None, agency.closed.ground.act, agency.closed.ground.article)
            for heir in _following(agency, heirs, agency.closed.day)
        ]
    if agency.ended_by == "absence":
        again = _following(agency, known.of_kind(agency.unit, agency.body.id), agency.closed.day)
        if again:
            return [AgencyLink(again[0], None, None, None, after_absence=True)]
    last = known.span(agency.unit)[-1]
    return _through(agency, known, known.ontology.changes.leaving(last.id))


def predecessors(agency: Agency, known: Agencies) -> list[AgencyLink]:
    """The agencies of which this one is a successor, each with the extent and act of that change, by id."""
    changes, span = known.ontology.changes, known.span(agency.unit)
    sources = dict.fromkeys(edge.source for unit in span for edge in changes.arriving(unit.id))
    former = [known.ontology.units[source] for source in sources]
    kinds = (agency.body.id, *heirs_of().get(agency.body.id, ()))
    makers = dict.fromkeys(
        maker
        for maker in (*_all_of(known, (span[0], *former), kinds), *_that_name(agency, known))
        if maker.id != agency.id and maker.closed is not None
    )
    found = []
    for maker in makers:
        for link in successors(maker, known):
            if link.agency.id == agency.id:
                found.append(AgencyLink(maker, link.extent, link.act, link.clause, link.after_absence))
    return sorted(found, key=lambda link: link.agency.id)


def _heirs(agency: Agency, known: Agencies) -> list[Agency]:
    """The bodies that took over from one whose kind ended: of its unit, or those that an exception names."""
    found: list[Agency] = []
    for heir in agency.heirs or agency.body.heirs:
        found += [known.agency(heir)] if ":" in heir else known.of_kind(agency.unit, heir)
    return found


def _that_name(agency: Agency, known: Agencies) -> list[Agency]:
    """The bodies of other units whose closing, by an archive's exception, names this one as heir."""
    units = known.ontology.units
    return [
        maker
        for exception in exceptions()
        if agency.id in exception.heirs
        for maker in _all_of(
            known, [units[unit] for unit in sorted(exception.scope.units)], exception.bodies or bodies()
        )
    ]


def _through(agency: Agency, known: Agencies, edges: Iterable[Edge]) -> list[AgencyLink]:
    """The successors in the units that took the agency's own."""
    found: dict[str, AgencyLink] = {}
    for edge in edges:
        target = known.ontology.units[edge.target]
        heir = _counterpart(agency, target, known)
        if heir is None or heir.id == agency.id:
            continue
        event = known.ontology.changes.events[edge.event]
        later = agency.ended_by == "absence" or _years_after(heir, agency)
        link = AgencyLink(heir, edge.extent, event.act, event.clause, after_absence=later)
        held = found.get(heir.id)
        if held is None or held.extent == "possible":
            found[heir.id] = link
    return sorted(found.values(), key=lambda link: link.agency.id)


def _counterpart(agency: Agency, target: Unit, known: Agencies) -> Agency | None:
    """The body of the same kind in that unit, or of a kind that took its tasks over: in force when the unit took the
    other in, else the first that began later; of another kind only where it began within the time that counts as near
    (``validity.NEAR_DAYS``): what was founded years later took nothing over from it."""
    for kind in (agency.body.id, *agency.body.heirs, *_of_family(agency)):
        standing = known.of_kind(target, kind)
        there = [one for one in standing if one.closed is None or not _over(one, target.valid_from)]
        if there and (kind == agency.body.id or not _years_after(there[0], agency)):
            return there[0]
    return None


def _years_after(heir: Agency, agency: Agency) -> bool:
    """Whether the one began only years after the other had ended."""
    start, end = heir.opened.day if heir.opened.exact else None, agency.closed.day if agency.closed else None
    return bool(start and end) and (first_day(start or "") - first_day(end or "")).days > NEAR_DAYS


def _over(agency: Agency, day: str) -> bool:
    return agency.closed is not None and agency.closed.day is not None and before(agency.closed.day, day)


def _of_family(agency: Agency) -> list[str]:
    family = agency.body.family
    return [body.id for body in bodies().values() if family and body.family == family and body.id != agency.body.id]


def _all_of(known: Agencies, units: Iterable[Unit], kinds: Iterable[str]) -> list[Agency]:
    kinds = tuple(kinds)
    return [agency for unit in units for kind in kinds for agency in known.of_kind(unit, kind)]


def _following(agency: Agency, others: Iterable[Agency], day: str | None) -> list[Agency]:
    """Those of the others that go on after the day."""
    return [
        other
        for other in others
        if other.id != agency.id
        and (day is None or other.closed is None or other.closed.day is None or after(other.closed.day, day))
    ]
