"""Custody of the files of a store: what papers say of each, else what the rules do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Self

from kg.custody import retention
from kg.custody.answer import Custody, MatterState
from kg.custody.deciding import Subject, decide
from kg.custody.facts import Asked, Fact, Facts, Target
from kg.custody.lists import facts_of
from kg.custody.paper import Paper
from kg.custody.receivers import Receivers, creator_name, several_bodies
from kg.custody.table import checked_rules
from kg.model import File, Fonds, Record
from kg.store.protocol import Store
from ontology import dates
from ontology.custody import Case, Ruling, outcome_of, rule_for, special_kind
from ontology.custody.schedules import Proposal
from ontology.errors import UnitNotFound
from ontology.model import Unit
from ontology.registry import Ontology
from ontology.validity import day_before

__all__ = ["Custodian", "Custody"]

TERM_TOO_SHORT = "term_too_short"
"""The finding aid gives the file a shorter term than one of its documents has."""

TERM_NOT_SETTLED = "term_not_settled"
"""A document of the file has a term that is not known beside others that are: it may be the longest."""

MATTER_NOT_KNOWN = "matter_not_known"
"""Nothing says whether the file's matter is settled, and who must receive it depends on that."""

SEVERAL_CREATORS = "several_creators"
"""Two bodies formed the fonds: the rule is that of the first."""

_EVER = "9999-12-31"

_BOOKS = frozenset({"civil_register", "certification_book"})
"""Kinds of specialised records that are books of entries, no matters."""

_Kind = tuple[str, str, str, str, str]
"""Kind of retention, carrier, kind of specialised record, arranged or not, matter open or closed."""


