"""Table files of offices as local tables."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from kg.errors import HosoError, NotFound, Unreadable
from kg.localities.loading import Loaded, load_table
from kg.readers.names import read_names
from kg.readers.tables.grid import read_sheets
from ontology.errors import AmbiguousUnit, BadDate, UnitNotFound
from ontology.localities import HouseNumbers
from tests.kg.localities.making import (
    BA_DINH,
    CUA_NAM,
    GOOD,
    HEADING,
    HOAN_KIEM,
    NEW_CUA_NAM,
    csv_file,
    xlsx_file,
)


def load(path: Path, **options: str) -> Loaded:
    return load_table(path, name="bảng", source="Công văn 1", date="01/07/2025", **options)  # type: ignore[arg-type]


def placed(loaded: Loaded) -> dict[str, str]:
    return {row.name: row.new for row in loaded.table.rows}


WANTED = {"Tổ dân phố số 1": NEW_CUA_NAM, "TDP 02": HOAN_KIEM, "Tổ dân phố 5": BA_DINH}


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
def test_csv_in_its_dialects_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    heading = ("Tổ dân phố", "Phường cũ", "Quận cũ", "Phường mới")
    loaded = load(csv_file(tmp_path, GOOD, heading=heading, delimiter=delimiter, encoding=encoding))
    assert placed(loaded) == WANTED
    assert not loaded.rejected
    assert not loaded.clashes
    first = loaded.table.rows[0]
    assert (first.old, first.kind, first.row) == ("00073@1981-01-03", "group", 2)
    assert (first.source, first.date, first.table) == ("Công văn 1", "2025-07-01", "bảng")


def test_names_in_another_unicode_form(tmp_path: Path) -> None:
    rows = [[unicodedata.normalize("NFD", cell) for cell in row] for row in GOOD]
    loaded = load(csv_file(tmp_path, rows, heading=[unicodedata.normalize("NFD", label) for label in HEADING]))
    assert placed(loaded) == WANTED


def test_a_workbook_with_titles_above_and_merged_cells(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["ỦY BAN NHÂN DÂN QUẬN HOÀN KIẾM", None, None, None, None],
        ["DANH SÁCH TỔ DÂN PHỐ", None, None, None, None],
        ["TT", "Tổ dân phố", "Đơn vị hành chính cũ", None, "Đơn vị hành chính mới"],
        [None, None, "Phường", "Quận", "Phường"],
        [1, 1, "Cửa Nam", "Hoàn Kiếm", "Cửa Nam"],
        [2, "2, 3", None, None, "Hoàn Kiếm"],
        [3, "5", None, None, "Ba Đình"],
        ["Tổng cộng", None, None, None, None],
    ]
    merged = ["A1:E1", "C3:D3", "B3:B4", "C5:C7", "D5:D7"]
    loaded = load(xlsx_file(tmp_path, rows, merged=merged))
    assert placed(loaded) == {
        "Tổ dân phố 1": NEW_CUA_NAM,
        "Tổ dân phố 2": HOAN_KIEM,
        "Tổ dân phố 3": HOAN_KIEM,
        "Tổ dân phố 5": BA_DINH,
    }
    assert [row.row for row in loaded.table.rows] == [5, 6, 6, 7]


def test_streets_with_house_numbers_in_columns(tmp_path: Path) -> None:
    heading = ("Phố", "Từ số", "Đến số", "Bên", "Phường cũ", "Quận cũ", "Phường mới")
    rows = [
        ("Lê Duẩn", "1", "99", "lẻ", *CUA_NAM, "Phường Cửa Nam"),
        ("Lê Duẩn", "2", "hết", "chẵn", *CUA_NAM, "Phường Ba Đình"),
        ("Hàng Bông", "", "", "", *CUA_NAM, "Phường Hoàn Kiếm"),
    ]
    found = load(csv_file(tmp_path, rows, heading=heading)).table.rows
    assert [(row.name, row.kind, row.numbers) for row in found] == [
        ("Phố Lê Duẩn", "house_range", HouseNumbers(1, 99, "odd")),
        ("Phố Lê Duẩn", "house_range", HouseNumbers(2, None, "even")),
        ("Phố Hàng Bông", "street", None),
    ]


def test_streets_with_house_numbers_in_one_text(tmp_path: Path) -> None:
    heading = ("Đường, phố", "Số nhà", "Phường cũ", "Quận cũ", "Phường mới")
    rows = [
        ("Phố Lê Duẩn", "1-99 (lẻ); 2-40 (chẵn)", *CUA_NAM, "Phường Cửa Nam"),
        ("Phố Tràng Thi (số lẻ từ 1 đến 9)", "", *CUA_NAM, "Phường Hoàn Kiếm"),
        ("Phố Phủ Doãn", "toàn bộ", *CUA_NAM, "Phường Hoàn Kiếm"),
    ]
    found = load(csv_file(tmp_path, rows, heading=heading)).table.rows
    assert [(row.name, row.numbers) for row in found] == [
        ("Phố Lê Duẩn", HouseNumbers(1, 99, "odd")),
        ("Phố Lê Duẩn", HouseNumbers(2, 40, "even")),
        ("Phố Tràng Thi", HouseNumbers(1, 9, "odd")),
        ("Phố Phủ Doãn", None),
    ]


def test_alleys_belong_to_their_street(tmp_path: Path) -> None:
    heading = ("Đường", "Ngõ", "Phường cũ", "Quận cũ", "Phường mới")
    (row,) = load(csv_file(tmp_path, [("Phố Lê Duẩn", "5", *CUA_NAM, "Phường Cửa Nam")], heading=heading)).table.rows
    assert (row.name, row.kind) == ("Ngõ 5 Phố Lê Duẩn", "house_range")


def test_an_alley_in_the_column_of_streets_is_no_street_of_that_name(tmp_path: Path) -> None:
    rows = [("Ngõ 4 Nguyễn Du", *CUA_NAM, "Phường Cửa Nam"), ("Nguyễn Du", *CUA_NAM, "Phường Hoàn Kiếm")]
    loaded = load(csv_file(tmp_path, rows, heading=("Phố", *HEADING[1:])))
    assert placed(loaded) == {"Ngõ 4 Nguyễn Du": NEW_CUA_NAM, "Phố Nguyễn Du": HOAN_KIEM}


def test_a_source_is_not_of_a_day_to_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")
    with pytest.raises(HosoError, match="01/07/9998"):
        load_table(csv_file(tmp_path, GOOD), name="x", date="01/07/9998")
    rows = [(*GOOD[0], "01/07/9998"), (*GOOD[1], "01/07/2025")]
    loaded = load(csv_file(tmp_path, rows, heading=(*HEADING, "Ngày văn bản")))
    assert [(one.row, "01/07/9998" in one.why) for one in loaded.rejected] == [(2, True)]
    assert len(loaded.table.rows) == 1


@pytest.mark.parametrize(
    ("name", "stream", "said"),
    [
        ("cũ.xls", "Workbook", r"\(\.xls\)"),
        ("cũ.xls", "Book", r"\(\.xls\)"),
        ("đổi tên.xlsx", "Workbook", r"\(\.xls\)"),
        ("khóa.xlsx", "EncryptedPackage", "password"),
        ("khóa.csv", "EncryptedPackage", "password"),
        ("không rõ.xlsx", "", "password"),
    ],
)
def test_old_and_protected_workbooks_say_what_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, stream: str, said: str
) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + stream.encode("utf-16-le"))
    with pytest.raises(Unreadable, match=said):
        load(path)
    with pytest.raises(Unreadable, match=said):
        read_sheets(path)
    with pytest.raises(Unreadable, match=said):
        read_names(str(path))


def test_rows_have_a_source_and_a_day_of_their_own(tmp_path: Path) -> None:
    rows = [(*GOOD[0], "Quyết định 5", "02/08/2025"), (*GOOD[1], "", "")]
    path = csv_file(tmp_path, rows, heading=(*HEADING, "Căn cứ", "Ngày"))
    assert [(row.source, row.date) for row in load(path).table.rows] == [
        ("Quyết định 5", "2025-08-02"),
        ("Công văn 1", "2025-07-01"),
    ]
    without = load_table(path, name="bảng").table.rows
    assert [(row.source, row.date) for row in without] == [("Quyết định 5", "2025-08-02"), ("", None)]


def test_english_headings(tmp_path: Path) -> None:
    heading = ("Street", "From", "To", "Side", "Old ward", "District", "New ward")
    (row,) = load(
        csv_file(tmp_path, [("Phố Huế", "1", "9", "odd", *CUA_NAM, "Phường Ba Đình")], heading=heading)
    ).table.rows
    assert (row.name, row.numbers) == ("Phố Huế", HouseNumbers(1, 9, "odd"))


def test_columns_that_are_not_known_are_named(tmp_path: Path) -> None:
    heading = ("Chỗ ở", "Ở đâu", "Vùng", "Về đâu")
    path = csv_file(tmp_path, GOOD, heading=heading)
    with pytest.raises(HosoError, match="--column"):
        load(path)
    columns = {"hamlet": "chỗ ở", "old": "Ở đâu", "old_district": "Vùng", "new": "Về đâu"}
    loaded = load_table(path, name="bảng", columns=columns)  # type: ignore[arg-type]
    assert [row.new for row in loaded.table.rows] == [NEW_CUA_NAM, HOAN_KIEM]
    assert [one.row for one in loaded.rejected] == [4]  # a bare "5" is no place without its word


def test_the_old_unit_of_a_whole_table(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [("1", "Phường Cửa Nam"), ("2", "Hoàn Kiếm")], heading=("Tổ dân phố", "Phường mới"))
    assert [row.new for row in load(path, old="Phường Cửa Nam, Quận Hoàn Kiếm").table.rows] == [
        NEW_CUA_NAM,
        HOAN_KIEM,
    ]
    with pytest.raises(AmbiguousUnit):
        load(path, old="Phường Quang Trung")
    with pytest.raises(UnitNotFound):
        load(path, old="Phường Không Có Tên Này")
    with pytest.raises(HosoError):
        load(path, old="Quận Hoàn Kiếm")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("Tổ 1", "Phường Cữa Nan", "Quận Hoàn Kiếm", "Phường Ba Đình"), "Cữa Nan"),
        (("Tổ 1", "Phường Cưa Nam", "Quận Hoàn Kiếm", "Phường Ba Đình"), "Cưa Nam"),
        (("Tổ 1", "Phường Quang Trung", "", "Phường Ba Đình"), "Quang Trung"),
        (("Tổ 1", "", "", "Phường Ba Đình"), "old unit"),
        (("Tổ 1", *CUA_NAM, ""), "new unit"),
        (("Tổ 1", *CUA_NAM, "Phường Không Có Tên Này"), "Không Có Tên Này"),
        (("Tổ 1", *CUA_NAM, "Phường Khâm Thiên"), "2025-06-30"),
        (("Tổ 1", *CUA_NAM, "Thành phố Hà Nội"), "Hà Nội"),
        (("Tổ 1", "Quận Hoàn Kiếm", "", "Phường Ba Đình"), "Quận Hoàn Kiếm"),
        (("Một phần tổ 1", *CUA_NAM, "Phường Ba Đình"), "Một phần tổ 1"),
        (("", *CUA_NAM, "Phường Ba Đình"), "hamlet"),
    ],
)
def test_a_row_that_cannot_be_taken_over_has_its_number_and_reason(
    tmp_path: Path, row: tuple[str, ...], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")
    loaded = load(csv_file(tmp_path, [GOOD[0], row, GOOD[1]]))
    assert len(loaded.table.rows) == 2
    (bad,) = loaded.rejected
    assert bad.row == 3
    assert why in bad.why


def test_all_bad_rows_are_told_at_once(tmp_path: Path) -> None:
    bad = ("Tổ 1", "Phường Cữa Nan", "Quận Hoàn Kiếm", "Phường Ba Đình")
    loaded = load(csv_file(tmp_path, [bad, GOOD[0], bad, bad]))
    assert [one.row for one in loaded.rejected] == [2, 4, 5]


def test_a_row_against_the_acts_is_kept_and_told(tmp_path: Path) -> None:
    loaded = load(csv_file(tmp_path, [GOOD[0], ("Tổ 9", *CUA_NAM, "Phường Tây Hồ")]))
    (clash,) = loaded.clashes
    assert (clash.kind, clash.row, clash.new.name) == ("conflict", 3, "Phường Tây Hồ")
    assert loaded.table.conflicts == (3,)
    assert len(loaded.table.rows) == 2


def test_people_do_not_live_in_what_took_land_alone(tmp_path: Path) -> None:
    """Thụy Khuê's land went in part to Ba Đình without people (1656/NQ-UBTVQH15, clause 3)."""
    heading = ("Tổ dân phố", "Phố", *HEADING[1:])
    rows = [
        ("Tổ 1", "", "Phường Thụy Khuê", "Quận Tây Hồ", "Phường Ba Đình"),
        ("", "Thụy Khuê", "Phường Thụy Khuê", "Quận Tây Hồ", "Phường Ba Đình"),
    ]
    assert [clash.name for clash in load(csv_file(tmp_path, rows, heading=heading)).clashes] == ["Tổ 1"]


