"""Which words decide whether a record is found, and what a reader of the index remembers."""

from __future__ import annotations

import pytest

from kg.search.asked import Question, take_apart
from kg.search.filtering import Passing, clauses, raised, records, term
from kg.search.matching import deciding
from kg.search.model import Filters
from kg.search.reading import Reader
from kg.workspace import Workspace
from tests.kg.search.conftest import Put


def reader_of(workspace: Workspace) -> Reader:
    workspace.index.sync(workspace.store, workspace.texts)
    reader = workspace.index._reading()
    assert reader is not None
    return reader


@pytest.fixture
def filled(workspace: Workspace, put: Put) -> Workspace:
    """Ten records: every one has "quyết định", one each "khen thưởng" and "mộ"."""
    for n in range(8):
        put(f"r{n}", f"quyết định số {n}")
    put("r8", "quyết định khen thưởng")
    put("r9", "quyết định di dời mộ", subject="land")
    return workspace


def asked(reader: Reader, query: str) -> tuple[str, ...]:
    return deciding(reader, take_apart(reader, Question(query)))


def test_words_that_every_third_record_holds_do_not_decide(filled: Workspace) -> None:
    reader = reader_of(filled)
    assert asked(reader, "quyết định khen thưởng") == ("khen", "thuong")
    assert asked(reader, "quyết định mộ") == ("mo",)


def test_where_all_words_are_common_all_of_them_must_be_there_if_many_records_have_them(
    workspace: Workspace, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(6):
        put(f"r{n}", "quyết định thu hồi" if n % 2 else "quyết định thu")
    assert asked(reader_of(workspace), "quyết định thu hồi") == ()
    assert workspace.index.search("quyết định thu hồi").total == 6
    monkeypatch.setattr("kg.search.ranking.WINDOW", 3)
    assert workspace.index.search("quyết định thu hồi").total == 3


def test_a_common_word_still_finds_where_no_other_does(filled: Workspace) -> None:
    reader_of(filled)
    assert filled.index.search("quyết xyzzy qwerty").total == 10


def test_a_record_with_the_rare_words_is_found_without_the_common_ones(filled: Workspace, put: Put) -> None:
    put("r10", "khen thưởng")
    reader_of(filled)
    found = filled.index.search("quyết định khen thưởng")
    assert [hit.record for hit in found.hits] == ["r8", "r10"]
    assert found.total == 2


def test_what_raises_a_record_finds_none_by_itself(filled: Workspace) -> None:
    reader = reader_of(filled)
    found = reader.search(raised(records([]), [term("body", "khen"), term("body", "mo"), term("body", "no")]), 20)
    scores = {reader.record_id(address): score for score, address in found.hits}
    assert set(scores) == {f"r{n}" for n in range(10)}
    assert {ident for ident, score in scores.items() if score > min(scores.values())} == {"r8", "r9"}


def test_one_reader_serves_until_something_is_written(filled: Workspace, put: Put) -> None:
    reader = reader_of(filled)
    assert reader.records() == 10
    assert reader_of(filled) is reader
    put("r10", "khác")
    assert reader_of(filled) is not reader
    assert reader_of(filled).records() == 11
    assert reader.records() == 10


def test_who_passes_is_asked_once_and_again_after_a_change(filled: Workspace, put: Put) -> None:
    reader = reader_of(filled)
    kept = clauses(Filters(without_subject=("land",)))
    passing = Passing(reader, kept, None)
    assert passing(["r8", "r9"]) == ["r8"]
    assert passing(["r9", "r8", "r0", "none"]) == ["r8", "r0"]
    put("r8", "quyết định khen thưởng", subject="land")
    assert Passing(reader_of(filled), kept, None)(["r8", "r0"]) == ["r0"]


def test_those_who_pass_are_right_when_too_many_are_remembered(
    filled: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.search.filtering.MOST_KNOWN", 2)
    passing = Passing(reader_of(filled), clauses(Filters(without_subject=("land",))), None)
    for ids in (["r0", "r1", "r9"], ["r2", "r9"], ["r9", "r0", "r3"]):
        assert passing(ids) == [ident for ident in ids if ident != "r9"]


def test_a_count_is_of_the_store_as_it_is_now(filled: Workspace, put: Put) -> None:
    reader_of(filled)
    assert filled.index.count(Filters(subject=("land",))) == 1
    put("r10", "nữa", subject="land")
    reader_of(filled)
    assert filled.index.count(Filters(subject=("land",))) == 2
