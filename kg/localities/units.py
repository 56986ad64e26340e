"""The units that a local table names: old ones that ended, new communes in force. Each name is looked up once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.errors import HosoError
from kg.localities.rows import BadRow
from kg.messages import say
from ontology.errors import AmbiguousUnit, UnitNotFound
from ontology.local_answers import agrees
from ontology.localities import Locality
from ontology.model import Argument, Candidate, Lineage, Unit
from ontology.registry import load

_SHOWN = 3
"""Units named in a reason."""


class Units:
    """Lookups of one load, remembered."""

    def __init__(self) -> None:
        self._ontology = load()
        self._old: dict[tuple[str, ...], Unit | str] = {}
        self._new: dict[tuple[str, ...], Unit | str] = {}
        self._lineages: dict[tuple[str, str | None], Lineage] = {}

    def by_id(self, identifier: str) -> Unit:
        """The unit of that id."""
        return self._ontology.unit(identifier)

    def old_argument(self, text: str) -> Unit:
        """The old unit that the user names for all rows. Raises UnitNotFound, AmbiguousUnit, HosoError(bad_input)."""
        unit = self._ontology.argument(text, prefer="ended").unit
        if unit.level != "commune":
            raise HosoError(say("local_not_a_commune", name=unit.name))
        return unit

    def old(self, name: str, district: str, province: str) -> Unit:
        """The old unit of a row. Raises BadRow."""
        return _given(self._old, (name, district, province), lambda: self._find_old(name, district, province))

    def new(self, name: str, province: str, old: Unit) -> Unit:
        """The new commune of a row, one that is in force or outlived the old unit. Of a name that several communes have
        it is the one that the acts let follow the old unit, else the one in its province. Raises BadRow."""
        return _given(self._new, (name, province, old.id), lambda: self._find_new(name, province, old))

    def agrees(self, row: Locality) -> bool:
        """Whether the acts allow the row."""
        return agrees(row, self._lineage(row.old, self.by_id(row.new).valid_to))

    def _lineage(self, old: str, on: str | None = None) -> Lineage:
        """What became of an old unit on a day (None: today)."""
        lineage = self._lineages.get((old, on))
        if lineage is None:
            lineage = self._lineages[old, on] = self._ontology.successors(self.by_id(old), on)
        return lineage

    def _find_old(self, name: str, district: str, province: str) -> Unit:
        if not name:
            raise BadRow(say("local_no_old"))
        within = ", ".join(part for part in (district, province) if part) or None
        try:
            argument = self._ontology.argument(name, within=within, prefer="ended")
        except UnitNotFound as error:
            raise BadRow(_not_found(name, within, error.candidates)) from error
        except AmbiguousUnit as error:
            raise BadRow(_ambiguous(name, within, [one.unit for one in error.candidates])) from error
        return _sure(argument, name, within)

    def _find_new(self, name: str, province: str, old: Unit) -> Unit:
        if not name:
            raise BadRow(say("local_no_new"))
        try:
            argument = self._ontology.argument(name, within=province or None, prefer="in_force")
        except UnitNotFound as error:
            raise BadRow(_not_found(name, province, error.candidates)) from error
        except AmbiguousUnit as error:
            candidates = [one.unit for one in error.candidates]
            return self._nearest(candidates, old, _ambiguous(name, province, candidates))
        unit = _sure(argument, name, province)
        if unit.valid_to is not None and not (old.valid_to and old.valid_to < unit.valid_to):
            raise BadRow(say("local_new_ended", name=unit.name, end=unit.valid_to))
        return unit

    def _nearest(self, candidates: list[Unit], old: Unit, why: str) -> Unit:
        steps = self._lineage(old.id).steps
        following = {step.unit.id for step in steps}
        provinces = {step.unit.parent for step in steps}
        in_force = [unit for unit in candidates if unit.valid_to is None and unit.level == "commune"]
        for fits in (
            [unit for unit in in_force if unit.id in following],
            [unit for unit in in_force if unit.parent in provinces],
        ):
            if len(fits) == 1:
                return fits[0]
        raise BadRow(why)


def _given(held: dict[tuple[str, ...], Unit | str], key: tuple[str, ...], find: Callable[[], Unit]) -> Unit:
    found = held.get(key)
    if found is None:
        try:
            found = find()
        except BadRow as error:
            found = error.why
        held[key] = found
    if isinstance(found, str):
        raise BadRow(found)
    return found


def _sure(argument: Argument, name: str, within: str | None) -> Unit:
    """The unit, where the accents are those of its name and it is a commune."""
    unit = argument.unit
    if "accents_differ" in argument.reasons:
        raise BadRow(_not_found(name, within, (Candidate(unit, 0.0),)))
    if unit.level != "commune":
        raise BadRow(say("local_not_a_commune", name=unit.name))
    return unit


def _not_found(name: str, within: str | None, near: Iterable[Candidate]) -> str:
    asked = f"{name}, {within}" if within else name
    shown = _shown([one.unit for one in near])
    return say("local_unit_near", name=asked, near=shown) if shown else say("local_unit_not_found", name=asked)


def _ambiguous(name: str, within: str | None, candidates: list[Unit]) -> str:
    asked = f"{name}, {within}" if within else name
    return say("local_unit_ambiguous", name=asked, n=len(candidates), near=_shown(candidates))


def _shown(units: list[Unit]) -> str:
    names = [", ".join([unit.name, *(parent.name for parent in load().parents(unit))]) for unit in units]
    return "; ".join(list(dict.fromkeys(names))[:_SHOWN])
