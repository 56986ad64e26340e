"""Facts that no source gives right, written down one by one with their reason (``ontology/data/corrections.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ontology.compile.reading import read_csv


@dataclass(frozen=True, slots=True)
class Correction:
    """``kind`` says what is corrected, ``where`` and ``subject`` which row, ``value`` what holds instead.

    ``mention``: in the clause ``where`` ("1656/NQ-UBTVQH15#3") the name ``subject`` means the code ``value``
    (empty: no administrative unit). ``name``: the unit ``subject`` (code) is called ``value``.
    ``list_district``: in the list's rows of the day ``where`` the district ``subject`` (code) is called ``value``.
    ``list_day``: the list's rows of the day ``where`` for the district ``subject`` took effect on ``value``.
    ``list_row_day``: the list's row of the day ``where`` for the code ``subject`` took effect on ``value``.
    ``list_name``: in the list's row of the day ``where`` the code ``subject`` got the name ``value``.
    ``list_row``: the list's row of the day ``where`` for the code ``subject`` is false (``value`` is the event).
    ``list_was``: the unit "added" in the list's row of the day ``where`` (code ``subject``) was there before as ``value``.
    ``list_early``: the list's row of the day ``where`` for the code ``subject`` belongs to that of ``value``.
    ``list_undone``: the list's rows of the day ``where`` in the district ``subject`` are taken back on ``value``.
    ``list_gap``: the list's rows "added" of the day ``where`` in the district ``subject`` are no beginnings.
    ``district_from``: the district ``subject`` was there on the day ``value``, before its communes' rows.
    ``district_day``: the district ``subject`` got the name ``where`` on the day ``value`` ("?" behind: not certain).
    ``edge``: by the event ``where`` the codes ``subject`` ("00616>00617") are joined with the extent ``value``.
    ``alias``: the line ``subject`` was called ``value`` about the day ``where``.
    ``early_skip``: row ``subject`` of history_1975_2007 (day ``where``) is not applied.
    ``early_communes``: row ``subject`` of the day ``where``, on districts, moves its communes too.
    ``early_date``: other sources date row ``subject`` of history_1975_2007 (day ``where``) on ``value``; not followed.
    ``early_name``: in the rows of the day ``where`` the name ``subject`` stands for ``value``.
    """

    kind: str
    where: str
    subject: str
    value: str
    reason: str


class Corrections:
    """All corrections, looked up by kind, place and subject; remembers which were used."""

    def __init__(self, rows: list[Correction]) -> None:
        self._rows = {(row.kind, row.where, row.subject): row for row in rows}
        self._used: set[tuple[str, str, str]] = set()

    @classmethod
    def read(cls, path: Path) -> Corrections:
        """From the CSV. Raises ValueError for a row without a reason."""
        rows = [Correction(**row) for row in read_csv(path)]
        if bare := [row for row in rows if not row.reason]:
            raise ValueError(f"{path.name}: no reason given: {bare[0]}")
        return cls(rows)

    def get(self, kind: str, where: str, subject: str) -> Correction | None:
        """The correction of that kind at that place for that subject."""
        lookup = (kind, where, subject)
        if lookup in self._rows:
            self._used.add(lookup)
        return self._rows.get(lookup)

    def all(self, kind: str) -> list[Correction]:
        """All of a kind, counted as used."""
        found = [row for row in self._rows.values() if row.kind == kind]
        self._used.update((row.kind, row.where, row.subject) for row in found)
        return found

    def rows(self) -> list[Correction]:
        """All of them, in the order of the table."""
        return list(self._rows.values())

    def unused(self) -> list[Correction]:
        """What corrected nothing: out of date, or mistyped."""
        return [row for lookup, row in self._rows.items() if lookup not in self._used]
