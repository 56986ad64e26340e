"""The custody answer of a file or of a loose document (PRACTICE.md §1.3): where it is, where it must go, by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Self

from kg.custody import retention
from kg.custody.facts import HOLDING, Asked, Fact, Facts, Target, choose
from kg.custody.lists import facts_of
from kg.custody.paper import Paper
from kg.custody.receivers import Receivers
from kg.custody.table import checked_rules
from kg.model import File, Fonds, Record
from kg.store.protocol import Store
from ontology.custody import Case, CustodyCertainty, Ruling, name_key, rule_for, special_kind
from ontology.custody.schedules import Proposal
from ontology.custody.special import NONE
from ontology.errors import UnitNotFound
from ontology.model import Unit
from ontology.registry import Ontology

Matter = Literal["open", "closed", "unknown"]

CONTRADICTING = "contradicting_papers"
"""Papers of one day name different bodies: none of them decides."""

TERM_TOO_SHORT = "term_too_short"
"""The finding aid gives the file a shorter term than one of its documents has."""

MATTER_NOT_KNOWN = "matter_not_known"
"""Nothing says whether the file's matter is settled, and who must receive it depends on that."""

ASSIGNED_SPECIALISED = "assigned_specialised"
"""A paper about a whole fonds, creator or level decides of a specialised record, which has a keeper of its own."""

_BOOKS = frozenset({"civil_register", "certification_book"})
"""Kinds of specialised records that are books of entries, no matters."""

_SAID_OR_NOT = re.compile(r"\b(?:nhà nước|trung tâm|của|thuộc)\b")
"""Words that the name of one archive now has and now has not."""


@dataclass(frozen=True, slots=True)
class Custody:
    """``certainty`` is ``fact`` where a dated paper says who holds the file, else that of where it must go. ``held`` is
    what a paper says of where it is, or what a finding aid says without one (``proved``: day and paper are there);
    ``held_unit`` the unit of who holds it, where a paper proves that; ``decided`` the paper that overrides the rule, ``against`` papers of one day that contradict one another;
    ``retention`` the term that is known, ``matter`` whether the file's matter is open, closed or unknown, ``doubts`` what
    else to check."""

    certainty: CustodyCertainty
    ruling: Ruling | None
    held: Fact | None = None
    proved: bool = False
    decided: Fact | None = None
    against: tuple[Fact, ...] = ()
    retention: str | None = None
    held_unit: str | None = None
    matter: Matter = "unknown"
    doubts: tuple[str, ...] = ()

    @property
    def units(self) -> frozenset[str]:
        """The units whose body received it or must receive it (ids of versions)."""
        return frozenset(filter(None, (self.held_unit, self.ruling.unit if self.ruling else None)))

    @property
    def arrived(self) -> bool:
        """Whether a paper says that it is where it must go."""
        name = self.ruling.name if self.ruling else None
        return bool(self.proved and self.held and name and _keeper(self.held.body or "") == _keeper(name))

    @property
    def due(self) -> str | None:
        """By when it must be handed over; None where it was."""
        return None if self.arrived or self.ruling is None else self.ruling.due

    def to_json(self, proposed: Proposal | None = None) -> dict[str, Any]:
        """The ``custody`` value of the contract, with the rule or paper that spoke and what it says beside;
        ``proposed`` is the term that a schedule would give where none is known."""
        return {
            "held_now": self._held_json(),
            "held_by_paper": self._by_paper_json(),
            "destination": self._destination_json(),
            "due": self.due,
            "certainty": self.certainty,
            "arrived": self.arrived,
            "to_check": self.to_check,
            "contradictions": [fact.to_json() for fact in self.against],
            "matter": self.matter,
            "retention": self.retention,
            "retention_proposed": proposed.to_json() if proposed else None,
        }

    @property
    def to_check(self) -> list[str]:
        """What an archivist should look at."""
        ruled = self.ruling.to_check if self.ruling else ()
        return [*ruled, *([CONTRADICTING] if self.against else []), *self.doubts]

    def _held_json(self) -> dict[str, Any] | None:
        held = self.held
        if held is None:
            return None
        return {
            "name": held.body,
            "since": held.since or None,
            "paper": held.paper.cited() or None,
        }

    def _by_paper_json(self) -> dict[str, Any] | None:
        held = self.held
        return {"kind": held.kind, "fact": held.id or None, "place": held.place} if held else None

    def _destination_json(self) -> dict[str, Any]:
        ruling = self.ruling
        if ruling is None:
            return {"name": None, "basis": None, "certainty": "unknown_fonds"}
        return {
            "name": ruling.name,
            "basis": ruling.basis,
            "certainty": ruling.certainty,
            "law_sure": ruling.law_sure,
            "via": ruling.via,
            "unit": ruling.unit,
            "rule": ruling.rule,
            "change": ruling.change,
            "changed": ruling.changed,
            "note": ruling.note,
            "fact": self.decided.id if self.decided else None,
        }


