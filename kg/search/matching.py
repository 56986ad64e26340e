"""How a query is put to the index of words: which records match, and how they are first ranked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any, Final

from tantivy import Occur, Query

from kg.search.asked import Asked
from kg.search.documents import schema
from kg.search.filtering import Clauses, either, every, of_texts, one_of, phrase, term
from kg.search.reading import Reader

# Weights beside BM25 of a folded word in the body (1).
TITLE, TITLE_ACCENTED = 1.5, 1.0
ACCENTED, PAIR, PHRASE, TITLE_PHRASE = 0.7, 0.5, 2.0, 3.0
SLIP: Final = 0.5
"""Of a word that may have been meant, as a share of the one typed."""
NAMED: Final = 4.0
"""Of a place or an entity that the query names, where the record is about it or mentions it."""
OWN_NUMBER, NUMBER_PART, CITED, BARE_NUMBER = 1000.0, 20.0, 10.0, 12.0


COMMON: Final = 1 / 3
"""Share of all records that hold a word, above which it does not decide whether a record is found."""


def deciding(reader: Reader, asked: Asked) -> tuple[str, ...]:
    """The words that decide whether a record is found: those that not every third record holds; none where all are
    common."""
    common = COMMON * reader.frequency("kind", "record")
    return tuple(
        word
        for word in asked.words
        if max(reader.frequency("body", spelling) for spelling in asked.spellings(word)) <= common
    )


def strictness(count: int) -> tuple[int, ...]:
    """How many of ``count`` words a record must hold, from the strictest: all of up to three and else three in four;
    where no record does, half of them."""
    most = count if count <= 3 else -(-3 * count // 4)
    return tuple(dict.fromkeys((most, (count + 1) // 2)))


def matching(asked: Asked, words: Sequence[str], least: int, texts: Collection[str] | None) -> Clauses:
    """What decides whether a record is found: enough of these words, or its own number; each quoted part.

    Of a record whose text the reader may not see, the title alone is asked, so that nobody can feel out its words one
    by one."""
    whole = [_word_or_name(asked, word) for word in words]
    titled = [either([term("title", spelling) for spelling in asked.spellings(word)]) for word in words]
    ways = [of_texts(_enough(whole, least), texts), _enough(titled, least)]
    ways += [term("number", number) for number in asked.numbers]
    ways += [term("number_part", number) for number in asked.parts]
    ways += [of_texts(phrase("body", number.split()), texts) for number in asked.cited]
    ways += bare(asked)
    if asked.identifiers:
        ways.append(of_texts(one_of("entity", list(asked.identifiers)), texts))
    return [(Occur.Must, either(ways)), *quoted(asked, texts)]


def quoted(asked: Asked, texts: Collection[str] | None) -> Clauses:
    """What stands in quotation marks must stand in the record, accents aside."""
    parts = [either([of_texts(phrase("body", part), texts), phrase("title", part)]) for part in asked.quoted]
    return [(Occur.Must, part) for part in parts]


def first_ranking(asked: Asked, texts: Collection[str] | None) -> list[Any]:
    """What raises a record among all that are found, beside the words by which it is found; its text only where the
    reader may see it. The rest (``ranking``) would cost too much to be looked for in every record."""
    should = [Query.boost_query(term("title", word), TITLE) for word in asked.words]
    for queries in named(asked).values():
        should += [of_texts(Query.const_score_query(query, NAMED), texts) for query in queries]
    should += [Query.const_score_query(term("number", number), OWN_NUMBER) for number in asked.numbers]
    for found in asked.entities:
        if found.identifier:
            its_own = Query.const_score_query(one_of("entity", found.ids), found.identifier * OWN_NUMBER)
            should.append(of_texts(its_own, texts))
    should += [Query.const_score_query(term("number_part", number), NUMBER_PART) for number in asked.parts]
    should += [Query.const_score_query(query, BARE_NUMBER) for query in bare(asked)]
    return should


def ranking(asked: Asked, texts: Collection[str] | None, *, closely: bool) -> list[Any]:
    """What raises each of some records by its score: every word that it holds; ``closely``: with the accents that were
    typed, and words beside each other too."""
    read = [_spelt(asked, word) for word in asked.words]
    titled = []
    if closely:
        read += [Query.boost_query(term("body_accented", word), ACCENTED) for word in asked.accented]
        read += nearness("body", asked.words)
        read += [Query.const_score_query(phrase("body", number.split()), CITED) for number in asked.cited]
        titled = [Query.boost_query(term("title_accented", word), TITLE_ACCENTED) for word in asked.accented]
        if len(asked.words) > 1:
            titled.append(Query.boost_query(phrase("title", asked.words), TITLE_PHRASE))
    return [*first_ranking(asked, texts), *titled, *(of_texts(query, texts) for query in read)]


def named(asked: Asked) -> dict[str, list[Any]]:
    """For each place and each entity that the query names, the records that are about it or mention it; a place that
    only says where another one lies is not asked for ("xã Tứ Hiệp, huyện Thanh Trì")."""
    places = [place for place in asked.places if place.units and not place.contains]
    return {
        "place": [one_of("place", place.units) for place in places],
        "entity": [one_of("entity", found.ids) for found in asked.entities if found.ids],
    }


def nearness(field: str, plain: Sequence[str]) -> list[Any]:
    """Pairs of words beside each other (a Vietnamese word is mostly two syllables), and all of them in a row."""
    if len(plain) < 2:
        return []
    pairs = [Query.boost_query(phrase(field, pair), PAIR) for pair in pairwise(plain)]
    return [*pairs, Query.boost_query(phrase(field, plain), PHRASE)] if len(plain) > 2 else pairs


def _enough(queries: Sequence[Any], least: int) -> Any:
    if least >= len(queries):  # tantivy skips from record to record then, else it goes through all that hold any
        return every(queries)
    return Query.boolean_query([(Occur.Should, query) for query in queries], minimum_number_should_match=least)


def _word_or_name(asked: Asked, word: str) -> Any:
    """A word of the text; one that belongs to the name of a place or an entity is answered by what is about it."""
    ways = [_spelt(asked, word)]
    for field, units in (
        ("place", {unit for place in asked.places if word in place.words for unit in place.units}),
        ("entity", {ident for found in asked.entities if word in found.words for ident in found.ids}),
    ):
        if units:
            ways.append(one_of(field, sorted(units)))
    return either(ways) if len(ways) > 1 else ways[0]


def _spelt(asked: Asked, word: str) -> Any:
    """A word of the text in all its spellings."""
    spellings = [
        Query.boost_query(term("body", form), SLIP) if asked.is_slip(word, form) else term("body", form)
        for form in asked.spellings(word)
    ]
    return either(spellings) if len(spellings) > 1 else spellings[0]


def bare(asked: Asked) -> list[Any]:
    """The records that a number without its symbol can mean."""
    if asked.bare is None:
        return []
    all_of = [Query.term_query(schema(), "number_part", asked.bare.first)]
    if asked.bare.type:
        all_of.append(one_of("type_key", [asked.bare.type]))
    if asked.bare.year:
        in_number = f"{asked.bare.first} {asked.bare.year}"
        all_of.append(
            either(
                [one_of("year", [asked.bare.year]), one_of("number_part", [in_number]), one_of("number", [in_number])]
            )
        )
    return [every(all_of)]
