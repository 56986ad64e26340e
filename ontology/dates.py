"""The one parser of dates: what users type and what tables hold."""

from __future__ import annotations

import re
from datetime import date

from ontology.errors import BadDate
from ontology.folding import fold

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")
_VIETNAMESE = re.compile(r"(?:(?:(\d{1,2})\s*[/.-]\s*)?(\d{1,2})\s*[/.-]\s*)?(\d{4})$")
_WORDS = re.compile(r"(?:(?:ngay\s+)?(\d{1,2})\s+)?thang\s+(\d{1,2})\s*(?:nam\s+|[/.-]\s*)(\d{4})$")
_LEAD = re.compile(r"(?:ngay|thang|nam)\s+(?=\d[\d\s/.-]*$)")


def parse(text: str, *, partial: bool = True) -> str:
    """Read ``2025-07-01``, ``30/06/2025``, ``1-7-2025``, ``ngày 5 tháng 7 năm 1984`` as ISO; when ``partial`` also
    ``07/2025``, ``tháng 7 năm 2025``, ``2025``.

    Raises BadDate for a day that does not exist and for anything else.
    """
    cleaned = text.strip()
    if lead := _LEAD.match(fold(cleaned)):
        cleaned = cleaned[lead.end() :]
    if match := _ISO.match(cleaned):
        year, month, day = match.group(1), match.group(2), match.group(3)
    elif match := _VIETNAMESE.match(cleaned):
        day, month, year = match.group(1), match.group(2), match.group(3)
    elif match := _WORDS.match(fold(cleaned)):
        day, month, year = match.groups()
    else:
        raise BadDate(text)
    try:
        checked = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise BadDate(text) from None
    if day is None and not partial:
        raise BadDate(text)
    if month is None:
        return f"{checked.year:04d}"
    return f"{checked.year:04d}-{checked.month:02d}" if day is None else checked.isoformat()


def is_full(text: str | None) -> bool:
    """Whether the ISO string names a day."""
    return text is not None and len(text) == len("YYYY-MM-DD")


def today() -> str:
    """Today as ISO."""
    return date.today().isoformat()
