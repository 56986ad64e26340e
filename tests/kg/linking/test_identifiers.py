"""The numbers that people look for are entities, each within the place where it is given once; nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.linking.draft import Delivered
from kg.linking.identifier_names import number_of
from kg.linking.record import link_record
from kg.model import Fonds, Node, RecordGraph
from nlp import extract
from ontology.registry import load

PAGE = """ỦY BAN NHÂN DÂN               CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{body}                      Độc lập - Tự do - Hạnh phúc
Số: {number}               {place}, ngày 11 tháng 10 năm {year}

{type}
Về việc {title}

{text}
"""
DISTRICT = {"body": "HUYỆN TỪ LIÊM", "place": "Từ Liêm", "number": "418/QĐ-UBND", "type": "QUYẾT ĐỊNH"}
COMMUNE = {"body": "XÃ ĐẠI MỖ", "place": "Đại Mỗ", "number": "12/TB-UBND", "type": "THÔNG BÁO"}


def linked(text: str, *, title: str = "giải quyết hồ sơ đất đai", year: int = 2009, **head: str) -> RecordGraph:
    page = extract(PAGE.format(**{**DISTRICT, **head, "text": text, "title": title, "year": year}))
    fonds = Fonds("P1", "UBND huyện Từ Liêm", "district", "government", unit="019@1996-11-22")
    return link_record(page, Delivered("r1", "r1.txt", fonds, None, None, "1", "text"), load())


def found(graph: RecordGraph, type_: str = "parcel") -> list[Node]:
    return [node for node in graph.nodes if node.kind == "identifier" and node.props["type"] == type_]


def ids(graph: RecordGraph, type_: str = "parcel") -> list[str]:
    return [node.id for node in found(graph, type_)]


def test_a_parcel_is_within_its_sheet_and_the_commune_said_with_it_not_where_its_user_lives() -> None:
    text = "Hộ ông Nguyễn Văn An, thường trú tại xã Mễ Trì, sử dụng thửa đất số 12, tờ bản đồ số 05 tại xã Đại Mỗ."
    graph = linked(text)
    (parcel,) = found(graph)
    assert (parcel.props["value"], parcel.props["within"], parcel.props["unit"]) == ("12", "5", "00634@2007-12-17")
    assert "Thửa đất số 12, tờ bản đồ số 5, xã Đại Mỗ" in (parcel.name, *parcel.aliases)
    (edge,) = [edge for edge in graph.edges if edge.target == parcel.id]
    assert (edge.source, edge.type, edge.text) == ("r1", "MENTIONS", "12, tờ bản đồ số 05")


def test_one_parcel_of_a_commune_through_its_names_and_another_in_each_other_commune() -> None:
    text = "1. Thửa đất số 12, tờ bản đồ số 5 tại {}."
    old = linked(text.format("xã Đại Mỗ, huyện Từ Liêm"))
    ward = linked(text.format("phường Đại Mỗ, quận Nam Từ Liêm"), year=2019)
    merged = linked(text.format("phường Đại Mỗ, thành phố Hà Nội"), year=2025, place="Hà Nội", body="PHƯỜNG ĐẠI MỖ")
    other = linked(text.format("xã Tây Mỗ, huyện Từ Liêm"))
    assert len(ids(old)) == 1
    assert ids(old) == ids(ward)
    assert not {*ids(old)} & {*ids(other), *ids(merged)}


@pytest.mark.parametrize(
    "text",
    [
        "Ông An, thường trú tại xã Mễ Trì, có thửa đất số 12, tờ bản đồ số 5.",
        "Kiểm tra các xã Đại Mỗ và Tây Mỗ về đất đai. Thửa đất số 12, tờ bản đồ số 5 để hoang.",
        "Thửa đất số 12, tờ bản đồ số 5 giáp xã Tây Mỗ, huyện Từ Liêm.",
        "Thu hồi thửa đất số 12, tờ bản đồ số 5, bố trí tái định cư tại xã Tây Mỗ.",
        "Chuyển thửa đất số 12, tờ bản đồ số 5 cho bà Trần Thị Lan, xã Mễ Trì, và bà Lê Thị Nga, xã Tây Mỗ.",
    ],
)
def test_no_parcel_where_its_commune_is_not_said_or_several_are_possible(text: str) -> None:
    assert found(linked(text)) == []


def test_the_only_commune_of_a_record_is_that_of_its_parcels_and_a_title_names_it_for_all() -> None:
    text = "Thửa đất số 12, tờ bản đồ số 5 đã được niêm yết."
    (own,) = found(linked(text, **COMMUNE))
    (titled,) = found(linked("Xã Tây Mỗ và xã Mễ Trì góp ý.\n\n" + text, title="cấp giấy chứng nhận tại xã Đại Mỗ"))
    assert own.id == titled.id


def test_rows_of_a_table_have_the_commune_of_their_own_line() -> None:
    rows = "TT\tTờ bản đồ\tThửa\tĐịa chỉ\n1\t5\t12\txã Đại Mỗ\n2\t6\t14\txã Tây Mỗ\n3\t7\t15\tthôn Ngang"
    units = {node.props["value"]: node.props["unit"].partition("@")[0] for node in found(linked(rows))}
    assert units == {"12": "00634", "14": "00628"}


def test_serials_and_households_are_the_same_in_the_whole_country() -> None:
    text = "Giấy chứng nhận số phát hành AB 123456; hộ kinh doanh số 01A8012345."
    here, there = linked(text), linked(text, body="QUẬN HẢI CHÂU", place="Đà Nẵng")
    for kind in ("certificate_serial", "business_household"):
        assert ids(here, kind) == ids(there, kind) != []


def test_a_register_number_is_the_districts_that_gave_it() -> None:
    own = linked("Giấy chứng nhận có số vào sổ cấp giấy chứng nhận: CH 01234.")
    same = linked("Ghi vào sổ cấp giấy chứng nhận số CH 1234 theo quy định.", year=2011)
    said = linked("Số vào sổ cấp giấy chứng nhận: CH 01234 do UBND huyện Gia Lâm cấp.")
    assert ids(own, "register_number") == ids(same, "register_number") != ids(said, "register_number") != []


def test_an_entry_is_within_its_book_and_the_commune_that_keeps_it() -> None:
    text = "Giấy khai sinh số 45, quyển số 01/1987 do UBND xã {} cấp."
    one, other = (found(linked(text.format(name)), "civil_entry") for name in ("Mỹ Đình", "Mễ Trì"))
    assert [node.props["value"] for node in (*one, *other)] == ["45", "45"]
    assert one[0].id != other[0].id
    assert (one[0].props["within"], one[0].props["year"]) == ("1-1987", "1987")
    assert found(linked("Giấy khai sinh số 45, quyển số 01 do UBND xã Mỹ Đình cấp."), "civil_entry") == []


def test_a_permit_is_within_who_gave_it_and_the_year() -> None:
    text = "Giấy phép xây dựng số 243/GPXD-UBND ngày 02/04/{} của UBND {}."
    graphs = [
        linked(text.format(*row))
        for row in ((2006, "huyện Từ Liêm"), (2007, "huyện Từ Liêm"), (2006, "quận Cầu Giấy"))
    ]
    assert len({ident for graph in graphs for ident in ids(graph, "building_permit")}) == 3
    assert found(linked("Giấy phép xây dựng số 243/GPXD-UBND đã hết hạn."), "building_permit") == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("parcel", "012", "05"), ("parcel", "12", "5"), True),
        (("parcel", "45-1", "5"), ("parcel", "451", "5"), False),
        (("parcel", "12", "51"), ("parcel", "125", "1"), False),
        (("certificate_serial", "AB123456", None), ("certificate_serial", "ab 123456", None), True),
        (("certificate_serial", "AB 012345", None), ("certificate_serial", "AB 123450", None), False),
        (("certificate_serial", "Đ 123456", None), ("certificate_serial", "D 123456", None), False),
        (("register_number", "00123 QSDĐ/TL", None), ("register_number", "123 qsdd-tl", None), True),
        (("civil_book", "01-TP/HT-2015-GH", None), ("civil_book", "1 TP-HT 2015 GH", None), True),
        (("civil_entry", "45/2015", "01-TP/HT-2015-GH"), ("civil_entry", "045", "01-TP/HT-2015-GH"), True),
        (("building_permit", "123/2009/GPXD", None), ("building_permit", "0123/GPXD", None), True),
    ],
)
def test_values_are_compared_as_they_are_written_in_usual_ways(
    one: tuple[str, str, str | None], other: tuple[str, str, str | None], same: bool
) -> None:
    told = [number_of(*row) for row in (one, other)]
    assert all(told)
    assert (len({(number.value, number.within) for number in told if number}) == 1) is same


@pytest.mark.parametrize("value", ["", "0", "٣", "½", "\u202e12", "1" * 5000, "12\x00", "{value}", "../12", "₁₂"])
def test_hostile_values_make_no_error(value: str) -> None:
    for kind in ("parcel", "civil_entry", "certificate_serial", "register_number", "nothing"):
        number = number_of(kind, value, value)
        assert number is None or number.short


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("P01-UBND-QUAN-DONG-DA/H012/008.txt", "Thửa đất số 146, tờ bản đồ số 19, phường Khâm Thiên"),
        ("P01-UBND-QUAN-DONG-DA/H030/001.txt", "Hồ sơ gốc số 1726.1991.QĐ-UB, quận Đống Đa"),
        ("P02-UBND-QUAN-HOAN-KIEM/H014/002.txt", "Giấy phép xây dựng số 243/GPXD-UBND, năm 2006, quận Hoàn Kiếm"),
        (
            "P06-UBND-PHUONG-CUA-NAM/H002/004.txt",
            "Chứng thực số 810, quyển số 02-SCT/CK,ĐC, năm 2008, phường Cửa Nam",
        ),
    ],
)
def test_papers_of_the_sample_name_them(sample: Path, source: str, named: str) -> None:
    page = extract((sample / source).read_text("utf-8"))
    graph = link_record(page, Delivered("r1", source, None, None, None, "1", "text"), load())
    assert named in {node.name for node in graph.nodes if node.kind == "identifier"}
