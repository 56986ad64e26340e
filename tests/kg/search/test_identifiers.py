"""Parcels, serials, register numbers and entries in a query, as officials type them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Ambiguous, NotFound
from kg.linking.identifier_names import identifier_node, number_of
from kg.model import Edge, Node, Record, RecordGraph
from kg.questions.entity import entity
from kg.questions.search import search
from kg.questions.show import show
from kg.search.identifiers import identifiers_asked
from kg.store.texts import Text
from kg.workspace import Workspace
from ontology.registry import load

DAI_MO, TAY_MO = "00634@2007-12-17", "00628@2007-12-17"


def parcel(unit: str, value: str = "12", within: str = "5") -> Node:
    number = number_of("parcel", value, within)
    assert number
    return identifier_node(number, load().unit(unit))


def serial(value: str) -> Node:
    number = number_of("certificate_serial", value, None)
    assert number
    return identifier_node(number, None)


def put(workspace: Workspace, ident: str, text: str, *nodes: Node, **fields: Any) -> None:
    """Store a record that names these entities, each where its text begins."""
    units = [Node(unit, "unit", unit) for unit in {str(node.props["unit"]) for node in nodes if "unit" in node.props}]
    edges = [Edge(ident, "MENTIONS", node.id, ident, 0, 4, 1, text[:4]) for node in nodes]
    edges += [Edge(ident, "ABOUT_PLACE", unit.id, ident, props={"rank": 0}) for unit in units]
    workspace.texts.put([(ident, Text(text))])
    with workspace.store.writing() as writer:
        record = Record(ident, f"{ident}.txt", **fields)
        writer.put_records([RecordGraph(record, text, (0,), (*nodes, *units), tuple(edges))])


@pytest.fixture
def parcels(workspace: Workspace) -> Workspace:
    """Parcel 12 of sheet 5 in two communes, and a record with the same figures that names none."""
    put(workspace, "here", "cấp giấy chứng nhận", parcel(DAI_MO), serial("AB 123456"))
    put(workspace, "there", "cấp giấy chứng nhận", parcel(TAY_MO))
    put(
        workspace,
        "figures",
        "12 hộ thửa đất, 5 tờ bản đồ tại xã Đại Mỗ, giấy 123456",
        number="5/QĐ-UBND",
        type="Quyết định",
    )
    return workspace


@pytest.mark.parametrize(
    ("query", "short"),
    [
        ("thửa 12 tờ 5 đại mỗ", "thửa 12 tờ 5"),
        ("thua 12 to 5 dai mo", "thửa 12 tờ 5"),
        ("tờ 5 thửa 12", "thửa 12 tờ 5"),
        ("TBĐ 05, thửa 012", "thửa 12 tờ 5"),
        ("Thửa đất số 12, tờ bản đồ số 5, xã Đại Mỗ", "thửa 12 tờ 5"),
        ("tờ bản đồ số 5 Đại Mỗ", "tờ bản đồ 5"),
        ("ab123456", "số phát hành AB 123456"),
        ("giấy chứng nhận AB 123456", "số phát hành AB 123456"),
        ("số vào sổ CH 01234", "số vào sổ CH-1234"),
        ("ch 01234", "số vào sổ CH-1234"),
        ("00123 QSDĐ/TL", "số vào sổ 123-QSDD-TL"),
        ("hồ sơ gốc số 1234.2003.QĐ-UB", "hồ sơ gốc 1234-2003-QD-UB"),
        ("khai sinh số 45 quyển 01/1987 Mỹ Đình", "hộ tịch 45 quyển 1-1987"),
        ("số chứng thực 332 quyển số 02-SCT/HĐ,GD", "chứng thực 332 quyển 2-SCT-HD-GD"),
        ("hộ kinh doanh 01a8012345", "hộ kinh doanh 01A8012345"),
        ("giấy phép xây dựng 243/GPXD-UBND", "giấy phép xây dựng 243-GPXD-UBND"),
    ],
)
def test_a_number_is_understood_in_usual_ways(query: str, short: str) -> None:
    assert [one.number.short for one in identifiers_asked(query)] == [short]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "thửa 12",
        "quyết định số 12",
        "tờ trình số 5",
        "tờ trình 12/TTr-UBND",
        "tổ 5 phường Đại Mỗ",
        "nghị quyết 60 năm 2005",
        "ngày 12/5/2009",
        "đất 5% thửa nhỏ",
        "12 hộ, 5 thửa",
        "số 123456",
    ],
)
def test_what_is_no_such_number_is_not_taken_for_one(query: str) -> None:
    assert identifiers_asked(query) == ()


def test_a_book_without_its_subject_may_be_of_either_kind() -> None:
    kinds = {one.number.type for one in identifiers_asked("số 45 quyển số 01/1987")}
    assert kinds == {"civil_entry", "certification_entry"}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("thửa 12 tờ 5 đại mỗ", "here"),
        ("thua 12 to 5 tay mo", "there"),
        ("hồ sơ thửa đất số 12, tờ bản đồ số 5, xã Đại Mỗ cũ", "here"),
        ("AB 123456", "here"),
    ],
)
def test_the_records_of_the_parcel_in_the_place_named_come_first(parcels: Workspace, query: str, first: str) -> None:
    found = search(parcels, query)
    hit = found["hits"][0]
    assert hit["record"]["id"] == first
    assert {"number", "entity"} <= set(hit["found_by"])
    assert found["understood"]["entities"][0]["kind"] == "identifier"
    assert found["understood"]["number"] is None
    assert any("anew" in note or "vẽ lại" in note for note in found["notes"]) == ("AB" not in query)


def test_a_ward_of_today_finds_the_parcels_of_the_communes_it_was_made_of(parcels: Workspace) -> None:
    found = search(parcels, "thửa 12 tờ 5 phường Xuân Phương")
    assert {hit["record"]["id"] for hit in found["hits"][:2]} == {"here", "there"}


def test_numbers_of_documents_and_of_parcels_are_not_mixed_up(parcels: Workspace) -> None:
    assert search(parcels, "quyết định số 5")["hits"][0]["record"]["id"] == "figures"
    asked = search(parcels, "thửa đất số 12 tờ bản đồ số 5 xã Đại Mỗ")
    assert asked["understood"]["number"] is None
    assert all("number" not in hit["found_by"] for hit in asked["hits"] if hit["record"]["id"] == "figures")


def test_a_parcel_that_no_record_names_is_said_to_be_unknown(parcels: Workspace) -> None:
    found = search(parcels, "thửa 99 tờ 7 Đại Mỗ")
    assert found["understood"]["identifiers"][0]["value"] == "99"
    assert any("99" in note for note in found["notes"])


@pytest.mark.parametrize(
    "name", ["thửa 12 tờ bản đồ 5 Đại Mỗ", "to 5 thua 12 dai mo", "Thửa đất số 12, TBĐ 5, phường Đại Mỗ"]
)
def test_the_entity_is_found_as_it_is_typed_with_its_records_and_a_caution(parcels: Workspace, name: str) -> None:
    found = entity(parcels, name)
    assert found["id"] == parcel(DAI_MO).id
    assert [link["other"]["id"] for link in found["links"]] == ["here"]
    assert found["links"][0]["evidence"]
    assert (found["place"]["name"], found["place"]["parents"][0]["name"]) == ("Phường Đại Mỗ", "Quận Nam Từ Liêm")
    assert found["caution"]
    assert [row["kind"] for row in show(parcels, "here")["mentions"]] == ["identifier", "identifier"]


def test_namesakes_without_a_place_are_candidates_and_a_wrong_place_has_none(parcels: Workspace) -> None:
    with pytest.raises(Ambiguous) as error:
        entity(parcels, "thửa 12 tờ 5")
    assert {row["id"] for row in error.value.candidates} == {parcel(DAI_MO).id, parcel(TAY_MO).id}
    assert all("Quận Nam Từ Liêm" in row["of"] for row in error.value.candidates)
    with pytest.raises(NotFound):
        entity(parcels, "thửa 12 tờ 5 phường Cửa Nam")


@pytest.mark.parametrize("hidden", [{"access": "conditional"}, {"subject": "denunciation"}])
def test_of_records_that_may_not_be_read_no_parcel_shows(workspace: Workspace, hidden: dict[str, Any]) -> None:
    put(workspace, "open", "cấp giấy", parcel(DAI_MO, "7"))
    put(workspace, "hidden", "cấp giấy", parcel(DAI_MO), serial("AB 123456"), **hidden)
    for name in ("thửa 12 tờ 5 Đại Mỗ", "AB 123456"):
        found = search(workspace, name)
        assert found["understood"]["entities"] == []
        assert all("entity" not in hit["found_by"] for hit in found["hits"])
        with pytest.raises(NotFound):
            entity(workspace, name)
        assert entity(workspace, name, access="closed")["records"] == 1


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="thửa tờ số TBĐ 0123456789/-.,()QSDĐ quyển vào sổ \u202e\x00٣½", max_size=80))
def test_nothing_that_is_typed_fails(query: str) -> None:
    for one in identifiers_asked(query):
        assert 0 <= one.start < one.end <= len(query)
