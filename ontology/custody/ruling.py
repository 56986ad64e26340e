"""The first rule that fits a case."""

from __future__ import annotations

from dataclasses import replace

from ontology import dates
from ontology.agencies.dated import before
from ontology.custody.bodies import bloc_of, body_kind
from ontology.custody.due import due_day
from ontology.custody.model import Case, Rule, Ruling, Succession
from ontology.custody.naming import Naming, own_end
from ontology.custody.succession import succession
from ontology.custody.table import KEYS, rules
from ontology.model import Unit
from ontology.registry import Ontology
from ontology.validity import day_after, day_before

NO_RULE = "no_rule"
"""The id of the ruling where no row fits."""

_REFORMS = "2025"
"""The year from which bodies ended by the acts that the rules of 2025 are for."""

DATED_AFTER_CLOSING = "dated_after_closing"
"""The file goes on after its creator's unit ended: may be honest (hand-over, settlement, certified copy)."""


def rule_for(case: Case, ontology: Ontology) -> Ruling:
    """The first rule that fits the case, with names filled in; one of ``no_rule`` where none does. Raises
    BadCustodyTable when the archive's own table cannot be used."""
    on = case.on or dates.today()
    outcome = outcome_of(case.creator, case.unit, case.level, ontology, on)
    body = case.body or body_kind(case.creator)
    keys = {
        "level": case.level or "unknown",
        "change": outcome.change,
        "body": body,
        "bloc": bloc_of(body) or case.bloc or "unknown",
        "special": case.special,
        "retention": case.retention,
        "carrier": case.carrier,
        "matter": case.matter,
        "arranged": case.arranged,
    }
    last = _last_day(case, outcome)
    told = {"changed": outcome.decided or outcome.changed, "file": last, "valid": on}
    to_check = (DATED_AFTER_CLOSING,) if _is_late(case, outcome) else ()
    filled = Naming(case, body, outcome, ontology)
    fitting = (rule for rule in rules() if _fits(rule, keys, told) and not filled.lacks(rule.name + rule.via))
    rule = next(fitting, None)
    if rule is None:
        return Ruling(None, "not_assigned", None, NO_RULE, outcome.change, changed=outcome.changed, to_check=to_check)
    basis = ", ".join(part for part in (rule.act, rule.article) if part)
    unnamed = next((wording for wording in (rule.name, rule.via) if filled.undetermined(wording)), None)
    if unnamed is not None:
        return Ruling(
            name=None,
            certainty="not_assigned",
            basis=basis or None,
            rule=rule.id,
            change=outcome.change,
            note="; ".join(filter(None, (filled.unknown(unnamed), rule.note))),
            law_sure=rule.law_sure or None,
            changed=outcome.changed,
            to_check=to_check,
        )
    return Ruling(
        name=filled.fill(rule.name),
        certainty=rule.certainty,
        basis=basis or None,
        rule=rule.id,
        change=outcome.change,
        due=due_day(rule.due, last),
        via=filled.fill(rule.via),
        unit=filled.receiver(rule.name),
        note=rule.note or None,
        law_sure=rule.law_sure or None,
        changed=outcome.changed,
        to_check=to_check,
    )


def outcome_of(
    creator: str | None, unit: Unit | None, level: str | None, ontology: Ontology, on: str | None = None
) -> Succession:
    """What became of the creator: of its unit (``succession``), but for a body that ended before 2025 and before its unit
    did (the councils of Ha Noi's wards in 2021, the administrative committees in 1976): what was decreed for the bodies
    that ended with their units does not hold for it."""
    outcome = succession(unit, level, ontology, on)
    own = own_end(creator, unit) if creator and unit and outcome.ended and outcome.changed else None
    if own is None or not outcome.changed or not before(own, min(outcome.changed, _REFORMS)):
        return outcome
    return replace(outcome, change="ended_earlier", changed=_day_after(own), decided=None)


def _day_after(day: str) -> str:
    """The first day without the body; of a partial day itself."""
    return day_after(day) if dates.is_full(day) else day


def _is_late(case: Case, outcome: Succession) -> bool:
    """Whether the file goes on after the last day of its creator's unit; a bare year or month must lie wholly later."""
    if not outcome.ended or not outcome.changed or not case.until:
        return False
    return case.until > day_before(outcome.changed) and not outcome.changed.startswith(case.until)


def _last_day(case: Case, outcome: Succession) -> str | None:
    """The day that decides which law a file falls under: its last, and never one after its creator's end: the fonds
    closed that day."""
    if not outcome.ended or not outcome.changed:
        return case.until
    end = day_before(outcome.changed)
    return min(case.until, end, key=_last_of) if case.until else end


def _fits(rule: Rule, keys: dict[str, str], days: dict[str, str | None]) -> bool:
    if not all(getattr(rule, key) == "any" or keys[key] in getattr(rule, key).split("|") for key in KEYS):
        return False
    return all(
        _within(days[name], getattr(rule, f"{name}_from"), getattr(rule, f"{name}_to"))
        for name in ("changed", "file", "valid")
    )


def _within(day: str | None, start: str, end: str) -> bool:
    """Whether the day lies in the range; a range that has an end wants a day. A partial day lies in it with its last
    day ("2025" is not before 01/07/2025)."""
    if not start and not end:
        return True
    if day is None:
        return False
    return (not start or _last_of(day) >= start) and (not end or _last_of(day) <= end)


def _last_of(day: str) -> str:
    """The last day of a year or month, good enough to compare with."""
    return day + {4: "-12-31", 7: "-31"}.get(len(day), "")
