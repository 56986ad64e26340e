"""The names of bodies filled into a rule's wording, and the units of those bodies."""

from __future__ import annotations

from functools import lru_cache
from string import Formatter

from ontology import dates, names
from ontology.agencies.dated import Agency, before
from ontology.agencies.heirs import successors
from ontology.agencies.in_time import agencies
from ontology.custody.bodies import name_key, successor_wording
from ontology.custody.model import Case, Succession
from ontology.custody.succession import last_of_name, succession
from ontology.model import Unit
from ontology.registry import Ontology

_OF_SUCCESSOR = frozenset({"successor", "successor_body"})
_OF_PROVINCE = frozenset({"province", "party_committee"})
_OF_UNIT = frozenset({"unit", "creator"})


class Naming:
    """Fills names in; ``body`` is the kind of body of the case."""

    def __init__(self, case: Case, body: str, outcome: Succession, ontology: Ontology) -> None:
        on = case.on or dates.today()
        self._case = case
        self._body = body
        self._successor = outcome.successor
        self._goes_on = outcome.change in ("continues", "split_off")
        self._province = _province_of(case.unit, outcome, ontology, on)
        self._on = on

    def lacks(self, wording: str) -> bool:
        """Whether the wording speaks of a successor where there is not one."""
        return self._successor is None and not _fields(wording).isdisjoint(_OF_SUCCESSOR)

    def undetermined(self, wording: str) -> bool:
        """Whether the wording names a body of the province, and which province that is now is not known of the
        creator's unit: one that ended without one successor."""
        return (
            self._case.unit is not None and self._province is None and not _fields(wording).isdisjoint(_OF_PROVINCE)
        )

    def fill(self, wording: str) -> str | None:
        """The wording with names, None for an empty one; a province that is not known is called just that."""
        if not wording:
            return None
        values = {
            "province": inside(self._province) or "tỉnh",
            "party_committee": _party_committee(self._province),
            "unit": inside(self._case.unit),
            "creator": self._creator() if "creator" in _fields(wording) else "",
            "successor": inside(self._successor),
            "successor_body": "",
        }
        if "successor_body" in _fields(wording):
            values["successor_body"] = successor_wording(self._body).format(
                creator=self._case.creator, successor=values["successor"]
            )
        return " ".join(wording.format(**values).split()) or None

    def unknown(self, wording: str) -> str:
        """What to say of a wording that is ``undetermined``."""
        return f"{self.fill(wording)}: chưa xác định"

    def receiver(self, wording: str) -> str | None:
        """The unit of the body that the wording names; None where it names none (the archive of a line), or one that
        is no more."""
        used = _fields(wording)
        if used & _OF_PROVINCE:
            unit = self._province
        elif used & _OF_SUCCESSOR or (used & _OF_UNIT and self._goes_on):
            unit = self._successor
        else:
            unit = None
        return unit.id if unit else None

    def _creator(self) -> str:
        """The creator, or the body that took its place where its kind of body ended and its unit goes on."""
        heir = _heir(self._case.creator, self._case.unit, self._on) if self._case.unit else None
        if heir == "":
            return successor_wording("other").format(creator=self._case.creator, successor=inside(self._successor))
        return heir or self._case.creator


def inside(unit: Unit | None) -> str:
    """A unit's name as it stands inside another name: "Ủy ban nhân dân phường Hoàn Kiếm"."""
    return unit.name[:1].lower() + unit.name[1:] if unit else ""


@lru_cache(maxsize=4096)
def _fields(wording: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(wording) if name)


@lru_cache(maxsize=4096)
def _heir(creator: str, unit: Unit, on: str) -> str | None:
    """The body that does its work since its kind of body ended; None where it goes on or is not known, "" where no one
    heir is known."""
    key = name_key(creator)
    known = agencies()
    one = next((agency for agency in known.of(unit) if name_key(agency.name) == key), None)
    met: set[str] = set()
    while one is not None and _ended(one, on) and one.id not in met:
        met.add(one.id)
        heirs = [link.agency for link in successors(one, known) if not link.after_absence]
        if len(heirs) != 1:
            return ""
        one = heirs[0]
    return one.name if one is not None and met else None


@lru_cache(maxsize=4096)
def own_end(creator: str, unit: Unit) -> str | None:
    """The last day (ISO, maybe partial) of a creator whose kind of body ended, or was done away with, while its unit went
    on, and that was not set up there again; None of others, and where its name is not known there."""
    key = name_key(creator)
    found = [agency for agency in agencies().of(unit) if name_key(agency.name) == key]
    days = [one.closed.day for one in found if one.ended_by not in (None, "unit") and one.closed and one.closed.day]
    return max(days) if days and len(days) == len(found) else None


def _ended(agency: Agency, on: str) -> bool:
    closed = agency.closed.day if agency.closed else None
    return agency.ended_by == "body" and closed is not None and before(closed, on)


def _province_of(unit: Unit | None, outcome: Succession, ontology: Ontology, on: str) -> Unit | None:
    """The province of that day: around the one unit that goes on, else what became of the one around the last version
    of the unit. None where that was divided, or where nothing is known of it."""
    if unit is None:
        return None
    if outcome.successor is not None:
        return _around(outcome.successor, ontology, on)
    if unit.level == "province":
        return None
    last = _around(last_of_name(unit, ontology, on), ontology, None)
    return succession(last, "province", ontology, on).successor if last else None


def _around(unit: Unit, ontology: Ontology, on: str | None) -> Unit | None:
    if unit.level == "province":
        return unit
    return next((above for above in ontology.parents(unit, on) if above.level == "province"), None)


def _party_committee(province: Unit | None) -> str:
    """The provincial Party committee: "Thành ủy Hà Nội", "Tỉnh ủy Nghệ An"."""
    if province is None:
        return "cấp ủy cấp tỉnh"
    _, bare = names.split_type(province.name)
    return f"{'Thành ủy' if province.type == 'thành phố' else 'Tỉnh ủy'} {bare}"
