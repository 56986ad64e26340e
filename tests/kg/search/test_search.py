"""What is found, in which order, and how it is counted."""

from __future__ import annotations

from typing import Any

import pytest

from kg.search.model import FACETS, Filters, PlaceTerms, Results
from kg.workspace import Workspace
from tests.kg.search.conftest import Put


def search(workspace: Workspace, query: str, **options: Any) -> Results:
    workspace.index.sync(workspace.store, workspace.texts)
    return workspace.index.search(query, **options)


def ids(results: Results) -> list[str]:
    return [hit.record for hit in results.hits]


def test_accents_are_carried_by_the_folded_index_and_rank_higher_when_typed(workspace: Workspace, put: Put) -> None:
    put("r1", "Xã Sơn Đồng họp bàn việc làng")
    put("r2", "Xã Sơn Động họp bàn việc làng")
    assert set(ids(search(workspace, "son dong"))) == {"r1", "r2"}
    assert ids(search(workspace, "Sơn Động")) == ["r2", "r1"]
    assert ids(search(workspace, "Sơn Đồng")) == ["r1", "r2"]


def test_composed_and_decomposed_letters_are_one(workspace: Workspace, put: Put) -> None:
    import unicodedata

    put("r1", "Quyết định thu hồi")
    assert ids(search(workspace, unicodedata.normalize("NFD", "quyết định"))) == ["r1"]


def test_words_one_after_another_rank_higher(workspace: Workspace, put: Put) -> None:
    put("r1", "đất đã được thu xong và hồi hương về quê quán")
    put("r2", "việc thu hồi đất đã xong ở quê quán cũ rồi ấy")
    assert ids(search(workspace, "thu hoi dat")) == ["r2", "r1"]


def test_a_title_ranks_higher_than_a_text(workspace: Workspace, put: Put) -> None:
    put("r1", "giải phóng mặt bằng ở nơi này", title="Báo cáo công tác năm")
    put("r2", "báo cáo công tác ở nơi này", title="Giải phóng mặt bằng")
    assert ids(search(workspace, "giai phong mat bang")) == ["r2", "r1"]


@pytest.mark.parametrize(
    "query", ["123/QĐ-UBND", "123 QD UBND", "123-qd/ubnd", "0123 QĐ UBND", "quyết định số 123/QĐ-UBND"]
)
def test_a_number_finds_its_record_first(workspace: Workspace, put: Put, query: str) -> None:
    put("r1", "Căn cứ quyết định số 123/QĐ-UBND; quyết định số 123/QĐ-UBND; số 123/QĐ-UBND", number="9/BC")
    put("r2", "văn bản ngắn", number="123/QĐ-UBND")
    put("r3", "Quyết định", number="124/QĐ-UBND")
    results = search(workspace, query)
    assert ids(results)[0] == "r2"
    assert "r1" in ids(results)
    assert results.number == "123 qd ubnd"


def test_the_party_form_of_a_number(workspace: Workspace, put: Put) -> None:
    put("r1", "nghị quyết của đảng ủy", number="12-NQ/ĐU")
    put("r2", "nghị quyết của đảng ủy", number="12-NQ/TW")
    assert ids(search(workspace, "12-NQ/ĐU"))[0] == "r1"
    assert ids(search(workspace, "12 nq"))[:2] == ["r1", "r2"]


def test_a_quoted_part_must_stand_as_typed(workspace: Workspace, put: Put) -> None:
    put("r1", "đất thu hồi")
    put("r2", "thu hồi đất")
    assert ids(search(workspace, '"hoi dat"')) == ["r2"]
    assert ids(search(workspace, "“đất thu hồi” đất")) == ["r1"]


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "(",
        "AND",
        "title:x AND (",
        "*",
        "~2^",
        "[a TO b]",
        "\\",
        "a:b:c",
        "\x00",
        "🏛 ''",
        '"" "',
        "x" * 5000,
        "đ " * 3000,
    ],
)
def test_whatever_is_typed_is_no_error(workspace: Workspace, put: Put, query: str) -> None:
    put("r1", "thu hồi đất")
    assert search(workspace, query).total in {0, 1}


def test_signs_alone_find_nothing_and_nothing_finds_all(workspace: Workspace, put: Put) -> None:
    put("r2", "một")
    put("r1", "hai")
    assert search(workspace, "?! ...").total == 0
    assert ids(search(workspace, "  ")) == ["r1", "r2"]


