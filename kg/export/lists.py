"""Lists that people keep: the hits of a search as XLSX or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import HosoError
from kg.messages import knows, say
from kg.sheets import Cell, write_csv, write_xlsx

_COLUMNS = (
    "number", "date", "type", "title", "issuer", "fonds", "file", "page_count", "retention", "access", "passage_page",
    "passage", "source", "id",
)  # fmt: skip
_PASSAGE = 600


def write_hits(path: Path, found: Mapping[str, Any]) -> None:
    """Write the hits of a ``search`` value, one a row, by the suffix of ``path``. Raises HosoError(bad_input) for
    another suffix or a path that cannot be written."""
    header = [say(f"column_{name}") for name in _COLUMNS]
    write_table(path, say("label_search"), header, _rows(found["hits"], for_people=path.suffix.lower() == ".xlsx"))


def write_table(path: Path, title: str, header: Sequence[str], rows: Iterator[Sequence[Cell]]) -> None:
    """Write one table as XLSX or CSV. Raises HosoError(bad_input) for another suffix."""
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        write_xlsx(path, {title: (header, rows)})
    elif suffix == ".csv":
        write_csv(path, header, rows)
    else:
        raise HosoError(say("bad_out", path=path))


def _rows(hits: Sequence[Mapping[str, Any]], *, for_people: bool) -> Iterator[Sequence[Cell]]:
    """The rows; dates as dd/mm/yyyy in a workbook, ISO in CSV, which spreadsheet programs read by their locale."""
    for hit in hits:
        record = hit["record"]
        date = record["date"] or record["date_partial"]
        access = f"access_{record['access']}"
        values = record | {
            "date": "/".join(reversed(date.split("-"))) if date and for_people else date,
            "access": say(access) if knows(access) else record["access"],
            "page_count": record["pages"],
            "passage_page": None,
            "passage": None,
        }
        for passage in hit["passages"][:1]:
            values |= {"passage_page": passage["page"], "passage": " ".join(passage["text"].split())[:_PASSAGE]}
        yield [values[name] for name in _COLUMNS]
