"""Addresses in the questions about units: the units that one lies in, what names none, what local tables say of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.questions.units import NO_UNIT, candidate_json
from ontology.address_text import clean
from ontology.addresses import Address, parse
from ontology.folding import fold
from ontology.locality_names import is_locality
from ontology.model import Candidate
from ontology.names import key
from ontology.registry import load
from ontology.scoring import WEIGHTS

if TYPE_CHECKING:
    from ontology.localities import Localities

_IN_DOUBT = 0.8
"""Score of a unit whose table may not mean the place; as in ``ontology.scoring`` a convention."""


def read(name: str, within: str | None) -> Address | None:
    """A name that is no unit's as an address: parts below a commune, then units; None where it has not both."""
    address = parse(f"{name}, {within}" if within else name)
    return address if address.details and address.chain else None


def unknown_units(address: Address, name: str, within: str | None) -> tuple[str, ...]:
    """What stands where a containing unit would, behind the smallest unit or in ``within``, and is none: neither a unit
    nor, by its word or number, a place below a commune. Details before the smallest unit are left as they are."""
    own, beside = clean(name)[0], clean(within)[0] if within else []
    pieces = [key(piece) for piece in (*own, *beside)]
    smallest, largest = (_positions(name, pieces)[-1:] for name in (address.chain[0], address.chain[-1]))
    if not smallest or not largest or smallest > largest:
        return ()  # written from the largest unit to the smallest: details come last
    found = []
    for detail in address.details:
        position = _positions(detail, pieces)[:1]
        if position <= smallest or is_locality(detail):
            continue
        if position[0][0] >= len(own) or not _is_unit(detail):
            found.append(detail)
    return tuple(found)


def units(
    name: str,
    within: str | None,
    found: Sequence[Candidate],
    *,
    at: str | None,
    nearby: Sequence[str],
    store: str | None,
) -> list[dict[str, Any]]:
    """See ``kg.questions.units.unit``: for a name that is no unit's. ``found``: its near misses; ``at``: a day."""
    accented = fold(name) != name.lower()
    address = read(name, within)
    if address is None:
        local = _by_tables(name, within, accented, at, store)
        return local or [candidate_json(one, on=at) for one in found]
    held = [one for one in load().find(", ".join(address.chain), at=at, nearby=nearby) if _is_meant(one)]
    if held and (unknown := unknown_units(address, name, within)):
        weight = WEIGHTS["not_within"]
        outside = [Candidate(one.unit, one.score * weight, (*one.reasons, "not_within")) for one in held]
        return [candidate_json(one, on=at) | {"unknown": list(unknown)} for one in outside]
    if not held:
        return [candidate_json(one, on=at) for one in found]
    from kg.localities import load_localities

    tables = load_localities(store)
    holding = [Candidate(one.unit, one.score, (*one.reasons, "holds_address")) for one in held]
    return [_with_table(one, address.details, tables, accented, at) for one in holding]


def _positions(text: str, pieces: Sequence[str]) -> list[tuple[int, int]]:
    """Where a text stands in an address: in which pieces, and how far behind their beginning."""
    found = ((number, f" {piece} ".find(f" {key(text)} ")) for number, piece in enumerate(pieces))
    return [one for one in found if one[1] >= 0]


def _is_meant(candidate: Candidate) -> bool:
    return not NO_UNIT.intersection(candidate.reasons)


def _is_unit(name: str) -> bool:
    return any(map(_is_meant, load().find(name)))


def _by_tables(
    name: str, within: str | None, accented: bool, at: str | None, store: str | None
) -> list[dict[str, Any]]:
    """The old units under which local tables know a locality that stands alone."""
    from kg.localities import load_localities

    if within:
        return []
    address = parse(name)
    details = address.details or address.chain[:1]
    tables = load_localities(store)
    placed = tables.anywhere(details, accented=accented)
    known = load().units
    old = dict.fromkeys(row.old for row in placed.rows if row.old in known)
    reasons = ("local_table", *placed.doubts)
    score = _IN_DOUBT if placed.doubts else 1.0
    return [_with_table(Candidate(known[one], score, reasons), details, tables, accented, at) for one in old]


def _with_table(
    candidate: Candidate, details: Sequence[str], tables: Localities, accented: bool, at: str | None
) -> dict[str, Any]:
    """The unit's value with what the tables say of the place: onwards from an old unit, back from a new one."""
    from ontology.local_answers import decided

    value = candidate_json(candidate, on=at) | {"locality": {"details": list(details)}}
    if not tables:
        return value
    unit = candidate.unit
    answer = decided(load().successors(unit), unit, details, tables, accented=accented, at=at)
    if not answer.rows and tables.knows_new(unit):
        lineage = load().predecessors(unit)
        answer = decided(lineage, unit, details, tables, direction="predecessors", accented=accented, at=at)
    return value | answer.to_json() if answer.rows else value
