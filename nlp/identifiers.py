"""The numbers that people look for: parcels and map sheets, serials and register numbers of certificates, books and
entries of registers (PRACTICE.md §2 and §5). Grammar of cue and number: ``nlp/data/identifiers.csv``,
what stands around them: ``identifier_cues.csv``.

A number stands behind its cue; a parcel belongs to the map sheet and an entry to the book named beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from nlp.data import table
from nlp.flat import Flat
from nlp.model import Identifier, IdentifierKind

_BESIDE = 60
"""Characters between a parcel and its map sheet, an entry and its book, at most."""
_SERIAL = re.compile(r"\b([A-ZĐ]{1,2})[ .]?(\d{6}|\d{8})\b")
_TITLE_REACH = 600
"""Characters of a page within which its title stands."""


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    stems: tuple[str, ...]
    """One of these stands in every text that has such a number."""
    cue: re.Pattern[str]
    value: re.Pattern[str]
    paired: str


def identifiers(flat: Flat) -> list[Identifier]:
    """All numbers of these kinds in a flat text, at flat positions, each once."""
    found: dict[tuple[int, int], Identifier] = {}
    for rule in _rules():
        if any(stem in flat.folded for stem in rule.stems):
            for one in _of_rule(flat, rule):
                found.setdefault((one.start, one.end), one)
    for one in _serials(flat):
        found.setdefault((one.start, one.end), one)
    every = sorted(found.values(), key=lambda one: one.start)
    return [one for one in (_settled(flat, one) for one in [*_paired(flat, every), *_entries(flat, every)]) if one]


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            row["kind"],
            tuple(row["stem"].split("|")),
            re.compile(row["cue"]),
            re.compile(row["value"]),
            row["paired"],
        )
        for row in table("identifiers.csv")
    )


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    return {row["cue"]: re.compile(row["pattern"]) for row in table("identifier_cues.csv")}


@cache
def _serial_stems() -> tuple[str, ...]:
    return next(
        tuple(row["stem"].split("|")) for row in table("identifier_cues.csv") if row["cue"] == "before_serial"
    )


def _of_rule(flat: Flat, rule: _Rule) -> Iterator[Identifier]:
    if not rule.cue.pattern:
        for match in rule.value.finditer(flat.folded):
            yield _identifier(flat, rule.kind, match.start(), match.end())
        return
    no_number, between = _cues()["no_number"], _cues()["list"]
    for cue in rule.cue.finditer(flat.folded):
        value = rule.value.match(flat.folded, cue.end())
        while value is not None and (rule.kind == "map_sheet" or not no_number.match(flat.folded, value.end())):
            yield _identifier(flat, rule.kind, value.start(), value.end())
            more = between.match(flat.folded, value.end()) if rule.kind == "parcel" else None
            value = rule.value.match(flat.folded, more.end()) if more else None


def _identifier(flat: Flat, kind: str, start: int, end: int) -> Identifier:
    value = " ".join(flat.shown[start:end].split()).rstrip(".,-/ ")
    return Identifier(kind, value, start, start + len(flat.shown[start:end].rstrip(".,-/ ")))  # type: ignore[arg-type]


def _serials(flat: Flat) -> Iterator[Identifier]:
    """Serials of certificates: one or two letters and six digits (eight since 2024), behind the name of the paper or at
    the beginning of a line of the certificate itself."""
    if not any(stem in flat.folded for stem in _serial_stems()):
        return
    cues = _cues()
    certificate = cues["certificate"].search(flat.folded[:_TITLE_REACH])
    for match in _SERIAL.finditer(flat.shown):
        before = flat.folded[max(0, match.start() - 100) : match.start()]
        alone = certificate is not None and flat.line_start(match.start()) == match.start()
        if (alone or cues["before_serial"].search(before)) and not cues["before_register_number"].search(before):
            yield Identifier("certificate_serial", f"{match.group(1)} {match.group(2)}", *match.span())


def _paired(flat: Flat, every: list[Identifier]) -> Iterator[Identifier]:
    """Each with what it belongs to: the sheet or book that follows at once, else the one that went before."""
    belongs = {rule.kind: rule.paired for rule in _rules() if rule.paired}
    behind = _last_of_another_kind(every[::-1])[::-1]
    for one, before, after in zip(every, _last_of_another_kind(every), behind, strict=True):
        wanted = belongs.get(one.kind)
        if wanted is None:
            yield one
            continue
        if after and after.kind == wanted and _near(flat, one.end, after.start):
            yield replace(one, within=after.value)
        elif before and before.kind == wanted and _near(flat, before.end, one.start):
            yield replace(one, within=before.value)
        else:
            yield one


def _last_of_another_kind(every: list[Identifier]) -> list[Identifier | None]:
    """Of each the last one before it that is of another kind."""
    found: list[Identifier | None] = []
    last: Identifier | None = None
    other: Identifier | None = None
    for one in every:
        if last is not None and last.kind != one.kind:
            other = last
        found.append(other)
        last = one
    return found


_ITEM = re.compile(r"\s(?:\d{1,2}|[a-zđ])[.)]\s")
"""The number of a form's field: "1. Thửa đất số: 217 / 2. Tờ bản đồ số: 08"."""


def _near(flat: Flat, start: int, end: int) -> bool:
    """Whether two numbers belong together: near each other and in one sentence, or with nothing but the second one's
    cue between them ("Thửa đất: 34. Tờ bản đồ số: 28.")."""
    between = _ITEM.sub(" ", flat.folded[start:end])
    if len(between) > _BESIDE or "\n\n" in between:
        return False
    return ". " not in between or _cues()["only_cue"].fullmatch(between) is not None


def _entries(flat: Flat, every: list[Identifier]) -> Iterator[Identifier]:
    """The entry of a register: the number just before or behind its book ("Số 45, Quyển số 01/1987")."""
    taken = {one.start for one in every}
    for book in (one for one in every if one.kind == "book"):
        cue = flat.folded.rfind("quyen", 0, book.start)
        before = _cues()["entry_before"].search(flat.folded, max(0, cue - 40), cue)
        match = before or _cues()["entry_behind"].match(flat.folded, book.end)
        if match and match.start("number") not in taken:
            number = match.span("number")
            yield Identifier("civil_entry", flat.shown[slice(*number)], *number, within=book.value)


def _settled(flat: Flat, one: Identifier) -> Identifier | None:
    """What kind of book it is, by its symbol, else by what stands around; None for a book of another kind."""
    if one.kind not in {"book", "civil_entry"}:
        return one
    around = f"{one.within or one.value} {flat.folded[max(0, one.start - 120) : one.end + 60]}".lower()
    kind: dict[str, tuple[IdentifierKind, IdentifierKind]] = {
        "book": ("certification_book", "civil_book"),
        "civil_entry": ("certification_entry", "civil_entry"),
    }
    certifies, civil = _cues()["certification"].search(around), _cues()["civil"].search(around)
    if certifies and not (civil and civil.start() < certifies.start()):
        return replace(one, kind=kind[one.kind][0])
    return replace(one, kind=kind[one.kind][1]) if civil else None
