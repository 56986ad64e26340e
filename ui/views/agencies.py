"""Agencies through time: which body a name means, its days with the rule behind them, what stood around it, and who an
ended one is today. Needs no store; with one, its papers count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kg.agency_wording import (
    around,
    days_told,
    link_told,
    named,
    place_and_time,
    task,
    tasks_told,
    territory_sureness,
)
from kg.custody_wording import against_lines, basis_label, destination_label, doubt_lines, held_label, received_lines
from kg.errors import HosoError
from kg.questions.agency import agency, lacks_unit
from kg.questions.failures import translated
from kg.workspace import open_if_any
from ontology.errors import OntologyError
from ui.desk import key_of, plain, show_error
from ui.pages import link
from ui.rows import unit_name
from ui.tables import grid
from ui.words import day, figure, t, term


def page() -> None:
    """The page of agencies."""
    st.title(t("label_agencies"))
    first, second = st.columns([3, 1])
    name = first.text_input(
        t("ui_agency_name"), placeholder=t("ui_agency_hint"), key="agency", bind="query-params"
    ).strip()
    at = second.text_input(t("ui_units_at"), placeholder=t("ui_units_at_hint"), key="at", bind="query-params").strip()
    if not name:
        st.info(t("ui_agency_help"))
        return
    try:
        found = _asked(name, at or None)
    except (HosoError, OntologyError) as error:
        show_error(translated(error))
        return
    if not found:
        st.warning(plain(t("ui_agency_without_unit" if lacks_unit(name) else "no_agency_of_that_name", name=name)))
        return
    _about(_chosen(found, name, at))


def _asked(name: str, at: str | None) -> list[dict[str, Any]]:
    """The agencies, with the papers of the store where there is one."""
    workspace = open_if_any()
    if workspace is None:
        return agency(name, at=at)
    with workspace:
        return agency(name, at=at, store=workspace.store)


def _chosen(found: Sequence[Mapping[str, Any]], *question: str) -> Mapping[str, Any]:
    """The agency that fits best, or the one that the user picks from all that the name can mean."""
    if len(found) == 1:
        return found[0]
    picked: int = st.selectbox(
        t("ui_agency_which"),
        range(len(found)),
        key=key_of("agency-pick", *question),
        format_func=lambda number: _label(found[number]),
    )
    return found[picked]


def _label(one: Mapping[str, Any]) -> str:
    parents, time = place_and_time(one)
    return f"{', '.join(part for part in (one['name'], parents) if part)} ({time})"


def _about(one: Mapping[str, Any]) -> None:
    for line in named(one):
        st.info(plain(line))
    st.subheader(plain(_label(one)), anchor=False)
    for line in days_told(one):
        st.write(plain(line))
    if one["today"]:
        _today(one["today"])
    _received(one)
    for title, links in around(one):
        _links(title, links)
    st.caption(plain(t("ui_agency_names", names=" · ".join(written["name"] for written in one["names"]))))
    link("units", f"{t('ui_agency_unit')}: {unit_name(one['unit'])}", unit=one["unit"]["id"])


def _received(one: Mapping[str, Any]) -> None:
    """What papers say that comes to it: what it holds, what was assigned to it."""
    told = received_lines(one["received"])
    if not told:
        return
    st.markdown(f"**{t('agency_received')}**")
    for heading, papers in told:
        st.caption(plain(heading))
        grid([{t("column_about"): paper} for paper in papers])
    if one["today"] is None:
        link("moved", t("ui_agency_must_receive"), unit=one["unit"]["id"], side="to")


def _today(today: Mapping[str, Any]) -> None:
    """The three answers, side by side: none follows from another."""
    st.markdown(f"**{t('agency_today')}**")
    territory, tasks, records = st.columns(3)
    with territory.container(border=True):
        st.markdown(f"**{t('ui_agency_territory')}**")
        st.caption(plain(territory_sureness(today["territory"])))
        for extent, names in _by_extent(today["territory"]["successors"]).items():
            st.write(plain(f"{', '.join(names)} ({term('extent', extent)})"))
    with tasks.container(border=True):
        st.markdown(f"**{t('ui_agency_tasks')}**")
        told = tasks_told(today)
        st.write(plain(told[:1].upper() + told[1:]))
        if against := against_lines(today["tasks"]):
            st.warning("\n\n".join(map(plain, against)))
        if today["tasks"]["provided"]:
            st.caption(t("ui_agency_provided"))
        for rule in today["tasks"]["provided"]:
            st.caption(plain(task(rule)))
    with records.container(border=True):
        st.markdown(f"**{t('ui_agency_records')}**")
        for row in today["records"]:
            kept = t(f"agency_retention_{row['retention']}").capitalize()
            st.write(plain(f"{kept}: {destination_label(row)}"))
            st.caption(plain(basis_label(row)))
            if row["due"]:
                st.caption(plain(f"{t('column_due')}: {day(row['due'])}"))
            if row["held_now"]:
                st.caption(plain(f"{t('column_held_now')}: {held_label(row)}"))
            if doubts := doubt_lines(row):
                st.warning("\n\n".join(map(plain, doubts)))
        if today["papers_on_files"]:
            st.caption(t("agency_papers_on_files", n=figure(today["papers_on_files"])))


def _by_extent(steps: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The names of units, those of one extent together."""
    found: dict[str, list[str]] = {}
    for step in steps:
        found.setdefault(step["extent"], []).append(step["name"])
    return found


def _links(title: str, links: Sequence[Mapping[str, Any]]) -> None:
    if not links:
        st.caption(plain(title))
        return
    st.markdown(f"**{plain(title)}**")
    grid([{t("ui_agency_column"): one["name"], t("ui_agency_link_column"): link_told(one)} for one in links])
