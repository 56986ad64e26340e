"""The list of errors: what was expected, what was found instead, how sure the reading was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from nlp.evaluation.mentions import Compared
from nlp.evaluation.reading import Read


@dataclass(frozen=True, slots=True)
class Error:
    """One error. ``cause``: wrong (another value), damaged (a similar one), missing, spurious, type (found, but as
    another type), unit (found, its dated unit is another)."""

    id: str
    band: str
    field: str
    cause: str
    expected: str | None
    found: str | None
    confidence: float | None = None

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        return {
            "id": self.id,
            "band": self.band,
            "field": self.field,
            "cause": self.cause,
            "expected": self.expected,
            "found": self.found,
            "confidence": self.confidence,
        }


def errors(reads: Iterable[Read]) -> Iterator[Error]:
    """Every error of the header fields, lists and units, document by document."""
    for read in reads:
        yield from _of_fields(read)
        whole = {one.kind: one for one in read.lists if not one.is_type}
        for compared in read.lists:
            if compared.is_type:
                lost = whole[compared.kind.split(": ")[0]].missing
                for text in compared.missing:
                    if text not in lost:
                        yield Error(read.gold.id, read.band, compared.kind, "type", text, None)
            else:
                yield from _of_list(read, compared)
        for unit in read.units:
            if not unit.right:
                units = ", ".join(one or "none" for one in unit.found)
                expected = f"{unit.surface}: {unit.expected or 'none'}"
                cause = "unit" if unit.found else "missing"
                yield Error(read.gold.id, read.band, f"unit of {unit.what}", cause, expected, units or None)


def _of_fields(read: Read) -> Iterator[Error]:
    for one in read.fields:
        if one.right or not (one.expected or one.given):
            continue
        if not one.given:
            cause = "missing"
        elif not one.expected:
            cause = "spurious"
        else:
            cause = "damaged" if one.near else "wrong"
        yield Error(read.gold.id, read.band, one.field, cause, one.expected, one.found, one.confidence)


def _of_list(read: Read, compared: Compared) -> Iterator[Error]:
    for expected, found in compared.damaged:
        yield Error(read.gold.id, read.band, compared.kind, "damaged", expected, found)
    damaged = {text for pair in compared.damaged for text in pair}
    for text in compared.missing:
        if text not in damaged:
            yield Error(read.gold.id, read.band, compared.kind, "missing", text, None)
    for text in compared.spurious:
        if text not in damaged:
            yield Error(read.gold.id, read.band, compared.kind, "spurious", None, text)
