"""The answer of ``hoso moved`` as a list to keep: by custody file by file, by place record by record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import wording
from kg.custody_wording import (
    basis_label,
    check_label,
    destination_label,
    due_label,
    held_label,
    held_sure_label,
    held_totals,
    proposal_label,
)
from kg.errors import HosoError
from kg.messages import say
from kg.place_wording import act_label, certainty_label, place_certainty, unit_label
from kg.sheets import Cell, write_csv, write_xlsx

Table = dict[str, Cell]
"""A row by the labels of its columns."""

_FIGURES = ("files", "documents", "pages", "metres")


def write_moved(path: Path, value: Mapping[str, Any]) -> int:
    """Write a ``moved`` value as XLSX or CSV, by the suffix of ``path``; how many files, or records, are listed. A
    workbook has the totals on a second sheet, by custody the records on a third. Raises HosoError(bad_input) for another
    suffix or a path that cannot be written."""
    by_custody = value["by"] == "custody"
    listed = file_rows(value["files"]) if by_custody else place_rows(value["records"])
    suffix = path.suffix.lower()
    if suffix == ".csv":
        write_csv(path, *_table(listed))
        return len(listed)
    if suffix != ".xlsx":
        raise HosoError(say("bad_out", path=path))
    sheets = {
        say("moved_sheet_files" if by_custody else "moved_sheet_records"): _table(listed),
        say("moved_sheet_totals"): _table(total_rows(value)),
    }
    if by_custody:
        sheets[say("moved_sheet_records")] = _table([*map(_record, value["records"])])
    write_xlsx(path, sheets)
    return len(listed)


def file_rows(files: Sequence[Mapping[str, Any]]) -> list[Table]:
    """The files of a ``moved`` value by custody, a row each."""
    return [_file(entry) for entry in files]


def place_rows(records: Sequence[Mapping[str, Any]]) -> list[Table]:
    """The records of a ``moved`` value, a row each with its place then and now."""
    return [_record(entry) | _place(entry["place"]) for entry in records]


def total_rows(value: Mapping[str, Any]) -> list[Table]:
    """The totals: by certainty of the place, or by who holds the files and by how sure it is where they must go."""
    if value["by"] == "place":
        rows = [
            (say("label_subject_place"), certainty_label(word, "place"), row)
            for word, row in value["by_certainty"].items()
        ]
    else:
        rows = [(say("moved_held"), label, row) for label, row in held_totals(value)]
        rows += [
            (say("label_destination"), say(f"custody_{word}"), row) for word, row in value["by_destination"].items()
        ]
    rows.append((say("moved_total"), "", value["totals"]))
    if value.get("to_come"):
        rows.append((say("moved_to_come_row"), value["to"]["name"], value["to_come"]))
    return [
        {say("column_condition"): of, say("column_certainty"): label}
        | {say(f"column_{name}"): row[name] for name in _FIGURES}
        for of, label, row in rows
    ]


def _file(entry: Mapping[str, Any]) -> Table:
    file, custody = entry["file"], entry["custody"]
    days = dict.fromkeys(wording.day(value) for value in (file["since"], file["until"]) if value)
    where = custody["destination"]
    return {
        say("column_fonds"): file["fonds"],
        say("column_creator"): entry["creator"],
        say("column_code"): file["code"],
        say("column_title"): file["title"],
        say("column_time"): " – ".join(days),
        say("column_retention"): file["retention"] or proposal_label(custody["retention_proposed"]) or None,
        say("column_documents"): file["documents"],
        say("column_sheets"): file["sheets"],
        say("column_pages"): file["pages"],
        say("column_metres"): None if file["metres"] is None else round(file["metres"], 3),
        say("column_scanned"): say("answer_yes" if file["scanned"] else "answer_no"),
        say("column_held_now"): held_label(custody),
        say("moved_held_sure"): held_sure_label(custody),
        say("column_destination"): destination_label(where),
        say("column_due"): due_label(custody) or None,
        say("column_basis"): basis_label(where),
        say("label_to_check"): check_label(custody) or None,
    }


def _record(entry: Mapping[str, Any]) -> Table:
    record = entry["record"]
    return {
        say("column_number"): record["number"],
        say("column_date"): wording.day(record["date"] or record["date_partial"]),
        say("column_title"): record["title"],
        say("column_fonds"): record["fonds"],
        say("column_file"): " / ".join(part for part in (record["file"] or "").split("/") if part) or None,
    }


def _place(place: Mapping[str, Any]) -> Table:
    old = [place["old"]] if place["old"] else place["old_candidates"]
    acts = dict.fromkeys(filter(None, map(act_label, place["new"])))
    return {
        say("column_place_old"): "; ".join(map(unit_label, old)),
        say("column_place_now"): ", ".join(unit["name"] for unit in place["new"]),
        say("column_certainty"): place_certainty(place),
        say("column_act"): "; ".join(acts),
    }


def _table(rows: Sequence[Table]) -> tuple[list[str], list[list[Cell]]]:
    header = list(rows[0]) if rows else [say("ui_no_records")]
    return header, [[row[name] for name in header] for row in rows]
