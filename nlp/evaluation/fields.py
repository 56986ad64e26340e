"""Header fields: what the annotation says, what was read, and whether that is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from nlp.evaluation.compare import FUZZY, plain, plain_number, similarity, symbol
from nlp.evaluation.gold import Gold

Values = Mapping[str, Any]
_WHOLE_ABSTRACT: Final = 0.95
"""An abstract runs over lines and columns: from this similarity on it is right."""
CONFIDENT: Final = ("issuer", "type", "number", "date", "signer")
"""The header fields whose wrong values must rarely be given as sure."""


@dataclass(frozen=True, slots=True)
class Field:
    """A header field. ``asked``: whether the annotation says anything of it; ``counted``: whether the share right
    counts the document (that there is no value can be right for some fields only)."""

    name: str
    value: Callable[[Values], str | None]
    asked: Callable[[Values], bool]
    counted: Callable[[Values], bool]
    same: Callable[[str, str], bool]
    fuzzy: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """A field of one document. ``near``: right or similar; ``confidence`` None: none was given."""

    field: str
    expected: str | None
    found: str | None
    counted: bool
    right: bool
    near: bool
    confidence: float | None

    @property
    def given(self) -> bool:
        """Whether a value was given."""
        return _given(self.field, self.expected, self.found)

    @property
    def overconfident(self) -> bool:
        """Wrong, and given as if it were sure."""
        sure = self.confidence is None or self.confidence >= 0.8
        return self.counted and not self.right and bool(self.found) and sure


def judge(gold: Gold, read: Values) -> Iterator[Judgement]:
    """Every field that the annotation speaks of, for a reading in the JSON of an Extraction. Of a record with a secrecy
    stamp only the stamp."""
    confidence = read.get("confidence") or {}
    for field in FIELDS:
        if not field.asked(gold.values) or (gold.secret and field.name != "secrecy"):
            continue
        expected, found = field.value(gold.values), field.value(read)
        right, given = field.same(expected or "", found or ""), _given(field.name, expected, found)
        yield Judgement(
            field=field.name,
            expected=expected,
            found=found,
            counted=field.counted(gold.values),
            right=right,
            near=right or (field.fuzzy and given and similarity(expected or "", found or "") >= FUZZY),
            confidence=confidence.get(field.name),
        )


def _given(field: str, expected: str | None, found: str | None) -> bool:
    """Whether a value was given: a number whose digits are lost is a symbol and no number."""
    digits = any(map(str.isdecimal, found or ""))
    return bool(found) and (digits or field != "number" or found == expected)


def _at(key: str) -> Callable[[Values], str | None]:
    return lambda values: values.get(key)


def _signed(key: str) -> Callable[[Values], str | None]:
    def value(values: Values) -> str | None:
        found = (values.get("signer") or {}).get(key)
        return " ".join(found) if isinstance(found, list) else found

    return value


def _holds(key: str) -> Callable[[Values], bool]:
    return lambda values: key in values


def _has(key: str) -> Callable[[Values], bool]:
    return lambda values: bool(values.get(key))


def _has_signer(values: Values) -> bool:
    return bool((values.get("signer") or {}).get("name"))


def _same(one: str, other: str) -> bool:
    return plain(one) == plain(other)


def _field(name: str, *, empty: bool = False, same: Callable[[str, str], bool] = _same, fuzzy: bool = True) -> Field:
    return Field(name, _at(name), _holds(name), _holds(name) if empty else _has(name), same, fuzzy)


def _of_signer(name: str, key: str, same: Callable[[str, str], bool] = _same, *, fuzzy: bool = True) -> Field:
    asked = _holds("signer") if key == "name" else _has_signer
    return Field(name, _signed(key), asked, _has_signer, same, fuzzy)


def _symbol(values: Values) -> str | None:
    return symbol(values.get("number") or "") or None


FIELDS: Final = (
    _field("issuer", empty=True),
    _field("issuer_parent"),
    _field("type", empty=True),
    _field("number", same=lambda one, other: plain_number(one) == plain_number(other)),
    Field("symbol", _symbol, _has("number"), _has("number"), lambda one, other: one == other),
    _field("place"),
    _field("date", same=lambda one, other: one == other, fuzzy=False),
    _field("abstract", same=lambda one, other: similarity(one, other) >= _WHOLE_ABSTRACT),
    _of_signer("signer", "name"),
    _of_signer("position", "position"),
    _of_signer("power", "power", lambda one, other: one == other, fuzzy=False),
    _field("author"),
    # Every record has a kind of subject: an annotation without one says nothing of it.
    Field("subject", _at("subject"), _has("subject"), _has("subject"), _same, fuzzy=False),
    _field("retention"),
    _field("secrecy", empty=True, fuzzy=False),
)
"""In the order of the page."""
