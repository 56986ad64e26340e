"""Names of places in a record to dated units: by the record's day, its issuer's and fonds' unit, and its neighbours."""

from __future__ import annotations

from collections.abc import Collection
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
    name: str,
    type: str | None,
    on: str | None,
    within: tuple[str, ...],
    inside: tuple[str, ...],
    nearby: tuple[str, ...],
    levels: frozenset[str],
) -> Resolved:
    found = load().resolve(name, type, on=on, within_units=within, inside=inside, nearby=nearby, levels=levels)
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
        self,
        name: str,
        type: str | None,
        *,
        inside: tuple[str, ...] = (),
        nearby: tuple[str, ...] = (),
        levels: Collection[str] = (),
    ) -> Resolved:
        """The unit of that name; ``inside``: ids of what one unit can be that the text itself puts around it;
        ``levels``: those at which it stands, where that is known."""
        return _resolve(" ".join(name.split()), type, self.day, self.units, inside, nearby, frozenset(levels))

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
    ontology = load()
    units: dict[str, Unit] = {}
    for identifier in (extraction.issuer_unit, extraction.context.unit):
        if identifier and (unit := ontology.units.get(identifier)) is not None:
            units[identifier] = unit
    first = next(iter(units.values()), None)
    above = (first, *ontology.parents(first, day)) if first else ()
    return Surroundings(day, tuple(units), above)
