"""1975-2007: what a row's units are to each other: which goes on, which ended, which took a part of others in."""

from __future__ import annotations

from dataclasses import dataclass

from ontology.compile.early_rows import EarlyRow, Named
from ontology.compile.ledger import Ledger, Version
from ontology.model import Extent


@dataclass(slots=True)
class Pair:
    """A unit of the row that goes on: as it was before, as it is after."""

    before: Named
    after: Named
    extent: Extent


def sorted_out(row: EarlyRow) -> tuple[list[Pair], list[Named], list[Named], list[Named]]:
    """What goes on (before and after), what ended whole, what goes on with a part of others, what began."""
    whole, parts = [each for each in row.before if not each.part], [each for each in row.before if each.part]
    pairs: list[Pair] = []
    rest, receivers, begun = list(whole), list[Named](), list[Named]()
    one_to_one = len(whole) == len(row.after) and row.kind in ("transfer", "type_change", "rename")
    for place, after in enumerate(row.after):
        before = whole[place] if one_to_one else next((each for each in rest if each.bare == after.bare), None)
        if before is not None and not after.part:
            pairs.append(Pair(before, after, _pair_extent(row, whole, parts)))
            rest.remove(before)
        elif after.part or row.kind == "transfer" or any(each.bare == after.bare for each in parts):
            receivers.append(after)
        else:
            begun.append(after)
    return pairs, rest, receivers, begun


def _pair_extent(row: EarlyRow, whole: list[Named], parts: list[Named]) -> Extent:
    if row.kind == "split" or len(row.after) > len(whole):
        return "part"
    if row.kind == "merge" or parts:
        return "whole"
    return "unchanged"


def mark_shared(ledger: Ledger) -> None:
    """A unit of which two rows of one day take something did not go anywhere whole."""
    days: dict[tuple[Version, str], list[tuple[str, Version, Version]]] = {}
    for edge in ledger.edges:
        if edge[0].startswith("history:"):
            days.setdefault((edge[1], ledger.events[edge[0]].date), []).append(edge)
    for edges in days.values():
        if len({edge[2] for edge in edges}) > 1:
            for edge in edges:
                if ledger.edges[edge] in ("whole", "unchanged"):
                    ledger.edges[edge] = "part"
                    ledger.took(edge[0], edge[1], "part")
