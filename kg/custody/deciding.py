"""What papers make of a ruling: who holds a file by the latest of them, who must receive it by the closest, and what of
that an archivist should look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from kg.custody.answer import Custody, MatterState
from kg.custody.bodies import doubt
from kg.custody.choosing import Chosen, Rank, choose, latest
from kg.custody.facts import HOLDING, Fact
from kg.custody.receivers import Receivers
from kg.model import Fonds
from ontology import dates
from ontology.agencies import recognise
from ontology.custody import CustodyCertainty, Ruling
from ontology.custody.special import NONE
from ontology.errors import BadDate
from ontology.model import Unit

CONTRADICTING = "contradicting_papers"
"""Papers of one day name different bodies: none of them decides."""

ASSIGNED_SPECIALISED = "assigned_specialised"
"""A paper about a whole fonds, creator or level decides of a specialised record, which has a keeper of its own."""

ASSIGNED_PERMANENT = "assigned_permanent"
"""A paper about a whole fonds, creator or level that names no term takes permanent files from who keeps them by rule."""

ISSUER_NOT_COMPETENT = "issuer_not_competent"
"""Not the province's committee or its chairman assigned it (Circular 06/2025/TT-BNV art. 40), nor, of a Party fonds, the
provincial Party committee."""

ASSIGNED_BEFORE_END = "assigned_before_end"
"""It was assigned long before its creator ended."""

HANDED_ELSEWHERE = "handed_elsewhere"
"""It was handed over to another than who was assigned before, and not to be arranged."""

HOLDER_NOT_KNOWN = "holder_not_known"
"""Who holds it is no body that is known."""

HOLDER_NOT_THERE = "holder_not_there"
"""Who holds it had ended, or had not begun, on the day since when it does."""

RECEIVER_NOT_KNOWN = "receiver_not_known"
"""Who was assigned to receive it is no body that is known."""

RECEIVER_NOT_THERE = "receiver_not_there"
"""Who was assigned to receive it had ended, or had not begun, on that day."""

_OF_TIME = frozenset({"body_ended", "body_not_begun"})
_ASSIGNS = {"government": ("people_committee",), "party": ("party_committee",)}
_OF_PARTY = frozenset({"party", "mass_organisation"})
_PREPARED = timedelta(days=183)
"""How long before a body's end its records may be assigned: the decisions of a reform are prepared in the months before it."""
_WHOLE = frozenset({"fonds", "creator", "level"})


@dataclass(frozen=True, slots=True)
class Subject:
    """What papers decide about: the fonds, the unit of its creator, the kind of specialised record and of retention,
    whether its matter is settled; ``listed`` is what the finding aid says of where it is, ``proved``: with day and paper."""

    fonds: Fonds | None
    near: Unit | None
    special: str = NONE
    retention: str = "unknown"
    matter: MatterState = "closed"
    listed: Fact | None = None
    proved: bool = False


def decide(
    facts: Sequence[Fact], subject: Subject, ruling: Ruling | None, receivers: Receivers, rank: Rank
) -> Custody:
    """The answer: ``ruling`` as the papers have it, and who holds it by them. ``facts`` are all that speak of it."""
    return _Deciding(subject, receivers, rank).answer(facts, ruling)


