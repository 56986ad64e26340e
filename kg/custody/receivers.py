"""The unit of a body that a paper names: "UBND phường Đống Đa" is of the ward of today."""

from __future__ import annotations

from ontology.agencies import recognise
from ontology.model import Unit
from ontology.registry import Ontology


class Receivers:
    """Lookups of one question, remembered."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._known: dict[tuple[str, Unit | None], str | None] = {}

    def unit(self, body: str, near: Unit | None) -> str | None:
        """The id of the unit in force that the body's name tells; of several of that name the one in the province that
        ``near`` lies in now; None where that does not decide."""
        key = (body, near)
        if key not in self._known:
            self._known[key] = self._find(body, near)
        return self._known[key]

    def _find(self, body: str, near: Unit | None) -> str | None:
        known = recognise(body)
        if known is None or not known.place_name:
            return None
        found = self._ontology.resolve(known.place_name, known.place_type)
        units = [one.unit for one in found if one.unit.valid_to is None and "accents_differ" not in one.reasons]
        if known.place_type:
            units = [unit for unit in units if unit.type == known.place_type]
        if len(units) > 1 and near is not None:
            province = self._province(near)
            units = [unit for unit in units if self._province(unit) == province]
        return units[0].id if len(units) == 1 else None

    def _province(self, unit: Unit) -> str | None:
        above = (unit, *self._ontology.parents(unit))[-1]
        now = above if above.valid_to is None else None
        if now is None:
            steps = self._ontology.successors(above).steps
            now = steps[0].unit if len(steps) == 1 else None
        return now.line if now else None