def test_most_words_must_be_there_unless_no_record_has_most(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất nông nghiệp")
    put("r2", "đất nước")
    assert ids(search(workspace, "thu hồi đất")) == ["r1"]
    assert ids(search(workspace, "nước mắm truyền thống lâu đời")) == ["r2"]


def test_a_hit_has_its_best_passages_with_offsets(workspace: Workspace, put: Put) -> None:
    text = "Lời nói đầu.\nĐiều 1. Về việc bầu cử.\nĐiều 2. Về việc thu hồi đất ruộng.\nĐiều 3. Thi hành."
    put("r1", text)
    hit = search(workspace, "thu hoi dat").hits[0]
    best = hit.passages[0]
    assert text[best.start : best.end] == "Điều 2. Về việc thu hồi đất ruộng."
    assert best.page == 1
    assert [passage.score for passage in hit.passages] == sorted((p.score for p in hit.passages), reverse=True)


def test_ties_are_broken_by_id_and_pages_join(workspace: Workspace, put: Put) -> None:
    for n in (3, 1, 4, 0, 2):
        put(f"r{n}", "thu hồi đất")
    every = ids(search(workspace, "thu hồi"))
    assert every == [f"r{n}" for n in range(5)]
    assert ids(search(workspace, "thu hồi", limit=2, offset=0)) == every[:2]
    assert ids(search(workspace, "thu hồi", limit=2, offset=2)) == every[2:4]
    assert ids(search(workspace, "thu hồi", limit=0)) == []
    assert ids(search(workspace, "", limit=2, offset=3)) == every[3:]


def test_facets_count_every_record_that_matches(workspace: Workspace, put: Put) -> None:
    for n in range(12):
        put(
            f"r{n:02}", "thu hồi đất", about=(f"u{n % 2}",), mentions=("u9",), issuer=f"UBND {n % 3}", type="Quyết định",
            date=f"{1990 + n % 4}-01-01", bloc="party", level="commune", subject="land", retention="20 năm", fonds="F1",
        )  # fmt: skip
    put("other", "bầu cử", type="Nghị quyết")
    results = search(workspace, "thu hồi", limit=2)
    assert results.total == 12
    assert set(results.facets) == set(FACETS)
    assert results.facets["type"] == (("Quyết định", 12),)
    assert results.facets["issuer"] == (("UBND 0", 4), ("UBND 1", 4), ("UBND 2", 4))
    assert results.facets["unit"] == (("u0", 6), ("u1", 6))
    assert results.facets["year"][0] == ("1990", 3)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), ["r1", "r2", "r3"]),
        (Filters(fonds=("F1",)), ["r1"]),
        (Filters(fonds=("F1", "F2")), ["r1", "r2"]),
        (Filters(type=("quyet dinh",)), ["r1"]),
        (Filters(issuer=("quận ba đình",)), ["r1"]),
        (Filters(issuer=("ba quận",)), []),
        (Filters(bloc=("party",), level=("commune",)), ["r2"]),
        (Filters(subject=("land",)), ["r1"]),
        (Filters(retention=("Vĩnh viễn",)), ["r2"]),
        (Filters(access=("open",)), ["r1", "r3"]),
        (Filters(units=("u1",)), ["r1", "r2"]),
        (Filters(units=()), []),
        (Filters(since="1994-05-06"), ["r1", "r2"]),
        (Filters(until="1994-05-06"), ["r1", "r2"]),
        (Filters(since="1994-05-07"), ["r2"]),
        (Filters(since="1995"), []),
        (Filters(until="1994-04"), ["r2"]),
    ],
)
def test_filters(workspace: Workspace, put: Put, filters: Filters, expected: list[str]) -> None:
    put(
        "r1", "thu hồi đất", fonds="F1", type="Quyết định", date="1994-05-06", issuer="UBND quận Ba Đình",
        subject="land", about=("u1",),
    )  # fmt: skip
    put(
        "r2", "thu hồi đất", fonds="F2", date_partial="1994", bloc="party", level="commune", retention="vĩnh viễn",
        access="conditional", mentions=("u1",),
    )  # fmt: skip
    put("r3", "thu hồi đất")
    assert sorted(ids(search(workspace, "thu hồi", filters=filters))) == expected
    assert ids(search(workspace, "", filters=filters)) == expected


def test_a_place_is_found_by_its_units_where_its_name_is_not_in_the_text(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất ruộng", about=("old",))
    put("r2", "thu hồi đất ruộng", about=("elsewhere",))
    put("r3", "thu hồi đất ở phường Cửa Nam", about=("new",))
    place = PlaceTerms(("phuong", "cua", "nam"), ("new", "old"))
    results = search(workspace, "thu hồi đất phường Cửa Nam", places=[place])
    assert ids(results) == ["r3", "r1"]
    assert ids(search(workspace, "phường Cửa Nam", places=[place])) == ["r3", "r1"]


def test_a_place_that_says_where_another_lies_is_not_asked_for(workspace: Workspace, put: Put) -> None:
    put("r1", "bầu cử", about=("commune",))
    put("r2", "bầu cử", about=("district",))
    places = [PlaceTerms(("tu", "hiep"), ("commune",)), PlaceTerms(("thanh", "tri"), ("district",), contains=True)]
    results = search(workspace, "bầu cử Tứ Hiệp, Thanh Trì", places=places)
    assert {hit.record: "place" in hit.found_by for hit in results.hits}["r1"]
    assert not any("place" in hit.found_by for hit in results.hits if hit.record == "r2")


def test_what_is_about_the_place_is_found_however_many_hold_its_words(workspace: Workspace, put: Put) -> None:
    for n in range(120):
        put(f"r{n:03}", "thu hồi đất phường Cửa Nam " * 5, title="Thu hồi đất phường Cửa Nam")
    put("old", "bồi thường đất ruộng của dân", about=("old",))
    place = PlaceTerms(("phuong", "cua", "nam"), ("old",))
    results = search(workspace, "thu hồi đất phường Cửa Nam", places=[place], limit=200)
    assert "old" in ids(results)
    assert results.total == len(results.hits) == 121
    assert results.by_meaning == 0


def test_question_words_need_not_stand_in_a_record(workspace: Workspace, put: Put) -> None:
    put("r1", "cấp giấy phép lái xe")
    put("r2", "những ai ở đâu thế nào bao nhiêu")
    assert ids(search(workspace, "giấy phép lái xe cấp ở đâu, bao nhiêu")) == ["r1"]
    assert ids(search(workspace, "ở đâu")) == ["r2"]


def test_scores_do_not_rise_down_the_list(workspace: Workspace, put: Put) -> None:
    for n in range(130):
        put(f"r{n:03}", "thu hồi đất " * (1 + n % 5) + "việc khác " * (n % 7))
    results = search(workspace, "thu hồi đất", limit=200)
    scores = [hit.score for hit in results.hits]
    assert len(scores) == results.total == 130
    assert scores == sorted(scores, reverse=True)
