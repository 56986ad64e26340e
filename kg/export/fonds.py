"""The first job of the day as a list to keep: where finding aids and scans differ, with what is known of each fonds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import wording
from kg.custody_wording import (
    basis_label,
    check_label,
    destination_label,
    due_label,
    held_label,
    proposal_label,
)
from kg.errors import HosoError
from kg.fonds_wording import day_label
from kg.messages import knows, say
from kg.questions.difference_words import label, why
from kg.readers.tables.described import FONDS_FIELDS
from kg.sheets import Cell, write_csv, write_xlsx

_DIFFERENCE = ("fonds", "creator", "code", "title", "difference", "listed", "found", "why", "file")
_FONDS = ("id", "creator", "level", "bloc", "status", "opened", "closed", "files", "bundles", "registers", "documents",
          "boxes", "sheets", "pages", "metres")  # fmt: skip
_FILE = ("fonds", "code", "kind", "title", "time", "retention", "boxes", "documents", "scanned", "sheets", "pages",
         "metres", "paper_state")  # fmt: skip
_CUSTODY = ("held_now", "destination", "due", "basis")
_NUMBERING = ("inventory", "first_number", "last_number", "files", "repeated", "missing")
_REGISTER = ("kind", "book_number", "opened", "closed", "cases", "pages", "file", "id")


def write_fonds(path: Path, value: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> int:
    """Write the differences of a ``fonds`` value as XLSX or CSV, by the suffix of ``path``; how many they are. A workbook
    has the fonds with the fields of Circulars 05/2025 and 02/2019 on a second sheet, and on a third the files with their
    custody where the value has them; one of a single fonds its numbering and its registers too. Raises HosoError(bad_input) for another suffix or a path that cannot be written."""
    rows = [value] if isinstance(value, Mapping) else list(value)
    people = path.suffix.lower() == ".xlsx"
    found = list(_differences(rows, people=people))
    if path.suffix.lower() == ".csv":
        write_csv(path, _header(_DIFFERENCE), found)
        return len(found)
    if not people:
        raise HosoError(say("bad_out", path=path))
    sheets: dict[str, tuple[Sequence[str], list[Sequence[Cell]]]] = {
        say("column_difference"): (_header(_DIFFERENCE), found),
        say("label_fonds"): (
            [*_header(_FONDS), *(say(f"fonds_field_{field}") for field in FONDS_FIELDS)],
            [[*_fonds(row), *row["description"].values()] for row in rows],
        ),
    }
    if rows and all("file" in row for row in rows):
        told = [*_header((*_FILE, *_CUSTODY)), say("label_to_check")]
        sheets[say("column_files")] = (told, [_file(file) for row in rows for file in row["file"]])
    if isinstance(value, Mapping):
        sheets[say("fonds_numbering")] = (_header(_NUMBERING), list(_numbering(value["numbering"])))
        sheets[say("column_registers")] = (_header(_REGISTER), list(_registers(value["registers_listed"])))
    write_xlsx(path, sheets)
    return len(found)


def _header(columns: Sequence[str]) -> list[str]:
    return [say(f"column_{name}") for name in columns]


def _differences(rows: Sequence[Mapping[str, Any]], *, people: bool) -> Iterator[Sequence[Cell]]:
    """A row a difference; in CSV the kind is the word of the contract."""
    for row in rows:
        for difference in row["differences"]:
            kind = difference["kind"]
            values = {
                "fonds": row["id"],
                "creator": row["creator"],
                "code": difference["code"],
                "title": difference["title"],
                "difference": label(difference) if people else kind,
                "listed": difference["listed"],
                "found": _joined(difference["found"]),
                "why": why(difference, with_list=not people),
                "file": difference["file"],
            }
            yield [values[name] for name in _DIFFERENCE]


def _joined(value: Any) -> Cell:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else value


def _cell(key: str, value: Any) -> Cell:
    return say(f"{key}_{value}") if value is not None and knows(f"{key}_{value}") else value


def _fonds(row: Mapping[str, Any]) -> list[Cell]:
    """The figures of a fonds; bundles are counted apart from files, days say where they were had."""
    days = {key: day_label(row, key) or None for key in ("opened", "closed")}
    told = {**row, **days, "files": row["files"] - row["bundles"]}
    return [_cell(key, told[key]) for key in _FONDS]


def _file(row: Mapping[str, Any]) -> list[Cell]:
    """A file with who holds it and where it must go; a term that is only proposed says so."""
    custody = row["custody"]
    days = dict.fromkeys(wording.day(value) for value in (row["since"], row["until"]) if value)
    values = {
        **row,
        "time": " – ".join(days),
        "retention": row["retention"] or proposal_label(row["retention_proposed"]) or None,
        "boxes": row["box"],
        "kind": _kind(row),
        "scanned": say("answer_yes" if row["scanned"] else "answer_no"),
        "paper_state": row["condition"],
        "held_now": held_label(custody),
        "destination": destination_label(custody["destination"]),
        "due": due_label(custody) or None,
        "basis": basis_label(custody["destination"]),
    }
    return [*(values[name] for name in (*_FILE, *_CUSTODY)), check_label(custody) or None]


def _kind(row: Mapping[str, Any]) -> str:
    """A file or a bundle; that another has its number."""
    kind = say("bundle_label" if row["kind"] == "bundle" else "label_file")
    return f"{kind} ({say('same_number_label')})" if row["same_number"] else kind


def _numbering(series: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Cell]]:
    for row in series:
        repeated, missing = ", ".join(row["repeated"]), ", ".join(row["missing"])
        yield [row["inventory"], row["from"], row["to"], row["files"], repeated, missing]


def _registers(rows: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Cell]]:
    for row in rows:
        values = {**row, "book_number": row["number"], "kind": row["kind"] or row["title"]}
        yield [values[name] for name in _REGISTER]
