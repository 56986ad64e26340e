"""Agencies for people: which a name can mean, the days of each with the rule behind them, and the three answers of
today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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
from kg.cli.printing import day, figure, plain, put
from kg.custody_wording import against_lines, basis_label, destination_label, doubt_lines, held_label, received_lines
from kg.messages import say

TOLD = 3
"""Agencies told in full: those that fit best."""
_NARROW = 110
"""Columns of a terminal that leave the words of five columns too little room."""
_LINKED = 12
"""Agencies named on the lines of predecessors and successors."""


def show_agencies(value: Sequence[Mapping[str, Any]]) -> None:
    """All that the name can mean as a table, those that fit best in full."""
    for line in named(value[0]):
        _line(line)
    put(_table(value))
    if more := value[0]["total"] - len(value):
        _line(say("agency_more", n=figure(more)))
    best = [one for one in value if one["score"] == value[0]["score"]]
    for one in best[:TOLD]:
        _show(one)
    if len(best) > TOLD:
        _line(say("agency_more_equal", n=figure(len(best) - TOLD)))


def _table(value: Sequence[Mapping[str, Any]]) -> Any:
    """A row an agency; in a narrow terminal what is said of it stands below its name: columns of words would be a few
    letters wide there."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    narrow = Console().width < _NARROW
    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in ("id", "name") if narrow else ("id", "name", "parents", "time", "why"):
        shown.add_column(say(f"agency_column_{column}"), overflow="fold", no_wrap=column in ("id", "time"))
    for one in value:
        reasons = reasons_told(one)
        parents, time = place_and_time(one)
        if narrow:
            beside = filter(None, (time, parents, reasons))
            shown.add_row(one["id"], "\n".join((one["name"], " · ".join(beside))))
        else:
            shown.add_row(one["id"], one["name"], parents, time, reasons)
    return shown


def _line(text: str, indent: int = 0) -> None:
    """A line of prose: in a terminal wrapped between words, its further lines indented alike; else left whole."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(markup=False, highlight=False, emoji=False)
    if console.is_terminal:
        console.print(Padding(Text(text), (0, 0, 0, indent)))
    else:
        put(f"{' ' * indent}{text}")


def _show(one: Mapping[str, Any]) -> None:
    _line(say("agency_title", name=one["name"], id=one["id"]))
    for line in days_told(one):
        _line(line, 2)
    for title, links in around(one):
        _links(title, links)
    if one["today"]:
        _today(one["today"])
    _received(one)


def _received(one: Mapping[str, Any]) -> None:
    """What papers say that comes to it."""
    told = received_lines(one["received"])
    if told:
        _line(say("agency_received"), 2)
    for heading, papers in told:
        _line(heading, 4)
        for paper in papers:
            _line(plain(paper), 6)
    if told and one["today"] is None:
        _line(say("agency_received_more", unit=one["unit"]["name"]), 4)


def _links(title: str, links: Sequence[Mapping[str, Any]]) -> None:
    _line(title, 2)
    for link in links[:_LINKED]:
        beside = link_told(link)
        _line(f"{link['name']} [{link['id']}]{f' — {beside}' if beside else ''}", 4)
    if len(links) > _LINKED:
        _line(say("agency_more_links", n=len(links) - _LINKED), 4)


def _today(today: Mapping[str, Any]) -> None:
    _line(say("agency_today"), 2)
    territory = today["territory"]
    found = ", ".join(one["name"] for one in territory["successors"]) or say("agency_day_not_known")
    _line(f"1. {say('agency_today_territory', units=found, certainty=territory_sureness(territory))}", 4)
    _line(f"2. {say('agency_today_tasks', told=plain(tasks_told(today)))}", 4)
    for line in against_lines(today["tasks"]):
        _line(plain(line), 7)
    for rule in today["tasks"]["provided"]:
        _line(task(rule), 7)
    _line(f"3. {say('agency_today_records')}", 4)
    for row in today["records"]:
        told = say(
            "agency_today_record",
            retention=say(f"agency_retention_{row['retention']}"),
            destination=destination_label(row),
            basis=basis_label(row),
        )
        due = say("agency_today_due", day=day(row["due"])) if row["due"] else ""
        _line(" · ".join(filter(None, (plain(told), due))), 7)
        if row["held_now"]:
            _line(f"{say('label_held_now')}: {plain(held_label(row))}", 9)
        for line in doubt_lines(row):
            _line(plain(line), 9)
    if today["papers_on_files"]:
        _line(say("agency_papers_on_files", n=figure(today["papers_on_files"])), 7)
