"""Moved records: choose an old or a new unit; the subject place and custody are two answers, kept apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from kg.custody_wording import (
    basis_label,
    check_label,
    destination_label,
    due_label,
    held_label,
    held_totals,
    waiting_lines,
)
from kg.export.moved import file_rows
from kg.questions.moved import By, moved
from kg.questions.units import MATTERS
from kg.workspace import Workspace
from ontology.model import Matter
from ui.desk import access, desk, plain
from ui.lineages import Direction, Preferred, show_lineage, unit_meant
from ui.rows import Row, moved_row
from ui.tables import choose, download, grid, numbers
from ui.views.record import ask_for, open_asked
from ui.words import certainty, day, figure, shelf, t, term

_LIST = 500
_DOWNLOAD = 50_000
_SHOWN = 100
"""Files on the screen; the download has all."""
_GROUPS = 50
_SIDES = ("from", "to")
_PREFERRED: dict[str, Preferred] = {"from": "ended", "to": "in_force"}
_DIRECTIONS: dict[str, Direction] = {"from": "successors", "to": "predecessors"}
_PLACE_WIDTHS = {
    "column_number": 100, "column_date": 84, "column_title": 160, "column_place_old": 120, "column_place_now": 145,
    "column_certainty": 180, "column_act": 135,
}  # fmt: skip
"""Pixels of the columns: with these all of an answer is on a screen of 1,366."""

_COUNTS = ("files", "documents", "pages")


Asked = Callable[..., dict[str, Any]]
"""The question, ready to be asked of a store for some of its answers."""


def page() -> None:
    """The page of moved records."""
    st.title(t("label_moved"))
    _take_side()
    first, second = st.columns([1, 1])
    side = first.radio(
        t("ui_which_unit"), _SIDES, horizontal=True, key="side", bind="query-params",
        format_func=lambda value: t(f"ui_unit_{value}"),
    )  # fmt: skip
    matter = second.radio(
        t("ui_matter"), MATTERS, horizontal=True, key="matter", bind="query-params",
        format_func=lambda value: t(f"ui_matter_{value}"),
    )  # fmt: skip
    name = st.text_input(t("ui_unit_name"), placeholder=t(f"ui_unit_hint_{side}"), key="unit", bind="query-params")
    name = name.strip()
    with desk() as workspace:
        chosen = unit_meant(name, _PREFERRED[side]) if name else None
        if name and chosen is None:
            return
        if chosen:
            show_lineage(chosen, _DIRECTIONS[side], matter)
        else:
            st.info(t("ui_moved_help"))
        place, custody = st.tabs([t("label_subject_place"), f"{t('label_held_now')} · {t('label_destination')}"])
        with place:
            _answer(workspace, chosen, side, "place", matter)
        with custody:
            _answer(workspace, chosen, side, "custody", matter)
    open_asked()


def _take_side() -> None:
    """Links may say ``side=from`` or ``side=to``, whatever the language of the screens."""
    if (asked := st.query_params.get("side")) in _SIDES:
        st.session_state["side"] = asked


def _answer(workspace: Workspace, chosen: str | None, side: str, by: By, matter: Matter) -> None:
    sides: dict[str, Any] = {"source" if side == "from" else "target": chosen} if chosen else {}
    asked: Asked = partial(moved, **sides, by=by, matter=matter, access=access())
    answer = asked(workspace, limit=_LIST)
    st.caption(t("ui_moved_by_place") if by == "place" else t("ui_moved_by_custody"))
    _totals(answer, by)
    notes = []
    if answer["withheld"]:
        notes.append(t("withheld", n=figure(answer["withheld"])))
    if answer["secret"]:
        notes.append(t("moved_secret", n=figure(answer["secret"])))
    if notes:
        st.caption(" ".join(notes))
    if by == "custody":
        _files(answer, asked)
    else:
        _records(answer, asked)


def _records(answer: Mapping[str, Any], asked: Asked) -> None:
    records = answer["records"]
    if not records:
        st.info(t("ui_no_records"))
        return
    st.markdown(f"**{t('ui_list_of_records')}** · {t('ui_click_row')}")
    choose(
        [moved_row(entry, "place") for entry in records],
        key="records-place",
        widths={t(column): width for column, width in _PLACE_WIDTHS.items()},
        tall=True,
        opened=lambda row: ask_for(records[row]["record"]["id"]),
    )
    listable = answer["totals"]["documents"] - answer["withheld"]
    if listable > len(records):
        st.caption(t("ui_list_cut", listed=figure(len(records)), total=figure(listable)))
    download(t("label_moved"), partial(_rows, asked), key="ho-so-nay-o-dau-place")


def _files(answer: Mapping[str, Any], asked: Asked) -> None:
    """By custody the files, those that nobody scanned too; below them the records that lie in no file."""
    files = answer["files"]
    if files:
        st.markdown(f"**{t('ui_list_of_files')}**")
        grid([_file_row(entry) for entry in files[:_SHOWN]])
        if answer["files_known"] > len(files[:_SHOWN]):
            total = figure(answer["files_known"])
            st.caption(t("ui_list_cut_files", listed=figure(len(files[:_SHOWN])), total=total))
        download(t("label_moved"), partial(_file_rows, asked), key="ho-so-nay-o-dau-custody")
    loose = [entry for entry in answer["records"] if entry["record"]["file"] is None]
    if loose:
        st.markdown(f"**{t('moved_loose')}** {t('ui_click_row')}")
        choose(
            [moved_row(entry, "custody") for entry in loose],
            key="records-custody",
            tall=True,
            opened=lambda row: ask_for(loose[row]["record"]["id"]),
        )
    if not files and not loose:
        st.info(t("ui_no_files"))


def _file_row(entry: Mapping[str, Any]) -> Row:
    """A file with who holds it and where it must go; the table wraps, so that nothing is cut."""
    file, custody = entry["file"], entry["custody"]
    where = custody["destination"]
    code = " / ".join(part for part in (file["fonds"], file["code"]) if part)
    return {
        t("column_code"): code if file["scanned"] else t("ui_file_not_scanned", code=code),
        t("column_title"): file["title"] or t("ui_not_known"),
        t("column_time"): " – ".join(dict.fromkeys(day(value) for value in (file["since"], file["until"]) if value)),
        t("column_held_now"): held_label(custody),
        t("column_destination"): destination_label(where),
        t("column_due"): due_label(custody),
        t("column_basis"): basis_label(where),
        t("label_to_check"): check_label(custody),
    }


def _rows(asked: Asked) -> list[Row]:
    """The list of places for the download."""
    with desk() as workspace:
        return [moved_row(entry, "place") for entry in asked(workspace, limit=_DOWNLOAD)["records"]]


def _file_rows(asked: Asked) -> list[Row]:
    """The list of files for the download: every file, also those that nobody scanned."""
    with desk() as workspace:
        return file_rows(asked(workspace, limit=_DOWNLOAD)["files"])


def _totals(answer: Mapping[str, Any], by: str) -> None:
    totals = answer["totals"]
    numbers(_figures(totals))
    for line in waiting_lines(answer):
        st.info(plain(line))
    if by == "place":
        _table("certainty", [(certainty(name), count) for name, count in answer["by_certainty"].items()], totals)
    else:
        left, right = st.columns(2)
        with left:
            _table("held_now", held_totals(answer), totals)
        with right:
            words = answer["by_destination"].items()
            _table("destination", [(term("custody", name), count) for name, count in words], totals)
    if totals["metres_basis"]:
        parts = "; ".join(
            f"{term('basis', word)}: {shelf(metres)}" for word, metres in totals["metres_basis"].items()
        )
        st.caption(plain(t("metres_note", parts=parts)))
    if groups := answer.get("groups"):
        st.markdown(f"**{t('ui_moved_groups')}**")
        grid([_group_row(group) for group in groups[:_GROUPS]], numbers=list(_figures(totals)))


def _group_row(group: Mapping[str, Any]) -> Row:
    """Files that fare alike: who holds them, where they must go, by when and by what."""
    destination = {key: group[key] for key in ("via", "basis", "law_sure", "waiting")}
    destination |= {"name": group["destination"], "certainty": group["destination_certainty"]}
    return {
        t("column_held_now"): group["held_now"] or t("ui_not_known"),
        t("column_destination"): destination_label(destination),
        t("column_due"): day(group["due"]),
        t("column_basis"): basis_label(destination),
        **_figures(group),
    }


def _table(column: str, rows: Sequence[tuple[str, Mapping[str, Any]]], totals: Mapping[str, Any]) -> None:
    """Counts with their sum."""
    shown = [_totals_row(column, label, count) for label, count in rows]
    grid([*shown, _totals_row(column, t("moved_total"), totals)], numbers=list(_figures(totals)), total=True)


def _totals_row(title: str, label: str, count: Mapping[str, Any]) -> Row:
    return {t(f"column_{title}"): label} | _figures(count)


def _figures(count: Mapping[str, Any]) -> Row:
    figures = {t(f"column_{name}"): figure(count[name]) for name in _COUNTS}
    return figures | {t("column_metres"): shelf(count["metres"])}
