"""Which dated unit a place named in a record is: by what the text puts around it, the record's unit and its title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from nlp.flat import Flat
from nlp.model import Extraction
from nlp.resolution import UNKNOWN, Resolved, Surroundings, is_former
from ontology.agencies.words import same_spelling
from ontology.folding import fold
from ontology.names import levels_of, split_type
from ontology.registry import load

ROW_JOINT = re.compile(r" ?(?:, ?(?:- ?)?| và | - )")
"""What joins the names of a row: "các xã A, B và C"."""
_CHAIN = re.compile(r" ?(?:,|-|–|thuoc|cua|\() ?(?:thuoc |cua )?")
_LEVEL_ORDER = {"commune": 0, "district": 1, "province": 2}
_MOST_PROVINCES = 4
_PROVINCE_TYPES = frozenset({None, "tỉnh", "thành phố"})


@dataclass(slots=True)
class Spot:
    """A place in the flat text before it is resolved. ``type`` is a unit's type word or a kind of our own."""

    start: int
    end: int
    name: str
    type: str | None
    kind: str | None = None
    resolved: Resolved = field(default=UNKNOWN)


def title_of(flat: Flat, extraction: Extraction) -> tuple[int, int]:
    """Where the abstract stands in the flat text; nowhere, an empty stretch."""
    zone = extraction.zone("abstract")
    return (flat.forth(zone.start), flat.forth(zone.end)) if zone else (0, 0)


def resolve(flat: Flat, spots: list[Spot], around: Surroundings, title: tuple[int, int]) -> None:
    """Fill ``resolved`` of every spot that can be a unit. ``title``: where the abstract stands in the flat text.

    Greater places first, so that each can put those named before it in its bounds ("xã A, huyện B, tỉnh C")."""
    units = [spot for spot in spots if spot.kind is None]
    nearby = () if around.units else _provinces(units, around, title)
    for index in range(len(units) - 1, -1, -1):
        spot = units[index]
        chain = _container(flat, units, index)
        below = nearby if spot.type not in _PROVINCE_TYPES else ()
        spot.resolved = around.resolve(
            spot.name, spot.type, inside=chain, nearby=below, former=is_former(flat.shown, spot.end)
        )
        if not _accents_agree(spot):
            spot.resolved = UNKNOWN


def _provinces(units: list[Spot], around: Surroundings, title: tuple[int, int]) -> tuple[str, ...]:
    """The provinces that a central body's record names, in its title where there are such: its communes are sought
    there first, also those that it founds and that begin after its day. All versions of each; none of many."""
    spots = [spot for spot in units if spot.type in _PROVINCE_TYPES]
    for chosen in ([spot for spot in spots if title[0] <= spot.start < title[1]], spots):
        found = {
            split_type(unit.name)[1]
            for spot in chosen
            if (unit := around.resolve(spot.name, spot.type).unit) and unit.level == "province"
        }
        if found:
            return _versions(frozenset(found)) if len(found) <= _MOST_PROVINCES else ()
    return ()


@lru_cache(maxsize=256)
def _versions(names: frozenset[str]) -> tuple[str, ...]:
    """All provinces of those names: one that others joined may go on under another's code."""
    units = load().units.values()
    return tuple(unit.id for unit in units if unit.level == "province" and split_type(unit.name)[1] in names)


def _accents_agree(spot: Spot) -> bool:
    """Whether a name of one syllable that has accents is spelt as the unit's: "Chủ" is not "Chũ". In longer names a
    scan's slip is forgiven."""
    unit = spot.resolved.unit
    name = spot.name.strip()
    if unit is None or " " in name or name.isdigit() or fold(name) == name.lower():
        return True
    return same_spelling(name, split_type(unit.name)[1]) or " " in split_type(unit.name)[1]


def _container(flat: Flat, units: list[Spot], index: int) -> tuple[str, ...]:
    """What can be the unit that the text names right behind the place as the one around it."""
    spot = units[index]
    level = _least_level(spot)
    position = spot.end
    for follower in units[index + 1 : index + 8]:
        between = flat.folded[position : follower.start]
        if not (_CHAIN.fullmatch(between) or ROW_JOINT.fullmatch(flat.shown[position : follower.start])):
            return ()
        unit = follower.resolved.unit
        if _least_level(follower) > level:
            return (unit.id,) if unit is not None else follower.resolved.candidates
        position = follower.end
    return ()


def _least_level(spot: Spot) -> int:
    levels = levels_of(spot.type) if spot.type else frozenset()
    if not levels and spot.resolved.unit is not None:
        return _LEVEL_ORDER[spot.resolved.unit.level]
    return min((_LEVEL_ORDER[level] for level in levels), default=2 if spot.type is None else 0)
