"""A row never means more than its cells say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.custody.facts import Target
from kg.custody.loading import Read, read_list
from kg.custody.narrowing import boxes, is_silent, within
from kg.custody.packing import decoded, encoded
from kg.custody.remarks import CODES, OF_FACTS
from kg.custody.rows import Defaults
from kg.custody.runs import codes
from kg.localities.rows import BadRow
from kg.messages import knows
from kg.model import File
from tests.kg.custody.making import CITY, list_csv
from tests.kg.localities.making import xlsx_file

PAPER = ("Bên nhận", "Số văn bản", "Ngày văn bản", "Cơ quan ban hành")
BY = ("UBND phường Láng", "12/QĐ-UBND", "30/09/2025", CITY)


def read(folder: Path, heading: tuple[str, ...], *rows: tuple[str, ...], kind: str = "assignment") -> Read:
    path = list_csv(folder, (*heading, *PAPER), *((*row, *BY) for row in rows), name="danh sach.csv")
    return read_list(path, defaults=Defaults(kind))


def target(folder: Path, heading: tuple[str, ...], row: tuple[str, ...]) -> Target:
    found = read(folder, heading, row)
    assert [one.why for one in found.rejected] == []
    (fact,) = found.facts
    return fact.target


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        (("Mã phông", "Hồ sơ số"), ("P1", "")), (("Mục lục số", "Hồ sơ số"), ("F1/1", "")),
        (("Mã phông", "Mục lục số"), ("P1", "")), (("Cấp", "Mã phông"), ("huyện", "")),
        (("Cấp", "Đơn vị hình thành phông", "Mã phông"), ("huyện", "", "")),
    ],
)  # fmt: skip
def test_an_empty_cell_is_not_all(tmp_path: Path, heading: tuple[str, ...], row: tuple[str, ...]) -> None:
    found = read(tmp_path, heading, row)
    assert (len(found.facts), len(found.rejected)) == (0, 1)
    said = tuple("toàn bộ" if cell == "" and at == len(row) - 1 else cell for at, cell in enumerate(row))
    assert len(read(tmp_path, heading, said).facts) == 1


@pytest.mark.parametrize("cell", ["-", "…", ",", "/", "."])
def test_a_dash_is_not_all(tmp_path: Path, cell: str) -> None:
    assert [one.row for one in read(tmp_path, ("Mã phông", "Hồ sơ số"), ("P1", cell)).rejected] == [2]
    (told,) = read(tmp_path, ("Mã phông", "Thời hạn bảo quản"), ("P1", cell)).remarks
    assert told.code == "open_condition"


def test_a_creator_stands_for_the_code_of_its_fonds(tmp_path: Path) -> None:
    heading = ("Mã phông", "Đơn vị hình thành phông")
    assert target(tmp_path, heading, ("", "UBND quận Đống Đa")) == Target(creator="UBND quận Đống Đa")
    assert target(tmp_path, heading, ("P1", "")) == Target(fonds="P1")


def test_a_formula_without_a_value_refuses_its_row(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Mã phông", "Hồ sơ số", *PAPER], ["P1", '="H"&"001"', *BY], ["P1", "H002", *BY]]
    found = read_list(xlsx_file(tmp_path, rows), defaults=Defaults("assignment"))
    assert ([fact.target.file for fact in found.facts], [one.row for one in found.rejected]) == (["H002"], [2])


@pytest.mark.parametrize("heading", [("Cấp", "Hồ sơ số"), ("Hồ sơ số",), ("Khối", "Hồ sơ số")])
def test_a_number_is_no_number_of_every_fonds(tmp_path: Path, heading: tuple[str, ...]) -> None:
    cells = {"Cấp": "huyện", "Khối": "Đảng", "Hồ sơ số": "H001"}
    found = read(tmp_path, heading, tuple(cells[one] for one in heading))
    assert (len(found.facts), len(found.rejected)) == (0, 1)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Vĩnh viễn", [("permanent", None)]), ("VV", [("permanent", None)]), ("Có thời hạn", [("fixed", None)]),
        ("70 năm", [("fixed", "70 năm")]), ("20", [("fixed", "20 năm")]), ("Lâu dài", [("fixed", "lâu dài")]),
        ("10 năm, 20 năm", [("fixed", "10 năm"), ("fixed", "20 năm")]), ("tất cả", [(None, None)]),
        ("từ 20 năm trở lên", None), ("dưới 70 năm", None), ("20 hoặc 30", None), ("lâu", None),
    ],
)  # fmt: skip
def test_the_term_of_a_decision_is_kept(
    tmp_path: Path, cell: str, told: list[tuple[str | None, str | None]] | None
) -> None:
    found = read(tmp_path, ("Mã phông", "Thời hạn bảo quản"), ("P1", cell))
    got = [(fact.target.retention, fact.target.term) for fact in found.facts]
    assert got == (told or [])
    assert len(found.rejected) == (told is None)


@pytest.mark.parametrize(
    ("label", "cell", "told"),
    [
        ("Thời gian tài liệu", "1990-1992", {"years": "1990/1992"}), ("Từ năm", "1990", {"years": "1990/"}),
        ("Đến năm", "1992", {"years": "/1992"}), ("Hộp số", "12", {"box": "12"}), ("Hộp/cặp số", "3-5", {"box": "3-5"}),
        ("Loại hồ sơ", "Hồ sơ có thời hạn", {"retention": "fixed"}),
        ("Loại hồ sơ", "Hồ sơ thời hạn bảo quản 20 năm", {"retention": "fixed", "term": "20 năm"}),
        ("Loại tài liệu", "điện tử", {"carrier": "digital"}), ("Loại hồ sơ", "toàn bộ", {}),
    ],
)  # fmt: skip
def test_what_narrows_a_row_is_kept(tmp_path: Path, label: str, cell: str, told: dict[str, str]) -> None:
    assert target(tmp_path, ("Mã phông", label), ("P1", cell)) == Target(fonds="P1", **told)


@pytest.mark.parametrize(
    ("label", "cell"),
    [
        ("Loại hồ sơ", "Hồ sơ địa chính"), ("Số hộp", "12"), ("Thời gian tài liệu", "trước đây"),
        ("Thời gian tài liệu", "1992-1990"),
    ],
)  # fmt: skip
def test_what_narrows_and_cannot_be_compared_is_refused(tmp_path: Path, label: str, cell: str) -> None:
    assert [one.row for one in read(tmp_path, ("Mã phông", label), ("P1", cell)).rejected] == [2]
    told = target(tmp_path, ("Mã phông", "Hồ sơ số", label), ("P1", "H1", cell))
    assert told == Target(file="H1", fonds="P1")  # of a single file it is a description


def test_columns_that_are_not_known_are_told_where_they_may_narrow(tmp_path: Path) -> None:
    heading = ("Mã phông", "Hồ sơ số", "Đợt", "Tiêu đề hồ sơ")
    found = read(tmp_path, heading, ("P1", "toàn bộ", "2", "Công văn"), ("P1", "H1", "2", "Công văn"))
    assert [(one.code, one.about, one.lines) for one in found.remarks] == [("unread_column", "Đợt", ((None, 2),))]


def test_conditions_left_open_are_told(tmp_path: Path) -> None:
    found = read(tmp_path, ("Mã phông", "Thời hạn bảo quản"), ("P1", ""), ("P2", "VV"))
    assert [(one.code, one.about, one.lines) for one in found.remarks] == [
        ("open_condition", "Thời hạn bảo quản", ((None, 2),))
    ]


def test_the_files_that_the_paper_counts_are_kept(tmp_path: Path) -> None:
    found = read(tmp_path, ("Mã phông", "Số lượng hồ sơ"), ("P1", "1.250 hồ sơ"), ("P2", "2 hộp"))
    assert [fact.files for fact in found.facts] == [1250, None]


@pytest.mark.parametrize(
    ("cell", "files"),
    [
        ("H001-H004", ("H001", "H002", "H003", "H004")), ("H001 – 003", ("H001", "H002", "H003")),
        ("08-10", ("08", "09", "10")), ("từ số 1 đến số 3", ("1", "2", "3")), ("H001, H002", ("H001", "H002")),
        ("1; 3; 5-6", ("1", "3", "5", "6")), ("12-2005", ("12-2005",)), ("01-TP/HT-2015-GH", ("01-TP/HT-2015-GH",)),
        ("P01/1/12", ("P01/1/12",)), ("Hồ sơ A, B", ("Hồ sơ A, B",)), ("1999-2001", ("1999", "2000", "2001")),
        ("A1-B4", ("A1-B4",)),
    ],
)  # fmt: skip
def test_runs_of_files(cell: str, files: tuple[str, ...]) -> None:
    assert codes(cell) == files


def test_a_run_that_is_a_slip_is_refused() -> None:
    for cell in ("H004-H001", "1-900000"):
        with pytest.raises(BadRow):
            codes(cell)


def test_a_row_of_several_files_is_as_many_facts(tmp_path: Path) -> None:
    found = read(tmp_path, ("Mã phông", "Hồ sơ số"), ("P1", "H001-H003"))
    assert [fact.target.file for fact in found.facts] == ["H001", "H002", "H003"]
    assert [(one.code, one.about, one.value) for one in found.remarks] == [("several_files", "H001-H003", "3")]


@pytest.mark.parametrize(
    ("years", "box", "inside"),
    [
        ("1990/1992", None, True), ("1990/1991", None, False), ("1991/", None, False), ("/1992", None, True),
        (None, "7", True), (None, "1-6", False), (None, "hộp 5-8", False), ("1990/1992", "7", True), (None, None, True),
    ],
)  # fmt: skip
def test_files_within_years_and_boxes(years: str | None, box: str | None, inside: bool) -> None:
    file = File("P1/1/1", "P1", since="1990-05-01", until="1992", box="Hộp 07")
    assert within(Target(fonds="P1", years=years, box=box), file) is inside


def test_a_file_of_which_nothing_is_known_lies_in_no_years_and_no_box() -> None:
    bare = File("P1/1/1", "P1")
    assert not within(Target(fonds="P1", years="1990/1992"), bare)
    assert not within(Target(fonds="P1", box="1"), bare)
    assert not within(Target(fonds="P1", box="1"), None)
    assert is_silent(Target(fonds="P1", years="1990/1992"), bare)
    assert not is_silent(Target(fonds="P1", years="1990/1992"), File("P1/1/2", "P1", since="1980"))
    assert not is_silent(Target(fonds="P1"), bare)
    assert boxes("3, 5-6 và A2") == {"3", "5", "6", "a2"}


def test_a_condition_left_open_stays_with_the_fact(tmp_path: Path) -> None:
    heading = ("Mã phông", "Hồ sơ số", "Thời hạn bảo quản")
    found = read(tmp_path, heading, ("P1", "toàn bộ", ""), ("P2", "toàn bộ", "tất cả"), ("P3", "H1", ""))
    assert [fact.remarks for fact in found.facts] == [("open_condition",), (), ()]
    assert [fact.target.retention for fact in found.facts] == [None, None, None]


def test_bloc_and_unit_of_a_fonds_are_no_conditions(tmp_path: Path) -> None:
    assert read(tmp_path, ("Mã phông", "Khối"), ("P1", "")).facts[0].remarks == ()
    assert read(tmp_path, ("Cấp", "Khối"), ("huyện", "")).facts[0].remarks == ("open_condition",)


def test_a_term_that_the_kind_of_records_tells_is_not_open(tmp_path: Path) -> None:
    heading = ("Mã phông", "Loại hồ sơ", "Thời hạn bảo quản")
    (fact,) = read(tmp_path, heading, ("P1", "Hồ sơ có thời hạn", "")).facts
    assert (fact.target.retention, fact.remarks) == ("fixed", ())


def test_remarks_are_kept_in_the_store(tmp_path: Path) -> None:
    found = read(tmp_path, ("Mã phông", "Thời hạn bảo quản"), ("P1", ""), ("P2", "VV"))
    kept = decoded(json.loads(json.dumps(encoded("l", 0, found.facts))))
    assert list(kept) == [replace(fact, id=f"l#{number}") for number, fact in enumerate(found.facts, start=1)]


def test_facts_of_earlier_stores_have_no_remarks(tmp_path: Path) -> None:
    (fact,) = read(tmp_path, ("Mã phông",), ("P1",)).facts
    chunk = encoded("l", 0, [fact])
    chunk["facts"] = [row[:-1] for row in chunk["facts"]]
    assert next(decoded(chunk)) == replace(fact, id="l#1")


def test_every_remark_that_stays_has_its_words() -> None:
    for code in OF_FACTS:
        assert code in CODES
        assert knows(f"to_check_{code}")
