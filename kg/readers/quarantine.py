"""The quarantine report: every computer file that could not be read, with its place and the reason.

It has the shape of the list of faulty files that an inspection of a database ends in (Circular 02/2019/TT-BNV), with
the share of them in each fonds where the fonds' total is known (the steps of Decree 31/2026/NĐ-CP art. 12 are shares).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.errors import HosoError
from kg.messages import say
from kg.model import Quarantined
from kg.readers.model import RowProblem
from kg.sheets import Cell, write_csv, write_xlsx

_COLUMNS = ("number", "fonds", "file", "path", "reason", "message")
_SHARE_COLUMNS = ("fonds", "faulty", "total", "share")
_XLSX = ".xlsx"
_CSV = ".csv"


def header() -> list[str]:
    """The report's column titles in the user's language."""
    return [say(f"quarantine_{column}") for column in _COLUMNS]


def report_rows(quarantined: Iterable[Quarantined]) -> Iterator[Sequence[Cell]]:
    """The report's rows, by fonds, file and path."""
    ordered = sorted(quarantined, key=lambda row: (row.fonds or "", row.file or "", row.source))
    for number, row in enumerate(ordered, start=1):
        yield number, row.fonds or "", row.file or "", row.source, row.reason, row.message


def write_report(
    rows: Iterable[Quarantined],
    path: Path,
    *,
    problems: Iterable[RowProblem] = (),
    totals: Mapping[str | None, int] | None = None,
) -> None:
    """Write the report as CSV or XLSX, by the suffix of ``path``.

    XLSX has sheets of their own for the rows of tables that could not be used (``problems``) and, where ``totals``
    gives the number of computer files of each fonds, for the shares. Raises HosoError(bad_input) for another suffix
    or a path that cannot be written.
    """
    quarantined = list(rows)
    suffix = path.suffix.lower()
    if suffix == _CSV:
        write_csv(path, header(), report_rows(quarantined))
        return
    if suffix != _XLSX:
        raise HosoError(say("quarantine_bad_suffix", path=path))
    sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]] = {
        say("quarantine_title"): (header(), report_rows(quarantined))
    }
    if unusable := list(problems):
        titles = [say("quarantine_row"), say("quarantine_reason"), say("quarantine_message")]
        listed = [(problem.row, problem.reason, problem.message) for problem in unusable]
        sheets[say("quarantine_rows_title")] = (titles, listed)
    if totals:
        shares = [say(f"quarantine_{column}") for column in _SHARE_COLUMNS]
        sheets[say("quarantine_shares_title")] = (shares, _shares(quarantined, totals))
    write_xlsx(path, sheets)


def _shares(quarantined: Sequence[Quarantined], totals: Mapping[str | None, int]) -> Iterator[Sequence[Cell]]:
    """Faulty files of each fonds, of how many, in per cent."""
    faulty = Counter(row.fonds for row in quarantined)
    for fonds in sorted(totals, key=lambda code: code or ""):
        total = totals[fonds]
        yield fonds or "", faulty[fonds], total, round(100 * faulty[fonds] / total, 2) if total else None
