"""The tree of fonds, inventories, files and documents, with what the lists and the scans disagree on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kg.questions.fonds import file_documents, fonds
from kg.workspace import Workspace
from ui.desk import access, desk, plain
from ui.tables import Row, download, record_title, table
from ui.views.record import open_record
from ui.words import day, figure, t, term


def page() -> None:
    """The page of fonds."""
    st.title(t("label_fonds"))
    with desk() as workspace:
        every = fonds(workspace)
        assert isinstance(every, list)
        if not every:
            st.info(t("fonds_none"))
            return
        rows = [_fonds_row(row) for row in every]
        picked = table(rows, key="fonds", select=True)
        st.caption(t("ui_choose_fonds"))
        if picked is not None:
            _one(workspace, str(every[picked]["id"]))


def _fonds_row(row: Mapping[str, Any]) -> Row:
    return {
        t("column_id"): row["id"],
        t("column_creator"): row["creator"] or t("fonds_unknown"),
        t("column_level"): term("level", row["level"]),
        t("column_bloc"): term("bloc", row["bloc"]),
        t("column_closed"): day(row["closed"]),
        t("column_files"): figure(row["files"]),
        t("column_documents"): figure(row["documents"]),
        t("column_sheets"): figure(row["sheets"]),
        t("column_pages"): figure(row["pages"]),
        t("column_metres"): _metres(row),
        t("column_difference"): figure(len(row["differences"])),
    }


def _metres(row: Mapping[str, Any]) -> str:
    """Metres with how they were had, where they were not measured (PRACTICE.md §1.8)."""
    basis = row["metres_basis"]
    if row["metres"] is None:
        return figure(None)
    bases = [basis] if isinstance(basis, str) else list(basis or ())
    shown = ", ".join(term("basis", name) for name in bases if name != "measured")
    return f"{figure(row['metres'])} ({shown})" if shown else figure(row["metres"])


def _one(workspace: Workspace, fonds_id: str) -> None:
    one = fonds(workspace, fonds_id)
    assert isinstance(one, dict)
    st.subheader(plain(one["creator"] or t("fonds_unknown")))
    files, differences = st.tabs([t("column_files"), f"{t('column_difference')} ({len(one['differences'])})"])
    with files:
        rows = [_file_row(row) for row in one["file"]]
        picked = table(rows, key=f"files-{fonds_id}", select=True)
        download(t("column_files"), rows, key="files")
        if picked is not None:
            _documents(workspace, one["file"][picked])
    with differences:
        if not one["differences"]:
            st.success(t("no_differences"))
            return
        found = [_difference_row(row) for row in one["differences"]]
        table(found, key=f"differences-{fonds_id}")
        download(t("column_difference"), found, key="differences")


def _file_row(row: Mapping[str, Any]) -> Row:
    return {
        t("column_code"): row["code"] or row["id"],
        t("column_title"): row["title"] or "",
        t("column_time"): " – ".join(day(value) for value in (row["since"], row["until"]) if value),
        t("column_retention"): row["retention"] or "",
        t("column_sheets"): figure(row["sheets"]),
        t("column_documents"): figure(row["documents"]),
        t("column_scanned"): t("yes") if row["scanned"] else t("no"),
        t("column_metres"): _metres(row),
    }


def _difference_row(row: Mapping[str, Any]) -> Row:
    return {
        t("column_code"): row["code"] or row["file"],
        t("column_title"): row["title"] or "",
        t("column_difference"): term("difference", row["kind"]),
        t("column_listed"): "" if row["listed"] is None else str(row["listed"]),
        t("column_found"): "" if row["found"] is None else str(row["found"]),
    }


def _documents(workspace: Workspace, file: Mapping[str, Any]) -> None:
    st.markdown(f"**{plain(file['title'] or file['code'] or file['id'])}**")
    records = file_documents(workspace, file["id"], access=access())
    if not records:
        st.info(t("ui_no_records"))
        return
    rows = [
        {
            t("column_number"): record["number"] or "",
            t("column_date"): day(record["date"] or record["date_partial"]),
            t("column_type"): record["type"] or "",
            t("column_title"): record_title(record),
            t("column_pages"): figure(record["pages"]),
            t("column_source"): record["source"] or "",
        }
        for record in records
    ]
    picked = table(rows, key=f"documents-{file['id']}", select=True)
    if picked is not None and st.button(t("ui_open"), key="open-document"):
        open_record(records[picked]["id"])
