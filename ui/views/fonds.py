"""The fonds: first where lists and scans differ, then the tree of inventories, files and documents."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from kg.custody_wording import destination_label, due_label, paper_told
from kg.export.fonds import write_fonds
from kg.questions.difference_words import why
from kg.questions.fonds import UNKNOWN, file_documents, fonds
from kg.workspace import Workspace
from ui.desk import access, desk, key_of, plain
from ui.rows import Row, metres, record_row
from ui.tables import choose, download, grid, numbers
from ui.views.record import ask_for, open_asked, show_custody
from ui.words import day, figure, t, term

_SHOWN = 300
_SUMS = ("files", "documents", "pages")
_KINDS = ("not_scanned", "not_listed", "sheets", "in_two_fonds")
_WIDTHS = {"column_title": 280, "column_held_now": 130, "column_destination": 210, "column_due": 90}
"""Pixels of the wide columns of files."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page() -> None:
    """The page of fonds."""
    st.title(t("label_fonds"))
    with desk() as workspace:
        every = fonds(workspace, access=access())
        assert isinstance(every, list)
        if not every:
            st.info(t("fonds_none"))
            return
        known = sum(row["id"] != UNKNOWN for row in every)
        numbers({t("column_fonds"): known, **{t(f"column_{name}"): sum(r[name] for r in every) for name in _SUMS}})
        _reconciliation(every)
        st.info(t("ui_choose_fonds"))
        picked = choose([_fonds_row(row) for row in every], key="fonds", first=_asked_for(every))
        if picked is not None:
            _one(workspace, str(every[picked]["id"]))
    open_asked()


def _reconciliation(every: Sequence[Mapping[str, Any]]) -> None:
    """The first job of the day: how many differences of which kind, in which fonds, and all of them as a list."""
    kinds = Counter(row["kind"] for one in every for row in one["differences"])
    if not kinds:
        return
    st.subheader(t("fonds_reconciliation"), anchor=False)
    numbers({term("difference", kind): kinds[kind] for kind in _KINDS})
    st.download_button(
        t("ui_download_differences"), lambda: _differences_book(every), file_name="doi-chieu.xlsx", mime=_XLSX,
        key="download-doi-chieu", on_click="ignore",
    )  # fmt: skip


def _differences_book(value: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "doi-chieu.xlsx"
        write_fonds(path, value)
        return path.read_bytes()


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
        t("column_difference"): figure(len(row["differences"])),
        **{t(f"ui_difference_{kind}"): _count(row["differences_by_kind"].get(kind)) for kind in _KINDS},
        t("column_files"): figure(row["files"]),
        t("column_documents"): figure(row["documents"]),
        t("column_pages"): figure(row["pages"]),
        t("column_metres"): metres(row),
    }


def _count(value: int | None) -> str:
    return figure(value) if value else ""


def _one(workspace: Workspace, fonds_id: str) -> None:
    one = fonds(workspace, fonds_id, access=access())
    assert isinstance(one, dict)
    st.subheader(
        plain(" · ".join(part for part in (one["id"], one["creator"] or t("fonds_unknown")) if part)), anchor=False
    )
    facts = {
        "column_level": term("level", one["level"]),
        "column_bloc": term("bloc", one["bloc"]),
        "column_status": term("status", one["status"]),
        "ui_opened": _dated(one, "opened"),
        "column_closed": _dated(one, "closed"),
        "column_boxes": figure(one["boxes"]),
        "column_bundles": _count(one["bundles"]),
        "column_registers": _count(one["registers"]),
        "column_sheets": figure(one["sheets"]),
        "column_pages": _pages(one),
        "column_metres": metres(one),
    }
    st.caption(plain(" · ".join(f"{t(key)}: {value}" for key, value in facts.items() if value not in ("", "–"))))
    if one["metres_norms"]:
        st.caption(plain(t("fonds_metres_norms", norms="; ".join(one["metres_norms"]))))
    differences, files, numbered, about = st.tabs(
        [
            f"{t('column_difference')} ({len(one['differences'])})",
            t("column_files"),
            t("fonds_numbering"),
            t("ui_about_fonds"),
        ]
    )
    with differences:
        _differences(one)
    with files:
        _files(workspace, one)
    with numbered:
        _numbers(one)
    with about:
        _about(one)


def _dated(one: Mapping[str, Any], key: str) -> str:
    """The opening or closing day, with where it was read when no column gives it."""
    shown = day(one[key])
    return t("fonds_day_of_history", day=shown) if shown and one[f"{key}_basis"] == "history" else shown


def _pages(one: Mapping[str, Any]) -> str:
    """Pages with how they were had."""
    told = ", ".join(f"{figure(n)} {term('pages_basis', basis)}" for basis, n in one["pages_basis"].items())
    return f"{figure(one['pages'])} ({told})" if told else figure(one["pages"])


