"""How custody is said on the command line and on the pages: who holds a file, where it must go and on what ground, what is
to be checked, which term a schedule would give. Values are told as they stand: who prints them makes them harmless."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg import wording
from kg.messages import knows, language, say


def held_label(custody: Mapping[str, Any]) -> str:
    """Who holds the paper, in which store-room, since when, by which paper; "not known" where no fact says so, with how
    many papers say it for files of a term that is not known of this one."""
    held = custody["held_now"]
    if not held:
        waiting = custody.get("held_waiting")
        return say("custody_held_waiting", n=waiting) if waiting else say("ui_not_known")
    place = (custody.get("held_by_paper") or {}).get("place")
    told = (held["name"], place, wording.day(held["since"]), held["paper"])
    return " · ".join(part for part in told if part)


def held_sure_label(custody: Mapping[str, Any]) -> str:
    """Whether a paper says who holds it."""
    return say("custody_fact" if custody["certainty"] == "fact" else "custody_held_unknown")


def destination_label(destination: Mapping[str, Any]) -> str:
    """Where the paper must go, or that nobody is assigned; with what the rule notes beside."""
    if destination["name"]:
        label = str(destination["name"])
        if destination.get("via"):
            label = say("custody_via_then", via=destination["via"], name=label)
    elif destination.get("via"):
        return say("custody_via", via=destination["via"])  # a note would say the same again
    else:
        label = say(f"custody_{destination['certainty']}")
    return f"{label} ({destination['note']})" if destination.get("note") else label


def basis_label(destination: Mapping[str, Any]) -> str:
    """The article and how sure it is; what is missing where there is none."""
    doubt = law_label(destination)
    if destination.get("via_basis"):
        return _with_first(destination, doubt)
    return _basis(destination, doubt)


def _with_first(destination: Mapping[str, Any], doubt: str) -> str:
    """The decision by which a body receives it first stands before what decides where it goes then."""
    return say("custody_via_basis", via=destination["via_basis"], basis=_basis(destination, doubt))


def _basis(destination: Mapping[str, Any], doubt: str) -> str:
    if not destination["basis"] and not destination["name"] and destination.get("waiting"):
        return say("assignment_waiting", n=destination["waiting"])
    if not destination["basis"]:
        label = say("no_assignment" if destination["certainty"] == "not_assigned" else "no_basis")
        return f"{label} · {doubt}" if doubt and destination["name"] else label
    word = say(f"custody_{destination['certainty']}")
    sure = "; ".join(part for part in (word[:1].lower() + word[1:], doubt) if part)
    return f"{destination['basis']} · {sure}"


def law_label(destination: Mapping[str, Any]) -> str:
    """How sure the reading of the law is, '' where the article was read or where there is none."""
    law_sure = destination.get("law_sure")
    return say(f"law_sure_{law_sure}") if law_sure not in (None, "sure") else ""


def due_label(custody: Mapping[str, Any]) -> str:
    """By when it must be handed over; that it is there already."""
    return say("custody_arrived") if custody.get("arrived") else wording.day(custody.get("due"))


def check_label(custody: Mapping[str, Any]) -> str:
    """That the matter is not settled, and what else an archivist should look at; '' where nothing."""
    return "; ".join(filter(None, (open_label(custody), *(say(f"to_check_{word}") for word in custody["to_check"]))))


def open_label(custody: Mapping[str, Any]) -> str:
    """That the matter is not settled, with the paper that says so; '' where it is settled or that is not known."""
    told = custody.get("open_matter")
    if not told:
        return ""
    return say("custody_open_by", paper=told["paper"]) if told["paper"] else say("custody_open")


def against_labels(custody: Mapping[str, Any]) -> list[str]:
    """The papers that contradict one another, a line each: kind, body named, paper."""
    return [
        say(
            "custody_against",
            kind=say(f"facts_kind_{fact['kind']}"),
            body=fact["body"] or say("ui_not_known"),
            paper=fact["paper"]["cited"],
        )
        for fact in custody["contradictions"]
    ]


def about_label(scope: str, named: Mapping[str, Any]) -> str:
    """What a paper is about, as people name it: "hồ sơ 12, mục lục 3, phông Ủy ban nhân dân quận Đống Đa". ``named``
    has what is known of ``file``, ``inventory``, ``fonds`` (codes), ``creator``, ``level``, ``bloc``, ``unit`` (an id),
    and of what narrows it: ``term`` or ``retention``, ``years``, ``box``, ``carrier``."""
    told = [say(f"facts_named_{key}", value=named[key]) for key in ("file", "inventory") if named.get(key)]
    if named.get("creator"):
        told.append(say("facts_named_fonds" if scope != "level" else "facts_named_creator", value=named["creator"]))
    elif named.get("fonds"):
        is_name = " " in named["fonds"].strip()  # a row may name a fonds that is not in the store by its name alone
        told.append(say("facts_named_fonds" if is_name else "facts_named_fonds_code", value=named["fonds"]))
    for key in ("level", "bloc"):
        if named.get(key):
            told.append(say(f"{key}_{named[key]}").lower())
    if named.get("unit"):
        told.append(_unit_name(named["unit"]))
    return ", ".join([*told, *_limits(named)])


def _limits(named: Mapping[str, Any]) -> list[str]:
    """What narrows a paper to some files: their term, years, boxes, carrier."""
    told = []
    if named.get("term"):
        told.append(say("facts_only_term", value=named["term"]))
    elif named.get("retention"):
        told.append(say(f"facts_only_{named['retention']}"))
    told += [
        say(f"facts_only_{key}", value=named[key].replace("/", "–")) for key in ("years", "box") if named.get(key)
    ]
    return [*told, say(f"facts_only_{named['carrier']}")] if named.get("carrier") else told


def _unit_name(identifier: str) -> str:
    from ontology.errors import UnitNotFound
    from ontology.registry import load

    try:
        return load().unit(identifier).name
    except UnitNotFound:
        return identifier


def proposal_label(proposal: Mapping[str, Any] | None) -> str:
    """The term that a schedule would give, as the proposal that it is; '' for none."""
    if not proposal:
        return ""
    schedule = say("retention_schedule", name=proposal["schedule"], date=wording.day(proposal["schedule_date"]))
    if proposal["superseded_by"]:
        schedule = say("retention_superseded", schedule=schedule, by=proposal["superseded_by"])
    key = "retention_proposed" if proposal["certainty"] == "sure" else "retention_proposed_to_check"
    return say(key, term=proposal["term"], schedule=schedule)


def paper_told(paper: Mapping[str, Any]) -> str:
    """A paper about a file as an event of its life, in a line: day, kind, who gave and who received, the paper itself."""
    told = {key: paper.get(key) or say("ui_not_known") for key in ("from", "to", "what")}
    key = f"custody_event_{paper['kind']}"
    key = f"{key}_from" if paper.get("from") and knows(f"{key}_from") else key
    return say(key, day=wording.day(paper["at"]) or "–", **told)


def waiting_lines(value: Mapping[str, Any]) -> list[str]:
    """What a ``moved`` answer says beside its totals: that no paper or rule names the unit's bodies, what must still come to
    them, and what of the units before it nobody is assigned yet."""
    lines = []
    if value["to"] and value["by"] == "custody" and not value["totals"]["files"] and not value["totals"]["documents"]:
        lines.append(say("moved_nothing_received", target=value["to"]["name"]))
    coming = value.get("to_come")
    if coming and (coming["files"] or coming["documents"]):
        figures = {key: wording.figure(coming[key], 0, language()) for key in ("files", "documents", "pages")}
        lines.append(say("moved_to_come", target=value["to"]["name"], **figures))
    waiting = value.get("undecided")
    if waiting and (waiting["files"] or waiting["documents"]):
        figures = {key: wording.figure(waiting[key], 0, language()) for key in ("files", "documents")}
        fonds = ", ".join(row["creator"] or row["id"] for row in waiting["fonds"])
        lines.append(say("moved_undecided", fonds=fonds, **figures))
    return lines


def held_totals(value: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """By custody: what a paper says who holds, and the rest, with their labels; of what is held, where a unit was asked
    about, what lies there and what lies with others."""
    if by_held := value.get("by_held"):
        target = value["to"]["name"]
        return [(say(f"moved_held_{word}", target=target), dict(row)) for word, row in by_held.items()]
    proved = value["by_certainty"]["fact"]
    others = [row for word, row in value["by_certainty"].items() if word != "fact"]
    rest: dict[str, Any] = {name: sum(row[name] for row in others) for name in ("files", "documents", "pages")}
    metres = [row["metres"] for row in others if row["metres"] is not None]
    rest["metres"] = round(sum(metres), 3) if metres else None
    return [(say("custody_fact"), dict(proved)), (say("custody_held_unknown"), rest)]


def received_lines(told: Mapping[str, Any] | None, most: int = 10) -> list[tuple[str, list[str]]]:
    """What papers say that comes to an agency: a heading with the number of papers, and the first of them."""
    found = []
    for what, group in (told or {}).items():
        if group["total"]:
            heading = say(f"agency_received_{what}", n=group["total"], arrived=group["arrived"])
            lines = [_paper_line(paper) for paper in group["papers"][:most]]
            if group["total"] > most:
                lines.append(say("local_more", n=group["total"] - most))
            found.append((heading, lines))
    return found


def _paper_line(paper: Mapping[str, Any]) -> str:
    fonds = paper["fonds"]
    named = dict(paper["target"])
    if len(fonds) == 1 and fonds[0]["creator"]:
        named["creator"] = fonds[0]["creator"]
    parts = [about_label(paper["scope"], named), paper["paper"]["cited"]]
    if paper["due"]:
        parts.append(f"{say('column_due')}: {wording.day(paper['due'])}")
    return " · ".join(part for part in parts if part)


def against_lines(custody: Mapping[str, Any]) -> list[str]:
    """The papers that contradict one another, under the sentence that says so; none where there are none."""
    told = against_labels(custody)
    return [say("custody_against_one_day"), *told] if told else []


def doubt_lines(row: Mapping[str, Any]) -> list[str]:
    """What contradicts and what else to check, a line each."""
    rest = {"to_check": [word for word in row["to_check"] if word != "contradicting_papers"]}
    return [*against_lines(row), *filter(None, [check_label(rest)])]
