"""More like this: by words, by meaning, by what both name; what they have in common; who may see it."""

from __future__ import annotations

from typing import Any

import pytest

from kg.errors import HosoError, NotFound
from kg.model import Edge, Node, Record, RecordGraph
from kg.questions.similar import similar
from kg.search.similar import Source
from kg.search.vectors.model import PassageMatch
from kg.store.texts import Text
from kg.workspace import Workspace

CLEARANCE = "Bồi thường giải phóng mặt bằng, thu hồi đất nông nghiệp của các hộ dân để làm đường vành đai."
ELECTION = "Bầu cử đại biểu Hội đồng nhân dân, niêm yết danh sách cử tri ở các khu vực bỏ phiếu."


@pytest.fixture
def store(workspace: Workspace) -> Workspace:
    """Two records of clearance, two of elections, one that may not be read, one that is closed; one agency in two."""
    agency = Node("agency:1", "agency", "Ban bồi thường huyện Từ Liêm")
    rows: list[tuple[str, str, dict[str, Any], tuple[Node, ...]]] = [
        ("c1", CLEARANCE, {}, (agency,)),
        ("c2", f"{CLEARANCE} Đợt hai, vành đai phía tây.", {}, (agency,)),
        ("c3", f"{CLEARANCE} Hộ ông A.", {"access": "conditional"}, ()),
        ("c4", f"{CLEARANCE} Tố cáo cán bộ.", {"subject": "denunciation"}, ()),
        ("e1", ELECTION, {}, ()),
        ("e2", f"{ELECTION} Lần hai.", {}, ()),
    ]
    for ident, text, fields, nodes in rows:
        edges = [Edge(ident, "MENTIONS", node.id, ident, 0, 3, 1, text[:3]) for node in nodes]
        workspace.texts.put([(ident, Text(text))])
        with workspace.store.writing() as writer:
            record = Record(ident, f"{ident}.txt", title=f"Văn bản {ident}", **fields)
            writer.put_records([RecordGraph(record, text, (0,), nodes, tuple(edges))])
    return workspace


def test_the_record_most_like_it_comes_first_and_never_itself(store: Workspace) -> None:
    for source, other in (("c1", "c2"), ("e1", "e2"), ("e2", "e1")):
        found = [hit["record"]["id"] for hit in similar(store, source)["hits"]]
        assert found[0] == other
        assert source not in found


def test_a_hit_says_what_both_have_in_common(store: Workspace) -> None:
    value = similar(store, "c1")
    assert value["method"] == "words"
    assert value["notes"]
    shared = value["hits"][0]["shared"]
    assert [entity["name"] for entity in shared["entities"]] == ["Ban bồi thường huyện Từ Liêm"]
    assert similar(store, "e1")["hits"][0]["shared"]["words"]


def test_a_text_that_may_not_be_read_is_neither_asked_nor_found(store: Workspace) -> None:
    assert {hit["record"]["id"] for hit in similar(store, "c1")["hits"]}.isdisjoint({"c3", "c4"})
    assert "c3" in {hit["record"]["id"] for hit in similar(store, "c1", access="conditional")["hits"]}
    with pytest.raises(HosoError) as withheld:
        similar(store, "c3")
    assert withheld.value.code == "bad_input"
    for absent in ("c4", "none"):
        with pytest.raises(NotFound):
            similar(store, absent)


def test_what_is_near_in_meaning_counts_beside_the_words(store: Workspace) -> None:
    store.index.sync(store.store, store.texts)
    near = [PassageMatch("e2", 0, 10, 1, 0.99), PassageMatch("e1", 0, 10, 1, 0.9)]
    hits = store.index.similar(Source("c1", "", CLEARANCE, ()), near)
    by_id = {hit.record: hit for hit in hits}
    assert "meaning" in by_id["e2"].found_by
    assert by_id["e2"].score > by_id["e1"].score
    assert (by_id["e2"].passages[0].start, by_id["e2"].passages[0].end) == (0, 10)


def test_how_many_are_given(store: Workspace) -> None:
    assert len(similar(store, "e1", limit=1)["hits"]) == 1