class Custodian:
    """Answers for the files of a store; the rule is worked out once for each kind of case. ``on``: the day on which it
    is asked (ISO; None: today)."""

    def __init__(
        self, fonds: Mapping[str, Fonds], ontology: Ontology, facts: Facts | None = None, *, on: str | None = None
    ) -> None:
        checked_rules()
        self._fonds = fonds
        self._ontology = ontology
        self._facts = facts or Facts((), (), ontology)
        self._receivers = Receivers(ontology)
        self._rules = _Rules(ontology, on)
        self._answers: dict[Hashable, Custody] = {}
        targets = (fact.target for fact in self._facts.all)
        self._terms = {(target.retention or retention.kind(target.term), target.term) for target in targets}

    @classmethod
    def of_store(
        cls, store: Store, ontology: Ontology, fonds: Mapping[str, Fonds], *, file: File | None = None
    ) -> Self:
        """With the facts that the store holds; ``file``: it is asked about that one alone. Raises HosoError(bad_input)
        for a table of rules that cannot be used."""
        return cls(fonds, ontology, facts_of(store, ontology, file=file))

    def of(self, fonds: str | None, *, file: File | None = None, records: Sequence[Record] = ()) -> Custody:
        """Custody of a file, or of a document without a file (``file`` None).

        ``records`` are its documents: retention is the finding aid's, else the longest of theirs; where the finding aid
        does not say, they tell its kind and its last day too.
        """
        known = self._fonds.get(fonds) if fonds else None
        asked = _asked(known, file, records)
        facts = self._about(asked)
        special = special_kind([file.title] if file and file.title else [record.title for record in records])
        listed, proved = _of_finding_aid(file)
        subject = Subject(
            fonds=known,
            near=self._unit(known.unit) if known else None,
            special=special,
            retention=asked.retention,
            matter=_matter(file, facts),
            listed=listed,
            proved=proved,
        )
        ruling, doubts = None, []
        if known and known.creator:
            ruling, depends = self._ruling(known, subject, asked, _until(file, records))
            doubts += [MATTER_NOT_KNOWN] if depends else []
            doubts += [SEVERAL_CREATORS] if several_bodies(known.creator) else []
        answer = self._decided(facts, subject, ruling)
        if retention.too_short(file, (record.retention for record in records)):
            doubts.append(TERM_TOO_SHORT)
        if not (file and file.retention) and retention.undetermined(record.retention for record in records):
            doubts.append(TERM_NOT_SETTLED)
        waiting = self._waiting(asked, facts) if asked.retention == "unknown" else ()
        return replace(answer, retention=asked.term, to_check=(*answer.to_check, *doubts), waiting=waiting)

    def _decided(self, facts: Sequence[Fact], subject: Subject, ruling: Ruling | None) -> Custody:
        """Files of which the same papers and rule speak have the same answer."""
        if subject.listed is not None:
            return decide(facts, subject, ruling, self._receivers, self._facts.rank)
        fonds = subject.fonds.id if subject.fonds else None
        said = (fonds, subject.special, subject.retention, subject.matter)
        key = (said, ruling, tuple(fact.id for fact in facts))
        if key not in self._answers:
            self._answers[key] = decide(facts, subject, ruling, self._receivers, self._facts.rank)
        return self._answers[key]

    def _ruling(self, fonds: Fonds, subject: Subject, asked: Asked, until: str | None) -> tuple[Ruling, bool]:
        """What the rules say, and whether that depends on what is not known: whether the matter is settled."""
        file = asked.file
        arranged = {None: "unknown", True: "yes", False: "no"}[file.arranged if file else None]
        key = (asked.retention, asked.carrier, subject.special, arranged)
        matter = "open" if subject.matter == "open" else "closed"
        ruling = self._rules.of(fonds, (*key, matter), unit=subject.near, until=until)
        if subject.matter != "unknown" or subject.special in _BOOKS:
            return ruling, False
        return ruling, _differ(ruling, self._rules.of(fonds, (*key, "open"), unit=subject.near, until=until))

    def proposed(self, fonds: str | None, file: File | None, records: Sequence[Record]) -> Proposal | None:
        """The term that a schedule would give where none is known."""
        known = self._fonds.get(fonds) if fonds else None
        return retention.proposed(file, records, known.creator if known else None)

    def facts_about(self, fonds: str | None, file: File | None, records: Sequence[Record]) -> list[Fact]:
        """All that papers say of a file."""
        return self._about(_asked(self._fonds.get(fonds) if fonds else None, file, records))

    def _about(self, asked: Asked) -> list[Fact]:
        return self._facts.of(asked) if self._facts.all else []

    def _waiting(self, asked: Asked, facts: Sequence[Fact]) -> tuple[Fact, ...]:
        """Papers that would mean the file if it had the term that they name."""
        told = {fact.id for fact in facts}
        had = (replace(asked, retention=kind, term=term) for kind, term in self._terms if kind != "unknown")
        found = dict.fromkeys(fact for one in had for fact in self._about(one) if fact.id not in told)
        return tuple(sorted(found, key=lambda fact: (fact.since, fact.id)))

    def _unit(self, identifier: str | None) -> Unit | None:
        try:
            return self._ontology.unit(identifier) if identifier else None
        except UnitNotFound:
            return None