class _Deciding:
    def __init__(self, subject: Subject, receivers: Receivers, rank: Rank) -> None:
        self._subject = subject
        self._receivers = receivers
        self._rank = rank
        self._key = partial(receivers.key, near=subject.near)

    def answer(self, facts: Sequence[Fact], rule: Ruling | None) -> Custody:
        subject, key = self._subject, self._key
        listed = [subject.listed] if subject.listed and subject.proved else []
        held = latest([*(fact for fact in facts if fact.kind in HOLDING), *listed], key, self._rank)
        kinds = ("task", "open_matter") if subject.matter == "open" else ("assignment",)
        deciding = choose((fact for fact in facts if fact.kind in kinds and fact.body), key, self._rank)
        arranging = choose((fact for fact in facts if fact.kind == "arrangement" and fact.body), key, self._rank)
        ruling = self._ruled(rule, deciding, arranging)
        shown = held.fact or (subject.listed if not subject.proved and not held.against else None)
        against = (*held.against, *deciding.against, *arranging.against)
        to_check = [
            *(rule.to_check if rule else ()),
            *([CONTRADICTING] if against else []),
            *self._assigned_doubts(deciding, rule),
            *held.doubts,
            *_body_doubts(shown, HOLDER_NOT_KNOWN, HOLDER_NOT_THERE),
            *_body_doubts(deciding.fact, RECEIVER_NOT_KNOWN, RECEIVER_NOT_THERE),
            *_body_doubts(arranging.fact, RECEIVER_NOT_KNOWN, RECEIVER_NOT_THERE),
            *(remark for fact in (held.fact, deciding.fact, arranging.fact) if fact for remark in fact.remarks),
        ]
        if held.fact and deciding.fact and self._is_elsewhere(held.fact, deciding.fact, ruling, rule):
            to_check.append(HANDED_ELSEWHERE)
        certainty: CustodyCertainty = "fact" if held.fact else (ruling.certainty if ruling else "unknown_fonds")
        name, via = (ruling.name, ruling.via) if ruling else (None, None)
        return Custody(
            certainty,
            ruling,
            shown,
            held.fact is not None,
            deciding.fact,
            against,
            held_unit=self._receivers.unit(held.fact.body or "", subject.near) if held.fact else None,
            via_unit=self._receivers.unit(via, subject.near) if via else None,
            arrived=bool(held.fact and name and key(held.fact.body or "") == key(name)),
            arranging=arranging.fact,
            matter=subject.matter,
            open_matter=next((fact for fact in facts if fact.kind == "open_matter"), None),
            to_check=tuple(dict.fromkeys(to_check)),
            held_name=self._full(shown.body if shown else None),
            destination_name=self._full(name),
            via_name=self._full(via),
        )

    def _full(self, body: str | None) -> str | None:
        return self._receivers.full_name(body, self._subject.near) if body else None

    def _ruled(self, rule: Ruling | None, deciding: Chosen, arranging: Chosen) -> Ruling | None:
        """The rule as the papers have it."""
        ruling = rule
        base = rule or Ruling(None, "not_assigned", None, "", "unknown")
        if fact := deciding.fact:
            unit = self._receivers.unit(fact.body or "", self._subject.near)
            ruling = replace(
                base, name=fact.body, certainty="assigned", basis=fact.paper.cited(), due=fact.due, via=None, unit=unit,
                note=fact.note, law_sure=None,
            )  # fmt: skip
        elif deciding.against:
            ruling = replace(base, name=None, via=None, certainty="not_assigned", due=None, unit=None)
        first = arranging.fact
        if first is None:
            return ruling
        ruling = ruling or base
        if ruling.name and self._key(ruling.name) == self._key(first.body or ""):
            return replace(ruling, via=None, due=ruling.due or first.due)
        return replace(ruling, via=first.body, due=ruling.due or first.due)

    def _assigned_doubts(self, deciding: Chosen, rule: Ruling | None) -> Iterator[str]:
        fact, subject = deciding.fact, self._subject
        if fact is None:
            return
        yield from deciding.doubts
        whole = fact.target.scope in _WHOLE
        if whole and subject.special != NONE:
            yield ASSIGNED_SPECIALISED
        if fact.kind != "assignment":
            return
        if not self._is_competent(fact.paper.issuer or ""):
            yield ISSUER_NOT_COMPETENT
        if rule and rule.changed and _long_before(fact.since, rule.changed):
            yield ASSIGNED_BEFORE_END
        by_rule = rule.name if rule and subject.retention == "permanent" else None
        silent = whole and not (fact.target.retention or fact.target.term)
        if silent and by_rule and self._key(by_rule) != self._key(fact.body or ""):
            yield ASSIGNED_PERMANENT

    def _is_competent(self, issuer: str) -> bool:
        """Whether the body may assign records of the fonds: that of the province, of the fonds' own where it is known."""
        fonds, near = self._subject.fonds, self._subject.near
        bloc = fonds.bloc if fonds else None
        kinds: tuple[str, ...] = _ASSIGNS["party" if bloc in _OF_PARTY else "government"]
        if bloc is None:
            kinds = tuple(kind for of_bloc in _ASSIGNS.values() for kind in of_bloc)
        line = self._receivers.province(near).line if near else None
        for one in self._receivers.meant(issuer, near):
            if one.body.kind in kinds and one.unit.level == "province" and line in (None, one.province):
                return True
        known = recognise(issuer)
        return bool(known and known.kind in kinds and known.level == "province" and not known.place_name)

    def _is_elsewhere(self, held: Fact, decided: Fact, ruling: Ruling | None, rule: Ruling | None) -> bool:
        if held.kind != "handover" or decided.kind != "assignment" or held.since < decided.since:
            return False
        first = {name for one in (ruling, rule) if one for name in (one.via,) if name}
        meant = {self._key(name) for name in (decided.body or "", *first)}
        return self._key(held.body or "") not in meant


def _body_doubts(fact: Fact | None, unknown: str, absent: str) -> Iterator[str]:
    """What is doubtful about the body that a paper names (``kg.custody.bodies``). Minutes are of their own day; of a
    paper without a full day only the name is looked at."""
    if fact is None or not fact.body:
        return
    day = (fact.paper.date or fact.since) if fact.kind == "handover" else fact.since
    dated = dates.is_full(day)
    told = doubt(fact.body, day if dated else dates.today())
    if told and told.code not in _OF_TIME:
        yield unknown
    elif told and dated:
        yield absent


def _long_before(day: str, changed: str) -> bool:
    try:
        first = date.fromisoformat(changed) if dates.is_full(changed) else None
        return first is not None and date.fromisoformat(day) < first - _PREPARED
    except (BadDate, ValueError):
        return False
