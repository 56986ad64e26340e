"""What the lines over a table, the sheet's name and the file's name say of its rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.custody.above import above
from kg.custody.citing import annexed, dated_line, headed
from kg.custody.facts import Target
from kg.custody.loading import read_list
from kg.custody.paper import Paper
from kg.readers.tables.grid import Row
from tests.kg.custody.making import CITY
from tests.kg.localities.making import csv_file, xlsx_file


def lines(*texts: str) -> list[Row]:
    return [Row(number, (text,)) for number, text in enumerate(texts, start=1)]


def test_the_annex_of_a_decision_tells_all_of_its_paper(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["DANH SÁCH PHÂN CÔNG CƠ QUAN TIẾP NHẬN HỒ SƠ CÓ THỜI HẠN"],
        ["(Kèm theo Quyết định số 3456/QĐ-UBND ngày 15/8/2025 của Chủ tịch UBND thành phố)"],
        ["STT", "Tên phông", "Cơ quan tiếp nhận"],
        [1, "Phông UBND quận Nam Từ Liêm", "UBND phường Từ Liêm"],
    ]
    (fact,) = read_list(xlsx_file(tmp_path, rows)).facts
    assert (fact.kind, fact.target.retention) == ("assignment", "fixed")
    assert fact.paper == Paper("Quyết định", "3456/QĐ-UBND", "2025-08-15", "Chủ tịch UBND thành phố")


def test_minutes_with_their_head(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["UBND QUẬN ĐỐNG ĐA"],
        ["Số: 07/BB-UBND", None, None, "Hà Nội, ngày 02 tháng 7 năm 2025"],
        ["BIÊN BẢN"],
        ["Giao nhận hồ sơ, tài liệu"],
        ["Căn cứ Kế hoạch số 5/KH-UBND ngày 01/06/2025 của UBND quận Đống Đa về việc bàn giao"],
        ["BÊN GIAO: UBND quận Đống Đa"],
        ["BÊN NHẬN: UBND phường Láng"],
        ["1. Tên khối tài liệu giao nộp: Phông UBND quận Đống Đa"],
        ["2. Thời gian của hồ sơ, tài liệu: 1990 - 1992"],
        ["Số TT", "Số, ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Thời gian tài liệu", "Thời hạn bảo quản", "Số tờ"],
        [1, "H001", "Quyết định", "1990", "VV", 12],
    ]
    read = read_list(xlsx_file(tmp_path, rows))
    assert [one.why for one in read.rejected] == []
    (fact,) = read.facts
    assert (fact.kind, fact.giver, fact.body) == ("handover", "UBND quận Đống Đa", "UBND phường Láng")
    assert fact.target == Target(file="H001", fonds="UBND quận Đống Đa")
    assert fact.paper == Paper("Biên bản giao nhận", "07/BB-UBND", "2025-07-02", "UBND quận Đống Đa")


def test_a_store_room_list_is_named_by_its_title(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["SỔ KHO LƯU TRỮ"],
        ["(Tính đến ngày 31/12/2025)"],
        ["TT", "Mã phông", "Hồ sơ số", "Nơi giữ"],
        [1, "P1", "H001", "UBND phường Từ Liêm"],
    ]
    (fact,) = read_list(xlsx_file(tmp_path, rows)).facts
    assert (fact.kind, fact.since) == ("store_list", "2025-12-31")
    assert fact.paper == Paper("SỔ KHO LƯU TRỮ", None, "2025-12-31", "UBND phường Từ Liêm")


def test_the_one_body_of_the_head_issued_the_decision() -> None:
    told = above(lines("ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "DANH MỤC PHÂN CÔNG"))
    assert (told.head, told.kind) == ("ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "assignment")
    assert above(lines("UBND QUẬN ĐỐNG ĐA", "PHÒNG NỘI VỤ QUẬN ĐỐNG ĐA")).head is None


def test_the_body_of_the_head_is_told_where_it_is_taken_for_the_issuer(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["UBND THÀNH PHỐ HÀ NỘI"],
        ["DANH MỤC PHÂN CÔNG"],
        ["(Kèm theo Quyết định số 12/QĐ-UBND ngày 30/09/2025)"],
        ["STT", "Mã phông", "Cơ quan tiếp nhận"],
        [1, "P1", "UBND phường Láng"],
    ]
    read = read_list(xlsx_file(tmp_path, rows))
    (fact,) = read.facts
    assert fact.paper == Paper("Quyết định", "12/QĐ-UBND", "2025-09-30", "UBND THÀNH PHỐ HÀ NỘI")
    assert [one.code for one in read.remarks] == ["issuer_of_head"]


@pytest.mark.parametrize(("name", "kind"), [("phan-cong", "assignment"), ("ban-giao", "handover"), ("du-thao", None)])
def test_the_file_s_name_tells_the_kind_where_no_title_does(tmp_path: Path, name: str, kind: str | None) -> None:
    row = ("P1", "UBND quận Đống Đa", "UBND phường Láng", "12/QĐ-UBND", "30/09/2025", CITY)
    heading = ("Mã phông", "Bên giao", "Bên nhận", "Số văn bản", "Ngày văn bản", "Cơ quan ban hành")
    read = read_list(csv_file(tmp_path, [row], heading=heading, name=f"{name}.csv"))
    assert [fact.kind for fact in read.facts] == ([kind] if kind else [])


def test_retention_of_groups_and_titles() -> None:
    assert above(lines("MỤC LỤC HỒ SƠ BẢO QUẢN VĨNH VIỄN")).values == {"retention": "vĩnh viễn"}
    assert above(lines("HỒ SƠ THỜI HẠN BẢO QUẢN 20 NĂM")).values == {"retention": "20 năm"}
    assert above(lines("HỒ SƠ VĨNH VIỄN VÀ CÓ THỜI HẠN")).values == {}


def test_groups_of_retention_hold_for_their_rows(tmp_path: Path) -> None:
    row = ("UBND phường Láng", "12/QĐ-UBND", "30/09/2025", CITY)
    rows = [
        ("I", "Hồ sơ bảo quản vĩnh viễn", "", "", "", ""),
        ("1", "P1", *row),
        ("II", "Hồ sơ bảo quản có thời hạn", "", "", "", ""),
        ("2", "P1", *row),
    ]
    heading = ("STT", "Mã phông", "Cơ quan tiếp nhận", "Số văn bản", "Ngày văn bản", "Cơ quan ban hành")
    read = read_list(csv_file(tmp_path, rows, heading=heading, name="phan-cong.csv"))
    assert [fact.target.retention for fact in read.facts] == ["permanent", "fixed"]


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("Quyết định số 4000/QĐ-UBND ngày 15/8/2025", Paper("Quyết định", "4000/QĐ-UBND", "2025-08-15", None)),
        ("Số 05/BB-UBND ngày 30/6/2025", Paper(None, "05/BB-UBND", "2025-06-30", None)),
        ("Số: 07/BB-UBND", Paper(None, "07/BB-UBND", None, None)),
        ("Số: 07/BB-UBND ngày   tháng   năm 2025", None), ("Số:      /BB-UBND", None),
        ("Căn cứ Quyết định số 4000/QĐ-UBND ngày 15/8/2025", None), ("Số lượng: 12", None),
    ],
)  # fmt: skip
def test_the_number_and_day_of_the_list_itself(text: str, paper: Paper | None) -> None:
    assert headed(text) == paper


def test_minutes_without_a_number_are_a_paper() -> None:
    line = "(Kèm theo Biên bản giao nhận ngày 28/6/2025 giữa UBND phường Phú Đô và UBND phường Từ Liêm)"
    assert annexed(line) == Paper("Biên bản giao nhận", None, "2025-06-28", None)
    assert annexed("(Kèm theo Kế hoạch bàn giao ngày 28/6/2025)") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hà Nội, ngày 02 tháng 7 năm 2025", "2025-07-02"), ("Ngày 31/12/2025", "2025-12-31"),
        ("Hà Nội, ngày     tháng     năm 2025", None), ("Quyết định ngày 02/07/2025 của UBND", None),
    ],
)  # fmt: skip
def test_a_line_of_place_and_day(text: str, day: str | None) -> None:
    assert dated_line(text) == day
