"""Districts that the statistics office's counts have longer, or earlier, than its own rows and the acts do."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from ontology.compile.ledger import FIRST_LIST, Dispute, Ledger, Version, day_before
from ontology.compile.reading import read_csv

COUNTS = "statistics office, counts by day"


def dispute_counts(ledger: Ledger, path: Path) -> None:
    """One disagreement for each district that a run of days with too many districts is about: those that ended where
    the run begins, or began where it ends, when they are as many as the counts are too high."""
    counts = {row["date"]: int(row["districts"]) for row in read_csv(path) if row["date"] > FIRST_LIST}
    districts = [version for version in ledger.versions() if version.level == "district"]
    surplus = [
        (day, listed - sum(version.in_force(day) for version in districts)) for day, listed in sorted(counts.items())
    ]
    runs = [(excess, [day for day, _ in group]) for excess, group in groupby(surplus, key=lambda each: each[1])]
    for place, (excess, days) in enumerate(runs):
        if excess <= 0 or place + 1 == len(runs):
            continue
        following = runs[place + 1][1][0]
        ended = _without_heir(ledger, [version for version in districts if version.end == day_before(days[0])])
        begun = [
            version
            for version in districts
            if version.start == following and version.certain and ledger.lines[version.line][0] is version
        ]
        if len(ended) == excess:
            for district in ended:
                _dispute(
                    ledger,
                    district,
                    days[0],
                    f"exists until: {day_before(following)}",
                    f"exists until: {district.end}",
                )
        elif len(begun) == excess:
            for district in begun:
                _dispute(ledger, district, days[0], f"exists from: {days[0]}", f"exists from: {district.start}")


def _without_heir(ledger: Ledger, ended: list[Version]) -> list[Version]:
    """Those whose line ends with them."""
    return [version for version in ended if ledger.lines[version.line][-1] is version]


def _dispute(ledger: Ledger, district: Version, day: str, listed: str, held: str) -> None:
    ledger.dispute(
        Dispute(
            id=f"counts:existence:{day}:{district.line}",
            kind="existence",
            unit=district,
            date=day,
            source=COUNTS,
            says=listed,
            against="statistics office, rows of its communes",
            against_says=held,
            held=held,
            reason="the district has no communes then, that the counts mean it is inferred",
        )
    )
