"""What the headings of lists mean: papers and bodies by their words, one column for a role, the store-room a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.custody import headings
from kg.custody.citing import annexed, cited
from kg.custody.facts import Target
from kg.custody.loading import Read, read_list
from kg.custody.paper import Paper
from kg.custody.rows import Defaults
from kg.readers.tables.heading import Label
from tests.kg.custody.making import CITY, list_csv

PAPER = ("Số văn bản", "Ngày văn bản", "Cơ quan ban hành")
ASSIGNED_BY = ("12/QĐ-UBND", "30/09/2025", CITY)


def read(folder: Path, heading: tuple[str, ...], *rows: tuple[str, ...], kind: str = "assignment") -> Read:
    return read_list(list_csv(folder, heading, *rows), defaults=Defaults(kind))


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Số văn bản", "paper_number"), ("Số, ký hiệu văn bản", "paper_number"), ("Số QĐ", "paper_number"),
        ("Số và ký hiệu văn bản", "paper_number"), ("Số quyết định phân công", "paper_number"),
        ("Văn bản số", "paper_number"), ("Số công văn", "paper_number"), ("Số BB bàn giao", "paper_number"),
        ("Quyết định số", "paper_number"), ("Số hiệu văn bản", "paper_number"), ("Căn cứ", "paper"),
        ("Văn bản phân công", "paper"), ("Căn cứ pháp lý", "paper"), ("Quyết định (số, ngày)", "paper"),
        ("Số, ngày quyết định", "paper"), ("Biên bản giao nhận", "paper"), ("Ngày QĐ", "paper_date"),
        ("Ngày, tháng, năm văn bản", "paper_date"), ("Ngày biên bản", "paper_date"), ("Tên văn bản", "paper_name"),
        ("Cơ quan ban hành văn bản", "issuer"), ("Nơi nhận", "body"), ("Tên cơ quan tiếp nhận", "body"),
        ("Cơ quan, đơn vị được phân công", "body"), ("Đơn vị nhận bàn giao", "body"), ("Nơi giữ", "holder"),
        ("Cơ quan, tổ chức đang quản lý", "holder"), ("Nơi lưu trữ", "holder"), ("Kho", "room"), ("Kho số", "room"),
        ("Đơn vị giao nộp", "giver"), ("Đơn vị bảo quản", "file"), ("Số hồ sơ", "file"), ("Mã hồ sơ (nếu có)", "file"),
        ("Tên phông", "fonds_name"), ("Mã phông", "fonds"), ("Số tờ", None), ("Số lượng", None), ("Tiêu đề hồ sơ", None), ("Diện tích", None),
        ("Số", None), ("Tên", None), ("", None),
    ],
)  # fmt: skip
def test_what_a_heading_means(label: str, role: str | None) -> None:
    found = headings.meaning(Label(label))
    assert (found[0] if found else None) == role


@pytest.mark.parametrize(
    ("over", "own", "role"),
    [
        ("Văn bản phân công", "Số", "paper_number"), ("Văn bản phân công", "Ngày", "paper_date"),
        ("Văn bản", "Cơ quan ban hành", "issuer"), ("Phông", "Mã", "fonds"), ("Hồ sơ", "Số", "file"),
        ("Cơ quan", "giao", "giver"), ("Cơ quan", "nhận", "body"), ("Thông tin chung", "Mã phông", "fonds"),
        ("Hồ sơ", "Tiêu đề", None),
    ],
)  # fmt: skip
def test_what_stands_above_says_what_a_heading_is_of(over: str, own: str, role: str | None) -> None:
    found = headings.meaning(Label(own, over))
    assert (found[0] if found else None) == role


@pytest.mark.parametrize(
    ("kind", "columns", "body", "place"),
    [
        ("assignment", ("Kho", "Nơi giữ", "Nơi nhận"), "Nơi nhận", "Kho"),
        ("assignment", ("Nơi nhận", "Kho"), "Nơi nhận", "Kho"),
        ("handover", ("Kho", "Nơi nhận", "Nơi giữ"), "Nơi nhận", "Kho"),
        ("store_list", ("Kho", "Nơi nhận", "Nơi giữ"), "Nơi giữ", "Kho"),
        ("store_list", ("Kho", "Nơi nhận"), "Nơi nhận", "Kho"),
        ("store_list", ("Kho",), "Kho", None),
        ("assignment", ("Nơi giữ",), "Nơi giữ", None),
    ],
)
def test_a_store_room_is_a_place_and_a_body_only_where_nothing_else_is(
    tmp_path: Path, kind: str, columns: tuple[str, ...], body: str, place: str | None
) -> None:
    cells = [f"{column} 1" for column in columns]
    found = read(tmp_path, ("Mã phông", *columns, *PAPER), ("P1", *cells, *ASSIGNED_BY), kind=kind)
    (fact,) = found.facts
    assert (fact.body, fact.place) == (f"{body} 1", f"{place} 1" if place else None)
    source = {"Nơi nhận": "body", "Nơi giữ": "holder", "Kho": "room"}[body]
    assert dict(found.body_from) == {source: 1}


def test_of_two_columns_with_one_role_the_better_is_taken_and_the_other_told(tmp_path: Path) -> None:
    heading = ("Tên phông", "Mã phông", "Nơi nhận", "Cơ quan tiếp nhận", "Màu bìa", *PAPER)
    found = read(tmp_path, heading, ("UBND quận X", "P1", "Kho A", "UBND phường Láng", "đỏ", *ASSIGNED_BY))
    (fact,) = found.facts
    assert (fact.target.fonds, fact.target.creator, fact.body) == ("P1", "UBND quận X", "UBND phường Láng")
    told = found.columns[0].to_json()
    assert told["left"] == [
        {"heading": "Nơi nhận", "column": "C", "role": "body", "instead": "Cơ quan tiếp nhận"},
    ]
    assert [column["heading"] for column in told["unknown"]] == ["Màu bìa"]
    used = {column["role"]: column["heading"] for column in told["used"]}
    assert (used["fonds"], used["paper_number"]) == ("Mã phông", "Số văn bản")
    named = read_list(
        list_csv(tmp_path, heading, ("UBND quận X", "P1", "Kho A", "UBND phường Láng", "đỏ", *ASSIGNED_BY)),
        columns={"body": "Nơi nhận"},
        defaults=Defaults("assignment"),
    )
    assert named.facts[0].body == "Kho A"  # who loads it knows better


@pytest.mark.parametrize(
    ("beside", "file"), [("Mét giá", None), ("Số hộp", None), ("Quy ra mét giá (m)", None), ("Số tờ", "120"), ("Hộp số", "120")]
)  # fmt: skip
def test_beside_quantities_a_number_of_files_is_no_file(tmp_path: Path, beside: str, file: str | None) -> None:
    heading = ("Mã phông", "Số hồ sơ", beside, "Cơ quan tiếp nhận", *PAPER)
    found = read(tmp_path, heading, ("P1", "120", "12", "UBND phường Láng", *ASSIGNED_BY))
    assert found.facts[0].target == Target(file=file, fonds="P1")


WHOLE = Paper("Quyết định", "12/QĐ-UBND", "2025-09-30", "UBND thành phố Hà Nội")


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("Quyết định số 12/QĐ-UBND ngày 30/09/2025 của UBND thành phố Hà Nội", WHOLE),
        ("QĐ số 12/QĐ-UBND ngày 30 tháng 9 năm 2025 của UBND thành phố Hà Nội", WHOLE),
        ("Quyết định số 12/QĐ-UBND ngày 30/9/2025, UBND thành phố Hà Nội", WHOLE),
        ("12/QĐ-UBND, 30/09/2025", Paper("Quyết định", "12/QĐ-UBND", "2025-09-30", None)),
        ("Biên bản giao nhận số 07/BB-UBND ngày 02/07/2025",
         Paper("Biên bản giao nhận", "07/BB-UBND", "2025-07-02", None)),
        ("Biên bản số 07 ngày 02/7/2025", Paper("Biên bản", "07", "2025-07-02", None)),
        ("01/BBGN ngày 1/8/2025", Paper(None, "01/BBGN", "2025-08-01", None)),
        ("Sổ kho năm 2025", Paper("Sổ kho năm 2025", None, None, None)),
        ("Kho 3/2025", Paper("Kho 3/2025", None, None, None)),
        ("Quyết định số 12/QĐ-UBND ngày 31/02/2025", Paper("Quyết định", "12/QĐ-UBND", None, None)),
    ],
)  # fmt: skip
def test_a_paper_cited_in_one_cell(text: str, paper: Paper) -> None:
    assert cited(text) == paper


def test_the_paper_that_a_list_is_an_annex_of() -> None:
    line = "(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 30/09/2025 của UBND thành phố Hà Nội)"
    assert annexed(line) == WHOLE
    assert annexed("(Kèm theo Quyết định số      /QĐ-UBND ngày    /    /2025 của UBND thành phố)") is None
    assert annexed("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/03/2020 của Chính phủ") is None


@pytest.mark.parametrize("label", ["Căn cứ", "Văn bản phân công", "Số văn bản", "Quyết định (số, ngày)"])
def test_a_whole_citation_in_a_column_is_the_paper(tmp_path: Path, label: str) -> None:
    text = "Quyết định số 12/QĐ-UBND ngày 30/09/2025 của UBND thành phố Hà Nội"
    (fact,) = read(tmp_path, ("Mã phông", "Cơ quan tiếp nhận", label), ("P1", "UBND phường Láng", text)).facts
    assert (fact.paper, fact.since) == (WHOLE, "2025-09-30")


def test_a_citation_of_a_day_to_come_is_refused(tmp_path: Path) -> None:
    row = ("P1", "UBND phường Láng", "Quyết định số 12/QĐ-UBND ngày 30/09/2199 của UBND thành phố Hà Nội")
    found = read(tmp_path, ("Mã phông", "Cơ quan tiếp nhận", "Căn cứ"), row)
    assert (len(found.facts), len(found.rejected)) == (0, 1)
