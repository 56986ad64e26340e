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
    reasons_told,
    task,
    tasks_told,
    territory_sureness,
)
from kg.custody_wording import against_lines, basis_label, destination_label, doubt_lines, held_label, received_lines
from kg.errors import HosoError
from kg.questions.agency import agency_brief, agency_json, kind_alone, lacks_unit, meant, papers_of
from kg.questions.failures import translated
from kg.workspace import open_if_any
from ontology.agencies.dated import AgencyCandidate
from ontology.errors import OntologyError
from ui.desk import key_of, plain, show_error
from ui.pages import link
from ui.rows import unit_name
from ui.tables import grid
from ui.words import day, figure, t, term

_LISTED = 200
"""Agencies of one name that can be picked from; the box searches in them."""


def page() -> None:
    """The page of agencies."""
    st.title(t("label_agencies"))
    first, around_it, second = st.columns([3, 2, 1])
    name = first.text_input(
        t("ui_agency_name"), placeholder=t("ui_agency_hint"), key="agency", bind="query-params"
    ).strip()
    within = around_it.text_input(
        t("ui_agency_within"), placeholder=t("ui_agency_within_hint"), key="within", bind="query-params"
    ).strip()
    at = second.text_input(t("ui_units_at"), placeholder=t("ui_units_at_hint"), key="at", bind="query-params").strip()
    if not name:
        st.info(t("ui_agency_help"))
        return
    try:
        found = meant(name, at=at or None, within=within or None)
        if not found:
            st.warning(plain(_none(name, within)))
            return
        for line in named(agency_brief(found[0])):
            st.info(plain(line))
        chosen = _chosen(found, name, at, within)
        if chosen is not None:
            _about(_whole(chosen))
    except (HosoError, OntologyError) as error:
        show_error(translated(error))


def _none(name: str, within: str) -> str:
    """That the name means no agency, and what it lacks."""
    if kind := kind_alone(name):
        return t("agency_kind_without_days", name=name, kind=kind)
    return t("ui_agency_without_unit" if lacks_unit(name, within) else "no_agency_of_that_name", name=name)


def _whole(chosen: AgencyCandidate) -> Mapping[str, Any]:
    """All that is known of the agency, with the papers of the store where there is one."""
    workspace = open_if_any()
    if workspace is None:
        return agency_json(chosen)
    with workspace:
        return agency_json(chosen, papers_of(workspace.store))


def _chosen(found: Sequence[AgencyCandidate], *question: str) -> AgencyCandidate | None:
    """The agency that fits best, or the one that the user picks from those that the name can mean; None while several
    fit alike and none of them is picked."""
    if len(found) == 1:
        return found[0]
    briefs = [agency_brief(one) for one in found[:_LISTED]]
    alike = sum(one.score == found[0].score for one in found)
    picked: int | None = st.selectbox(
        t("ui_agency_which"),
        range(len(briefs)),
        index=0 if alike == 1 else None,
        placeholder=t("ui_agency_choose", n=figure(alike)),
        key=key_of("agency-pick", *question),
        format_func=lambda number: _label(briefs[number]),
    )
    if len(found) > len(briefs):
        st.caption(t("agency_of_total", shown=figure(len(briefs)), total=figure(len(found))))
    return None if picked is None else found[picked]


def _label(one: Mapping[str, Any]) -> str:
    parents, time = place_and_time(one)
    return f"{', '.join(part for part in (one['name'], parents) if part)} ({time})"


def _about(one: Mapping[str, Any]) -> None:
    st.subheader(plain(_label(one)), anchor=False)
    st.caption(plain(t("agency_reasons", reasons=reasons_told(one))))
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
