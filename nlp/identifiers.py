"""The numbers that people look for: parcels and map sheets, serials and register numbers of certificates, books and
entries of registers (PRACTICE.md §2 and §5). Grammar of cue and number: ``nlp/data/identifiers.csv``.

A number stands behind its cue; a parcel belongs to the map sheet and an entry to the book named beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from spacy.language import Language

from nlp.data import table
from nlp.flat import Flat, flat_of
from nlp.land_tables import identifiers_of_tables
from nlp.model import Extraction, Identifier, IdentifierKind

_LIST = re.compile(r"\s?(?:,|;|va|&|\+)\s?(?:thua(?: dat)?(?: so)?\s?[:.]?\s?)?")
"""Between two numbers under one cue: "thửa 12, 13 và 14"."""
_NOT_A_NUMBER = re.compile(r"\s?(?:m2|m²|ha\b|met|dong|%|nguoi|ho\b|thua|to\b(?! (?:ban|bd|so))|ngay|/\d)")
"""What follows a figure that is a measure or a count."""
_BESIDE = 60
"""Characters between a parcel and its map sheet, an entry and its book, at most."""
_SERIAL = re.compile(r"\b([A-ZĐ]{1,2})[ .]?(\d{6}|\d{8})\b")
_SERIAL_CUE = re.compile(r"(?:giay chung nhan|\bgcn\w*|phat hanh|\bseri\w*|so hieu|so do|so hong|\bbia)\b.{0,60}$")
_SERIAL_STEMS = ("giay chung nhan", "gcn", "phat hanh", "seri", "so hieu", "so do", "so hong", "bia")
_CERTIFICATE = re.compile(r"(?:^|\n| )giay chung nhan\s(?:quyen|quyen so huu)\b")
_TITLE_REACH = 600
"""Characters of a page within which its title stands."""
_REGISTER_CUE = re.compile(r"vao so.{0,40}$")
_ENTRY = re.compile(
    r"\bso(?: dang ky)?\s?[:.]?\s?(?P<number>\d{1,5}(?:/\d{4})?)\s?(?:[/-]\s?(?:ks|kh|kt|gh|cmc))?[ ,;.–-]{0,3}$"
)
_ENTRY_AFTER = re.compile(r"[ ,;.–-]{0,3}so(?: dang ky)?\s?[:.]?\s?(?P<number>\d{1,5}(?:/\d{4})?)(?![\d/])")
_CERTIFIES = re.compile(r"sct|cc\b|chung thuc|cong chung")
_CIVIL = re.compile(
    r"\bs?tp\b|\bht\b|\b(?:ks|kh|kt|gh|cmc|tlks)\b|khai sinh|ket hon|khai tu|ho tich|giam ho|con nuoi"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    stems: tuple[str, ...]
    """One of these stands in every text that has such a number."""
    cue: re.Pattern[str]
    value: re.Pattern[str]
    paired: str


class Identifiers:
    """Fills ``identifiers``."""

    def __call__(self, doc: Any) -> Any:
        """Fill in place, in order of the text."""
        extraction: Extraction = doc._.extraction
        if extraction.text:
            flat = flat_of(doc)
            every = {one.start: one for one in identifiers_of_tables(extraction.text)}
            every |= {one.start: one for one in (_lead_back(flat, one) for one in identifiers(flat))}
            extraction.identifiers = sorted(every.values(), key=lambda one: one.start)
        return doc


@Language.factory("hoso_identifiers")
def make(nlp: Language, name: str) -> Identifiers:
    """The factory of the component."""
    return Identifiers()


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


def _of_rule(flat: Flat, rule: _Rule) -> Iterator[Identifier]:
    if not rule.cue.pattern:
        for match in rule.value.finditer(flat.folded):
            yield _identifier(flat, rule.kind, match.start(), match.end())
        return
    for cue in rule.cue.finditer(flat.folded):
        value = rule.value.match(flat.folded, cue.end())
        while value is not None and not _NOT_A_NUMBER.match(flat.folded, value.end()):
            yield _identifier(flat, rule.kind, value.start(), value.end())
            more = _LIST.match(flat.folded, value.end()) if rule.kind == "parcel" else None
            value = rule.value.match(flat.folded, more.end()) if more else None


def _identifier(flat: Flat, kind: str, start: int, end: int) -> Identifier:
    value = " ".join(flat.shown[start:end].split()).rstrip(".,-/ ")
    return Identifier(kind, value, start, start + len(flat.shown[start:end].rstrip(".,-/ ")))  # type: ignore[arg-type]


def _serials(flat: Flat) -> Iterator[Identifier]:
    """Serials of certificates: one or two letters and six digits (eight since 2024), behind the name of the paper or at
    the beginning of a line of the certificate itself."""
    if not any(stem in flat.folded for stem in _SERIAL_STEMS):
        return
    certificate = _CERTIFICATE.search(flat.folded[:_TITLE_REACH])
    for match in _SERIAL.finditer(flat.shown):
        before = flat.folded[max(0, match.start() - 100) : match.start()]
        alone = certificate is not None and flat.line_start(match.start()) == match.start()
        if (alone or _SERIAL_CUE.search(before)) and not _REGISTER_CUE.search(before):
            yield Identifier("certificate_serial", f"{match.group(1)} {match.group(2)}", *match.span())


def _paired(flat: Flat, every: list[Identifier]) -> Iterator[Identifier]:
    """Each with what it belongs to: the sheet or book that follows at once, else the one that went before."""
    belongs = {rule.kind: rule.paired for rule in _rules() if rule.paired}
    for place, one in enumerate(every):
        wanted = belongs.get(one.kind)
        if wanted is None:
            yield one
            continue
        after = next((other for other in every[place + 1 :] if other.kind != one.kind), None)
        before = next((other for other in reversed(every[:place]) if other.kind != one.kind), None)
        if after and after.kind == wanted and _near(flat, one.end, after.start):
            yield replace(one, within=after.value)
        elif before and before.kind == wanted and _near(flat, before.end, one.start):
            yield replace(one, within=before.value)
        else:
            yield one


def _near(flat: Flat, start: int, end: int) -> bool:
    return end - start <= _BESIDE and ". " not in flat.shown[start:end] and "\n\n" not in flat.shown[start:end]


def _entries(flat: Flat, every: list[Identifier]) -> Iterator[Identifier]:
    """The entry of a register: the number just before or behind its book ("Số 45, Quyển số 01/1987")."""
    taken = {one.start for one in every}
    for book in (one for one in every if one.kind == "book"):
        cue = flat.folded.rfind("quyen", 0, book.start)
        before = _ENTRY.search(flat.folded, max(0, cue - 40), cue)
        match = before or _ENTRY_AFTER.match(flat.folded, book.end)
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
    certifies, civil = _CERTIFIES.search(around), _CIVIL.search(around)
    if certifies and not (civil and civil.start() < certifies.start()):
        return replace(one, kind=kind[one.kind][0])
    return replace(one, kind=kind[one.kind][1]) if civil else None


def _lead_back(flat: Flat, one: Identifier) -> Identifier:
    start, end = flat.span(one.start, one.end)
    return replace(one, start=start, end=end)
