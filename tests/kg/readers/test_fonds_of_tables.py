"""Which fonds a list, a row or a folder is of, where no column says it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from kg.ids import fonds_id
from kg.readers.batch import discover

WARD = "P31-UBND-PHUONG-HANG-BAC"
OTHER = "P32-UBND-PHUONG-HANG-BO"
LIST = '"Số, ký hiệu hồ sơ",Tiêu đề hồ sơ,Số tờ\nH01,Tập một,3\nH05,Tập năm,9\n'


def delivery(folder: Path, *names: str) -> Path:
    """Scans in the folders of two fonds, and of any other path."""
    for name in (f"{WARD}/H01/001.txt", f"{OTHER}/H01/001.txt", *names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Văn bản {name}", encoding="utf-8")
    return folder


def listed(folder: Path) -> set[str | None]:
    """The fonds that the listed files are in."""
    return {file.fonds for file in discover([folder]).catalogue.files.values() if file.listed}


@pytest.mark.parametrize(
    ("name", "above", "expected"),
    [
        ("mucluc_P31.csv", "", WARD),
        ("Mục lục hồ sơ p31.csv", "", WARD),
        ("mucluc-P31-2019.csv", "", WARD),
        (f"mucluc_{OTHER}.csv", "", OTHER),
        ("lists/mucluc_P32.csv", "", OTHER),
        (f"{WARD}/mucluc.csv", "", WARD),
        (f"{WARD}/mucluc_P32.csv", "", OTHER),
        ("mucluc.csv", "Phông: UBND phường Hàng Bạc,,\n", WARD),
        ("mucluc.csv", "Phông UBND phường Hàng Bạc,,\n", WARD),
        ("mucluc.csv", "Phông lưu trữ Ủy ban nhân dân phường Hàng Bồ,,\n", OTHER),
        ("mucluc.csv", "Phông chưa chỉnh lý của UBND phường Hàng Bồ,,\n", None),
        ("mucluc.csv", "PHÔNG ỦY BAN NHÂN DÂN PHƯỜNG HÀNG BỒ,,\n", OTHER),
        ("mucluc_P31.csv", "Mã phông: Q7,,\n", "Q7"),
        ("mucluc_P31.csv", "Phông số: 12,,\n", "12"),
        ("mucluc.csv", "", None),
        ("mucluc_2019.csv", "", None),
        ("mucluc_P99.csv", "", "P99"),
        ("lists/muc luc ho so phong P99 nam 2019.csv", "", "P99"),
        ("mucluc_phong_12.csv", "", "12"),
        ("mucluc_P99.csv", "Phông: UBND phường Hàng Mã,,\n", "P99"),
        ("mucluc_v2.csv", "", None),
        ("mucluc_TNMT2019.csv", "", None),
        ("mucluc-lan2.csv", "", None),
        ("mucluc_T12_2019.csv", "", None),
        ("mucluc_P98_P99.csv", "", None),
        ("mucluc_nop_luu_P99.csv", "", None),
        ("mucluc_P31_P32.csv", "", None),
        ("mucluc_UBND.csv", "", None),
    ],
)
def test_a_list_is_of_the_fonds_that_its_title_its_name_or_its_folder_says(
    tmp_path: Path, name: str, above: str, expected: str | None
) -> None:
    path = delivery(tmp_path) / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(above + LIST, encoding="utf-8")
    assert listed(tmp_path) == {expected}


def test_a_list_of_no_known_fonds_is_told_once(tmp_path: Path) -> None:
    (delivery(tmp_path) / "mucluc.csv").write_text(LIST, encoding="utf-8")
    assert [(problem.row, problem.reason) for problem in discover([tmp_path]).problems] == [
        ("mucluc.csv", "no_fonds")
    ]
    (tmp_path / "mucluc.csv").rename(tmp_path / "mucluc_P31.csv")
    assert discover([tmp_path]).problems == []


def test_a_list_of_several_creators_is_not_of_the_fonds_in_its_name(tmp_path: Path) -> None:
    (tmp_path / "mucluc_P99.csv").write_text(
        "Hồ sơ số,Tên phông\n1,UBND phường Hàng Mã\n2,UBND phường Hàng Đào\n", encoding="utf-8"
    )
    assert listed(tmp_path) == {fonds_id("UBND phường Hàng Mã"), fonds_id("UBND phường Hàng Đào")}


def test_the_creator_told_above_is_of_the_fonds_in_the_name_of_the_list(tmp_path: Path) -> None:
    (tmp_path / "mucluc_P99.csv").write_text(f"Phông: UBND phường Hàng Mã,,\n{LIST}", encoding="utf-8")
    (fonds,) = discover([tmp_path]).catalogue.fonds.values()
    assert (fonds.id, fonds.creator) == ("P99", "UBND phường Hàng Mã")


def test_the_sheets_of_a_workbook_name_their_fonds(tmp_path: Path) -> None:
    book = Workbook()
    for name in ("P31", "P32"):
        sheet = book.create_sheet(name)
        for row in (["Số, ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Số tờ"], [f"{name}.77", "Tập một", 3]):
            sheet.append(row)
    book.save(delivery(tmp_path) / "mucluc.xlsx")
    found = discover([tmp_path]).catalogue.files.values()
    assert {(file.fonds, file.code) for file in found if file.listed} == {(WARD, "P31.77"), (OTHER, "P32.77")}


def test_a_code_in_a_table_is_the_fonds_of_the_folder_that_it_begins(tmp_path: Path) -> None:
    (delivery(tmp_path) / "mucluc.csv").write_text(f"Mã phông: P31,,\n{LIST}", encoding="utf-8")
    found = discover([tmp_path])
    assert {row.fonds for row in found.metadata.values()} == {"P31", OTHER}
    assert sorted(found.catalogue.files) == ["P31//H01", "P31//H05", f"{OTHER}//H01"]


def test_a_row_whose_file_is_missing_lies_where_its_path_says(tmp_path: Path) -> None:
    delivery(tmp_path)
    (tmp_path / "manifest.csv").write_text(
        f"Đường dẫn,Trích yếu nội dung\n{WARD}/H01/001.txt,Có\n{WARD}/H01/002.txt,Thiếu\n"
        f"{OTHER}\\H07\\001.txt,Thiếu cả hồ sơ\nroi.txt,Không rõ\n",
        encoding="utf-8",
    )
    found = discover([tmp_path])
    assert [(row.title, row.fonds, row.file) for row in found.only_listed] == [
        ("Thiếu", WARD, "H01"),
        ("Thiếu cả hồ sơ", OTHER, "H07"),
        ("Không rõ", None, None),
    ]
    assert None not in {file.fonds for file in found.catalogue.files.values()}


def test_a_path_that_counts_from_the_table_lies_in_the_folders_from_the_root(tmp_path: Path) -> None:
    (delivery(tmp_path) / WARD / "manifest.csv").write_text(
        "Đường dẫn,Trích yếu nội dung\nH01/001.txt,Có\nH02/001.txt,Thiếu\n", encoding="utf-8"
    )
    (row,) = discover([tmp_path]).only_listed
    assert (row.fonds, row.file) == (WARD, "H02")


def test_what_each_table_says_is_kept_apart(tmp_path: Path) -> None:
    delivery(tmp_path)
    (tmp_path / "mucluc_P31.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "manifest.csv").write_text(
        f"Đường dẫn,Mã hồ sơ,Tiêu đề hồ sơ,Hộp số\n{WARD}/H01/001.txt,H01,Tập kê,7\n", encoding="utf-8"
    )
    found = discover([tmp_path]).catalogue
    said = {told.name: {file.id: (file.title, file.box, file.listed) for file in told.files.values()} for told in found.told.values()}  # fmt: skip
    assert said["mucluc_P31.csv"][f"{WARD}//H01"] == ("Tập một", None, True)
    assert said["manifest.csv"][f"{WARD}//H01"] == ("Tập kê", "7", False)
    united = found.files[f"{WARD}//H01"]
    assert (united.title, united.box, united.listed) == ("Tập một", "7", True)


def test_files_that_are_not_read_are_named_with_the_reason(tmp_path: Path) -> None:
    delivery(tmp_path)
    (tmp_path / "a.docx").write_text("x")
    (tmp_path / "b.html").write_text("<html>trang web</html>")
    (tmp_path / "c.csv").write_text("x,y\n1,2\n")
    (tmp_path / "d.txt").symlink_to("/etc/hostname")
    assert [(one.source, one.reason) for one in discover([tmp_path]).skipped] == [
        ("a.docx", "other_kind"),
        ("b.html", "not_ocr_markup"),
        ("c.csv", "other_table"),
        ("d.txt", "outside"),
    ]
