"""``search``, ``show``, ``fonds``, ``stats``: their forms, what stays out, and where lists and scans differ."""

from __future__ import annotations

import pytest

from kg.errors import HosoError, NotFound
from kg.questions.fonds import file_documents, fonds
from kg.questions.search import search
from kg.questions.show import show
from kg.questions.stats import stats
from kg.workspace import Workspace
from ontology.errors import UnitNotFound
from tests.kg.questions import forms
from tests.kg.questions.conftest import HANG_BAC, TEXT


def test_search_has_the_contracts_form(workspace: Workspace) -> None:
    forms.check(forms.Search, search(workspace, "hè phố"))
    forms.check(forms.Search, search(workspace, ""))


def test_passages_are_the_text_between_their_offsets(workspace: Workspace) -> None:
    value = search(workspace, "thay the quyet dinh he pho")
    hit = next(hit for hit in value["hits"] if hit["record"]["id"] == "r1")
    assert hit["passages"]
    for passage in hit["passages"]:
        assert passage["text"] == TEXT[passage["start"] : passage["end"]]
        assert passage["marks"]
        assert all(TEXT[start:end].strip() for start, end in passage["marks"])


def test_short_names_are_written_out_and_a_misspelt_place_is_understood(workspace: Workspace) -> None:
    found = search(workspace, "UBND phường Hàng Bạcc")["understood"]
    assert found["written_out"] == {"UBND": "Ủy ban nhân dân"}
    assert {unit["name"] for unit in found["places"]} == {"Phường Hàng Bạc"}


def test_a_place_in_the_query_is_understood(workspace: Workspace) -> None:
    places = search(workspace, "quyết định phường Hàng Bạc")["understood"]["places"]
    assert {unit["name"] for unit in places} == {"Phường Hàng Bạc"}


def test_place_takes_the_old_units_of_a_new_name(workspace: Workspace) -> None:
    found = search(workspace, "", place="Phường Hoàn Kiếm", within="Hà Nội")
    assert {hit["record"]["id"] for hit in found["hits"]} >= {"r1", "r2"}
    with pytest.raises(UnitNotFound):
        search(workspace, "", place="Xã Không Có Thật Đâu")


def test_closed_records_are_neither_hit_nor_facet(workspace: Workspace) -> None:
    value = search(workspace, "tố cáo")
    assert "r3" not in {hit["record"]["id"] for hit in value["hits"]}
    assert value["withheld"] == 1
    assert "denunciation" not in {row["value"] for row in search(workspace, "")["facets"]["subject"]}
    assert search(workspace, "tố cáo", subject="denunciation")["total"] == 0
    assert "r3" in {hit["record"]["id"] for hit in search(workspace, "tố cáo", access="closed")["hits"]}


def test_conditional_records_are_found_without_their_words(workspace: Workspace) -> None:
    hidden = next(hit for hit in search(workspace, "hỗ trợ các hộ dân")["hits"] if hit["record"]["id"] == "r5")
    assert hidden["passages"] == []
    opened = search(workspace, "hỗ trợ các hộ dân", access="conditional")["hits"]
    assert next(hit for hit in opened if hit["record"]["id"] == "r5")["passages"]


def test_filters_narrow_the_search(workspace: Workspace) -> None:
    assert {hit["record"]["id"] for hit in search(workspace, "", bloc="party")["hits"]} == {"r6"}
    assert {hit["record"]["id"] for hit in search(workspace, "", fonds=["F1", "F3"])["hits"]} == {"r1", "r2", "r6"}
    assert search(workspace, "", since="01/01/2015", until="2015")["total"] == 1


def test_the_facet_of_units_is_a_tree(workspace: Workspace) -> None:
    rows = {row["value"]: row for row in search(workspace, "")["facets"]["unit"]}
    ward = next(row for row in rows.values() if row["label"].startswith("Phường Hàng Bạc"))
    district = rows[ward["parent"]]
    province = rows[district["parent"]]
    assert [row["level"] for row in (ward, district, province)] == ["commune", "district", "province"]
    assert province["parent"] is None
    assert ward["count"] <= district["count"] <= province["count"] <= search(workspace, "")["total"]


