"""How a query is asked of the index and its answers are ranked.

Users' words become term queries one by one; nothing a user types is parsed as a query language. Records are found,
counted and first ranked by their whole text; the best WINDOW of them are ranked again with their passages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import tantivy
from tantivy import FieldType, Occur, Query

from kg.search.analysis import accented, folded, number_key, words
from kg.search.documents import day_number, record_number, schema
from kg.search.model import FACETS, Filters, Hit, PassageHit, PlaceTerms, Results
from kg.search.reading import Reader
from kg.store.names import key

WINDOW: Final = 100
"""Records that are ranked by their passages too; a page beyond keeps the order of whole texts."""
PASSAGES: Final = 3
"""Passages shown of a record."""
MOST_WORDS: Final = 32
"""Words of a query that count: the first ones."""
LONGEST_NUMBER: Final = 7
FACET_VALUES: Final = 100

# Weights beside BM25 of a folded word in the body (1): set by hand, to be measured (hoso bench, issue 6).
TITLE, TITLE_ACCENTED = 1.5, 1.0
ACCENTED, PAIR, PHRASE, TITLE_PHRASE = 0.7, 0.5, 2.0, 3.0
PLACE: Final = 4.0
OWN_NUMBER, NUMBER_PART = 1000.0, 20.0
FURTHER: Final = 0.15
"""What the next passages of a record add to its best one, each as a share of its own score."""

_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]+)[\"“”«»]")
_MANY: Final = 5_000
"""Passages of the window that are looked at; the best of each record are among them in all but absurd cases."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query taken apart: folded words, the accented ones where accents were typed, quoted parts, known numbers."""

    words: tuple[str, ...]
    accented: tuple[str, ...]
    quoted: tuple[tuple[str, ...], ...]
    numbers: tuple[str, ...]
    parts: tuple[str, ...]


