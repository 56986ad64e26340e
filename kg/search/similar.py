"""More like this: the records whose words, meaning and names are those of one record."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from tantivy import Occur, Query

from kg.search.analysis import accented, folded, words
from kg.search.documents import schema
from kg.search.filtering import clauses, either, every, of_texts, one_of, phrase, records, term
from kg.search.model import Evidence, Filters, Hit, PassageHit
from kg.search.reading import Reader
from kg.search.vectors.model import PassageMatch

WINDOW: Final = 50
"""Records that each way gives."""
TERMS: Final = 30
"""Words of a record by which others are sought: the rarest that it repeats."""
RANK: Final = 10
"""The constant of reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009), small: few records are alike."""
SHARED: Final = 6
"""Words in common that are shown."""
_LOOKED_AT: Final = 60
"""Words in common, the commonest of two records, of which it is asked how rare they are."""
_FEW: Final = 20
"""Records that may always share a word."""
_TOO_COMMON: Final = 0.4
"""Share of all records that hold a word or a name, above which it makes no two alike."""


@dataclass(frozen=True, slots=True)
class Source:
    """The record to which others are alike: its title, its text (as read) and the entities that it names."""

    record: str
    title: str
    text: str
    entities: tuple[str, ...]


def like(
    reader: Reader,
    source: Source,
    near: Sequence[PassageMatch],
    filters: Filters,
    *,
    texts: Collection[str] | None,
    limit: int,
) -> list[Hit]:
    """The records most like one, best first, ties by id; never the record itself, nor one whose text may not be read.

    ``near``: the records nearest in meaning, nearest first, where there are vectors.
    """
    may = of_texts(records([*clauses(filters), (Occur.MustNot, term("id", source.record))]), texts)
    lists: dict[Evidence, list[str]] = {
        "meaning": [match.record for match in near],
        "words": _by(reader, may, _of_words(reader, source)),
        "entity": _by(reader, may, _of_entities(reader, source)),
    }
    score: defaultdict[str, float] = defaultdict(float)
    ways: dict[str, list[Evidence]] = {}
    for way, found in lists.items():
        for place, ident in enumerate(found, start=1):
            score[ident] += (0.5 if way == "entity" else 1.0) / (RANK + place)
            ways.setdefault(ident, []).append(way)
    passages = {match.record: PassageHit(match.start, match.end, match.page, round(match.score, 4)) for match in near}
    best = sorted(score, key=lambda ident: (-score[ident], ident))[: max(0, limit)]
    return [
        Hit(
            ident,
            round(score[ident], 4),
            (passages[ident],) if ident in passages else (),
            tuple(ways[ident]),
            "likely" if len(ways[ident]) > 1 else "possible",
        )
        for ident in best
    ]


def shared_words(reader: Reader, text: str, others: Mapping[str, str]) -> dict[str, list[str]]:
    """For each other text the words in common that tell most, pairs of syllables as they are written: by how often
    both use them and how rare they are among all records."""
    own = _pairs(text)
    size = max(1, reader.records())
    known: dict[tuple[str, str], float] = {}

    def rare(pair: tuple[str, str]) -> float:
        if pair not in known:
            count = max(1, reader.count(every([records([]), phrase("body", [folded(word) for word in pair])])))
            known[pair] = math.log(size / count) if count <= _TOO_COMMON * size else 0.0
        return known[pair]

    found = {}
    for ident, other in others.items():
        theirs = _pairs(other)
        both = {pair: min(count, theirs[pair]) for pair, count in own.items() if pair in theirs}
        often = sorted(both, key=lambda pair: (-both[pair], pair))[:_LOOKED_AT]
        telling = {pair: both[pair] * weight for pair in often if (weight := rare(pair)) > 0}
        best = sorted(telling, key=lambda pair: (-telling[pair], pair))[:SHARED]
        found[ident] = [" ".join(pair) for pair in best]
    return found


def _pairs(text: str) -> Counter[tuple[str, str]]:
    """Pairs of words beside each other, without figures and single letters."""
    syllables = words(accented(text))
    return Counter(pair for pair in pairwise(syllables) if all(len(word) > 1 and word.isalpha() for word in pair))


def _of_words(reader: Reader, source: Source) -> Any:
    """What uses the words of the record that are rare elsewhere: with their accents where it has accents."""
    whole = f"{source.title}\n{source.text}"
    spelt = accented(whole)
    field, text = ("body", folded(whole)) if spelt == folded(whole) else ("body_accented", spelt)
    return Query.more_like_this_document_fields_query(
        schema(),
        {field: [text]},
        min_doc_frequency=2,
        max_doc_frequency=max(_FEW, int(_TOO_COMMON * reader.records())),
        min_term_frequency=1,
        max_query_terms=TERMS,
        min_word_length=2,
    )


def _of_entities(reader: Reader, source: Source) -> Any:
    """What names the same agencies, people and acts, the rarest of them counting most."""
    size = max(1, reader.records())
    named = {ident: reader.frequency("entity", ident) for ident in source.entities}
    return either(
        [
            Query.const_score_query(one_of("entity", [ident]), math.log(size / count))
            for ident, count in named.items()
            if 0 < count <= _TOO_COMMON * size
        ]
    )


def _by(reader: Reader, may: Any, query: Any) -> list[str]:
    asked = Query.boolean_query([(Occur.Must, Query.const_score_query(may, 0.0)), (Occur.Must, query)])
    result = reader.search(asked, WINDOW, count=False)
    found = [(float(score), reader.record_id(address)) for score, address in result.hits]
    return [ident for _, ident in sorted(found, key=lambda one: (-one[0], one[1]))]