class Custodian:
    """Answers for the files of a store; the rule is worked out once for each kind of case. ``on``: the day on which it
    is asked (ISO; None: today)."""

    def __init__(
        self, fonds: Mapping[str, Fonds], ontology: Ontology, facts: Facts | None = None, *, on: str | None = None
    ) -> None:
        checked_rules()
        self._fonds = fonds
        self._ontology = ontology
        self._facts = facts
        self._on = on
        self._receivers = Receivers(ontology)
        self._rulings: dict[Case, Ruling] = {}

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
        term = retention.term_of(file, (record.retention for record in records))
        kind = retention.kind(term)
        carrier = _carrier(file)
        facts = self._about(Asked(known, file, kind, carrier))
        matter = _matter(file, facts)
        ruling, special, doubts = None, NONE, []
        if known and known.creator and known.level is not None and known.bloc is not None:
            titles = [file.title] if file and file.title else [record.title for record in records]
            special = special_kind(titles)
            case = Case(
                level=known.level,
                bloc=known.bloc,
                unit=self._unit(known.unit),
                creator=known.creator,
                retention=kind,
                carrier=carrier,
                special=special,
                matter="open" if matter == "open" else "closed",
                until=_until(file, records),
                on=self._on,
            )
            ruling = self._ruling(case)
            if (
                matter == "unknown"
                and special not in _BOOKS
                and _differ(ruling, self._ruling(replace(case, matter="open")))
            ):
                doubts.append(MATTER_NOT_KNOWN)
        answer = self._answer(known, file, facts, ruling, is_open=matter == "open", special=special, term=term)
        if retention.too_short(file, (record.retention for record in records)):
            doubts.append(TERM_TOO_SHORT)
        return replace(answer, matter=matter, doubts=tuple(doubts))

    def proposed(self, fonds: str | None, file: File | None, records: Sequence[Record]) -> Proposal | None:
        """The term that a schedule would give where none is known."""
        known = self._fonds.get(fonds) if fonds else None
        return retention.proposed(file, records, known.creator if known else None)

    def facts_about(self, fonds: str | None, file: File | None, records: Sequence[Record]) -> list[Fact]:
        """All that papers say of a file."""
        known = self._fonds.get(fonds) if fonds else None
        term = retention.term_of(file, (record.retention for record in records))
        return self._about(Asked(known, file, retention.kind(term), _carrier(file)))

    def _about(self, asked: Asked) -> list[Fact]:
        return self._facts.of(asked) if self._facts and self._facts.all else []

    def _answer(
        self,
        fonds: Fonds | None,
        file: File | None,
        facts: list[Fact],
        ruling: Ruling | None,
        *,
        is_open: bool,
        special: str,
        term: str | None,
    ) -> Custody:
        holding = [fact for fact in facts if fact.kind in HOLDING]
        told, proved = _of_finding_aid(file)
        held = choose([*holding, *([told] if told and proved else [])])
        kinds = ("task", "open_matter") if is_open else ("assignment",)
        deciding = choose(fact for fact in facts if fact.kind in kinds and fact.body)
        if deciding.fact:
            ruling = self._assigned(deciding.fact, ruling, fonds)
            if special != NONE and deciding.fact.target.scope not in ("file", "inventory"):
                ruling = replace(ruling, to_check=(*ruling.to_check, ASSIGNED_SPECIALISED))
        elif deciding.against:
            base = ruling or Ruling(None, "not_assigned", None, "", "unknown")
            ruling = replace(base, name=None, via=None, certainty="not_assigned", due=None, unit=None)
        certainty: CustodyCertainty = "fact" if held.fact else (ruling.certainty if ruling else "unknown_fonds")
        against = (*held.against, *deciding.against)
        shown = held.fact or (told if not proved and not held.against else None)
        near = self._unit(fonds.unit) if fonds and held.fact else None
        unit = self._receivers.unit(held.fact.body or "", near) if held.fact else None
        return Custody(certainty, ruling, shown, held.fact is not None, deciding.fact, against, term, unit)

    def _assigned(self, fact: Fact, ruling: Ruling | None, fonds: Fonds | None) -> Ruling:
        """The ruling as the paper has it; what the rule said of unit and change stays."""
        base = ruling or Ruling(None, "not_assigned", None, "", "unknown")
        near = self._unit(fonds.unit) if fonds else None
        return replace(
            base,
            name=fact.body,
            certainty="assigned",
            basis=fact.paper.cited(),
            due=fact.due,
            via=None,
            unit=self._receivers.unit(fact.body or "", near),
            note=fact.note,
            law_sure=None,
        )

    def _ruling(self, case: Case) -> Ruling:
        if case not in self._rulings:
            self._rulings[case] = rule_for(case, self._ontology)
        return self._rulings[case]

    def _unit(self, identifier: str | None) -> Unit | None:
        try:
            return self._ontology.unit(identifier) if identifier else None
        except UnitNotFound:
            return None


def _matter(file: File | None, facts: Iterable[Fact]) -> Matter:
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


def _carrier(file: File | None) -> str:
    return "digital" if file is not None and file.medium == "digital" else "paper"


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


def _keeper(name: str) -> str:
    return " ".join(_SAID_OR_NOT.sub(" ", name_key(name)).split())