def test_doubles_count_once_and_contradictions_are_told(tmp_path: Path) -> None:
    again = ("TDP số 1", *CUA_NAM, "Phường Cửa Nam")
    other = ("Tổ 01", *CUA_NAM, "Phường Hoàn Kiếm")
    loaded = load(csv_file(tmp_path, [GOOD[0], again, other, GOOD[2]]))
    assert loaded.repeated == 1
    assert [(clash.kind, clash.row) for clash in loaded.clashes] == [("several", 2), ("several", 4)]
    assert len(loaded.table.rows) == 3


def test_runs_of_houses_that_overlap_are_told(tmp_path: Path) -> None:
    heading = ("Phố", "Số nhà", "Phường cũ", "Quận cũ", "Phường mới")
    rows = [
        ("Lê Duẩn", "1-99 (lẻ)", *CUA_NAM, "Phường Cửa Nam"),
        ("Lê Duẩn", "2-98 (chẵn)", *CUA_NAM, "Phường Ba Đình"),
        ("Lê Duẩn", "90-120", *CUA_NAM, "Phường Ba Đình"),
        ("Lê Duẩn", "121-130", *CUA_NAM, "Phường Hoàn Kiếm"),
        ("Lê Duẩn", "", *CUA_NAM, "Phường Hoàn Kiếm"),
    ]
    loaded = load(csv_file(tmp_path, rows, heading=heading))
    assert [(clash.kind, clash.row) for clash in loaded.clashes] == [("several", 2), ("several", 4)]


