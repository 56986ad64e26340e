"""What speaks for each candidate: how much of the query it holds and where, its number, its place, its meaning.

Words are weighed by how rare they are among all passages (idf). A share of 1 says that all the query stands there, so
it tells how far words can be trusted, which a BM25 score, whose size means nothing by itself, cannot.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from tantivy import Occur, Query

from kg.search.analysis import folded
from kg.search.asked import Asked
from kg.search.documents import record_number
from kg.search.filtering import either, every, of_texts, one_of, phrase, raised, records, term, weightless
from kg.search.matching import bare, named, ranking
from kg.search.model import PassageHit
from kg.search.reading import Reader

OTHER_ACCENTS: Final = 0.6
"""What a word counts that stands there with other accents than were typed, as a share."""
SLIP: Final = 0.7
"""What a word counts that may have been meant, as a share."""
TOGETHER: Final = 0.3
"""What words beside each other count, as a share of all."""
TELLING: Final = 0.4
"""Of what the pair of words that tells most counts, the share below which a pair is not looked for."""
_MANY: Final = 5_000
"""Passages of the candidates that are looked at; the best of each are among them in all but absurd cases."""


@dataclass(slots=True)
class Signals:
    """What speaks for a record, each from 0 to 1: ``words``: its BM25 as a share of the best; ``passage``, ``whole``, ``title``:
    the share of the query that its best passage, its whole text, its title holds; ``near``, ``about``, ``head``: how
    near in meaning its nearest passage, all its passages together, its first one are (below 0 for what is farther than any); ``place``, ``entity``: whether it is about what the query names; ``number``: 1 for the
    number as its own, or for the parcel or serial that is asked; less for its beginning; ``cites``: whether it names the number."""

    words: float = 0.0
    passage: float = 0.0
    whole: float = 0.0
    title: float = 0.0
    near: float = 0.0
    about: float = 0.0
    head: float = 0.0
    place: float = 0.0
    entity: float = 0.0
    number: float = 0.0
    cites: float = 0.0
    passages: list[PassageHit] = field(default_factory=list)


class Weights:
    """How much each word of a query counts, from how rare it is; the words of a place or an entity apart, since what
    is about them answers those without holding them."""

    def __init__(self, reader: Reader, asked: Asked) -> None:
        self._asked = asked
        self._accented = {folded(word): word for word in asked.accented}
        frequency = {
            word: max(reader.frequency("passage", form) for form in asked.spellings(word)) for word in asked.words
        }
        total = max(1, reader.size)
        self.of = {
            word: math.log(1 + (total - count + 0.5) / (count + 0.5)) if count <= total else 0.0
            for word, count in frequency.items()
        }
        self.content = asked.content
        self.names = [word for word in asked.words if word not in self.content]
        whole = sum(self.of.values()) or 1.0
        self.share_of_names = sum(self.of[word] for word in self.names) / whole

    def held(self, words: Sequence[str], name: str) -> list[Any]:
        """Queries whose scores together are the share of these words that a document holds in a field (and the one with
        accents), nearly 1 at most, less where they do not stand beside each other."""
        total = sum(self.of[word] for word in words) or 1.0
        pairs = self._telling(pair for pair in pairwise(self._asked.words) if pair[0] in words and pair[1] in words)
        apart = 1.0 if not pairs else 1.0 - TOGETHER
        should = [part for word in words for part in self._word(word, name, apart * self.of[word] / total)]
        both = sum(self.of[a] + self.of[b] for a, b in pairs) or 1.0
        for one, other in pairs:
            ways = [phrase(name, (one, other))]
            ways += [
                term(name, form)
                for form in self._asked.short.get(one, ())
                if form in self._asked.short.get(other, ())
            ]
            weight = TOGETHER * (self.of[one] + self.of[other]) / both
            should += [Query.const_score_query(either(ways), weight)]
        return should

    def _telling(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """The pairs that tell most; two common words beside each other tell little, and cost most to look for."""
        weighed = {pair: self.of[pair[0]] + self.of[pair[1]] for pair in pairs}
        least = TELLING * max(weighed.values(), default=0.0)
        return [pair for pair, weight in weighed.items() if weight >= least]

    def _word(self, word: str, name: str, weight: float) -> list[Any]:
        """What a word counts, and what it counts more with its accents (where they stand, the word stands)."""
        typed = self._accented.get(word)
        plain = weight if typed is None else weight * OTHER_ACCENTS
        short = self._asked.short.get(word, ())
        ways = [
            Query.const_score_query(term(name, form), plain * (SLIP if self._asked.is_slip(word, form) else 1.0))
            for form in self._asked.spellings(word)
        ]
        any_way = ways[0] if len(ways) == 1 else Query.disjunction_max_query(ways)
        if typed is None:
            return [any_way]
        surely = [term(f"{name}_accented", typed), *(term(name, form) for form in short)]
        return [any_way, Query.const_score_query(either(surely), weight - plain)]


def look(
    reader: Reader,
    asked: Asked,
    ids: Sequence[str],
    matched: Collection[str],
    *,
    texts: Collection[str] | None,
    closely: bool,
    beside: Executor,
) -> dict[str, Signals]:
    """The signals of these records, but for ``near``; ``matched``: those that hold enough of the words; ``closely``: their
    BM25 counts accents and words beside each other too. Passages are asked in ``beside``, titles and whole texts here.
    """
    found = {ident: Signals() for ident in ids}
    if not ids or not asked.words:
        return found
    weights = Weights(reader, asked)
    asking = _Asking(reader, ids, texts)
    content = weights.content or weights.names
    in_passages = beside.submit(asking.passages, weights.held(content, "passage"))
    bm25 = asking.scores(ranking(asked, texts, closely=closely), title=True)
    best = max((bm25[ident] for ident in matched), default=0.0) or 1.0
    for ident in matched:
        found[ident].words = bm25[ident] / best
    for ident, score in asking.scores(weights.held(asked.words, "title"), title=True).items():
        found[ident].title = score
    for ident, score in asking.scores(weights.held(content, "body")).items():
        found[ident].whole = score
    for name, queries in named(asked).items():
        for query in queries:
            for ident in asking.those(query):
                setattr(found[ident], name, 1.0)
    for ident, passages in in_passages.result().items():
        found[ident].passages = passages
        found[ident].passage = passages[0].score
    _names(found, asking, asked, weights)
    _numbers(found, asking, asked)
    return found


def _names(found: Mapping[str, Signals], asking: _Asking, asked: Asked, weights: Weights) -> None:
    """What is about the place or the entity holds its name."""
    if not weights.names or not weights.content:
        return
    spelt = asking.scores(weights.held(weights.names, "body"))
    share = weights.share_of_names
    for ident, signals in found.items():
        name = max(signals.place, signals.entity, spelt.get(ident, 0.0))
        signals.passage = (1 - share) * signals.passage + share * name
        signals.whole = (1 - share) * signals.whole + share * name


def _numbers(found: Mapping[str, Signals], asking: _Asking, asked: Asked) -> None:
    for query in [term("number_part", number) for number in asked.parts] + bare(asked):
        for ident in asking.those(query, title=True):
            found[ident].number = 0.6
    for number in asked.cited:
        written = phrase("body", number.split())
        for ident in asking.those(written):
            found[ident].cites = 1.0
        for ident in asking.heads(phrase("passage", number.split())):
            found[ident].number = max(found[ident].number, 0.8)
    for entity in asked.entities:
        if entity.identifier:
            for ident in asking.those(one_of("entity", entity.ids)):
                found[ident].number = max(found[ident].number, entity.identifier)
    for number in asked.numbers:
        for ident in asking.those(term("number", number), title=True):
            found[ident].number = 1.0


class _Asking:
    """Questions to the index about some records alone."""

    def __init__(self, reader: Reader, ids: Sequence[str], texts: Collection[str] | None) -> None:
        self._reader = reader
        self._owners = {record_number(ident): ident for ident in ids}
        self._texts = texts
        self._records = weightless(records([(Occur.Must, one_of("id", ids))]))
        self._readable = list(ids) if texts is None else self._of(self._those(of_texts(self._records, texts)))

    def scores(self, queries: Sequence[Any], *, title: bool = False) -> dict[str, float]:
        """The scores of the records; of their titles, or of their texts where the reader may see them."""
        among = self._records if title else of_texts(self._records, self._texts)
        found = self._reader.search(raised(among, queries), len(self._owners), count=False)
        numbers = self._reader.column("n", [address for _, address in found.hits])
        return {self._owners[n]: float(score) for n, (score, _) in zip(numbers, found.hits, strict=True)}

    def those(self, query: Any, *, title: bool = False) -> list[str]:
        """The records that answer."""
        asked = every([self._records, query])
        return self._of(self._those(asked if title else of_texts(asked, self._texts)))

    def passages(self, queries: Sequence[Any]) -> dict[str, list[PassageHit]]:
        """The passages of each record that hold words of the query, best first."""
        return self._passages(raised(self._of_readable(), queries))

    def heads(self, query: Any) -> list[str]:
        """The records whose first passage answers."""
        found = self._passages(every([self._of_readable(), query]))
        return [ident for ident, passages in found.items() if any(hit.start == 0 for hit in passages)]

    def _of_readable(self) -> Any:
        return weightless(every([one_of("id", self._readable), term("kind", "passage")]))

    def _passages(self, query: Any) -> dict[str, list[PassageHit]]:
        result = self._reader.search(query, _MANY, count=False)
        hits = [(float(score), address) for score, address in result.hits if score > 0]
        addresses = [address for _, address in hits]
        columns = [self._reader.column(name, addresses) for name in ("n", "start", "end", "page")]
        by_record: dict[str, list[PassageHit]] = {}
        for (score, _), owner, start, end, page in zip(hits, *columns, strict=True):
            by_record.setdefault(self._owners[owner], []).append(PassageHit(start, end, page, round(score, 4)))
        return {ident: sorted(found, key=lambda hit: (-hit.score, hit.start)) for ident, found in by_record.items()}

    def _those(self, query: Any) -> list[Any]:
        found = self._reader.search(query, len(self._owners), count=False)
        return [address for _, address in found.hits]

    def _of(self, addresses: Sequence[Any]) -> list[str]:
        return [self._owners[n] for n in self._reader.column("n", addresses)]
