"""Names of places in a record to dated units: by the record's day, its issuer's and fonds' unit, and its neighbours."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import NamedTuple

from nlp.model import Context, Extraction
from nlp.votes import Page
from ontology.dates import parse
from ontology.errors import BadDate
from ontology.model import Candidate, Unit
from ontology.names import rows
from ontology.registry import load
from ontology.scoring import DOUBTS
from ontology.validity import some_day

_MOST_CANDIDATES = 12
_A_DAY = re.compile(r"(?<!\d)(\d{1,2})(?: ?[/.-] ?| tháng ?)(\d{1,2})(?: ?[/.-] ?| năm ?)((?:19|20)\d\d)(?!\d)")
_SEEN = 20000
"""Characters of a page without a date in which days are looked for."""
_SHORTEST_MISREAD = 5
"""Letters of a name that may be one of the neighbourhood misread."""
_SURE_DATE = 0.8
"""Confidence from which the date read is believed before the manifest's."""
_SINCE = ("nay ", "sau ", "đổi ")
"""How remarks begin that say what became of a unit."""
_EARLIEST = "1945-09-02"
_LOCAL = frozenset({"context", "context_above", "context_below", "context_near"})
_LEVELS = ("commune", "district", "province")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name means: the unit where one is decided, how sure, and the ids that are possible."""

    unit: Unit | None
    certainty: str
    candidates: tuple[str, ...] = ()


UNKNOWN = Resolved(None, "unknown")


class _Asked(NamedTuple):
    """What is asked of a name: the arguments of ``Surroundings.resolve``."""

    name: str
    type: str | None
    inside: tuple[str, ...]
    nearby: tuple[str, ...]
    levels: frozenset[str]
    former: bool


@lru_cache(maxsize=65536)
def _resolve(asked: _Asked, on: str | None, within: tuple[str, ...]) -> Resolved:
    name, type, inside, nearby, levels, former = asked
    found = load().resolve(
        name, type, on=on, within_units=within, inside=inside, nearby=nearby, levels=levels, former=former
    )
    if not found:
        return UNKNOWN
    ids = tuple(candidate.unit.id for candidate in found[:_MOST_CANDIDATES])
    if len(found) > 1:
        return Resolved(None, "candidates", ids)
    sure = _sure(found[0], on)
    if sure and within and not inside and not nearby and _is_far(found[0]):
        others = load().resolve(name, type, on=on, levels=levels, former=former)
        if len(others) > 1:  # the province alone speaks for this one
            return Resolved(
                found[0].unit,
                "candidates",
                tuple(dict.fromkeys([*ids, *(one.unit.id for one in others)]))[:_MOST_CANDIDATES],
            )
    return Resolved(found[0].unit, "certain" if sure else "candidates", ids)


def _is_far(candidate: Candidate) -> bool:
    """Whether a commune lies in another district than what the record is about."""
    return candidate.unit.level == "commune" and not _LOCAL & set(candidate.reasons)


@lru_cache(maxsize=16384)
def _misread(name: str, type: str | None, on: str | None, home: tuple[str, ...]) -> Unit | None:
    found = load().resolver.text.near_home(name, type, on, home)
    return found[0].unit if found else None


def _sure(candidate: Candidate, on: str | None) -> bool:
    """One unit is left and nothing speaks against the reading; without a day the version is not sure."""
    return on is not None and not set(candidate.reasons) & set(DOUBTS)


@dataclass(slots=True)
class Surroundings:
    """What of a record decides its places. ``day``: ISO; ``units``: ids of the issuer's and the fonds' units;
    ``guessed``: the day is only one that the page speaks of; ``elsewhere``: the unit is one that the page speaks of, not
    the issuer's; ``page``: the places that the page names, which decide among namesakes."""

    day: str | None
    units: tuple[str, ...] = ()
    ancestors: tuple[Unit, ...] = field(default=())
    guessed: bool = False
    elsewhere: bool = False
    page: Page = field(default_factory=Page)
    _known: dict[_Asked, Resolved] = field(default_factory=dict)

    def resolve(
        self,
        name: str,
        type: str | None,
        *,
        inside: tuple[str, ...] = (),
        nearby: tuple[str, ...] = (),
        levels: Collection[str] = (),
        former: bool = False,
    ) -> Resolved:
        """The unit of that name; ``inside``: ids of what one unit can be that the text itself puts around it;
        ``levels``: those at which it stands, where that is known; ``former``: the text says that it is no more."""
        asked = _Asked(" ".join(name.split()), type, inside, nearby, frozenset(levels), former)
        known = self._known.get(asked)
        if known is None:
            known = self._known[asked] = self._decide(asked)
        return known

    def _decide(self, asked: _Asked) -> Resolved:
        name = asked.name
        found = _resolve(asked, self.day, self.units)
        if len(found.candidates) > 1 and self.page.named and not asked.nearby:
            winner, sure = self.page.voted(found.candidates, name)
            if winner is not None:
                certainty = "certain" if sure and load().units[winner].valid_from_certain else "candidates"
                found = Resolved(load().units[winner], certainty, found.candidates)
        if not found.candidates and not asked.inside and self.units and len(name) >= _SHORTEST_MISREAD:
            near = _misread(name, asked.type, self.day, self.units)
            found = Resolved(near, "candidates", (near.id,)) if near is not None else found
        return replace(found, certainty="candidates") if self.guessed and found.unit else found

    def local(self, name: str) -> Unit | None:
        """The unit of that bare name that is the record's own, or lies above, below or beside it."""
        found = self.resolve(name, None).unit
        if found is None:
            return None
        text = load().resolver.text
        return found if any(text.standing(found, unit, self.day) in _LOCAL for unit in self.units) else None

    @property
    def own_unit(self) -> Unit | None:
        """The record's own unit."""
        return self.ancestors[0] if self.ancestors else None

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
        own = None if self.elsewhere else self.level
        return own is not None and level in _LEVELS and _LEVELS.index(level) < _LEVELS.index(own)


