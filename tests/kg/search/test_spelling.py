"""Words of a query that were meant otherwise."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.search.analysis import accented, words
from kg.search.language.base import base
from kg.search.spelling import corrections
from ontology.folding import fold

DATA = Path(__file__).parent / "data"
QUERIES = (DATA / "everyday_queries.txt").read_text(encoding="utf-8").splitlines()
with (DATA / "slips.csv").open(encoding="utf-8") as file:
    SLIPS = [(row["query"], row["word"], row["meant"]) for row in csv.DictReader(file)]


def corrected(query: str) -> dict[str, str]:
    """Each word with the most probable one that it was meant for."""
    found: dict[str, str] = {}
    for correction in corrections(words(accented(query)), base()):
        found.setdefault(correction.word, correction.replacement)
    return found


@pytest.mark.parametrize(("query", "word", "meant"), SLIPS)
def test_a_slip_is_known_for_what_was_meant(query: str, word: str, meant: str) -> None:
    assert corrected(query).get(word) == meant


def test_queries_without_slips_stay_as_they_are() -> None:
    wrong = {query: found for query in QUERIES if (found := corrected(query))}
    assert len(wrong) <= len(QUERIES) / 25, wrong


def test_what_is_typed_without_accents_is_no_slip() -> None:
    wrong = {query: found for query in QUERIES if (found := corrected(fold(query)))}
    assert len(wrong) <= len(QUERIES) / 10, wrong


@pytest.mark.parametrize("query", ["", "1994", "123/QĐ-UBND", "xyz", "ừ", "btt qlvb", "a" * 500])
def test_what_is_no_word_is_left(query: str) -> None:
    assert corrected(query) == {}


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=80))
def test_any_text_gives_words_of_it_and_probabilities(text: str) -> None:
    typed = words(accented(text))
    for correction in corrections(typed, base()):
        assert correction.word in {fold(word) for word in typed}
        assert correction.word != correction.replacement
        assert 0 < correction.weight <= 1
