"""Moved records: choose an old or a new unit; the subject place and custody are two answers, kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kg.questions.moved import moved
from kg.questions.units import predecessors, successors, unit
from kg.workspace import Workspace
from ui.desk import access, desk, plain
from ui.tables import Row, download, moved_row, table, unit_name
from ui.views.record import open_record
from ui.words import certainty, clause, day, figure, t, term

_LIST = 500
_CHOICES = 12
_MATTERS = ("any", "civil", "land")


def page() -> None:
    """The page of moved records."""
    st.title(t("label_moved"))
    side = st.radio(
        t("ui_which_unit"),
        ("from", "to"),
        horizontal=True,
        key="moved-side",
        format_func=lambda value: t(f"ui_unit_{value}"),
    )
    name = st.text_input(t("ui_unit_name"), placeholder=t("ui_unit_hint"), key="moved-unit")
    matter = st.radio(
        t("ui_matter"),
        _MATTERS,
        horizontal=True,
        key="moved-matter",
        format_func=lambda value: t(f"ui_matter_{value}"),
    )
    with desk() as workspace:
        chosen = _choose(name.strip(), side) if name.strip() else None
        if name.strip() and chosen is None:
            return
        if chosen:
            _lineage(chosen, side, matter)
        by_place, by_custody = st.tabs(
            [t("label_subject_place"), f"{t('label_held_now')} · {t('label_destination')}"]
        )
        with by_place:
            _answer(workspace, chosen, side, "place", matter)
        with by_custody:
            _answer(workspace, chosen, side, "custody", matter)


def _choose(name: str, side: str) -> str | None:
    """The id of the unit that the name means: the only one, or the one the user picks from all it can mean."""
    found = unit(name)[:_CHOICES]
    if not found:
        st.warning(plain(t("unit_not_found", name=name)))
        return None
    ended_first = side == "from"
    found.sort(key=lambda entry: (-entry["score"], (entry["valid_to"] is None) == ended_first))
    if len(found) == 1:
        return str(found[0]["id"])
    ids = [entry["id"] for entry in found]
    known = {entry["id"]: entry for entry in found}
    chosen: str | None = st.selectbox(t("ui_which_one"), ids, format_func=lambda value: _dated(known[value]))
    return chosen


def _dated(entry: Mapping[str, Any]) -> str:
    until = day(entry["valid_to"]) or t("ui_now")
    return f"{unit_name(entry)} ({day(entry['valid_from'])} – {until})"


def _lineage(unit_id: str, side: str, matter: str) -> None:
    """What became of the unit, or what it was made of, with act and clause."""
    answer = successors(id=unit_id, kind=matter) if side == "from" else predecessors(id=unit_id, kind=matter)
    steps = answer["successors" if side == "from" else "predecessors"]
    st.subheader(plain(unit_name(answer["unit"])))
    st.write(
        plain(certainty(answer["certainty"], len(steps)) if side == "from" else t("certainty_made_of", n=len(steps)))
    )
    rows: list[Row] = [
        {
            t("column_name"): unit_name(step),
            t("column_extent"): term("extent", step["extent"]),
            t("column_act"): clause(step["act"], step["clause"]),
        }
        for step in steps
    ]
    if rows:
        table(rows, key="lineage")
    if answer["weakest"]:
        st.caption(t("ui_weakest", link=term("weakest", answer["weakest"])))


def _answer(workspace: Workspace, chosen: str | None, side: str, by: str, matter: str) -> None:
    sides = {"source" if side == "from" else "target": chosen} if chosen else {}
    answer = moved(workspace, **sides, by=by, matter=matter, limit=_LIST, access=access())  # type: ignore[arg-type]
    st.caption(t("ui_moved_by_place") if by == "place" else t("ui_moved_by_custody"))
    totals = answer["totals"]
    for column, name in zip(st.columns(4), ("files", "documents", "pages", "metres"), strict=True):
        column.metric(t(f"column_{name}"), figure(totals[name]))
    prefix = "certainty" if by == "place" else "custody"
    table(
        [_totals_row(term_of(prefix, word), count) for word, count in answer["by_certainty"].items()],
        key=f"totals-{by}",
    )
    if answer["withheld"]:
        st.caption(t("withheld", n=figure(answer["withheld"])))
    rows = [moved_row(entry) for entry in answer["records"]]
    if not rows:
        st.info(t("ui_no_records"))
        return
    picked = table(rows, key=f"records-{by}", select=True)
    if answer["totals"]["documents"] > len(rows) + answer["withheld"]:
        st.caption(t("moved_more", listed=figure(len(rows)), total=figure(answer["totals"]["documents"])))
    download(t("label_moved"), rows, key=f"moved-{by}")
    if picked is not None and st.button(t("ui_open"), key=f"open-{by}"):
        open_record(answer["records"][picked]["record"]["id"])


def term_of(prefix: str, word: str) -> str:
    """The label of a row of totals."""
    return certainty(word) if prefix == "certainty" else term(prefix, word)


def _totals_row(label: str, count: Mapping[str, Any]) -> Row:
    return {t("column_certainty"): label} | {
        t(f"column_{name}"): figure(count[name]) for name in ("files", "documents", "pages", "metres")
    }
