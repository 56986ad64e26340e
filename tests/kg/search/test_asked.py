"""What a query names: numbers in every form, agencies and people of the store."""

from __future__ import annotations

from typing import Any

import pytest

from kg.model import Edge, Node, Record, RecordGraph
from kg.search.model import Results
from kg.store.texts import Text
from kg.workspace import Workspace
from tests.kg.search.conftest import Put


def search(workspace: Workspace, query: str, **options: Any) -> Results:
    workspace.index.sync(workspace.store, workspace.texts)
    return workspace.index.search(query, **options)


def ids(results: Results) -> list[str]:
    return [hit.record for hit in results.hits]


def name(workspace: Workspace, ident: str, text: str, *nodes: Node, **fields: Any) -> None:
    """Store a record whose text names these entities."""
    edges = [Edge(ident, "MENTIONS", node.id, ident, start) for start, node in enumerate(nodes)]
    workspace.texts.put([(ident, Text(text))])
    with workspace.store.writing() as writer:
        writer.put_records([RecordGraph(Record(ident, f"{ident}.txt", **fields), text, (0,), nodes, tuple(edges))])


@pytest.mark.parametrize(
    "query",
    ["quyết định 67 năm 2024", "Quyết định số 67/2024", "quyet dinh so 67", "quyết định số 067 năm 2024 về giá đất"],
)
def test_a_number_without_its_symbol_finds_its_record_first(workspace: Workspace, put: Put, query: str) -> None:
    put("r1", "giá đất năm 2024, số 67 quyết định", number="9/QĐ-UBND", type="Quyết định", date="2024-01-02")
    put("r2", "văn bản", number="67/2024/QĐ-UBND", type="Quyết định", date="2024-05-06")
    put("r3", "giá đất", number="67/2019/TT-BTC", type="Thông tư", date="2019-05-06")
    found = search(workspace, query)
    assert ids(found)[0] == "r2"
    assert "number" in found.hits[0].found_by


def test_a_record_that_cites_the_number_comes_after_the_one_that_bears_it_and_before_others(
    workspace: Workspace, put: Put
) -> None:
    put("r1", "Căn cứ Nghị định số 43/2014/NĐ-CP của Chính phủ", number="1/QĐ-UBND")
    put("r2", "Nghị định của Chính phủ", number="43/2014/NĐ-CP")
    put("r3", "nghị định 43 và 2014 và NĐ và CP của chính phủ", number="2/QĐ-UBND")
    assert ids(search(workspace, "nghị định 43/2014/NĐ-CP")) == ["r2", "r1", "r3"]


def test_a_number_on_the_page_counts_where_the_field_was_not_read(workspace: Workspace, put: Put) -> None:
    put("r1", "UBND XÃ A\nSố: 43/QĐ-UBND\nQUYẾT ĐỊNH\nĐiều 1. Thu hồi đất.")
    put("r2", "UBND XÃ A\nSố: 9/QĐ-UBND\nQUYẾT ĐỊNH\nĐiều 1. Thực hiện Quyết định 43/QĐ-UBND, 43/QĐ-UBND.")
    assert ids(search(workspace, "43/QĐ-UBND")) == ["r1", "r2"]


def test_any_name_of_an_agency_finds_the_records_that_spell_another(workspace: Workspace) -> None:
    full, short = "Ủy ban nhân dân quận Đống Đa", "UBND quận Đống Đa"
    name(workspace, "r1", f"{full} báo cáo", Node("agency:1", "agency", full))
    name(workspace, "r2", f"{short} họp", Node("agency:1", "agency", full, (short,)))
    name(workspace, "r3", "UBND phường Láng Hạ, quận Đống Đa, họp", Node("agency:2", "agency", "UBND phường Láng Hạ"))
    found = search(workspace, short)
    assert set(ids(found)[:2]) == {"r1", "r2"}
    assert found.entities[0].ids == ("agency:1",)
    assert "entity" in found.hits[0].found_by


def test_a_name_typed_with_accents_means_its_bearer_alone(workspace: Workspace) -> None:
    name(workspace, "r1", "ông Lê Văn Tân ký", Node("person:1", "person", "Lê Văn Tân"))
    name(workspace, "r2", "ông Lê Văn Tấn ký", Node("person:2", "person", "Lê Văn Tấn"))
    assert [found.ids for found in search(workspace, "Lê Văn Tấn").entities] == [("person:2",)]
    assert [found.ids for found in search(workspace, "le van tan").entities] == [("person:1", "person:2")]


def test_a_name_that_only_a_hidden_text_brings_is_not_known(workspace: Workspace) -> None:
    name(workspace, "r1", "ông Lê Văn Tân bị kỷ luật", Node("person:1", "person", "Lê Văn Tân"), access="conditional")
    assert search(workspace, "Lê Văn Tân", texts=("open",)).entities == ()
    assert search(workspace, "Lê Văn Tân", texts=("open",)).total == 0
    assert search(workspace, "Lê Văn Tân").entities
