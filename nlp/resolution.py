"""Names of places in a record to dated units: by the record's day, its issuer's and fonds' unit, and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from nlp.model import Context, Extraction
from ontology.model import Candidate, Unit
from ontology.registry import load
from ontology.scoring import DOUBTS

_MOST_CANDIDATES = 12
_LEVELS = ("commune", "district", "province")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name means: the unit where one is decided, how sure, and the ids that are possible."""

    unit: Unit | None
    certainty: str
    candidates: tuple[str, ...] = ()


UNKNOWN = Resolved(None, "unknown")


@lru_cache(maxsize=65536)
def _resolve(
    name: str, type: str | None, on: str | None, within: tuple[str, ...], nearby: tuple[str, ...]
) -> Resolved:
    found = load().resolve(name, type, on=on, within_units=within, nearby=nearby)
    if not found:
        return UNKNOWN
    ids = tuple(candidate.unit.id for candidate in found[:_MOST_CANDIDATES])
    if len(found) > 1:
        return Resolved(None, "candidates", ids)
    return Resolved(found[0].unit, "certain" if _sure(found[0], on) else "candidates", ids)


def _sure(candidate: Candidate, on: str | None) -> bool:
    """One unit is left and nothing speaks against the reading; without a day the version is not sure."""
    return on is not None and not set(candidate.reasons) & set(DOUBTS)


@dataclass(slots=True)
class Surroundings:
    """What of a record decides its places. ``day``: ISO; ``units``: ids of the issuer's and the fonds' units."""

    day: str | None
    units: tuple[str, ...] = ()
    ancestors: tuple[Unit, ...] = field(default=())

    def resolve(
        self, name: str, type: str | None, *, within: tuple[str, ...] = (), nearby: tuple[str, ...] = ()
    ) -> Resolved:
        """The unit of that name; ``within``: ids of units that the text itself puts around it."""
        return _resolve(" ".join(name.split()), type, self.day, within or self.units, nearby)

    def own(self, type: str) -> Unit | None:
        """The unit that a type word alone means ("UBND quận"): the issuer's or one above it of that type."""
        return next((unit for unit in self.ancestors if unit.type == type), None)

    def at_level(self, level: str) -> Unit | None:
        """The issuer's unit or one above it of that level."""
        return next((unit for unit in self.ancestors if unit.level == level), None)

    @property
    def level(self) -> str | None:
        """The level of the record's own unit."""
        return self.ancestors[0].level if self.ancestors else None

    def is_below(self, level: str | None) -> bool:
        """Whether a level lies under that of the record's own unit."""
        own = self.level
        return own is not None and level in _LEVELS and _LEVELS.index(level) < _LEVELS.index(own)


def day_of(extraction: Extraction) -> str | None:
    """The day on which names are meant: the record's date, the middle of a partial one, the manifest's date."""
    context: Context = extraction.context
    for known in (extraction.date, extraction.date_partial, context.date):
        if known:
            return {4: f"{known}-07-01", 7: f"{known}-15"}.get(len(known), known)
    return None


def surroundings(extraction: Extraction) -> Surroundings:
    """The surroundings of a record whose ``issuer_unit`` is set (or not known)."""
    day = day_of(extraction)
    units = tuple(dict.fromkeys(unit for unit in (extraction.issuer_unit, extraction.context.unit) if unit))
    ontology = load()
    above: tuple[Unit, ...] = ()
    for identifier in units:
        unit = ontology.units.get(identifier)
        if unit is not None:
            above = (unit, *ontology.parents(unit, day))
            break
    return Surroundings(day, tuple(unit for unit in units if unit in ontology.units), above)
