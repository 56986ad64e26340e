"""The agencies of every unit version, made when they are asked for; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from ontology.agencies.bodies import Body, Form, Style, bodies, forms
from ontology.agencies.dated import Agency, AgencyNotFound, after, before
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

    def _span(self, unit: Unit) -> tuple[Unit, ...]:
        """The versions of the unit through which its bodies live on: the very unit, under one type."""
        versions = self.ontology.same(unit)
        start = end = versions.index(unit)
        while start > 0 and _alike(versions[start - 1], unit):
            start -= 1
        while end + 1 < len(versions) and _alike(versions[end + 1], unit):
            end += 1
        return versions[start : end + 1]

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


@cache
def agencies() -> Agencies:
    """The agencies of the package's units."""
    return Agencies(load())


def _alike(one: Unit, other: Unit) -> bool:
    return one.type == other.type and one.level == other.level


def _agency(body: Body, time: Tenure, span: tuple[Unit, ...], province: str, made: dict[str, Agency]) -> Agency:
    units = tuple(unit for unit in span if _overlap(unit, time)) or span[:1]
    own = f"{body.id}:{units[0].id}"
    number = 1 + sum(identifier.partition("+")[0] == own for identifier in made)
    identifier = own if number == 1 else f"{own}+{number}"
    return Agency(
        identifier,
        body,
        _full_name(body, units[-1], province),
        units,
        province,
        time.opened,
        time.closed,
        time.ended_by,
    )


def _overlap(unit: Unit, time: Tenure) -> bool:
    ended = unit.valid_to and time.opened.day and before(unit.valid_to, time.opened.day)
    begun = time.closed and time.closed.day and after(unit.valid_from, time.closed.day)
    return not ended and not begun


def _full_name(body: Body, unit: Unit, province: str) -> str:
    fitting = (form for form in forms()[body.id] if form.style == "full" and form.scope.holds(unit, province))
    form = next(fitting, forms()[body.id][0])
    return _filled(form, unit)


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
