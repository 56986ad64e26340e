"""Where the statistics office's list disagrees with the acts, with the list of 30 June 2025 or with itself."""

from __future__ import annotations

from collections import defaultdict

from ontology.compile.ledger import Dispute, Ledger, Version, day_before
from ontology.compile.listed import SOURCE, Listed, Row
from ontology.compile.spelling import same_spelt, written
from ontology.names import loose, split_type

LAST_LIST = "list of 30 June 2025, as spelt by the acts"


def dispute_renamings(ledger: Ledger, listed: Listed) -> None:
    """A row "renamed" under a name whose bearer ends that day is a merger: the list says one thing and shows another."""
    ended: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in listed.rows:
        if row.event == "removed":
            ended[row.date, row.province_code, _bare(row.name)].append(row)
    for row in listed.rows:
        if row.event not in ("renamed", "moved") or _bare(row.name) == _bare(row.new_name):
            continue
        after = ledger.at(row.code, row.date)
        bearers = ended.get((row.date, row.province_code, _bare(row.new_name)), ())
        same_district = [each for each in bearers if after and after.parent == each.district_code]
        for bearer in same_district or bearers:
            _merger(ledger, row, bearer, after)


def dispute_last_names(ledger: Ledger, listed: Listed) -> None:
    """The last name that the list gives a commune, against that of the acts (the same but for accents)."""
    last = {row.code: row for row in listed.rows}
    for code, row in sorted(last.items()):
        if row.event == "removed":
            continue
        name = written(row.name if row.event == "added" else row.new_name)
        unit = next((each for each in reversed(ledger.lines[code]) if each.start <= "2025-06-30"), None)
        if unit is not None and unit.end == "2025-06-30" and not same_spelt(name, unit.name):
            ledger.dispute(
                Dispute(
                    id=f"list:name:{row.date}:{code}",
                    kind="name",
                    unit=unit,
                    date=row.date,
                    source=SOURCE,
                    says=f"called: {name}",
                    against=LAST_LIST,
                    against_says=f"called: {unit.name}",
                    held=f"called: {unit.name}",
                    reason="the act's spelling",
                )
            )


def _merger(ledger: Ledger, row: Row, bearer: Row, after: Version | None) -> None:
    gone = ledger.at(bearer.code, day_before(row.date))
    if gone is None or after is None:
        return
    joined = any(source is gone and target is after for _, source, target in ledger.edges)
    ledger.dispute(
        Dispute(
            id=f"list:renamed:{row.date}:{bearer.code}>{row.code}",
            kind="edge",
            unit=gone,
            other=after,
            date=row.date,
            source=f"{SOURCE}, row of {row.code}",
            says=f"is only renamed: {row.code} {written(row.name)} > {written(row.new_name)}",
            against=f"{SOURCE}, row of {bearer.code}",
            against_says=f"ends that day: {bearer.code} {written(bearer.name)}",
            held="goes there: possible" if joined else "not said",
            reason="a name passes to another code when the two units are joined",
        )
    )


def _bare(name: str) -> str:
    return loose(split_type(name)[1])
