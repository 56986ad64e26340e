"""The place of a record whose text may not be read is read from that text: no filter and no count tells it."""

from __future__ import annotations

from kg.questions.search import search
from kg.workspace import Workspace
from tests.kg.search.conftest import Put

WARD = "00073@1981-01-03"


def test_no_filter_and_no_facet_tells_the_place_of_a_conditional_record(workspace: Workspace, put: Put) -> None:
    put("r1", "ở phường Cửa Nam", title="Hỗ trợ cải tạo", access="conditional", about=(WARD,))
    put("r2", "thu hồi đất", title="Hỗ trợ bão lụt", about=(WARD,))
    for query in ("hỗ trợ", ""):
        found = search(workspace, query)
        assert found["total"] == 2
        assert {entry["value"]: entry["count"] for entry in found["facets"]["unit"]}[WARD] == 1
        for narrowed in ({"unit": WARD}, {"place": WARD}):
            assert [hit["record"]["id"] for hit in search(workspace, query, **narrowed)["hits"]] == ["r2"]
        found = search(workspace, query, unit=WARD, access="conditional")
        assert found["total"] == 2
        assert {entry["value"]: entry["count"] for entry in found["facets"]["unit"]}[WARD] == 2
