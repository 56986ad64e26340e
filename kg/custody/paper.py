"""The paper that a fact rests on: without it nothing is ``fact`` or ``assigned``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg import wording
from kg.messages import say


@dataclass(frozen=True, slots=True)
class Paper:
    """``name`` says what it is ("Biên bản giao nhận", "Sổ nhập kho số 3"), ``number`` as written, ``date`` ISO. What a
    finding aid calls a paper is its name alone."""

    name: str | None
    number: str | None
    date: str | None
    issuer: str | None

    def cited(self) -> str:
        """One line, as officials cite it: "Quyết định số 12/QĐ-UBND ngày 15/08/2025, Ủy ban nhân dân thành phố Hà Nội"."""
        number = self.number if self.number and self.number not in (self.name or "") else None
        told = [self.name, say("custody_paper_number", lang="vi", number=number) if number else None]
        if self.date:
            told.append(say("custody_paper_date", lang="vi", date=wording.day(self.date)))
        head = " ".join(part for part in told if part)
        return f"{head}, {self.issuer}" if self.issuer else head

    def to_json(self) -> dict[str, Any]:
        """As it stands in answers."""
        return {
            "name": self.name,
            "number": self.number,
            "date": self.date,
            "issuer": self.issuer,
            "cited": self.cited(),
        }
