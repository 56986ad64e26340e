"""How agencies are told on the command line and on the pages: their days and how sure these are, what stood around them,
what became of their tasks. An agency is given in its JSON form (``kg.questions.agency``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg import wording
from kg.messages import knows, language, say


def named(one: Mapping[str, Any]) -> list[str]:
    """What is to be said of the name asked, before anything of the agency: that a body below it was named, and the
    words that were not understood. Empty where the name is the agency's."""
    told = [
        say("agency_named_below", below=one["below"], name=one["name"]) if one["below"] else "",
        say("agency_named_unread", words=one["unread"]) if one["unread"] else "",
    ]
    return [line for line in told if line]


def reasons_told(one: Mapping[str, Any]) -> str:
    """Why a name can mean the agency, in words."""
    return "; ".join(say(f"reason_{reason}") for reason in one["reasons"])


def place_and_time(one: Mapping[str, Any]) -> tuple[str, str]:
    """The units around an agency's own, the nearest first, and its time in short ("03/01/1981 – 30/06/2025")."""
    parents = ", ".join(parent["name"] for parent in one["unit"]["parents"])
    return parents, f"{start_of(one)} – {end_of(one)}"


def days_told(one: Mapping[str, Any]) -> list[str]:
    """When the agency opened and closed, each with the rule behind the day; what the archive's own table says of it; of
    a council how it counts its terms."""
    closed = one["closed"]
    told = [
        say("agency_opened", day=day_of(one["opened"]), why=why(one["opened"])),
        say("agency_closed", day=day_of(closed), why=why(closed)) if closed else say("agency_goes_on"),
    ]
    shown = {bound["source"] for bound in (one["opened"], closed) if bound}
    told += [_exception(row) for row in one["exceptions"] if row["source"] not in shown]
    return [*told, terms_told(one["terms"])] if one["terms"] else told


def _exception(row: Mapping[str, Any]) -> str:
    """A row of the archive's own table, with its remark."""
    days = " – ".join(wording.day(row[key]) if row[key] else "…" for key in ("since", "until"))
    effect = say(f"agency_effect_{row['effect']}")
    told = [
        f"{effect}: {row['name']}" if row["name"] else effect,
        days,
        act_of(row) if row["act"] else "",
        row["note"] or "",
    ]
    return say("agency_exception", source=row["source"], told="; ".join(part for part in told if part))


def around(one: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """What stood before and after the agency, each with its heading; of one that ended without a successor a heading
    alone that says so."""
    if one["predecessors"]:
        yield say("agency_predecessors"), one["predecessors"]
    if one["successors"]:
        yield say("agency_heirs" if one["ended_by"] == "body" else "agency_successors"), one["successors"]
    elif one["closed"]:
        yield say("agency_no_successor"), ()


def start_of(one: Mapping[str, Any]) -> str:
    """The first day of an agency (its JSON form) in short: 03/01/1981, ≤ 12/1978, not known."""
    opened = one["opened"]
    if opened["day"] is None:
        return say("agency_day_not_known")
    return wording.day(opened["day"]) if opened["exact"] else f"≤ {wording.day(opened['day'])}"


def end_of(one: Mapping[str, Any]) -> str:
    """The last day of an agency in short, or that it goes on."""
    return wording.day(one["closed"]["day"]) if one["closed"] else say("units_until_now")


def day_of(bound: Mapping[str, Any]) -> str:
    """A first or last day with what is said beside it."""
    if bound["day"] is None:
        return say("agency_day_not_known")
    day = wording.day(bound["day"])
    if bound["latest"]:
        return say("agency_day_transition", day=day, latest=wording.day(bound["latest"]))
    return day if bound["exact"] else say("agency_day_at_latest", day=day)


def why(bound: Mapping[str, Any]) -> str:
    """The rule behind a day, its act and how sure it is; a row of the archive's own table by its place there."""
    key, sure = f"agency_rule_{bound['rule']}", sureness(bound)
    rule = say(key) if knows(key) else str(bound["rule"])
    if bound["source"]:
        rule = say("agency_rule_own", source=bound["source"])
        rule = f"{rule}: {bound['note']}" if bound["note"] else rule
    if not bound["act"]:
        return say("agency_why", rule=rule, sure=sure)
    return say("agency_why_act", rule=rule, act=act_of(bound), sure=sure)


def sureness(ground: Mapping[str, Any]) -> str:
    """How sure something is, in words."""
    return say(f"agency_sure_{ground['sure']}")


def act_of(ground: Mapping[str, Any]) -> str:
    """An act with its article, and that it is to be looked up where nobody has read it."""
    named = wording.act_name(ground["act"], language()) if ground["act"] else ""
    act = ", ".join(part for part in (ground["article"], named) if part)
    return say("agency_act_to_check", act=act) if ground["law_sure"] == "check" else act


def tasks_told(today: Mapping[str, Any]) -> str:
    """Who took an ended body's tasks over, by which paper; that none is loaded, or that no store was asked."""
    tasks = today["tasks"]
    if tasks["assigned_to"]:
        given = {"to": tasks["assigned_to"], "day": wording.day(tasks["since"]), "paper": tasks["basis"]}
        return say("agency_tasks_assigned", **given)
    if tasks["contradictions"]:
        return say("agency_tasks_against")
    return say("agency_tasks_none" if today["papers_asked"] else "agency_tasks_no_store")


def task(rule: Mapping[str, Any]) -> str:
    """What an act provides for a kind of matter."""
    return say(
        "agency_today_task",
        matter=say(f"agency_matter_{rule['matter']}"),
        to=say(f"agency_to_{rule['to']}"),
        act=act_of(rule) or say("agency_act_none"),
        sure=sureness(rule),
    )


def link_told(link: Mapping[str, Any]) -> str:
    """What is known of a link between two agencies: extent, act, and that years lay between them."""
    told = [
        say(f"extent_{link['extent']}") if link["extent"] else "",
        wording.act_name(link["act"], language()) if link["act"] else "",
        say("agency_after_absence") if link["after_absence"] else "",
    ]
    return "; ".join(part for part in told if part)


def terms_told(terms: Mapping[str, Any]) -> str:
    """How a council counts its terms."""
    former = terms["former"]["name"] if terms["former"] else None
    return say(f"agency_terms_{terms['counting']}", former=former, act=act_of(terms))


def territory_sureness(territory: Mapping[str, Any]) -> str:
    """How sure it is that an ended body's territory lies in the units found."""
    found = territory["successors"]
    if territory.get("all"):
        possible = any(one["extent"] == "possible" for one in found)
        return say("certainty_all_possible" if possible else "certainty_all", n=len(found))
    if territory["certainty"] == "candidates" and len(found) == 1:
        return say("certainty_one_candidate")
    return say(f"certainty_{territory['certainty']}", n=len(found))