def run(
    index: Any,
    query: str,
    filters: Filters,
    places: Sequence[PlaceTerms],
    *,
    texts: Collection[str] | None,
    limit: int,
    offset: int,
) -> Results:
    """Answer a query; see ``Index.search``."""
    reader = Reader(index)
    limit, offset = min(limit, reader.size), min(max(0, offset), reader.size)
    asked = _take_apart(reader, query)
    kept = _filters(filters)
    if not asked.words:
        if query.strip():
            return Results(0, ())
        return _listing(reader, _all_of(kept), limit, offset)
    for least in dict.fromkeys((_most(len(asked.words)), (len(asked.words) + 1) // 2, 1)):
        matching = _matching(asked, places, least, texts)
        found = Query.boolean_query([*kept, *matching, *_ranking(asked, places, texts)])
        result = reader.search(found, max(WINDOW, offset + limit) if limit > 0 else 1)
        if result.count:
            break
    number = asked.numbers[0] if asked.numbers else None
    facets = _facets(reader, Query.boolean_query([*kept, *matching]))
    if limit <= 0:  # only counted
        return Results(result.count, (), facets, number)
    hits = [(reader.record_id(address), float(score)) for score, address in result.hits]
    ranked = _rank_by_passages(reader, asked, hits, texts)
    return Results(result.count, tuple(ranked[offset : offset + limit]), facets, number)


# -- the query
def _take_apart(reader: Reader, query: str) -> Asked:
    query = unicodedata.normalize("NFC", query)
    plain = words(folded(query))[:MOST_WORDS]
    typed = words(accented(query))[:MOST_WORDS]
    quoted = tuple(tuple(words(folded(part))) for part in _QUOTED.findall(query))
    numbers, parts = _known_numbers(reader, plain)
    return Asked(
        tuple(dict.fromkeys(plain)),
        tuple(dict.fromkeys(typed)) if typed != plain else (),
        tuple(part for part in quoted if part),
        numbers,
        parts,
    )


def _known_numbers(reader: Reader, plain: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Runs of words that are the number of a record, or the beginning of one; the longest at each place."""
    whole: list[str] = []
    begun: list[str] = []
    for start, word in enumerate(plain):
        if not word[0].isdigit():
            continue
        for end in range(min(start + LONGEST_NUMBER, len(plain)), start + 1, -1):
            number = number_key(" ".join(plain[start:end]))
            if reader.holds("number", number):
                whole.append(number)
                break
            if reader.holds("number_part", number):
                begun.append(number)
                break
    return tuple(whole), tuple(begun)


def _most(count: int) -> int:
    """How many of ``count`` words a record must hold: all of up to three, else three in four."""
    return count if count <= 3 else -(-3 * count // 4)


def _matching(
    asked: Asked, places: Sequence[PlaceTerms], least: int, texts: Collection[str] | None
) -> list[tuple[Any, Any]]:
    """What decides whether a record is found: enough words, or its own number; each quoted part. Of a record whose
    text the reader may not see, the title alone is asked, so that nobody can feel out its words one by one."""
    whole = [_word_or_place(word, places) for word in asked.words]
    titled = [_either([_term("title", spelling) for spelling in _spellings(word)]) for word in asked.words]
    either = [_of_texts(_enough(whole, least), texts), _enough(titled, least)]
    either += [_term("number", number) for number in asked.numbers]
    either += [_term("number_part", number) for number in asked.parts]
    quoted = [_either([_of_texts(_phrase("body", part), texts), _phrase("title", part)]) for part in asked.quoted]
    return [(Occur.Must, _either(either)), *((Occur.Must, query) for query in quoted)]


def _enough(queries: Sequence[Any], least: int) -> Any:
    return Query.boolean_query([(Occur.Should, query) for query in queries], minimum_number_should_match=least)


def _of_texts(query: Any, texts: Collection[str] | None) -> Any:
    """The query, asked only of records of these access levels (None: of all)."""
    if texts is None:
        return query
    levels = Query.const_score_query(Query.term_set_query(schema(), "access", list(texts)), 0.0)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, levels)])


def _word_or_place(word: str, places: Sequence[PlaceTerms]) -> Any:
    spellings = [_term("body", spelling) for spelling in _spellings(word)]
    units = sorted({unit for place in places if word in place.words for unit in place.units})
    if units:
        spellings.append(Query.const_score_query(Query.term_set_query(schema(), "place", units), 0.0))
    return _either(spellings) if len(spellings) > 1 else spellings[0]


def _spellings(word: str) -> list[str]:
    """The word, and for a number its form with or without a leading zero (05/07/1984, 5-7-1984)."""
    if not word.isdigit():
        return [word]
    bare = word.lstrip("0") or "0"
    return list(dict.fromkeys([word, bare, "0" + bare]))


def _ranking(asked: Asked, places: Sequence[PlaceTerms], texts: Collection[str] | None) -> list[tuple[Any, Any]]:
    """What raises a record that is found; its text only where the reader may see it."""
    should = [Query.boost_query(_term("title", word), TITLE) for word in asked.words]
    should += [Query.boost_query(_term("title_accented", word), TITLE_ACCENTED) for word in asked.accented]
    read = [Query.boost_query(_term("body_accented", word), ACCENTED) for word in asked.accented]
    read += _nearness("body", asked.words)
    if len(asked.words) > 1:
        should.append(Query.boost_query(_phrase("title", asked.words), TITLE_PHRASE))
    for place in places:
        if place.units:
            named = Query.term_set_query(schema(), "place", sorted(set(place.units)))
            read.append(Query.const_score_query(named, PLACE))
    should += [_of_texts(query, texts) for query in read]
    should += [Query.const_score_query(_term("number", number), OWN_NUMBER) for number in asked.numbers]
    should += [Query.const_score_query(_term("number_part", number), NUMBER_PART) for number in asked.parts]
    return [(Occur.Should, query) for query in should]


def _nearness(field: str, plain: Sequence[str]) -> list[Any]:
    """Pairs of words beside each other (a Vietnamese word is mostly two syllables), and all of them in a row."""
    if len(plain) < 2:
        return []
    pairs = [Query.boost_query(_phrase(field, pair), PAIR) for pair in pairwise(plain)]
    return [*pairs, Query.boost_query(_phrase(field, plain), PHRASE)] if len(plain) > 2 else pairs


def _term(field: str, value: str) -> Any:
    return Query.term_query(schema(), field, value)


def _phrase(field: str, terms: Iterable[str]) -> Any:
    given: list[str | tuple[int, str]] = list(terms)
    return Query.phrase_query(schema(), field, given) if len(given) > 1 else _term(field, str(given[0]))


# -- filters
def _filters(filters: Filters) -> list[tuple[Any, Any]]:
    must: list[Any] = []
    for name in ("fonds", "bloc", "level", "subject", "access"):
        must += _any_of(name, getattr(filters, name))
    must += _any_of("type_key", [key(value) for value in filters.type])
    must += _any_of("retention_key", [key(value) for value in filters.retention])
    if filters.issuer:
        names = [words(folded(name)) for name in filters.issuer]
        must.append(_either([_phrase("issuer_words", name) for name in names if name]))
    if filters.units is not None:
        must.append(Query.term_set_query(schema(), "place", list(filters.units)))
    if filters.since:
        must.append(_days("last_day", day_number(filters.since, last=False), None))
    if filters.until:
        must.append(_days("first_day", None, day_number(filters.until, last=True)))
    return [(Occur.Must, Query.const_score_query(query, 0.0)) for query in must]


def _any_of(field: str, values: Collection[str]) -> list[Any]:
    return [Query.term_set_query(schema(), field, list(values))] if values else []


def _days(field: str, first: int | None, last: int | None) -> Any:
    return Query.range_query(schema(), field, FieldType.Integer, first, last)


def _either(queries: Sequence[Any]) -> Any:
    if not queries:
        return Query.empty_query()
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all_of(kept: Sequence[tuple[Any, Any]]) -> Any:
    return Query.boolean_query([(Occur.Must, _term("kind", "record")), *kept])


# -- the answer
def _listing(reader: Reader, found: Any, limit: int, offset: int) -> Results:
    """Every record that passes the filters, by id."""
    result = reader.search(found, max(1, offset + limit), order_by_field="id", order=tantivy.Order.Asc)
    ids = [reader.record_id(address) for _, address in result.hits[offset : offset + limit]]
    return Results(result.count, tuple(Hit(ident, 0.0) for ident in ids), _facets(reader, found))


def _rank_by_passages(
    reader: Reader, asked: Asked, hits: Sequence[tuple[str, float]], texts: Collection[str] | None
) -> list[Hit]:
    window = [ident for ident, _ in hits[:WINDOW]]
    passages = _passages(reader, asked, _readable(reader, window, texts))
    scored = [
        Hit(ident, _score(score, passages.get(ident, ())), passages.get(ident, ())) for ident, score in hits[:WINDOW]
    ]
    ranked = sorted(scored, key=lambda hit: (-hit.score, hit.record))
    lowest = ranked[-1].score if ranked else 0.0
    beyond = [Hit(ident, round(min(score, lowest), 4)) for ident, score in hits[WINDOW:]]
    ranked += sorted(beyond, key=lambda hit: (-hit.score, hit.record))
    return [Hit(hit.record, hit.score, hit.passages[:PASSAGES]) for hit in ranked]


def _readable(reader: Reader, ids: Sequence[str], texts: Collection[str] | None) -> list[str]:
    """Those of the records whose text the reader may see."""
    if texts is None or not ids:
        return list(ids)
    these = _all_of([(Occur.Must, _of_texts(Query.term_set_query(schema(), "id", list(ids)), texts))])
    found = reader.search(these, len(ids), count=False)
    return [reader.record_id(address) for _, address in found.hits]


def _score(whole: float, passages: Sequence[PassageHit]) -> float:
    best = passages[0].score if passages else 0.0
    return round(whole + best + FURTHER * sum(passage.score for passage in passages[1:PASSAGES]), 4)


def _passages(reader: Reader, asked: Asked, ids: Sequence[str]) -> dict[str, tuple[PassageHit, ...]]:
    """The passages of these records that hold words of the query, best first."""
    if not ids:
        return {}
    should = [_term("passage", word) for word in asked.words]
    should += [Query.boost_query(_term("passage_accented", word), ACCENTED) for word in asked.accented]
    should += _nearness("passage", asked.words)
    of_records = Query.const_score_query(Query.term_set_query(schema(), "id", list(ids)), 0.0)
    found = Query.boolean_query([(Occur.Must, of_records), (Occur.Must, _either(should))])
    result = reader.search(found, _MANY, count=False)
    addresses = [address for _, address in result.hits]
    columns = [reader.column(name, addresses) for name in ("n", "start", "end", "page")]
    owners = {record_number(ident): ident for ident in ids}
    by_record: dict[str, list[PassageHit]] = {}
    for (score, _), owner, start, end, page in zip(result.hits, *columns, strict=True):
        by_record.setdefault(owners[owner], []).append(PassageHit(start, end, page, round(score, 4)))
    return {
        ident: tuple(sorted(found, key=lambda hit: (-hit.score, hit.start))) for ident, found in by_record.items()
    }


def _facets(reader: Reader, found: Any) -> dict[str, tuple[tuple[str, int], ...]]:
    asked = {name: {"terms": {"field": name, "size": 10 * FACET_VALUES}} for name in FACETS}
    counted = reader.aggregate(found, asked)
    return {
        name: tuple(
            sorted(
                ((str(bucket["key"]), int(bucket["doc_count"])) for bucket in counted[name]["buckets"]),
                key=lambda pair: (-pair[1], pair[0]),
            )[:FACET_VALUES]
        )
        for name in FACETS
    }
