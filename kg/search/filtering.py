"""What a search is narrowed to, and how what it found is counted by facets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from tantivy import FieldType, Occur, Query

from kg.search.analysis import folded, words
from kg.search.documents import day_number, record_number, schema
from kg.search.model import FACETS, Filters
from kg.search.reading import Reader
from kg.search.short_names import written_out
from kg.store.names import key

FACET_VALUES: Final = 100
"""Values of a facet that are given, the commonest."""
_AT_THE_CUT: Final = 100
"""Values that are asked beyond those, so that of those with one count the same ones are given each time."""
MOST_KNOWN: Final = 20_000
"""Records of which it is remembered whether they pass."""
_COUNT: Final = "records"

Clauses = list[tuple[Any, Any]]
"""Parts of a boolean query of tantivy: (occurrence, query)."""


def term(field: str, value: str) -> Any:
    """The documents that hold a term."""
    return Query.term_query(schema(), field, value)


def phrase(field: str, terms: Sequence[str]) -> Any:
    """The documents that hold words one after another."""
    given: list[str | tuple[int, str]] = list(terms)
    return Query.phrase_query(schema(), field, given) if len(given) > 1 else term(field, terms[0])


def one_of(field: str, values: Collection[str]) -> Any:
    """The documents that hold any of these terms, all alike (they weigh nothing)."""
    if len(values) == 1:  # looked up where it is asked; a set of terms is gathered from all documents first
        (value,) = values
        return weightless(term(field, value))
    return weightless(Query.term_set_query(schema(), field, list(values)))


def weightless(query: Any) -> Any:
    """The query, with a score of nothing."""
    return Query.const_score_query(query, 0.0)


def either(queries: Sequence[Any]) -> Any:
    """Any of the queries, their scores added."""
    if not queries:
        return Query.empty_query()
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def every(queries: Sequence[Any]) -> Any:
    """All of the queries, their scores added."""
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def raised(found: Any, raising: Sequence[Any]) -> Any:
    """What is found, with the scores of what each document also answers. One optional part holds the other, so that
    each is looked up for the documents found alone: of a union of them, whatever holds any part is read."""
    for query in raising:
        found = Query.boolean_query([(Occur.Must, found), (Occur.Should, query)])
    return found


def of_texts(query: Any, texts: Collection[str] | None) -> Any:
    """The query, asked only of records of these access levels (None: of all)."""
    return query if texts is None else every([query, one_of("access", texts)])


def clauses(filters: Filters, texts: Collection[str] | None = None) -> Clauses:
    """The filters as parts of a query that weigh nothing. Units are read from texts: they are asked only of records of
    these access levels (None: of all), else the place of a conditional record could be felt out."""
    must: list[Any] = []
    for name in ("fonds", "bloc", "level", "subject", "access"):
        must += _any_of(name, getattr(filters, name))
    must += _any_of("type_key", [key(value) for value in filters.type])
    must += _any_of("retention_key", [key(value) for value in filters.retention])
    if filters.issuer:
        spelt = dict.fromkeys([*filters.issuer, *(written_out(name).text for name in filters.issuer)])
        names = [words(folded(name)) for name in spelt]
        must.append(either([phrase("issuer_words", name) for name in names if name]))
    if filters.units is not None:
        must.append(of_texts(one_of("place", filters.units), texts))
    must += [of_texts(query, texts) for query in _any_of("unit", filters.unit)]
    if filters.since:
        must.append(_days("last_day", day_number(filters.since, last=False), None))
    if filters.until:
        must.append(_days("first_day", None, day_number(filters.until, last=True)))
    found = [(Occur.Must, weightless(query)) for query in must]
    if filters.without_subject:
        found.append((Occur.MustNot, one_of("subject", filters.without_subject)))
    return found


def unseen(filters: Filters) -> Filters:
    """What of the filters says what the reader may not see, not what he asks for."""
    return Filters(without_subject=filters.without_subject)


def records(kept: Clauses) -> Any:
    """Every record that passes the filters."""
    return Query.boolean_query([(Occur.Must, term("kind", "record")), *kept])


def passing(reader: Reader, ids: Collection[str], kept: Clauses, texts: Collection[str] | None) -> set[str]:
    """Those of the records that pass the filters and whose text the reader may see."""
    if not ids:
        return set()
    owners = {record_number(ident): ident for ident in ids}
    asked = [*kept, (Occur.Must, of_texts(one_of("id", ids), texts))]
    found = reader.search(records(asked), len(ids), count=False)
    return {owners[n] for n in reader.column("n", [address for _, address in found.hits])}


class Passing:
    """Which records pass the filters and have a text that the reader may see, asked about none twice."""

    def __init__(self, reader: Reader, kept: Clauses, texts: Collection[str] | None, *, share: float = 1.0) -> None:
        self._reader, self._kept, self._texts = reader, kept, texts
        self.share = share
        """How many of all records pass."""
        self._known: dict[str, bool] = {}

    def __call__(self, ids: Sequence[str]) -> list[str]:
        """Those of the records that pass."""
        if len(self._known) > MOST_KNOWN:
            self._known = {}
        known = self._known
        if new := [ident for ident in ids if ident not in known]:
            found = passing(self._reader, new, self._kept, self._texts)
            known.update((ident, ident in found) for ident in new)
        return [ident for ident in ids if known[ident]]


Facets = dict[str, tuple[tuple[str, int], ...]]
"""For each facet its commonest values among the records found, (value, count) by count, then value."""


def count_facets(reader: Reader, found: Any, texts: Collection[str] | None) -> tuple[int, Facets]:
    """How many records are found, and their facets; units of those of these access levels alone (None: of all)."""
    asked: dict[str, Any] = {name: {"terms": {"field": name, "size": FACET_VALUES + _AT_THE_CUT}} for name in FACETS}
    apart = {}
    if texts is not None and reader.remember(("unread", texts), lambda: _unread(reader, texts)):
        apart = {"unit": asked.pop("unit")}
    counted = reader.aggregate(found, asked | {_COUNT: {"value_count": {"field": "n"}}})
    if apart:
        counted |= reader.aggregate(of_texts(found, texts), apart)
    return int(counted[_COUNT]["value"]), {
        name: tuple(
            sorted(
                ((str(bucket["key"]), int(bucket["doc_count"])) for bucket in counted[name]["buckets"]),
                key=lambda pair: (-pair[1], pair[0]),
            )[:FACET_VALUES]
        )
        for name in FACETS
    }


def _unread(reader: Reader, texts: Collection[str]) -> bool:
    """Whether there are records of another access level."""
    return reader.count(of_texts(records([]), texts)) < reader.records()


def _any_of(field: str, values: Collection[str]) -> list[Any]:
    return [one_of(field, values)] if values else []


def _days(field: str, first: int | None, last: int | None) -> Any:
    return Query.range_query(schema(), field, FieldType.Integer, first, last)
