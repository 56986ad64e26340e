"""The answer about custody (PRACTICE.md §1.3): where a file is, where it must go, by when, and what to check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from kg.custody.facts import HOLDING, Fact
from ontology.custody import CustodyCertainty, Ruling
from ontology.custody.schedules import Proposal

MatterState = Literal["open", "closed", "unknown"]


@dataclass(frozen=True, slots=True)
class Custody:
    """``certainty`` is ``fact`` where a dated paper says who holds the file, else that of where it must go. ``held`` is
    what a paper says of where it is, or what a finding aid says without one (``proved``: day and paper are there);
    ``held_unit`` the unit of who holds it, where a paper proves that, ``via_unit`` that of who receives it first;
    ``decided`` the paper that overrides the rule, ``arranging`` the one that says who receives it first, ``open_matter``
    the one that says that its matter is not settled (``matter``: open, closed or unknown); ``against``
    papers of one day that contradict one another; ``arrived``: a paper says that it is where it must go; ``retention``
    the term that is known; ``waiting`` papers about files of one kind of retention, which may mean it once its term is known;
    ``held_name``, ``destination_name`` and ``via_name`` the bodies by their full names, however papers write them;
    ``to_check``: what an archivist should look at (``to_check_<word>`` in the catalogue)."""

    certainty: CustodyCertainty
    ruling: Ruling | None
    held: Fact | None = None
    proved: bool = False
    decided: Fact | None = None
    against: tuple[Fact, ...] = ()
    retention: str | None = None
    held_unit: str | None = None
    via_unit: str | None = None
    arrived: bool = False
    arranging: Fact | None = None
    matter: MatterState = "unknown"
    open_matter: Fact | None = None
    to_check: tuple[str, ...] = ()
    waiting: tuple[Fact, ...] = ()
    held_name: str | None = None
    destination_name: str | None = None
    via_name: str | None = None

    @property
    def assignments_waiting(self) -> int:
        """How many papers on where it must go wait for its term; one that speaks in several rows counts once."""
        return len({fact.paper for fact in self.waiting if fact.kind not in HOLDING})

    @property
    def holders_waiting(self) -> int:
        """How many papers on where it is wait for its term."""
        return len({fact.paper for fact in self.waiting if fact.kind in HOLDING})

    @property
    def destination_certainty(self) -> CustodyCertainty:
        """How sure it is where it must go, wherever it is."""
        return self.ruling.certainty if self.ruling else "unknown_fonds"

    @property
    def units(self) -> frozenset[str]:
        """The units whose body received it, must receive it, or receives it first (ids of versions)."""
        return frozenset(filter(None, (self.held_unit, self.via_unit, self.ruling.unit if self.ruling else None)))

    @property
    def due(self) -> str | None:
        """By when it must be handed over; None where it was."""
        return None if self.arrived or self.ruling is None else self.ruling.due

    def to_json(self, proposed: Proposal | None = None) -> dict[str, Any]:
        """The ``custody`` value of the contract, with the rule or paper that spoke and what it says beside;
        ``proposed`` is the term that a schedule would give where none is known."""
        return {
            "held_now": self.held_json(),
            "held_by_paper": self._by_paper_json(),
            "held_waiting": self.holders_waiting,
            "destination": self.destination_json(),
            "due": self.due,
            "certainty": self.certainty,
            "arrived": self.arrived,
            "matter": self.matter,
            "open_matter": self._open_json(),
            "to_check": list(self.to_check),
            "contradictions": [fact.to_json() for fact in self.against],
            "retention": self.retention,
            "retention_proposed": proposed.to_json() if proposed else None,
        }

    def held_json(self) -> dict[str, Any] | None:
        """The ``held_now`` value of the contract."""
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

    def destination_json(self) -> dict[str, Any]:
        """The ``destination`` value of the contract."""
        ruling = self.ruling
        if ruling is None:
            told = {"name": None, "basis": None, "certainty": "unknown_fonds"}
            return told | ({"waiting": waiting} if (waiting := self.assignments_waiting) else {})
        return {
            "name": ruling.name,
            "basis": ruling.basis,
            "certainty": ruling.certainty,
            "law_sure": ruling.law_sure,
            "via": ruling.via,
            "via_basis": self.arranging.paper.cited() if self.arranging else None,
            "unit": ruling.unit,
            "rule": ruling.rule,
            "change": ruling.change,
            "changed": ruling.changed,
            "note": ruling.note,
            "fact": self.decided.id if self.decided else None,
            "waiting": self.assignments_waiting,
        }

    def _open_json(self) -> dict[str, Any] | None:
        if self.matter != "open":
            return None
        fact = self.open_matter
        return {"paper": fact.paper.cited() if fact else None, "fact": fact.id if fact else None}
