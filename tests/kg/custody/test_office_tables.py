"""Lists as offices make them: what stands over, between and below the rows, and files as spreadsheet programs write."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kg.custody.facts import Target
from kg.custody.loading import read_list
from kg.custody.paper import Paper
from kg.custody.rows import Defaults
from kg.errors import Unreadable
from tests.kg.custody.making import CITY
from tests.kg.localities.making import csv_file, xlsx_file

HEADING = ("STT", "Mã phông", "Hồ sơ số", "Nơi nhận", "Số văn bản", "Ngày văn bản", "Cơ quan ban hành")
GOOD = ("1", "P1", "01", "UBND phường Láng", "12/QĐ-UBND", "30/09/2025", CITY)
ASSIGNMENT = Defaults("assignment")

PRINTED: list[list[object]] = [
    ["UBND THÀNH PHỐ HÀ NỘI", None, None, None, None, None, None],
    ["DANH MỤC PHÂN CÔNG CƠ QUAN TIẾP NHẬN TÀI LIỆU", None, None, None, None, None, None],
    ["(Kèm theo Quyết định số 12/QĐ-UBND ngày 30/09/2025 của Ủy ban nhân dân thành phố Hà Nội)"],
    ["STT", "Phông", None, "Cơ quan tiếp nhận", "Thời gian", "Số lượng", None],
    [None, "Mã", "Tên", None, None, "Hồ sơ", "Mét"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
    ["I", "KHỐI QUẬN", None, None, None, None, None],
    [1, "P1", "UBND quận Đống Đa", "UBND phường Đống Đa", "1981-2025", 120, 12.5],
    [2, "P2", "Công an quận Đống Đa", "Công an thành phố Hà Nội", "1981-2025", 30, 3],
    [None, "Cộng khối quận", None, None, None, 150, 15.5],
    ["Tổng cộng", None, None, None, None, 150, 15.5],
    [None, None, None, "Hà Nội, ngày 30 tháng 9 năm 2025", None, None, None],
    [None, "NGƯỜI LẬP", None, "KT. CHỦ TỊCH", None, None, None],
    [None, "(Ký, ghi rõ họ tên)", None, None, None, None, None],
    [None, "Nguyễn Văn A", None, "Trần Văn B", None, None, None],
]
MERGED = ("A1:G1", "A2:G2", "A3:G3", "A4:A5", "B4:C4", "D4:D5", "E4:E5", "F4:G4", "B7:G7", "A11:E11")


def test_a_printed_annex_with_a_heading_of_two_lines(tmp_path: Path) -> None:
    read = read_list(xlsx_file(tmp_path, PRINTED, merged=MERGED))
    assert [one.why for one in read.rejected] == []
    paper, years = Paper("Quyết định", "12/QĐ-UBND", "2025-09-30", CITY), "1981/2025"
    assert [(fact.kind, fact.target, fact.body, fact.paper) for fact in read.facts] == [
        ("assignment", Target(fonds="P1", creator="UBND quận Đống Đa", years=years), "UBND phường Đống Đa", paper),
        (
            "assignment",
            Target(fonds="P2", creator="Công an quận Đống Đa", years=years),
            "Công an thành phố Hà Nội",
            paper,
        ),
    ]
    assert [fact.files for fact in read.facts] == [120, 30]  # 120 files are no file
    assert read.taken == (("Sheet", 8), ("Sheet", 9))
    assert [row for _, row in read.unread] == [7, 10, 11, 12, 13, 14, 15]
    told = read.columns[0].to_json()
    assert told["row"] == 5
    assert (told["above"]["kind"], told["above"]["paper"]["number"]) == ("assignment", "12/QĐ-UBND")


def test_the_same_table_as_csv(tmp_path: Path) -> None:
    rows = [["" if cell is None else str(cell) for cell in row] for row in PRINTED]
    read = read_list(csv_file(tmp_path, rows[1:], heading=rows[0]))
    assert ([fact.target.fonds for fact in read.facts], read.rejected) == (["P1", "P2"], ())


def test_names_below_a_signature_are_no_fact_though_the_paper_is_given(tmp_path: Path) -> None:
    """Under "who" and "to whom" two signers look like a row."""
    rows = [
        ["UBND quận Đống Đa", "UBND phường Láng"],
        ["Công an quận Đống Đa", "Công an thành phố Hà Nội"],  # no total, though "cộng" folds to its first word
        ["Tổng cộng", "2 cơ quan"],
        ["NGƯỜI LẬP", "GIÁM ĐỐC"],
        ["Nguyễn Văn A", "Trần Văn B"],
    ]
    path = csv_file(tmp_path, rows, heading=("Đơn vị hình thành phông", "Cơ quan tiếp nhận"))
    given = Defaults("assignment", None, "12/QĐ-UBND", "2025-09-30", CITY)
    read = read_list(path, defaults=given)
    assert [fact.target.creator for fact in read.facts] == ["UBND quận Đống Đa", "Công an quận Đống Đa"]
    assert [row for _, row in read.unread] == [4, 5, 6]


def test_a_numbered_row_below_a_signature_is_read(tmp_path: Path) -> None:
    rows = [GOOD, ("", "NGƯỜI LẬP", "", "", "", "", ""), ("2", "P2", *GOOD[2:]), ("3", "P3", *GOOD[2:5], "", "")]
    read = read_list(csv_file(tmp_path, rows, heading=HEADING), defaults=ASSIGNMENT)
    assert [fact.target.fonds for fact in read.facts] == ["P1", "P2"]
    assert [one.row for one in read.rejected] == [5]


def test_what_stands_over_the_table_holds_for_its_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["BIÊN BẢN GIAO NHẬN HỒ SƠ"],
        ["Bên giao: UBND phường Hàng Bạc", None, "Bên nhận:", "UBND phường Hoàn Kiếm"],
        ["Phông số: F1", "Mục lục số 2"],
        ["STT", "Hồ sơ số", "Tiêu đề hồ sơ", "Biên bản"],
        [1, "12", "Quyết định", "07/BB-UBND ngày 02/07/2025"],
    ]
    read = read_list(xlsx_file(tmp_path, rows))
    (fact,) = read.facts
    assert (fact.kind, fact.giver, fact.body) == ("handover", "UBND phường Hàng Bạc", "UBND phường Hoàn Kiếm")
    assert (fact.target.fonds, fact.target.inventory, fact.target.file) == ("F1", "2", "12")
    assert fact.paper == Paper("Biên bản", "07/BB-UBND", "2025-07-02", "UBND phường Hàng Bạc")


MINUTES: list[list[object]] = [
    ["UBND PHƯỜNG HÀNG BẠC", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["Số: 07/BB-UBND", None, None, "Hà Nội, ngày 02 tháng 7 năm 2025"],
    ["BIÊN BẢN"],
    ["Giao nhận hồ sơ, tài liệu"],
    ["Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ;"],
    ["BÊN GIAO: Ủy ban nhân dân phường Hàng Bạc"],
    ["Ông (bà): Nguyễn Văn A", None, "Chức vụ công tác: Văn thư"],
    ["BÊN NHẬN: Ủy ban nhân dân phường Hoàn Kiếm"],
    ["1. Tên khối tài liệu giao nộp: Phông UBND phường Hàng Bạc"],
    ["Số TT", "Hồ sơ số/ĐVBQ", "Tiêu đề hồ sơ", "Thời hạn bảo quản", "Số tờ/Số trang", "Ghi chú"],
    [1, "01", "Quyết định năm 2012", "Vĩnh viễn", 20, None],
    [2, "02", "Thu chi", "đến khi hết hiệu lực hoặc thay thế", 31, "rách"],
    ["Mục lục này gồm: 2 hồ sơ (đơn vị bảo quản)"],
    ["Viết bằng chữ: hai hồ sơ"],
    ["ĐẠI DIỆN BÊN GIAO", None, None, "ĐẠI DIỆN BÊN NHẬN"],
    ["(Ký và ghi rõ họ và tên)", None, None, "(Ký và ghi rõ họ và tên)"],
    ["Nguyễn Văn A", None, None, "Trần Văn B"],
]


def test_minutes_are_their_own_paper(tmp_path: Path) -> None:
    read = read_list(xlsx_file(tmp_path, MINUTES))
    assert read.rejected == ()
    body = "Ủy ban nhân dân phường Hoàn Kiếm"
    paper = Paper("Biên bản giao nhận", "07/BB-UBND", "2025-07-02", "Ủy ban nhân dân phường Hàng Bạc")
    assert [(fact.kind, fact.body, fact.paper, fact.note) for fact in read.facts] == [
        ("handover", body, paper, None), ("handover", body, paper, "rách"),
    ]  # fmt: skip
    named = [Target(file=number, fonds="UBND phường Hàng Bạc") for number in ("01", "02")]
    assert [fact.target for fact in read.facts] == named  # a term beside a file does not narrow it


def test_a_sheet_without_a_heading_is_told(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [HEADING, GOOD])
    book = load_workbook(path)
    book.create_sheet("Tiếp").append(["3", "P3", "", "UBND phường Láng"])
    book.create_sheet("Trống")
    book.save(path)
    assert read_list(path, defaults=ASSIGNMENT).sheets_left == ("Tiếp",)


def test_the_fonds_of_a_group_holds_for_its_rows(tmp_path: Path) -> None:
    heading = ("STT", "Hồ sơ số", "Nơi nhận", "Số văn bản", "Ngày văn bản", "Cơ quan ban hành")
    row = ("01", "UBND phường Láng", *GOOD[4:])
    rows = [
        ("1", *row),
        ("I", "Phông UBND quận Đống Đa", "", "", "", ""),
        ("1", *row),
        ("II", "Phông Hội đồng nhân dân quận Đống Đa", "", "", "", ""),
        ("1", *row),
    ]
    read = read_list(csv_file(tmp_path, rows, heading=heading), defaults=ASSIGNMENT)
    assert [fact.target.fonds for fact in read.facts] == ["UBND quận Đống Đa", "Hội đồng nhân dân quận Đống Đa"]
    assert [one.row for one in read.rejected] == [2]  # a number, of no fonds


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("hồ sơ số 12 mục lục 3 phông UBND quận Đống Đa", ("12", "3", "UBND quận Đống Đa")),
        ("HS số 12, ML số 03, Phông số 31", ("12", "03", "31")),
        ("Phông 31 / Mục lục 3 / ĐVBQ 12", ("12", "3", "31")),
        ("Hồ sơ 12a (phông P31)", ("12a", None, "P31")),
        ("P31-ubnd//P31.H001", ("P31-ubnd//P31.H001", None, None)),
    ],
)
def test_a_file_named_in_words(tmp_path: Path, text: str, parts: tuple[str | None, ...]) -> None:
    heading = ("Mã hồ sơ", "Nơi nhận", "Số văn bản", "Ngày văn bản", "Cơ quan ban hành")
    read = read_list(csv_file(tmp_path, [(text, *GOOD[3:])], heading=heading), defaults=ASSIGNMENT)
    (fact,) = read.facts
    assert (fact.target.file, fact.target.inventory, fact.target.fonds) == parts


def as_cp1258(text: str) -> str:
    """Text as Windows-1258 can hold it: tones as marks of their own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    found = ""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        found += unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        found += "".join(part for part in parts if part in tones)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_as_spreadsheet_programs_write_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([HEADING, GOOD])
    path = tmp_path / "a.csv"
    shown = as_cp1258(text.getvalue()) if encoding == "cp1258" else text.getvalue()
    path.write_bytes(shown.encode(encoding))
    (fact,) = read_list(path, defaults=ASSIGNMENT).facts
    assert (fact.target.fonds, fact.body, fact.paper.issuer) == ("P1", "UBND phường Láng", CITY)