class _Rules:
    """Rulings for fonds. Of a file's last day it matters only between which days of the rules, and of the creator's
    end, it lies; its year where the day by which it is due counts from it."""

    def __init__(self, ontology: Ontology, on: str | None) -> None:
        self._ontology = ontology
        self._on = on
        table = checked_rules()
        edges = {edge for rule in table for edge in (*_before(rule.file_from), *_before(rule.file_to, itself=True))}
        self._edges = sorted(edges)
        self._counting = frozenset(rule.id for rule in table if rule.due and not dates.is_full(rule.due))
        self._edges_of: dict[str, Sequence[str] | None] = {}
        self._rulings: dict[tuple[str | None, ...], Ruling] = {}

    def of(self, fonds: Fonds, case: _Kind, *, unit: Unit | None, until: str | None) -> Ruling:
        """The ruling for files of the fonds of that kind whose last day is ``until``."""
        key = (fonds.id, *case)
        shown = self._edge(fonds, unit, until)
        if (*key, shown) not in self._rulings:
            self._rulings[*key, shown] = self._ruled(fonds, case, unit, shown)
        ruling = self._rulings[*key, shown]
        if until == shown or until is None or ruling.rule not in self._counting:
            return ruling
        of_year = (*key, shown, until[:4])
        if of_year not in self._rulings:
            self._rulings[of_year] = self._ruled(fonds, case, unit, until)
        return self._rulings[of_year]

    def _ruled(self, fonds: Fonds, kind: _Kind, unit: Unit | None, until: str | None) -> Ruling:
        retained, carrier, special, arranged, matter = kind
        case = Case(
            level=fonds.level,
            bloc=fonds.bloc,
            unit=unit,
            creator=creator_name(fonds.creator or ""),
            retention=retained,
            carrier=carrier,
            special=special,
            matter=matter,
            until=until,
            on=self._on,
            arranged=arranged,
        )
        return rule_for(case, self._ontology)

    def _edge(self, fonds: Fonds, unit: Unit | None, until: str | None) -> str | None:
        """The last day of which all is said that is said of ``until``; that itself where it is no full day."""
        if until is None or not dates.is_full(until):
            return until
        if fonds.id not in self._edges_of:
            creator = creator_name(fonds.creator or "")
            end = outcome_of(creator, unit, fonds.level, self._ontology, self._on).changed
            own = None if end and not dates.is_full(end) else {*self._edges, *((day_before(end), end) if end else ())}
            self._edges_of[fonds.id] = sorted(own) if own is not None else None
        edges = self._edges_of[fonds.id]
        if edges is None:
            return until
        at = bisect_left(edges, until)
        return edges[at] if at < len(edges) else _EVER


def _before(day: str, *, itself: bool = False) -> Iterator[str]:
    """The last day before the bound of a range (``itself``: the bound, which is the last of its range)."""
    if day:
        yield day if itself and dates.is_full(day) else day_before(day)


def _asked(fonds: Fonds | None, file: File | None, records: Sequence[Record]) -> Asked:
    term = retention.term_of(file, (record.retention for record in records))
    carrier = "digital" if file is not None and file.medium == "digital" else "paper"
    return Asked(fonds, file, retention.kind(term), carrier, term)


def _matter(file: File | None, facts: Iterable[Fact]) -> MatterState:
    """Whether the file's matter is settled. A list says which are not; a file that was arranged, or that a finding aid
    lists with its last day, is taken for settled: files are listed when the work has ended (Law 33/2024/QH15 art. 17,
    Decree 30/2020/NĐ-CP art. 30). Of anything else it is not known."""
    told = file.extra.get("matter") if file is not None else None
    if told == "open" or any(fact.kind == "open_matter" for fact in facts):
        return "open"
    listed = file is not None and file.listed and file.until is not None and file.arranged is not False
    return "closed" if told == "closed" or listed or (file is not None and file.arranged) else "unknown"


def _differ(one: Ruling, other: Ruling) -> bool:
    """Whether two rulings send a file to different bodies."""
    return (one.name, one.via, one.certainty) != (other.name, other.via, other.certainty)


def _of_finding_aid(file: File | None) -> tuple[Fact | None, bool]:
    """What the finding aid says of where the file is, and whether it names day and paper."""
    if file is None or not file.held_by:
        return None, False
    paper = Paper(file.held_paper, None, None, None)
    told = Fact("", "finding_aid", Target(file=file.id), file.held_by, file.held_since or "", paper)
    return told, bool(file.held_paper and file.held_since)


def _until(file: File | None, records: Iterable[Record]) -> str | None:
    """The last day of a file: as the finding aid says, else of its latest document."""
    if file is not None and file.until:
        return file.until
    return max((day for record in records if (day := record.date or record.date_partial)), default=None)
