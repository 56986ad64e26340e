"""A query taken apart: its words, what stands in quotation marks, the document numbers it names.

Nothing a user types is parsed as a query language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tantivy import Occur

from kg.search import entities, identifiers
from kg.search.analysis import accented, folded, number_key, words
from kg.search.filtering import Clauses, clauses, of_texts, records, term, unseen
from kg.search.function_words import question_words, small_words
from kg.search.model import EntityTerms, Filters, PlaceTerms
from kg.search.numbers import NumberAsked, numbers_asked
from kg.search.reading import Reader

MOST_WORDS: Final = 32
"""Words of a query that count: the first ones."""
LONGEST_NUMBER: Final = 7

_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]+)[\"“”«»]")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the index; see ``Index.search``."""

    query: str
    filters: Filters = field(default_factory=Filters)
    places: tuple[PlaceTerms, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    short: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class BareNumber:
    """A number named by type or year alone ("quyết định 67 năm 2024"): how its key begins, the type's key and the
    year where they are said."""

    first: str
    type: str | None
    year: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """``words``: folded, each once, in order; ``accented``: as typed, none where no accent was typed; ``quoted``:
    parts that must stand as typed; ``numbers`` and ``parts``: keys that records of the index bear, or that theirs
    begin with; ``cited``: keys of all numbers typed; ``also``: for a folded word others that it may stand for
    (misspelt words); ``short``: for a folded word of a name the short forms of that name, as good as the word;
    ``small``: words that say nothing of what is asked ("của")."""

    words: tuple[str, ...]
    accented: tuple[str, ...] = ()
    quoted: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    bare: BareNumber | None = None
    places: tuple[PlaceTerms, ...] = ()
    entities: tuple[EntityTerms, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    short: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    small: frozenset[str] = frozenset()

    @property
    def content(self) -> tuple[str, ...]:
        """The words that belong to no name of a place or an entity."""
        in_names = {word for place in self.places for word in place.words}
        in_names.update(word for found in self.entities for word in found.words)
        return tuple(word for word in self.words if word not in in_names)

    @property
    def names_a_number(self) -> bool:
        """Whether the query names a document by its number, or by one that stands in it."""
        return bool(self.numbers or self.parts or self.cited or self.bare or self.identifiers)

    @property
    def identifiers(self) -> dict[str, float]:
        """The parcels, serials, entries and the like of the store that the query names: ids, with how far they are the
        very ones."""
        return {ident: found.identifier for found in self.entities if found.identifier for ident in found.ids}

    def spellings(self, word: str) -> list[str]:
        """The word; for a number its forms with and without a leading zero (05/07/1984, 5-7-1984); the short forms of
        the name of which it is part; what it may be a slip for."""
        if word.isdigit():
            bare = word.lstrip("0") or "0"
            return list(dict.fromkeys([word, bare, "0" + bare]))
        return [word, *self.short.get(word, ()), *self.also.get(word, ())]

    def is_slip(self, word: str, form: str) -> bool:
        """Whether a spelling of a word is another word that may have been meant."""
        return form != word and not word.isdigit() and form not in self.short.get(word, ())


def take_apart(reader: Reader, question: Question) -> Asked:
    """Take a query apart; the index knows which numbers and names there are."""
    query = unicodedata.normalize("NFC", question.query)
    plain = words(folded(query))[:MOST_WORDS]
    typed = words(accented(query))[:MOST_WORDS]
    quoted = tuple(tuple(words(folded(part))) for part in _QUOTED.findall(query))
    shown = clauses(unseen(question.filters))
    hidden = question.texts is not None or bool(shown)
    may_see = of_texts(records(shown), question.texts) if hidden else None
    told, known = identifiers.named(reader, query, question.places, may_see)
    wanted = [
        one
        for one in numbers_asked(query)
        if not any(
            one.start < other.end and other.start < one.end and other.number.type != "building_permit"
            for other in told
        )
    ]
    numbers, parts = _known_numbers(reader, plain, wanted, shown)
    asking = question_words(typed)
    if len(typed) != len(plain) or len(asking) == len(typed):
        asking = frozenset()
    return Asked(
        tuple(dict.fromkeys(word for index, word in enumerate(plain) if index not in asking)),
        tuple(dict.fromkeys(word for index, word in enumerate(typed) if index not in asking))
        if typed != plain
        else (),
        tuple(part for part in quoted if part),
        numbers,
        parts,
        _cited(numbers, wanted),
        None if numbers or parts else _bare_number(reader, wanted, shown),
        question.places,
        known + (entities.named(reader, plain, typed, may_see) if len(plain) == len(typed) else ()),
        question.also,
        question.short,
        frozenset(plain[index] for index in small_words(typed)) if len(typed) == len(plain) else frozenset(),
    )


def _known_numbers(
    reader: Reader, plain: Sequence[str], wanted: Sequence[NumberAsked], shown: Clauses
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of numbers that records bear, and of parts of such: of what reads as a number in any form, and of runs of
    words that are one as they stand; the longest at each place."""
    whole: list[str] = []
    begun: list[str] = []
    runs = [
        [
            number_key(" ".join(plain[start:end]))
            for end in range(min(start + LONGEST_NUMBER, len(plain)), start + 1, -1)
        ]
        for start, word in enumerate(plain)
        if word[0].isdigit()
    ]
    told = [[form for form in one.forms() if " " in form] for one in wanted]
    for forms in [*runs, *told]:
        for form in forms:
            if _bears(reader, "number", form, shown):
                whole.append(form)
                break
            if _bears(reader, "number_part", form, shown):
                begun.append(form)
                break
    return tuple(dict.fromkeys(whole)), tuple(dict.fromkeys(begun))


def _cited(numbers: Sequence[str], wanted: Sequence[NumberAsked]) -> tuple[str, ...]:
    """The numbers as a text may write them, with and without a leading zero; digits and a symbol at least."""
    told = [form for one in wanted if one.symbols for form in one.forms()[:1] if len(form.split()) > 2]
    return tuple(dict.fromkeys(form for key in [*numbers, *told] if " " in key for form in (key, f"0{key}")))


def _bears(reader: Reader, field_name: str, form: str, shown: Clauses) -> bool:
    """Whether a record that may be shown bears a number: ``holds`` alone would tell of closed ones, and of those that
    were removed and whose files are still there."""
    return (
        reader.holds(field_name, form) and reader.count(records([*shown, (Occur.Must, term(field_name, form))])) > 0
    )


def _bare_number(reader: Reader, wanted: Sequence[NumberAsked], shown: Clauses) -> BareNumber | None:
    """A number of which only the digits agree ("nghị định 30", "quyết định số 67 năm 2024")."""
    for one in wanted:
        if _bears(reader, "number_part", one.digits, shown):
            return BareNumber(one.digits, one.type or None, one.year)
    return None
