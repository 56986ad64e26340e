"""The creator of a fonds of which nothing is known but the folder that it was delivered in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.model import Fonds
from ontology import names
from ontology.agencies import AgencyName, recognise_whole
from ontology.model import Unit
from ontology.registry import Ontology

FOLDER = "folder"
"""In ``extra["folder"]`` the folder's name where the fonds has another id; ``extra["creator_basis"]`` where the creator is
read from it."""
_BREAK = re.compile(r"[\s._-]+")


def read_folder(fonds: Fonds, ontology: Ontology, day: str) -> Fonds:
    """The fonds with the creator and its unit that the folder's name spells ("P01-UBND-QUAN-LONG-BIEN"), marked as read
    there; as it stands where a table tells the creator, where the name is not wholly a body's, or where several units
    answer to it on the day (ISO), without accents as folders are written."""
    told = fonds.extra.get("creator_basis") == FOLDER
    if fonds.creator and not told:
        return fonds
    body = _body(str(fonds.extra.get(FOLDER) or fonds.id))
    if body is not None and (unit := _one_unit(*body, ontology, day)) is not None:
        creator = _written(body[0], unit)
        if fonds.creator in (None, creator):
            extra = {**fonds.extra, "creator_basis": FOLDER}
            return replace(fonds, creator=creator, unit=fonds.unit or unit.id, extra=extra)
    extra = {key: value for key, value in fonds.extra.items() if key != "creator_basis"}
    return replace(fonds, extra=extra) if told else fonds


def _body(folder: str) -> tuple[AgencyName, str] | None:
    """The body with its place that the folder's name is, with or without a mark in front; and the name in words."""
    text = _BREAK.sub(" ", folder).strip()
    mark, _, rest = text.partition(" ")
    for spelt in (rest, text) if any(map(str.isdigit, mark)) else (text,):
        # Heads without accents are known in capitals: in small letters such words may be any.
        for written in (spelt, spelt.upper()):
            known = recognise_whole(written) if written else None
            if known is not None and known.place and known.canonical.endswith(known.place):
                return known, spelt
    return None


def _one_unit(known: AgencyName, text: str, ontology: Ontology, day: str) -> Unit | None:
    """The one unit of that type and name on the day, else of all times; those whose containing unit the name has too
    go first."""
    type_ = known.place_type or names.split_type(f"{known.canonical.split()[0]} {known.place_name}")[0]
    if type_ is None:
        return None
    alike = _by_plain_name(ontology).get(names.folded_key(f"{type_} {known.place_name}"), ())
    found = [unit for unit in alike if ontology.stood(unit, day)] or list(alike)
    spoken = names.folded_key(text)
    said = [unit for unit in found if any(names.folded_key(above.name) in spoken for above in ontology.parents(unit))]
    found = said or found
    return found[-1] if len({unit.line for unit in found}) == 1 else None


@lru_cache(maxsize=2)
def _by_plain_name(ontology: Ontology) -> Mapping[str, Sequence[Unit]]:
    """All units by their names without accents, the earliest first."""
    units = sorted(ontology.units.values(), key=lambda unit: unit.valid_from)
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    for key, unit in zip(names.folded_keys([unit.name for unit in units]), units, strict=True):
        found[key].append(unit)
    return found


def _written(known: AgencyName, unit: Unit) -> str:
    """The body's name with its unit's as that is written."""
    type_, bare = names.split_type(unit.name)
    place = f"{(type_ or '').lower()} {bare}".strip() if known.place_type else bare
    return f"{known.canonical.removesuffix(known.place or '')}{place}"
