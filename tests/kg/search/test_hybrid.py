"""Words and meaning at once: what is found, in which order, what is cut off, and for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from kg.search.fusion import Scale, near_records
from kg.search.model import Filters, Results
from kg.search.vectors.model import Allowed, PassageMatch
from kg.workspace import Workspace
from tests.kg.search.conftest import Put

MEAN, SPREAD = 0.8, 0.02


class Near:
    """Meaning as a table: how near each record's one passage is, in standard deviations above the mean."""

    def __init__(self, spreads: Mapping[str, float]) -> None:
        self.spreads = spreads
        self.asked: set[str] = set()

    def nearest(self, limit: int, allowed: Allowed | None = None) -> Sequence[PassageMatch]:
        ids = list(self.spreads)
        if allowed is not None:
            ids = [ident for ident in ids if ident in set(allowed(ids) if callable(allowed) else allowed)]
        self.asked |= set(ids)
        found = [PassageMatch(ident, 0, 5, 1, MEAN + SPREAD * self.spreads[ident]) for ident in ids]
        return sorted(found, key=lambda match: (-match.score, match.record))[:limit]

    def background(self, allowed: Allowed | None = None) -> tuple[float, float]:
        return MEAN, SPREAD


def search(workspace: Workspace, query: str, spreads: Mapping[str, float], **options: Any) -> Results:
    workspace.index.sync(workspace.store, workspace.texts)
    return workspace.index.search(query, meaning=Near(spreads), **options)


def ids(results: Results) -> list[str]:
    return [hit.record for hit in results.hits]


def test_a_record_that_holds_no_word_of_the_query_is_found_by_its_meaning(workspace: Workspace, put: Put) -> None:
    put("r1", "Về việc cải táng mộ liệt sĩ")
    put("r2", "Về việc bầu cử đại biểu")
    found = search(workspace, "dời nghĩa trang", {"r1": 6.0, "r2": 0.1})
    assert ids(found) == ["r1"]
    assert found.hits[0].found_by == ("meaning",)
    assert found.hits[0].certainty == "likely"
    assert found.hits[0].passages[0].start == 0
    assert (found.total, found.by_meaning) == (1, 1)


def test_total_and_facets_count_what_words_and_meaning_found(workspace: Workspace, put: Put) -> None:
    put("r1", "cải táng mộ", type="Báo cáo")
    put("r2", "dời nghĩa trang", type="Quyết định")
    put("r3", "bầu cử", type="Quyết định")
    found = search(workspace, "dời nghĩa trang", {"r1": 6.0, "r2": 5.0, "r3": 0.0})
    assert set(ids(found)) == {"r1", "r2"}
    assert (found.total, found.by_meaning) == (2, 1)
    assert found.facets["type"] == (("Báo cáo", 1), ("Quyết định", 1))


def test_vectors_of_records_that_the_index_does_not_know_yet_are_neither_found_nor_counted(
    workspace: Workspace, put: Put
) -> None:
    put("r1", "dời nghĩa trang")
    put("r2", "cải táng mộ")
    spreads = {"r1": 5.0, "r2": 6.0, "new1": 7.0, "new2": 5.5}
    found = search(workspace, "dời nghĩa trang", spreads)
    assert set(ids(found)) == {"r1", "r2"}
    assert (found.total, found.by_meaning) == (2, 1)


def test_nothing_is_found_by_a_meaning_as_far_as_any(workspace: Workspace, put: Put) -> None:
    put("r1", "cải táng mộ")
    put("r2", "bầu cử")
    assert search(workspace, "xyzzy plugh", {"r1": 1.2, "r2": 0.9}).total == 0


def test_the_cut_keeps_what_is_near_by_itself_and_not_far_behind_the_nearest() -> None:
    matches = [
        PassageMatch(f"r{place}", 0, 9, 1, MEAN + SPREAD * spreads) for place, spreads in enumerate((6, 4, 2.5, 0.5))
    ]
    assert set(near_records(matches, Scale(MEAN, SPREAD))) == {"r0", "r1"}
    assert set(near_records(matches[2:], Scale(MEAN, SPREAD))) == {"r2"}
    assert near_records([], Scale(0.0, 0.0)) == {}


