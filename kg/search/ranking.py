"""How a query is answered: candidates by words and by meaning, one order, a count of all that match.

Records are found, counted and first ranked by their whole text; the best WINDOW of them and those that are near in
meaning are ranked again by all that speaks for them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, Final

import tantivy
from tantivy import Occur, Query

from kg.search import fusion
from kg.search.asked import Asked, Question, take_apart
from kg.search.filtering import (
    Clauses,
    Facets,
    Passing,
    clauses,
    count_facets,
    either,
    every,
    of_texts,
    one_of,
    passing,
    raised,
    records,
    term,
    unseen,
    weightless,
)
from kg.search.matching import deciding, first_ranking, matching, named, quoted, strictness
from kg.search.model import Filters, Hit, Meaning, PassageHit, Results
from kg.search.reading import Reader
from kg.search.signals import Signals, look
from kg.search.vectors.model import Allowed, PassageMatch

WINDOW: Final = 100
"""Records found by words that are ranked by all that speaks for them; a page beyond keeps the order of whole texts."""
NAMED: Final = 50
"""Records that are about a place or an entity of the query and are ranked by all that speaks for them."""
NEAREST: Final = 200
"""Passages that are asked by meaning."""
NEAREST_NAMED: Final = 60
"""Passages of the records about a place or an entity of the query that are asked by meaning."""
FEW: Final = 1_000
"""Records that pass the filters, up to which their ids are given to the search by meaning."""
MANY: Final = 20_000
"""Passages of the candidates whose nearness is asked: all, but for absurdly long records."""
_BESIDE: Final = 2
"""Questions to the index that run beside the main thread: facets are counted while passages are asked."""
PASSAGES: Final = 3
"""Passages shown of a record."""


def run(reader: Reader, question: Question, meaning: Meaning | None, *, limit: int, offset: int) -> Results:
    """Answer a question. What tantivy and the model do runs side by side: neither holds Python's lock."""
    limit, offset = min(limit, reader.size), min(max(0, offset), reader.size)
    asked = take_apart(reader, question)
    kept = clauses(question.filters, question.texts)
    if not asked.words:
        return Results(0, ()) if question.query.strip() else _listing(reader, kept, question.texts, limit, offset)
    search = _Search(reader, asked, kept, question)
    number = asked.numbers[0] if asked.numbers else None
    with ThreadPoolExecutor(_BESIDE) as beside:
        by_words = beside.submit(search.by_words)
        near = search.near(meaning) if meaning is not None else _Nearest()
        named = search.by_name()
        found = by_words.result()
        if not found.count and not near.records and not named:
            found = search.by_any_word()
        counting = beside.submit(search.counted, near)
        ranked = search.ranked(found.first, near, meaning, named, beside) if limit > 0 else []
        total, facets, by_meaning = counting.result()
    hits = ranked[offset : offset + limit]
    if len(hits) < limit and total > len(ranked):
        hits += search.beyond(ranked, offset, limit)
    sure = any(hit.certainty == "certain" for hit in ranked)
    return Results(total, tuple(hits), facets, number, by_meaning, asked.entities, sure or limit <= 0)


@dataclass(frozen=True, slots=True)
class _ByWords:
    count: int
    first: Sequence[str]
    """The best by the words that they hold, best first."""


@dataclass(frozen=True, slots=True)
class _Nearest:
    records: Mapping[str, float] = field(default_factory=dict)
    """Nearness of the records that are near enough."""
    scale: fusion.Scale | None = None


