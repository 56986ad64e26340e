"""Administrative units: what became of one, what it was made of, its versions; the units of a day. Needs no store."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kg.errors import HosoError
from kg.questions.failures import translated
from kg.questions.lists import units, versions
from kg.questions.units import MATTERS, predecessors, successors
from ontology import dates
from ontology.errors import OntologyError
from ontology.model import Matter
from ontology.validity import some_day
from ui.conversion import convert_a_sheet
from ui.desk import plain, show_error
from ui.lineages import lineage_table, unit_meant
from ui.rows import Row, unit_name, validity
from ui.tables import download, grid
from ui.words import clause, day, figure, t

_LEVELS = ("commune", "district", "province")
_SHOWN = 200
"""Rows of the list of a day on the screen; the download has all."""


def page() -> None:
    """The page of units."""
    st.title(t("label_units"))
    one, sheet, of_day = st.tabs([t("ui_units_one"), t("ui_convert"), t("ui_units_of_day")])
    with one:
        _one_unit()
    with sheet:
        convert_a_sheet()
    with of_day:
        _units_of_a_day()


def _one_unit() -> None:
    first, second = st.columns([2, 1])
    name = first.text_input(
        t("ui_unit_name"), placeholder=t("ui_units_hint"), key="unit", bind="query-params"
    ).strip()
    at = second.text_input(t("ui_units_at"), placeholder=t("ui_units_at_hint"), key="at", bind="query-params").strip()
    matter = st.radio(
        t("ui_matter"), MATTERS, horizontal=True, key="matter", bind="query-params",
        format_func=lambda value: t(f"ui_matter_{value}"),
    )  # fmt: skip
    if not name:
        st.info(t("ui_units_help"))
        return
    try:
        chosen = unit_meant(name, "ended", at=some_day(dates.parse(at)) if at else None)
        if chosen:
            _about(chosen, matter)
    except (HosoError, OntologyError) as error:
        show_error(translated(error))


def _about(unit_id: str, matter: Matter) -> None:
    """All that is known of a unit: today, before, its versions, and the changes on the way."""
    now = successors(id=unit_id, kind=matter)
    before = predecessors(id=unit_id, kind=matter)
    st.subheader(plain(f"{unit_name(now['unit'])} ({validity(now['unit'])})"), anchor=False)
    st.markdown(f"##### {t('ui_units_today')}")
    lineage_table(now, "successors")
    _changes(now["events"])
    if before["predecessors"]:
        st.markdown(f"##### {t('ui_units_before', day=day(before['on']))}")
        lineage_table(before, "predecessors")
    known = versions(unit_id)
    if len(known) > 1:
        st.markdown(f"##### {t('ui_units_versions')}")
        grid([_version(one) for one in known])


def _changes(events: list[dict[str, Any]]) -> None:
    """The events on the way, where there was more than one day of change."""
    if len({event["date"] for event in events}) < 2:
        return
    st.markdown(f"**{t('ui_units_changes')}**")
    grid(
        [
            {
                t("column_date"): day(event["date"]),
                t("column_act"): clause(event["act"], event["clause"]) or t("units_no_act"),
                t("ui_units_took"): ", ".join(dict.fromkeys(one["name"] for one in event["took"])),
                t("ui_units_gave"): ", ".join(dict.fromkeys(one["name"] for one in event["gave"])),
            }
            for event in events
        ]
    )


def _version(unit: dict[str, Any]) -> Row:
    return {
        t("units_column_name"): unit_name(unit),
        t("units_column_validity"): validity(unit),
        t("units_column_id"): unit["id"],
    }


def _units_of_a_day() -> None:
    first, second, third = st.columns([1, 2, 1])
    on = first.text_input(t("ui_units_on"), value="", placeholder=t("ui_units_on_hint"), key="on").strip()
    within = second.text_input(t("ui_units_within"), placeholder=t("ui_units_within_hint"), key="within").strip()
    level = third.selectbox(
        t("units_list_level"), _LEVELS, key="level", format_func=lambda value: t(f"units_level_{value}")
    )
    if not within and not on:
        st.info(t("ui_units_day_help"))
        return
    try:
        found = units(on or None, within=within or None, level=level)
    except (HosoError, OntologyError) as error:
        show_error(translated(error))
        return
    shown = day(some_day(dates.parse(on)) if on else dates.today())
    st.markdown(f"**{plain(t('units_listed', n=figure(len(found)), day=shown))}**")
    rows = [_listed(unit) for unit in found]
    grid(rows[:_SHOWN])
    if len(rows) > _SHOWN:
        st.caption(t("ui_list_cut", listed=figure(_SHOWN), total=figure(len(rows))))
    if rows:
        download(t("label_units"), lambda: rows, key="don-vi-hanh-chinh")


def _listed(unit: dict[str, Any]) -> Row:
    return {
        t("units_list_code"): unit["code"] or "",
        t("units_list_name"): unit["name"],
        t("units_list_parents"): ", ".join(parent["name"] for parent in unit["parents"]),
        t("units_column_validity"): validity(unit),
    }