def test_accents_as_characters_of_their_own(tmp_path: Path) -> None:
    def apart(cells: Sequence[str]) -> list[str]:
        return [unicodedata.normalize("NFD", cell) for cell in cells]

    rows = [apart(GOOD), apart(("", "Tổng cộng", "1", "", "", "", ""))]
    read = read_list(csv_file(tmp_path, rows, heading=apart(HEADING)), defaults=ASSIGNMENT)
    assert ([fact.body for fact in read.facts], read.rejected) == (["UBND phường Láng"], ())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_file_under_another_suffix_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("HOSO_LANG", lang)
    text = csv_file(tmp_path, [GOOD], heading=HEADING)
    renamed = text.rename(tmp_path / "bang.xlsx")
    with pytest.raises(Unreadable, match=r"CSV.*\.csv"):
        read_list(renamed)
    book = xlsx_file(tmp_path, [HEADING, GOOD], name="so.xlsx").rename(tmp_path / "so.csv")
    with pytest.raises(Unreadable, match=r"\.xlsx"):
        read_list(book)


def test_two_tables_on_one_sheet(tmp_path: Path) -> None:
    other = (
        "STT",
        "Đơn vị hình thành phông",
        "Số văn bản",
        "Nơi nhận",
        "Ngày văn bản",
        "Cơ quan ban hành",
        "Ghi chú",
    )
    rows = [
        HEADING,
        GOOD,
        ("", "NGƯỜI LẬP", "", "", "", "", ""),
        other,
        ("1", "UBND quận Đống Đa", "13/QĐ-UBND", "UBND phường Đống Đa", "30/09/2025", CITY, ""),
    ]
    read = read_list(csv_file(tmp_path, rows[1:], heading=rows[0]), defaults=ASSIGNMENT)
    assert read.rejected == ()
    assert [(fact.target, fact.body, fact.paper.number) for fact in read.facts] == [
        (Target(file="01", fonds="P1"), "UBND phường Láng", "12/QĐ-UBND"),
        (Target(creator="UBND quận Đống Đa"), "UBND phường Đống Đa", "13/QĐ-UBND"),
    ]
    assert [one.row for one in read.columns] == [1, 4]


@pytest.mark.parametrize("column", ["Nơi giữ", "Kho"])
def test_who_holds_a_file_is_not_who_receives_it_where_that_is_left_empty(tmp_path: Path, column: str) -> None:
    heading = ("Mã phông", column, "Nơi nhận", "Số văn bản", "Ngày văn bản", "Cơ quan ban hành")
    rows = [("P1", "Trung tâm Lưu trữ", "", *GOOD[4:]), ("P2", "Trung tâm Lưu trữ", *GOOD[3:])]
    read = read_list(csv_file(tmp_path, rows, heading=heading), defaults=ASSIGNMENT)
    assert [fact.body for fact in read.facts] == ["UBND phường Láng"]
    assert [one.row for one in read.rejected] == [2]
