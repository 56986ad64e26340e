"""Parcels, serials, register numbers, books and entries that a query names, read by the grammar of the extraction
(``nlp.identifiers``); a query says less than a page ("thửa 12 tờ 5 đại mỗ", "AB 123456").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from kg.linking.identifier_names import KIND, Number, kinds, number_of
from kg.model import Node
from kg.search.model import EntityTerms, PlaceTerms
from nlp.data import table
from ontology.folding import fold
from ontology.registry import load

if TYPE_CHECKING:
    from kg.search.reading import Reader

LONGEST: Final = 1000
"""Characters of a query that are read."""
MOST: Final = 50
"""Identifiers of one number in different places, above which none is meant ("thửa 12 tờ 5" without a place)."""
_PART: Final = "\x1f"
_MARK: Final = "\x1e"
"""Begins the terms of identifiers, which no words of a query do."""
_SHEET: Final = re.compile(r"\bto(?= \d)")
_THEN: Final = re.compile(r"\d(?= thua\b)")
_SERIAL: Final = re.compile(r"\b(?!so\b|to\b|va\b|tp\b|xa\b|p\b|q\b)([a-zđ]{1,2})[ .]?(\d{6}|\d{8})\b")
_REGISTER: Final = re.compile(r"\b(?:ch|cs|ct|cn|vp)[ .-]?\d{5,6}\b")
_ENTRY: Final = re.compile(r"\bso(?: dang ky)?\s?[:.]?\s?")
_HOUSEHOLD: Final = re.compile(r"\b\d{2}[a-z]\d{7,8}\b")
_LONGEST_CUE: Final = 60
_FORMER: Final = 0.9
"""What a number counts in a former or later commune, where the one of the name that is typed has it too."""
_CONTEXTS: Final = ("", " khai sinh", " chung thuc")
"""What tells the kind of a book where the query does not."""


@dataclass(frozen=True, slots=True)
class IdentifierAsked:
    """An identifier at ``query[start:end]`` (NFC), its cue with it. ``surely``: by its cue or its form alone; else it
    counts where the store knows it."""

    start: int
    end: int
    number: Number
    surely: bool = True


@lru_cache(maxsize=256)
def identifiers_asked(query: str) -> tuple[IdentifierAsked, ...]:
    """The identifiers that a query names, in order; a sheet or book that another belongs to is told with that one."""
    query = unicodedata.normalize("NFC", query)[:LONGEST]
    folded = fold(query)
    if len(folded) != len(query) or not any(letter.isdigit() for letter in query):
        return ()
    found: dict[tuple[int, int, str], IdentifierAsked] = {}
    for one in [*_read(query, folded), *_alone(query, folded)]:
        found.setdefault((one.start, one.end, one.number.type), one)
    kept = sorted(found.values(), key=lambda one: (one.start, -one.end, one.number.type))
    return tuple(one for one in kept if not any(_inside(one, other) for other in kept))


def _inside(one: IdentifierAsked, other: IdentifierAsked) -> bool:
    """Whether a number is told by a longer one: the sheet of a parcel, a serial with its cue."""
    wider = other.end - other.start > one.end - one.start
    holds = other.start <= one.start and one.end <= other.end
    told = kinds()[other.number.type].within == one.number.type or one.number.short == other.number.short
    return wider and holds and told


def _read(query: str, folded: str) -> Iterator[IdentifierAsked]:
    """What the grammar of pages reads."""
    if not any(re.search(row["stem"], folded) for row in table("identifiers.csv")):
        return
    from nlp.flat import Flat
    from nlp.identifiers import identifiers

    spelt, origin = _spelt_out(query, folded)
    for context in _CONTEXTS if "quyen" in folded else _CONTEXTS[:1]:
        flat = Flat(spelt + context)
        read = [(flat.span(one.start, one.end), one) for one in identifiers(flat)]
        spans = {(one.kind, one.value): span for span, one in read}
        for (start, end), one in read:
            number = number_of(one.kind, one.value, one.within)
            if number is None or end > len(origin):
                continue
            first, last = _with_cue(fold(spelt), one.kind, start), end
            holder = next((span for (_, value), span in spans.items() if value == one.within), None)
            if one.within and holder:
                first = min(first, _with_cue(fold(spelt), "", holder[0]))
                last = max(last, holder[1])
            yield IdentifierAsked(origin[first], origin[last - 1] + 1, number)


def _spelt_out(query: str, folded: str) -> tuple[str, list[int]]:
    """The query with "tờ 5 thửa 12" as pages write it ("tờ số 5, thửa 12"), and where each character stood."""
    if "thua" not in folded:
        return query, list(range(len(query)))
    put = {match.end(): " số" for match in _SHEET.finditer(folded)} | {
        match.end(): "," for match in _THEN.finditer(folded)
    }
    spelt: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(query):
        written = put.get(place, "") + letter
        spelt += written
        origin += [place] * len(written)
    return "".join(spelt), origin


def _alone(query: str, folded: str) -> Iterator[IdentifierAsked]:
    """Numbers whose form tells them: serials in small letters or without their cue, register numbers without it."""
    forms = (
        ("certificate_serial", _SERIAL, query.lower()),
        ("register_number", _REGISTER, folded),
        ("business_household", _HOUSEHOLD, folded),
    )
    for kind, form, text in forms:
        for match in form.finditer(text):
            if number := number_of(kind, match.group(), None):
                yield IdentifierAsked(*match.span(), number, surely=False)


def _with_cue(folded: str, kind: str, start: int) -> int:
    """Where the cue of a number begins ("thửa đất số")."""
    found = (cue.finditer(folded, max(0, start - _LONGEST_CUE), start + 1) for cue in _cues(kind))
    return min((match.start() for matches in found for match in matches if match.end() == start), default=start)


@cache
def _cues(kind: str) -> tuple[re.Pattern[str], ...]:
    rows = [row["cue"] for row in table("identifiers.csv") if row["cue"] and kind in (row["kind"], "")]
    cues = [re.compile(cue) for cue in rows]
    if kind.endswith("_entry"):
        cues.append(_ENTRY)
    if kind.endswith("_book"):
        cues += _cues("book")
    return tuple(cues)


# -- in the index
def terms(entities: Iterable[Node]) -> list[str]:
    """The terms under which the identifiers of a record are found: short form, the unit in which it counts, id."""
    numbers = ((node, number) for node in entities if (number := _number(node)))
    return sorted(
        {_PART.join([_MARK + number.short, node.props.get("unit", ""), node.id]) for node, number in numbers}
    )


def _number(node: Node) -> Number | None:
    props = node.props
    if node.kind != KIND or not props.get("type") or not props.get("value"):
        return None
    value, within = str(props["value"]), props.get("within")
    return Number(str(props["type"]), value, within, value, within)


def named(
    reader: Reader, query: str, places: Sequence[PlaceTerms], may_see: Any
) -> tuple[tuple[IdentifierAsked, ...], tuple[EntityTerms, ...]]:
    """The identifiers that a query surely names, and those of the index: in the places of the query, where it names
    any, through their time; only what a record brings that ``may_see`` finds (None: all)."""
    from kg.search.analysis import words

    asked = identifiers_asked(query)
    own, wide = scopes(places) if asked else (None, None)
    sure: list[IdentifierAsked] = []
    found: list[EntityTerms] = []
    plain = fold(unicodedata.normalize("NFC", query))
    for one in asked:
        held = reader.terms("entity_name", f"{_MARK}{one.number.short}{_PART}", may_see)
        known = [term.split(_PART)[1:] for term, count in held if count]
        near = [ident for unit, ident in known if _counts(unit, own)]
        far = [ident for unit, ident in known if not _counts(unit, own) and _counts(unit, wide)]
        if one.surely or near or far:
            sure.append(one)
        spelt = tuple(words(plain[one.start : one.end]))
        for ids, share in ((near, 1.0), (far, _FORMER if near else 1.0)):
            if 0 < len(ids) <= MOST:
                found.append(EntityTerms(spelt, tuple(sorted(ids)), identifier=share))
    return tuple(sure), tuple(found)


Scopes = frozenset[str] | None
"""Units in which a number may count; None: anywhere."""


def _counts(unit: str, scopes: Scopes) -> bool:
    return not unit or scopes is None or unit in scopes


def scopes(places: Sequence[PlaceTerms]) -> tuple[Scopes, Scopes]:
    """The units in which a number can count that stands with these places, and the districts in which they lie (whose
    register it is): of the names that are typed, and those with what they were made of and became."""
    asked = [place for place in places if not place.contains]
    if not asked:
        return None, None
    own = in_units(unit for place in asked for unit in place.own)
    return own, own | in_units(unit for place in asked for unit in place.units)


def in_units(units: Iterable[str]) -> frozenset[str]:
    """These units and what they lie or lay in, each with the version that stands for all of its own."""
    ontology = load()
    known = [ontology.units[unit] for unit in units if unit in ontology.units]
    above = {ontology.units[parent] for unit in known for parent in ontology.ancestors(unit)}
    return frozenset({version.id for unit in [*known, *above] for version in ontology.same(unit)})
