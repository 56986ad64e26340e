"""The creator of a fonds: which agency, of which unit, level and bloc (PRACTICE.md §1.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.linking.identity import agency_node
from kg.model import Edge, Fonds, Node
from ontology import names
from ontology.agencies import AgencyName, recognise, recognise_whole
from ontology.agencies.in_time import agencies
from ontology.agencies.meanings import meanings
from ontology.model import Candidate, Unit
from ontology.registry import Ontology
from ontology.validity import REFORM, day_before

_YEAR = re.compile(r"\d{4}")
_EVE = day_before(REFORM)
_AND = re.compile(r"\s+(?:và|&)\s+|[;/+]\s*")
_SURE = 0.9
"""Score from which an agency in time is the one that a creator's name means: its words whole, its days near."""


@dataclass(frozen=True, slots=True)
class Creator:
    """A fonds with what its creator's name tells, and the creator as an entity of the graph."""

    fonds: Fonds
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()


def describe_creators(
    fonds: Mapping[str, Fonds], ontology: Ontology, days: Mapping[str, str] | None = None
) -> dict[str, Creator]:
    """Each fonds with level, bloc and unit filled in where its creator's name tells them.

    ``days``: by fonds a day (ISO, partial ones too) on which the body was at work, as its files tell it; used where the
    fonds itself tells no period. A name that several units bear is decided by the creator's name or the history of the
    fonds where they name what the unit lies in, else by the province of the delivery's other fonds; where that does not
    decide, the unit stays open. Of an old and a new unit of one name (xã Võ Lao before and after 01/07/2025) the day
    decides; without one it is the old: what is delivered are the papers of bodies that ended. A name that is no body's
    leaves level and bloc empty: "chưa xác định phông".
    """
    days = days or {}
    at_work = {key: _last_day(row) or days.get(key) for key, row in fonds.items()}
    known = {key: _named(row, at_work[key]) for key, row in fonds.items()}
    choices = {key: _choices(fonds[key], name, ontology, at_work[key]) for key, name in known.items()}
    decided = {key: found[0].unit for key, found in choices.items() if _one_line(found)}
    provinces = {ontology.parents(unit)[-1].line for unit in decided.values() if unit.parent}
    for key, found in choices.items():
        near = [candidate for candidate in found if _lines_above(candidate.unit, ontology) & provinces]
        if key not in decided and _one_line(near):
            decided[key] = near[0].unit
    return {key: _creator(row, known[key], decided.get(key), at_work[key]) for key, row in fonds.items()}


def _named(fonds: Fonds, at_work: str | None) -> AgencyName | None:
    """The body that the creator's name means, by its words; where they do not tell its unit, as the agencies in time
    have it ("Phòng TC-KH quận Đống Đa")."""
    if not fonds.creator:
        return None
    written = _one_type(fonds.creator)
    known = recognise_whole(written)
    if known is not None and known.place_name:
        return known
    found = meanings(written, agencies(), at=at_work or _EVE)
    best = [one.agency for one in found if one.score == found[0].score and not (one.below or one.unread)]
    if not best or found[0].score < _SURE or len({(one.body.id, one.unit.line) for one in best}) > 1:
        return known or recognise(written)
    agency = best[0]
    type_, place = names.split_type(agency.unit.name)
    return AgencyName(
        kind=agency.body.kind,
        canonical=agency.name,
        level=agency.unit.level,
        bloc=agency.body.bloc,
        place=agency.unit.name,
        place_type=type_,
        place_name=place,
    )


def _of_two_bodies(creator: str) -> bool:
    """Whether the name joins two bodies of different units ("UBND phường Phú Đô và UBND phường Mễ Trì")."""
    parts = [known for part in _AND.split(creator) if (known := recognise(part)) and known.place_name]
    return len({names.folded_key(known.place_name or "") for known in parts}) > 1


def _creator(fonds: Fonds, known: AgencyName | None, unit: Unit | None, at_work: str | None) -> Creator:
    if not fonds.creator:
        return Creator(fonds)
    unit_id = fonds.unit or (unit.id if unit else None)
    if known is None:
        node = agency_node(fonds.creator, unit_id, date=at_work)
    else:
        level, bloc = fonds.level or known.level or (unit.level if unit else None), fonds.bloc or known.bloc
        fonds = replace(fonds, level=level, bloc=bloc, unit=unit_id)
        name, kind = known.canonical, known.kind
        node = agency_node(name, unit_id, surface=fonds.creator, kind=kind, level=level, bloc=bloc, date=at_work)
    edges = [Edge(fonds.id, "CREATED_BY", node.id)]
    if unit_id:
        edges.append(Edge(node.id, "OF_UNIT", unit_id))
    return Creator(fonds, (node,), tuple(edges))


def _choices(fonds: Fonds, known: AgencyName | None, ontology: Ontology, at_work: str | None) -> list[Candidate]:
    """The units that the creator's name can mean, those that its name or the fonds' history speaks of where there are
    such."""
    if known is None or not known.place_name or _of_two_bodies(fonds.creator or ""):
        return []
    found = ontology.resolve(known.place_name, known.place_type, on=at_work or _EVE)
    if at_work is None and all(candidate.unit.valid_from > _EVE for candidate in found):
        found = ontology.resolve(known.place_name, known.place_type)
    if known.place_type is None and known.level:
        found = [candidate for candidate in found if candidate.unit.level == known.level]
    told = f"{fonds.creator} {fonds.extra.get('history') or ''}"
    said = [candidate for candidate in found if _names_container(told, candidate.unit, ontology)]
    if not said:  # the day may be that of a late paper: the unit that the name tells of had ended
        earlier = ontology.resolve(known.place_name, known.place_type, on=_EVE)
        said = [candidate for candidate in earlier if _names_container(told, candidate.unit, ontology)]
    return said or found


def _last_day(fonds: Fonds) -> str | None:
    """A day near the end of the fonds: its closing, else the beginning of its last year, when the body still was."""
    if fonds.closed:
        return fonds.closed
    years = _YEAR.findall(str(fonds.extra.get("period") or ""))
    return f"{years[-1]}-01-01" if years else None


def _names_container(text: str, unit: Unit, ontology: Ontology) -> bool:
    """Whether the text names a district that this very unit lay in, in any of its versions."""
    spoken = names.key(text)
    above = {parent.name for version in ontology.same(unit) for parent in ontology.parents(version)[:-1]}
    return any(names.key(name) in spoken for name in above)


def _lines_above(unit: Unit, ontology: Ontology) -> set[str]:
    return {parent.line for version in ontology.versions(unit.line) for parent in ontology.parents(version)}


def _one_line(found: Sequence[Candidate]) -> bool:
    """Whether all candidates are versions of one unit."""
    return len({candidate.unit.line for candidate in found}) == 1


def _one_type(creator: str) -> str:
    """ "UBND xã, phường Dịch Vọng" (one body under two types) with the last of the types alone."""
    return _types().sub(r"\1", creator)


@cache
def _types() -> re.Pattern[str]:
    types = "|".join(re.escape(row["type"]) for row in names.rows("unit_types.csv"))
    return re.compile(rf"\b(?:{types})\s*(?:,|/|\(|-|–|\bvà\b|\bhoặc\b)\s*({types})\)?(?=\s)", re.IGNORECASE)
