"""The day by which a rule wants a file handed over."""

from __future__ import annotations

import re

from ontology import dates
from ontology.errors import BadDate

_YEARS = {"1_year": 1, "5_years_after_1": 6, "10_years": 10}
"""``1_year``: to the current archive, ``5_years_after_1``: to the historical archive (Law 33/2024/QH15 art. 17;
383-QĐ/TW art. 12), ``10_years``: to the historical archive under Law 01/2011/QH13 art. 21. Years count from the year in
which the work ended, to the last day of the year."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")


def is_due(code: str) -> bool:
    """Whether a table may write that: a word for a term, a day, or nothing."""
    if not code or code in _YEARS:
        return True
    try:
        return bool(_DAY.match(code)) and dates.parse(code) == code
    except BadDate:
        return False


def due_day(code: str, until: str | None) -> str | None:
    """The last day by the code of a rule for a file whose last day is ``until`` (ISO, may be partial). None where the
    rule names none, or where it counts from a year that is not known."""
    if _DAY.match(code):
        return code
    years = _YEARS.get(code)
    if years is None or until is None:
        return None
    return f"{int(until[:4]) + years:04d}-12-31"
