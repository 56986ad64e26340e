"""Which dated unit a body named in a record belongs to, and what that adds to its name."""

from __future__ import annotations

import re
from dataclasses import replace

from nlp.flat import Flat
from nlp.home import is_generic, last_names, levels_for, party_types, place_type
from nlp.model import AgencyMention
from nlp.resolution import Surroundings, is_former
from ontology.agencies import AgencyName, Reading
from ontology.model import Unit

_PLACELESS = frozenset({"department", "division", "party_body", "party_committee", "portal", "office"})
"""Kinds of bodies that pages name without their place: they are the record's own."""
_OF_DISTRICTS = frozenset({"division", "land_office", "centre"})
"""Kinds that stood at a commune's district until the reform, and at a district's or province's own level."""
_OF_COMMUNES = frozenset({"party_cell", "village", "cooperative"})
"""Kinds that lie in a commune: in its own paper one without a place is its own."""
_COMMUNES = ("commune",)
_BOARDS = {"board": ("commune", "district"), "election_board": ("commune", "district")}
"""Kinds that a committee sets up for a task: without a place they are those of the record's own unit, at these levels."""
_RECORDS_OWN = frozenset(_BOARDS) | _PLACELESS | _OF_DISTRICTS | _OF_COMMUNES
_NAMED_AFTER = frozenset({"school", "health", "cooperative", "enterprise", "party_cell", "centre", "bank"})
"""Kinds that bear the name of their unit without its type word: "Trường Tiểu học Mai Đình"."""
_FORMER = "(cũ)"
_COMMITTEES = re.compile(r"(?:Tỉnh|Thành|Quận|Huyện|Thị) (?:ủy|đoàn)$")


def mention(flat: Flat, reading: Reading, around: Surroundings) -> AgencyMention | None:
    """The mention; None where only a kind of body is meant ("Ủy ban nhân dân xã" in a province's paper)."""
    start, end = flat.span(reading.start, reading.end)
    named = flat.text[start:end]
    former = named.endswith(_FORMER) or is_former(flat.shown, reading.end)
    unit, agency = belonging(reading.agency, named, around, former=former)
    if unit is None and not agency.place_name and agency.place_type and is_generic(agency, around):
        return None
    level = unit.level if unit is not None and agency.level != "central" else agency.level
    return AgencyMention(
        flat.surface(start, end),
        start,
        end,
        agency.canonical,
        agency.kind,
        unit.id if unit else None,
        level,
        agency.bloc,
    )


def belonging(
    agency: AgencyName, surface: str, around: Surroundings, *, former: bool = False
) -> tuple[Unit | None, AgencyName]:
    """The unit that a body of a record belongs to, and the body with what that adds to its name."""
    if agency.place_name:
        found = around.resolve(agency.place_name, place_type(agency), levels=levels_for(agency), former=former)
        return found.unit, agency
    if agency.place_type:
        unit = around.own(agency.place_type)
        return unit, replace(agency, canonical=_filled(agency.canonical, agency.place_type, unit)) if unit else agency
    if agency.kind in _NAMED_AFTER and (unit := _named_after(surface, around)) is not None:
        return unit, agency
    if agency.kind in _RECORDS_OWN or _COMMITTEES.search(agency.canonical):
        agency = _of_city(agency, surface, around)
        unit = _own_unit(agency, around)
        return unit, replace(agency, canonical=_located(agency.canonical, agency, unit))
    return None, agency


def _named_after(surface: str, around: Surroundings) -> Unit | None:
    """The unit whose bare name ends the body's name, where such a unit lies at or around the record's own."""
    return next((unit for name in last_names(surface) if (unit := around.local(name)) is not None), None)


def _filled(name: str, type: str, unit: Unit) -> str:
    """ "Ủy ban nhân dân quận" → "Ủy ban nhân dân quận Đống Đa"."""
    if not name.endswith(type):
        return name
    bare = unit.name[len(unit.type) :].strip()
    return f"{name} {bare}"


def _of_city(agency: AgencyName, surface: str, around: Surroundings) -> AgencyName:
    """ "TTTU" stands for the committee of a province as of a city: the record's own province tells which."""
    if not surface.isupper() or not agency.canonical.endswith("Tỉnh ủy") or around.own("tỉnh"):
        return agency
    if around.at_level("province") is None:
        return agency
    return replace(agency, canonical=agency.canonical.removesuffix("Tỉnh ủy") + "Thành ủy")


def _located(name: str, agency: AgencyName, unit: Unit | None) -> str:
    """The full name of a body that the page names without its place: "Thường trực Quận ủy" → "... Quận ủy Ba Đình",
    "Phòng Tài chính" → "Phòng Tài chính quận Đống Đa"."""
    if unit is None:
        return name
    kind, bare = unit.type, unit.name[len(unit.type) :].strip()
    if _COMMITTEES.search(name):
        return f"{name} {bare}"
    return f"{name} {kind} {bare}" if agency.kind == "division" and unit.level == "district" else name


def _own_unit(agency: AgencyName, around: Surroundings) -> Unit | None:
    """The unit of a body named without a place: a department's province, a committee's own level; none where the
    record's own unit is of another type ("Quận ủy" in a rural district's paper)."""
    if (committee := _COMMITTEES.search(agency.canonical)) is not None:
        return around.own(party_types()[f"{committee.group().split()[0]} ủy"])
    if agency.level in ("province", "district", "commune"):
        return around.at_level(agency.level)
    if agency.kind in _OF_DISTRICTS:
        return around.at_level("district") or around.own_unit
    if agency.kind == "office" and agency.parent is None and not around.elsewhere:
        return around.own_unit
    if levels := _BOARDS.get(agency.kind) or (_COMMUNES if _is_communes(agency) else ()):
        return around.own_unit if around.level in levels and not around.elsewhere else None
    if agency.canonical.startswith("Thành ủy") or (agency.parent or "").startswith("Thành ủy"):
        return around.own("thành phố")
    return None


def _is_communes(agency: AgencyName) -> bool:
    """Whether only a commune has the body, or the Party's committee beside which it stands ("UBKT Đảng ủy")."""
    return agency.kind in _OF_COMMUNES or agency.canonical.endswith(" Đảng ủy")
