"""Lists that people keep: the hits of searches as XLSX or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import HosoError
from kg.messages import knows, say
from kg.sheets import Cell, write_csv, write_xlsx

_COLUMNS = (
    "number", "date", "type", "title", "issuer", "fonds", "file", "page_count", "retention", "access", "passage_page",
    "passage", "found_by", "match", "source", "id",
)  # fmt: skip
_PASSAGE = 600


def write_hits(path: Path, found: Mapping[str, Any], asked: Mapping[str, Any] | None = None) -> None:
    """Write the hits of a ``search`` value, one a row, by the suffix of ``path``; a workbook says on a second sheet
    what was asked (``asked``: the filters by key). Raises HosoError(bad_input) for another suffix or a path that
    cannot be written."""
    if path.suffix.lower() == ".csv":
        write_csv(path, _header(), _rows(found["hits"], for_people=False))
        return
    _check_workbook(path, "bad_out")
    sheets = {
        say("label_search"): (_header(), _rows(found["hits"], for_people=True)),
        say("search_conditions"): ([say("column_condition"), say("column_value")], _conditions(found, asked or {})),
    }
    write_xlsx(path, sheets)


class BatchList:
    """The hits of several searches, gathered answer by answer: of each only its rows are kept, a tenth of the answer."""

    def __init__(self) -> None:
        self._hits: list[Sequence[Cell]] = []
        self._asked: list[Sequence[Cell]] = []
        self.queries = 0

    def __len__(self) -> int:
        """How many hits."""
        return len(self._hits)

    def add(self, number: int, asked: Mapping[str, Any], found: Mapping[str, Any]) -> None:
        """Add what was asked (``number``: its place among all that is asked), and the ``search`` value."""
        self.queries += 1
        self._hits += ([number, *row] for row in _rows(found["hits"], for_people=True))
        self._asked += ([number, *condition] for condition in _conditions(found, asked))

    def write(self, path: Path) -> None:
        """Write a workbook: one sheet of hits, each under the number of its query, one of queries. Raises
        HosoError(bad_input)."""
        _check_workbook(path, "batch_out_xlsx")
        write_xlsx(
            path,
            {
                say("label_search"): ([say("column_query"), *_header()], self._hits),
                say("search_conditions"): (
                    [say("column_query"), say("column_condition"), say("column_value")],
                    self._asked,
                ),
            },
        )


def write_table(path: Path, title: str, header: Sequence[str], rows: Iterator[Sequence[Cell]]) -> None:
    """Write one table as XLSX or CSV. Raises HosoError(bad_input) for another suffix."""
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        write_xlsx(path, {title: (header, rows)})
    elif suffix == ".csv":
        write_csv(path, header, rows)
    else:
        raise HosoError(say("bad_out", path=path))


def _check_workbook(path: Path, message: str) -> None:
    if path.suffix.lower() != ".xlsx":
        raise HosoError(say(message, path=path))


def _header() -> list[str]:
    return [say(f"column_{name}") for name in _COLUMNS]


def _rows(hits: Sequence[Mapping[str, Any]], *, for_people: bool) -> Iterator[Sequence[Cell]]:
    """The rows; dates as dd/mm/yyyy in a workbook, ISO in CSV, which spreadsheet programs read by their locale."""
    for hit in hits:
        record = hit["record"]
        date = record["date"] or record["date_partial"]
        values = record | {
            "date": "/".join(reversed(date.split("-"))) if date and for_people else date,
            "access": _term("access", record["access"]),
            "page_count": record["pages"],
            "passage_page": None,
            "passage": None,
            "file": _file(record["file"]) if for_people else record["file"],
            "found_by": ", ".join(say(f"found_by_{way}") for way in hit["found_by"]),
            "match": _term("match", hit["certainty"]),
        }
        for passage in hit["passages"][:1]:
            values |= {"passage_page": passage["page"], "passage": " ".join(passage["text"].split())[:_PASSAGE]}
        yield [values[name] for name in _COLUMNS]


def _conditions(found: Mapping[str, Any], asked: Mapping[str, Any]) -> list[Sequence[Cell]]:
    """What was asked, how it was searched and how much was found."""
    rows: list[Sequence[Cell]] = [(say("column_query"), found["query"])]
    for key, value in asked.items():
        if value is None or key in ("query", "limit"):
            continue
        label = say(f"asked_{key}") if knows(f"asked_{key}") else say(f"column_{key}")
        values = [value] if isinstance(value, str) else value
        rows.append((label, ", ".join(str(_term(key, one)) for one in values)))
    rows.append((say("search_method"), _term("method", found["method"])))
    return [*rows, (say("search_total"), found["total"]), (say("search_listed"), len(found["hits"]))]


def _file(ident: str | None) -> str | None:
    """A file by fonds, inventory and number, as the pages have it; an inventory without a name is left out."""
    return " / ".join(part for part in ident.split("/") if part) if ident else None


def _term(prefix: str, value: Any) -> Any:
    """The label of a value of a closed list, or the value as it stands."""
    return say(f"{prefix}_{value}") if knows(f"{prefix}_{value}") else value
