"""Answers as rows for tables and downloads: one column a field, in the words of the screens."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from kg.sheets import write_xlsx
from ui.words import certainty, clause, day, t, term

Row = dict[str, Any]


def unit_name(unit: Mapping[str, Any] | None) -> str:
    """A unit with what it lies in."""
    if unit is None:
        return ""
    return ", ".join([unit["name"], *(parent["name"] for parent in unit.get("parents", ()))])


def record_title(record: Mapping[str, Any]) -> str:
    """What a record is called: its title, else type and number, else its path."""
    named = " ".join(part for part in (record.get("type"), record.get("number")) if part)
    return str(record.get("title") or named or record.get("source") or record["id"])


def old_place(place: Mapping[str, Any]) -> str:
    """The subject place, or all the units it can be."""
    if place["old"]:
        return unit_name(place["old"])
    return " | ".join(unit_name(unit) for unit in place["old_candidates"])


def new_places(place: Mapping[str, Any]) -> str:
    """The units it can lie in now, each with its extent."""
    return "; ".join(f"{unit['name']} ({term('extent', unit['extent'])})" for unit in place["new"])


def acts(place: Mapping[str, Any]) -> str:
    """The acts and clauses behind the new places."""
    return "; ".join(dict.fromkeys(clause(unit["act"], unit["clause"]) for unit in place["new"] if unit["act"]))


def custody_columns(custody: Mapping[str, Any]) -> Row:
    """Who holds the file, where it must go and by when, with the basis: apart from the place."""
    held, destination = custody["held_now"], custody["destination"]
    since = (
        " ".join(part for part in (held["name"], day(held.get("since")), held.get("paper")) if part) if held else ""
    )
    return {
        t("column_held_now"): since or t("ui_not_known"),
        t("column_destination"): destination["name"] or term("custody", destination["certainty"]),
        t("column_due"): day(custody.get("due")),
        t("column_basis"): destination.get("basis") or "",
        t("column_custody"): term("custody", destination["certainty"]),
    }


def moved_row(entry: Mapping[str, Any]) -> Row:
    """One record of ``moved``: what it is, its place then and now, its custody."""
    record, place = entry["record"], entry["place"]
    return {
        t("column_number"): record["number"] or "",
        t("column_date"): day(record["date"] or record["date_partial"]),
        t("column_title"): record_title(record),
        t("column_file"): record["file"] or "",
        t("column_place_old"): old_place(place),
        t("column_place_now"): new_places(place),
        t("column_certainty"): certainty(place["certainty"], len(place["new"])),
        t("column_act"): acts(place),
        **custody_columns(entry["custody"]),
    }


def workbook(title: str, rows: Sequence[Row]) -> bytes:
    """The rows as an XLSX workbook; text of records never becomes a formula."""
    header = list(rows[0]) if rows else [title]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write_xlsx(path, {title: (header, [[row.get(name, "") for name in header] for row in rows])})
        return path.read_bytes()


def table(rows: Sequence[Row], *, key: str, select: bool = False) -> int | None:
    """Show rows; with ``select`` the number of the row chosen, else None."""
    if not select:
        st.dataframe(list(rows), hide_index=True, width="stretch", key=key)
        return None
    event = st.dataframe(
        list(rows), hide_index=True, width="stretch", key=key, on_select="rerun", selection_mode="single-row"
    )
    chosen = event["selection"]["rows"]
    return int(chosen[0]) if chosen else None


def download(title: str, rows: Sequence[Row], *, key: str) -> None:
    """A button that gives the rows as XLSX."""
    if rows:
        st.download_button(
            t("ui_download"), workbook(title, rows), file_name=f"{key}.xlsx", key=f"download-{key}",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )  # fmt: skip
