"""Where an agency's records must go and who holds them, by its papers and the rules; and what comes to an agency."""

from __future__ import annotations

from collections.abc import Sequence

from kg.custody.deciding import Subject, decide
from kg.custody.facts import Fact
from kg.custody.of_agency import AgencyPapers, PapersOfAgencies
from kg.messages import say
from kg.model import Fonds
from kg.questions.forms import Json
from ontology import dates
from ontology.agencies.dated import Agency
from ontology.agencies.in_time import agencies
from ontology.custody import Case, Ruling, rule_for
from ontology.registry import load

_REFORMS = "2025"
"""The year from which bodies ended by the acts that Circular 06/2025/TT-BNV is for."""
_LISTED = 100
"""Papers listed; ``total`` counts all."""


def records_of(one: Agency, term: str, papers: AgencyPapers | None, asked: PapersOfAgencies | None) -> Json:
    """Where the agency's files of that retention must go, by paper or by rule, and who holds them by paper: decided as
    for a file (``kg.custody.deciding``). Papers that speak of single terms, files or years decide for those alone."""
    ruling = _by_rule(one, term)
    row: Json = {"retention": term, "due": ruling.due, "held_now": None, "to_check": [], "contradictions": []}
    if papers is None or asked is None:
        return row | _ruling_json(ruling)
    own = Fonds(one.id, one.name, one.unit.level, one.body.bloc, unit=one.unit.id)
    subject = Subject(own, one.unit, one.body.special or "none", term)
    custody = decide(papers.whole[term], subject, ruling, asked.receivers, papers.rank)
    row |= custody.destination_json() | {"due": custody.due, "held_now": custody.held_json()}
    row |= {"to_check": list(custody.to_check), "contradictions": [fact.to_json() for fact in custody.against]}
    return row | {"rule": row["rule"] or None, "held_by_paper": custody.to_json()["held_by_paper"]}


def received(one: Agency, asked: PapersOfAgencies) -> Json | None:
    """What papers say that comes to the agency, None where they say nothing: ``{"holds", "assigned", "arranges",
    "tasks"}``, each ``{"total", "arrived", "papers": [fact + "fonds"]}``."""
    told = asked.received(one)
    groups = {"holds": told.holds, "assigned": told.assigned, "arranges": told.arranges, "tasks": told.tasks}
    if not any(groups.values()):
        return None
    return {
        what: {
            "total": len(facts),
            "arrived": sum(fact.id in told.arrived for fact in facts),
            "papers": _papers(facts, asked),
        }
        for what, facts in groups.items()
    }


def _papers(facts: Sequence[Fact], asked: PapersOfAgencies) -> list[Json]:
    ordered = sorted(facts, key=lambda fact: (fact.since, fact.id))[:_LISTED]
    return [
        fact.to_json() | {"fonds": [{"id": key, "creator": creator} for key, creator in asked.creators(fact)]}
        for fact in ordered
    ]


def _ruling_json(ruling: Ruling) -> Json:
    kept = ("name", "via", "certainty", "basis", "law_sure", "note")
    return {key: getattr(ruling, key) for key in kept} | {"rule": ruling.rule or None, "fact": None}


def _by_rule(one: Agency, retention: str) -> Ruling:
    """Where the agency's files must go by rule. Where the kind of body ended and its unit goes on, the rules, which
    follow units, decide for permanent files alone."""
    still = one.ended_by != "unit" and agencies().span(one.unit)[-1].in_force(dates.today())
    if still and retention != "permanent":
        early = one.closed and one.closed.day and one.closed.day < _REFORMS
        note = say("agency_records_ended_earlier" if early else "agency_records_body_ended")
        return Ruling(None, "not_assigned", None, "", "continues", note=note)
    case = Case(
        level=one.unit.level,
        bloc=one.body.bloc,
        unit=one.unit,
        creator=one.name,
        retention=retention,
        special=one.body.special or "none",
        until=one.closed.day if one.closed else None,
    )
    return rule_for(case, load())