def _differences(one: Mapping[str, Any]) -> None:
    if not one["differences"]:
        if any(row["listed"] for row in one["file"]):
            st.success(t("no_differences"))
        else:
            st.info(t("fonds_no_list"))
        return
    found = [_difference_row(row) for row in one["differences"]]
    grid(found[:_SHOWN], numbers=[t("column_listed"), t("column_found")])
    if len(found) > _SHOWN:
        st.caption(t("ui_list_cut", listed=figure(_SHOWN), total=figure(len(found))))
    st.download_button(
        t("ui_download"), lambda: _differences_book(one), file_name="chenh-lech.xlsx", mime=_XLSX,
        key="download-chenh-lech", on_click="ignore",
    )  # fmt: skip


def _numbers(one: Mapping[str, Any]) -> None:
    """The numbers of the files as the closing sheet of an inventory counts them, and what stands twice."""
    if not one["numbering"] and not one["duplicates"]:
        st.info(t("ui_no_numbering"))
    for series in one["numbering"]:
        counts = {"files": series["files"], "repeated": series["repeated_count"], "missing": series["missing_count"]}
        told = {name: figure(n) for name, n in counts.items()}
        st.markdown(plain(t("fonds_numbers", first=series["from"], last=series["to"], **told)))
        for kind in ("repeated", "missing"):
            if series[kind]:
                st.caption(plain(t(f"fonds_numbers_{kind}", numbers=", ".join(series[kind]))))
    for row in one["duplicates"][:_SHOWN]:
        st.markdown(plain(t(f"fonds_same_{row['kind']}", ids=", ".join(row["records"] or row["files"]))))


def _about(one: Mapping[str, Any]) -> None:
    """The fields of a fonds that the circulars name, its registers, and what came when."""
    told = [
        {t("column_kind"): t(f"fonds_field_{field}"), t("column_value"): _value(value)}
        for field, value in one["description"].items()
        if value is not None
    ]
    grid(told)
    if one["registers_listed"]:
        grid([_register_row(row) for row in one["registers_listed"][:_SHOWN]])
    for event in one["events"]:
        what = ", ".join([*event["tables"], *event["folders"]])
        counts = {key: figure(event[key]) for key in ("documents", "files")}
        st.caption(plain(t("fonds_event_delivery", day=day(event["at"][:10]), what=what, **counts)))


def _register_row(row: Mapping[str, Any]) -> Row:
    return {
        t("column_registers"): row["kind"] or row["title"] or row["id"],
        t("column_book_number"): row["number"] or "",
        t("column_opened"): day(row["opened"]),
        t("column_closed"): day(row["closed"]),
        t("column_cases"): figure(row["cases"]),
        t("column_pages"): figure(row["pages"]),
    }


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
    picked = choose(rows, key=f"files-{one['id']}", widths={t(column): width for column, width in _WIDTHS.items()})
    download(t("column_files"), lambda: rows, key="ho-so")
    if picked is None:
        st.caption(t("ui_choose_file"))
    else:
        _documents(workspace, shown[picked])


def _event(event: Mapping[str, Any]) -> str:
    """One event of a file's life in a line."""
    if event.get("fact"):
        return paper_told(event)
    when = day(str(event["at"])[:10]) if event["at"] else "–"
    return t(f"ui_event_{event['kind']}", day=when, what=event["what"] or "–", to=event.get("to") or "",
             documents=figure(event.get("documents")))  # fmt: skip


def _file_row(row: Mapping[str, Any]) -> Row:
    return {
        t("column_code"): row["code"] or row["id"],
        t("column_title"): row["title"] or "",
        t("column_time"): " – ".join(dict.fromkeys(day(value) for value in (row["since"], row["until"]) if value)),
        t("column_retention"): row["retention"] or _proposed(row["retention_proposed"]),
        t("column_held_now"): (row["custody"]["held_now"] or {}).get("name") or t("ui_not_known"),
        t("column_destination"): destination_label(row["custody"]["destination"]),
        t("column_due"): due_label(row["custody"]),
        t("column_boxes"): row["box"] or "",
        t("column_sheets"): figure(row["sheets"]),
        t("column_pages"): figure(row["pages"]),
        t("column_documents"): figure(row["documents"]),
        t("column_scanned"): t("answer_yes") if row["scanned"] else t("answer_no"),
        t("column_metres"): metres(row),
    }


def _proposed(proposal: Mapping[str, Any] | None) -> str:
    """The term that a schedule would give, in short."""
    return t("retention_proposed_short", term=proposal["term"]) if proposal else ""


def _difference_row(row: Mapping[str, Any]) -> Row:
    return {
        t("column_code"): row["code"] or row["file"],
        t("column_title"): row["title"] or "",
        t("column_difference"): term("difference", row["kind"]),
        t("column_listed"): _value(row["listed"]),
        t("column_found"): _value(row["found"]),
        t("column_why"): why(row),
    }


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_value(one) for one in value)
    if isinstance(value, int | float):
        return figure(value)
    return "" if value is None else str(value)


def _documents(workspace: Workspace, file: Mapping[str, Any]) -> None:
    st.markdown(f"**{plain(file['title'] or file['code'] or file['id'])}** · {t('ui_click_row')}")
    for event in file["events"]:
        st.caption(plain(_event(event)))
    show_custody(file["custody"])
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