@cache
def _former() -> re.Pattern[str]:
    said = [
        row["form"]
        for row in rows("name_remarks.csv")
        if (row["drops"] == "itself" and not row["form"].startswith("hiện")) or row["form"].startswith(_SINCE)
    ]
    return re.compile(rf"[\s,]*\(?\s*(?:{'|'.join(map(re.escape, said))})(?!\w)")


def is_former(shown: str, end: int) -> bool:
    """Whether a text says of the name that ends there that it is no more: "xã A (cũ)", "xã A (nay là phường B)"."""
    return _former().match(shown, end) is not None


def day_of(extraction: Extraction) -> str | None:
    """The day on which names are meant: the record's date, the middle of a partial one, the manifest's date; this
    before a date that is read with doubt."""
    context: Context = extraction.context
    doubtful = extraction.confidence.get("date", extraction.confidence.get("date_partial", 1.0)) < _SURE_DATE
    read = (extraction.date, extraction.date_partial)
    for known in (context.date, *read) if doubtful else (*read, context.date):
        if known:
            return some_day(known)
    return None


def written_day(extraction: Extraction) -> str | None:
    """The last day that a page without a date of its own speaks of: it is hardly older."""
    days = (_iso(*found) for found in _A_DAY.findall(extraction.text[:_SEEN]))
    return max((day for day in days if day and day >= _EARLIEST), default=None)


def _iso(*parts: str) -> str | None:
    try:
        return parse("/".join(parts), partial=False)
    except BadDate:
        return None


def around_day(extraction: Extraction) -> str | None:
    """The day of the record, else the last one that its page speaks of."""
    return day_of(extraction) or written_day(extraction)


def surroundings(extraction: Extraction, home: str | None = None, page: Page | None = None) -> Surroundings:
    """The surroundings of a record whose ``issuer_unit`` is set (or not known); ``home``: the id of the unit that the
    page speaks of, for one without an issuer and a fonds; ``page``: the places that it names."""
    told = day_of(extraction)
    day = told or written_day(extraction)
    ontology = load()
    units: dict[str, Unit] = {}
    for identifier in (extraction.issuer_unit, extraction.context.unit):
        if identifier and (unit := ontology.units.get(identifier)) is not None:
            units[identifier] = unit
    elsewhere = not units and home is not None
    if not units and home is not None:
        units[home] = ontology.units[home]
    first = next(iter(units.values()), None)
    above = (first, *ontology.parents(first, day)) if first else ()
    return Surroundings(
        day, tuple(units), above, guessed=told is None and day is not None, elsewhere=elsewhere, page=page or Page()
    )
