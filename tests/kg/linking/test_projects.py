"""Projects named in records are entities that the papers of one project share."""

from __future__ import annotations

from kg.linking.draft import Delivered
from kg.linking.record import link_record
from kg.model import Fonds, RecordGraph
from nlp import extract
from ontology.registry import load

PAGE = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{body}                   Độc lập - Tự do - Hạnh phúc
Số: {number}/QĐ-UBND            {place}, ngày 12 tháng 5 năm 2009

                QUYẾT ĐỊNH
Về việc thu hồi đất thực hiện dự án cải tạo, mở rộng đường Quang Thắng

Căn cứ Luật Đất đai ngày 26 tháng 11 năm 2003;
Điều 1. Thu hồi 120 m2 đất để thực hiện dự án cải tạo, mở rộng đường Quang Thắng của Ban Quản lý dự án.
"""


def linked(record: str, body: str, place: str, unit: str) -> RecordGraph:
    page = extract(PAGE.format(body=body, number=len(body), place=place))
    fonds = Fonds("P1", body, "district", "government", unit=unit)
    return link_record(page, Delivered(record, f"{record}.txt", fonds, None, None, "1", "text"), load())


def projects(graph: RecordGraph) -> dict[str, str]:
    return {node.id: node.name for node in graph.nodes if node.kind == "project"}


def test_district_and_ward_of_a_province_speak_of_one_project_and_other_provinces_of_another() -> None:
    district = linked("r1", "QUẬN ĐỐNG ĐA", "Đống Đa", "006@1996-11-22")
    ward = linked("r2", "PHƯỜNG CỬA NAM", "Cửa Nam", "00073@1981-01-03")
    elsewhere = linked("r3", "QUẬN HẢI CHÂU", "Hải Châu", "492@2007-12-17")

    assert list(projects(district).values()) == ["Cải tạo, mở rộng đường Quang Thắng"]
    assert projects(district) == projects(ward)
    assert projects(district).keys().isdisjoint(projects(elsewhere))


def test_each_mention_is_a_link_with_its_passage() -> None:
    graph = linked("r1", "QUẬN ĐỐNG ĐA", "Đống Đa", "006@1996-11-22")
    (project,) = projects(graph)

    passages = [edge.text for edge in graph.edges if edge.target == project]

    assert passages == ["cải tạo, mở rộng đường Quang Thắng"] * 2
