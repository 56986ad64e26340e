"""How a query is answered: candidates by words and by meaning, one order, a count of all that match.

Records are found, counted and first ranked by their whole text; the best WINDOW of them and those that are near in
meaning are ranked again by all that speaks for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import tantivy
from tantivy import Occur, Query

from kg.search import fusion
from kg.search.asked import Asked, Question, take_apart
from kg.search.filtering import (
    Clauses,
    clauses,
    count_facets,
    either,
    every,
    of_texts,
    one_of,
    passing,
    records,
    term,
    unseen,
)
from kg.search.matching import matching, named, quoted, ranking, strictness
from kg.search.model import Hit, Meaning, PassageHit, Results
from kg.search.reading import Reader
from kg.search.signals import Signals, look
from kg.search.vectors.model import Allowed, PassageMatch

WINDOW: Final = 100
"""Records found by words that are ranked by all that speaks for them; a page beyond keeps the order of whole texts."""
NAMED: Final = 50
"""Records that are about a place or an entity of the query and are ranked by all that speaks for them."""
NEAREST: Final = 200
"""Passages that are asked by meaning."""
FEW: Final = 1_000
"""Records that pass the filters, up to which their ids are given to the search by meaning."""
MANY: Final = 20_000
"""Passages of the candidates whose nearness is asked: all, but for absurdly long records."""
PASSAGES: Final = 3
"""Passages shown of a record."""


def run(index: Any, question: Question, meaning: Meaning | None, *, limit: int, offset: int) -> Results:
    """Answer a question."""
    reader = Reader(index)
    limit, offset = min(limit, reader.size), min(max(0, offset), reader.size)
    asked = take_apart(reader, question)
    kept = clauses(question.filters)
    if not asked.words:
        return Results(0, ()) if question.query.strip() else _listing(reader, records(kept), limit, offset)
    search = _Search(reader, asked, kept, question)
    near = search.near(meaning) if meaning is not None else _Nearest()
    found = search.by_words(near)
    named = search.by_name()
    matched = search.matched
    if near.records or named:
        matched = either([matched, records([(Occur.Must, one_of("id", [*near.records, *named]))])])
    facets = count_facets(reader, matched)
    by_words = found.count + search.beside(named)
    total = reader.count(matched) if near.records else by_words
    number = asked.numbers[0] if asked.numbers else None
    if limit <= 0:  # only counted
        return Results(total, (), facets, number, total - by_words, asked.entities)
    ranked = search.ranked(found.first, near, meaning, named)
    hits = ranked[offset : offset + limit]
    if len(hits) < limit and total > len(ranked):
        hits += search.beyond(ranked, offset, limit)
    return Results(total, tuple(hits), facets, number, total - by_words, asked.entities)


@dataclass(frozen=True, slots=True)
class _ByWords:
    count: int
    first: Mapping[str, float]
    """The best by their whole text, with their BM25 scores."""


@dataclass(frozen=True, slots=True)
class _Nearest:
    records: Mapping[str, float] = field(default_factory=dict)
    """Nearness of the records that are near enough."""
    passages: Sequence[PassageMatch] = ()
    scale: fusion.Scale | None = None


class _Search:
    """One search, step by step."""

    def __init__(self, reader: Reader, asked: Asked, kept: Clauses, question: Question) -> None:
        self._reader, self._asked, self._kept, self._texts = reader, asked, kept, question.texts
        self._unseen = unseen(question.filters)
        names = [query for queries in named(asked).values() for query in queries]
        self._named = either(names) if names else None
        self.matched: Any = Query.empty_query()
        """Every record that holds enough of the words."""

    # -- candidates
    def near(self, meaning: Meaning) -> _Nearest:
        """The records near in meaning that pass the filters, hold what is quoted, and whose text may be read."""
        kept = [*self._kept, *quoted(self._asked, self._texts)]
        nearest = meaning.nearest(NEAREST, self._allowed(kept))
        if not nearest:
            return _Nearest()
        scale = fusion.Scale(*meaning.background(self._allowed(self._unseen)))
        found = fusion.near_records(nearest, scale)
        if self._named is not None:  # in a large store none of them may be about the place
            of_names = meaning.nearest(NEAREST, self._allowed([*kept, (Occur.Must, self._named)]))
            found = {**fusion.near_records(of_names, scale), **found}
        return _Nearest(found, nearest, scale)

    def _allowed(self, kept: Clauses) -> Allowed | None:
        """The records that may be found by meaning: their ids where they are few, else a question to the index; None
        for all."""
        may = of_texts(records(kept), self._texts)
        count = self._reader.count(may)
        if count == self._reader.count(records([])):
            return None
        if count <= FEW:
            return self._reader.ids_of(may, count) if count else []
        return lambda ids: passing(self._reader, ids, kept, self._texts)

    def by_words(self, near: _Nearest) -> _ByWords:
        """The records that hold enough of the words: most of them, or where none does half of them, or one."""
        levels = strictness(len(self._asked.words))
        for least in levels[:2] if near.records else levels:
            must = [*self._kept, *matching(self._asked, least, self._texts)]
            self.matched = records(must)
            found = Query.boolean_query([*must, *ranking(self._asked, self._texts), _RECORD])
            result = self._reader.search(found, WINDOW)
            if result.count:
                break
        first = {self._reader.record_id(address): float(score) for score, address in result.hits}
        return _ByWords(int(result.count), first)

    def by_name(self) -> list[str]:
        """The records that are about a place or an entity of the query and hold some other word of it, those first that
        hold most: in a large store, records that merely hold its words would keep them out of the window."""
        words = [term("body", word) for word in self._asked.content if word not in self._asked.small]
        if self._named is None or not words:
            return []
        asked = every([Query.const_score_query(of_texts(self._named, self._texts), 0.0), either(words)])
        kept = [*self._kept, *quoted(self._asked, self._texts), _RECORD]
        result = self._reader.search(Query.boolean_query([*kept, (Occur.Must, asked)]), NAMED, count=False)
        return [self._reader.record_id(address) for _, address in result.hits]

    def beside(self, ids: Sequence[str]) -> int:
        """How many of these records do not hold enough of the words."""
        return len(ids) - self._reader.count(every([one_of("id", ids), self.matched])) if ids else 0

    # -- order
    def ranked(
        self, first: Mapping[str, float], near: _Nearest, meaning: Meaning | None, more: Sequence[str] = ()
    ) -> list[Hit]:
        """The candidates, best first; ties by id."""
        ids = list(dict.fromkeys([*first, *near.records, *more]))
        signals = look(self._reader, self._asked, ids, first, self._texts)
        passages = self._meant(signals, near, meaning) if meaning is not None and near.scale else {}
        scores = fusion.scores(signals, fusion.kind_of(self._asked), meaning=meaning is not None)
        hits = []
        for ident, one in signals.items():
            shown = _shown(one, passages.get(ident, ()), near.scale)
            found_by = fusion.evidence(one, matched=ident in first, near=ident in near.records)
            hits.append(Hit(ident, round(scores[ident], 4), tuple(shown), found_by, fusion.certainty(one)))
        return sorted(hits, key=lambda hit: (-hit.score, hit.record))

    def _meant(
        self, signals: Mapping[str, Signals], near: _Nearest, meaning: Meaning
    ) -> Mapping[str, Sequence[PassageMatch]]:
        """The passages of the candidates whose text may be read, nearest first; the signals learn how near they are."""
        assert near.scale is not None
        ids = passing(self._reader, list(signals), self._unseen, self._texts)
        by_record: dict[str, list[PassageMatch]] = {}
        for passage in meaning.nearest(MANY, sorted(ids)) if ids else ():
            by_record.setdefault(passage.record, []).append(passage)
        for ident, found in by_record.items():
            one, length = signals[ident], sum(passage.end - passage.start for passage in found)
            mean = sum(passage.score * (passage.end - passage.start) for passage in found) / max(1, length)
            one.near = near.scale.nearness(found[0].score)
            one.about = near.scale.nearness(mean)
            one.head = near.scale.nearness(min(found, key=lambda passage: passage.start).score)
        return by_record

    def beyond(self, ranked: Sequence[Hit], offset: int, limit: int) -> list[Hit]:
        """The hits of a page past the candidates: what else holds enough of the words, in the order of whole texts."""
        before = max(0, offset - len(ranked))
        wanted = offset + limit - max(offset, len(ranked))
        known = {hit.record for hit in ranked}
        found = every([self.matched, Query.boolean_query([_RECORD, *ranking(self._asked, self._texts)])])
        result = self._reader.search(found, len(known) + before + wanted, count=False)
        rest = [(self._reader.record_id(address), float(score)) for score, address in result.hits]
        lowest = min((hit.score for hit in ranked), default=0.0)
        best = rest[0][1] if rest else 1.0
        hits = [
            Hit(ident, round(lowest * score / (best or 1.0), 4), (), ("words",), "possible")
            for ident, score in rest
            if ident not in known
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.record))[before : before + wanted]


def _shown(one: Signals, near: Sequence[PassageMatch], scale: fusion.Scale | None) -> list[PassageHit]:
    """The passages to show of a record: those that hold most of the query, or are nearest to it, or both."""
    shown = {(hit.start, hit.end): hit for hit in one.passages}
    for passage in near[:PASSAGES]:
        known = shown.get((passage.start, passage.end), PassageHit(passage.start, passage.end, passage.page, 0.0))
        nearness = max(0.0, scale.nearness(passage.score)) if scale else 0.0
        shown[passage.start, passage.end] = replace(known, score=round(known.score + nearness, 4))
    return sorted(shown.values(), key=lambda hit: (-hit.score, hit.start))[:PASSAGES]


_RECORD: Final = (Occur.Must, Query.const_score_query(records([]), 0.0))


def _listing(reader: Reader, found: Any, limit: int, offset: int) -> Results:
    """Every record that passes the filters, by id."""
    result = reader.search(found, max(1, offset + limit), order_by_field="id", order=tantivy.Order.Asc)
    ids = [reader.record_id(address) for _, address in result.hits[offset : offset + limit]]
    return Results(result.count, tuple(Hit(ident, 0.0) for ident in ids), count_facets(reader, found))
