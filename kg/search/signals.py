"""What speaks for each candidate: how much of the query it holds and where, its number, its place, its meaning.

Words are weighed by how rare they are among all passages (idf). A share of 1 says that all the query stands there, so
it tells how far words can be trusted, which a BM25 score, whose size means nothing by itself, cannot.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from tantivy import Occur, Query

from kg.search.analysis import folded
from kg.search.asked import Asked
from kg.search.documents import record_number
from kg.search.filtering import either, every, of_texts, one_of, phrase, records, term
from kg.search.matching import bare, named
from kg.search.model import PassageHit
from kg.search.reading import Reader

OTHER_ACCENTS: Final = 0.6
"""What a word counts that stands there with other accents than were typed, as a share."""
SLIP: Final = 0.7
"""What a word counts that may have been meant, as a share."""
TOGETHER: Final = 0.3
"""What words beside each other count, as a share of all."""
_MANY: Final = 5_000
"""Passages of the candidates that are looked at; the best of each are among them in all but absurd cases."""


@dataclass(slots=True)
class Signals:
    """What speaks for a record, each from 0 to 1: ``words``: its BM25 as a share of the best; ``passage``, ``whole``, ``title``:
    the share of the query that its best passage, its whole text, its title holds; ``near``, ``about``, ``head``: how
    near in meaning its nearest passage, all its passages together, its first one are (below 0 for what is farther than any); ``place``, ``entity``: whether it is about what the query names; ``number``: 1 for the
    number as its own, less for its beginning; ``cites``: whether it names the number."""

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

    def held(self, words: Sequence[str], name: str) -> Any:
        """A query whose score is the share of these words that a document holds in a field (and the one with accents),
        nearly 1 at most, less where they do not stand beside each other."""
        total = sum(self.of[word] for word in words) or 1.0
        pairs = [pair for pair in pairwise(self._asked.words) if pair[0] in words and pair[1] in words]
        apart = 1.0 if not pairs else 1.0 - TOGETHER
        should = [self._word(word, name, apart * self.of[word] / total) for word in words]
        both = sum(self.of[a] + self.of[b] for a, b in pairs) or 1.0
        should += [
            Query.const_score_query(phrase(name, pair), TOGETHER * (self.of[pair[0]] + self.of[pair[1]]) / both)
            for pair in pairs
        ]
        return either(should)

    def _word(self, word: str, name: str, weight: float) -> Any:
        typed = self._accented.get(word)
        plain = weight if typed is None else weight * OTHER_ACCENTS
        ways = [Query.const_score_query(term(name, word), plain)]
        if typed is not None:
            ways.append(Query.const_score_query(term(f"{name}_accented", typed), weight))
        ways += [
            Query.const_score_query(term(name, form), plain * (1.0 if word.isdigit() else SLIP))
            for form in self._asked.spellings(word)
            if form != word
        ]
        return ways[0] if len(ways) == 1 else Query.disjunction_max_query(ways)


def look(
    reader: Reader, asked: Asked, ids: Sequence[str], bm25: Mapping[str, float], texts: Collection[str] | None
) -> dict[str, Signals]:
    """The signals of these records, but for ``near``."""
    found = {ident: Signals() for ident in ids}
    if not ids or not asked.words:
        return found
    weights = Weights(reader, asked)
    asking = _Asking(reader, ids, texts)
    best = max(bm25.values(), default=0.0) or 1.0
    for ident, score in bm25.items():
        found[ident].words = score / best
    content = weights.content or weights.names
    for ident, score in asking.scores(weights.held(asked.words, "title"), title=True).items():
        found[ident].title = score
    for ident, score in asking.scores(weights.held(content, "body")).items():
        found[ident].whole = score
    for ident, passages in asking.passages(weights.held(content, "passage")).items():
        found[ident].passages = passages
        found[ident].passage = passages[0].score
    for name, queries in named(asked).items():
        for query in queries:
            for ident in asking.those(query):
                setattr(found[ident], name, 1.0)
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
    for number in asked.numbers:
        for ident in asking.those(term("number", number), title=True):
            found[ident].number = 1.0


class _Asking:
    """Questions to the index about some records alone."""

    def __init__(self, reader: Reader, ids: Sequence[str], texts: Collection[str] | None) -> None:
        self._reader = reader
        self._owners = {record_number(ident): ident for ident in ids}
        self._texts = texts
        self._records = records([(Occur.Must, one_of("id", ids))])
        self._readable = list(ids) if texts is None else self._of(self._those(of_texts(self._records, texts)))

    def scores(self, query: Any, *, title: bool = False) -> dict[str, float]:
        """The score of each record that answers; of its title, or of its text where the reader may see it."""
        asked = every([Query.const_score_query(self._records, 0.0), query])
        found = self._reader.search(asked if title else of_texts(asked, self._texts), len(self._owners), count=False)
        numbers = self._reader.column("n", [address for _, address in found.hits])
        return {self._owners[n]: float(score) for n, (score, _) in zip(numbers, found.hits, strict=True)}

    def those(self, query: Any, *, title: bool = False) -> list[str]:
        """The records that answer."""
        asked = every([self._records, query])
        return self._of(self._those(asked if title else of_texts(asked, self._texts)))

    def passages(self, query: Any) -> dict[str, list[PassageHit]]:
        """The passages of each record that hold words of the query, best first."""
        return self._passages(query)

    def heads(self, query: Any) -> list[str]:
        """The records whose first passage answers."""
        return [ident for ident, found in self._passages(query).items() if any(hit.start == 0 for hit in found)]

    def _passages(self, query: Any) -> dict[str, list[PassageHit]]:
        if not self._readable:
            return {}
        asked = every([one_of("id", self._readable), Query.const_score_query(term("kind", "passage"), 0.0), query])
        result = self._reader.search(asked, _MANY, count=False)
        addresses = [address for _, address in result.hits]
        columns = [self._reader.column(name, addresses) for name in ("n", "start", "end", "page")]
        by_record: dict[str, list[PassageHit]] = {}
        for (score, _), owner, start, end, page in zip(result.hits, *columns, strict=True):
            by_record.setdefault(self._owners[owner], []).append(PassageHit(start, end, page, round(float(score), 4)))
        return {ident: sorted(found, key=lambda hit: (-hit.score, hit.start)) for ident, found in by_record.items()}

    def _those(self, query: Any) -> list[Any]:
        found = self._reader.search(query, len(self._owners), count=False)
        return [address for _, address in found.hits]

    def _of(self, addresses: Sequence[Any]) -> list[str]:
        return [self._owners[n] for n in self._reader.column("n", addresses)]