def test_show_has_the_contracts_form(workspace: Workspace) -> None:
    value = show(workspace, "r1")
    forms.check(forms.Show, value)
    assert value["text"] == TEXT
    assert [(row["number"], row["relation"]) for row in value["cites"]] == [("12/QĐ-UBND", "based_on")]
    assert [(row["number"], row["relation"], row["scope"]) for row in value["affects"]] == [
        ("7/QĐ-UBND", "replaces", "whole")
    ]
    for mention in value["mentions"]:
        assert TEXT[mention["start"] : mention["end"]] == mention["surface"]


def test_a_file_lends_its_retention_and_level_stays_the_fonds(workspace: Workspace) -> None:
    assert show(workspace, "r4")["retention"] == "20 năm"


def test_show_keeps_words_back(workspace: Workspace) -> None:
    conditional, closed = show(workspace, "r5"), show(workspace, "r3")
    assert (conditional["text"], conditional["title"], conditional["withheld"]) == (None, "Hỗ trợ", "conditional")
    assert (closed["text"], closed["title"], closed["mentions"], closed["withheld"]) == (None, None, [], "closed")
    assert show(workspace, "r5", access="conditional")["text"]


@pytest.mark.parametrize(("identifier", "code"), [("s1", "secret"), ("mat/1.pdf", "secret"), ("nope", "not_found"),
                                                  ("P1/=broken.pdf", "unreadable")])  # fmt: skip
def test_show_says_why_there_is_nothing(workspace: Workspace, identifier: str, code: str) -> None:
    with pytest.raises(HosoError) as caught:
        show(workspace, identifier)
    assert caught.value.code == code


def test_fonds_has_the_contracts_form(workspace: Workspace) -> None:
    listed = fonds(workspace)
    assert isinstance(listed, list)
    for row in listed:
        forms.check(forms.Fonds, row)
    forms.check(forms.FondsWhole, fonds(workspace, "F1"))


def test_every_document_is_in_one_row(workspace: Workspace) -> None:
    rows = fonds(workspace)
    assert isinstance(rows, list)
    assert [row["id"] for row in rows] == ["F1", "F2", "F3", "F4", ""]
    assert sum(row["documents"] for row in rows) == 7
    assert rows[-1]["loose_documents"] == 1


def test_differences_between_list_and_scans(workspace: Workspace) -> None:
    ward, district = fonds(workspace, "F1"), fonds(workspace, "F2")
    assert isinstance(ward, dict)
    assert isinstance(district, dict)
    assert {(row["kind"], row["file"]) for row in ward["differences"]} == {
        ("not_scanned", "F1/1/02"),
        ("not_listed", "F1//03"),
    }
    assert [(row["kind"], row["listed"], row["found"]) for row in district["differences"]] == [("sheets", 40, 12)]


def test_an_unknown_fonds_names_those_there_are(workspace: Workspace) -> None:
    with pytest.raises(NotFound) as caught:
        fonds(workspace, "F9")
    assert {row["id"] for row in caught.value.candidates} == {"F1", "F2", "F3", "F4"}


def test_documents_of_a_file_leave_out_what_is_no_document(workspace: Workspace) -> None:
    assert [row["id"] for row in file_documents(workspace, "F1/1/01")] == ["r1", "r2"]
    assert file_documents(workspace, "F1//03") == []


def test_stats_have_the_contracts_form(workspace: Workspace) -> None:
    value = stats(workspace)
    forms.check(forms.Stats, value)
    assert (value["records"], value["files"], value["quarantined"], value["secret"]) == (7, 6, 1, 1)
    assert "record" not in value["entities"]


def test_place_ids_work_as_arguments(workspace: Workspace) -> None:
    identifier = search(workspace, HANG_BAC)["understood"]["places"][0]["id"]
    assert search(workspace, "", place=identifier)["total"] >= 2


def test_a_file_of_denunciations_has_no_title(workspace: Workspace) -> None:
    hidden, opened = fonds(workspace, "F1"), fonds(workspace, "F1", access="closed")
    assert isinstance(hidden, dict)
    assert isinstance(opened, dict)
    assert {row["id"]: row["title"] for row in hidden["file"]}["F1//03"] is None
    assert {row["id"]: row["title"] for row in opened["file"]}["F1//03"] == "Đơn thư"


def test_what_was_delivered_and_not_read_is_no_missing_scan(workspace: Workspace) -> None:
    """The quarantined file of F1/1/01 is one scan more than the records show: its sheets cannot be judged."""
    value = fonds(workspace, "F1")
    assert isinstance(value, dict)
    assert "F1/1/01" not in {row["file"] for row in value["differences"]}
