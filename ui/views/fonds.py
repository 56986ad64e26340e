"""The fonds: first where lists and scans differ, then the tree of inventories, files and documents."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from kg.custody_wording import basis_label, check_label, destination_label, due_label, held_label, paper_told
from kg.export.fonds import write_fonds
from kg.fonds_wording import counted_label, creator_label, day_label, files_label, status_label, without_creator
from kg.questions.difference_words import label, why
from kg.questions.fonds import UNKNOWN, file_documents, fonds
from kg.workspace import Workspace, open_workspace
from ui.desk import access, desk, key_of, plain, store_url
from ui.rows import Row, metres, record_row
from ui.tables import choose, grid, numbers
from ui.views.record import ask_for, open_asked, show_custody
from ui.words import day, figure, shelf, t, term

_SHOWN = 300
_FILES = 2000
"""Files of a fonds that the page lists; the workbook has all."""
_SUMS = ("files", "documents", "pages")
_KINDS = ("not_scanned_finding_aid", "not_scanned_manifest", "not_listed_finding_aid", "not_listed_manifest", "sheets",
          "in_two_fonds")  # fmt: skip
_FONDS_WIDTHS = {"column_fonds": 60, "column_creator": 260, "column_files": 55, "column_bundles": 62,
                 "column_documents": 66, "column_pages": 60, "column_metres": 66, "column_difference": 78}  # fmt: skip
_WIDTHS = {"column_code": 60, "column_title": 150, "column_time": 82, "column_retention": 116, "column_held_now": 95,
           "column_destination": 185, "column_due": 88, "column_basis": 170, "column_counted": 230}  # fmt: skip
"""Pixels of the columns, so that a screen of 1,366 shows who holds a file, where it must go, by when and why."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page() -> None:
    """The page of fonds."""
    st.title(t("label_fonds"))
    with desk() as workspace:
        every = fonds(workspace, access=access(), limit=_SHOWN)
        assert isinstance(every, list)
        if not every:
            st.info(t("fonds_none"))
            return
        known = sum(row["id"] != UNKNOWN for row in every)
        numbers({t("column_fonds"): known, **{t(f"column_{name}"): sum(r[name] for r in every) for name in _SUMS}})
        _reconciliation(every)
        if told := without_creator(every):
            st.warning(plain(told))
        st.info(t("ui_choose_fonds"))
        picked = choose(
            _fonds_rows(every), key="fonds", first=_asked_for(every),
            widths={t(column): width for column, width in _FONDS_WIDTHS.items()},
        )  # fmt: skip
        if picked is not None:
            _one(workspace, str(every[picked]["id"]))
    open_asked()


def _reconciliation(every: Sequence[Mapping[str, Any]]) -> None:
    """The first job of the day: how many differences of which kind, in which fonds, and all of them as a list."""
    kinds: Counter[str] = Counter()
    for one in every:
        kinds.update(one["differences_by_list"])
    if not kinds:
        return
    st.subheader(t("fonds_reconciliation"), anchor=False)
    numbers({t(f"ui_difference_{kind}"): kinds[kind] for kind in _KINDS if kinds[kind]})
    st.download_button(
        t("ui_download_differences"), lambda: _book(None), file_name="doi-chieu.xlsx", mime=_XLSX,
        key="download-doi-chieu", on_click="ignore",
    )  # fmt: skip


def _book(fonds_id: str | None) -> bytes:
    """All differences, fonds and files (of one fonds, or of all) as a workbook; the store is opened again for it."""
    with tempfile.TemporaryDirectory() as folder, open_workspace(store_url()) as workspace:
        path = Path(folder) / "doi-chieu.xlsx"
        write_fonds(path, fonds(workspace, fonds_id, access=access(), files=True))
        return path.read_bytes()


def _asked_for(every: Sequence[Mapping[str, Any]]) -> int | None:
    """The fonds that a link names (``/fonds?fonds=P01``)."""
    asked = st.query_params.get("fonds")
    return next((number for number, row in enumerate(every) if row["id"] == asked), None)


