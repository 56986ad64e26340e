"""What is to be checked about a record: its date against the days of the agency that issued it."""

from __future__ import annotations

from collections.abc import Iterable

from kg import wording
from kg.messages import say
from kg.model import Edge, Node, Record
from kg.questions.agency import bound_json, date_json
from kg.questions.agency_table import checked_agencies
from kg.questions.forms import Json
from kg.workspace import Workspace
from ontology.agencies.dated import Agency, AgencyNotFound
from ontology.agencies.papers import PaperCheck, check, issuer_on
from ontology.registry import load


def paper_checks(workspace: Workspace, record: Record, edges: Iterable[Edge]) -> list[Json]:
    """What does not fit in the record, each ``{"code", "agency": {"id", "name"}, "date", "date_partial", "bound", "message"}``: never
    an error of the record, but a reason to look at it. ``edges`` are those that leave the record."""
    date = record.date or record.date_partial
    issuers = [edge.target for edge in edges if edge.type == "ISSUED_BY"]
    if not date or not issuers:
        return []
    found = []
    for node in workspace.store.nodes(issuers).values():
        issuer = _issuer(node, date)
        doubt = check(issuer, date) if issuer else None
        if doubt:
            found.append(_check_json(doubt))
    return found


def _issuer(node: Node, date: str) -> Agency | None:
    """The agency that an issuer is: the one that it was linked to, else the one of its name and unit on that date."""
    known = checked_agencies()
    try:
        return known.agency(str(node.props.get("agency") or ""))
    except AgencyNotFound:  # none was, or the archive's own table of exceptions has changed since
        unit = load().units.get(str(node.props.get("unit") or ""))
        return issuer_on(node.name, unit, date, known) if unit else None


def _check_json(doubt: PaperCheck) -> Json:
    return {
        "code": doubt.doubt,
        "agency": {"id": doubt.agency.id, "name": doubt.agency.name},
        **date_json(doubt.date),
        "bound": bound_json(doubt.bound),
        "message": say(
            f"agency_check_{doubt.doubt}",
            name=doubt.agency.name,
            date=wording.day(doubt.date),
            day=wording.day(doubt.bound.day),
            latest=wording.day(doubt.bound.latest),
            sure=say(f"agency_sure_{doubt.bound.ground.sure}"),
        ),
    }
