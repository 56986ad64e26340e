"""Which rows of ``units`` a reader can know: of a name that several units of the day bear, neither the page nor what
fonds and manifest tell may leave open which is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from ontology.model import Unit
from ontology.registry import load
from tests.nlp.generated.spelling import OLD, toneless
from tests.nlp.generated.world import Place

SAME, WITHIN, BESIDE, NEAR, APART = range(5)
"""How a unit lies to that of the fonds: itself, one in the other, in the same direct unit, in the same province."""


def folded(text: str, *, bare: bool = False) -> str:
    """The text in small letters, tones in their modern place; ``bare``: without tones."""
    text = " ".join(text.casefold().split())
    for new, old in OLD:
        text = text.replace(old, new)
    return toneless(text) if bare else text


@cache
def _named(bare: bool) -> dict[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for unit in load().units.values():
        found.setdefault(folded(Place(unit).bare, bare=bare), []).append(unit)
    return {name: tuple(units) for name, units in found.items()}


def _day(unit: Unit, day: str, former: bool) -> str:
    return min(day, unit.valid_to or day) if former else day


def _typed(unit: Unit, surface: str, page: str, bare: bool) -> bool:
    """Whether surface or page have the unit's type word: "xã Tân Lập", "UBND huyện", "Quận ủy"."""
    words = folded(surface, bare=bare).replace(",", " ").split()
    kind = folded(unit.type, bare=bare).split()
    there = any(words[at : at + len(kind)] == kind for at in range(len(words)))
    party = bool(words) and unit.level == "district" and folded("ủy", bare=bare) in words
    return there or party or folded(Place(unit).running, bare=bare) in page


def named(unit: Unit, surface: str, *, bare: bool = False) -> bool:
    """Whether the surface has the unit's name."""
    return folded(Place(unit).bare, bare=bare) in folded(surface, bare=bare)


def namesakes(
    unit: Unit, surface: str, page: str, day: str, *, former: bool = False, bare: bool = False
) -> list[Unit]:
    """Other units that the unit's name can mean on that page (``folded``): of its type where surface or page have the
    type word; ``former``: among those that had ended."""
    ontology = load()
    typed = _typed(unit, surface, page, bare)
    found = []
    for other in _named(bare)[folded(Place(unit).bare, bare=bare)]:
        there = (other.valid_to or "9999") < day if former else ontology.stood(other, day)
        if there and other.line != unit.line and (not typed or other.type == unit.type):
            found.append(other)
    return found


def _around(unit: Unit, day: str, former: bool) -> tuple[Unit, ...]:
    return load().parents(unit, _day(unit, day, former))


def _lies(unit: Unit, known: Unit, day: str, former: bool) -> int:
    if unit.line == known.line:
        return SAME
    above, around = _around(unit, day, former), _around(known, day, False)
    if known.line in {one.line for one in above} or unit.line in {one.line for one in around}:
        return WITHIN
    if above and around and above[0].line == around[0].line:
        return BESIDE
    return NEAR if above and around and above[-1].line == around[-1].line else APART


def _alone(unit: Unit, day: str) -> bool:
    return not namesakes(unit, Place(unit).running, "", day)


def told(
    row: dict[str, Any],
    text: str,
    day: str,
    *,
    known: str | None = None,
    neighbours: Iterable[str] = (),
    bare: bool = False,
) -> bool:
    """Whether the row's unit is the only one that fits: its name is nobody else's; a unit that contains it and no
    namesake is named on the page; it lies nearer than all namesakes to ``known``, the unit of the fonds; or one of
    ``neighbours`` (ids of units on the page), of a name that is nobody else's, lies beside it alone."""
    ontology = load()
    unit, former = ontology.unit(row["unit"]), bool(row.get("former"))
    page = folded(text, bare=bare)
    rivals = namesakes(unit, row["surface"], page, day, former=former, bare=bare)
    if not rivals:
        return True
    above = [{one.line for one in _around(rival, day, former)} for rival in rivals]
    for one in _around(unit, day, former):
        if folded(Place(one).running, bare=bare) in page and not any(one.line in lines for lines in above):
            return True
    if known is not None:
        fonds = ontology.unit(known)
        nearest = min(_lies(rival, fonds, day, former) for rival in rivals)
        if _lies(unit, fonds, day, former) < nearest:
            return True
    direct = [around[0].line for rival in rivals if (around := _around(rival, day, former))]
    for identifier in neighbours:
        beside = ontology.unit(identifier)
        around = _around(beside, day, False)
        mine = _around(unit, day, former)
        shared = beside.line != unit.line and around and mine and around[0].line == mine[0].line
        if shared and around[0].line not in direct and _alone(beside, day):
            return True
    return False


def sure(
    rows: Sequence[dict[str, Any]], text: str, day: str, *, known: str | None = None, bare: bool = False
) -> list[dict[str, Any]]:
    """The rows that page and context bear out (``told``). A body without a name in its surface ("UBND huyện") is known
    where its unit, one in it, or the fonds' own is."""
    ontology = load()
    by_name = [row for row in rows if named(ontology.unit(row["unit"]), row["surface"], bare=bare)]
    alone = [row for row in by_name if told(row, text, day, known=known, bare=bare)]
    near = {row["unit"] for row in alone if not row.get("former")}
    clear = [row for row in by_name if row in alone or told(row, text, day, known=known, neighbours=near, bare=bare)]
    anchors = {row["unit"] for row in clear}
    if known is not None:
        anchors.add(known)
    lines = {ontology.unit(anchor).line for anchor in anchors}
    lines |= {one.line for anchor in anchors for one in _around(ontology.unit(anchor), day, False)}
    return [row for row in rows if row in clear or (row not in by_name and ontology.unit(row["unit"]).line in lines)]
