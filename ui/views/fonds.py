"""The tree of fonds, inventories, files and documents, with what the lists and the scans disagree on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kg.questions.fonds import UNKNOWN, file_documents, fonds
from kg.workspace import Workspace
from ui.desk import access, desk, key_of, plain
from ui.rows import Row, metres, record_row
from ui.tables import choose, download, grid, numbers
from ui.views.record import ask_for, open_asked
from ui.words import day, figure, t, term

_SHOWN = 300
_SUMS = ("files", "documents", "pages")


def page() -> None:
    """The page of fonds."""
    st.title(t("label_fonds"))
    with desk() as workspace:
        every = fonds(workspace, access=access())
        assert isinstance(every, list)
        if not every:
            st.info(t("fonds_none"))
            return
        st.info(t("ui_choose_fonds"))
        known = sum(row["id"] != UNKNOWN for row in every)
        numbers({t("column_fonds"): known, **{t(f"column_{name}"): sum(r[name] for r in every) for name in _SUMS}})
        picked = choose([_fonds_row(row) for row in every], key="fonds", first=_asked_for(every))
        if picked is not None:
            _one(workspace, str(every[picked]["id"]))
    open_asked()


def _asked_for(every: Sequence[Mapping[str, Any]]) -> int | None:
    """The fonds that a link names (``/fonds?fonds=P01``)."""
    asked = st.query_params.get("fonds")
    return next((number for number, row in enumerate(every) if row["id"] == asked), None)


def _fonds_row(row: Mapping[str, Any]) -> Row:
    return {
        t("column_fonds"): row["id"],
        t("column_creator"): row["creator"] or t("fonds_unknown"),
        t("column_level"): term("level", row["level"]),
        t("column_bloc"): term("bloc", row["bloc"]),
        t("column_files"): figure(row["files"]),
        t("column_documents"): figure(row["documents"]),
        t("column_pages"): figure(row["pages"]),
        t("column_metres"): metres(row),
        t("column_difference"): figure(len(row["differences"])),
    }


def _one(workspace: Workspace, fonds_id: str) -> None:
    one = fonds(workspace, fonds_id, access=access())
    assert isinstance(one, dict)
    st.subheader(
        plain(" · ".join(part for part in (one["id"], one["creator"] or t("fonds_unknown")) if part)), anchor=False
    )
    facts = {
        "column_level": term("level", one["level"]),
        "column_bloc": term("bloc", one["bloc"]),
        "ui_opened": day(one["opened"]),
        "column_closed": day(one["closed"]),
        "column_sheets": figure(one["sheets"]),
        "column_metres": metres(one),
    }
    st.caption(plain(" · ".join(f"{t(key)}: {value}" for key, value in facts.items() if value not in ("", "–"))))
    files, differences = st.tabs([t("column_files"), f"{t('column_difference')} ({len(one['differences'])})"])
    with files:
        _files(workspace, one)
    with differences:
        if not one["differences"]:
            st.success(t("no_differences"))
            return
        found = [_difference_row(row) for row in one["differences"]]
        grid(found[:_SHOWN], numbers=[t("column_listed"), t("column_found")])
        if len(found) > _SHOWN:
            st.caption(t("ui_list_cut", listed=figure(_SHOWN), total=figure(len(found))))
        download(t("column_difference"), lambda: found, key="chenh-lech")


def _files(workspace: Workspace, one: Mapping[str, Any]) -> None:
    shown = one["file"]
    if len(one["inventories"]) > 1:
        names = {row["id"]: f"{row['title'] or row['code']} ({figure(row['files'])})" for row in one["inventories"]}
        inventory = st.selectbox(
            t("ui_inventory"),
            [None, *names],
            key=key_of("inventory", one["id"]),
            format_func=lambda value: names.get(value, t("ui_any")),
        )
        shown = [row for row in shown if inventory is None or row["inventory"] == inventory]
    if not shown:
        st.info(t("ui_no_files"))
        return
    rows = [_file_row(row) for row in shown]
    picked = choose(rows, key=f"files-{one['id']}", widths={t("column_title"): 360})
    download(t("column_files"), lambda: rows, key="ho-so")
    if picked is None:
        st.caption(t("ui_choose_file"))
    else:
        _documents(workspace, shown[picked])


def _file_row(row: Mapping[str, Any]) -> Row:
    return {
        t("column_code"): row["code"] or row["id"],
        t("column_title"): row["title"] or "",
        t("column_time"): " – ".join(dict.fromkeys(day(value) for value in (row["since"], row["until"]) if value)),
        t("column_retention"): row["retention"] or "",
        t("column_sheets"): figure(row["sheets"]),
        t("column_documents"): figure(row["documents"]),
        t("column_scanned"): t("answer_yes") if row["scanned"] else t("answer_no"),
        t("column_metres"): metres(row),
    }


def _difference_row(row: Mapping[str, Any]) -> Row:
    return {
        t("column_code"): row["code"] or row["file"],
        t("column_title"): row["title"] or "",
        t("column_difference"): term("difference", row["kind"]),
        t("column_listed"): _value(row["listed"]),
        t("column_found"): _value(row["found"]),
    }


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_value(one) for one in value)
    if isinstance(value, int | float):
        return figure(value)
    return "" if value is None else str(value)


def _documents(workspace: Workspace, file: Mapping[str, Any]) -> None:
    st.markdown(f"**{plain(file['title'] or file['code'] or file['id'])}** · {t('ui_click_row')}")
    records = file_documents(workspace, file["id"], access=access())
    if not records:
        st.info(t("ui_no_records"))
        return
    rows = [
        record_row(record)
        | {
            t("column_type"): record["type"] or "",
            t("column_pages"): figure(record["pages"]),
            t("column_source"): record["source"] or "",
        }
        for record in records
    ]
    choose(
        rows, key=f"documents-{file['id']}", widths={t("column_title"): 360},
        opened=lambda row: ask_for(records[row]["id"]),
    )  # fmt: skip
