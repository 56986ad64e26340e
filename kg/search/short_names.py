"""Short names in a query written out: "TAND quận Hoàn Kiếm" asks for the Tòa án nhân dân quận Hoàn Kiếm.

Bodies are read by the grammar that reads them in records (``ontology.agencies``); what is short beside them, or a head of
its table alone, by ``data/short_names.csv``.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

from kg.search.analysis import WORD, words
from kg.search.numbers import numbers_asked
from nlp.data import table
from nlp.repair.syllables import is_syllable
from ontology.agencies import read_at
from ontology.agencies.words import heads, heads_by_first
from ontology.folding import fold
from ontology.names import split_type

LONGEST: Final = 300
"""Characters of a query in which short names are looked for."""
_SURE: Final = 4
"""Letters from which a short name counts in small letters too ("ubnd"), where no syllable is spelt so."""
_QUOTES: Final = '"“”«»'


@dataclass(frozen=True, slots=True)
class WrittenOut:
    """A query with its short names written out (``text``, NFC), and what stood for what (as typed → in full)."""

    text: str
    full: Mapping[str, str] = field(default_factory=dict)

    def also(self) -> dict[str, tuple[str, ...]]:
        """For each folded word of a full name the short one, by which texts may name it ("GPMB" for what was asked as
        "giải phóng mặt bằng")."""
        found: dict[str, tuple[str, ...]] = {}
        spelt = f" {' '.join(words(fold(self.text)))} "
        in_full = {short: full for full, short in _in_full().items() if f" {full} " in spelt}
        for short, full in {**in_full, **self.full}.items():
            for word in words(fold(full)):
                typed = (one for one in words(fold(short)) if len(one) > 2 and not _spells_syllable(one))
                found[word] = tuple(dict.fromkeys([*found.get(word, ()), *typed]))
        return {word: typed for word, typed in found.items() if typed}


def written_out(query: str) -> WrittenOut:
    """Write the short names of a query out, without accents where it has none. Queries that name a document by its
    number stay as they are (its symbol is no name), and so does what stands in quotation marks."""
    query = unicodedata.normalize("NFC", query)
    if len(query) > LONGEST or not _may_hold(query) or any(one.symbols for one in numbers_asked(query)):
        return WrittenOut(query)
    found = [_shortest(query, *one) for one in _found(query)]
    edges = [0, *(edge for start, end, _ in found for edge in (start, end)), len(query)]
    beside = [query[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    rest = "".join(beside)
    plain = any(map(str.isalpha, rest)) and fold(rest) == rest.lower()
    pieces = beside[:1]
    full: dict[str, str] = {}
    for (start, end, name), following in zip(found, beside[1:], strict=True):
        short = query[start:end]
        full[short] = name
        spelt = fold(name) if plain else name
        pieces += [spelt.lower() if short.islower() else spelt, following]
    return WrittenOut("".join(pieces), full)


def _shortest(query: str, start: int, end: int, name: str) -> tuple[int, int, str]:
    """The part of a name that is written short: without the words at its end that stand in both ("quận Hoàn Kiếm")."""
    typed, full = list(WORD.finditer(query, start, end)), list(WORD.finditer(name))
    while len(typed) > 1 and len(full) > 1 and typed[-1].group() == full[-1].group():
        typed, full = typed[:-1], full[:-1]
    return start, typed[-1].end(), name[: full[-1].end()]


def _may_hold(query: str) -> bool:
    """Whether a word can be a short name at all."""
    return any(
        (word.isupper() and len(word) > 1) or (len(word) >= _SURE and not _spells_syllable(fold(word)))
        for word in WORD.findall(query)
    )


def _found(query: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each short name, and the full one, from left to right."""
    folded = fold(query)
    shouted = query.isupper()
    spans = [match.span() for match in WORD.finditer(query)]
    done = 0
    for index, (start, _) in enumerate(spans):
        if start < done or sum(query.count(mark, 0, start) for mark in _QUOTES) % 2:
            continue
        read = None if shouted else _body(query, folded, start)
        read = read or _listed(query, spans, index, shouted=shouted)
        if read is not None:
            done, name = read
            yield start, done, name


def _body(query: str, folded: str, start: int) -> tuple[int, str] | None:
    """Where the name of a body that begins here ends, and the whole name, where it is written short."""
    first = WORD.match(folded, start)
    if first is None or first.group() not in heads_by_first():
        return None
    reading = read_at(query, folded, start)
    if reading is None:
        return None
    written = query[start : reading.end]
    short = any(word.isupper() and len(word) > 1 and not word.isdigit() for word in WORD.findall(written))
    name = reading.agency.canonical
    return (reading.end, name) if short and fold(name) != fold(written) else None


def _listed(query: str, spans: list[tuple[int, int]], index: int, *, shouted: bool) -> tuple[int, str] | None:
    start = spans[index][0]
    for last in range(min(index + 1, len(spans) - 1), index - 1, -1):
        end = spans[last][1]
        row = _table().get(fold(query[start:end]))
        if row is None:
            continue
        short, name, before_place = row
        written = query[start:end]
        exact = written == short and not shouted
        if not exact and (len(short) < _SURE or _spells_syllable(fold(short))):
            continue
        following = query[spans[last + 1][0] :] if last + 1 < len(spans) else ""
        if before_place and split_type(following)[0] is None:
            continue
        return end, name
    return None


@cache
def _in_full() -> Mapping[str, str]:
    """Full name (folded words) → short one, of what texts mostly write short. Bodies need none: the store knows them by
    all their names."""
    return {" ".join(words(fold(row["full"]))): row["short"] for row in _own() if len(row["short"]) >= _SURE}


@cache
def _own() -> tuple[Mapping[str, str], ...]:
    text = files("kg.search").joinpath("data", "short_names.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))


def _spells_syllable(word: str) -> bool:
    """Whether small letters may spell a word of the language ("tand" does not)."""
    return is_syllable(word)


@cache
def _table() -> Mapping[str, tuple[str, str, bool]]:
    """Folded short name → as it is written, in full, and whether it counts before a place alone. Two bodies of one short
    name ("BTC") make none."""
    listed = {fold(row["short"]): (row["short"], row["full"], row["before_place"] == "yes") for row in _own()}
    symbols = {fold(row["symbol"]): fold(row["body"]) for row in table("symbols.csv")}
    for head in heads():
        known = symbols.get(head.folded, fold(head.canonical))
        if head.acronym and len(head.form) > 2 and head.form.isalpha() and known in fold(head.canonical):
            listed.setdefault(head.folded, (head.form, head.canonical, False))
    return listed