def test_words_that_stand_as_typed_outweigh_a_vague_nearness(workspace: Workspace, put: Put) -> None:
    put("r1", "Về việc bổ nhiệm ông Trần Văn Bình làm trưởng thôn")
    put("r2", "Về việc khen thưởng cán bộ thôn")
    found = search(workspace, "bổ nhiệm ông Trần Văn Bình", {"r1": 3.0, "r2": 4.0})
    assert ids(found)[0] == "r1"
    assert found.hits[0].found_by == ("words", "meaning")
    assert found.hits[0].certainty == "certain"


def test_where_no_passage_holds_the_words_the_nearest_comes_first(workspace: Workspace, put: Put) -> None:
    put("r1", "Bãi bỏ giấy phép của hộ kinh doanh ăn uống")
    put("r2", "cho phép mở chợ phiên vào ngày lễ ở làng")
    query = "cho dẹp hàng quán lấn vỉa hè ngày lễ"
    found = search(workspace, query, {"r1": 6.0, "r2": 0.5})
    assert ids(found)[0] == "r1"


def test_a_number_stays_first_whatever_is_near(workspace: Workspace, put: Put) -> None:
    put("r1", "văn bản ngắn", number="123/QĐ-UBND")
    put("r2", "quyết định về số nhà")
    assert ids(search(workspace, "quyết định 123/QĐ-UBND", {"r2": 6.0, "r1": 0.0}))[0] == "r1"


def test_what_is_quoted_must_stand_there_though_it_is_near(workspace: Workspace, put: Put) -> None:
    put("r1", "cải táng mộ")
    put("r2", "dời nghĩa trang")
    assert ids(search(workspace, '"nghĩa trang"', {"r1": 6.0, "r2": 3.0})) == ["r2"]


@pytest.mark.parametrize("few", [0, 100])
def test_filters_hold_for_meaning_too(
    workspace: Workspace, put: Put, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("kg.search.ranking.FEW", few)
    put("r1", "cải táng mộ", fonds="F1")
    put("r2", "cải táng mộ", fonds="F2")
    spreads = {"r1": 6.0, "r2": 6.0}
    assert ids(search(workspace, "dời nghĩa trang", spreads, filters=Filters(fonds=("F2",)))) == ["r2"]
    assert search(workspace, "dời nghĩa trang", spreads, filters=Filters(fonds=("F3",))).total == 0


def test_a_text_that_may_not_be_read_is_not_compared(workspace: Workspace, put: Put) -> None:
    put("r1", "cải táng mộ", access="conditional", title="Dời nghĩa trang")
    put("r2", "cải táng mộ")
    workspace.index.sync(workspace.store, workspace.texts)
    meaning = Near({"r1": 6.0, "r2": 5.0})
    found = workspace.index.search("chuyển nghĩa địa", meaning=meaning, texts=("open",))
    assert ids(found) == ["r2"]
    by_title = workspace.index.search("dời nghĩa trang", meaning=meaning, texts=("open",))
    hidden = next(hit for hit in by_title.hits if hit.record == "r1")
    assert hidden.found_by == ("words",)
    assert hidden.passages == ()
    assert meaning.asked == {"r2"}
    assert ids(workspace.index.search("chuyển nghĩa địa", meaning=meaning)) == ["r1", "r2"]


def test_pages_join_across_what_meaning_found_and_the_rest(workspace: Workspace, put: Put) -> None:
    for n in range(130):
        put(f"r{n:03}", "thu hồi đất " * (1 + n % 5) + "việc khác " * (n % 7))
    put("near", "lấy lại ruộng của dân")
    spreads = {"near": 6.0, "r005": 3.0}
    every = ids(search(workspace, "thu hồi đất", spreads, limit=200))
    assert len(every) == len(set(every)) == 131
    pages = [ids(search(workspace, "thu hồi đất", spreads, limit=20, offset=first)) for first in range(0, 140, 20)]
    assert [ident for page in pages for ident in page] == every


def test_a_passage_near_in_meaning_is_shown_beside_those_that_hold_the_words(workspace: Workspace, put: Put) -> None:
    text = "Điều 1. Dời mồ mả ra ngoài đồng.\nĐiều 2. Nghĩa trang giao cho xã."
    put("r1", text)
    shown = search(workspace, "nghĩa trang xã", {"r1": 6.0}).hits[0].passages
    assert {text[hit.start : hit.end].split(".", maxsplit=1)[0] for hit in shown} >= {"Điều 2"}
    assert any((hit.start, hit.end) == (0, 5) for hit in shown)
    assert [hit.score for hit in shown] == sorted((hit.score for hit in shown), reverse=True)
