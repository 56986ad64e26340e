"""After 1 July 2025: changes of type that later acts made (``changes_2026.csv``), with how sure each is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ontology.compile.ledger import Happening, Ledger, day_before
from ontology.compile.reading import read_csv
from ontology.names import normalise, split_type


def add_changes(ledger: Ledger, path: Path) -> None:
    """One event an act, day and unit; the unit goes on unchanged under its new type."""
    for row in read_csv(path):
        day = row["effective_on"]
        before = ledger.at(row["code"], day)
        assert before is not None, row
        second_hand = "verify" in row["certainty"]
        event = ledger.event(
            Happening(
                id=f"{row['instrument']}:{row['code']}",
                date=day,
                act=row["instrument"],
                clause="",
                kind="type",
                basis="list",
                certainty="check" if second_hand else "likely",
                source="public data set that follows the acts",
                note=row["certainty"],
            )
        )
        name = normalise(row["new_name"])
        after = replace(before, name=name, type=split_type(name)[0] or "", start=day, began_by=event.id)
        after.certain, after.source = not second_hand, "changes"
        before.end, before.ended_by = day_before(day), event.id
        ledger.add(after)
        ledger.link(event.id, before, after, "unchanged")
