"""The question about agencies: which does a name mean on a day, since when and until when, what came before and after;
for one that has ended the three answers of today: territory, tasks, records (PRACTICE.md §2). Needs no store; papers that
one has (assignments, tasks that passed on, hand-overs) come before what rules say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kg.custody.choosing import Chosen
from kg.custody.of_agency import TERMS, PapersOfAgencies
from kg.errors import HosoError, NotFound
from kg.messages import say
from kg.questions import units
from kg.questions.agency_records import received, records_of
from kg.questions.agency_table import checked_agencies
from kg.questions.forms import Json
from kg.store.protocol import Store
from ontology import dates
from ontology.agencies.bodies import Ground
from ontology.agencies.council_terms import council_terms
from ontology.agencies.dated import Agency, AgencyCandidate, AgencyLink, AgencyNotFound, Bound
from ontology.agencies.exceptions import BodyException
from ontology.agencies.heirs import predecessors, successors
from ontology.agencies.in_time import agencies
from ontology.agencies.kinds import kind_without_days
from ontology.agencies.meanings import lacks_unit as body_without_unit
from ontology.agencies.meanings import meanings
from ontology.agencies.tasks import provided
from ontology.registry import load
from ontology.validity import some_day

LIMIT = 20

_ID = re.compile(r"[a-z][a-z.0-9-]*:[^\s:]+@\d{4}(?:-\d\d){0,2}(?:\+\d+)?")
"""What no name looks like: the id of an agency."""


def agency(
    name: str | None = None,
    *,
    id: str | None = None,
    at: str | None = None,
    within: str | None = None,
    limit: int = LIMIT,
    store: Store | None = None,
) -> list[Json]:
    """The agencies that a name (or id) can mean, best first, at most ``limit``: ``[agency + "score", "reasons",
    "below", "unread", "total"]``: ``below`` is the name of the body that was asked for where it is one below the agency
    ("Chi bộ 9"), ``unread`` the words that were not understood, each null where there is none; ``total`` how many
    agencies the name can mean, listed or not.

    ``at`` may be partial; ``within`` names containing units, or the unit itself of a name without one ("UBND quận").
    An agency: ``{"id", "kind", "name", "names": [{"name", "style"}], "level", "bloc", "body_sure", "unit", "versions": [unit id],
    "opened": bound, "closed": bound|null, "ended_by", "predecessors": [link], "successors": [link], "terms",
    "exceptions": [{"id", "effect", "since", "until", "name", "source", "note", "sure", "act", "article", "law_sure"}],
    "today"}``; a bound ``{"day", "date", "date_partial", "exact", "not_before", "latest", "rule", "source", "note", "sure", "act", "article", "law_sure"}``,
    ``source`` being file and row of the archive's own table (``HOSO_AGENCY_EXCEPTIONS``) where that says so; a link ``{"id", "name", "unit", "extent", "act", "clause", "after_absence"}``. ``received`` is what papers say that comes to it (null where they say nothing, or none were asked for). ``today`` is null while the agency goes
    on, else ``{"territory", "tasks", "records", "papers_asked", "papers_on_files"}``: ``store`` gives the papers.
    Raises BadDate, NotFound for an unknown id, and HosoError when neither name nor id is given, or for a table of
    exceptions that cannot be used.
    """
    found = meant(name, id=id, at=at, within=within)
    papers = papers_of(store)
    return [agency_json(candidate, papers) | {"total": len(found)} for candidate in found[:limit]]


def meant(
    name: str | None = None, *, id: str | None = None, at: str | None = None, within: str | None = None
) -> list[AgencyCandidate]:
    """The same agencies, all of them, as the ontology has them; raises what ``agency`` raises."""
    day = some_day(dates.parse(at)) if at else None
    asked = (id or name or "").strip()
    if not asked:
        raise HosoError(say("missing_argument", name="name"))
    known = checked_agencies()
    try:
        return [AgencyCandidate(known.agency(asked), 1.0, ("exact",))]
    except AgencyNotFound:
        if id or _ID.fullmatch(asked):
            raise NotFound(say("agency_not_found", name=asked)) from None
    return meanings(asked, known, at=day, within=within)


def papers_of(store: Store | None) -> PapersOfAgencies | None:
    """The papers of a store about agencies; None where no store is asked."""
    return PapersOfAgencies(store, checked_agencies()) if store is not None else None


def kind_alone(name: str) -> str | None:
    """The name in full of a body whose kind is known and its days are not, so that no agency answers to it ("Kho bạc
    Nhà nước quận Đống Đa"); None for every other name."""
    return kind_without_days(name)


def lacks_unit(name: str, within: str | None = None) -> bool:
    """Whether a name means no agency because it does not say of which unit ("Ban Tổ chức Chính quyền Thành phố")."""
    return not within and body_without_unit(name)


def agency_brief(candidate: AgencyCandidate) -> Json:
    """What tells an agency from others of its name: the ``agency`` form without its names, what stood around it and
    what is today, which take longer."""
    one = candidate.agency
    return {
        "id": one.id,
        "kind": one.body.kind,
        "name": one.name,
        "level": one.unit.level,
        "bloc": one.body.bloc,
        "body_sure": one.body.sure,
        "unit": load().unit_json(one.unit, one.closed.day if one.closed and dates.is_full(one.closed.day) else None),
        "versions": [unit.id for unit in one.units],
        "opened": bound_json(one.opened),
        "closed": bound_json(one.closed) if one.closed else None,
        "ended_by": one.ended_by,
        "score": candidate.score,
        "reasons": list(candidate.reasons),
        "below": candidate.below,
        "unread": candidate.unread,
    }


def agency_json(candidate: AgencyCandidate, papers: PapersOfAgencies | None = None) -> Json:
    """The ``agency`` form with its score (0..1) and reasons (codes, ``reason_<code>`` in the catalogue)."""
    known, one = agencies(), candidate.agency
    terms = council_terms(one, known)
    return {
        **agency_brief(candidate),
        "names": [{"name": name, "style": style} for name, style in known.names(one).items()],
        "predecessors": [_link_json(link) for link in predecessors(one, known)],
        "successors": [_link_json(link) for link in successors(one, known)],
        "terms": {
            "counting": terms.counting,
            "former": {"id": terms.former.id, "name": terms.former.name} if terms.former else None,
            **_ground_json(terms.ground),
        }
        if terms
        else None,
        "exceptions": [_exception_json(exception) for exception in known.own_exceptions(one)],
        "today": _today(one, papers) if one.closed else None,
        "received": received(one, papers) if papers is not None else None,
    }


def bound_json(bound: Bound) -> Json:
    """A first or last day with the rule that says so (``agency_rule_<rule>`` in the catalogue); ``date`` and
    ``date_partial`` as the contract has dates, ``day`` whatever is known of it."""
    return {
        "day": bound.day,
        **date_json(bound.day),
        "exact": bound.exact,
        "not_before": bound.not_before,
        "latest": bound.latest,
        "rule": bound.rule,
        "source": bound.source,
        "note": bound.note,
        **_ground_json(bound.ground),
    }


def date_json(day: str | None) -> Json:
    """A date by the contract (DESIGN.md §5): in full, else null and what is known of it as ``date_partial``."""
    full = day if day and dates.is_full(day) else None
    return {"date": full, "date_partial": None if full else day}


def _exception_json(exception: BodyException) -> Json:
    return {
        "id": exception.id,
        "effect": exception.effect,
        "since": exception.since or None,
        "until": exception.until or None,
        "name": exception.name,
        "source": exception.source,
        "note": exception.note,
        **_ground_json(exception.ground),
    }


def _ground_json(ground: Ground) -> Json:
    return {"sure": ground.sure, "act": ground.act, "article": ground.article, "law_sure": ground.law_sure}


def _link_json(link: AgencyLink) -> Json:
    return {
        "id": link.agency.id,
        "name": link.agency.name,
        "unit": link.agency.unit.id,
        "extent": link.extent,
        "act": link.act,
        "clause": link.clause,
        "after_absence": link.after_absence,
    }


def _today(one: Agency, asked: PapersOfAgencies | None) -> Json:
    """The three answers for a body that has ended. They do not follow from one another: the map names no custodian, and
    no act names who does its work: papers do."""
    papers = asked.of(one) if asked else None
    return {
        "territory": dict(_territory(one.unit.id, dates.today())),
        "tasks": _tasks(one, papers.task if papers else Chosen()),
        "records": [records_of(one, term, papers, asked) for term in TERMS],
        "papers_asked": papers is not None,
        "papers_on_files": papers.single if papers else 0,
    }


@lru_cache(maxsize=1024)
def _territory(unit: str, _today: str) -> Mapping[str, Any]:
    """What became of the territory of a unit (an id) by today: the bodies of one unit share it."""
    territory = units.successors(id=unit)
    kept = ("on", "certainty", "weakest", "successors", "all", "level_ended")
    return {key: territory[key] for key in kept if key in territory}


def _tasks(one: Agency, told: Chosen) -> Json:
    """Who took over by paper, and what acts provide for kinds of matters."""
    fact = told.fact
    return {
        "assigned_to": fact.body if fact else None,
        "certainty": "assigned" if fact else "not_assigned",
        "since": fact.since if fact else None,
        "basis": fact.paper.cited() if fact else None,
        "fact": fact.id if fact else None,
        "contradictions": [against.to_json() for against in told.against],
        "provided": [
            {"id": rule.id, "matter": rule.matter, "to": rule.to, **_ground_json(rule.ground)}
            for rule in provided(one)
        ],
    }
