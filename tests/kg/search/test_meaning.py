"""Model and vectors behind a search: used where they are there, and one clear line where they fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.errors import Unavailable
from kg.messages import say
from kg.questions.search import search
from kg.questions.similar import similar
from kg.search.embedding.loading import load
from kg.search.vectors.embedding import embed
from kg.workspace import Workspace
from tests.kg.search.conftest import Put
from tests.kg.search.tiny_model import make

QUERY = "dời mộ"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A model for which a grave and a temple are one."""
    return str(make(tmp_path_factory.mktemp("model") / "tiny", alike=[("mộ", "chùa", "đình")]))


@pytest.fixture
def embedded(workspace: Workspace, put: Put, model: str, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("HOSO_MODEL", model)
    monkeypatch.setenv("HOSO_LANG", "en")
    put("r1", "Sửa chữa chùa")
    put("r2", "Bầu cử đại biểu hội đồng nhân dân xã")
    put("r3", "Sửa chữa chùa mộ", access="conditional")
    put("r4", "Sửa chữa chùa mộ", subject="denunciation")
    for n in range(20):
        put(f"x{n}", f"Thông báo ngân sách thuế năm {n} của phòng kế hoạch")
    workspace.index.sync(workspace.store, workspace.texts)
    embed(workspace, load())
    return workspace


def found(value: dict[str, Any]) -> list[str]:
    return [hit["record"]["id"] for hit in value["hits"]]


def test_with_vectors_the_search_is_hybrid(embedded: Workspace) -> None:
    value = search(embedded, QUERY)
    assert (value["method"], value["notes"]) == ("hybrid", [say("search_conditional", n=1)])
    assert search(embedded, QUERY, access="conditional")["notes"] == []
    assert found(value)[0] == "r1"
    assert value["hits"][0]["found_by"] == ["meaning"]
    assert value["hits"][0]["passages"][0]["text"] == "Sửa chữa chùa"


def test_a_text_that_may_not_be_read_is_not_found_by_its_meaning(embedded: Workspace) -> None:
    assert {"r3", "r4"}.isdisjoint(found(search(embedded, QUERY, limit=50)))
    assert "r3" in found(search(embedded, QUERY, limit=50, access="conditional"))
    assert {"r3", "r4"} <= set(found(search(embedded, QUERY, limit=50, access="closed")))


def test_more_like_this_is_by_meaning_where_there_are_vectors(embedded: Workspace) -> None:
    value = similar(embedded, "r1", access="conditional")
    assert value["method"] == "hybrid"
    assert found(value)[0] == "r3"
    assert {"r3", "r4"}.isdisjoint(found(similar(embedded, "r1")))


def test_until_all_passages_have_vectors_the_search_says_so(embedded: Workspace, put: Put) -> None:
    put("new", "Đền bù giải phóng mặt bằng")
    value = search(embedded, "giải phóng mặt bằng")
    assert value["method"] == "hybrid"
    assert found(value)[0] == "new"
    assert "hoso embed" in value["notes"][0]


def test_without_vectors_the_search_is_by_words_and_says_so(
    workspace: Workspace, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")
    put("r1", "Sửa chữa chùa")
    value = search(workspace, "sửa chữa")
    assert value["method"] == "words"
    assert found(value) == ["r1"]
    assert "hoso embed" in value["notes"][0]


def test_a_model_that_is_not_here_costs_one_line_and_not_the_search(
    embedded: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOSO_MODEL", str(tmp_path / "nowhere"))
    value = search(embedded, "sửa chữa chùa")
    assert value["method"] == "words"
    assert found(value)[0] == "r1"
    note, conditional = value["notes"]
    assert "\n" not in note
    assert conditional == say("search_conditional", n=1)


def test_vectors_that_cannot_be_read_cost_one_line_and_not_the_search(
    embedded: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise Unavailable("the vectors are damaged")

    monkeypatch.setattr("kg.search.vectors.index.VectorIndex.search", failing)
    monkeypatch.setattr("kg.search.vectors.index.VectorIndex.similar", failing)
    value = search(embedded, "sửa chữa chùa")
    assert value["method"] == "words"
    assert found(value)[0] == "r1"
    assert "the vectors are damaged" in value["notes"][0]
    assert similar(embedded, "r1")["method"] == "words"


def test_vectors_of_another_model_are_not_asked(
    embedded: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = make(tmp_path / "other", seed=7)
    monkeypatch.setenv("HOSO_MODEL", str(other))
    value = search(embedded, "sửa chữa")
    assert value["method"] == "words"
