"""Where districts of the list came from and went to: the list names them only beside communes, and the communes show it.

A district of which communes go to a new one is divided: it begins again that day. How much of it went is not known
from a list, so every edge is ``possible``.
"""

from __future__ import annotations

from dataclasses import replace

from ontology.compile.ledger import FIRST_LIST, Ledger, Version, day_before

NOTE = "districts joined by where their communes lay before and after: possible only"


def link_districts(ledger: Ledger) -> None:
    """Edges of districts that end or begin between the first list and the last, with ``ended_by`` where it was open."""
    moves = _moves(ledger)
    first = {line: versions[0] for line, versions in ledger.lines.items() if versions[0].level == "district"}
    for line, begun in sorted(first.items()):
        if begun.start == FIRST_LIST or not begun.certain:
            continue
        for (day, origin, target), event in sorted(moves.items()):
            if target == line and day == begun.start and (giver := ledger.at(origin, day_before(day))):
                divide(ledger, giver, begun, event)
    for line in sorted(first):
        last = ledger.lines[line][-1]
        for (day, origin, target), event in sorted(moves.items()):
            if origin == line and last.end == day_before(day) and (taker := ledger.at(target, day)):
                last.ended_by = event
                _link(ledger, event, last, taker)


def divide(ledger: Ledger, giver: Version, begun: Version, event: str) -> None:
    """``begun`` was cut out of ``giver``, which goes on, if it does, as a version of its own."""
    day = begun.start
    if giver.end != day_before(day):
        rest = replace(giver, start=day, certain=True, began_by=event)
        giver.end, giver.ended_by = day_before(day), event
        ledger.add(rest)
        for edge in [each for each in ledger.edges if each[1] is giver and each[0] != event]:
            ledger.edges[edge[0], rest, edge[2]] = ledger.edges.pop(edge)
        for unit in [each for each in ledger.event_units if each[1] is giver and each[2] == "took"]:
            ledger.event_units[unit[0], rest, "took"] = ledger.event_units.pop(unit)
        _link(ledger, event, giver, rest)
    for edge in [each for each in ledger.edges if each[1] is giver and ledger.edges[each] == "unchanged"]:
        ledger.link(*edge, "possible")
    _link(ledger, event, giver, begun)


def _link(ledger: Ledger, event: str, source: Version, target: Version) -> None:
    ledger.link(event, source, target, "possible")
    if not ledger.events[event].note:
        ledger.events[event].note = NOTE


def _moves(ledger: Ledger) -> dict[tuple[str, str, str], str]:
    """Day, district before, district after → the event that moved communes so."""
    found: dict[tuple[str, str, str], str] = {}
    for source, target in ((edge[1], edge[2]) for edge in ledger.edges if edge[0].startswith("list:")):
        if source.level == target.level == "commune" and source.parent != target.parent:
            found[target.start, source.parent, target.parent] = source.ended_by
    return found