class _Search:
    """One search, step by step."""

    def __init__(self, reader: Reader, asked: Asked, kept: Clauses, question: Question) -> None:
        self._reader, self._asked, self._kept = reader, asked, kept
        self._question, self._texts = question, question.texts
        self._unseen = unseen(question.filters)
        names = [query for queries in named(asked).values() for query in queries]
        self._named = either(names) if names else None
        self._matched: Any = Query.empty_query()
        self._by_name: Any = None

    # -- candidates
    def near(self, meaning: Meaning) -> _Nearest:
        """The records near in meaning that pass the filters, hold what is quoted, and whose text may be read."""
        quotes = quoted(self._asked, self._texts)
        nearest = self._nearest(meaning, NEAREST, self._passing(self._question.filters, quotes))
        if not nearest:
            return _Nearest()
        scale = fusion.Scale(*meaning.background(self._passing(self._unseen)))
        found = fusion.near_records(nearest, scale)
        if self._named is not None:  # in a large store none of them may be about the place
            about = self._allowed([*self._kept, *quotes, (Occur.Must, self._named)])
            of_names = self._nearest(meaning, NEAREST_NAMED, about)
            found = {**fusion.near_records(of_names, scale), **found}
        return _Nearest(found, scale)

    def _nearest(self, meaning: Meaning, limit: int, allowed: Allowed | None) -> Sequence[PassageMatch]:
        """The nearest passages of records that this commit of the index knows. Where all may be found nobody has asked
        it, and the vectors, which are written after it, may be ahead while records come in."""
        found = meaning.nearest(limit, allowed)
        if allowed is not None:
            return found
        known = passing(self._reader, {passage.record for passage in found}, [], None)
        return [passage for passage in found if passage.record in known]

    def _passing(self, filters: Filters, quoted: Clauses | None = None) -> Allowed | None:
        """The records that may be found by meaning: their ids where they are few, else a question to the index; None
        for all."""
        if quoted:
            return self._allowed([*clauses(filters), *quoted])
        asked = ("passing", filters, self._texts)
        return self._reader.remember(asked, lambda: self._allowed(clauses(filters)))

    def _allowed(self, kept: Clauses) -> Allowed | None:
        may = of_texts(records(kept), self._texts)
        count = self._reader.count(may)
        if not count:
            return []
        if count == self._reader.records():
            return None
        if count <= FEW:
            return self._reader.ids_of(may, count)
        return Passing(self._reader, kept, self._texts, share=count / self._reader.records())

    def by_words(self) -> _ByWords:
        """The records that hold enough of the words that decide: most of them, or where none does half of them. Where all
        words are common, all decide, and those are enough that hold every one, if they are many."""
        words = deciding(self._reader, self._asked)
        if not words:
            words = self._asked.words
            found = self._holding(words, len(words))
            if found.count >= WINDOW:
                return found
        for least in strictness(len(words)):
            found = self._holding(words, least)
            if found.count:
                break
        return found

    def by_any_word(self) -> _ByWords:
        """The records that hold one of the words, common ones too."""
        return self._holding(self._asked.words, 1)

    def _holding(self, words: Sequence[str], least: int) -> _ByWords:
        must = [*self._kept, *matching(self._asked, words, least, self._texts)]
        self._matched = records(must)
        result = self._reader.search(self._in_order(must), WINDOW)
        return _ByWords(int(result.count), [self._reader.record_id(address) for _, address in result.hits])

    def counted(self, near: _Nearest) -> tuple[int, Facets, int]:
        """How many records are found, how many of them by their meaning alone, and their facets."""
        held = self._matched if self._by_name is None else either([self._matched, self._by_name])
        if not near.records:
            return *count_facets(self._reader, held, self._texts), 0
        ids = one_of("id", list(near.records))
        total, facets = count_facets(self._reader, either([held, records([(Occur.Must, ids)])]), self._texts)
        return total, facets, len(near.records) - self._reader.count(every([ids, held]))

    def _in_order(self, must: Clauses) -> Any:
        """What must be found, in the order of whole texts."""
        should = [(Occur.Should, query) for query in first_ranking(self._asked, self._texts)]
        return Query.boolean_query([*must, *should, _RECORD])

    def by_name(self) -> list[str]:
        """The records that are about a place or an entity of the query and hold some other word of it, those first that
        hold most: in a large store, records that merely hold its words would keep them out of the window."""
        words = [term("body", word) for word in self._asked.content if word not in self._asked.small]
        if self._named is None or not words:
            return []
        about = of_texts(
            records([*self._kept, *quoted(self._asked, self._texts), (Occur.Must, self._named)]), self._texts
        )
        self._by_name = every([about, either(words)])
        result = self._reader.search(raised(weightless(about), words), NAMED, count=False)
        return [self._reader.record_id(address) for score, address in result.hits if score > 0]

    # -- order
    def ranked(
        self,
        first: Sequence[str],
        near: _Nearest,
        meaning: Meaning | None,
        named: Sequence[str],
        beside: Executor,
    ) -> list[Hit]:
        """The candidates, best first; ties by id."""
        ids = list(dict.fromkeys([*first, *near.records, *named]))
        closely = meaning is None
        signals = look(self._reader, self._asked, ids, first, texts=self._texts, closely=closely, beside=beside)
        passages = self._meant(signals, near, meaning) if meaning is not None and near.scale else {}
        scores = fusion.scores(signals, fusion.kind_of(self._asked), meaning=meaning is not None)
        hits, matched = [], set(first)
        for ident, one in signals.items():
            shown = _shown(one, passages.get(ident, ()), near.scale)
            found_by = fusion.evidence(one, matched=ident in matched, near=ident in near.records)
            hits.append(Hit(ident, round(scores[ident], 4), tuple(shown), found_by, fusion.certainty(one)))
        return sorted(hits, key=lambda hit: (-hit.score, hit.record))

    def _meant(
        self, signals: Mapping[str, Signals], near: _Nearest, meaning: Meaning
    ) -> Mapping[str, Sequence[PassageMatch]]:
        """The passages of the candidates whose text may be read, nearest first; the signals learn how near they are."""
        assert near.scale is not None
        ids = passing(self._reader, list(signals), clauses(self._unseen), self._texts)
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
        result = self._reader.search(
            self._in_order([(Occur.Must, self._matched)]), len(known) + before + wanted, count=False
        )
        rest = [(self._reader.record_id(address), float(score)) for score, address in result.hits]
        lowest = min((hit.score for hit in ranked), default=0.0)
        best = rest[0][1] if rest else 1.0
        hits = [
            Hit(ident, round(lowest * score / (best or 1.0), 4), (), ("words",), "possible")
            for ident, score in rest
            if ident not in known
        ]
        return hits[before : before + wanted]


