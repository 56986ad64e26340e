"""The list of errors: what was expected, what was found instead, how sure the reading was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from nlp.evaluation.compare import holds, nearest, plain
from nlp.evaluation.mentions import Compared
from nlp.evaluation.reading import Read

CAUSES: Final = ("wrong", "damaged", "missing", "lost", "spurious", "variant", "type", "unit")
"""``wrong``: another value · ``damaged``: a similar one · ``missing``: none, though the text holds it · ``lost``: none, and
the text as read no longer holds it in one piece · ``spurious``: nothing like it is expected · ``variant``: one more
spelling of a name that was found already · ``type``: found, as another type · ``unit``: found, its dated unit is another."""


@dataclass(frozen=True, slots=True)
class Error:
    """One error; ``cause`` of CAUSES."""

    id: str
    band: str
    field: str
    cause: str
    expected: str | None
    found: str | None
    confidence: float | None = None

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        return asdict(self)


def errors(reads: Iterable[Read]) -> Iterator[Error]:
    """Every error of the header fields, lists and units, document by document."""
    for read in reads:
        yield from _of_fields(read)
        whole = {one.kind: one for one in read.lists if not one.is_type}
        for compared in read.lists:
            if compared.is_type:
                unseen = whole[compared.kind.split(": ")[0]].missing
                for text in compared.missing:
                    if text not in unseen:
                        yield Error(read.gold.id, read.band, compared.kind, "type", text, None)
            else:
                yield from _of_list(read, compared)
        for unit in read.units:
            if not unit.right:
                units = ", ".join(one or "none" for one in unit.found)
                expected = f"{unit.surface}: {unit.expected or 'none'}"
                cause = "unit" if unit.found else _unfound(read, unit.surface)
                yield Error(read.gold.id, read.band, f"unit of {unit.what}", cause, expected, units or None)


def _of_fields(read: Read) -> Iterator[Error]:
    for one in read.fields:
        if one.right or not (one.expected or one.given):
            continue
        if not one.expected:
            cause = "spurious"
        elif not one.given:
            parts = one.expected.split() if one.field == "power" else [one.expected]
            cause = _unfound(read, *parts)
        else:
            cause = "damaged" if one.near else "wrong"
        yield Error(read.gold.id, read.band, one.field, cause, one.expected, one.found, one.confidence)


def _of_list(read: Read, compared: Compared) -> Iterator[Error]:
    for expected, found in compared.damaged:
        yield Error(read.gold.id, read.band, compared.kind, "damaged", expected, found)
    damaged = {text for pair in compared.damaged for text in pair}
    for text in compared.missing:
        if text not in damaged:
            # "repeals whole 12/QĐ-UBND": the text holds the act.
            held = text.split(" ", 2)[-1] if compared.kind == "affects" else text
            yield Error(read.gold.id, read.band, compared.kind, _unfound(read, held), text, None)
    for text in compared.spurious:
        if text not in damaged:
            known = nearest(plain(text), map(plain, compared.expected)) is not None
            yield Error(read.gold.id, read.band, compared.kind, "variant" if known else "spurious", None, text)


def _unfound(read: Read, *values: str) -> str:
    return "missing" if all(holds(read.text, value) for value in values) else "lost"
