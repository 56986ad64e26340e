"""Agencies for people: which a name can mean, the days of each with the rule behind them, and the three answers of
today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.agency_wording import (
    day_of,
    end_of,
    link_told,
    start_of,
    task,
    tasks_told,
    terms_told,
    territory_sureness,
    why,
)
from kg.cli.printing import day, figure, plain, put
from kg.custody_wording import against_labels, basis_label, destination_label, held_label
from kg.messages import say

_TOLD = 3
"""Agencies told in full: those that fit best."""
_LINKED = 12
"""Agencies named on the lines of predecessors and successors."""


def show_agencies(value: Sequence[Mapping[str, Any]]) -> None:
    """All that the name can mean as a table, those that fit best in full."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in ("id", "name", "parents", "time", "why"):
        shown.add_column(say(f"agency_column_{column}"), overflow="fold", no_wrap=column in ("id", "time"))
    for one in value:
        reasons = "; ".join(say(f"reason_{reason}") for reason in one["reasons"])
        parents = ", ".join(parent["name"] for parent in one["unit"]["parents"])
        shown.add_row(one["id"], one["name"], parents, f"{start_of(one)} – {end_of(one)}", reasons)
    put(shown)
    for one in [one for one in value if one["score"] == value[0]["score"]][:_TOLD]:
        _show(one)


def _show(one: Mapping[str, Any]) -> None:
    put(say("agency_title", name=one["name"], id=one["id"]))
    put(f"  {say('agency_opened', day=day_of(one['opened']), why=why(one['opened']))}")
    if one["closed"]:
        put(f"  {say('agency_closed', day=day_of(one['closed']), why=why(one['closed']))}")
    else:
        put(f"  {say('agency_goes_on')}")
    if one["terms"]:
        put(f"  {terms_told(one['terms'])}")
    _links("agency_predecessors", one["predecessors"])
    _links("agency_heirs" if one["ended_by"] == "body" else "agency_successors", one["successors"])
    if one["today"]:
        if not one["successors"]:
            put(f"  {say('agency_no_successor')}")
        _today(one["today"])


def _links(title: str, links: Sequence[Mapping[str, Any]]) -> None:
    if not links:
        return
    put(f"  {say(title)}")
    for link in links[:_LINKED]:
        beside = link_told(link)
        put(f"    {link['name']} [{link['id']}]{f' — {beside}' if beside else ''}")
    if len(links) > _LINKED:
        put(f"    {say('agency_more_links', n=len(links) - _LINKED)}")


def _today(today: Mapping[str, Any]) -> None:
    put(f"  {say('agency_today')}")
    territory = today["territory"]
    found = ", ".join(one["name"] for one in territory["successors"]) or say("agency_day_not_known")
    put(f"    1. {say('agency_today_territory', units=found, certainty=territory_sureness(territory))}")
    put(f"    2. {say('agency_today_tasks', told=plain(tasks_told(today)))}")
    for line in against_labels(today["tasks"]):
        put(f"       {plain(line)}")
    for rule in today["tasks"]["provided"]:
        put(f"       {task(rule)}")
    put(f"    3. {say('agency_today_records')}")
    for row in today["records"]:
        told = say(
            "agency_today_record",
            retention=say(f"agency_retention_{row['retention']}"),
            destination=destination_label(row),
            basis=basis_label(row),
        )
        due = say("agency_today_due", day=day(row["due"])) if row["due"] else ""
        put(f"       {' · '.join(filter(None, (plain(told), due)))}")
        if row["held_now"]:
            put(f"         {say('label_held_now')}: {plain(held_label(row))}")
        for line in against_labels(row):
            put(f"         {plain(line)}")
    if today["papers_on_files"]:
        put(f"       {say('agency_papers_on_files', n=figure(today['papers_on_files']))}")
