"""The names of bodies filled into a rule's wording."""

from __future__ import annotations

from ontology import names
from ontology.custody.bodies import successor_wording
from ontology.custody.model import Case, Succession
from ontology.custody.succession import succession
from ontology.model import Unit
from ontology.registry import Ontology


class Naming:
    """Fills names in; ``body`` is the kind of body of the case."""

    def __init__(self, case: Case, body: str, outcome: Succession, ontology: Ontology) -> None:
        self._province = _province_of(case.unit, ontology, case.on)
        here = outcome.successor or case.unit
        self._unit = here
        self._values = {
            "province": inside(self._province) or "tỉnh",
            "party_committee": _party_committee(self._province),
            "unit": inside(case.unit),
            "creator": case.creator,
            "successor": inside(here),
        }
        self._values["successor_body"] = successor_wording(body).format(**self._values)

    def fill(self, wording: str) -> str | None:
        """The wording with names, None for an empty one."""
        return " ".join(wording.format(**self._values).split()) or None

    def receiver(self, wording: str) -> str | None:
        """The unit of the body that the wording names."""
        if not wording:
            return None
        unit = self._province if "{province}" in wording or "{party_committee}" in wording else self._unit
        return unit.id if unit else None


def inside(unit: Unit | None) -> str:
    """A unit's name as it stands inside another name: "Ủy ban nhân dân phường Hoàn Kiếm"."""
    return unit.name[:1].lower() + unit.name[1:] if unit else ""


def _province_of(unit: Unit | None, ontology: Ontology, on: str | None) -> Unit | None:
    """The province of that day that the unit's province became; the unit's own where that was divided."""
    if unit is None:
        return None
    own = (
        unit if unit.level == "province" else next((p for p in ontology.parents(unit) if p.level == "province"), None)
    )
    if own is None:
        return None
    outcome = succession(own, "province", ontology, on)
    return outcome.successor or own


def _party_committee(province: Unit | None) -> str:
    """The provincial Party committee: "Thành ủy Hà Nội", "Tỉnh ủy Nghệ An"."""
    if province is None:
        return "cấp ủy cấp tỉnh"
    _, bare = names.split_type(province.name)
    return f"{'Thành ủy' if province.type == 'thành phố' else 'Tỉnh ủy'} {bare}"
