"""Agencies for people: which a name can mean, the days of each with the rule behind them, and the three answers of
today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.cli.moved_display import basis_label, destination_label
from kg.cli.printing import cited, day, plain, put, term
from kg.messages import knows, say

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
        why = "; ".join(say(f"reason_{reason}") for reason in one["reasons"])
        parents = ", ".join(parent["name"] for parent in one["unit"]["parents"])
        shown.add_row(one["id"], one["name"], parents, f"{_start(one)} – {_end(one)}", why)
    put(shown)
    for one in [one for one in value if one["score"] == value[0]["score"]][:_TOLD]:
        _show(one)


def _start(one: Mapping[str, Any]) -> str:
    opened = one["opened"]
    if opened["day"] is None:
        return say("agency_day_not_known")
    return day(opened["day"]) if opened["exact"] else f"≤ {day(opened['day'])}"


def _end(one: Mapping[str, Any]) -> str:
    return day(one["closed"]["day"]) if one["closed"] else say("units_until_now")


def _show(one: Mapping[str, Any]) -> None:
    put(say("agency_title", name=one["name"], id=one["id"]))
    put(f"  {say('agency_opened', day=_day(one['opened']), why=_why(one['opened']))}")
    if one["closed"]:
        put(f"  {say('agency_closed', day=_day(one['closed']), why=_why(one['closed']))}")
    else:
        put(f"  {say('agency_goes_on')}")
    if one["terms"]:
        former = one["terms"]["former"]
        put(f"  {say('agency_terms_' + one['terms']['counting'], former=former, act=_act(one['terms']))}")
    _links("agency_predecessors", one["predecessors"])
    own = one["ended_by"] == "body"
    _links("agency_heirs" if own else "agency_successors", one["successors"])
    if one["today"]:
        if not one["successors"]:
            put(f"  {say('agency_no_successor')}")
        _today(one["today"])


def _day(bound: Mapping[str, Any]) -> str:
    if bound["day"] is None:
        return say("agency_day_not_known")
    if bound["latest"]:
        return say("agency_day_transition", day=day(bound["day"]), latest=day(bound["latest"]))
    return day(bound["day"]) if bound["exact"] else say("agency_day_at_latest", day=day(bound["day"]))


def _why(bound: Mapping[str, Any]) -> str:
    """The rule, the act and how sure the day is."""
    key = f"agency_rule_{bound['rule']}"
    rule = say(key) if knows(key) else plain(bound["rule"])
    sure = say(f"agency_sure_{bound['sure']}")
    return (
        say("agency_why_act", rule=rule, act=_act(bound), sure=sure)
        if bound["act"]
        else say("agency_why", rule=rule, sure=sure)
    )


def _act(ground: Mapping[str, Any]) -> str:
    """The act with its article, and that it is to be looked up where nobody has read it."""
    act = ", ".join(part for part in (ground["article"], cited(ground["act"])) if part)
    return say("agency_act_to_check", act=act) if ground["law_sure"] == "check" else act


def _links(title: str, links: Sequence[Mapping[str, Any]]) -> None:
    if not links:
        return
    put(f"  {say(title)}")
    for link in links[:_LINKED]:
        told = [
            term("extent", link["extent"]) if link["extent"] else "",
            cited(link["act"], None) if link["act"] else "",
        ]
        told += [say("agency_after_absence")] if link["after_absence"] else []
        beside = "; ".join(part for part in told if part)
        put(f"    {link['name']} [{link['id']}]{f' — {beside}' if beside else ''}")
    if len(links) > _LINKED:
        put(f"    {say('agency_more_links', n=len(links) - _LINKED)}")


def _today(today: Mapping[str, Any]) -> None:
    put(f"  {say('agency_today')}")
    territory = today["territory"]
    found = ", ".join(one["name"] for one in territory["successors"]) or say("certainty_unknown")
    put(f"    {say('agency_today_territory', units=found, certainty=_certainty(territory))}")
    put(f"    {say('agency_today_tasks')}")
    for rule in today["tasks"]["provided"]:
        told = say(
            "agency_today_task",
            matter=say(f"agency_matter_{rule['matter']}"),
            to=say(f"agency_to_{rule['to']}"),
            act=_act(rule),
            sure=say(f"agency_sure_{rule['sure']}"),
        )
        put(f"       {told}")
    put(f"    {say('agency_today_records')}")
    for row in today["records"]:
        told = say(
            "agency_today_record",
            retention=say(f"agency_retention_{row['retention']}"),
            destination=destination_label(row),
            basis=basis_label(row),
        )
        put(f"       {told}")


def _certainty(territory: Mapping[str, Any]) -> str:
    """How sure it is that the territory lies in these units, in words."""
    found = territory["successors"]
    if territory.get("all"):
        possible = any(one["extent"] == "possible" for one in found)
        return say("certainty_all_possible" if possible else "certainty_all", n=len(found))
    if territory["certainty"] == "candidates" and len(found) == 1:
        return say("certainty_one_candidate")
    return say(f"certainty_{territory['certainty']}", n=len(found))
