"""Every correction overrides a source, or chooses between two: each is a disagreement with its reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ontology.compile.corrections import Correction, Corrections
from ontology.compile.early_rows import Named, read_set_aside
from ontology.compile.ledger import Dispute, Ledger, Version, day_before
from ontology.compile.listed import SOURCE, Listed
from ontology.compile.reform import DAY
from ontology.compile.spelling import written
from ontology.names import key, split_type

HISTORY = "history of 1975-2007"
LATER_LISTS = "later lists"
REVIEW = "review by hand"
OTHER_PAGES = "other pages"


def dispute_corrections(ledger: Ledger, listed: Listed, corrections: Corrections, history: Path) -> None:
    """One disagreement a correction. Raises ValueError for a kind that says nothing here, or a unit that is not there."""
    aside = read_set_aside(history, corrections)
    reviewed = _Reviewed(ledger, listed, aside)
    corrections.all("early_date")  # overrides nothing: it is here only to be told
    for row in corrections.rows():
        ledger.dispute(reviewed.dispute(row))


class _Reviewed:
    def __init__(self, ledger: Ledger, listed: Listed, aside: dict[int, tuple[Named, ...]]) -> None:
        self._ledger, self._listed, self._aside = ledger, listed, aside
        self._kinds: dict[str, Callable[[Correction], Dispute]] = {
            "alias": self._alias,
            "district_day": self._district_day,
            "district_from": self._district_from,
            "early_communes": self._early_communes,
            "early_date": self._early_date,
            "early_name": self._early_name,
            "early_skip": self._early_skip,
            "edge": self._edge,
            "extent": self._extent,
            "list_day": self._list_day,
            "list_district": self._list_district,
            "list_early": self._list_day,
            "list_gap": self._list_gap,
            "list_name": self._list_name,
            "list_row": self._list_row,
            "list_row_day": self._list_day,
            "list_was": self._list_was,
            "list_undone": self._list_undone,
            "mention": self._mention,
        }

    def dispute(self, row: Correction) -> Dispute:
        if row.kind not in self._kinds:
            raise ValueError(f"corrections.csv: no disagreement is made of the kind {row.kind}")
        return self._kinds[row.kind](row)

    def _made(
        self,
        row: Correction,
        kind: str,
        unit: Version | str,
        claims: tuple[tuple[str, str], tuple[str, str]],
        held: str,
        *,
        other: Version | None = None,
        day: str | None = None,
    ) -> Dispute:
        (source, says), (against, against_says) = claims
        return Dispute(
            id=f"reviewed:{row.kind}:{row.where or '-'}:{row.subject}",
            kind=kind,
            unit=unit,
            source=source,
            says=says,
            against=against,
            against_says=against_says,
            held=held,
            reason=row.reason,
            other=other,
            date=row.where if day is None else day,
        )

    def _alias(self, row: Correction) -> Dispute:
        unit = [each for each in self._ledger.lines[row.subject] if each.start <= row.where][-1]
        claims = (REVIEW, f"called: {row.value}"), (LATER_LISTS, f"called: {unit.name}")
        return self._made(row, "name", unit, claims, f"called: {unit.name}")

    def _district_day(self, row: Correction) -> Dispute:
        day = row.value.removesuffix("?")
        unit = self._at(row.subject, day)
        claims = (SOURCE, "not said"), (REVIEW, f"on: {day}")
        return self._made(row, "date", unit, claims, f"on: {day}", day=day)

    def _district_from(self, row: Correction) -> Dispute:
        shown = min(each.date for each in self._listed.rows if each.district_code == row.subject)
        claims = (SOURCE, f"exists from: {shown}"), (REVIEW, f"exists from: {row.value}")
        return self._made(
            row, "date", self._at(row.subject, row.value), claims, f"exists from: {row.value}", day=row.value
        )

    def _early_communes(self, row: Correction) -> Dispute:
        unit = self._given(row)
        claims = (HISTORY, "not said"), (LATER_LISTS, f"lies in: {unit.name}")
        return self._made(row, "parent", unit, claims, f"lies in: {unit.name}")

    def _early_date(self, row: Correction) -> Dispute:
        claims = (OTHER_PAGES, f"on: {row.value}"), (HISTORY, f"on: {row.where}")
        return self._made(row, "date", self._given(row), claims, f"on: {row.where}")

    def _early_name(self, row: Correction) -> Dispute:
        unit = next(each for each in self._ledger.versions() if each.name == row.value and each.start <= row.where)
        claims = (HISTORY, f"called: {row.subject}"), (LATER_LISTS, f"called: {row.value}")
        return self._made(row, "name", unit, claims, f"called: {row.value}")

    def _early_skip(self, row: Correction) -> Dispute:
        unit = next((found for named in self._aside[int(row.subject)] if (found := self._named(named))), None)
        if unit is None:
            raise ValueError(f"corrections.csv: no unit of the row is there: {row}")
        names = ", ".join(named.name for named in self._aside[int(row.subject)])
        claims = (HISTORY, f"names: {names}"), (LATER_LISTS, "not said")
        return self._made(row, "existence", unit, claims, "not said")

    def _edge(self, row: Correction) -> Dispute:
        event = self._ledger.events[row.where]
        source, target = row.subject.split(">")
        claims = (SOURCE, "not said"), (REVIEW, f"goes there: {row.value}")
        unit, other = self._at(source, day_before(event.date)), self._at(target, event.date)
        return self._made(row, "edge", unit, claims, f"goes there: {row.value}", other=other, day=event.date)

    def _extent(self, row: Correction) -> Dispute:
        act, _, _ = row.where.partition("#")
        claims = (row.where, "says the rest"), (f"{act}, other clauses", "gives all or most of it to: this taker")
        unit = self._at(row.subject, day_before(DAY))
        return self._made(
            row, "extent", unit, claims, f"goes there: {row.value}", other=self._target(row.where), day=DAY
        )

    def _list_day(self, row: Correction) -> Dispute:
        unit = self._ledger.at(row.subject, row.value) or self._at(row.subject, day_before(row.value))
        claims = (SOURCE, f"on: {row.where}"), (REVIEW, f"on: {row.value}")
        return self._made(row, "date", unit, claims, f"on: {row.value}", day=row.value)

    def _list_district(self, row: Correction) -> Dispute:
        rows = [each for each in self._listed.rows if each.group == (row.where, row.subject)]
        claims = (SOURCE, f"called: {written(rows[0].district)}"), (REVIEW, f"called: {row.value}")
        return self._made(row, "name", self._at(row.subject, row.where), claims, f"called: {row.value}")

    def _list_gap(self, row: Correction) -> Dispute:
        claims = (SOURCE, f"exists from: {row.where}"), (REVIEW, "exists")
        return self._made(row, "existence", self._at(row.subject, row.where), claims, "exists")

    def _list_name(self, row: Correction) -> Dispute:
        claims = (
            (SOURCE, f"called: {written(self._listed.overruled[row.where, row.subject])}"),
            (REVIEW, f"called: {row.value}"),
        )
        return self._made(row, "name", self._at(row.subject, row.where), claims, f"called: {row.value}")

    def _list_row(self, row: Correction) -> Dispute:
        ended = [each for each in self._ledger.lines[row.subject] if each.end and each.end < row.where]
        claims = (SOURCE, "comes back as added"), ("list of 30 June 2025", "does not exist")
        return self._made(row, "existence", ended[-1], claims, "does not exist")

    def _list_undone(self, row: Correction) -> Dispute:
        claims = (SOURCE, f"on: {row.where}"), (f"{SOURCE}, rows of {row.value}", "does not exist")
        return self._made(row, "existence", self._at(row.subject, row.where), claims, "does not exist")

    def _list_was(self, row: Correction) -> Dispute:
        claims = (SOURCE, f"exists from: {row.where}"), (HISTORY, f"called: {row.value}")
        unit = self._at(row.subject, day_before(row.where))
        return self._made(row, "existence", unit, claims, f"called: {row.value}")

    def _mention(self, row: Correction) -> Dispute:
        other = self._target(row.where)
        if not row.value:
            claims = (row.where, f"names: {row.subject}"), ("list of 30 June 2025", "does not exist")
            return self._made(row, "existence", other, claims, "does not exist", day=DAY)
        unit = self._at(row.value, day_before(DAY))
        claims = (row.where, f"names: {row.subject}"), (REVIEW, f"means: {unit.line} {unit.name}")
        return self._made(row, "edge", unit, claims, f"means: {unit.line} {unit.name}", other=other, day=DAY)

    def _target(self, event: str) -> Version:
        return next(unit for where, unit, role in self._ledger.event_units if where == event and role == "gave")

    def _given(self, row: Correction) -> Version:
        """What the row of history gave out (``subject``: its number)."""
        return self._target(f"history:{row.where}:{int(row.subject):03d}")

    def _named(self, named: Named) -> Version | None:
        """A unit of that name under a district of that name, or the district itself."""
        for each in self._ledger.versions():
            if each.level == "commune" and key(split_type(each.name)[1]) == named.bare:
                around = {key(split_type(parent.name)[1]) for parent in self._ledger.lines[each.parent]}
                if named.parent in around:
                    return each
        return None

    def _at(self, line: str, day: str) -> Version:
        found = self._ledger.at(line, day)
        if found is None:
            raise ValueError(f"corrections.csv: {line} is not there on {day}")
        return found