def test_a_new_name_that_many_communes_have_is_that_of_the_successor(tmp_path: Path) -> None:
    row = ("Thôn Đông", "Xã Hồng Vân", "Huyện Thường Tín", "Xã Hồng Vân")
    (found,) = load(csv_file(tmp_path, [row])).table.rows
    assert found.new == "10210@2025-07-01"


def test_formulas_are_text_or_nothing(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        list(HEADING),
        ['=HYPERLINK("http://x","Tổ 1")', *CUA_NAM, "Phường Cửa Nam"],
        ["Tổ 2", *CUA_NAM, "=A1"],
        ["Tổ 3", *CUA_NAM, "Phường Cửa Nam"],
    ]
    loaded = load(xlsx_file(tmp_path, rows))
    assert placed(loaded) == {"Tổ 3": NEW_CUA_NAM}
    assert [one.row for one in loaded.rejected] == [2, 3]
    text = load(
        csv_file(tmp_path, [("Tổ 1", *CUA_NAM, "Phường Cửa Nam", "=cmd|' /C calc'!A0")], heading=(*HEADING, "Nguồn"))
    )
    assert text.table.rows[0].source == "=cmd|' /C calc'!A0"


def test_lines_between_are_passed_over(tmp_path: Path) -> None:
    rows = [GOOD[0], HEADING, ("", "Phường Cửa Nam", "", ""), ("", "", "", ""), GOOD[1]]
    loaded = load(csv_file(tmp_path, rows))
    assert not loaded.rejected
    assert (len(loaded.table.rows), loaded.empty) == (2, 1)


def test_files_that_are_no_tables(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load(tmp_path / "none.csv")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(HosoError, match="csv"):
        load(tmp_path / "a.pdf")
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    with pytest.raises(Unreadable):
        load(tmp_path / "a.xlsx")
    with pytest.raises(HosoError):
        load(csv_file(tmp_path, []))
    with pytest.raises(BadDate):
        load_table(csv_file(tmp_path, GOOD), name="x", date="31/02/2025")
