"""When a fonds opened and closed: as its table or history says, else as its creator's days in the tables of agencies do.

A fonds closes on the day on which the body that made it ends (LAW.md §1)."""

from __future__ import annotations

from kg.model import Fonds
from kg.questions.forms import Json
from ontology import dates


def days(row: Fonds, earliest: str | None = None) -> Json:
    """``{"opened", "opened_basis", "opened_sure", "closed", "closed_basis", "closed_sure", "status", "status_basis"}``.

    A basis is null where a column says so, ``history``, or ``agency``: then ``sure`` (sure, likely, check) tells how sure
    the tables of agencies are of the day. ``earliest``: the first day of the fonds' files; a body that began later did
    not open it.
    """
    found: Json = {"status": row.status, "status_basis": None}
    for name in ("opened", "closed"):
        told = getattr(row, name)
        found |= {name: told, f"{name}_basis": row.extra.get(f"{name}_basis") if told else None, f"{name}_sure": None}
    if row.unit and row.creator and not (row.opened and row.closed):
        _add_days_of_agency(found, row, earliest)
    if found["status"] is None and found["closed"] and found["closed"] <= dates.today():
        found |= {"status": "closed", "status_basis": found["closed_basis"] or "closed"}
    return found


def _add_days_of_agency(found: Json, row: Fonds, earliest: str | None) -> None:
    from ontology.agencies.in_time import agencies
    from ontology.agencies.papers import issuer_on
    from ontology.registry import load

    unit = load().units.get(row.unit or "")
    if unit is None:
        return
    name_of, known = row.creator or "", agencies()
    agency = issuer_on(name_of, unit, row.closed or unit.valid_to or dates.today(), known)
    if agency is None:
        return
    # A department that was abolished and set up again has left one fonds or two: its opening is not known.
    once = issuer_on(name_of, unit, unit.valid_from, known) == agency
    once = once and not (earliest and agency.opened.day and earliest < agency.opened.day[: len(earliest)])
    for name, bound in (("opened", agency.opened if once else None), ("closed", agency.closed)):
        if found[name] is None and bound is not None and bound.day and bound.exact:
            found |= {name: bound.day, f"{name}_basis": "agency", f"{name}_sure": bound.ground.sure}
    if agency.closed is None and found["status"] is None and found["closed"] is None:
        found |= {"status": "open", "status_basis": "agency"}