def _shown(one: Signals, near: Sequence[PassageMatch], scale: fusion.Scale | None) -> list[PassageHit]:
    """The passages to show of a record: those that hold most of the query, or are nearest to it, or both."""
    shown = {(hit.start, hit.end): hit for hit in one.passages}
    for passage in near[:PASSAGES]:
        known = shown.get((passage.start, passage.end), PassageHit(passage.start, passage.end, passage.page, 0.0))
        nearness = max(0.0, scale.nearness(passage.score)) if scale else 0.0
        shown[passage.start, passage.end] = replace(known, score=round(known.score + nearness, 4))
    return sorted(shown.values(), key=lambda hit: (-hit.score, hit.start))[:PASSAGES]


_RECORD: Final = (Occur.Must, weightless(records([])))


def _listing(reader: Reader, kept: Clauses, texts: Collection[str] | None, limit: int, offset: int) -> Results:
    """Every record that passes the filters, by id."""
    found = records(kept)
    total, facets = count_facets(reader, found, texts)
    if limit <= 0:
        return Results(total, (), facets)
    result = reader.search(found, offset + limit, order_by_field="id", order=tantivy.Order.Asc, count=False)
    ids = [reader.record_id(address) for _, address in result.hits[offset : offset + limit]]
    return Results(total, tuple(Hit(ident, 0.0) for ident in ids), facets)
