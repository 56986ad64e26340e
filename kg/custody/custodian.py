"""The custody answer of a file or of a loose document (PRACTICE.md §1.3): where it is, where it must go, by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.custody import retention
from kg.model import File, Fonds
from ontology.custody import Case, CustodyCertainty, Ruling, rule_for, special_kind
from ontology.errors import UnitNotFound
from ontology.model import Unit
from ontology.registry import Ontology


@dataclass(frozen=True, slots=True)
class Custody:
    """``certainty`` is ``fact`` where a dated paper says who holds the file, else that of where it must go."""

    certainty: CustodyCertainty
    ruling: Ruling | None
    held_by: str | None = None
    held_since: str | None = None
    held_paper: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The ``custody`` value of the contract, with the rule that spoke and what it says beside."""
        held = {"name": self.held_by, "since": self.held_since, "paper": self.held_paper} if self.held_by else None
        ruling = self.ruling
        if ruling is None:
            destination: dict[str, Any] = {"name": None, "basis": None, "certainty": "unknown_fonds"}
        else:
            destination = {
                "name": ruling.name,
                "basis": ruling.basis,
                "certainty": ruling.certainty,
                "via": ruling.via,
                "unit": ruling.unit,
                "rule": ruling.rule,
                "change": ruling.change,
                "note": ruling.note,
            }
        return {
            "held_now": held,
            "destination": destination,
            "due": ruling.due if ruling else None,
            "certainty": self.certainty,
        }


class Custodian:
    """Answers for the files of a store; the rule is worked out once for each kind of case."""

    def __init__(self, fonds: Mapping[str, Fonds], ontology: Ontology) -> None:
        self._fonds = fonds
        self._ontology = ontology
        self._rulings: dict[Case, Ruling] = {}

    def of(
        self,
        fonds: str | None,
        *,
        file: File | None = None,
        terms: Iterable[str | None] = (),
        titles: Iterable[str | None] = (),
        digital: bool = False,
    ) -> Custody:
        """Custody of a file, or of a document without a file (``file`` None).

        ``terms`` and ``titles`` are those of its documents: retention is the finding aid's, else the longest of
        them. ``digital``: nothing but a computer file is known of it, and its fonds is digital.
        """
        known = self._fonds.get(fonds) if fonds else None
        ruling = self._ruling(known, file, list(terms), list(titles), digital) if known else None
        held_by = file.held_by if file else None
        proved = bool(file and held_by and file.held_paper and file.held_since)
        certainty: CustodyCertainty = "fact" if proved else (ruling.certainty if ruling else "unknown_fonds")
        if file is None:
            return Custody(certainty, ruling)
        return Custody(certainty, ruling, held_by, file.held_since, file.held_paper)

    def _ruling(
        self, fonds: Fonds, file: File | None, terms: list[str | None], titles: list[str | None], digital: bool
    ) -> Ruling | None:
        """None where the creator of the fonds is not known: "chưa xác định phông"."""
        if not fonds.creator or fonds.level is None or fonds.bloc is None:
            return None
        term = (file.retention if file else None) or retention.longest(terms)
        case = Case(
            level=fonds.level,
            bloc=fonds.bloc,
            unit=self._unit(fonds.unit),
            creator=fonds.creator,
            retention=retention.kind(term),
            carrier="digital" if digital or (file is not None and file.medium == "digital") else "paper",
            special=special_kind(fonds.creator, [file.title] if file and file.title else titles),
            matter="open" if file is not None and file.extra.get("matter") == "open" else "closed",
            until=file.until if file else None,
        )
        if case not in self._rulings:
            self._rulings[case] = rule_for(case, self._ontology)
        return self._rulings[case]

    def _unit(self, identifier: str | None) -> Unit | None:
        try:
            return self._ontology.unit(identifier) if identifier else None
        except UnitNotFound:
            return None
