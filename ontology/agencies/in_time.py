"""The agencies of every unit version, made when they are asked for; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ontology.agencies.bodies import Body, Form, Style, bodies, forms
from ontology.agencies.dated import Agency, AgencyNotFound, after, before
from ontology.agencies.exceptions import BodyException
from ontology.agencies.own import BadAgencyTable, OwnTable, own_table
from ontology.agencies.spans import span_of
from ontology.agencies.tenures import Tenure, tenures
from ontology.model import Unit
from ontology.name_index import bare_name
from ontology.registry import Ontology, load


class Agencies:
    """The agencies of one ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.span = lru_cache(maxsize=65536)(self._span)
        self.of_kind = lru_cache(maxsize=65536)(self._of_kind)

    def of(self, unit: Unit, on: str | None = None, kinds: Iterable[Body] | None = None) -> list[Agency]:
        """The agencies of the unit, of these kinds (default: all); ``on``: those in force on that day, else those of
        the whole time of its bodies, through the versions that ``dated`` counts as one."""
        found = [agency for body in kinds or bodies().values() for agency in self.of_kind(unit, body.id)]
        return found if on is None else [agency for agency in found if agency.in_force(on)]

    def agency(self, identifier: str) -> Agency:
        """The agency of that id. Raises AgencyNotFound."""
        kind, _, place = identifier.partition(":")
        unit = self.ontology.units.get(place.partition("+")[0])
        found = self.of_kind(unit, kind) if unit is not None and kind in bodies() else ()
        for agency in found:
            if agency.id == identifier:
                return agency
        raise AgencyNotFound(identifier)

    def names(self, agency: Agency) -> dict[str, Style]:
        """Every name that pages write for the agency → what it is; the full names first, the last one borne first."""
        found: dict[str, Style] = {}
        for form in _of_its_time(agency):
            for unit in reversed(agency.units):
                if form.scope.holds(unit, agency.province):
                    found.setdefault(_filled(form, unit), form.style)
        return dict(sorted(found.items(), key=lambda item: item[1] != "full"))

    def absent_on(self, agency: Agency, day: str) -> bool:
        """Whether by an exception the agency's unit had no body of its kind on the day (ISO, maybe partial)."""
        if agency.ended_by != "absence" or agency.closed is None or agency.closed.day is None:
            return False
        again = [other.opened.day for other in self.of_kind(agency.unit, agency.body.id) if other.id != agency.id]
        limit = min((start for start in again if start and after(start, agency.closed.day)), default=None)
        unit_end = self.span(agency.unit)[-1].valid_to
        within = not (limit and not before(day, limit)) and not (unit_end and after(day, unit_end))
        return after(day, agency.closed.day) and within

    def own_exceptions(self, agency: Agency) -> tuple[BodyException, ...]:
        """The rows of the archive's own table that are about the agency."""
        return tuple(
            exception
            for exception in own_table().exceptions
            if exception.effect != "none"
            and any(exception.holds(agency.body, unit, agency.province) for unit in agency.units)
        )

    def _span(self, unit: Unit) -> tuple[Unit, ...]:
        return span_of(unit, self.ontology)

    def _of_kind(self, unit: Unit, kind: str) -> tuple[Agency, ...]:
        body, span = bodies()[kind], self.span(unit)
        if span[0] is not unit:
            return self.of_kind(span[0], kind)
        province = self.province(span[-1])
        if not body.scope.holds(span[-1], province):
            return ()
        versions = self.ontology.same(unit)
        times = tenures(body, span, province, new_type=versions[-1] is not span[-1])
        made: dict[str, Agency] = {}
        for time in times:
            agency = _agency(body, time, span, province, made)
            made[agency.id] = agency
        return tuple(made.values())

    def province(self, unit: Unit) -> str:
        """The line (code) of the province around the unit, on its last day or today."""
        return next((above.line for above in self.ontology.parents(unit) if above.level == "province"), unit.line)


def agencies() -> Agencies:
    """The agencies of the package's units, with an archive's own exceptions (own.py). Raises BadAgencyTable."""
    return _agencies(own_table())


@lru_cache(maxsize=2)
def _agencies(own: OwnTable) -> Agencies:
    known = Agencies(load())
    for exception in own.exceptions:
        for heir in (heir for heir in exception.heirs if ":" in heir):
            try:
                known.agency(heir)
            except AgencyNotFound as error:
                row = own.rows[exception.id]
                raise BadAgencyTable("unknown_heir", own.path, row=row, column="heirs", value=heir) from error
    return known


def _agency(body: Body, time: Tenure, span: tuple[Unit, ...], province: str, made: dict[str, Agency]) -> Agency:
    units = tuple(unit for unit in span if _overlap(unit, time)) or span[:1]
    own = f"{body.id}:{units[0].id}"
    number = 1 + sum(identifier.partition("+")[0] == own for identifier in made)
    identifier = own if number == 1 else f"{own}+{number}"
    return Agency(
        identifier,
        body,
        _full_name(body, units[-1], province, time),
        units,
        province,
        time.opened,
        time.closed,
        time.ended_by,
        time.heirs,
    )


def _overlap(unit: Unit, time: Tenure) -> bool:
    ended = unit.valid_to and time.opened.day and before(unit.valid_to, time.opened.day)
    begun = time.closed and time.closed.day and after(unit.valid_from, time.closed.day)
    return not ended and not begun


def _full_name(body: Body, unit: Unit, province: str, time: Tenure) -> str:
    end = time.closed.day if time.closed else None
    fitting = (
        form
        for form in forms()[body.id]
        if form.style == "full"
        and form.scope.holds(unit, province)
        and not (form.until and (end is None or after(end, form.until)))
        and not (form.since and end and before(end, form.since))
    )
    return _filled(next(fitting, forms()[body.id][-1]), unit)


def _of_its_time(agency: Agency) -> list[Form]:
    start, end = agency.opened.day, agency.closed.day if agency.closed else None
    return [
        form
        for form in forms()[agency.body.id]
        if not (form.until and start and agency.opened.exact and after(start, form.until))
        and not (form.since and end and before(end, form.since))
    ]


def _filled(form: Form, unit: Unit) -> str:
    """The name by that form: a unit's type word is small inside it."""
    bare = bare_name(unit)
    return form.text.format(unit=f"{unit.type} {bare}".strip(), name=bare)