def _fonds_rows(every: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The fonds with their figures; bundles and kinds of differences only where some fonds has them."""
    kinds = [kind for kind in _KINDS if any(row["differences_by_list"].get(kind) for row in every)]
    bundled = any(row["bundles"] for row in every)
    return [
        {
            t("column_fonds"): row["id"] or t("fonds_unknown"),
            t("column_creator"): creator_label(row),
            t("column_files"): files_label(row),
            **({t("column_bundles"): _count(row["bundles"])} if bundled else {}),
            t("column_documents"): figure(row["documents"]),
            t("column_pages"): figure(row["pages"]),
            t("column_metres"): shelf(row["metres"]),
            t("column_difference"): figure(row["differences_count"]),
            **{t(f"ui_difference_{kind}"): _count(row["differences_by_list"].get(kind)) for kind in kinds},
        }
        for row in every
    ]


def _count(value: int | None) -> str:
    return figure(value) if value else ""


def _one(workspace: Workspace, fonds_id: str) -> None:
    one = fonds(workspace, fonds_id, access=access(), limit=_FILES)
    assert isinstance(one, dict)
    st.subheader(plain(" · ".join(part for part in (one["id"], creator_label(one)) if part)), anchor=False)
    facts = {
        "column_level": term("level", one["level"]),
        "column_bloc": term("bloc", one["bloc"]),
        "column_status": status_label(one),
        "ui_opened": day_label(one, "opened"),
        "column_closed": day_label(one, "closed"),
        "column_files": files_label(one),
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
            f"{t('column_difference')} ({figure(one['differences_count'])})",
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


def _pages(one: Mapping[str, Any]) -> str:
    """Pages with how they were had."""
    told = ", ".join(f"{figure(n)} {term('pages_basis', basis)}" for basis, n in one["pages_basis"].items())
    return f"{figure(one['pages'])} ({told})" if told else figure(one["pages"])


def _differences(one: Mapping[str, Any]) -> None:
    if not one["differences"]:
        if one["listed_files"]:
            st.success(t("no_differences"))
        else:
            st.info(t("fonds_no_list"))
        return
    found = [_difference_row(row) for row in one["differences"][:_SHOWN]]
    grid(found, numbers=[t("column_listed"), t("column_found")])
    if len(found) < one["differences_count"]:
        st.caption(t("ui_list_cut", listed=figure(len(found)), total=figure(one["differences_count"])))
    st.download_button(
        t("ui_download"), lambda: _book(one["id"]), file_name="chenh-lech.xlsx", mime=_XLSX,
        key="download-chenh-lech", on_click="ignore",
    )  # fmt: skip


def _numbers(one: Mapping[str, Any]) -> None:
    """The numbers of the files as the closing sheet of an inventory counts them, and what stands twice."""
    if not one["numbering"] and not one["duplicates"]:
        st.info(t("ui_no_numbering"))
    if one["rows_without_number"]:
        st.warning(t("fonds_rows_without_number", n=figure(one["rows_without_number"])))
    for series in one["numbering"]:
        counts = {"files": series["files"], "repeated": series["repeated_count"], "missing": series["missing_count"]}
        told = {name: figure(n) for name, n in counts.items()}
        st.markdown(plain(t("fonds_numbers", first=series["from"], last=series["to"], **told)))
        for kind in ("repeated", "missing", "missing_scanned"):
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
    if len(one["file"]) < one["files"]:
        st.caption(t("ui_list_cut", listed=figure(len(one["file"])), total=figure(one["files"])))
    widths = {t(column): width for column, width in _WIDTHS.items()}
    picked = choose(rows, key=f"files-{one['id']}", widths=widths, tall=True)
    st.download_button(
        t("ui_download"), lambda: _book(one["id"]), file_name="ho-so.xlsx", mime=_XLSX,
        key="download-ho-so", on_click="ignore",
    )  # fmt: skip
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
    custody = row["custody"]
    marks = [t("bundle_label")] if row["kind"] == "bundle" else []
    marks += [t("same_number_label")] if row["same_number"] else []
    code = row["code"] or row["id"]
    told = (destination_label(custody["destination"]), check_label(custody))
    return {
        t("column_code"): f"{code} ({', '.join(marks)})" if marks else code,
        t("column_title"): row["title"] or "",
        t("column_time"): " – ".join(dict.fromkeys(day(value) for value in (row["since"], row["until"]) if value)),
        t("column_retention"): row["retention"] or _proposed(row["retention_proposed"]),
        t("column_held_now"): held_label(custody),
        t("column_destination"): "; ".join(filter(None, told)),
        t("column_due"): due_label(custody),
        t("column_basis"): basis_label(custody["destination"]),
        t("column_counted"): counted_label(row),
    }


def _proposed(proposal: Mapping[str, Any] | None) -> str:
    """The term that a schedule would give, in short."""
    return t("retention_proposed_short", term=proposal["term"]) if proposal else ""


def _difference_row(row: Mapping[str, Any]) -> Row:
    return {
        t("column_code"): row["code"] or row["file"] or "",
        t("column_title"): row["title"] or "",
        t("column_difference"): label(row),
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
